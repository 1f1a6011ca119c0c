"""Which sheets are folded away: those seldom used, until something of the college's own stands on them."""

from __future__ import annotations

from workbook.model import SHEETS, Table, Tracker, defaults
from workbook.model.settings import FOLDED


def folded_away(tracker: Tracker) -> list[str]:
    """The names of the sheets that a new file hides, in the order of the tabs.

    Such a sheet has no row, or nothing but the rows that came with every tracker. The setting `rare_sheets` shows all.
    """
    if tracker.settings["rare_sheets"] != FOLDED:
        return []
    came = defaults.new()
    return [one.name for one in SHEETS if one.rare and _says_nothing(tracker[one.table], came[one.table])]


def rare_sheets() -> list[str]:
    """The names of all sheets that are seldom used."""
    return [one.name for one in SHEETS if one.rare]


def _says_nothing(held: Table, came: Table) -> bool:
    """Whether every filled cell is one that came with the tracker."""
    return all(
        set(values) - {None} <= set(came[key]) if key in came.columns else not any(values)
        for key, values in held.columns.items()
    )
