"""The native formulas of computed columns; `workbook.measures` gives the same figures in Python, cell for cell.

Rules of the house for a formula: texts are compared as Excel does (capitals do not matter), a blank or an error
gives a blank, figures are rounded to four places, and only functions that Excel 2016 and LibreOffice 7.4 share.
"""

from __future__ import annotations

DROPS = (1, 2, 3, 4, 5, 6)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
SESSIONS = tuple(f"{day} {half}" for day in DAYS for half in ("am", "pm"))
BARS = "▁▂▃▄▅▆▇█"
NOT_COUNTED = "not counted"


def literal(text: str) -> str:
    """``text`` (an expression) for MATCH to take letter by letter: ``L2D*`` must not match ``L2D``."""
    return f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({text},"~","~~"),"*","~*"),"?","~?")'


def tidied(cells: str) -> str:
    """`workbook.model.excel.tidied` for an expression of cells."""
    return f'TRIM(CLEAN(SUBSTITUTE({cells},"\u00a0"," ")))'


def look_up(what: str, where: str, give: str) -> str:
    """The cell of column ``give`` in the first row whose column ``where`` is the text ``what``; an error if none."""
    return f"INDEX({give},MATCH({literal(what)},{where},0))"


def or_blank(expression: str) -> str:
    """``expression``, or a blank where it is an error."""
    return f'IFERROR({expression},"")'


def _place_of(learner: str) -> str:
    """The place of a learner on the Learners sheet; IDs are compared as texts, a blank ID is nobody's."""
    return f'IF(TRIM({learner})="","",MATCH({literal(f"TRIM({learner})")},Learners[Key],0))'


def _points_of(level: str) -> str:
    """The points of a level on the row's scale, rounded; an error for a level that is not on the scale."""
    found = look_up(f'its_scale&"|"&{level}', "Scales[Key]", "Scales[Points]")
    return f"ROUND({found},4)"


def _latest(given: str) -> str:
    """The number of the last drop of six whose cell holds a value that counts; ``given`` says which of them do."""
    return f"LOOKUP(2,1/{given},drop_numbers)"


def _effort_order(drop: str) -> str:
    return look_up(f"INDEX(its_efforts,{drop})", "Effort[Key]", "Effort[Order]")


LEARNER_KEY = or_blank("TRIM([@Learner ID])")
LEARNER_NAME = or_blank(f'TRIM(IF({tidied("[@Preferred name]")}="",[@First name],[@Preferred name])&" "&[@Surname])')
LEARNER = or_blank(f"INDEX(Learners[Name],{_place_of('[@Learner ID]')})")
LEARNERS_ROW = or_blank(_place_of("[@Learner ID]"))
NAME_THERE = or_blank("INDEX(Learners[Name],[@Learners row])")
FORM_THERE = or_blank('INDEX(Learners[Form],[@Learners row])&""')
# The average of one cell is its number, and an error where it holds none.
YEAR_THERE = or_blank("AVERAGE(INDEX(Learners[Year],[@Learners row]))")

SUBJECT_KEY = or_blank('[@Subject]&""')
SCALE = or_blank("scale_of_subject")
BASELINE_POINTS, TARGET_POINTS, FORECAST_POINTS = (
    or_blank(f"worth_of_{typed}") for typed in ("baseline", "target", "forecast")
)
LEVEL_POINTS = {drop: or_blank(f"worth_of_apl_{drop}") for drop in DROPS}
DROP = or_blank(_latest("levels_given"))
POINTS = or_blank("INDEX(its_points,its_drop)")
EXPECTED = or_blank("ROUND(baseline_points+(target_points-baseline_points)*share_of_course,4)")
GAP = or_blank(
    "ROUND(IF(by_target,points_now-target_points,"
    "IF(by_forecast,forecast_points-target_points,points_now-points_expected)),4)"
)
CHANGE = or_blank("ROUND(points_now-LOOKUP(2,1/(levels_given*(drop_numbers<its_drop)),its_points),4)")
STATUS = or_blank(
    'IF(its_drop="","",IF(subject_again,"",IF(its_gap="",what_is_missing,'
    'IF(AND(ROUND(its_gap,3)>=ROUND(tolerance,3),ROUND(its_gap,3)>0),"Above",'
    'IF(ROUND(its_gap,3)>=-ROUND(tolerance,3),"On",IF(ROUND(its_gap,3)>=-1,"Just below","Below"))))))'
)
EFFORT_CHANGE = or_blank("ROUND(effort_now-effort_before,4)")
PATH = or_blank("path_so_far")

# A level that means "not assessed" has no key, so it is worth nothing even where the scale lists it.
SCALE_KEY = or_blank(
    'IF(AND([@Scale]<>"",[@Level]<>"",[@Level]&""<>not_assessed&"",ISNUMBER([@Points])),[@Scale]&"|"&[@Level],"")'
)
EFFORT_KEY = or_blank('IF(AND([@Code]<>"",ISNUMBER([@Order])),[@Code]&"","")')


COUNTED = ("sessions_possible", "sessions_attended", "sessions_unauthorised", "sessions_late")
POSSIBLE, ATTENDED, UNAUTHORISED, LATE = COUNTED
WEEKS_LEARNER, WEEKS_FORM, WEEKS_ROW = "learner_of_week", "form_of_week", "learners_row_of_week"


def _counts(condition: str) -> str:
    """The code as text where it counts, else a text that is no mark (LibreOffice would match a number with "0")."""
    return f'IFERROR(IF(AND([@Code]<>"",{condition}),[@Code]&"","{NOT_COUNTED}"),"{NOT_COUNTED}")'


_ATTENDED = 'OR([@Class]="Present",[@Class]="Approved educational activity")'
COUNTS_POSSIBLE = _counts(
    'OR([@Class]="Present",[@Class]="Approved educational activity",'
    '[@Class]="Authorised absence",[@Class]="Unauthorised absence")'
)
COUNTS_ATTENDED = _counts(_ATTENDED)
COUNTS_UNAUTHORISED = _counts('[@Class]="Unauthorised absence"')
COUNTS_LATE = _counts('[@Late]="Yes"')

_TERM = '(Terms[Kind]="Term")*(Terms[From]>0)'
ELAPSED = or_blank(
    "IF(ISNUMBER([@Date]),ROUND("
    f"SUMPRODUCT({_TERM}*(Terms[From]<=[@Date])*(([@Date]<Terms[To])*[@Date]+([@Date]>=Terms[To])*Terms[To]-Terms[From]+1))"
    f'/SUMPRODUCT({_TERM}*(Terms[To]-Terms[From]+1)),4),"")'
)


def _sessions(counted: str) -> str:
    """How many of the ten marks are codes that count, in sessions; the counting codes stand in a column of Codes."""
    codes = f"ISNUMBER(MATCH({literal('week_marks')},Codes[{counted}],0))"
    return f'SUMPRODUCT({codes}*(MID(week_sessions,{{1,2,3,4,5,6,7,8,9,10}},1)="1"))'


def _given(cells: str) -> str:
    """One for each drop whose cell holds a value that counts: not blank, nor the word for not assessed."""
    return f'({cells}<>"")*({cells}&""<>not_assessed&"")'


_SPAN = "baseline_points,its_points"

NAMES: dict[str, dict[str, str]] = {
    "Progress": {
        "its_levels": "[@APL 1:APL 6]",
        "its_efforts": "[@Effort 1:Effort 6]",
        "its_points": "[@Points 1:Points 6]",
        "its_scale": "[@Scale]",
        "its_drop": "[@Drop]",
        "its_gap": "[@Gap]",
        "points_now": "[@Points]",
        "points_expected": "[@Expected]",
        "baseline_points": "[@Baseline points]",
        "target_points": "[@Target points]",
        "forecast_points": "[@Forecast points]",
        "scale_of_subject": f'IF([@Subject]="","",{look_up("[@Subject]", "Subjects[Key]", "Subjects[Scale]")}&"")',
        "worth_of_baseline": _points_of("[@Baseline]"),
        "worth_of_target": _points_of("[@Target]"),
        "worth_of_forecast": _points_of("[@Forecast]"),
        **{f"worth_of_apl_{drop}": _points_of(f"[@APL {drop}]") for drop in DROPS},
        "drop_numbers": "{" + ",".join(str(drop) for drop in DROPS) + "}",
        "by_target": 'status_measure="current against target"',
        "by_forecast": 'status_measure="forecast against target"',
        "levels_given": f"({_given('its_levels')})",
        "efforts_given": f"({_given('its_efforts')})",
        "share_of_course": "MAX(0,MIN(1,([@Year]-first_year+INDEX(Drops[Elapsed],MATCH(its_drop,Drops[Drop],0)))"
        "/course_years))",
        # `workbook.measures.again`; as with weeks, rows are counted only where Start says that a subject stands twice.
        "subject_again": "IFERROR(IF([@Learners row]<first_learners_subject,FALSE,"
        "IF([@Learners row]>last_learners_subject,FALSE,"
        f"IF(ISNUMBER(MATCH({literal('[@Subject]')},Subjects[Key],0)),"
        "COUNTIFS(INDEX(Progress[Learners row],1):[@Learners row],[@Learners row],"
        f'INDEX(Progress[Subject],1):[@Subject],"="&{literal("[@Subject]")})>1,FALSE))),FALSE)',
        # The first level of the row's scale: the first key that begins with the scale's name.
        "tolerance": "IFERROR(ROUND(N(INDEX(Scales[Tolerance],"
        f'MATCH({literal("its_scale")}&"|*",Scales[Key],0))),4),0)',
        "what_is_missing": 'IF(points_now="","Check level",IF([@Target]="","No target",'
        'IF(by_forecast,IF([@Forecast]="","No forecast","Check level"),'
        'IF(AND([@Baseline]="",NOT(by_target)),"No baseline","Check level"))))',
        "effort_drop": _latest("efforts_given"),
        "effort_now": _effort_order("effort_drop"),
        "effort_before": _effort_order("LOOKUP(2,1/(efforts_given*(drop_numbers<effort_drop)),drop_numbers)"),
        "path_so_far": "&".join(
            f'IF(INDEX(its_points,{drop})="","",MID("{BARS}",1+ROUND(ROUND(7*(INDEX(its_points,{drop})-MIN({_SPAN}))'
            f"/MAX(1,MAX({_SPAN})-MIN({_SPAN})),4),0),1))"
            for drop in DROPS
        ),
    },
    "Registers": {
        WEEKS_LEARNER: NAME_THERE,
        WEEKS_FORM: FORM_THERE,
        WEEKS_ROW: LEARNERS_ROW,
        "week_marks": "[@Mon am:Fri pm]",
        "week_sessions": "[@Sessions]",
        POSSIBLE: _sessions("Counts possible"),
        ATTENDED: _sessions("Counts attended"),
        UNAUTHORISED: _sessions("Counts unauthorised"),
        LATE: _sessions("Counts late"),
    },
}
"""What several cells of a row share, by table and name: defined once in the workbook, not in every row.

``[@Header]`` is the cell of the row in which a formula uses the name, ``[@First:Last]`` a run of its cells.
"""
