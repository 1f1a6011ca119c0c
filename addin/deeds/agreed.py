"""The button that brings the targets of filled Progress Day packs back into Targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.deeds.actions import Ask, Beside, Deed, Read, Step, WriteSheet, button
from addin.deeds.data import bring
from workbook.building.views.written_rows import Heading

if TYPE_CHECKING:
    from workbook.imports.agreed import Agreed

SHEET = "Agreed targets"
COLUMNS = (
    Heading("What becomes of it", 18),
    Heading("Pack", 44, "note"),
    Heading("Cell", 20),
    Heading("Target", 60, "note"),
    Heading("Why not", 60, "note"),
)


@button
def agreed_targets(path: str, more: Sequence[str] = ()) -> Deed:
    """Show what filled packs or an entry sheet say, and write it into Targets once that is agreed to.

    ``more`` are files that were chosen with it. Where other workbooks lie beside one that was chosen alone, they can
    come too.
    """
    from workbook.imports.agreed import read_agreed

    opened = yield Read()
    chosen = Path(path)
    paths = [chosen, *map(Path, more)]
    others = () if more or chosen.is_dir() else (yield Beside(path))
    if others:
        words = f"Bring in {chosen.name} only (No), or all {len(others) + 1} workbooks of its folder (Yes)?"
        answer = yield Ask(words, "yes_no_cancel")
        if answer == "cancel":
            return "Nothing was changed."
        paths = [chosen.parent] if answer == "yes" else paths
    yield Step("reading the packs")
    found = read_agreed(opened.tracker, paths)
    rows = list(_rows(found))
    if found.difference.empty and not found.refused:
        return "These packs hold no target that this tracker does not have."
    if rows:
        line = "Nothing of this has been written yet." if not found.difference.empty else "Nothing can be brought in."
        yield WriteSheet(SHEET, "What filled packs say.", line, COLUMNS, rows)
    if found.difference.empty:
        return f"Nothing can be brought in; the sheet {SHEET} shows why, pack by pack."
    counts = {word: sum(row[0] == word for row in rows) for word in ("new", "changed", "refused")}
    told = ", ".join(f"{count:,} {word}" for word, count in counts.items() if count)
    if (yield Ask(f"Targets: {told}, listed on the sheet {SHEET}. Bring them in?", "yes_no")) != "yes":
        return "Nothing was changed."
    return (yield from bring(opened, found.difference))


def _rows(found: Agreed) -> Iterator[tuple[Any, ...]]:
    from workbook.imports.difference import State

    for state, word in ((State.ADDED, "new"), (State.CHANGED, "changed")):
        for row in found.difference.of(state):
            line = found.line(row)
            said = "; ".join(map(str, row.cells)) if state is State.CHANGED else line.values["target"]
            what = f"{row.what}: {said}"
            yield word, line.file, line.place, what, None
    for one in found.refused:
        yield "refused", one.file, one.cell, one.learner_id, one.why
