"""Commands about what is kept of learners: past, erase, about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands import output
from workbook.commands.next_year import makers
from workbook.commands.opened import Opened, opened
from workbook.commands.output import (
    DONE,
    FOUND,
    InPlace,
    Json,
    On,
    Replace,
    Result,
    TrackerFile,
    file_to_make,
    how_many,
    say,
)
from workbook.model import CannotDo
from workbook.package.backups import copies_of, forget_written
from workbook.package.file_bytes import side_bytes
from workbook.package.run import note_input, refuse_input
from workbook.package.writing import write_safely

if TYPE_CHECKING:
    from workbook.keeping.elsewhere import Place
    from workbook.keeping.erase import Erased
    from workbook.measures.past import Past

SHOWN = 40


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(past)
    app.command()(erase)
    app.command()(about)


def past(tracker: TrackerFile, on: On = None, json: Json = False) -> None:
    """List what is past its time, as Settings say how long each kind is kept."""
    from workbook.measures.past import past_its_time

    one = opened(tracker, on or date.today())
    found = past_its_time(one.tracker, one.on)
    if json:
        rows = [
            {"sheet": row.sheet, "cell": row.cell, "learner_id": row.learner_id or None, "since": row.since,
             "months": row.months, "whole_learner": row.whole_learner}
            for row in found
        ]  # fmt: skip
        output.as_json(tracker, one.on, rows)
    elif not found:
        say(f"{tracker.name}: nothing is past its time. Settings say how long each kind is kept.")
    else:
        lines = [(row.sheet, row.cell, row.learner_id, row.since, row.months) for row in found[:SHOWN]]
        output.table(("Sheet", "Cell", "Learner", "Since", "Months kept"), lines)
        if len(found) > SHOWN:
            say(f"… and {len(found) - SHOWN:,} more (all with --json).")
        say(
            f"{how_many(len(found), 'thing')} past their time. Remove them with mentorbook erase {tracker.name} --past."
        )
    raise typer.Exit(FOUND if found else DONE)


def erase(
    tracker: Annotated[Path, typer.Argument(metavar="TRACKER", help="The tracker, or a set that gather made.")],
    learner: Annotated[list[str] | None, typer.Option("--learner", metavar="ID", help="This learner.")] = None,
    past: Annotated[bool, typer.Option("--past", help="All that is past its time.")] = False,
    out: Result = None,
    replace: InPlace = False,
    copies: Annotated[bool, typer.Option("--copies", help="Take its backups away too, which hold it still.")] = False,
    keys: Annotated[Path | None, typer.Option("--keys", metavar="FILE", help="The secret of a set with keys.")] = None,
    reference: Annotated[str, typer.Option("--reference", metavar="TEXT", help="For the record of erasures.")] = "",
) -> None:
    """Erase learners, or what is past its time, from a tracker or a set, and record that without the data."""
    if not learner and not past:
        raise CannotDo("Say what to erase: --learner ID, or --past for all that is past its time.")
    if tracker.is_dir():
        _from_set(tracker, learner or [], keys)
        return
    from workbook.measures.past import past_its_time

    one = opened(tracker, date.today())
    note_input(tracker, private=True)
    found = past_its_time(one.tracker, one.on) if past else []
    ids = list(dict.fromkeys([*(learner or ()), *(row.learner_id for row in found if row.whole_learner)]))
    if past and not found and not learner:
        say(f"{tracker.name}: nothing is past its time, so nothing was written.")
        raise typer.Exit(DONE)
    if (out is None) == (not replace):
        _preview(one, ids, found)
        raise CannotDo("Nothing was written. Say where to: --out NEW.xlsx, or --replace (a backup is kept).")
    _require_plain(reference, ids)
    target = _target(tracker, out)
    done = _erased(one, ids, found)
    write_safely(target, done.file.data, replace=replace, source=one.file if out is None else None)
    forget_written(target)  # undo does not bring back what was erased
    _tell(target, done)
    why = " and ".join(filter(None, ("as asked" if learner else "", "past their time" if past else "")))
    _record(target, done, one.on, why, reference)
    _copies(tracker, target, copies)


def _target(tracker: Path, out: Path | None) -> Path:
    if out is None:
        return tracker
    if out.suffix.lower() != tracker.suffix.lower():
        raise CannotDo(f"{out.name} must end in {tracker.suffix}, as {tracker.name} does: give it another name.")
    refuse_input(out)
    if out.exists():
        raise CannotDo(f"{out} is there already: choose another name.")
    return out


def _erased(one: Opened, ids: Sequence[str], found: Sequence[Past]) -> Erased:
    """The erasure itself; what was typed on My week about others comes in on the way."""
    from workbook.commands.update import take_entries, worked_out
    from workbook.editing.edit import TableChange
    from workbook.fewer.finish import Makers
    from workbook.keeping.erase import erased
    from workbook.measures.learners import id_key

    gone = set(map(id_key, ids))
    taken = take_entries(one.file, one.tracker, one.on)
    rows = {name: [row for row in new if id_key(row.get("learner_id")) not in gone] for name, new in taken.rows.items()}
    kept = [entry for entry in taken.kept if id_key(entry.learner_id) not in gone]
    made = Makers(makers().whole, lambda tracker, on: worked_out(tracker, on, kept)[0])
    changes = {name: TableChange(added=new) for name, new in rows.items() if new}
    return erased(one.file, one.tracker, ids, made, one.on, found, changes)


def _preview(one: Opened, ids: Sequence[str], found: Sequence[Past]) -> None:
    from workbook.keeping.erase import rows_about

    rows = rows_about(one.tracker, ids, found)
    for name, gone in rows.items():
        say(f"{one.tracker[name].sheet.name}: {how_many(len(gone), 'row')} would go.")


def _require_plain(reference: str, ids: Sequence[str]) -> None:
    if any(one.casefold() in reference.casefold() for one in ids):
        raise CannotDo("The reference names the learner, and the record must not: use the number of the request.")


def _tell(target: Path, done: Erased) -> None:
    for sheet, count in done.rows.items():
        say(f"{sheet}: {how_many(count, 'row')} erased.")
    _places("Emptied on sheets of your own", done.emptied)
    _places("Their name or number was replaced in", done.replaced)
    _places("Left as it is, for you to look at", done.left)
    say(f"Written to {target}. Formulas of your own show a blank until Excel has opened it.")


def _places(words: str, places: Sequence[Place]) -> None:
    if not places:
        return
    say(f"{words} ({how_many(len(places), 'place')}):")
    for one in places[:SHOWN]:
        say(f"  {one.sheet} {one.cell}: {one.what}" if one.sheet else f"  {one.what}")
    if len(places) > SHOWN:
        say(f"  … and {len(places) - SHOWN:,} more.")


def _record(target: Path, done: Erased, on: date, why: str, reference: str) -> None:
    from workbook.keeping.erase import record

    path = target.with_name(f"{target.stem} (erasures).txt")
    before = path.read_bytes() if path.exists() else b""
    write_safely(path, before + record(done, on, why, reference).encode(), replace=True)
    say(f"Recorded, without the data, in {path.name}.")


def _copies(tracker: Path, target: Path, remove: bool) -> None:
    """Say which backups hold still what was erased, or take them away."""
    found = copies_of(tracker)
    if target != tracker:
        say(f"{tracker.name} itself is as it was, and holds it still.")
    if found and remove:
        for one in found:
            one.unlink(missing_ok=True)
        say(f"{how_many(len(found), 'backup')} of {tracker.name} taken away.")
    elif found:
        say(f"{how_many(len(found), 'backup')} of {tracker.name} hold it still, hidden ones too:")
        for one in found[:SHOWN]:
            say(f"  {one}")
        say("Add --copies to take them away. Reports, copies elsewhere and sets of gather are not looked for.")


def about(
    tracker: TrackerFile,
    learner: Annotated[str, typer.Option("--learner", metavar="ID", help="This learner.")],
    out: Annotated[Path, file_to_make("FILE.xlsx", "The workbook to make.")],
    replace: Replace = False,
    on: On = None,
) -> None:
    """Put everything held about one learner into one workbook, with the names of other people marked."""
    from workbook.commands.make import free
    from workbook.keeping.about import about as held
    from workbook.keeping.about_book import about_book

    note_input(tracker, private=True)
    free(out, replace)
    one = opened(tracker, on)
    told = held(one.file, one.tracker, learner, one.on)
    write_safely(out, about_book(told, tracker.name), replace=replace)
    rows = sum(len(part.rows) for part in told.parts)
    say(f"Made {out}: {how_many(rows, 'row')} on {how_many(len(told.parts), 'sheet')}.")
    say(
        f"{how_many(told.to_look_at, 'row')} name other people and are amber: somebody has to judge each of them first."
    )
    output.say_kept()


def _from_set(folder: Path, learners: Sequence[str], keys: Path | None) -> None:
    from workbook.gather.parts import forget

    if not learners:
        raise CannotDo("Say whose rows are to go from the set: --learner ID. Times are kept by each tracker.")
    secret = side_bytes(keys, "secret of the keys").strip() if keys is not None else None
    gone = forget(folder, learners, secret)
    if not gone:
        raise CannotDo(
            f"{folder.name} holds no row of {', '.join(learners)}: check the ID, and --keys where it has keys."
        )
    for name, count in gone.items():
        say(f"{name}: {how_many(count, 'row')} erased.")
    say(f"{folder}: {how_many(sum(gone.values()), 'row')} erased. Trackers that hold these learners still bring them")
    say("back when the set is gathered anew: erase them there too.")
