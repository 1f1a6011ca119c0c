"""Weeks of marks, and sheets of records whose words were not known at first; each with its right result."""

from __future__ import annotations

from tests.imports.exports import Case, progress, week

WEEKS = [
    Case(
        "a week of marks in one text under a title",
        """Attendance week beginning 08/02/2027,,,
Adno,Surname,Forename,Marks
A1,O'Neil,Zoë,/\\NN/\\L\\/\\
A2,Brown-Ray,Łukasz,/\\/\\/\\/\\
""",
        "Registers",
        [week("A1", "2027-02-08", "/", "\\", "N", "N", "/", "\\", "L", "\\", "/", "\\")],
        refused={4: "8 marks"},
    ),
    Case(
        "a title of another day than a Monday",
        """Week beginning 09/02/2027,,
Name,Mon AM,Mon PM
Zoë O'Neil,/,I
""",
        "Registers",
        asks=("week",),
    ),
    Case(
        "a title of another day than a Monday, answered",
        """Week beginning 09/02/2027,,
Name,Mon AM,Mon PM
Zoë O'Neil,/,I
""",
        "Registers",
        [week("A1", "2027-02-08", "/", "I")],
        answers={"week": "08/02/2027"},
    ),
    Case(
        "no week is said, answered",
        """Name,Mon AM,Mon PM
Zoë O'Neil,/,I
""",
        "Registers",
        [week("A1", "2027-02-08", "/", "I")],
        answers={"week": "8 Feb 2027"},
    ),
    Case(
        "marks with their words",
        """Student,Date,Session,Mark
Zoë O'Neil,08/02/2027,AM,/ Present (AM)
Zoë O'Neil,08/02/2027,PM,N - No reason yet
Noor Vale,08/02/2027,AM,Illness
Noor Vale,08/02/2027,PM,Late to class
""",
        "Registers",
        [week("A1", "2027-02-08", "/", "N"), week("A5", "2027-02-08", "I")],
        refused={5: "Late to class"},
    ),
    Case(
        "detentions, dated by when they were set",
        """Pupil,Form,Detention type,Reason,Scheduled date,Lead staff,Set by,Set on,Status,Notes
Zoë O'Neil,10A,Break,Disruption,09/02/2027,R. Day,S. Barley,08/02/2027,Attended,Called out.
Sam Marsh,11A,Lunch,Chewing,10/02/2027,R. Day,S. Barley,08/02/2027,Pending,Again.
""",
        "Behaviour",
        [
            {
                "learner_id": "A1",
                "date": "2027-02-08",
                "type": "Disruption",
                "what_happened": "Called out.",
                "logged_by": "S. Barley",
            }
        ],
        refused={3: "Chewing"},
    ),
    Case(
        "interventions, whose kind stands in the column of categories",
        """Pupil name,Form,Intervention,Category,Start date,End date,Review date,Lead,Notes
Zoë O'Neil,10A,Breakfast club,Attendance,08/02/2027,,08/03/2027,R. Day,The bus is late.
Sam Marsh,11A,Reading,Academic,09/02/2027,26/03/2027,09/03/2027,S. Barley,
""",
        "Interventions",
        [
            {
                "learner_id": "A1",
                "type": "Attendance",
                "owner": "R. Day",
                "start": "2027-02-08",
                "review_due": "2027-03-08",
                "notes": "The bus is late.",
            },
            {
                "learner_id": "A4",
                "type": "Academic",
                "owner": "S. Barley",
                "start": "2027-02-09",
                "review_due": "2027-03-09",
                "end": "2027-03-26",
            },
        ],
    ),
    Case(
        "targets of a learner's plan",
        """Learner Name,Tutor Group,Date Set,Target Type,SMART Target,By When,Progress
"Marsh, Kit",10B,08/02/2027,Attendance,Be on time each morning.,12/03/2027,Open
""",
        "Targets",
        [
            {
                "learner_id": "A6",
                "set_on": "2027-02-08",
                "area": "Attendance",
                "target": "Be on time each morning.",
                "due": "2027-03-12",
                "status": "Open",
            }
        ],
    ),
    Case(
        "levels under the names that parents read",
        """Adno,Maths Mar,Citizenship Mar
A1,Academy Progress Level 4,Grade 5
""",
        "Progress",
        [progress("A1", "Mathematics", apl_5="APL4"), progress("A1", "Citizenship Studies", apl_5="5")],
    ),
    Case(
        "a type that says only negative beside a reason",
        """Pupil name,Form,Type,Reason,Points,Date,Teacher,Note
Zoë O'Neil,10A,negative,Disruption,-1,04/02/2027,S. Barley,Called out.
Kit Marsh,10B,positive,Kindness,1,04/02/2027,S. Barley,Helped.
""",
        "Behaviour",
        [
            {
                "learner_id": "A1",
                "date": "2027-02-04",
                "type": "Disruption",
                "what_happened": "Called out.",
                "logged_by": "S. Barley",
            }
        ],
    ),
    Case(
        "a list with the form in words",
        """Adno,Surname,Forename,Reg,NC Year
A6,Marsh,Kit,Form 10a,Year 10
""",
        "Learners",
        [{"learner_id": "A6", "form": "10A"}],
    ),
]
