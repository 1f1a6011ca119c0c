"""More files as systems give them: other systems, other shapes, each with its right result."""

from __future__ import annotations

from tests.imports.exports import Case, progress, week

MORE = [
    Case(
        "sims contacts flat with UPN",
        """UPN,Legal Surname,Legal Forename,Contact Name,Relationship To Pupil,Has Parental Responsibility,\
Priority,Telephone,Primary Email
P207000016049,O'Neil,Zoë,Ms D. O'Neil,Mother,T,1,0113 496 0001,d@home.example
M80120000500A,Vale,Noor,Mr Q. Vale,Father,T,1,0113 496 0002,q@home.example
""",
        "Parents",
        [{"learner_id": "A1", "name": "Ms D. O'Neil", "phone": "0113 496 0001", "email": "d@home.example"}],
        refused={3: "Send reports"},
    ),
    Case(
        "teams assignments",
        """First Name,Last Name,Email Address,Ma DP5,Points,Feedback
Zoë,O'Neil,zoe.oneil@college.example,APL4,100,Good
Łukasz,Brown-Ray,l.brownray@college.example,APL5,100,
""",
        "Progress",
        [progress("A1", "Mathematics", apl_5="APL4"), progress("A2", "Mathematics", apl_5="APL5")],
    ),
    Case(
        "broadsheet of targets",
        """Year 10 Target Grades,,,
Adno,Name,Maths,English Language
A1,"O'Neil, Zoë",APL6,APL7
""",
        "Progress",
        asks=("measure",),
    ),
    Case(
        "promonitor padded codes",
        """Person Code,Learner,Subject,Predicted Grade
00012345,Zoë O'Neil,Mathematics,APL6
00012346,Noor Vale,Mathematics,APL5
""",
        "Progress",
        [progress("A1", "Mathematics", forecast="APL6"), progress("A5", "Mathematics", forecast="APL5")],
    ),
    Case(
        "term 1",
        """Adno,Subject,Term 1 Grade
A1,Maths,APL3
""",
        "Progress",
        asks=("drop term 1",),
    ),
    Case(
        "summer holds one",
        """Adno,Subject,Summer Grade
A1,Maths,APL3
""",
        "Progress",
        [progress("A1", "Mathematics", apl_6="APL3")],
    ),
    Case(
        "drop and month disagree",
        """DC5 November,,
Adno,Maths,Hair
A1,APL3,L1P
""",
        "Progress",
        asks=("drop dc5 november",),
    ),
    Case(
        "sims week grid of dates day first over AM PM csv",
        """,,08/02/2027,,09/02/2027,
Name,Reg,AM,PM,AM,PM
"Marsh, Kit",10B,/,\\,L,\\
"Vale, Nour",11A,I,I,/,\\
""",
        "Registers",
        [week("A6", "2027-02-08", "/", "\\", "L", "\\"), week("A5", "2027-02-08", "I", "I", "/", "\\")],
    ),
    Case(
        "arbor marks with weekday and unknown mark",
        """Student,Form,Monday AM,Monday PM,w/c
Kit Marsh,10B,/,\\,08/02/2027
Noor Vale,11A,J9,\\,08/02/2027
""",
        "Registers",
        [week("A6", "2027-02-08", "/", "\\")],
        refused={3: "J9"},
    ),
    Case(
        "week text commas",
        """Adno,Surname,Forename,Reg,Week Commencing,Attendance Marks
A1,O'Neil,Zoë,10A,8 February 2027,"/,\\,C1,C1,/,\\,/,\\,L,\\"
A2,Brown-Ray,Łukasz,10A,8 February 2027,"/,\\,/,\\,/"
""",
        "Registers",
        [week("A1", "2027-02-08", "/", "\\", "C1", "C1", "/", "\\", "/", "\\", "L", "\\")],
        refused={3: "5"},
    ),
    Case(
        "session numbers",
        """Adno,Date,Session,Attendance Code
A1,08/02/2027,1,/
A1,08/02/2027,2,\\
""",
        "Registers",
        [week("A1", "2027-02-08", "/", "\\")],
    ),
    Case(
        "behaviour arbor severity",
        """Student,UPN,Form,Behaviour Type,Severity,Date and time,Location,Summary,Logged by
Zoë O'Neil,P207000016049,10A,Refusal,-2,"8 Feb 2027, 10:15",Room 4,Would not start.,S. Barley
Noor Vale,M80120000500A,11A,Kindness,3,"8 Feb 2027, 10:15",Room 4,Helped.,S. Barley
""",
        "Behaviour",
        [
            {
                "learner_id": "A1",
                "date": "2027-02-08",
                "type": "Refusal",
                "where": "Room 4",
                "what_happened": "Would not start.",
                "logged_by": "S. Barley",
            }
        ],
    ),
    Case(
        "bromcom behaviour, event",
        """Adm No;Pupil Name;Event Type;Event Date;Comments;Recorded By;Outcome;Points
A1;O'Neil, Zoë;phone;09/02/2027 00:00;Phone out.;S. Barley;Call home;1
A3;Vale, Noor;Phone;09/02/2027 00:00;Phone out.;S. Barley;Call home;1
""",
        "Behaviour",
        [
            {
                "learner_id": "A1",
                "date": "2027-02-09",
                "type": "Phone",
                "what_happened": "Phone out.",
                "logged_by": "S. Barley",
                "restorative_action": "Call home",
            }
        ],
        refused={3: "A3"},
    ),
    Case(
        "achievements sims",
        """Adno,Type,Points,Date,Description,Staff Name
A1,Effort,1,5-Feb-27,Great essay.,S. Barley
A1,Cookery,1,5-Feb-27,Great cake.,S. Barley
""",
        "Achievements",
        [{"learner_id": "A1", "date": "2027-02-05", "type": "Effort", "what": "Great essay."}],
        refused={3: "Cookery"},
    ),
    Case(
        "arbor learner list no ID",
        """UPN,ULN,Legal First Name,Legal Last Name,Preferred First Name,Year Group,Registration Form,\
Date of Birth,Email Address
P207000016049,9276308686,Zoë,O'Neil,Zo,Year 10,10B,03/04/2012,zoe.oneil@college.example
Z928990017014,,Wren,Stone,,Year 10,10A,05/06/2012,
""",
        "Learners",
        [{"learner_id": "A1", "preferred_name": "Zo", "form": "10B"}],
        refused={3: "Wren"},
    ),
    Case(
        "colleague sheet calling notes",
        """Pupil;Date;Who;How;About;Details;Follow up by
Kit Marsh;9/2/27;Home;Phone;Good news;Lovely.;16/2/27
""",
        "Contacts",
        [
            {
                "learner_id": "A6",
                "date": "2027-02-09",
                "with": "Home",
                "how": "Phone",
                "why": "Good news",
                "summary": "Lovely.",
                "follow_up_due": "2027-02-16",
            }
        ],
    ),
    Case(
        "torn",
        """Adno,Surname,Forename,Maths Mar
A1,Vale,Zoë,APL3
A2,Brown-Ray,Noor,APL3
A5,Vale,N,APL3
""",
        "Progress",
        [progress("A5", "Mathematics", apl_5="APL3")],
        refused={2: "A1", 3: "A2"},
    ),
    Case(
        "two identifiers of two learners",
        """Adno,UPN,Maths Mar
A1,B801200005001,APL3
""",
        "Progress",
        [],
        refused={2: "A2"},
    ),
    Case(
        "class codes",
        """Adno,Class,WAG,ATL
A1,10A/Ma1,APL3,Good
A2,10A/En1,APL3,Good
""",
        "Progress",
        asks=("drop", "subject 10A/En1"),
    ),
    Case(
        "ks2 baseline beside",
        """Adno,Name,KS2 SS,Maths Target,Maths Mar
A1,"O'Neil, Zoë",104,APL5,APL3
""",
        "Progress",
        [progress("A1", "Mathematics", target="APL5", apl_5="APL3")],
    ),
    Case(
        "year in month",
        """Adno,Maths Nov 2025,Maths Mar 2027
A1,APL3,APL4
""",
        "Progress",
        asks=("drop nov 2025",),
    ),
    Case(
        "names mangled in capitals",
        """STUDENT LAST NAME,STUDENT FIRST NAME,MATHS MAR
ONEIL,ZOE,APL3
BROWN RAY,LUKASZ,apl4
""",
        "Progress",
        [progress("A1", "Mathematics", apl_5="APL3"), progress("A2", "Mathematics", apl_5="APL4")],
    ),
    Case(
        "month first meetings",
        """Student,Date,Spoke to,Method,Reason,Notes
Kit Marsh,2/16/27,Home,Phone,Good news,Lovely.
Kit Marsh,2/5/27,Home,Phone,Good news,Fine.
""",
        "Contacts",
        asks=("dates",),
    ),
    Case(
        "month first meetings answered",
        """Student,Date,Spoke to,Method,Reason,Notes
Kit Marsh,2/16/27,Home,Phone,Good news,Lovely.
Kit Marsh,2/5/27,Home,Phone,Good news,Fine.
""",
        "Contacts",
        [
            {"learner_id": "A6", "date": d, "with": "Home", "how": "Phone", "why": "Good news", "summary": s}
            for d, s in (("2027-02-16", "Lovely."), ("2027-02-05", "Fine."))
        ],
        answers={"dates": "month first"},
    ),
    Case(
        "interventions own headings",
        """Learner ID,Type,Start,Aim measure,Aim %
A1,Attendance,08/02/2027,Attendance %,0.93
""",
        "Interventions",
        [{"learner_id": "A1", "type": "Attendance", "start": "2027-02-08", "aim_measure": "Attendance %"}],
    ),
    Case(
        "targets",
        """Student,Set on,Target,Area,Due
Kit Marsh,08/02/2027,Be on time.,Attendance,01/03/2027
""",
        "Targets",
        [
            {
                "learner_id": "A6",
                "set_on": "2027-02-08",
                "target": "Be on time.",
                "area": "Attendance",
                "due": "2027-03-01",
            }
        ],
    ),
]
