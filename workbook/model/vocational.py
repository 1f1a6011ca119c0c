"""Vocational days: what the department says of a learner's day each week."""

from __future__ import annotations

from workbook.model.learners import PARENT, learner_id, learner_name, learners_row
from workbook.model.vocabulary import Column, Group, Kind, Sheet

VOCATIONAL_DAYS = Sheet(
    "Vocational days",
    Group.WHEN_NEEDED,
    "One row for each learner and week of the vocational course: what the department says of the day.",
    "vocational day",
    (
        learner_id(),
        learner_name(),
        Column("Week", Kind.DATE, "The Monday of the week.", required=True, audience=PARENT),
        Column("Attended", Kind.YES_NO, "Yes if the learner was there; the register stays with Registers.",
               audience=PARENT, width=10),
        Column("Effort", Kind.EFFORT, "The effort of the day, as on the Effort sheet.", audience=PARENT, width=8),
        Column("Comment", Kind.NOTE, "What the department says, in a sentence that home may read.", audience=PARENT,
               width=50),
        Column("Contact", Kind.TEXT, "Who in the department said so.", width=22),
        learners_row(),
    ),
    unique=("learner_id", "week"),
    rare=True,
    since="0.2",
)  # fmt: skip
