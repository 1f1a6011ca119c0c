"""The group Progress: flags and strengths, the week ahead, the start of a data drop."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from addin.desktop.host import entries, excel
from addin.desktop.host.book import OpenTracker
from addin.desktop.host.press import Press, button
from addin.desktop.host.written import dated, typed_rows, write_sheet
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
from workbook.reading.outline import column_number

if TYPE_CHECKING:
    from workbook.measures.drop_start import DropStart
    from workbook.measures.week_entries import Taken

SHOWN = 10
"""So many learners are named in a question; the rest are counted."""


@button
def update_flags(press: Press) -> None:
    """List concerns and strengths on the sheet Flags."""
    from workbook.building.views.places import purpose
    from workbook.measures.data_date import last_date
    from workbook.measures.flag_list import flag_list

    opened = press.read()
    press.pace.step("working out flags")
    on = last_date(opened.tracker)
    rows = flag_rows(flag_list(opened.tracker, on).flags, people(opened))
    press.pace.step("writing Flags")
    line = dated(opened, as_of("Flags", len(rows), on), on)
    write_sheet(press.book, "Flags", purpose("Flags"), line, FLAGS, rows, after="My week")


@button
def head_of_year(press: Press) -> None:
    """List forms, mentors, subjects, flags and support in numbers on the sheet Head of Year."""
    _list(press, "Head of Year", after="Grid")


def _list(press: Press, name: str, after: str) -> None:
    """Fill a written sheet that follows from flags and records alone, as of the last day of the data."""
    from workbook.building.views.places import purpose
    from workbook.building.views.written_rows import LISTS
    from workbook.measures.data_date import last_date
    from workbook.measures.flags import found_in
    from workbook.measures.snapshot import Snapshot

    opened = press.read()
    press.pace.step(f"working out {name}")
    on = last_date(opened.tracker)
    rows = LISTS[name].rows(found_in(Snapshot(opened.tracker, on)))
    press.pace.step(f"writing {name}")
    line = dated(opened, as_of(name, len(rows), on), on)
    write_sheet(press.book, name, purpose(name), line, LISTS[name].headings, rows, after=after)


@button
def my_week(press: Press) -> None:
    """List what is due in the coming days on the sheet My week: the mentor's own where Excel's user is one."""
    from workbook.measures.flags import found_in
    from workbook.measures.snapshot import Snapshot
    from workbook.measures.week_page import week_page

    opened = press.read()
    press.pace.step("looking at the week")
    on = date.today()
    mentor = mentor_of(press, opened)
    taken = take_entries(press, opened, on, mentor)
    if taken.count:
        opened = press.read()
    page = week_page(found_in(Snapshot(opened.tracker, on)), mentor)
    rows = week_rows(page.due, people(opened), taken.kept)
    line = dated(opened, as_of("My week", len(rows), on, page.line), on)
    words = "What is due in the coming days, with links to the cells."
    _show_rare(opened)
    write_sheet(press.book, "My week", words, line, WEEK, rows, after="Start")


def _show_rare(opened: OpenTracker) -> None:
    """Show the sheets seldom used, where Settings says so."""
    from workbook.measures.folded import rare_sheets
    from workbook.model.settings import FOLDED

    if opened.tracker.settings["rare_sheets"] == FOLDED:
        return
    for sheet in opened.book.sheets:
        if sheet.name in rare_sheets():
            excel.show(sheet)


def take_entries(press: Press, opened: OpenTracker, on: date, mentor: str | None) -> Taken:
    """What was typed beside the list, put into its sheets; what was taken is cleared, the rest is told and stays."""
    from workbook.measures.order import conversations
    from workbook.measures.week_entries import Taken, known, take

    typed = entries_of(typed_rows(press.book, "My week"))
    if not typed:
        return Taken()
    taken = take(opened.tracker, typed, on, known(conversations(opened.tracker, on)), mentor)
    if taken.count:
        entries.require_ready(opened, list(taken.rows))
        entries.require_unchanged(opened, list(taken.rows))
        press.entries_begin("what you typed on My week may stand on its sheet already; it is not added twice")
        for name, rows in taken.rows.items():
            entries.add_rows(opened, name, rows)
    if taken.kept:
        press.leave_in_bar(f"{len(taken.kept)} of your entries stay on My week: the last column says why.")
    return taken


def mentor_of(press: Press, opened: OpenTracker) -> str | None:
    """The mentor that Settings names, else the one that Excel's user is by name; None where it is no mentor's."""
    chosen = str(opened.tracker.settings["week_mentor"] or "").strip()
    if chosen:
        return chosen
    user = " ".join(excel.user_name(press.app).split()).casefold()
    for name in opened.tracker["Learners"]["mentor"]:
        if isinstance(name, str) and user and " ".join(name.split()).casefold() == user:
            return name
    return None


def people(opened: OpenTracker) -> dict[Value, Person]:
    """Name, form and mentor of each learner by ID."""
    from workbook.measures.computed import learner_names

    return people_of(opened.tracker, learner_names(opened.tracker))


@button
def start_drop(press: Press) -> str | None:
    """Show what the next data drop needs, and once that is agreed to, get Progress ready for it."""
    from workbook.measures.data_date import last_date
    from workbook.measures.drop_start import drop_start

    opened = press.read()
    entries.require_ready(opened, ["Progress"])
    start = drop_start(opened.tracker, max(date.today(), last_date(opened.tracker)))
    table = opened.tracker.tables["Progress"]
    if f"apl_{start.number}" not in table.letters:
        raise CannotDo(f"Progress has no column APL {start.number}: put the heading back, then press the button again.")
    if press.ask(_question(opened, start)) != "yes":
        return "Nothing was changed."
    entries.require_unchanged(opened, ["Progress"])
    first = None
    if start.rows:
        press.pace.say("adding rows to Progress")
        press.entries_begin("rows may have been added at the end of Progress")
        first, _ = entries.add_rows(opened, "Progress", start.rows)
    _fold(opened, start.number)
    sheet, column = opened.sheet("Progress"), column_number(table.letters[f"apl_{start.number}"])
    sheet.activate()
    sheet.range((first or _first_blank(opened, start.number), column)).select()
    return None


def _question(opened: OpenTracker, start: DropStart) -> str:
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


def _fold(opened: OpenTracker, number: int) -> None:
    """Fold the columns of earlier drops away, and show those of this one."""
    sheet, letters = opened.sheet("Progress"), opened.tracker.tables["Progress"].letters
    for what in ("apl", "effort"):
        for drop in range(1, number + 1):
            letter = letters.get(f"{what}_{drop}")
            if letter:
                cells = sheet.range(f"{letter}1")
                excel.hide_columns(cells, False) if drop == number else excel.fold_columns(cells)


def _first_blank(opened: OpenTracker, number: int) -> int:
    """The row of the first record without a level in a drop."""
    table = opened.tracker.tables["Progress"]
    for row, level in zip(table.rows, table[f"apl_{number}"], strict=True):
        if level is None:
            return row
    return table.rows[0] if table.rows else 5
