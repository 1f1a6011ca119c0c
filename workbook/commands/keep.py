"""Commands that keep a tracker safe: backup, restore, undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.opened import Opened, opened
from workbook.commands.output import DONE, FOUND, TakeBack, TrackerFile, how_many, say
from workbook.model import CannotDo
from workbook.model.excel import count_in
from workbook.package.backups import backups_of, keep, left_by
from workbook.package.run import may_write

if TYPE_CHECKING:
    from workbook.imports.compare import Return
    from workbook.package.guard import GuardedFile

SHOWN = 30


def register(app: typer.Typer) -> None:
    """Add the commands that keep a tracker safe."""
    for command in (backup, restore, undo):
        app.command()(command)


def backup(tracker: TrackerFile) -> None:
    """Keep a dated copy of a tracker beside it."""
    run = may_write()
    _ = opened(tracker).tracker  # what is damaged is no backup
    kept = keep(tracker, date.today())
    gone = run.thin(tracker) if run is not None else 0
    there = len(backups_of(tracker))
    say(f"Kept {kept.name}. There {'is' if there == 1 else 'are'} {how_many(there, 'backup')} of {tracker.name}.")
    if gone:
        say(f"{how_many(gone, 'older one')} went, as Settings say (Backups kept, Backups kept for).")


def restore(
    tracker: TrackerFile,
    copy: Annotated[
        Path | None, typer.Option("--from", metavar="COPY.xlsx", help="The copy; the newest backup if left out.")
    ] = None,
    take: Annotated[
        list[str] | None, typer.Option("--take", metavar="NUMBER", help="Bring this row back: 3, or 3-8, or all.")
    ] = None,
    replace: TakeBack = False,
) -> None:
    """Show where a tracker differs from an earlier copy, and bring rows back."""
    from workbook.imports.take_back import earlier_rows

    here = opened(tracker)
    found = copy or next((path for _, _, path in backups_of(tracker)), None)
    if found is None:
        raise CannotDo(f"There is no backup beside {tracker.name}: name a copy with --from.")
    rows = earlier_rows(here.tracker, opened(found).tracker)
    if not rows:
        say(f"{tracker.name} holds the same rows as {found.name}.")
        raise typer.Exit(DONE)
    wanted = _numbers(take or [], len(rows))
    chosen = [one for number, one in enumerate(rows, start=1) if number in wanted]
    say(f"{tracker.name} differs from {found.name} in {how_many(len(rows), 'row')}.")
    _show(rows if not take else chosen)
    if not take:
        say("Nothing was written. Add --take NUMBER for each row to bring back, and --replace.")
        raise typer.Exit(FOUND)
    _write(tracker, here, chosen, replace)


def undo(tracker: TrackerFile, replace: TakeBack = False) -> None:
    """Show what was written into a tracker last, and take it back."""
    from workbook.imports.take_back import last_written

    here = opened(tracker)
    before, after = left_by(tracker)
    if before is None or after is None:
        raise CannotDo(f"Nothing that was written into {tracker.name} can be taken back: see mentorbook restore.")
    back, left = last_written(opened(before).tracker, opened(after).tracker, here.tracker)
    if left:
        say(f"{how_many(len(left), 'row')} changed again since then, and will stay:")
        _show(left)
    untouched = here.file.data == after.read_bytes()
    if not back and not untouched:
        say(
            f"Nothing of what was written into {tracker.name} last is there any more; its backups are, for mentorbook "
            "restore."
        )
        raise typer.Exit(DONE)
    if back:
        say(f"Written into {tracker.name} last, and to be taken back ({how_many(len(back), 'row')}):")
        _show(back)
    else:
        say(f"What was written into {tracker.name} last changed no entry, only columns, written sheets and figures.")
    if untouched:
        _as_before(tracker, here.file, before, replace)
    else:
        _write(tracker, here, back, replace)


def _as_before(tracker: Path, file: GuardedFile, before: Path, replace: bool) -> None:
    """Take back what nobody has touched since: the whole file as it was."""
    from workbook.package.writing import write_safely

    if not replace:
        say(f"Nothing was written. Add --replace to have it as it was in {before.name}.")
        raise typer.Exit(FOUND)
    write_safely(tracker, before.read_bytes(), replace=True, source=file)
    say(f"{tracker} is as it was in {before.name}.")
    output.say_kept()


def _show(rows: Sequence[Return]) -> None:
    from workbook.imports.words import shown

    lines = []
    for number, one in enumerate(rows[:SHOWN], start=1):
        cells = "; ".join(f"{heading}: {shown(now)} → {shown(then)}" for _, heading, now, then in one.values[:4])
        more = f" and {len(one.values) - 4} more" if len(one.values) > 4 else ""
        lines.append((number, one.sheet, one.cell or "to come back", one.what, cells + more))
    output.table(("No.", "Sheet", "Cell", "Row", "Now → then"), lines, wrap="Now → then")
    if len(rows) > SHOWN:
        say(f"… and {len(rows) - SHOWN:,} more.")


def _numbers(take: Sequence[str], most: int) -> set[int]:
    chosen: set[int] = set()
    for word in take:
        first, _, last = word.partition("-")
        if word.strip().lower() == "all":
            chosen |= set(range(1, most + 1))
        elif first.strip().isdecimal() and (last or first).strip().isdecimal():
            low, high = (count_in(one.strip(), most) or 0 for one in (first, last or first))
            if not 0 < low <= high:
                raise CannotDo(f"There are rows 1 to {most} to choose from: correct --take.")
            chosen |= set(range(low, high + 1))
        else:
            raise CannotDo(f"--take wants a number, such as 3 or 3-8, or all, not {word}.")
    return chosen


def _write(tracker: Path, here: Opened, rows: Sequence[Return], replace: bool) -> None:
    from workbook.editing.edit import edit
    from workbook.imports.take_back import with_returns
    from workbook.measures.anew import results_after

    if not replace:
        say("Nothing was written. Add --replace to do it; a dated backup is kept.")
        raise typer.Exit(FOUND)
    edit(here.file, tracker, with_returns(here.tracker, rows).changes(results_after), replace=True, on=date.today())
    say(f"Written to {tracker}: {how_many(len(rows), 'row')}.")
    output.say_kept()
