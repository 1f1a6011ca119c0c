"""Files whose rows say what their grade is of: a column for the measure, alone or beside one of data drops."""

from __future__ import annotations

from tests.imports.exports import Case, progress

MEASURES = [
    Case(
        "drop and measure in columns of their own",
        """Student;Subject;Assessment point;Type;Grade
"O'Neil, Zoë";Maths;DD5;Working at;APL4
"O'Neil, Zoë";Maths;DD5;Effort;2
"Vale, Noor";Maths;DD5;Target;APL6
"Vale, Noor";Maths;DD6;Effort;3
""",
        "Progress",
        [
            progress("A1", "Mathematics", apl_5="APL4", effort_5="2"),
            progress("A5", "Mathematics", target="APL6", effort_6="3"),
        ],
    ),
    Case(
        "the measure in a column of another name, the drop in the title",
        """March data drop
Student,Subject,Kind of result,Grade
"O'Neil, Zoë",Maths,Attainment,APL4
"O'Neil, Zoë",Maths,Effort,2
"Vale, Noor",Maths,Forecast,APL7
""",
        "Progress",
        [
            progress("A1", "Mathematics", apl_5="APL4", effort_5="2"),
            progress("A5", "Mathematics", forecast="APL7"),
        ],
    ),
    Case(
        "a line for each measure, subjects side by side",
        """Student,Measure,Term,Maths,English Language
"O'Neil, Zoë",Attainment,Spring 2,APL4,APL3
"O'Neil, Zoë",Effort,Spring 2,2,1
""",
        "Progress",
        [
            progress("A1", "Mathematics", apl_5="APL4", effort_5="2"),
            progress("A1", "English Language", apl_5="APL3", effort_5="1"),
        ],
    ),
    Case(
        "a line for each drop, subjects side by side",
        """Adno,Data drop,Maths,English Language
A1,November,APL3,APL3
A1,March,APL4,
""",
        "Progress",
        [
            progress("A1", "Mathematics", apl_2="APL3", apl_5="APL4"),
            progress("A1", "English Language", apl_2="APL3"),
        ],
    ),
    Case(
        "a measure nobody knows",
        """Student,Subject,Measure,Term,Grade
"O'Neil, Zoë",Maths,Attainment,Spring 2,APL4
"O'Neil, Zoë",Maths,Effort,Spring 2,2
"O'Neil, Zoë",Maths,Vibe,Spring 2,APL6
""",
        "Progress",
        asks=("measure Vibe",),
    ),
    Case(
        "a measure nobody knows, answered",
        """Student,Subject,Measure,Term,Grade
"O'Neil, Zoë",Maths,Attainment,Spring 2,APL4
"O'Neil, Zoë",Maths,Effort,Spring 2,2
"O'Neil, Zoë",Maths,Vibe,Spring 2,APL6
""",
        "Progress",
        [progress("A1", "Mathematics", apl_5="APL4", effort_5="2", target="APL6")],
        answers={"measure Vibe": "target"},
    ),
    Case(
        "an online form with the zone of its times",
        """Timestamp,Email Address,Which learner is it about?,Who did you speak to?,How?,Why did you get in touch?,\
What was said / agreed?
2027/02/08 9:14:11 AM GMT,m.tutor@college.example,Kit Marsh 10B,Home,Phone,Good news,Pleased.
2027/07/05 2:44:11 PM GMT+1,m.tutor@college.example,Kit Marsh 10B,Home,Email,Good news,Pleased again.
""",
        "Contacts",
        [
            {
                "learner_id": "A6",
                "date": "2027-02-08",
                "with": "Home",
                "how": "Phone",
                "why": "Good news",
                "summary": "Pleased.",
            },
            {
                "learner_id": "A6",
                "date": "2027-07-05",
                "with": "Home",
                "how": "Email",
                "why": "Good news",
                "summary": "Pleased again.",
            },
        ],
    ),
    Case(
        "awards with the day they were given",
        """Student name,Year group,Award,Reason,Awarded by,Date awarded
Sam Marsh,Year 11,Attendance,100% in February,S. Tutor,1 March 2027
""",
        "Achievements",
        [{"learner_id": "A4", "date": "2027-03-01", "type": "Attendance", "what": "100% in February"}],
    ),
    Case(
        "whom it is about under a word that nobody knows",
        """Person,Date,Session,Mark,Minutes late
O'Neil Zoë,08/02/2027,AM,/,
O'Neil Zoë,08/02/2027,PM,L,12
Vale Noor,08/02/2027,AM,O,
""",
        "Registers",
        [
            {"learner_id": "A1", "week": "2027-02-08", "mon_am": "/", "mon_pm": "L"},
            {"learner_id": "A5", "week": "2027-02-08", "mon_am": "O"},
        ],
    ),
    Case(
        "one parent with a number, whose other columns have none",
        """Student Ref,Parent 1,Relationship,Parental Responsibility?,Home email,Mobile No,Street,Town,Send reports?
A2,Mr Jan Brown-Ray,Father,Yes,jan@home.example,07700 900555,4 High St,Leeds,Yes
""",
        "Parents",
        [
            {"learner_id": "A2", "name": "Mr Jan Brown-Ray", "relation": "Father", "parental_responsibility": "Yes",
             "email": "jan@home.example", "phone": "07700 900555", "address": "4 High St, Leeds",
             "send_reports": "Yes"},
        ],
    ),
    Case(
        "targets asked for in a form",
        """Submission time;Learner;Area of target;My target is;How can home help?;When will you review it?
02/02/2027 10:11;Noor Vale;Attendance;Be on time every day;Alarm at 7;19/02/2027
""",
        "Targets",
        [
            {"learner_id": "A5", "set_on": "2027-02-02", "area": "Attendance", "target": "Be on time every day",
             "how_home_can_help": "Alarm at 7", "due": "2027-02-19"},
        ],
    ),
]  # fmt: skip
