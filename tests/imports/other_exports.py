"""Exports that came in wrong, or said less than they hold, when they were first tried; each with its right result."""

from __future__ import annotations

from tests.imports.exports import Case, progress

OTHERS = [
    Case(
        "a form's choices end in semicolons, and one answer names two",
        """ID,Email,Name,Which learner?,When was it?,Who did you contact?,How did you contact them?,What was it about?
1,s@college.example,S. Barley,Kit Marsh,09/02/2027,Home,Phone;Email;,Attendance;
2,s@college.example,S. Barley,Zoë O'Neil,09/02/2027,Home,Phone;,Good news;
""",
        "Contacts",
        [{"learner_id": "A1", "date": "2027-02-09", "with": "Home", "how": "Phone", "why": "Good news"}],
        refused={2: "Phone;Email"},
    ),
    Case(
        "incidents with a severity and assigned staff",
        """Student,Tutor Group,Behaviour Incident,Severity,Date and Time,Location,Summary,Assigned Staff,Status
Zoë O'Neil,10A,Disruption,-1,"08 Feb 2027, 09:40",Room 4,Talked through it.,Ms Okoro,Resolved
Sam Marsh,11A,Refusal,-2,"08 Feb 2027, 11:15",Gym,Would not change.,Mr Day,Open
Sam Marsh,10B,Uniform,-1,"09 Feb 2027, 08:40",Gate,No tie.,Mr Day,Open
""",
        "Behaviour",
        [
            {
                "learner_id": who,
                "date": "2027-02-08",
                "type": kind,
                "where": place,
                "what_happened": told,
                "logged_by": by,
            }
            for who, kind, place, told, by in (
                ("A1", "Disruption", "Room 4", "Talked through it.", "Ms Okoro"),
                ("A4", "Refusal", "Gym", "Would not change.", "Mr Day"),
            )
        ],
        refused={4: "Uniform"},
    ),
    Case(
        "groups and teachers beside each subject",
        """Marksheet,,,,,,,
Spring 2,,,,,,,
Student,Tutor Group,Maths Group,Maths Teacher,Maths WAG,Maths ATL,English Language Group,English Language WAG
"O'Neil, Zoë",10A,10A/Ma1,Mr Oak,APL4,3,10A/En2,APL5
"Brown-Ray, Lukasz",10A,10A/Ma1,Mr Oak,APL3,Good,10A/En2,
""",
        "Progress",
        [
            progress("A1", "Mathematics", apl_5="APL4", effort_5="3"),
            progress("A1", "English Language", apl_5="APL5"),
            progress("A2", "Mathematics", apl_5="APL3", effort_5="3"),
        ],
    ),
    Case(
        "effort beside each subject's level, once beside one of two, rows of the highest and lowest",
        """Colleague's sheet DC5,,,,,
Name,Maths,Effort,English Language,Effort,Target
Zoë O'Neil (10A),APL4,3,APL5,2,APL6
Sam Marsh 11A,APL3,1,,4,APL6
Highest,APL4,3,APL5,4,
Lowest,APL3,1,APL5,2,
Boys,2,1,4,4,
""",
        "Progress",
        [
            progress("A1", "Mathematics", apl_5="APL4", effort_5="3"),
            progress("A1", "English Language", apl_5="APL5", effort_5="2"),
            progress("A4", "Mathematics", apl_5="APL3", effort_5="1"),
            progress("A4", "English Language", effort_5="4"),
        ],
    ),
    Case(
        "one subject, and an effort that can only be its own",
        """Jan 2027,,
Student,Maths,ATL
Zoë O'Neil,APL4,3
""",
        "Progress",
        [progress("A1", "Mathematics", apl_4="APL4", effort_4="3")],
    ),
    Case(
        "questions of a form as headings",
        """ID,Email,Name,Which learner is this about?,Which subject is it?,What level are they working at now?,\
Comment for the report
1,s@college.example,S. Barley,Zoë O'Neil,Maths,APL4,Keep going.
""",
        "Progress",
        [progress("A1", "Mathematics", apl_5="APL4", comment="Keep going.")],
        answers={"drop": "5"},
    ),
    Case(
        "dates without a year, two learners in a cell",
        """Students,Date,Spoke to,Method,Reason,Notes
Kit Marsh,9 Feb,Home,Phone,Good news,Lovely.
Zoë O'Neil,14/09,Home,Phone,Good news,Fine.
"Zoë O'Neil, Noor Vale",10 Feb,Home,Phone,Good news,Both fine.
""",
        "Contacts",
        [
            {"learner_id": who, "date": day, "with": "Home", "how": "Phone", "why": "Good news", "summary": words}
            for who, day, words in (("A6", "2027-02-09", "Lovely."), ("A1", "2026-09-14", "Fine."))
        ],
        refused={4: "2 learners"},
    ),
    Case(
        "whether reports are sent, in letters",
        """Adno,Contact Name,Relationship,PR,Email,Receives Reports
A1,Ms D. O'Neil,Mother,Y,,N
A2,Mr B. Ray,Father,T,b@home.example,y
""",
        "Parents",
        [
            {"learner_id": "A1", "name": "Ms D. O'Neil", "send_reports": "No"},
            {
                "learner_id": "A2",
                "name": "Mr B. Ray",
                "relation": "Father",
                "parental_responsibility": "Yes",
                "email": "b@home.example",
                "send_reports": "Yes",
            },
        ],
    ),
    Case(
        "the tracker's own headings under subjects",
        """Adno,Maths APL 2,Maths Effort 2,English Language APL 2,English Language Effort 2
A1,APL3,4,APL4,2
""",
        "Progress",
        [
            progress("A1", "Mathematics", apl_2="APL3", effort_2="4"),
            progress("A1", "English Language", apl_2="APL4", effort_2="2"),
        ],
    ),
    Case(
        "signs of another keyboard, and signs that nobody sees",
        "Adno,Subject,Dec\n"
        "A\u200b1,Science,5\u20134\n\u200eA2,Science,5\u22124\n"
        "A3,Hair and beauty,L2D\u204e\nA5,Citizenship Studies,\uff14\n",
        "Progress",
        [
            progress("A1", "Combined Science", apl_3="5-4"),
            progress("A2", "Combined Science", apl_3="5-4"),
            progress("A3", "Hair and beauty", apl_3="L2D*"),
            progress("A5", "Citizenship Studies", apl_3="4"),
        ],
    ),
    Case(
        "dates with other dashes, the month first, or as Excel counts them",
        "Adno,Date,With,How,Summary\nA1,14\u201109\u20112026,Home,Phone,a\nA2,14\u201309\u20132026,Home,Phone,b\n"
        "A3,Sept 14th,Home,Phone,c\nA5,Dec 3,Home,Phone,d\nA6,Sep 26,Home,Phone,Zoe\u0308 too\n",
        "Contacts",
        [
            {"learner_id": one, "date": day, "with": "Home", "how": "Phone", "summary": words}
            for one, day, words in (
                ("A1", "2026-09-14", "a"),
                ("A2", "2026-09-14", "b"),
                ("A3", "2026-09-14", "c"),
                ("A5", "2026-12-03", "d"),
            )
        ],
        refused={6: "Sep 26"},
    ),
    Case(
        "dates that lost their format",
        "Adno,Date,With,How,Summary\nA1,46279,Home,Phone,Zoe\u0308 rang\n",
        "Contacts",
        [{"learner_id": "A1", "date": "2026-09-14", "with": "Home", "how": "Phone", "summary": "Zo\u00eb rang"}],
    ),
]
#: Files that are refused whole: never taken for a list of learners in which nothing is new.
REFUSED = {
    "marks of a week that does not begin on a Monday": (
        "Week Beginning: 07/02/2027 (Sunday),\nAdno,Surname,Forename,Reg,Marks\nA1,O'Neil,Zoë,10A,#/\\/\\/\\/\\/\\#\n",
        r"07/02/2027 is a Sunday.*08/02/2027 or 01/02/2027",
    ),
    "sums of attendance": (
        "Adno,Name,Possible,Attended,% Attend\nA1,Zoë O'Neil,120,110,91.7\nA2,Łukasz Brown-Ray,120,118,98.3\n",
        "sums of attendance .*Possible.*works these out",
    ),
    "marks of lessons": (
        "Name,Mon P1,Mon P2,Mon P3,w/c\nZoë O'Neil,/,/,/,08/02/2027\n",
        "mark for each lesson .*Mon P1",
    ),
    "a heading of another day than it says": (
        "Name,Tue 22/02/2027 AM,Tue 22/02/2027 PM\nZoë O'Neil,/,/\n",
        "that day is a Monday",
    ),
    "learners side by side": (
        "Subject,Zoë O'Neil,Noor Vale\nMaths,APL3,APL4\n",
        "learners side by side.*Transpose",
    ),
    "headings alone": ("Adno,Name,Maths Mar\n,,\n", "no rows below"),
    "who joined an online meeting": (
        "1. Summary\nAttended participants\t2\n\n2. Participants\n"
        "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
        "Zoë O'Neil\t2/8/27, 9:00:10 AM\t2/8/27, 9:58:41 AM\t58m 31s\tzoe.oneil@college.example\t"
        "zoe.oneil@college.example\tAttendee\n\n3. In-Meeting Activities\n"
        "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n",
        "attendance report of an online meeting",
    ),
}
