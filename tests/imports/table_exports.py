"""Pages that hold more than one plain table: several of them, groups, lines without a name; each with its result."""

from __future__ import annotations

from tests.imports.exports import Case, progress, week

_TWO = """Mathematics - Spring 2,,
Adno,Name,Grade
A1,"O'Neil, Zoë",APL3
A2,"Brown-Ray, Łukasz",APL4
,,
Citizenship - Spring 2,,
Adno,Name,Grade
A5,"Vale, Noor",5
"""
_OTHERS = """Adno,Name,Maths Spring 2
A1,"O'Neil, Zoë",APL3
A2,"Brown-Ray, Łukasz",APL4
Adno,Name,Citizenship Spring 2
A5,"Vale, Noor",5
"""
_WEEKS = """Register 10A w/c 22/02/2027,,
Name,Mon AM,Mon PM
Zoë O'Neil,/,\\
Register 10A w/c 01/03/2027,,
Name,Mon AM,Mon PM
Łukasz Brown-Ray,N,N
"""
_GROUPED = """Form,Student,Subject,Spring 2 Grade
10A,Zoë O'Neil,Mathematics,APL3
,,English Language,APL4
,Łukasz Brown-Ray,Mathematics,APL4
,,English Language,APL5
Grand Total,,,
"""
_NO_PR = """Adno,Name,Contact 1 Name,Contact 1 Relationship,Contact 2 Name,Contact 2 Relationship,Contact 2 PR
A6,Kit Marsh,Mrs O. Marsh,Mother,Mr N. Marsh,Father,
"""

TABLES = [
    Case("a table for each subject, of other learners", _TWO, "Progress", asks=("table",)),
    Case("the second table, answered", _TWO, "Progress", [progress("A5", "Citizenship Studies", apl_5="5")],
         answers={"table": "line 7"}),
    Case("a table with other headings right below", _OTHERS, "Progress", asks=("table",)),
    Case("the first of two tables, answered", _OTHERS, "Progress",
         [progress("A1", "Mathematics", apl_5="APL3"), progress("A2", "Mathematics", apl_5="APL4")],
         answers={"table": "line 1"}),
    Case("a week below another, of another learner", _WEEKS, "Registers", asks=("table",)),
    Case("the second week, answered", _WEEKS, "Registers", [week("A2", "2027-03-01", "N", "N")],
         answers={"table": "line 5"}),
    Case("printed pages of one table, with sums of each form", """Progress report - Spring 2,,,
Adno,Name,Maths,Citizenship
A1,"O'Neil, Zoë",APL3,5
10A subtotal,,1,1
Page 1 of 2,,,
Progress report - Spring 2,,,
Adno,Name,Maths,Citizenship
A5,"Vale, Noor",APL5,6
11A total,,1,1
Printed by S. Barley on 12/03/2027 at 10:15,,,
""", "Progress", [progress("A1", "Mathematics", apl_5="APL3"), progress("A1", "Citizenship Studies", apl_5="5"),
                  progress("A5", "Mathematics", apl_5="APL5"), progress("A5", "Citizenship Studies", apl_5="6")]),
    Case("lines that name subject and drop of the rows below", """Adno,Name,Grade
Mathematics - Spring 2,,
A1,"O'Neil, Zoë",APL3
Citizenship - Autumn 1,,
A5,"Vale, Noor",5
""", "Progress", [progress("A1", "Mathematics", apl_5="APL3"), progress("A5", "Citizenship Studies", apl_1="5")]),
    Case("names that stand once for several lines", _GROUPED, "Progress", asks=("lines without a name",)),
    Case("names that stand once for several lines, answered", _GROUPED, "Progress",
         [progress(who, subject, apl_5=level) for who, subject, level in (
             ("A1", "Mathematics", "APL3"), ("A1", "English Language", "APL4"),
             ("A2", "Mathematics", "APL4"), ("A2", "English Language", "APL5"))],
         answers={"lines without a name": "the learner above"}),
    Case("contacts of whom a file does not say what is needed", _NO_PR, "Parents",
         refused={2: "Parental responsibility and Send reports are blank"}),
    Case("contacts of whom a file does not say what is needed, answered", _NO_PR, "Parents",
         [{"learner_id": "A6", "name": name, "relation": relation, "parental_responsibility": "Yes",
           "send_reports": "No"} for name, relation in (("Mrs O. Marsh", "Mother"), ("Mr N. Marsh", "Father"))],
         answers={"Parental responsibility: blank": "Yes", "Send reports: blank": "No"}),
    Case("lines that name the drop of the rows below", """Adno,Name,Maths,Citizenship
Spring 1,,,
A1,Zoë O'Neil,APL2,4
Spring 2,,,
A1,Zoë O'Neil,APL3,5
""", "Progress", [progress("A1", "Mathematics", apl_4="APL2", apl_5="APL3"),
                  progress("A1", "Citizenship Studies", apl_4="4", apl_5="5")]),
    Case("teachers between the subjects and the other headings", """Spring 2,,,
,,Maths,Citizenship
,,J. Oak,A. Elm
Adno,Name,,
A1,Zoë O'Neil,APL3,5
""", "Progress", [progress("A1", "Mathematics", apl_5="APL3"), progress("A1", "Citizenship Studies", apl_5="5")]),
    Case("a course of other words beside a titled subject", """Mathematics Spring 2,,,
Adno,Name,Course,Grade
A1,Zoë O'Neil,Hair and beauty,APL3
""", "Progress", asks=("subject",)),
    Case("subjects in a column of another name", """Adno,Lesson,Spring 2 Grade
A1,Maths,APL3
A5,Citizenship,5
""", "Progress", [progress("A1", "Mathematics", apl_5="APL3"), progress("A5", "Citizenship Studies", apl_5="5")],
         answers={"subject": "as in Lesson"}),
    Case("the register of one day", """Register for Monday 22 February 2027,,
Name,AM,PM
Zoë O'Neil,/,N
""", "Registers", [week("A1", "2027-02-22", "/", "N")]),
    Case("two addresses in a cell", """Adno,Name,Contact Name,Relationship,Email
A1,Zoë O'Neil,Ms D. O'Neil,Mother,d@home.example; d@work.example
""", "Parents", refused={2: "holds two addresses: keep one"}),
]  # fmt: skip
