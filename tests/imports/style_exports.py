"""Names, numbers of learners, dates and columns in the styles of many systems, each with its right result."""

from __future__ import annotations

from tests.imports.exports import FULL, Case, progress, week

_INCIDENT = """Student,Incident Date,Category,Incident,Added by
"Vale, Noor",03/03/2027 10:15,Disruption,Called out twice.,S. Barley
"""
_FORM = """ID,Start time,Completion time,Email,Name,Which learner?,Who did you speak to?,How?,Why?,What was said?
1,3/3/27 10:12:33,3/3/27 10:14:01,sb@college.example,S Barley,Noor Vale,Home,Phone,Attendance,Back tomorrow
2,3/15/27 09:12:33,3/15/27 09:14:01,sb@college.example,S Barley,Kit Marsh,Home,Email,Good news,A great week
"""
_CONTACT = {"with": "Home", "how": "Phone", "why": "Attendance", "summary": "Back tomorrow"}
_NEW = """Adno,Name,DOB,Year,Form
A6,Kit Marsh,02/08/2012,10,10B
N2,Wren Stone Ray,05/06/2012,10,10A
"""

STYLES = [
    Case("titles, initials and second names", """Student,Form,Maths Mar
Mr Kit Marsh,,APL3
"O'Neil, Miss Zoë",,APL4
Noor J Vale,,APL5
"Brown Ray, Lukasz Jan",10A,APL6
"Vale, Noor Jane",,APL2
""", "Progress", [progress("A6", "Mathematics", apl_5="APL3"), progress("A1", "Mathematics", apl_5="APL4"),
                  progress("A5", "Mathematics", apl_5="APL5"), progress("A2", "Mathematics", apl_5="APL6")],
         refused={6: "nobody on the sheet Learners is called “Vale, Noor Jane”"}),
    Case("IDs in wide letters, with an apostrophe and as numbers with a point", """Adno,ULN,Maths Mar
\uff21\uff11,9276308686.0,APL3
'A2,,APL4
""", "Progress", [progress("A1", "Mathematics", apl_5="APL3"), progress("A2", "Mathematics", apl_5="APL4")]),
    Case("ULNs that lost their digits find nobody", """ULN,Name,Maths Mar
9.28E+09,Zoë O'Neil,APL3
,Noor Vale,APL4
""", "Progress", [progress("A5", "Mathematics", apl_5="APL4")], refused={2: "export it again, and import it unopened"}),
    Case("weeks of marks under their Mondays", """Adno,Name,w/c 22/02/2027,w/c 01/03/2027
A1,Zoë O'Neil,/\\ /\\ /\\ /\\ /\\,ii /\\ /\\ /\\ /\\
""", "Registers", [week("A1", "2027-02-22", *FULL), week("A1", "2027-03-01", "I", "I", *FULL[2:])]),
    Case("days as serial numbers in text", """Adno,Date,Session,Mark
A1,46440,AM,/
A1,46440,PM,n
""", "Registers", [week("A1", "2027-02-22", "/", "N")]),
    Case("the class in the title", """Class: 10A/Ma1,Teacher: S. Barley,Spring 2
Adno,Student,Grade
A1,Zoë O'Neil,APL3
""", "Progress", [progress("A1", "Mathematics", apl_5="APL3")]),
    Case("a column of marks that is empty asks for nothing", """Adno,Subject,Spring 2 Grade,Report: Spring 2
A1,Maths,APL3,
""", "Progress", [progress("A1", "Mathematics", apl_5="APL3")]),
    Case("an incident whose category is its type", _INCIDENT, "Behaviour",
         [{"learner_id": "A5", "date": "2027-03-03", "type": "Disruption", "what_happened": "Called out twice.",
           "logged_by": "S. Barley"}]),
    Case("a form that asks for no date", _FORM, "Contacts", asks=("dates",)),
    Case("a form that asks for no date, answered", _FORM, "Contacts", [
        {"learner_id": "A5", "date": "2027-03-03", **_CONTACT},
        {"learner_id": "A6", "date": "2027-03-15", "with": "Home", "how": "Email", "why": "Good news",
         "summary": "A great week"},
    ], answers={"dates": "month first"}),
    Case("an address in parts, a mobile number before one at home", """Adno,Pupil,Contact Name,Relationship,PR,\
Home Phone,Mobile,Street,Town,Postcode,Receives reports
A1,Zoë O'Neil,Ms Una Oak,Guardian,Y,0113 4960111,07700 900001,5 Elm Road,Exampleton,ZZ1 1AA,Yes
""", "Parents", [{"learner_id": "A1", "name": "Ms Una Oak", "relation": "Guardian", "parental_responsibility": "Yes",
                  "phone": "07700 900001", "address": "5 Elm Road, Exampleton, ZZ1 1AA", "send_reports": "Yes"}]),
    Case("new learners with whole names", _NEW, "Learners", asks=("names",)),
    Case("new learners with whole names, answered", _NEW, "Learners", [
        {"learner_id": "A6", "date_of_birth": "2012-08-02"},
        {"learner_id": "N2", "first_name": "Wren", "surname": "Stone Ray", "date_of_birth": "2012-06-05", "year": "10",
         "form": "10A"},
    ], answers={"names": "first name"}),
]  # fmt: skip
_TOP = """Adno,Maths Mar,Maths Effort
A1,APL3,5
A2,APL4,4
"""
_KNOWN = """Adno,Name,Contact Name,Relationship,Phone
A1,Zoë O'Neil,Mrs Dee O'Neil,Mother,07700 900777
"""
_UNTYPED = """Pupil,Date,Type,Description
Noor Vale,03/03/2027,,Called out
Kit Marsh,03/03/2027,Refusal,No
"""
_TYPED = [{"learner_id": who, "date": "2027-03-03", "type": kind, "what_happened": what} for who, kind, what in (
    ("A5", "Other", "Called out"), ("A6", "Refusal", "No"))]  # fmt: skip
_YEAR = "Academic year 2025/26 Spring 2,\nAdno,Maths\nA1,APL3\n"
STYLES += [
    Case("effort beside the one drop of which the headings speak", _TOP.replace(",5", ",3"), "Progress",
         [progress("A1", "Mathematics", apl_5="APL3", effort_5="3"),
          progress("A2", "Mathematics", apl_5="APL4", effort_5="4")]),
    Case("effort that goes up to 5", _TOP, "Progress", asks=("effort",)),
    Case("effort that goes up to 5, on another scale", _TOP, "Progress", asks=("Effort: 4", "Effort: 5"),
         answers={"effort": "another scale"}),
    Case("effort that goes up to 5, each said", _TOP, "Progress",
         [progress("A1", "Mathematics", apl_5="APL3", effort_5="4"),
          progress("A2", "Mathematics", apl_5="APL4", effort_5="3")],
         answers={"effort": "another scale", "Effort: 4": "3", "Effort: 5": "4"}),
    Case("a title of last year", _YEAR, "Progress", asks=("drop 2025 26 spring 2",)),
    Case("a title of this year", _YEAR.replace("2025/26", "2026/27"), "Progress",
         [progress("A1", "Mathematics", apl_5="APL3")]),
    Case("a title of two drops", _YEAR.replace("Academic year 2025/26", "Spring 1 to"), "Progress",
         asks=("drop spring 1 spring 2",)),
    Case("levels as numbers with a point", "Adno,Citizenship Mar\nA1,5.0\n", "Progress",
         [progress("A1", "Citizenship Studies", apl_5="5")]),
    Case("drops by their days beside a subject", "Adno,Subject,12/03/2027,14/05/2027\nA1,Maths,APL3,APL4\n", "Progress",
         [progress("A1", "Mathematics", apl_5="APL3", apl_6="APL4")]),
    Case("initials of days over halves", """Week beginning 22/02/2027,,,,,,
Pupil,DOB,M,,T,,W
,,AM,PM,AM,PM,AM
Zoë O'Neil,03/04/2012,/,\\,/,\\,N
""", "Registers", [week("A1", "2027-02-22", "/", "\\", "/", "\\", "N")]),
    Case("roll calls, and minutes beside a mark", """Adno,Date,Roll call,Mark
A1,22 Feb 2027,AM Roll Call,L (12)
A1,22 Feb 2027,PM Roll Call,\\
""", "Registers", [week("A1", "2027-02-22", "L", "\\")]),
    Case("both marks of a day beside its date", "Adno,Date,Marks\nA1,22/02/2027,/\\\nA2,22/02/2027,NN\n", "Registers",
         [week("A1", "2027-02-22", "/", "\\"), week("A2", "2027-02-22", "N", "N")]),
    Case("times of sessions", "Adno,Session start,Mark\nA1,2027-02-22T09:00:00Z,/\nA1,2027-02-22T13:15:00Z,\\\n",
         "Registers", [week("A1", "2027-02-22", "/", "\\")]),
    Case("aspects that name subject, drop and measure", """Adno,Aspect Name,Result,Result Date
A1,Y10 Ma Spr2 Curr,APL3,12/03/2027
A1,Y10 Ma Spr2 Eff,3,12/03/2027
A1,Y10 Ci Aut1 Curr,5,12/03/2027
""", "Progress", [progress("A1", "Mathematics", apl_5="APL3", effort_5="3"),
                  progress("A1", "Citizenship Studies", apl_1="5")]),
    Case("measures in rows under a drop", """Adno,Subject,Type,Spring 2
A1,Maths,Current Grade,APL3
A1,Maths,Effort,3
A1,Maths,Target,APL5
""", "Progress", [progress("A1", "Mathematics", apl_5="APL3", effort_5="3", target="APL5")]),
    Case("teachers beside subjects, words for not assessed", """Spring 2,,
Learner,Maths (J. Oak),Citizenship (Mrs Elm)
Zoë O'Neil,Not assessed,5
""", "Progress", [progress("A1", "Mathematics", apl_5="N/A"), progress("A1", "Citizenship Studies", apl_5="5")]),
    Case("pronouns are no marks of a week", "Adno,Name,Form,Pronouns\nA6,Kit Marsh,10C,they/them\n", "Learners",
         [{"learner_id": "A6", "form": "10C", "pronouns": "they/them"}]),
    Case("a comma in a name that is in no quotation marks", """Adno,Name,Maths Spring 2,Citizenship Spring 2
A1,Zoë O'Neil,APL3,5
A5,Vale, Noor,APL4,
A2,Brown-Ray, Łukasz,APL4,5
""", "Progress", [progress("A1", "Mathematics", apl_5="APL3"), progress("A1", "Citizenship Studies", apl_5="5")],
         refused=dict.fromkeys((3, 4), "more cells than there are headings")),
    Case("lines that all end in one comma more", "Adno,Maths Spring 2\nA1,APL3,\nA5,APL4,\n", "Progress",
         [progress("A1", "Mathematics", apl_5="APL3"), progress("A5", "Mathematics", apl_5="APL4")]),
    Case("an ID beside a name", "Learner,Maths Spring 2\nSam Marsh (A3),APL3\nNoor Vale (A4),APL4\n", "Progress",
         [progress("A3", "Mathematics", apl_5="APL3")], refused={3: "of two people"}),
    Case("the type of an incident", "Learner,Date of incident,Type of incident\nNoor Vale,03/03/2027,Disruption\n",
         "Behaviour", [{"learner_id": "A5", "date": "2027-03-03", "type": "Disruption"}]),
    Case("a line with a cell too few", "Adno,Name,Maths Mar,Eng Lang Mar\nA1,Zoë O'Neil,APL3,APL4\nA2,APL4,APL5\n",
         "Progress",
         [progress("A1", "Mathematics", apl_5="APL3"), progress("A1", "English Language", apl_5="APL4")],
         refused={3: "may stand in the wrong columns"}),
    Case("scores beside grades, flags of yes and no", """Spring 2,,,
Adno,Maths Score,Maths Grade,Maths On track?
A1,54,APL3,Yes
""", "Progress", [progress("A1", "Mathematics", apl_5="APL3")]),
    Case("numbers of rows that are about nobody ask for nothing", """Adno,Name,Maths Mar,Eng Lang Mar
A1,Zoë O'Neil,APL3,APL4
A8,Jo Nobody,3,4
No. entered,,2,2
""", "Progress", [progress("A1", "Mathematics", apl_5="APL3"), progress("A1", "English Language", apl_5="APL4")],
         refused={3: "A8"}),
    Case("incidents without a type", _UNTYPED, "Behaviour", [_TYPED[1]], refused={2: "Type is blank"}),
    Case("incidents without a type, answered", _UNTYPED, "Behaviour", _TYPED, answers={"Type: blank": "Other"}),
    Case("a day that is another", "Pupil,Date,Type\nNoor Vale,Mon 3 March 2027,Disruption\n", "Behaviour",
         refused={2: "and that day is a Wednesday"}),
    Case("Mum is Mother", """Adno,Learner,Parent/Carer,Relationship,Mobile,PR,Send reports
A6,Kit Marsh,Mrs O. Marsh,Mum,07700 900128,Yes,Yes
""", "Parents", [{"learner_id": "A6", "name": "Mrs O. Marsh", "relation": "Mother", "parental_responsibility": "Yes",
                  "phone": "07700 900128", "send_reports": "Yes"}]),
    Case("contacts in other words", _KNOWN, "Parents", asks=("contacts",)),
    Case("contacts in other words, the same", _KNOWN, "Parents",
         [{"learner_id": "A1", "name": "Ms D. O'Neil", "phone": "07700 900777"}], answers={"contacts": "the same"}),
    Case("a contact without the point behind an initial", _KNOWN.replace("Mrs Dee", "Ms D"), "Parents",
         [{"learner_id": "A1", "name": "Ms D. O'Neil", "phone": "07700 900777"}]),
    Case("what is said of all contacts of a row", """Adno,Mother's Name,Mother PR,Father's Name,Father PR,Send reports
A6,Ada Marsh,Yes,Joe Marsh,Yes,No
""", "Parents", [{"learner_id": "A6", "name": name, "relation": relation, "parental_responsibility": "Yes",
                  "send_reports": "No"} for name, relation in (("Ada Marsh", "Mother"), ("Joe Marsh", "Father"))]),
    Case("an achievement of which only the kind is said", "Name,Date,Reason,Points\nNoor Vale,03/03/2027,Kindness,2\n",
         "Achievements", [{"learner_id": "A5", "date": "2027-03-03", "type": "Kindness", "what": "Kindness"}]),
    Case("a destination in other words", "Learner,Destination,Provider\nNoor Vale,FE college,Exampleton\n",
         "Transition", refused={2: "Intended destination “FE college” is not in the list Destinations"}),
]  # fmt: skip

#: Files that hold nothing for a tracker, with words of what they are told.
NOTHING = {
    "percentages of attendance": ("Adno,Name,Form,Attendance %\nA1,Zoë O'Neil,10A,94.2\n", "sums of attendance"),
    "percentages of days": ("Adno,Name,Mon,Tue\nA1,Zoë O'Neil,100,50\nA5,Noor Vale,50,50\n", "sums of attendance"),
    "percentages of weeks": ("Adno,w/c 22/02/2027,w/c 01/03/2027\nA1,90%,100%\n", "sums of attendance"),
    "points": ("Pupil name,Form,Positive points,Negative points\nNoor Vale,11A,25,-3\n", "counts points or incidents"),
    "a year in one text": ("Adno,Start Date,Marks\nA1,01/09/2026," + 15 * "/\\" + "##\n", "several weeks in one text"),
    "weeks in lines": (
        "Name,Mon AM,Mon PM\nw/c 22/02/2027,,\nZoë O'Neil,/,N\nw/c 01/03/2027,,\nZoë O'Neil,N,N\n",
        "says its weeks in lines among its rows",
    ),
    "learners in lines": (
        "Subject,Spring 2 Grade\nZoë O'Neil,\nMaths,APL3\nNoor Vale,\nMaths,APL5\n",
        "names its learners in lines of their own",
    ),
    "JSON": ('[{"Adno": "A1", "Maths": "APL3"}]', "is JSON"),
    "nothing": ("", "is empty"),
    "marks of lessons": ("ID,Name,Register,Start Time,Mark\nA1,Zoë O'Neil,MATHS10A,09:00,P\n", "mark for each lesson"),
    "two tables side by side": ("Adno,Maths Mar,Adno,Maths Mar\nA1,APL3,A5,APL5\nA2,APL4,A6,APL6\n", "side by side"),
}
