"""Recipes for faults of plans that two cells show together: visits and hours, confirmed places, support, follow-ups."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from workbook.model.tracker import as_date
from workbook.sample.fault_cross import end_of_data, offer_awaited, placement_over, together
from workbook.sample.planting import Ground, Recipe

_DAY = timedelta(days=1)
_W, _T, _I = "Workexperience", "Transition", "Interventions"


def _visited(ground: Ground, row: dict[str, Any]) -> bool:
    return placement_over(ground, row) and row["visit"] is not None


def _applied_a_while_ago(ground: Ground, row: dict[str, Any]) -> bool:
    return offer_awaited(ground, row) and row["applied"] + 3 * _DAY <= end_of_data(ground)


def _under_way(ground: Ground, row: dict[str, Any]) -> bool:
    own = row["learner_id"] is not None and ground.on_roll_all_year(row["learner_id"])
    return own and bool(row["sessions_attended"]) and row["end"] is None and row["outcome"] is None


def _has_aim(ground: Ground, row: dict[str, Any]) -> bool:
    return row["aim_measure"] is not None and row["aim_value"] is not None


def _no_follow_up(ground: Ground, row: dict[str, Any]) -> bool:
    return as_date(row["date"]) is not None and row["follow_up_due"] is None and row["done"] is None


def _ahead(days: int) -> Any:
    return lambda ground, row: end_of_data(ground) + days * _DAY


RECIPES: dict[str, list[Recipe]] = {
    "visit-note-without-visit": [
        together("visit-note-without-visit", _W, "visit_note", _visited, visit_note="Settled in well.", visit=None)
    ],
    "hours-too-many": [together("hours-too-many", _W, "hours", placement_over, hours=390)],
    "evidence-without-offer": [
        together("evidence-without-offer", _T, "evidence", _applied_a_while_ago,
                 evidence=lambda ground, row: row["applied"] + 3 * _DAY)
    ],
    "support-not-begun": [
        together("support-not-begun", _I, "sessions_attended", _under_way, start=_ahead(9), review_due=_ahead(37))
    ],
    "aim-incomplete": [
        together("aim-incomplete", _I, "aim_measure", _has_aim, aim_value=None),
        together("aim-incomplete", _I, "aim_value", _has_aim, aim_measure=None),
    ],
    "follow-up-unknown": [together("follow-up-unknown", "Contacts", "done", _no_follow_up, done="Yes")],
}  # fmt: skip
