"""Names for sheets, as Excel allows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workbook.model.settings_sheets import settings_sheets
from workbook.reports.engine.rows import look_up
from workbook.reports.engine.tokens import split
from workbook.reports.engine.values import CellFormat, clean, fitting

LONGEST_SHEET_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\n\t]+")
_PLAIN = CellFormat()


def filled_name(template: str, context: Mapping[str, Any]) -> str:
    """A sheet's name with its tokens filled, not yet made fit for Excel."""
    return "".join(
        part if isinstance(part, str) else _PLAIN.text(look_up(part.path, context, {})) for part in split(template)
    )


def unique_sheet_name(wanted: str, taken: set[str]) -> str:
    """`wanted` as a sheet's name: at most 31 characters, none that Excel forbids, and not in `taken`, which then
    holds it (in small letters). A later sheet of the same name gets a number.
    """
    name = _FORBIDDEN.sub(" ", clean(wanted)).strip().strip("'").strip() or "Report"
    if name.casefold() == "history" or settings_sheets([name]):  # the first Excel keeps for itself, the others programs
        name = f"{name}_"
    tried, number = _cut(name, LONGEST_SHEET_NAME), 1
    while tried.lower() in taken:
        number += 1
        end = f" ({number})"
        tried = _cut(name, LONGEST_SHEET_NAME - len(end)) + end
    taken.add(tried.lower())
    return tried


def _cut(name: str, length: int) -> str:
    """The first part of a name."""
    return fitting(name, length).strip().strip("'")
