"""The other entry sheets: behaviour, interventions, targets, contacts, personal development, placements, next steps."""

from __future__ import annotations

from workbook.model import questions
from workbook.model.learners import NEVER, PARENT, learner_id, learner_name, learners_row
from workbook.model.vocabulary import Column, Group, Kind, Sheet

BEHAVIOUR = Sheet(
    "Behaviour",
    Group.EVERY_DAY,
    "One row for each incident. What happened and what put it right; facts, not judgements.",
    "incident",
    (
        learner_id(),
        learner_name(),
        Column("Date", Kind.DATE, "When it happened.", required=True),
        Column("Type", Kind.CHOICE, "What kind of incident.", required=True, choices="Behaviour types", width=20),
        Column("Where", Kind.TEXT, "Lesson or place.", width=18),
        Column("What happened", Kind.NOTE, "Facts only.", audience=NEVER, width=44),
        Column(
            "Restorative action",
            Kind.CHOICE,
            "What was done to put it right.",
            choices="Restorative actions",
            width=22,
        ),
        Column("Done", Kind.YES_NO, "Yes once the action has taken place.", width=8),
        Column("Logged by", Kind.TEXT, "Who wrote this row.", width=18),
        learners_row(),
    ),
)

CONTACTS = Sheet(
    "Contacts",
    Group.EVERY_DAY,
    "One row for each contact about a learner. A contact, or a reason for none, answers a flag.",
    "contact",
    (
        learner_id(),
        learner_name(),
        Column("Date", Kind.DATE, "When you spoke or wrote.", required=True),
        Column("With", Kind.CHOICE, "Who with.", required=True, choices="Contact with", width=14),
        Column("How", Kind.CHOICE, "How.", choices="Contact how", width=14),
        Column("Why", Kind.CHOICE, "What about.", choices="Contact why", width=18),
        Column("Summary", Kind.NOTE, "What was said and agreed, in a sentence or two.", audience=NEVER, width=50),
        Column("Follow-up due", Kind.DATE, "When you said you would be in touch again.", width=13),
        Column("Done", Kind.YES_NO, "Yes once followed up.", width=8),
        Column("By", Kind.TEXT, "Who made the contact.", width=18),
        learners_row(),
    ),
)

DIARY = Sheet(
    "Diary",
    Group.EVERY_DAY,
    "Your own duties, cover, meetings, visits, training and deadlines.",
    "entry",
    (
        Column("Date", Kind.DATE, "The day.", required=True),
        Column("Time", Kind.TEXT, "Such as 10:45.", width=9),
        Column("Type", Kind.CHOICE, "What kind of entry.", required=True, choices="Diary types", width=16),
        Column("What", Kind.TEXT, "What it is.", required=True, width=44),
        Column("Where", Kind.TEXT, "Room or place.", width=18),
        Column("Mentor", Kind.CHOICE, "Whose entry; blank for everyone.", choices="Mentors", width=18),
        Column("Done", Kind.YES_NO, "Yes once done.", width=8),
    ),
)

INTERVENTIONS = Sheet(
    "Interventions",
    Group.PROGRESS_DAY,
    "One row for each thing put in place, for a learner or for a group, until it is reviewed.",
    "intervention",
    (
        learner_id(required=False),
        learner_name(),
        Column(
            "Group",
            Kind.TEXT,
            "A group of the Groups sheet, in place of a learner.",
            refers="Groups.group",
            width=18,
        ),
        Column("Type", Kind.CHOICE, "What kind.", required=True, choices="Intervention types", width=20),
        Column("Reason", Kind.TEXT, "The flag or the reason behind it.", width=32),
        Column("Agreed with", Kind.TEXT, "Such as Head of Year.", width=18),
        Column("Owner", Kind.TEXT, "Who sees it through.", width=18),
        Column("Start", Kind.DATE, "First day.", required=True),
        Column("Review due", Kind.DATE, "When you will look at it together."),
        Column("End", Kind.DATE, "Last day, once it is over."),
        Column("Aim measure", Kind.CHOICE, "What should get better.", choices="Aim measures", width=16),
        Column("Aim value", Kind.NUMBER, "The value aimed at.", width=10, format="0.##"),
        Column("Sessions planned", Kind.WHOLE, "How many.", low=0, high=400, width=10),
        Column("Sessions attended", Kind.WHOLE, "How many so far.", low=0, high=400, width=10),
        Column("For parents", Kind.NOTE, "What we do, in words for the report.", audience=PARENT, width=40),
        Column("Outcome", Kind.CHOICE, "How it went, at the review.", choices="Outcomes", width=16),
        Column("Notes", Kind.NOTE, "For mentors only.", audience=NEVER, width=30),
        Column(
            "Subject",
            Kind.TEXT,
            "Which subject it is about, where it is about one.",
            refers="Subjects.subject",
            width=18,
            since="0.2",
        ),
        learners_row(),
        Column(
            "Running",
            Kind.TEXT,
            "Yes, or whose group it is, while it runs on the last day of the data.",
            formula=questions.RUNNING,
            audience=NEVER,
            width=9,
            since="0.2",
        ),
    ),
)

GROUPS = Sheet(
    "Groups",
    Group.WHEN_NEEDED,
    "Who belongs to a group that shares an intervention: one row for each member.",
    "member of a group",
    (
        Column("Group", Kind.TEXT, "The group's name.", required=True, width=22),
        learner_id(),
        learner_name(),
        Column("Joined", Kind.DATE, "First day in the group."),
        Column("Left", Kind.DATE, "Last day, once they have left it."),
        learners_row(),
        Column(
            "In group",
            Kind.TEXT,
            "The group, for a member on the last day of the data.",
            formula=questions.IN_GROUP,
            audience=NEVER,
            width=9,
            since="0.2",
        ),
    ),
    unique=("group", "learner_id"),
    rare=True,
)

TARGETS = Sheet(
    "Targets",
    Group.PROGRESS_DAY,
    "One row for each target agreed with a learner.",
    "target",
    (
        learner_id(),
        learner_name(),
        Column("Set on", Kind.DATE, "The day it was agreed.", required=True, audience=PARENT),
        Column("Set at", Kind.CHOICE, "Where it was agreed.", choices="Set at", audience=PARENT, width=16),
        Column("Area", Kind.CHOICE, "What it is about.", choices="Target areas", audience=PARENT, width=14),
        Column("Target", Kind.NOTE, "One thing, with when and how much.", required=True, audience=PARENT, width=44),
        Column("Learner's words", Kind.NOTE, "How the learner puts it.", audience=PARENT, width=32),
        Column("How home can help", Kind.NOTE, "One thing to do at home.", audience=PARENT, width=32),
        Column("Due", Kind.DATE, "By when.", audience=PARENT),
        Column("Status", Kind.CHOICE, "How it stands.", choices="Target status", audience=PARENT, width=12),
        Column("Reviewed", Kind.DATE, "When it was last looked at.", audience=PARENT),
        learners_row(),
        Column(
            "Still open", Kind.TEXT, "Yes while it waits.", formula=questions.OPEN, audience=NEVER, width=9, since="0.2"
        ),
    ),
)

PD_TOPICS = Sheet(
    "PD topics",
    Group.WHEN_NEEDED,
    "The personal development curriculum of tutor time: one row for each week's topic.",
    "topic",
    (
        Column("Week", Kind.DATE, "The Monday of the week.", required=True),
        Column("Theme", Kind.CHOICE, "The theme it belongs to.", required=True, choices="PD themes", width=22),
        Column("Year group", Kind.WHOLE, "10 or 11; blank for both.", low=7, high=14, width=9),
        Column("Topic", Kind.TEXT, "What the tutor time is about.", required=True, width=40),
        Column("Tags", Kind.TEXT, "Words to find it by, for topics only, never for learners.", width=24),
    ),
    rare=True,
)

PD_EVIDENCE = Sheet(
    "PD evidence",
    Group.WHEN_NEEDED,
    "What a learner did in personal development: one row for each piece of evidence.",
    "piece of evidence",
    (
        learner_id(),
        learner_name(),
        Column("Date", Kind.DATE, "When.", required=True, audience=PARENT),
        Column(
            "Topic",
            Kind.TEXT,
            "A topic of the PD topics sheet.",
            required=True,
            refers="PDtopics.topic",
            audience=PARENT,
            width=36,
        ),
        Column("Type", Kind.CHOICE, "What kind of evidence.", choices="Evidence types", audience=PARENT, width=16),
        Column("Link", Kind.LINK, "Where it is kept.", width=30),
        Column("Note", Kind.NOTE, "A few words.", width=30),
        learners_row(),
    ),
    rare=True,
)

WORK_EXPERIENCE = Sheet(
    "Work experience",
    Group.WHEN_NEEDED,
    "One row for each placement, from the first phone call to the reflection afterwards.",
    "placement",
    (
        learner_id(),
        learner_name(),
        Column("Employer", Kind.TEXT, "Who the placement is with.", required=True, audience=PARENT, width=26),
        Column("Sector", Kind.CHOICE, "The line of work.", choices="Sectors", audience=PARENT, width=18),
        Column("Start", Kind.DATE, "First day.", audience=PARENT),
        Column("End", Kind.DATE, "Last day.", audience=PARENT),
        Column("Hours", Kind.NUMBER, "Hours in all.", low=0, high=400, audience=PARENT, width=8, format="0.#"),
        Column("Health and safety", Kind.DATE, "The day it was checked."),
        Column("Insurance", Kind.DATE, "The day it was checked."),
        Column("Consent", Kind.DATE, "The day consent came back."),
        Column("Visit", Kind.DATE, "The day of your visit."),
        Column("Visit note", Kind.NOTE, "What you saw.", width=30),
        Column("Employer's comment", Kind.NOTE, "In the employer's words.", audience=PARENT, width=36),
        Column("Reflection", Kind.NOTE, "In the learner's words.", audience=PARENT, width=36),
        learners_row(),
    ),
    rare=True,
)

TRANSITION = Sheet(
    "Transition",
    Group.WHEN_NEEDED,
    "Where each learner goes next, and how far that has come.",
    "learner's next step",
    (
        learner_id(),
        learner_name(),
        Column(
            "Intended destination",
            Kind.CHOICE,
            "What the learner wants to do.",
            choices="Destinations",
            audience=PARENT,
            width=22,
        ),
        Column("Provider", Kind.TEXT, "College, training provider or employer.", audience=PARENT, width=24),
        Column("Course or role", Kind.TEXT, "What they applied for.", audience=PARENT, width=24),
        Column("Applied", Kind.DATE, "The day the application went in.", audience=PARENT),
        Column("Interview", Kind.DATE, "The day of the interview.", audience=PARENT),
        Column("Offer", Kind.CHOICE, "What came back.", choices="Offers", audience=PARENT, width=15),
        Column("Offer date", Kind.DATE, "The day of the offer.", audience=PARENT),
        Column("Accepted", Kind.YES_NO, "Yes once accepted.", audience=PARENT, width=9),
        Column("Back-up plan", Kind.TEXT, "What if it does not work out.", width=28),
        Column("Evidence", Kind.DATE, "The day the destination was confirmed in writing."),
        learners_row(),
    ),
    unique=("learner_id",),
    rare=True,
)

ACHIEVEMENTS = Sheet(
    "Achievements",
    Group.PROGRESS_DAY,
    "What went well, worth telling home and putting on the wall.",
    "achievement",
    (
        learner_id(),
        learner_name(),
        Column("Date", Kind.DATE, "When.", required=True, audience=PARENT),
        Column("Type", Kind.CHOICE, "What kind.", choices="Achievement types", audience=PARENT, width=16),
        Column("What", Kind.NOTE, "One sentence that can be read out.", required=True, audience=PARENT, width=50),
        Column("Celebrated", Kind.YES_NO, "Yes once it has been celebrated.", width=11),
        learners_row(),
    ),
)

RECORDS: tuple[Sheet, ...] = (
    BEHAVIOUR,
    CONTACTS,
    DIARY,
    TARGETS,
    INTERVENTIONS,
    ACHIEVEMENTS,
    GROUPS,
    PD_TOPICS,
    PD_EVIDENCE,
    WORK_EXPERIENCE,
    TRANSITION,
)
