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
]
#: Files that are refused whole: never taken for a list of learners in which nothing is new.
REFUSED = {
    "marks of a week that does not begin on a Monday": (
        "Week Beginning: 07/02/2027 (Sunday),\nAdno,Surname,Forename,Reg,Marks\nA1,O'Neil,Zoë,10A,#/\\/\\/\\/\\/\\#\n",
        "fits no sheet",
    ),
    "who joined an online meeting": (
        "1. Summary\nAttended participants\t2\n\n2. Participants\n"
        "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\n"
        "Zoë O'Neil\t2/8/27, 9:00:10 AM\t2/8/27, 9:58:41 AM\t58m 31s\tzoe.oneil@college.example\t"
        "zoe.oneil@college.example\tAttendee\n\n3. In-Meeting Activities\n"
        "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\n",
        "attendance report of an online meeting",
    ),
}
