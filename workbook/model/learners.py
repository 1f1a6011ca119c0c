"""Who and what a tracker is about: learners, their parents and carers, subjects."""

from __future__ import annotations

from workbook.model import formulas, questions
from workbook.model.vocabulary import Audience, Column, Group, Kind, Sheet

PARENT, NEVER = Audience.PARENT, Audience.NEVER


def learner_id(required: bool = True) -> Column:
    """The column that says which learner a row is about."""
    return Column(
        "Learner ID",
        Kind.LEARNER,
        "The learner's ID as on the Learners sheet.",
        required=required,
        refers="Learners.learner_id",
        width=11,
        audience=PARENT,
    )


def learner_name(formula: str = formulas.LEARNER) -> Column:
    """The learner's name, looked up so that a row can be read."""
    return Column("Learner", Kind.NAME, "Worked out from the ID.", formula=formula, width=20)


def learners_row(formula: str = formulas.LEARNERS_ROW) -> Column:
    """Which row of Learners the ID is, however it was typed: what looks for a learner's rows goes by this."""
    return Column(
        "Learners row",
        Kind.WHOLE,
        "The learner's row on Learners.",
        formula=formula,
        audience=NEVER,
        width=7,
        since="0.2",
    )


LEARNERS = Sheet(
    "Learners",
    Group.WHEN_NEEDED,
    "One row for each learner. Every other sheet finds the learner by this ID.",
    "learner",
    (
        Column(
            "Learner ID",
            Kind.LEARNER,
            "Your own ID for the learner; kept as text, never used twice.",
            required=True,
            unique=True,
            width=11,
            audience=PARENT,
        ),
        Column(
            "Name",
            Kind.NAME,
            "Worked out: preferred or first name, then surname.",
            formula=formulas.LEARNER_NAME,
            width=22,
            audience=PARENT,
        ),
        Column("First name", Kind.NAME, "As on official records.", required=True, audience=PARENT, width=14),
        Column("Surname", Kind.NAME, "As on official records.", required=True, audience=PARENT, width=16),
        Column(
            "Preferred name",
            Kind.NAME,
            "What the learner likes to be called; blank if the first name.",
            audience=PARENT,
            width=15,
        ),
        Column(
            "Pronouns",
            Kind.CHOICE,
            "Used in reports; blank means the name or they.",
            choices="Pronouns",
            audience=PARENT,
            width=11,
        ),
        Column("Date of birth", Kind.DATE, "Day, month and year.", width=13),
        Column(
            "Year",
            Kind.WHOLE,
            "Year group, 10 or 11.",
            required=True,
            low=7,
            high=14,
            audience=PARENT,
            width=7,
        ),
        Column(
            "Form",
            Kind.CHOICE,
            "Form group, such as 10C.",
            required=True,
            choices="Forms",
            audience=PARENT,
            width=8,
        ),
        Column(
            "Mentor",
            Kind.CHOICE,
            "The progress mentor who looks after the learner.",
            choices="Mentors",
            audience=PARENT,
            width=18,
        ),
        Column("Started", Kind.DATE, "First day at the Academy.", width=12),
        Column("Left", Kind.DATE, "Last day, once the learner has left; no flags or reports after it.", width=12),
        Column("Course", Kind.CHOICE, "The vocational course.", choices="Courses", audience=PARENT, width=22),
        Column(
            "Vocational day",
            Kind.CHOICE,
            "The weekday of the vocational course.",
            choices="Weekdays",
            audience=PARENT,
            width=14,
        ),
        Column(
            "UPN",
            Kind.UPN,
            "Unique Pupil Number: a letter and twelve characters.",
            unique=True,
            audience=NEVER,
            width=16,
        ),
        Column(
            "ULN",
            Kind.ULN,
            "Unique Learner Number: ten digits; 9999999999 if not yet known.",
            unique=True,
            audience=NEVER,
            width=13,
        ),
        Column("Email", Kind.EMAIL, "The learner's college address.", width=26),
        Column(
            "Notes",
            Kind.NOTE,
            "Short and factual. Nothing about safeguarding: see the safeguarding lead.",
            audience=NEVER,
            width=30,
        ),
        Column(
            "On roll",
            Kind.TEXT,
            "Yes on the last day of the data.",
            formula=questions.ON_ROLL,
            audience=NEVER,
            width=9,
            since="0.2",
        ),
        Column(
            "Key",
            Kind.TEXT,
            "How formulas find the learner.",
            formula=formulas.LEARNER_KEY,
            audience=NEVER,
            width=11,
        ),
        Column("Starts", Kind.WHOLE, "The first day on roll.", formula=questions.STARTS, audience=NEVER, since="0.2"),
        Column("Ends", Kind.WHOLE, "The last day on roll.", formula=questions.ENDS, audience=NEVER, since="0.2"),
        Column(
            "Counts to",
            Kind.WHOLE,
            "The last day of sessions.",
            formula=questions.COUNTS_TO,
            audience=NEVER,
            since="0.2",
        ),
    ),
    unique=("learner_id",),
)

PARENTS = Sheet(
    "Parents",
    Group.WHEN_NEEDED,
    "One row for each contact of a learner. Reports go to those with parental responsibility.",
    "contact of a learner",
    (
        learner_id(),
        learner_name(),
        Column("Name", Kind.NAME, "Title and name as on a letter.", required=True, audience=PARENT, width=24),
        Column(
            "Relation",
            Kind.CHOICE,
            "Who they are to the learner.",
            choices="Relations",
            audience=PARENT,
            width=14,
        ),
        Column(
            "Parental responsibility",
            Kind.YES_NO,
            "Yes if they have parental responsibility.",
            required=True,
            width=14,
        ),
        Column("Email", Kind.EMAIL, "One address.", audience=PARENT, width=28),
        Column("Phone", Kind.PHONE, "Kept as text, so that the first 0 stays.", width=16),
        Column("Address", Kind.TEXT, "For letters by post, on one line.", audience=PARENT, width=34),
        Column(
            "Language",
            Kind.CHOICE,
            "The language for letters and calls.",
            choices="Languages",
            audience=PARENT,
            width=12,
        ),
        Column("Large print", Kind.YES_NO, "Yes if letters should be in large print.", audience=PARENT, width=9),
        Column(
            "Send reports",
            Kind.CHOICE,
            "Yes, No, or Do not send where there is a reason not to.",
            choices="Send",
            required=True,
            width=13,
        ),
        Column("Notes", Kind.NOTE, "For mentors only.", audience=NEVER, width=28),
        learners_row(),
    ),
    unique=("learner_id", "name"),
)

SUBJECTS = Sheet(
    "Subjects",
    Group.SET_UP,
    "One row for each subject or course. The scale decides what its levels are worth.",
    "subject",
    (
        Column(
            "Subject",
            Kind.TEXT,
            "The name as it should stand in reports.",
            required=True,
            unique=True,
            audience=PARENT,
            width=26,
        ),
        Column(
            "Scale",
            Kind.TEXT,
            "A scale of the Scales sheet.",
            required=True,
            refers="Scales.scale",
            audience=PARENT,
            width=20,
        ),
        Column("Qualification", Kind.TEXT, "Such as GCSE or Level 1/2 award.", audience=PARENT, width=24),
        Column("Teacher", Kind.TEXT, "Who teaches it.", audience=PARENT, width=18),
        Column(
            "Core",
            Kind.YES_NO,
            "Yes for English and maths: being below in one of these is enough for a flag.",
            width=8,
        ),
        Column("Vocational", Kind.YES_NO, "Yes for the vocational course.", audience=PARENT, width=11),
        Column("Tier", Kind.CHOICE, "Foundation stops at 5.", choices="Tiers", audience=PARENT, width=12),
        Column(
            "For parents",
            Kind.NOTE,
            "A line that explains the subject's levels or units to a parent.",
            audience=PARENT,
            width=44,
        ),
        Column(
            "Key",
            Kind.TEXT,
            "How formulas find the subject.",
            formula=formulas.SUBJECT_KEY,
            audience=NEVER,
            width=11,
        ),
    ),
    unique=("subject",),
)
