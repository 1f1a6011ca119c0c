"""An import in the browser: what a file means and would change, questions and answers, then a new tracker to save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from addin.web.door.opened import OUT, current, incoming
from workbook.editing.edit import edit
from workbook.imports import Difference, State, read_import, sheet_named
from workbook.measures.anew import results_after
from workbook.model import SHEETS, CannotDo

_planned: list[Difference] = []


def sheets() -> dict[str, Any]:
    """The sheets that take rows of another file."""
    return {"data": [one.name for one in SHEETS]}


def look(
    name: str, into: str | None = None, map_name: str | None = None, answers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What a file would change: rows, questions and the rest as ``import --dry-run --json`` gives them, and counts.

    Without ``into`` it is found out where the rows belong; ``counts`` is None while questions must be answered first.
    """
    _planned.clear()
    map_file = incoming(map_name) if map_name else None
    sheet = sheet_named(into) if into else None
    found = read_import(current().tracker, incoming(name), sheet, map_file, answers or {})
    difference = found.difference
    if difference is None:
        return {"data": {"rows": [], "counts": None, "empty": True, **found.record()}}
    _planned.append(difference)
    counts = {
        sheet: {str(state): count for state, count in states.items()} for sheet, states in difference.counts().items()
    }
    return {"data": {"rows": list(difference.records()), "counts": counts, "empty": difference.empty, **found.record()}}


def save() -> dict[str, Any]:
    """The tracker with what was looked at last, as a new file; the open one stays as it is."""
    if not _planned:
        raise CannotDo("Look at what would change first: choose the file to take in.")
    one, difference = current(), _planned[0]
    if one.file is None:
        raise CannotDo("The tracker is open in Excel: press Import there.")
    OUT.mkdir(exist_ok=True)
    made = OUT / one.file.path.name
    made.unlink(missing_ok=True)
    edit(one.file, made, difference.changes(results_after))
    counts = difference.of(State.ADDED), difference.of(State.CHANGED)
    return {"data": {"added": len(counts[0]), "changed": len(counts[1])}, "files": [made.name]}


DEEDS = {"import_sheets": sheets, "import_look": look, "import_save": save}
