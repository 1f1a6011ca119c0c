"""The command that writes what was worked out into a tracker that is there: update."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook.commands.opened import opened
from workbook.commands.output import InPlace, On, TrackerFile, file_to_make, how_many, say
from workbook.model import CannotDo

if TYPE_CHECKING:
    from workbook.building.views.written_rows import Heading
    from workbook.editing.edit import TableChange
    from workbook.editing.written_sheet import WrittenSheet
    from workbook.measures.week_entries import Entry, Taken
    from workbook.model import Problem, Tracker
    from workbook.package.guard import GuardedFile


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(update)


def update(
    tracker: TrackerFile,
    out: Annotated[Path | None, file_to_make("NEW.xlsx", "Write to this file instead.")] = None,
    replace: InPlace = False,
    mentor: Annotated[
        str | None, typer.Option("--mentor", metavar="NAME", help="Whose week; the tracker remembers it.")
    ] = None,
    on: On = None,
) -> None:
    """Write Problems, Flags, My week, Head of Year and Celebration into a tracker."""
    from workbook.editing.edit import TableChange, edit
    from workbook.measures.folded import rare_sheets
    from workbook.measures.week_entries import with_rows
    from workbook.model.settings import FOLDED

    if (out is None) == (not replace):
        raise CannotDo("Say where to write it: --out NEW.xlsx, or --replace for the tracker itself (a backup is kept).")
    if out is not None and out.exists():
        raise CannotDo(f"{out} is there already: choose another name.")
    one = opened(tracker, on or date.today())
    held, read_tracker, today = one.file, one.tracker, one.on
    changes = remember(read_tracker, mentor) if mentor else {}
    taken = take_entries(held, read_tracker, today)
    changes |= {name: TableChange(added=rows) for name, rows in taken.rows.items()}
    sheets, words = worked_out(with_rows(read_tracker, taken.rows), today, taken.kept)
    sheets, lacking = there(held, sheets)
    show = rare_sheets() if read_tracker.settings["rare_sheets"] != FOLDED else ()
    backup = edit(held, out or tracker, changes, written=sheets, show=show, replace=replace, on=date.today())
    if taken.count:
        say(f"{how_many(taken.count, 'entry', 'entries')} of My week taken to {' and '.join(taken.rows)}.")
    for kept in taken.kept:
        say(f"Still on My week, {kept.learner_id or 'a row without a learner'}: {kept.not_taken}")
    say(f"Updated {out or tracker} for {today.day} {today:%B %Y}: {words}.")
    if lacking:
        say(
            f"Not there, and not written: {', '.join(lacking)}. Copy the sheet from a tracker made with mentorbook new."
        )
    if backup:
        say(f"What was there is kept as {backup.name}.")


def remember(tracker: Tracker, mentor: str) -> dict[str, TableChange]:
    """The change that lets Settings name a mentor, which the tracker in memory has at once."""
    from workbook.editing.edit import TableChange

    table = tracker["Settings"]
    for place, name in enumerate(table["name"]):
        if str(name).strip().lower() == "week_mentor":
            table.columns["value"][place] = mentor.strip()
            tracker.__dict__.pop("settings", None)  # worked out once, and now another
            return {"Settings": TableChange(changed={table.rows[place]: {"value": mentor.strip()}})}
    raise CannotDo("Settings has no row week_mentor to remember the mentor in: run mentorbook upgrade first.")


def take_entries(held: GuardedFile, tracker: Tracker, on: date) -> Taken:
    """What was typed beside the list on My week, as rows of the sheets it belongs to."""
    from workbook.building.views.written_rows import entries_of
    from workbook.measures.order import conversations
    from workbook.measures.week_entries import Taken, known, take
    from workbook.reading.written_table import written_table

    entries = entries_of(written_table(held, "Myweek"))
    if not entries:
        return Taken()
    return take(tracker, entries, on, known(conversations(tracker, on)), tracker.settings["week_mentor"] or None)


def there(held: GuardedFile, sheets: list[WrittenSheet]) -> tuple[list[WrittenSheet], list[str]]:
    """The written sheets that a file has, and the names of those that came with a later version than the file."""
    from workbook.building.views.written_rows import LISTS
    from workbook.reading.outline import read_book

    tables = {table.name.casefold() for sheet in read_book(held).sheets for table in sheet.tables}
    lacking = {name.replace(" ", ""): name for name in LISTS if name.replace(" ", "").casefold() not in tables}
    return [one for one in sheets if one.table not in lacking], list(lacking.values())


def worked_out(tracker: Tracker, on: date, kept: Sequence[Entry] = ()) -> tuple[list[WrittenSheet], str]:
    """The written sheets of a tracker on a day, and in words how much stands on them."""
    from workbook.building.views import written_rows as rows
    from workbook.checks import check
    from workbook.measures import entries_mark
    from workbook.measures.computed import computed
    from workbook.measures.flag_list import flag_list
    from workbook.measures.week_page import week_page

    figures = computed(tracker, entries_mark.TABLES)
    mark = entries_mark.doubt(tracker) or entries_mark.figure(tracker, figures)
    people = rows.people_of(tracker, figures["Learners"]["name"])
    problems, listed = check(tracker, on), flag_list(tracker, on)
    page = week_page(listed.found, tracker.settings["week_mentor"] or None, listed.mentors)
    told: tuple[tuple[str, Sequence[Heading], list[tuple[Any, ...]], str], ...] = (
        ("Problems", rows.PROBLEMS, rows.problem_rows(problems), ""),
        ("Flags", rows.FLAGS, rows.flag_rows(listed.flags, people), ""),
        ("My week", rows.WEEK, rows.week_rows(page.due, people, kept), page.line),
        *((name, rows.LISTS[name].headings, found, "") for name, found in rows.lists_of(listed.found).items()),
    )
    words = ", ".join((how_many(len(problems), "problem"), how_many(len(listed.flags), "flag"),
                       f"{how_many(len(page.due), 'thing')} due"))  # fmt: skip
    names = {table.sheet.name for table in tracker.tables.values()}
    return [_sheet(*one, on, mark, names) for one in told], words


def _sheet(
    name: str,
    headings: Sequence[Heading],
    found: list[tuple[Any, ...]],
    more: str,
    on: date,
    mark: int | Problem,
    names: set[str],
) -> WrittenSheet:
    from workbook.building.heights import row_heights
    from workbook.building.look import BODY
    from workbook.building.tables.table import ROW_POINTS
    from workbook.building.views.written_rows import as_of, doubtful, line
    from workbook.editing.written_sheet import WrittenSheet

    notes = [([row[i] for row in found], one.width) for i, one in enumerate(headings) if one.wraps]
    words = as_of(name, len(found), on, more)
    cells = [
        [
            (row[i - 1], value) if one.kind == "link" and value and row[i - 1] in names else value
            for i, (one, value) in enumerate(zip(headings, row, strict=True))
        ]
        for row in found
    ]
    heights = list(row_heights(notes, len(found), ROW_POINTS, BODY))
    heads = [one.header for one in headings]
    formula = line(words, on, mark) if isinstance(mark, int) else ""
    words = words if isinstance(mark, int) else doubtful(words, mark)
    return WrittenSheet(name.replace(" ", ""), formula, words, heads, cells, heights)
