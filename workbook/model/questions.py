"""Questions of the domain as native formulas: what is a session, who is on roll, what is open, what is running.

Python answers them in `workbook.measures` (`calendar`, `roll`, `learners`, `targets`, `interventions`); here each is a
column of the table whose rows it is about, or a name, so that no view has a rule of its own. The data date is the name
`data_date`, the academic year that of `workbook.model.academic_year`.
"""

from __future__ import annotations

from workbook.model.academic_year import FROM, TO
from workbook.model.excel import END_OF_DATES
from workbook.model.formulas import literal, or_blank, tidied
from workbook.model.marks import missing
from workbook.model.vocabulary import Value

_FAR = 73050  # 31 December 2099: the last day where none is known

# On roll: `Learner.on_roll`.
_BOTH = "ISNUMBER([@Started]),ISNUMBER([@Left])"
_MUDDLED = f"IF(AND({_BOTH}),INT([@Left])<INT([@Started]),FALSE)"
STARTS = f"IF(ISNUMBER([@Started]),IF({_MUDDLED},0,INT([@Started])),0)"
ENDS = f"IF(ISNUMBER([@Left]),IF({_MUDDLED},{_FAR},INT([@Left])),{_FAR})"
_FIRST = f"MATCH({literal('[@Key]')},Learners[Key],0)=ROW()-ROW(INDEX(Learners[Key],1))+1"
ON_ROLL = or_blank(f'IF([@Key]="","",IF(AND([@Starts]<=data_date,[@Ends]>=data_date,{_FIRST}),"Yes",""))')


def in_form(form: str) -> str:
    """One for each learner on roll in the form that a cell names: blanks around and hard spaces do not matter.

    The same as `Learner.form` and `workbook.measures.who.Who`.
    """
    return f'(({tidied("Learners[Form]")}={tidied(form)})*(Learners[On roll]="Yes"))'


# Sessions: `Calendar.is_school_day` and `Roll`. Study leave begins with the last half term, where it is left out.
NAMES = {
    "last_year": "IF(ISNUMBER(first_year),first_year,10)+IF(ISNUMBER(course_years),course_years,2)-1",
    "study_leave": 'IF(leave_out_study_leave="Yes",'
    f'IFERROR(_xlfn.AGGREGATE(14,6,1/(1/Terms[From])/(Terms[Kind]="Term"),1),{_FAR + 1}),{_FAR + 1})',
}
COUNTS_TO = "IF(ISNUMBER([@Year]),IF([@Year]=last_year,MIN([@Ends],study_leave-1),[@Ends]),[@Ends])"
_MONDAY = "(INT([@Week])-WEEKDAY([@Week],3))"
_DAY = f"({_MONDAY}+{{0,1,2,3,4}})"


def _terms(kind: str) -> str:
    return f'COUNTIFS(Terms[Kind],"{kind}",Terms[From],"<="&{_DAY},Terms[To],">="&{_DAY})'


_WHOLE_YEAR = f'(COUNTIFS(Terms[Kind],"Term",Terms[From],">0")=0)*({_DAY}>=year_starts)*({_DAY}<=year_ends)'
_SCHOOL = f"((({_terms('Term')}>0)+{_WHOLE_YEAR})>0)*({_terms('Closed')}=0)"
_FIRST_DAY = 'IF([@Learners row]="",0,INDEX(Learners[Starts],[@Learners row]))'
_LAST_DAY = f'IF([@Learners row]="",{_FAR},INDEX(Learners[Counts to],[@Learners row]))'
_ROLL = f"({_FIRST_DAY}<={_DAY})*({_LAST_DAY}>={_DAY})"
# Most weeks lie wholly in a term, and so in the year, without a closed day, for a learner on roll throughout. That is
# asked of the week once; only what is not so plain asks for the year's bounds and goes day by day, which takes longer.
_FRIDAY = f"{_MONDAY}+4"
_PLAIN_WEEK = (
    f'IF(WEEKDAY([@Week],3)>4,FALSE,IF(COUNTIFS(Terms[Kind],"Term",Terms[From],"<="&{_MONDAY},Terms[To],">="&{_FRIDAY})=0,FALSE,'
    f'IF(COUNTIFS(Terms[Kind],"Closed",Terms[From],"<="&{_FRIDAY},Terms[To],">="&{_MONDAY})>0,FALSE,'
    f"AND({_FIRST_DAY}<={_MONDAY},{_LAST_DAY}>={_FRIDAY}))))"
)
_IN_YEAR = "AND([@Week]>=year_starts-6,[@Week]<year_ends+1)"
# Of several rows for a learner's week the first counts: `sessions.rows_again`. To count the rows above in every row
# would take minutes in a large tracker, so it is done only where a week stands twice: Start finds the first and last
# row and learner of these, by sorting a number for each row's learner and week, once for all.
_FIRST_WEEK = "INDEX(Registers[Week],1):[@Week]"
_SAME_WEEK = (
    f"COUNTIFS(INDEX(Registers[Learners row],1):[@Learners row],[@Learners row],"
    f'{_FIRST_WEEK},">="&{_MONDAY},{_FIRST_WEEK},"<"&{_MONDAY}+7)'
)
NAMES["learners_weeks"] = (
    "IFERROR(IF(ISNUMBER(Registers[Week]),100000*Registers[Learners row]+INT(Registers[Week])"
    "-MOD(INT(Registers[Week])-2,7),-ROW(Registers[Week])),-ROW(Registers[Week]))"
)
"""A number for the learner and week of each row, one of its own for a row without either."""


NAMES["learners_subjects"] = (
    'IFERROR(100000*Progress[Learners row]+MATCH(Progress[Subject]&"",Subjects[Key],0),-ROW(Progress[Subject]))'
)
"""The same for learner and subject."""


def _twice(numbers: str, of: str, which: int) -> str:
    column = {"learners_weeks": "Registers[Week]", "learners_subjects": "Progress[Subject]"}[numbers]
    found = f"IFERROR(_xlfn.AGGREGATE({which},6,{of}/(FREQUENCY({numbers},{numbers})<>1),1),0)"
    return (
        f"IF(ROWS({column})=1,0,{found})"  # of one row FREQUENCY's last count, of what is above all, would be taken too
    )


_LOWEST, _HIGHEST = 15, 14
ON_START = {
    "first_row_twice": _twice("learners_weeks", "ROW(Registers[Week])", _LOWEST),
    "last_row_twice": _twice("learners_weeks", "ROW(Registers[Week])", _HIGHEST),
    "first_learner_twice": _twice("learners_weeks", "Registers[Learners row]", _LOWEST),
    "last_learner_twice": _twice("learners_weeks", "Registers[Learners row]", _HIGHEST),
    "first_learners_subject": _twice("learners_subjects", "Progress[Learners row]", _LOWEST),
    "last_learners_subject": _twice("learners_subjects", "Progress[Learners row]", _HIGHEST),
}
TWICE = tuple(ON_START)
"""Names of cells of Start, which work out once what rows ask."""
WEEK_AGAIN = "week_again"
_WEEK_AGAIN = (
    "IFERROR(IF(AND(ROW([@Week])>=first_row_twice,ROW([@Week])<=last_row_twice,"
    f"[@Learners row]>=first_learner_twice,[@Learners row]<=last_learner_twice),{_SAME_WEEK}>1,FALSE),FALSE)"
)
SESSIONS = "sessions_counting"
_DAY_BY_DAY = f'TEXT(SUMPRODUCT({_SCHOOL}*{_ROLL}*{{1100000000,11000000,110000,1100,11}}),"0000000000")'
_SESSIONS = or_blank(
    f'IF(ISNUMBER([@Week]),IF({WEEK_AGAIN},IF({_IN_YEAR},"0000000000",""),'
    f'IF({_PLAIN_WEEK},"1111111111",IF({_IN_YEAR},{_DAY_BY_DAY},""))),"")'
)
_COUNTED = '(MID([@Sessions],{1,2,3,4,5,6,7,8,9,10},1)="1")'
_DUE = f"({_MONDAY}+{{0,0,1,1,2,2,3,3,4,4}}<=data_date)"
_LACKING = f"SUMPRODUCT({missing('[@Mon am:Fri pm]')}*{_COUNTED}*{_DUE})"
MISSING = "marks_missing"
_MISSING = f'IFERROR(IF(INDEX(Learners[On roll],[@Learners row])="Yes",{_LACKING},0),0)'
"""`missing_marks`: the marks still to come, up to the data date."""

ROW_NAMES = {"Registers": {WEEK_AGAIN: _WEEK_AGAIN, SESSIONS: _SESSIONS, MISSING: _MISSING}}
"""Long formulas that each row uses by name, as `workbook.model.formulas.NAMES`."""

IN_A_BLANK_ROW: dict[str, Value] = {STARTS: 0, ENDS: _FAR, COUNTS_TO: _FAR, FROM: 0, TO: 0, MISSING: 0}
"""What columns give in a row without entries; all others give a blank there, or count nothing."""

# Open targets: `workbook.measures.targets.is_open`.
_HERE = 'INDEX(Learners[On roll],[@Learners row])="Yes"'
_STATUS = tidied("{status}")
IS_OPEN = f'OR({_STATUS}="",{_STATUS}="Open")'
OPEN = or_blank(f'IF({_HERE},IF({IS_OPEN.format(status="[@Status]")},"Yes",""),"")')

OF_GROUP = "Group: "
# Running interventions: `workbook.measures.interventions.is_running`.
_BEGUN = "IF(ISNUMBER([@Start]),INT([@Start])<=data_date,TRUE),IF(ISNUMBER([@End]),INT([@End])>=data_date,TRUE)"
_WHOSE = f'IF([@Learners row]="",IF({tidied("[@Group]")}="","","{OF_GROUP}"&{tidied("[@Group]")}),IF({_HERE},"Yes",""))'
RUNNING = or_blank(f'IF(AND({_BEGUN}),{_WHOSE},"")')
"""Yes for a learner's own, ``Group: Breakfast club`` for a group's."""
_JOINED = "IF(ISNUMBER([@Joined]),INT([@Joined])<=data_date,TRUE),IF(ISNUMBER([@Left]),INT([@Left])>=data_date,TRUE)"
IN_GROUP = or_blank(f'IF(AND({_HERE},{_JOINED}),{tidied("[@Group]")},"")')
"""The group's name, where the learner is in it now."""

# Contacts of this year so far: `workbook.measures.contacts.contact_day`.
CONTACT_COUNTS = "(Contacts[Date]>=year_starts)*(Contacts[Date]<data_date+1)"
CONTACTS_COUNTED = 'Contacts[Date],">="&year_starts,Contacts[Date],"<"&data_date+1'
"""The same as conditions of COUNTIFS."""


def _by_day(column: str) -> str:
    """The days of a column of dates as numbers, 0 for what is no date: whoever sorts by it loses no row."""
    return f"IF(ISNUMBER({column}),IF(({column}>=0)*({column}<{END_OF_DATES}),INT({column}),0),0)"


DAYS = {"Targets": "target_due_days", "Interventions": "review_due_days", "Vocationaldays": "vocational_week_days"}
"""The names of these, by the table whose rows are listed by them."""
NAMES |= {
    DAYS["Targets"]: _by_day("Targets[Due]"),
    DAYS["Interventions"]: _by_day("Interventions[Review due]"),
    DAYS["Vocationaldays"]: _by_day("Vocationaldays[Week]"),
}

# What is still owed, over the cells of a row by the keys of their columns.
_OUTCOME = tidied("{outcome}")
AWAITS_REVIEW = f'AND(OR({_OUTCOME}="",{_OUTCOME}="goes on"),IF(ISNUMBER({{end}}),INT({{end}})>=data_date,TRUE))'
"""`workbook.measures.interventions.awaits_review`."""
NOT_DONE = f'{tidied("{done}")}<>"Yes"'
"""Not `workbook.model.excel.is_yes`."""
