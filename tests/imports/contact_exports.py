"""Contacts of learners as systems give them, each with its right result."""

from __future__ import annotations

from tests.imports.exports import Case

CONTACTS = [
    Case(
        "a court order",
        """Adno,Surname,Forename,Priority,Contact Name,Relationship,PR,Home Email,Send Reports,Court Order
A1,O'Neil,Zoë,1,Ms D. O'Neil,Mother,Y,d@home.example,Yes,
A1,O'Neil,Zoë,2,Mr N. Gray,Father,Y,n@home.example,Yes,See file
A5,Vale,Noor,1,Mr Q. Vale,Father,Y,,Yes,No
""",
        "Parents",
        asks=("Court Order",),
    ),
    Case(
        "a court order, answered",
        """Adno,Surname,Forename,Priority,Contact Name,Relationship,PR,Home Email,Send Reports,Court Order
A1,O'Neil,Zoë,1,Ms D. O'Neil,Mother,Y,d@home.example,Yes,
A1,O'Neil,Zoë,2,Mr N. Gray,Father,Y,n@home.example,Yes,See file
A5,Vale,Noor,1,Mr Q. Vale,Father,Y,,Yes,No
""",
        "Parents",
        [
            {"learner_id": "A1", "name": "Ms D. O'Neil", "email": "d@home.example"},
            {
                "learner_id": "A1",
                "name": "Mr N. Gray",
                "relation": "Father",
                "parental_responsibility": "Yes",
                "email": "n@home.example",
                "send_reports": "Do not send",
                "notes": "Court Order: See file",
            },
            {
                "learner_id": "A5",
                "name": "Mr Q. Vale",
                "relation": "Father",
                "parental_responsibility": "Yes",
                "send_reports": "Yes",
            },
        ],
        answers={"Court Order": "do not send"},
    ),
    Case(
        "mother and father side by side, contact not allowed with one",
        """Student,Form,Mother Name,Mother PR,Mother Mobile,Mother Contact Allowed,\
Father Name,Father PR,Father Mobile,Father Contact Allowed
Kit Marsh,10B,Mrs O. Marsh,T,07700 900111,T,Mr N. Marsh,F,07700 900112,F
""",
        "Parents",
        [
            {
                "learner_id": "A6",
                "name": "Mrs O. Marsh",
                "relation": "Mother",
                "parental_responsibility": "Yes",
                "phone": "07700 900111",
                "send_reports": "No",
            },
            {
                "learner_id": "A6",
                "name": "Mr N. Marsh",
                "relation": "Father",
                "parental_responsibility": "No",
                "phone": "07700 900112",
                "send_reports": "No",
                "notes": "Father Contact Allowed: F",
            },
        ],
        answers={"Father Contact Allowed": "note", "Send reports: blank": "No"},
    ),
]
