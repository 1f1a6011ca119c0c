"""The group Progress: flags and strengths, the week ahead, the start of a data drop."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date
from typing import TYPE_CHECKING, Any

from addin.deeds import entries, suggested
from addin.deeds.actions import (
    Action,
    Ask,
    Begin,
    Deed,
    Fold,
    GoTo,
    Note,
    Opened,
    Read,
    Sheets,
    Show,
    Step,
    UserName,
    WriteSheet,
    button,
)
from addin.deeds.written import dated, typed_rows
from workbook.building.views.places import purpose
from workbook.building.views.written_rows import (
    FLAGS,
    WEEK,
    Person,
    as_of,
    entries_of,
    flag_rows,
    people_of,
    week_rows,
)
from workbook.model import CannotDo, Value

if TYPE_CHECKING:
    from workbook.measures.drop_start import DropStart
    from workbook.measures.week_entries import Taken

SHOWN = 10
"""So many learners are named in a question; the rest are counted."""


@button
def update_flags() -> Deed:
    """List concerns and strengths on the sheet Flags."""
    from workbook.measures.data_date import last_date
    from workbook.measures.flag_list import flag_list

    opened = yield Read()
    yield Step("working out flags")
    on = last_date(opened.tracker)
    rows = flag_rows(flag_list(opened.tracker, on).flags, people(opened))
    yield Step("writing Flags")
    line = yield from dated(as_of("Flags", len(rows), on), on)
    yield WriteSheet("Flags", purpose("Flags"), line, FLAGS, rows, after="My week")
    return None


@button
def head_of_year() -> Deed:
    """List forms, mentors, subjects, flags and support in numbers on the sheet Head of Year.

    Beside it stand the groups that could be helped together; those marked there are taken in first.
    """
    on, opened = date.today(), (yield Read())
    told = yield from suggested.take_in(opened, on)
    if told is not None:
        opened = yield Read()
    yield Step("looking for shared reasons")
    yield from suggested.lay_out(opened, on)
    yield from _list("Head of Year", after="Grid")
    return told


@button
def celebrate() -> Deed:
    """List whom to celebrate, and who was celebrated lately, on the sheet Celebration."""
    return (yield from _list("Celebration", after="Learner view"))


def _list(name: str, after: str) -> Deed:
    """Fill a written sheet that follows from flags and records alone, as of the last day of the data."""
    from workbook.building.views.written_rows import LISTS
    from workbook.measures.data_date import last_date
    from workbook.measures.flags import found_in
    from workbook.measures.snapshot import Snapshot

    opened = yield Read()
    yield Step(f"working out {name}")
    on = last_date(opened.tracker)
    rows = LISTS[name].rows(found_in(Snapshot(opened.tracker, on)))
    yield Step(f"writing {name}")
    line = yield from dated(as_of(name, len(rows), on), on)
    yield WriteSheet(name, purpose(name), line, tuple(LISTS[name].headings), rows, after=after)
    return None


@button
def my_week() -> Deed:
    """List what is due in the coming days on the sheet My week: the mentor's own where Excel's user is one."""
    from workbook.measures.flags import found_in
    from workbook.measures.snapshot import Snapshot
    from workbook.measures.week_page import week_page

    opened = yield Read()
    yield Step("looking at the week")
    on = date.today()
    mentor = yield from mentor_of(opened)
    taken = yield from take_entries(opened, on, mentor)
    if taken.count:
        opened = yield Read()
    page = week_page(found_in(Snapshot(opened.tracker, on)), mentor)
    rows = week_rows(page.due, people(opened), taken.kept)
    line = yield from dated(as_of("My week", len(rows), on, page.line), on)
    words = "What is due in the coming days, with links to the cells."
    yield from _show_rare(opened)
    yield WriteSheet("My week", words, line, WEEK, rows, after="Start")
    return None


def _show_rare(opened: Opened) -> Generator[Action, Any, None]:
    """Show the sheets seldom used, where Settings says so."""
    from workbook.measures.folded import rare_sheets
    from workbook.model.settings import FOLDED

    if opened.tracker.settings["rare_sheets"] != FOLDED:
        rare = rare_sheets()
        yield Show(tuple(name for name in (yield Sheets()) if name in rare))


def take_entries(opened: Opened, on: date, mentor: str | None) -> Generator[Action, Any, Taken]:
    """What was typed beside the list, put into its sheets; what was taken is cleared, the rest is told and stays.

    A sheet that takes no rows now keeps back its own entries only.
    """
    from workbook.measures.order import conversations
    from workbook.measures.week_entries import Taken, known, tables_of, take

    rows = yield from typed_rows("My week")
    typed = entries_of(rows)
    if not typed:
        return Taken()
    closed = yield from entries.not_ready(opened, tables_of(typed))
    taken = take(opened.tracker, typed, on, known(conversations(opened.tracker, on)), mentor, closed)
    if taken.count:
        yield from entries.unchanged(opened, taken.rows)
        yield Begin("what you typed on My week may stand on its sheet already; it is not added twice")
        for name, records in taken.rows.items():
            yield from entries.add(opened, name, records)
    if taken.kept:
        yield Note(f"{len(taken.kept)} of your entries stay on My week: the last column says why.")
    return taken


def mentor_of(opened: Opened) -> Generator[Action, Any, str | None]:
    """The mentor that Settings names, else the one that Excel's user is by name; None where it is no mentor's."""
    chosen = str(opened.tracker.settings["week_mentor"] or "").strip()
    if chosen:
        return chosen
    user = " ".join((yield UserName()).split()).casefold()
    for name in opened.tracker["Learners"]["mentor"]:
        if isinstance(name, str) and user and " ".join(name.split()).casefold() == user:
            return name
    return None


def people(opened: Opened) -> dict[Value, Person]:
    """Name, form and mentor of each learner by ID."""
    from workbook.measures.computed_keys import learner_names

    return people_of(opened.tracker, learner_names(opened.tracker))


@button
def start_drop() -> Deed:
    """Show what the next data drop needs, and once that is agreed to, get Progress ready for it."""
    from workbook.measures.data_date import last_date
    from workbook.measures.drop_start import drop_start

    opened = yield Read()
    yield from entries.ready(opened, ["Progress"])
    start = drop_start(opened.tracker, max(date.today(), last_date(opened.tracker)))
    table = opened.tracker.tables["Progress"]
    if f"apl_{start.number}" not in table.letters:
        raise CannotDo(f"Progress has no column APL {start.number}: put the heading back, then press the button again.")
    if (yield Ask(_question(opened, start))) != "yes":
        return "Nothing was changed."
    yield from entries.unchanged(opened, ["Progress"])
    first = None
    if start.rows:
        yield Begin("rows may have been added at the end of Progress")
        first = yield from entries.add(opened, "Progress", start.rows)
    yield _fold(opened, start.number)
    row, column = first or _first_blank(opened, start.number), table.letters[f"apl_{start.number}"]
    yield GoTo(opened.sheets["Progress"], f"{column}{row}")
    return None


def _question(opened: Opened, start: DropStart) -> str:
    number, name, day = start.number, start.name, start.day
    when = f" on {day.day} {day:%B %Y}" if day else ""
    lines = [f"Start data drop {number}{f', {name}' if name else ''}{when}?", ""]
    known, by_learner = people(opened), dict[Value, list[str]]()
    for row in start.rows:
        by_learner.setdefault(row["learner_id"], []).append(str(row["subject"]))
    count = sum(map(len, by_learner.values()))
    if count:
        rows = "A row is" if count == 1 else f"{count:,} rows are"
        lines.append(f"{rows} added to Progress, for learners and subjects not there yet:")
        for learner in list(by_learner)[:SHOWN]:
            lines.append(f"  {known[learner][0] or ''} {learner}: {', '.join(by_learner[learner])}")
        if len(by_learner) > SHOWN:
            lines.append(f"  … and {len(by_learner) - SHOWN:,} more learners.")
    else:
        lines.append("Progress has a row for every learner and subject, so none is added.")
    if number > 1:
        lines.append("Earlier drops are folded away; the + above the column letters shows them again.")
    return "\n".join([*lines, "No entry that is there is changed."])


def _fold(opened: Opened, number: int) -> Fold:
    """Fold the columns of earlier drops away, and show those of this one."""
    letters = opened.tracker.tables["Progress"].letters
    drops = [(letters.get(f"{what}_{drop}"), drop) for what in ("apl", "effort") for drop in range(1, number + 1)]
    away = tuple(letter for letter, drop in drops if letter and drop < number)
    return Fold(opened.sheets["Progress"], away, tuple(letter for letter, drop in drops if letter and drop == number))


def _first_blank(opened: Opened, number: int) -> int:
    """The row of the first record without a level in a drop."""
    table = opened.tracker.tables["Progress"]
    for row, level in zip(table.rows, table[f"apl_{number}"], strict=True):
        if level is None:
            return row
    return table.rows[0] if table.rows else 5
