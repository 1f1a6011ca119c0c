"""Files as systems of schools and colleges give them, with what a right import makes of each; all names are made up.

Each was written down with its right result before it was imported for the first time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workbook.model import Tracker, defaults

LEARNERS: list[dict[str, Any]] = [
    {"learner_id": "A1", "first_name": "Zoë", "surname": "O'Neil", "year": 10, "form": "10A",
     "date_of_birth": date(2012, 4, 3), "upn": "P207000016049", "uln": "9276308686",
     "email": "zoe.oneil@college.example"},
    {"learner_id": "A2", "first_name": "Łukasz", "surname": "Brown-Ray", "year": 10, "form": "10A",
     "date_of_birth": date(2011, 11, 30), "upn": "B801200005001", "email": "l.brownray@college.example"},
    {"learner_id": "A3", "first_name": "Sam", "surname": "Marsh", "year": 10, "form": "10B",
     "date_of_birth": date(2012, 1, 9)},
    {"learner_id": "A4", "first_name": "Sam", "surname": "Marsh", "year": 11, "form": "11A",
     "date_of_birth": date(2010, 12, 2), "email": "s.marsh@college.example"},
    {"learner_id": "A5", "first_name": "Noor", "preferred_name": "Nour", "surname": "Vale", "year": 11, "form": "11A",
     "date_of_birth": date(2011, 6, 6), "upn": "M80120000500A"},
    {"learner_id": "A6", "first_name": "Kit", "surname": "Marsh", "year": 10, "form": "10B"},
]  # fmt: skip
SUBJECTS = [
    {"subject": "English Language", "scale": "APL"}, {"subject": "English Literature", "scale": "APL"},
    {"subject": "Mathematics", "scale": "APL"}, {"subject": "Combined Science", "scale": "Combined Science"},
    {"subject": "Citizenship Studies", "scale": "GCSE 9-1"}, {"subject": "Hair and beauty", "scale": "Level 1/2 Tech"},
]  # fmt: skip
PARENTS = [
    {"learner_id": "A1", "name": "Ms D. O'Neil", "relation": "Mother", "parental_responsibility": "Yes",
     "phone": "07700 900123", "send_reports": "Yes"}
]  # fmt: skip
DROPS = {1: ("October", date(2026, 10, 9)), 2: ("November", date(2026, 11, 13)), 3: ("December", date(2026, 12, 11)),
         4: ("January", date(2027, 1, 22)), 5: ("March", date(2027, 3, 12)), 6: ("May", date(2027, 5, 14))}  # fmt: skip
TERMS = [("Autumn 1", (2026, 9, 1), (2026, 10, 23)), ("Autumn 2", (2026, 11, 2), (2026, 12, 18)),
         ("Spring 1", (2027, 1, 4), (2027, 2, 12)), ("Spring 2", (2027, 2, 22), (2027, 3, 25)),
         ("Summer 1", (2027, 4, 12), (2027, 5, 28)), ("Summer 2", (2027, 6, 7), (2027, 7, 23))]  # fmt: skip


def tracker() -> Tracker:
    """A small tracker with two learners of one name and one subject of each kind of scale."""
    records: dict[str, Any] = {name: list(table.records()) for name, table in defaults.new().tables.items()}
    for one in records["Settings"]:
        if one["name"] == "academic_year":
            one["value"] = "2026-27"
    records |= {
        "Learners": LEARNERS, "Subjects": SUBJECTS, "Parents": PARENTS,
        "Drops": [{"drop": number, "name": name, "date": day} for number, (name, day) in DROPS.items()],
        "Terms": [{"name": n, "kind": "Term", "start": date(*a), "end": date(*b)} for n, a, b in TERMS],
    }  # fmt: skip
    return Tracker.of(records, "tracker.xlsx")


@dataclass(frozen=True)
class Case:
    """A file and what becomes of it: rows by sheet as texts of their cells, or the questions it leaves open.

    ``refused`` gives lines and a word of the reason; ``answers`` are given from the start.
    """

    name: str
    text: str
    into: str
    rows: list[dict[str, str]] = field(default_factory=list)
    asks: tuple[str, ...] = ()
    refused: dict[int, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    encoding: str = "utf-8"
    sheets: dict[str, str] = field(default_factory=dict)


def progress(who: str, subject: str, **cells: str) -> dict[str, str]:
    return {"learner_id": who, "subject": subject, **cells}


def week(who: str, monday: str, *marks: str) -> dict[str, str]:
    days = [f"{day}_{half}" for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm")]
    return {"learner_id": who, "week": monday} | {day: mark for day, mark in zip(days, marks, strict=False) if mark}


FULL = ("/", "\\") * 5
CASES = [
    Case("the sheet's own headings", """Learner ID,Subject,Baseline source,Baseline,APL 5,Effort 5,Effort 4,Forecast
A1,Mathematics,CAT,APL2,APL4,3,2,APL6
""", "Progress", [progress("A1", "Mathematics", baseline_source="CAT", baseline="APL2", apl_5="APL4", effort_5="3",
                           effort_4="2", forecast="APL6")]),
    Case("two heading rows in text", """Bromcom Data Collection - Autumn 1,,,,,,
Adno,Surname,Forename,Mathematics,,English Language,
,,,CWG,ATL,CWG,ATL
A1,O'Neil,Zoe,APL4,Good,APL5,3
A2,Brown Ray,Lukasz,APL3,2,,
Average,,,,2.5,,3
""", "Progress", [progress("A1", "Mathematics", apl_1="APL4", effort_1="3"),
                  progress("A1", "English Language", apl_1="APL5", effort_1="3"),
                  progress("A2", "Mathematics", apl_1="APL3", effort_1="2")]),
    Case("birthdays tell namesakes apart", """Student;Date of birth;Subject;Data Point;Working At;Predicted Grade
Sam Marsh;09/01/2012;Maths;DP2;APL3;APL5
Sam Marsh;02/12/2010;Maths;DP2;APL4;APL6
Sam Marsh;;Maths;DP2;APL2;APL2
""", "Progress", [progress("A3", "Mathematics", apl_2="APL3", forecast="APL5"),
                  progress("A4", "Mathematics", apl_2="APL4", forecast="APL6")], refused={4: "A4"}),
    Case("bare numbers on a scale of other names", """DC5,,,
UPN,Surname,Forename,Maths,Citizenship
P207000016049,O'Neil,Zoë,4,5
M80120000500A,Vale,Noor,6,2
""", "Progress", asks=("levels APL",)),
    Case("bare numbers, answered", """DC5,,,
UPN,Surname,Forename,Maths,Citizenship
P207000016049,O'Neil,Zoë,4,5
M80120000500A,Vale,Noor,6,2
""", "Progress", [progress("A1", "Mathematics", apl_5="APL4"), progress("A1", "Citizenship Studies", apl_5="5"),
                  progress("A5", "Mathematics", apl_5="APL6"), progress("A5", "Citizenship Studies", apl_5="2")],
         answers={"levels APL": "yes"}),
    Case("an online classroom, by email", """Last Name,First Name,Email Address,Maths Autumn 1 Grade
Date,,,2026-10-09
Points,,,9
Class average,,,5.5
O'Neil,Zoë,ZOE.ONEIL@college.example,APL4
Marsh,Sam,s.marsh@college.example,APL6
Nobody,Jo,jo@college.example,APL6
""", "Progress", [progress("A1", "Mathematics", apl_1="APL4"), progress("A4", "Mathematics", apl_1="APL6")],
         refused={7: "Jo"}),
    Case("technical awards written out", """UPN,Hair and beauty HT1
P207000016049,L2 Pass
b801200005001,Level 1 Merit
M80120000500A,D*2
""", "Progress", [progress("A1", "Hair and beauty", apl_1="L2P"), progress("A2", "Hair and beauty", apl_1="L1M"),
                  progress("A5", "Hair and beauty", apl_1="L2D*")]),
    Case("double grades without their hyphen", """Adm No,Name,Comb Sci Oct,Comb Sci TG
A1,"O'Neil, Zoë",54,5-5
A2,"Brown-Ray, Łukasz",9-9,33
""", "Progress", [progress("A1", "Combined Science", apl_1="5-4", target="5-5"),
                  progress("A2", "Combined Science", apl_1="9-9", target="3-3")]),
    Case("a subject that fits two", """Adno,Eng Spr2 WA
A1,APL3
A2,APL4
""", "Progress", asks=("subject eng",)),
    Case("a target that two columns could be", """Adno,Ma Tgt,Ma MEG,Ma Mar Curr
A1,APL5,APL6,APL3
A5,APL5,APL4,APL3
""", "Progress", asks=("column Target",)),
    Case("an effort key that runs the other way", """Tutor tracker Summer 1,,
Name,Maths Current,Maths Effort
Zoë O'Neil,APL4,1
Noor Vale,APL5,2
"Effort: 1 = Excellent, 2 = Good, 3 = Inconsistent, 4 = Needs support",,
""", "Progress", asks=("effort",)),
    Case("an effort key, answered", """Tutor tracker Summer 1,,
Name,Maths Current,Maths Effort
Zoë O'Neil,APL4,1
Nour Vale,APL5,2
"Effort: 1 = Excellent, 2 = Good, 3 = Inconsistent, 4 = Needs support",,
""", "Progress", [progress("A1", "Mathematics", apl_6="APL4", effort_6="4"),
                  progress("A5", "Mathematics", apl_6="APL5", effort_6="3")], answers={"effort": "as in the file"}),
    Case("no drop is said", """Adno,Subject,Grade,Teacher Comment
A1,Maths,APL4,Works well.
A2,Eng Lit,APL3,
""", "Progress", asks=("drop",)),
    Case("only targets and comments need no drop", """Adno,Subject,Target Grade,Teacher Comment
A1,Maths,APL4,Works well.
A2,Art,APL3,
A2,Eng Lit,APL3,
""", "Progress", [progress("A1", "Mathematics", target="APL4", comment="Works well."),
                  progress("A2", "English Literature", target="APL3")], refused={3: "Art"}),
    Case("aspects in rows", """Adno,Name,Subject,Aspect,Result
A1,"O'Neil, Zoë",Maths,Spring 1 Working At,APL4
A1,"O'Neil, Zoë",Maths,End of KS4 Target,APL6
A1,"O'Neil, Zoë",Maths,Spring 1 ATL,3
""", "Progress", [progress("A1", "Mathematics", apl_4="APL4", target="APL6", effort_4="3")]),
    Case("weekdays under a week in the title", """Attendance,Week commencing 08/02/2027,,,,,,,,,
Student,Mon AM,Mon PM,Tue AM,Tue PM,Wed AM,Wed PM,Thu AM,Thu PM,Fri AM,Fri PM,% Att
Zoe ONeil,/,\\,/,\\,I,I,/,\\,L,\\,80
Kit Marsh,/,\\,/,\\,/,\\,/,\\,/,\\,100
""", "Registers", [week("A1", "2027-02-08", "/", "\\", "/", "\\", "I", "I", "/", "\\", "L", "\\"),
                   week("A6", "2027-02-08", *FULL)]),
    Case("both marks of a day in a cell", """Pupil Name,Reg,Mon 08/02/2027,Tue 09/02/2027,Wed 10/02/2027
"Marsh, Sam",11A,/\\,C1 \\,--
"Marsh, Sam",10C,/\\,/\\,/\\
""", "Registers", [week("A4", "2027-02-08", "/", "\\", "C1", "\\")], refused={3: "A3"}),
    Case("present and absent in letters", """Learner,Date,Session,Mark
Zoë O'Neil,08/02/2027,AM,P
Zoë O'Neil,08/02/2027,PM,A
Noor Vale,08/02/2027,AM,P
""", "Registers", asks=("Mark: P", "Mark: A")),
    Case("present and absent in letters, answered", """Learner,Date,Session,Mark
Zoë O'Neil,08/02/2027,AM,P
Zoë O'Neil,08/02/2027,PM,A
Noor Vale,08/02/2027,PM,P
""", "Registers", [week("A1", "2027-02-08", "/", "N"), week("A5", "2027-02-08", "", "\\")],
         answers={"Mark: P": "present", "Mark: A": "N"}),
    Case("a week of fourteen marks", """UPN,Week Beginning,Marks
P207000016049,2027-02-08,/\\/\\/\\/\\/\\##
B801200005001,2027-02-09,/\\/\\/\\/\\/\\##
M80120000500A,2027-02-08,/\\/\\/\\/\\/\\----
""", "Registers", [week("A5", "2027-02-08", *FULL)], refused={2: "marks", 3: "Tuesday"}),
    Case("months before days", """Adno,Date,AM,PM
A1,02/08/2027,/,\\
A1,02/23/2027,/,\\
""", "Registers", asks=("dates",)),
    Case("a row a day", """Adno,Name,Date,AM,PM
A1,Zoë O'Neil,8 Feb 2027,/,\\
A1,Zoë O'Neil,9 Feb 2027,/,-
A2,Kit Marsh,9 Feb 2027,/,\\
""", "Registers", [week("A1", "2027-02-08", "/", "\\", "/")], refused={4: "A2"}),
    Case("incidents", """Adno,Student Name,Incident,Details,Reported By,Location,Incident Date
A1,"O'Neil, Zoë",Disruption,Called out.,S. Barley,Room 4,2027-02-05T09:30:00
A3,"Marsh, Sam",Fighting,In the yard.,S. Barley,Yard,2027-02-05
""", "Behaviour", [{"learner_id": "A1", "date": "2027-02-05", "type": "Disruption", "where": "Room 4",
                    "what_happened": "Called out.", "logged_by": "S. Barley"}], refused={3: "Fighting"}),
    Case("incidents, a type answered", """Adno,Student Name,Incident,Details,Reported By,Location,Incident Date
A3,"Marsh, Sam",Fighting,In the yard.,S. Barley,Yard,2027-02-05
A3,"Marsh, Sam",Refusal,In the yard.,S. Barley,Yard,2027-02-05
""", "Behaviour", [{"learner_id": "A3", "date": "2027-02-05", "type": kind, "where": "Yard",
                    "what_happened": "In the yard.", "logged_by": "S. Barley"} for kind in ("Other", "Refusal")],
         answers={"Type: Fighting": "Other"}),
    Case("praise", """First name,Last name,Form,Achievement,Points,Reason,Awarded by,Date
Sam,Marsh,10B,Kindness,2,Held the door for all of 10B.,S. Barley,5-Feb-27
Nour,Vale,11A,Effort,1,Redrafted the essay.,S. Barley,8-Feb-27
""", "Achievements", [
        {"learner_id": "A3", "date": "2027-02-05", "type": "Kindness", "what": "Held the door for all of 10B."},
        {"learner_id": "A5", "date": "2027-02-08", "type": "Effort", "what": "Redrafted the essay."}]),
    Case("a colleague's calls home", """Student,When,Spoke to,Method,Reason,Notes,Staff
Kit Marsh,8/2/27,Home,Phone,Good news,Lovely week.,S. Barley
Sam Marsh,8/2/27,Home,Phone,Good news,Lovely week.,S. Barley
""", "Contacts", [{"learner_id": "A6", "date": "2027-02-08", "with": "Home", "how": "Phone", "why": "Good news",
                   "summary": "Lovely week.", "by": "S. Barley"}], refused={3: "A4"}),
    Case("numbered contacts", "Adno,Surname,Forename,Contact 1 Name,Contact 1 Relationship,Contact 1 Mobile,"
         """Contact 2 Name,Contact 2 Relationship,Contact 2 Mobile
A1,O'Neil,Zoë,Ms D. O'Neil,Mother,+44 7700 900999,Mr T. Gray,Father,7700900124
""", "Parents", [{"learner_id": "A1", "name": "Ms D. O'Neil", "phone": "07700 900999"}],
         refused={2: "Parental responsibility"}),
    Case("the learner's name first", """Adno,Forename,Surname,Title,Forename,Surname,Relationship,Home Email
A1,Zoë,O'Neil,Ms,D.,O'Neil,Mother,d.oneil@home.example
""", "Parents", [{"learner_id": "A1", "name": "Ms D. O'Neil", "email": "d.oneil@home.example"}]),
    Case("a list of learners", """Adno,UPN,Legal Surname,Legal Forename,Preferred Forename,DOB,Year Group,Reg,Gender,FSM
A1,P207000016049,O'Neil,Zoë,Zo,03/04/2012,Year 10,10B,F,Y
A9,,Stone,Wren,,05/06/2012,Year 10,10A,F,N
A2,P207000016049,Brown-Ray,Łukasz,,30/11/2011,Year 10,10A,M,N
A3,,Vale,Noor,,06/06/2011,Year 11,11A,M,N
""", "Learners", [{"learner_id": "A1", "preferred_name": "Zo", "form": "10B"},
                  {"learner_id": "A9", "first_name": "Wren", "surname": "Stone", "date_of_birth": "2012-06-05",
                   "year": "10", "form": "10A"}], refused={4: "A1", 5: "A3"}),
    Case("a Macintosh's text", "Nom,Adno\r".replace("Nom", "Name") and
         "Name;Adno;Maths Mar Grade;Maths Comment\rZoë O’Neil;A1;APL4;Zoë’s work is “solid”.\r", "Progress",
         [progress("A1", "Mathematics", apl_5="APL4", comment="Zoë’s work is “solid”.")], encoding="mac_roman"),
    Case("Unicode text with tabs", "Year 10 Maths DC5\t\t\nPupil Name\tWorking At Grade\tAttitude to Learning\n"
         "Łukasz Brown-Ray\tAPL4\tGood\nZoë O'Neil\tN/A\t4\n", "Progress",
         [progress("A2", "Mathematics", apl_5="APL4", effort_5="3"),
          progress("A1", "Mathematics", apl_5="N/A", effort_5="4")], encoding="utf-16"),
    Case("dates of both orders", """Adno,Type,Date,Description
A1,Refusal,31/01/2027,Would not start.
A1,Refusal,01/31/2027,Would not stop.
""", "Behaviour", asks=("dates",)),
    Case("rows on two sheets", "", "Progress", asks=("page",), sheets={
        "10A": "Adno,Maths Mar\nA1,APL4\n", "10B": "Adno,Maths Mar\nA3,APL4\nA6,APL3\n"}),
    Case("a form above its learners", """English Language,,,
Name,Target,Jan,Mar
11A,,,
Sam Marsh,APL6,APL4,apl 5
10B,,,
Sam Marsh,APL5,APL2,APL3
""", "Progress", [progress("A4", "English Language", target="APL6", apl_4="APL4", apl_5="APL5"),
                  progress("A3", "English Language", target="APL5", apl_4="APL2", apl_5="APL3")]),
    Case("drops above subjects above measures", """,,Spring 1,,,Spring 2,,
,,Maths,,Eng Lit,Maths,,Eng Lit
Adno,Name,Curr,Eff,Curr,Curr,Eff,Curr
A1,Zoë O'Neil,APL3,3,APL4,APL4,2,APL5
""", "Progress", [progress("A1", "Mathematics", apl_4="APL3", effort_4="3", apl_5="APL4", effort_5="2"),
                  progress("A1", "English Literature", apl_4="APL4", apl_5="APL5")]),
]  # fmt: skip
