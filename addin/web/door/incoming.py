"""An import in the browser: look at what a file would change, then save the tracker with it under a new name."""

from __future__ import annotations

from typing import Any

from addin.web.door.opened import OUT, current, incoming
from workbook.editing.edit import edit
from workbook.imports import Difference, State, plain_map, plan, read_map, read_source, sheet_named
from workbook.imports.mapping import own_headings
from workbook.measures.computed import computed
from workbook.model import SHEETS, CannotDo

_planned: list[Difference] = []


def sheets() -> dict[str, Any]:
    """The sheets that take rows of another file."""
    return {"data": [one.name for one in SHEETS]}


def look(name: str, into: str, map_name: str | None = None) -> dict[str, Any]:
    """What the file would change: the rows as ``import --dry-run --json`` gives them, counts, what nothing asks for."""
    _planned.clear()
    path, sheet = incoming(name), sheet_named(into)
    if map_name:
        plan_map = read_map(incoming(map_name), into)
        source = read_source(path, plan_map.file, plan_map.wanted())
    else:
        source = read_source(path, wanted=own_headings(sheet))
        plan_map, _ = plain_map(source.headings, sheet, path.name)
    difference = plan(current().tracker, source, plan_map)
    _planned.append(difference)
    counts = {
        name: {str(state): count for state, count in states.items()} for name, states in difference.counts().items()
    }
    return {"data": {"rows": list(difference.records()), "counts": counts, "ignored": difference.ignored,
                     "empty": difference.empty}}  # fmt: skip


def save() -> dict[str, Any]:
    """The tracker with what was looked at last, as a new file; the open one stays as it is."""
    if not _planned:
        raise CannotDo("Look at what would change first: choose the file to take in.")
    one, difference = current(), _planned[0]
    OUT.mkdir(exist_ok=True)
    made = OUT / one.path.name
    made.unlink(missing_ok=True)
    edit(one.path, made, difference.changes(computed))
    counts = difference.of(State.ADDED), difference.of(State.CHANGED)
    return {"data": {"added": len(counts[0]), "changed": len(counts[1])}, "files": [made.name]}


DEEDS = {"import_sheets": sheets, "import_look": look, "import_save": save}
