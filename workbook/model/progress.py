"""The two sheets a mentor types in most: progress and registers."""

from __future__ import annotations

from workbook.model import formulas, questions
from workbook.model.learners import NEVER, PARENT, learner_id, learner_name, learners_row
from workbook.model.vocabulary import Column, Group, Kind, Sheet


def _levels() -> tuple[Column, ...]:
    return tuple(
        Column(
            f"APL {drop}",
            Kind.LEVEL,
            f"The level at data drop {drop}; leave blank if not yet known.",
            audience=PARENT,
            width=8,
            drop=drop,
        )
        for drop in formulas.DROPS
    )


def _efforts() -> tuple[Column, ...]:
    return tuple(
        Column(
            f"Effort {drop}",
            Kind.EFFORT,
            f"The effort code at data drop {drop}.",
            audience=PARENT,
            width=8,
            drop=drop,
        )
        for drop in formulas.DROPS
    )


def _points() -> tuple[Column, ...]:
    return tuple(
        Column(
            f"Points {drop}",
            Kind.NUMBER,
            "Points of the level at this drop.",
            formula=formulas.LEVEL_POINTS[drop],
            width=8,
            format="0.0#",
            drop=drop,
        )
        for drop in formulas.DROPS
    )


PROGRESS = Sheet(
    "Progress",
    Group.DATA_DROP,
    "One row for each learner and subject. White cells are yours; grey cells work themselves out.",
    "learner in a subject",
    (
        learner_id(),
        learner_name(formulas.NAME_THERE),
        Column("Form", Kind.TEXT, "Worked out from the ID.", formula=formulas.FORM_THERE, width=8),
        Column(
            "Subject",
            Kind.TEXT,
            "A subject of the Subjects sheet.",
            required=True,
            refers="Subjects.subject",
            audience=PARENT,
            width=24,
        ),
        Column(
            "Baseline",
            Kind.LEVEL,
            "Where the learner started; blank if there is no prior data.",
            audience=PARENT,
            width=9,
        ),
        Column(
            "Baseline source",
            Kind.CHOICE,
            "Where the baseline comes from.",
            choices="Baseline sources",
            width=14,
        ),
        Column("Target", Kind.LEVEL, "The level aimed at for the end of the course.", audience=PARENT, width=9),
        *_levels(),
        Column("Path", Kind.TEXT, "The levels so far, drawn as bars.", formula=formulas.PATH, width=9),
        Column(
            "Forecast",
            Kind.LEVEL,
            "The level the teacher expects at the end; blank if none yet.",
            audience=PARENT,
            width=9,
        ),
        *_efforts(),
        Column("Drop", Kind.WHOLE, "The latest drop with a level.", formula=formulas.DROP, width=7),
        Column(
            "Points",
            Kind.NUMBER,
            "Points of the latest level.",
            formula=formulas.POINTS,
            width=8,
            format="0.0#",
        ),
        Column(
            "Expected",
            Kind.NUMBER,
            "Where the path from baseline to target stands at that drop.",
            formula=formulas.EXPECTED,
            width=9,
            format="0.0",
        ),
        Column(
            "Gap",
            Kind.NUMBER,
            "How far above or below, by the measure chosen in Settings.",
            formula=formulas.GAP,
            width=8,
            format="+0.0;\u22120.0;0.0",
        ),
        Column(
            "Change",
            Kind.NUMBER,
            "Points since the drop before.",
            formula=formulas.CHANGE,
            width=9,
            format="+0.0;\u22120.0;0.0",
        ),
        Column(
            "Status",
            Kind.TEXT,
            "Above, on, just below or below.",
            formula=formulas.STATUS,
            width=14,
            audience=PARENT,
        ),
        Column(
            "Effort change",
            Kind.NUMBER,
            "Steps of effort since the time before.",
            formula=formulas.EFFORT_CHANGE,
            width=9,
            format="+0;\u22120;0",
        ),
        Column(
            "Comment",
            Kind.NOTE,
            "For the report: what goes well, what comes next. First name, short sentences.",
            audience=PARENT,
            width=50,
        ),
        Column("Year", Kind.WHOLE, "Worked out from the ID.", formula=formulas.YEAR_THERE, width=7),
        Column("Scale", Kind.TEXT, "Worked out from the subject.", formula=formulas.SCALE, width=14),
        Column(
            "Forecast points",
            Kind.NUMBER,
            "Points of the forecast.",
            formula=formulas.FORECAST_POINTS,
            width=10,
            format="0.0#",
        ),
        Column(
            "Target points",
            Kind.NUMBER,
            "Points of the target.",
            formula=formulas.TARGET_POINTS,
            width=10,
            format="0.0#",
        ),
        Column(
            "Baseline points",
            Kind.NUMBER,
            "Points of the baseline.",
            formula=formulas.BASELINE_POINTS,
            width=10,
            format="0.0#",
        ),
        *_points(),
        learners_row(),
    ),
    unique=("learner_id", "subject"),
)

REGISTERS = Sheet(
    "Registers",
    Group.EVERY_DAY,
    "One row for each learner and week, a mark for each session. A blank mark is a mark to chase.",
    "learner in a week",
    (
        learner_id(),
        learner_name(formulas.WEEKS_LEARNER),
        Column("Form", Kind.TEXT, "Worked out from the ID.", formula=formulas.WEEKS_FORM, width=8),
        Column("Week", Kind.DATE, "The Monday of the week.", required=True, width=12),
        *(Column(session, Kind.MARK, "A code of the Codes sheet.", width=7) for session in formulas.SESSIONS),
        Column("Possible", Kind.WHOLE, "Possible sessions in the week.", formula=formulas.POSSIBLE, width=9),
        Column("Attended", Kind.WHOLE, "Sessions attended.", formula=formulas.ATTENDED, width=9),
        Column(
            "Unauthorised",
            Kind.WHOLE,
            "Sessions missed without authorisation.",
            formula=formulas.UNAUTHORISED,
            width=13,
        ),
        Column("Late", Kind.WHOLE, "Sessions late (L and U).", formula=formulas.LATE, width=7),
        Column("Missing", Kind.WHOLE, "Marks still to come.", formula=questions.MISSING, width=9, since="0.2"),
        learners_row(formulas.WEEKS_ROW),
        Column(
            "Sessions",
            Kind.TEXT,
            "Which of the ten count: 1 for each.",
            formula=questions.SESSIONS,
            audience=NEVER,
            width=12,
            since="0.2",
        ),
    ),
    unique=("learner_id", "week"),
)
