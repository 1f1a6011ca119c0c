"""The group Data: bring rows in after they were shown, keep copies, see what differs from an earlier copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.desktop.host import entries, excel
from addin.desktop.host.book import OpenTracker
from addin.desktop.host.press import Press, button
from addin.desktop.host.reports_run import own_folder
from addin.desktop.host.written import HEAD, write_sheet
from workbook.building.views.written_rows import Heading
from workbook.model import CannotDo

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
def import_file(press: Press, path: str) -> str | None:
    """Show what a file would change, and write it once that is agreed to; a copy is kept before.

    What the file leaves open is asked on a sheet, whose answers count when the button is pressed again.
    """
    from workbook.imports import State, read_import

    opened = press.read()
    file = Path(path)
    press.pace.step(f"reading {file.name}")
    found = read_import(opened.tracker, file, None, _map_for(file), _answers(press, file))
    difference = found.difference
    if difference is None:
        _ask_on_sheet(press, file, found)
        return None
    if difference.empty and not difference.of(State.REFUSED):
        return f"Everything in {file.name} is in this tracker already."
    buttons = "yes_no_cancel" if not difference.empty else "ok"
    answer = press.ask(_question(file.name, difference), buttons)
    if answer in ("no", "ok"):
        if found.questions:
            _ask_on_sheet(press, file, found)
        rows = list(_preview(difference))
        then = "Press Import again to bring it in." if answer == "no" else "Nothing of it can be brought in as it is."
        line = f"{file.name}: nothing has been written. {then}"
        write_sheet(press.book, "Import", "What the file would change, line by line.", line, PREVIEW, rows)
        return None
    return bring(press, opened, difference) if answer == "yes" else "Nothing was changed."


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


def _ask_on_sheet(press: Press, file: Path, found: Import) -> None:
    """Put the questions of a file on a sheet with a column for the answers; answers given before stay."""
    given = _answers(press, file)
    rows = []
    for one in found.questions:
        told = [f"{answer} ({means})" if means else answer for answer, means in one.choices]
        must = "before anything is written" if one.needed else "or these rows stay refused"
        rows.append((one.name, one.words, "\n".join(told), must, given.get(one.name)))
    line = f"{file.name}: fill in Your answer, then press Import again and choose the same file."
    write_sheet(press.book, QUESTIONS_SHEET, "What a file leaves open.", line, QUESTIONS, rows)


def _answers(press: Press, file: Path) -> dict[str, str]:
    """The answers on the sheet of questions, if they are of this file."""
    sheet = next((one for one in press.book.sheets if one.name == QUESTIONS_SHEET), None)
    if sheet is None or not str(sheet.range((3, 1)).value or "").startswith(f"{file.name}: "):
        return {}
    last = max((one.range.last_cell.row for one in sheet.tables), default=HEAD + 1)
    rows = sheet.range((HEAD + 1, 1), (last, len(QUESTIONS))).options(ndim=2).value
    return {str(row[0]): _as_typed(row[-1]) for row in rows if row[0] is not None and row[-1] is not None}


def _as_typed(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


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


def bring(press: Press, opened: OpenTracker, difference: Difference) -> str:
    """Write a difference into the open tracker, of which a copy is kept before; the sentence that says so."""
    changes = difference.changes()
    entries.require_ready(opened, changes)
    entries.require_unchanged(opened, changes)
    kept = _keep_copy(press)
    press.entries_begin(f"part of the file may be in: the tracker as it was before is {kept.name} in {kept.parent}")
    added = changed = 0
    for name, change in changes.items():
        press.pace.say(f"writing {name}")
        if change.changed:
            entries.change_rows(opened, name, change.changed)
            changed += len(change.changed)
        if change.added:
            entries.add_rows(opened, name, change.added)
            added += len(change.added)
    opened.sheet(next(iter(changes))).activate()
    return f"{added:,} rows added, {changed:,} changed. The tracker as it was before: {kept.name} in {kept.parent}."


@button
def backup(press: Press) -> str:
    """Keep a dated copy of the tracker as it is now."""
    kept = _keep_copy(press)
    return f"A copy is kept: {kept.name} in {kept.parent}."


def _keep_copy(press: Press) -> Path:
    folder = own_folder(press.book) / "backups"
    name = Path(press.book.name)
    moment = f"{datetime.now():%Y-%m-%d %H%M%S}"
    kept = folder / f"{name.stem} {moment}{name.suffix or '.xlsx'}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotDo(f"The folder {folder} could not be made: save the tracker elsewhere first.") from error
    press.pace.say("keeping a copy")
    excel.save_copy(press.book, kept)
    return kept


@button
def restore(press: Press, path: str) -> str | None:
    """List where the tracker and an earlier copy differ, and bring back what is marked on that list."""
    from workbook.imports.compare import compare
    from workbook.imports.take_back import with_returns
    from workbook.reading.read import read

    opened = press.read()
    press.pace.step("reading the copy")
    name = Path(path).name
    found = compare(opened.tracker, read(path))
    rows = [(one.sheet, one.cell, one.what, one.heading, one.now, one.then, None) for one in found]
    if not rows:
        return f"Nothing differs between this tracker and {name}."
    marked = _marked(press, name)
    chosen = [one.back for one, row in zip(found, rows, strict=True) if _shown(row) in marked]
    if chosen:
        some = f"{len(chosen):,} marked line{'s' * (len(chosen) > 1)} of the sheet {RESTORE_SHEET}"
        answer = press.ask(f"Bring back {some} from {name}? A copy of the tracker is kept before.", "yes_no")
        return bring(press, opened, with_returns(opened.tracker, chosen)) if answer == "yes" else "Nothing was changed."
    _open_beside(press, path)
    places = f"{len(rows):,} difference{'s' * (len(rows) > 1)}"
    then = "Put an x under Bring back beside what you want, then press Restore again and choose the same copy."
    words = "Where this tracker and an earlier copy of it differ."
    write_sheet(press.book, RESTORE_SHEET, words, f"{places} from {name}, open beside. {then}", DIFFERENCES, rows)
    return "What was marked differs no more; this is how it is now." if marked else None


def _marked(press: Press, name: str) -> set[tuple[str, ...]]:
    """The lines that are marked on the sheet of differences, as they are shown, if they are from this copy."""
    sheet = next((one for one in press.book.sheets if one.name == RESTORE_SHEET), None)
    if sheet is None or f" from {name}, " not in str(sheet.range((3, 1)).value or ""):
        return set()
    last = max((one.range.last_cell.row for one in sheet.tables), default=HEAD + 1)
    rows = sheet.range((HEAD + 1, 1), (last, len(DIFFERENCES))).options(ndim=2).value
    return {_shown(row) for row in rows if str(row[-1] or "").strip()}


def _shown(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple(str(value or "") for value in row[:-1])


def _open_beside(press: Press, path: str) -> None:
    """Open the copy for reading, unless a workbook of its name is open; the tracker stays in front."""
    if Path(path).name.casefold() not in {book.name.casefold() for book in press.app.books}:
        excel.open_quietly(press.app, Path(path), read_only=True)
        press.book.activate()
