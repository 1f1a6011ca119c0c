"""Exports of registers, incidents, praise, calls and learners made from a tracker, in as many forms as there are seeds.

python -m tests.imports.shuffled_records FIRST_SEED COUNT runs them by hand and counts what they came to.
"""

from __future__ import annotations

import html
import io
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import openpyxl

from tests.imports import exports
from tests.imports.shuffled_registers import registers
from tests.imports.shuffled_words import BEFORE, DATE_FORMS, MONDAYS, Cells, Page, who_columns
from workbook.imports import State, read_import
from workbook.imports.understand.records_words import RECORD_WORDS
from workbook.imports.words import as_text
from workbook.model import CannotDo

TEXTS = (
    "Called out, then left.",
    "Lovely week; said so.",
    "Late from break",
    "Asked for “help”",
    "First line\nsecond line",
)
STAFF = ("S. Barley", "Ms T. Okoro", "R. Day")


def _records(rng: Random, table: str, fills: dict[str, Callable[[], Any]], optional: set[str]) -> Page:
    """Rows of a sheet whose rows are records, under words that systems use for its columns."""
    learners = [rng.choice(exports.LEARNERS) for _ in range(rng.randint(2, 6))]
    keys = [key for key in fills if key not in optional or rng.random() < 0.7]
    rng.shuffle(keys)
    who = who_columns(rng)
    used = {heading.casefold() for heading, _ in who}
    words = {}
    for key in keys:
        fit = [word for word in RECORD_WORDS[table][key][:6] if word not in used]
        words[key] = rng.choice(fit)
        used.add(words[key])
    written = rng.choice(DATE_FORMS)
    rows: list[list[Any]] = [[heading for heading, _ in who] + [words[key].capitalize() for key in keys]]
    wanted: Cells = set()
    for place, one in enumerate(learners):
        values = {key: fills[key]() for key in keys}
        values["date"] = MONDAYS[place % 5] + timedelta(days=place)
        if "follow_up_due" in values:
            values["follow_up_due"] = values["date"] + timedelta(days=7)
        rows.append([fill(one) for _, fill in who] + [
            written(value) if isinstance(value, date) else value for value in values.values()
        ])  # fmt: skip
        cells = {"learner_id": one["learner_id"]} | {
            key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()
        }
        wanted.add(tuple(sorted((key, " ".join(value.split())) for key, value in cells.items() if value)))
    return Page(table, rows, wanted)


def _choice(rng: Random, name: str) -> Callable[[], str]:
    known = [as_text(one) for one in BEFORE["Lists"][name] if one is not None]
    return lambda: rng.choice(known)


def behaviour(rng: Random) -> Page:
    """Incidents."""
    return _records(
        rng,
        "Behaviour",
        {
            "date": date.today, "type": _choice(rng, "behaviour_types"),
            "where": lambda: rng.choice(("Yard", "Room 4")),
            "what_happened": lambda: rng.choice(TEXTS), "logged_by": lambda: rng.choice(STAFF),
        },
        {"where", "logged_by"},
    )  # fmt: skip


def achievements(rng: Random) -> Page:
    """Praise."""
    return _records(
        rng,
        "Achievements",
        {"date": date.today, "type": _choice(rng, "achievement_types"), "what": lambda: rng.choice(TEXTS)},
        set(),
    )


def contacts(rng: Random) -> Page:
    """Calls and meetings."""
    return _records(
        rng,
        "Contacts",
        {
            "date": date.today, "with": _choice(rng, "contact_with"), "how": _choice(rng, "contact_how"),
            "why": _choice(rng, "contact_why"), "summary": lambda: rng.choice(TEXTS),
            "by": lambda: rng.choice(STAFF), "follow_up_due": date.today,
        },
        {"by", "follow_up_due"},
    )  # fmt: skip


def learners(rng: Random) -> Page:
    """A list of learners: most of it is known, some forms, addresses and names they go by are new."""
    listed = rng.sample(exports.LEARNERS, rng.randint(2, 6))
    columns = {
        "first_name": "Legal Forename", "surname": "Legal Surname", "preferred_name": "Known As", "form": "Reg Group",
        "year": "NC Year", "date_of_birth": "DOB", "email": "Email Address", "upn": "UPN",
    }  # fmt: skip
    keys = ["first_name", "surname", *rng.sample(list(columns)[2:], rng.randint(2, 6))]
    extra = rng.sample(("Gender", "FSM", "SEN Status", "Ethnicity"), rng.randint(0, 2))
    written, year = rng.choice(DATE_FORMS), rng.choice(("{}", "Year {}", "Year  {}"))
    new = {"form": ("10A", "10B", "11A"), "email": ("new.one@college.example",), "preferred_name": ("Robin", "Jo")}
    headings = [rng.choice(("Adno", "Learner ID", "Admission Number")), *(columns[key] for key in keys), *extra]
    rows: list[list[Any]] = [headings]
    wanted: Cells = set()
    for one in listed:
        now = {key: one.get(key, "") for key in keys}
        for key in new.keys() & set(keys):
            if rng.random() < 0.3 and (key != "email" or not any("new.one@college.example" in row for row in rows)):
                now[key] = rng.choice(new[key])
        cells = {key: value for key, value in now.items() if value != "" and value != one.get(key, "")}
        if cells:
            wanted.add(tuple(sorted(({"learner_id": one["learner_id"]} | cells).items())))
        told = {"date_of_birth": written, "year": year.format}
        rows.append([one["learner_id"], *(told[key](value) if key in told and value else value
                                          for key, value in now.items()), *("M" for _ in extra)])  # fmt: skip
    return Page("Learners", rows, wanted)


KINDS: tuple[Callable[[Random], Page], ...] = (registers, behaviour, achievements, contacts, learners)


def framed(rng: Random, page: Page) -> list[list[Any]]:
    """The page with titles, blank rows, a repeated heading, a footer, trailing columns."""
    first = next(place for place, row in enumerate(page.rows) if len(row) > 1)
    titled = page.rows[:first]
    heads = 2 if not page.rows[first][0] else 1
    headings, body = page.rows[first : first + heads], page.rows[first + heads :]
    width = len(headings[-1])
    if not titled and rng.random() < 0.4:
        titled = [[rng.choice(("Example College", "Class list for Year 10", "Report"))], []]
    grid = [*titled, *headings]
    for place, row in enumerate(body):
        if place and rng.random() < 0.08:
            grid.append([])
        if place and rng.random() < 0.08:
            grid += headings
        grid.append(row)
    if rng.random() < 0.3:
        grid.append([rng.choice(("Page 1 of 1", "Confidential", "Printed 09/02/2027 10:15", f"Total: {len(body)}"))])
    spare = rng.choice((0, 0, 2))
    return [[*row, *[""] * (width + spare - len(row))] for row in grid]


def export_of(rng: Random) -> tuple[str, bytes, Page]:
    """A file in one of many forms: its name, its bytes, the page with what it holds."""
    page = rng.choice(KINDS)(rng)
    grid = framed(rng, page)
    if rng.random() < 0.3:
        return "export.xlsx", _workbook(rng, grid), page
    if rng.random() < 0.15:
        return "export.xls", _web_page(rng, grid), page
    delimiter, encoding = rng.choice(",;\t"), rng.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    text = "\r\n".join(delimiter.join(map(_quoted, row)) for row in grid) + "\r\n"
    try:
        return "export.csv", text.encode(encoding), page
    except UnicodeEncodeError:
        return "export.csv", text.encode("utf-8-sig"), page


def _web_page(rng: Random, grid: list[list[Any]]) -> bytes:
    """The same as the web page that systems call .xls; blank cells are closed or not."""
    end = rng.choice(("</td>", ""))
    cells = [
        [html.escape(str(cell)).replace("\n", "<br>") or rng.choice(("", "&nbsp;")) for cell in row] for row in grid
    ]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}{end}' for cell in row)}</tr>" for row in cells)
    return f"<html><head><title>Export</title></head><body><table>{rows}</table></body></html>".encode()


def _quoted(cell: object) -> str:
    text = str(cell)
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',;\t"\n') else text


def _workbook(rng: Random, grid: list[list[Any]]) -> bytes:
    """The same as a workbook: days as real dates or as texts, a title merged over the page."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    real = rng.random() < 0.5
    for number, row in enumerate(grid, 1):
        for place, value in enumerate(row, 1):
            if value != "":
                page.cell(number, place, _day(value) if real else value)
    if len(grid[0]) > 2 and grid[0][0] and not any(grid[0][1:]):
        page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=3)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _day(value: Any) -> Any:
    return _days().get(value, value)


@cache
def _days() -> dict[Any, date]:
    """The days of the exports by the ways to write them."""
    days = [monday + timedelta(days=more) for monday in MONDAYS for more in range(15)]
    return {form(day): day for day in days for form in DATE_FORMS}


def brought(one: Any, page: Page, words: str) -> Cells:
    """What an import adds or changes, in the form in which a page says what it holds."""
    got: Cells = set()
    for row in one.difference.rows:
        if row.state not in (State.ADDED, State.CHANGED):
            continue
        assert row.table == page.sheet and row.index is not None, words
        table = one.difference.after[row.table]
        keys = {key: as_text(table[key][row.index]) for key in ("learner_id", "week") if key in table.sheet.by_key}
        cells = {cell.key: " ".join(as_text(cell.new).split()) for cell in row.cells if cell.key not in keys}
        if page.sheet == "Registers":
            got |= {(*keys.items(), cell) for cell in cells.items()}
        else:
            got.add(tuple(sorted((keys | cells).items())))
    return got


def outcome(folder: Path, seed: int) -> str:
    """What an export of this seed came to: "same", "asked" or "refused"; anything else is an error with the file."""
    name, data, page = export_of(Random(seed))
    path = folder / name
    path.write_bytes(data)
    words = f"seed {seed}: {page.sheet}\n" + "\n".join(map(str, page.rows))
    try:
        one = read_import(BEFORE, path)
    except CannotDo as why:
        return f"refused: {why}" if len(sys.argv) > 3 else "refused"
    if one.difference is None:
        assert one.questions
        return f"asked: {one.questions[0].words}" if len(sys.argv) > 3 else "asked"
    got = brought(one, page, words)
    assert got <= page.wanted, f"rows that the file does not say: {sorted(got - page.wanted)}\n{words}"
    if got == page.wanted:
        return "same"
    refused = one.difference.of(State.REFUSED)
    assert refused, f"lost without a word: {sorted(page.wanted - got)}\n{words}\n{one.left_out}"
    return f"in part: {refused[0].reason}" if len(sys.argv) > 3 else "in part"


def by_hand(outcome: Callable[[Path, int], str]) -> None:
    """Try the seeds that the command line names, and count how they end."""
    first, count = map(int, sys.argv[1:3])
    ends: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as room:
        for seed in range(first, first + count):
            try:
                ends[outcome(Path(room), seed)] += 1
            except AssertionError as why:
                ends["WRONG"] += 1
                print(f"--- {seed}: {why}")
    for end, number in ends.most_common():
        print(number, end)


if __name__ == "__main__":
    by_hand(outcome)
