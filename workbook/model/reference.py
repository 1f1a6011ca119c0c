"""The reference sheets: what levels, effort, register codes, terms, drops and settings are. All of it can be edited."""

from __future__ import annotations

from workbook.model import formulas
from workbook.model.academic_year import FROM, TO
from workbook.model.lists import LISTS
from workbook.model.vocabulary import Audience, Column, Group, Kind, Sheet

PARENT = Audience.PARENT
_COUNTS = "d mmm yyyy;;"

DROPS = Sheet(
    "Drops",
    Group.SET_UP,
    "The data drops of this year, in order. Their names stand above the levels on Progress.",
    "data drop",
    (
        Column("Drop", Kind.WHOLE, "1 to 6.", required=True, unique=True, low=1, high=6, width=8),
        Column("Name", Kind.TEXT, "As it should stand in reports.", required=True, audience=PARENT, width=18),
        Column("Date", Kind.DATE, "The day the levels are given.", required=True, audience=PARENT),
        Column("Reports due", Kind.DATE, "The day comments should be in."),
        Column("Progress Day", Kind.DATE, "The Personal Progress Day that follows.", audience=PARENT),
        Column(
            "Elapsed",
            Kind.NUMBER,
            "Share of this year's term days gone by then.",
            formula=formulas.ELAPSED,
            width=10,
            format="0%",
        ),
    ),
    unique=("drop",),
)

TERMS = Sheet(
    "Terms",
    Group.SET_UP,
    "Half terms, and days inside them when the Academy is closed.",
    "half term or closure",
    (
        Column("Name", Kind.TEXT, "Such as Autumn 1.", required=True, audience=PARENT, width=26),
        Column(
            "Kind",
            Kind.CHOICE,
            "Term for a half term, Closed for days without sessions.",
            required=True,
            choices="Term kinds",
            width=10,
        ),
        Column("Start", Kind.DATE, "First day.", required=True),
        Column("End", Kind.DATE, "Last day.", required=True),
        Column("From", Kind.DATE, "The first day that counts this year.", formula=FROM, format=_COUNTS, since="0.2"),
        Column(
            "To",
            Kind.DATE,
            "The last day that counts; nothing where the row is another year's.",
            formula=TO,
            format=_COUNTS,
            since="0.2",
        ),
    ),
    unique=("name",),
)

SCALES = Sheet(
    "Scales",
    Group.SET_UP,
    "What levels there are and what each is worth. Placeholders: replace with your Academy's.",
    "level of a scale",
    (
        Column("Scale", Kind.TEXT, "The scale the level belongs to.", required=True, audience=PARENT, width=20),
        Column(
            "Level",
            Kind.ANY,
            "As it is typed on Progress.",
            required=True,
            audience=PARENT,
            width=12,
            format="@",
        ),
        Column("Order", Kind.NUMBER, "Low to high within the scale.", required=True, width=8),
        Column(
            "Points",
            Kind.NUMBER,
            "What the level is worth; compared inside one scale only.",
            required=True,
            width=9,
            format="0.0###",
        ),
        Column("Label for parents", Kind.TEXT, "The level in words.", audience=PARENT, width=26),
        Column("Pass", Kind.YES_NO, "Yes if the level is a pass.", width=8),
        Column("Active", Kind.YES_NO, "No for a level that is no longer given.", width=8),
        Column(
            "Tolerance",
            Kind.NUMBER,
            "How many points off still counts as on track; the scale's first row decides.",
            low=0,
            width=10,
            format="0.0###",
        ),
        Column("Key", Kind.TEXT, "How formulas find the level.", formula=formulas.SCALE_KEY, width=22),
    ),
    unique=("scale", "level"),
)

EFFORT = Sheet(
    "Effort",
    Group.SET_UP,
    "What the effort codes mean. Order decides which is better, never the digit.",
    "effort code",
    (
        Column(
            "Code",
            Kind.ANY,
            "As it is typed on Progress.",
            required=True,
            unique=True,
            audience=PARENT,
            width=8,
            format="@",
        ),
        Column(
            "Order",
            Kind.NUMBER,
            "Low to high; the highest is the best effort.",
            required=True,
            unique=True,
            width=8,
        ),
        Column("Label", Kind.TEXT, "The word for reports.", required=True, audience=PARENT, width=18),
        Column("Descriptor", Kind.NOTE, "What it looks like in class.", audience=PARENT, width=70),
        Column("Key", Kind.TEXT, "How formulas find the code.", formula=formulas.EFFORT_KEY, width=8),
    ),
    unique=("code",),
)

CODES = Sheet(
    "Codes",
    Group.SET_UP,
    "Register codes and what they count as (England, in force from 19 August 2024).",
    "register code",
    (
        Column("Code", Kind.ANY, "As it stands in a register.", required=True, unique=True, width=8, format="@"),
        Column("Meaning", Kind.TEXT, "In words.", required=True, width=62),
        Column("Class", Kind.CHOICE, "What the code counts as.", required=True, choices="Code classes", width=30),
        Column("Late", Kind.YES_NO, "Yes for L and U.", width=8),
        Column("Instead", Kind.TEXT, "For a retired code: what is used now.", width=14),
        Column("Counts possible", Kind.ANY, "Worked out.", formula=formulas.COUNTS_POSSIBLE, width=10),
        Column("Counts attended", Kind.ANY, "Worked out.", formula=formulas.COUNTS_ATTENDED, width=10),
        Column("Counts unauthorised", Kind.ANY, "Worked out.", formula=formulas.COUNTS_UNAUTHORISED, width=13),
        Column("Counts late", Kind.ANY, "Worked out.", formula=formulas.COUNTS_LATE, width=10),
    ),
    unique=("code",),
    rare=True,
)

SETTINGS_SHEET = Sheet(
    "Settings",
    Group.SET_UP,
    "Thresholds and choices of your Academy. A blank threshold turns its flag off.",
    "setting",
    (
        Column("Setting", Kind.TEXT, "What can be set.", required=True, unique=True, width=46),
        Column("Value", Kind.ANY, "Yours to change.", width=26),
        Column("What it does", Kind.NOTE, "Where it is used.", width=76),
        Column(
            "Name",
            Kind.TEXT,
            "The name of the value's cell, for formulas.",
            required=True,
            unique=True,
            width=24,
        ),
    ),
    unique=("name",),
)

LISTS_SHEET = Sheet(
    "Lists",
    Group.SET_UP,
    "The choices that dropdowns offer. Add your own at the end of a list.",
    "line of the lists",
    tuple(
        Column(name, Kind.TEXT, "A choice to a line.", audience=PARENT, width=max(14, len(name) + 3)) for name in LISTS
    ),
    rare=True,
)

REFERENCE: tuple[Sheet, ...] = (DROPS, TERMS, SCALES, EFFORT, CODES, SETTINGS_SHEET, LISTS_SHEET)
