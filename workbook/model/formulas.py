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

_NUMBERS = "{" + ",".join(str(drop) for drop in DROPS) + "}"
_LEVELS = "[@APL 1:APL 6]"
_EFFORTS = "[@Effort 1:Effort 6]"
_POINTS = "[@Points 1:Points 6]"
_MARKS = "[@Mon am:Fri pm]"


def literal(text: str) -> str:
    """``text`` (an expression) for MATCH to take letter by letter: ``L2D*`` must not match ``L2D``."""
    return f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({text},"~","~~"),"*","~*"),"?","~?")'


def look_up(what: str, where: str, give: str) -> str:
    """The cell of column ``give`` in the first row whose column ``where`` is the text ``what``; an error if none."""
    return f"INDEX({give},MATCH({literal(what)},{where},0))"


def or_blank(expression: str) -> str:
    """``expression``, or a blank where it is an error."""
    return f'IFERROR({expression},"")'


def _learner(give: str) -> str:
    """The cell of column ``give`` of this row's learner; IDs are compared as texts, a blank ID is nobody's."""
    return f'IF([@Learner ID]="","",{look_up("[@Learner ID]", "Learners[Key]", f"Learners[{give}]")})'


def _points_of(level: str) -> str:
    """The points of a level on the row's scale; blank for a blank, a level not assessed or one not on the scale."""
    found = look_up(f'[@Scale]&"|"&{level}', "Scales[Key]", "Scales[Points]")
    return or_blank(f'IF(OR({level}="",{level}=not_assessed),"",ROUND({found},4))')


def _latest(cells: str, condition: str = "") -> str:
    """The number of the last drop of six whose cell holds a value that counts."""
    return f'LOOKUP(2,1/(({cells}<>"")*({cells}<>not_assessed){condition}),{_NUMBERS})'


def _effort_order(drop: str) -> str:
    return look_up(f"INDEX({_EFFORTS},{drop})", "Effort[Key]", "Effort[Order]")


LEARNER_KEY = or_blank('[@Learner ID]&""')
LEARNER_NAME = or_blank('TRIM(IF([@Preferred name]="",[@First name],[@Preferred name])&" "&[@Surname])')
LEARNER = or_blank(f'{_learner("Name")}&""')
FORM = or_blank(f'{_learner("Form")}&""')
YEAR = or_blank(f'IF(ISNUMBER({_learner("Year")}),{_learner("Year")},"")')

SUBJECT_KEY = or_blank('[@Subject]&""')
_SUBJECTS_SCALE = look_up("[@Subject]", "Subjects[Key]", "Subjects[Scale]")
SCALE = or_blank(f'IF([@Subject]="","",{_SUBJECTS_SCALE}&"")')
BASELINE_POINTS = _points_of("[@Baseline]")
TARGET_POINTS = _points_of("[@Target]")
FORECAST_POINTS = _points_of("[@Forecast]")
LEVEL_POINTS = {drop: _points_of(f"[@APL {drop}]") for drop in DROPS}
DROP = or_blank(_latest(_LEVELS))
POINTS = or_blank(f"INDEX({_POINTS},[@Drop])")
_SHARE = "MAX(0,MIN(1,([@Year]-first_year+INDEX(Drops[Elapsed],MATCH([@Drop],Drops[Drop],0)))/course_years))"
EXPECTED = or_blank(f"ROUND([@Baseline points]+([@Target points]-[@Baseline points])*{_SHARE},4)")
GAP = or_blank(
    'IF(status_measure="current against target",ROUND([@Points]-[@Target points],4),'
    'IF(status_measure="forecast against target",ROUND([@Forecast points]-[@Target points],4),'
    "ROUND([@Points]-[@Expected],4)))"
)
CHANGE = or_blank(f"ROUND([@Points]-INDEX({_POINTS}," + _latest(_LEVELS, f"*({_NUMBERS}<[@Drop])") + "),4)")
# The first level of the row's scale: the first key that begins with the scale's name.
TOLERANCE = f'IFERROR(ROUND(N(INDEX(Scales[Tolerance],MATCH({literal("[@Scale]")}&"|*",Scales[Key],0))),4),0)'
STATUS = or_blank(
    'IF([@Drop]="","",IF([@Gap]="",'
    'IF([@Points]="","Check level",IF([@Target]="","No target",'
    'IF(status_measure="forecast against target",IF([@Forecast]="","No forecast","Check level"),'
    'IF(AND([@Baseline]="",status_measure<>"current against target"),"No baseline","Check level")))),'
    f'IF(AND([@Gap]>={TOLERANCE},[@Gap]>0),"Above",IF([@Gap]>=-{TOLERANCE},"On",'
    'IF([@Gap]>=-1,"Just below","Below")))))'
)
EFFORT_CHANGE = or_blank(
    f"ROUND({_effort_order(_latest(_EFFORTS))}-"
    + _effort_order(_latest(_EFFORTS, f"*({_NUMBERS}<{_latest(_EFFORTS)})"))
    + ",4)"
)
_SPAN = "[@Baseline points:Points 6]"
PATH = or_blank(
    "&".join(
        f'IF([@Points {drop}]="","",MID("{BARS}",1+ROUND(ROUND(7*([@Points {drop}]-MIN({_SPAN}))'
        f"/MAX(1,MAX({_SPAN})-MIN({_SPAN})),4),0),1))"
        for drop in DROPS
    )
)

SCALE_KEY = or_blank('IF(AND([@Scale]<>"",[@Level]<>"",ISNUMBER([@Points])),[@Scale]&"|"&[@Level],"")')
EFFORT_KEY = or_blank('IF(AND([@Code]<>"",ISNUMBER([@Order])),[@Code]&"","")')


def _sessions(counted: str) -> str:
    """How many of the ten marks are codes that count; the counting codes stand in a column of Codes."""
    return f"SUMPRODUCT(ISNUMBER(MATCH({literal(_MARKS)},Codes[{counted}],0))*1)"


POSSIBLE = _sessions("Counts possible")
ATTENDED = _sessions("Counts attended")
UNAUTHORISED = _sessions("Counts unauthorised")
LATE = _sessions("Counts late")


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

_TERM = '(Terms[Kind]="Term")'
ELAPSED = or_blank(
    "IF(ISNUMBER([@Date]),ROUND("
    f"SUMPRODUCT({_TERM}*(Terms[Start]<=[@Date])*(([@Date]<Terms[End])*[@Date]"
    "+([@Date]>=Terms[End])*Terms[End]-Terms[Start]+1))"
    f'/SUMPRODUCT({_TERM}*(Terms[End]-Terms[Start]+1)),4),"")'
)
