"""The last year's next steps, learner by learner, and who has no offer yet: the list of the September Guarantee.

Source: local authorities offer every young person of 16 a suitable place by the end of September after Year 11
(Department for Education, participation of young people in education, employment or training). An offer counts
whether conditional or not; one that was declined does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from workbook.measures.learners import word
from workbook.measures.next_step import has_offer, is_undecided, was_declined
from workbook.measures.snapshot import Snapshot
from workbook.model import Value
from workbook.model.excel import fold
from workbook.model.tracker import as_date

_KEYS = (
    "intended_destination", "provider", "course_or_role", "applied", "interview", "offer", "offer_date", "accepted",
    "back_up_plan", "evidence",
)  # fmt: skip


@dataclass(frozen=True)
class NextStep:
    """A learner of the last year and how far their next step has come; ``to_do`` is what comes next, in words."""

    learner_id: str
    name: str | None
    form: str | None
    destination: str | None
    provider: str | None
    course_or_role: str | None
    applied: date | None
    interview: date | None
    offer: str | None
    offer_date: date | None
    accepted: bool
    back_up: str | None
    evidence: date | None
    has_offer: bool
    to_do: str | None

    def as_row(self) -> dict[str, Any]:
        """The next step by column, as commands print it."""
        return dict(vars(self))


def next_steps(snapshot: Snapshot) -> list[NextStep]:
    """Every learner of the last year on roll: without an offer first, furthest behind first, else as on Learners."""
    rows: dict[int, dict[str, Value]] = {}
    for learner, _, *cells in snapshot.records("Transition", *_KEYS):
        rows.setdefault(learner, dict(zip(_KEYS, cells, strict=True)))
    last = [one for one in snapshot.here if snapshot.learners.all[one].year == snapshot.learners.last_year]
    found = [(place, _step(snapshot, place, rows.get(place, dict.fromkeys(_KEYS)))) for place in last]
    return [step for place, step in sorted(found, key=lambda pair: (_behind(pair[1]), pair[0]))]


def _step(snapshot: Snapshot, place: int, row: dict[str, Value]) -> NextStep:
    one = snapshot.learners.all[place]
    return NextStep(
        one.learner_id, snapshot.names[place] or None, one.form or None,
        word(row["intended_destination"]) or None, word(row["provider"]) or None, word(row["course_or_role"]) or None,
        as_date(row["applied"]), as_date(row["interview"]), word(row["offer"]) or None, as_date(row["offer_date"]),
        fold(word(row["accepted"])) == "yes", word(row["back_up_plan"]) or None, as_date(row["evidence"]),
        has_offer(row["offer"]), _to_do(row),
    )  # fmt: skip


def _to_do(row: dict[str, Value]) -> str | None:
    """What comes next; nothing once the destination is confirmed in writing."""
    if all(value is None for value in row.values()):
        return "Write down the learner's next step."
    if has_offer(row["offer"]):
        if fold(word(row["accepted"])) != "yes":
            return "Ask whether the offer is accepted."
        return None if row["evidence"] is not None else "Get the destination in writing."
    if was_declined(row["offer"]):
        return "Follow the back-up plan." if word(row["back_up_plan"]) else "Find another way: it was declined."
    if row["applied"] is not None:
        return "Ask about the application."
    if is_undecided(row["intended_destination"]):
        return "Find a destination together."
    return "Agree when the application goes in."


def _behind(step: NextStep) -> int:
    """How far from done: nothing written, undecided, not applied, waiting or declined, then those with an offer."""
    if step.has_offer:
        return 4 + (step.to_do is None)
    if step.to_do and step.to_do.startswith("Write"):
        return 0
    return 3 if step.applied else 2 if not is_undecided(step.destination) else 1
