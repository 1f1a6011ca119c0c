"""The group Data: bring rows in after they were shown, keep copies, see what differs from an earlier copy."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.deeds import entries
from addin.deeds.actions import (
    Action,
    Ask,
    Begin,
    Deed,
    GoTo,
    KeepCopy,
    Lines,
    OpenBeside,
    Opened,
    Read,
    Step,
    WriteSheet,
    button,
)
from addin.deeds.written import HEAD
from workbook.building.views.written_rows import Heading

if TYPE_CHECKING:
    from workbook.imports import Difference, Import, State

PREVIEW = (
    Heading("What becomes of it", 18),
    Heading("Sheet", 18),
    Heading("Line of the file", 14, "number"),
    Heading("Row", 40, "note"),
    Heading("Column", 20),
    Heading("Now", 34, "note"),
    Heading("From the file", 34, "note"),
    Heading("Why not", 60, "note"),
)
DIFFERENCES = (
    Heading("Sheet", 18),
    Heading("Cell", 9, "link"),
    Heading("Row", 40, "note"),
    Heading("Column", 20),
    Heading("Now", 50, "note"),
    Heading("In the copy", 50, "note"),
    Heading("Bring back", 12),
)
RESTORE_SHEET = "Restore"
QUESTIONS_SHEET = "Import questions"
QUESTIONS = (
    Heading("Question", 24),
    Heading("What is asked", 60, "note"),
    Heading("Answers there are", 44, "note"),
    Heading("When", 26, "note"),
    Heading("Your answer", 24, "text"),
)
STANDING = "as it will stand"
FIRST = 4
"""So many changed and refused rows are named in the question; all are on the sheet."""


@button
def import_file(path: str) -> Deed:
    """Show what a file would change, and write it once that is agreed to; a copy is kept before.

    What the file leaves open is asked on a sheet, whose answers count when the button is pressed again.
    """
    from workbook.imports import State, read_import

    opened = yield Read()
    file = Path(path)
    yield Step(f"reading {file.name}")
    given = yield from _answers(file)
    found = read_import(opened.tracker, file, None, _map_for(file), given, left_over=True)
    difference = found.difference
    if difference is None:
        yield _questions_sheet(file, found, given)
        return None
    if difference.empty and not difference.of(State.REFUSED):
        return f"Everything in {file.name} is in this tracker already."
    buttons = "yes_no_cancel" if not difference.empty else "ok"
    answer = yield Ask(_question(file.name, difference), buttons)
    if answer in ("no", "ok"):
        if found.questions:
            yield _questions_sheet(file, found, given)
        rows = list(_preview(difference))
        then = "Press Import again to bring it in." if answer == "no" else "Nothing of it can be brought in as it is."
        line = f"{file.name}: nothing has been written. {then}"
        yield WriteSheet("Import", "What the file would change, line by line.", line, PREVIEW, rows)
        return None
    return (yield from bring(opened, difference)) if answer == "yes" else "Nothing was changed."


def _map_for(file: Path) -> Path | None:
    """The map by which a file is read: one of its name beside it, or one of ours whose headings it has."""
    from workbook.imports import read_map, read_source, shipped_maps

    beside = file.with_suffix(".toml")
    if beside.exists():
        return beside
    for name in shipped_maps():
        wanted = read_map(Path(name)).wanted()
        source = read_source(file, wanted=wanted)
        if wanted and all(source.find(heading) for heading in wanted):
            return Path(name)
    return None


def _questions_sheet(file: Path, found: Import, given: dict[str, str]) -> WriteSheet:
    """The questions of a file on a sheet with a column for the answers; answers given before stay."""
    rows = []
    for one in found.questions:
        told = [f"{answer} ({means})" if means else answer for answer, means in one.choices]
        must = "before anything is written" if one.needed else "or these rows stay refused"
        rows.append((one.name, one.words, "\n".join(told), must, given.get(one.name)))
    line = f"{file.name}: fill in Your answer, then press Import again and choose the same file."
    return WriteSheet(QUESTIONS_SHEET, "What a file leaves open.", line, QUESTIONS, rows)


def _answers(file: Path) -> Generator[Action, Any, dict[str, str]]:
    """The answers on the sheet of questions, if they are of this file."""
    lines = yield Lines(QUESTIONS_SHEET)
    if lines is None or not _line(lines).startswith(f"{file.name}: "):
        return {}
    rows = [row[: len(QUESTIONS)] for row in lines[HEAD:]]
    return {str(row[0]): str(row[-1]).strip() for row in rows if row[0] is not None and row[-1] is not None}


def _line(lines: Sequence[Sequence[Any]]) -> str:
    """The line over the headings of a written sheet."""
    return str(lines[HEAD - 2][0] or "") if len(lines) >= HEAD else ""


def _question(name: str, difference: Difference) -> str:
    from workbook.imports import State
    from workbook.imports.bring import PREVIEWED, in_words, preview

    lines = [f"{name}:"]
    for sheet, counts in difference.counts().items():
        told = [f"{counts[state]:,} {word}" for state, word in _states() if counts[state]]
        lines.append(f"  {sheet}: {', '.join(told)}")
    for row_told in list(preview(difference))[:PREVIEWED]:
        lines.append(f"As it will stand: {in_words(row_told)}"[:120])
    for heading, rows in (("Changed", difference.of(State.CHANGED)), ("Refused", difference.of(State.REFUSED))):
        for row in rows[:FIRST]:
            lines.append(f"{heading}: {row.what}: {row.reason or '; '.join(map(str, row.cells))}"[:120])
    if difference.empty:
        return "\n".join([*lines, "", "Nothing else can be brought in; the sheet Import shows why, line by line."])
    more = ["", "Yes: bring it in (a copy of the tracker is kept).", "No: show every line on a sheet first."]
    return "\n".join([*lines, *more, "Cancel: leave all as it is."])


def _states() -> tuple[tuple[State, str], ...]:
    from workbook.imports import State

    return (
        (State.ADDED, "new"),
        (State.CHANGED, "changed"),
        (State.UNCHANGED, "as they are"),
        (State.REFUSED, "refused"),
    )


def _preview(difference: Difference) -> Iterator[tuple[Any, ...]]:
    from workbook.imports.bring import in_words, preview

    for row in preview(difference):
        yield STANDING, row["sheet"], row["source_row"], None, None, None, in_words(row), None
    for told in difference.records():
        old, new = (None if told[key] is None else str(told[key]) for key in ("old", "new"))
        yield told["state"], told["sheet"], told["source_row"], told["what"], told["column"], old, new, told["reason"]


def bring(opened: Opened, difference: Difference) -> Generator[Action, Any, str]:
    """Write a difference into the open tracker, of which a copy is kept before; the sentence that says so."""
    changes = difference.changes()
    yield from entries.ready(opened, changes)
    yield from entries.unchanged(opened, changes)
    kept = yield KeepCopy()
    yield Begin(f"part of the file may be in: the tracker as it was before is {kept}")
    added = changed = 0
    for name, change in changes.items():
        if change.changed:
            yield from entries.change(opened, name, change.changed)
            changed += len(change.changed)
        if change.added:
            yield from entries.add(opened, name, change.added)
            added += len(change.added)
    yield GoTo(opened.sheets[next(iter(changes))])
    return f"{added:,} rows added, {changed:,} changed. The tracker as it was before: {kept}."


@button
def backup() -> Deed:
    """Keep a dated copy of the tracker as it is now."""
    kept = yield KeepCopy()
    return f"A copy is kept: {kept}."


@button
def restore(path: str) -> Deed:
    """List where the tracker and an earlier copy differ, and bring back what is marked on that list."""
    from workbook.imports.compare import compare
    from workbook.imports.take_back import with_returns
    from workbook.reading.read import read

    opened = yield Read()
    yield Step("reading the copy")
    name = Path(path).name
    found = compare(opened.tracker, read(path))
    rows = [(one.sheet, one.cell, one.what, one.heading, one.now, one.then, None) for one in found]
    if not rows:
        return f"Nothing differs between this tracker and {name}."
    marked = yield from _marked(name)
    chosen = [one.back for one, row in zip(found, rows, strict=True) if _shown(row) in marked]
    if chosen:
        some = f"{len(chosen):,} marked line{'s' * (len(chosen) > 1)} of the sheet {RESTORE_SHEET}"
        answer = yield Ask(f"Bring back {some} from {name}? A copy of the tracker is kept before.", "yes_no")
        if answer != "yes":
            return "Nothing was changed."
        return (yield from bring(opened, with_returns(opened.tracker, chosen)))
    beside = ", open beside" if (yield OpenBeside(path)) else ""
    places = f"{len(rows):,} difference{'s' * (len(rows) > 1)}"
    then = "Put an x under Bring back beside what you want, then press Restore again and choose the same copy."
    words = "Where this tracker and an earlier copy of it differ."
    yield WriteSheet(RESTORE_SHEET, words, f"{places} from {name}{beside}. {then}", DIFFERENCES, rows)
    return "What was marked differs no more; this is how it is now." if marked else None


def _marked(name: str) -> Generator[Action, Any, set[tuple[str, ...]]]:
    """The lines that are marked on the sheet of differences, as they are shown, if they are from this copy."""
    lines = yield Lines(RESTORE_SHEET)
    if lines is None or not any(f" from {name}{end} " in _line(lines) for end in (".", ", open beside.")):
        return set()
    rows = [row[: len(DIFFERENCES)] for row in lines[HEAD:]]
    return {_shown(row) for row in rows if str(row[-1] or "").strip()}


def _shown(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(value or "") for value in row[:-1])
