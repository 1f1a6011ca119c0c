"""The sheets that Mentorbook writes: Problems, Flags and My week, each a table with links to the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workbook.files.build_cells import row_heights, serial
from workbook.files.build_table import HEAD, ROW_POINTS, set_up_print
from workbook.files.look import DATE, LINE, TABS
from workbook.files.views import Matter, figure, open_view, purpose
from workbook.model import Group, Value
from workbook.model.rules import BY_CODE, Band
from workbook.model.tracker import as_date

BAND_WORDS = {
    Band.HEAD_OF_YEAR: "Head of Year",
    Band.TALK: "Talk",
    Band.LOOK: "Look",
    Band.CARE: "Care",
    Band.INFORMATION: "For information",
    Band.STRENGTH: "Strength",
}
BAND_FILLS = {"Head of Year": "#F6D7D2", "Talk": "#F6D7D2", "Look": "#FFE8B3", "Strength": "#CCE8D6"}


@dataclass(frozen=True)
class Heading:
    """A column of a written sheet."""

    header: str
    width: float
    kind: str = "text"  # text, note (wrapped), date or link

    @property
    def centred(self) -> bool:
        """Whether its cells stand in the middle."""
        return self.kind in ("date", "link")


PROBLEMS = (
    Heading("Sheet", 18),
    Heading("Cell", 9, "link"),
    Heading("What is there", 24),
    Heading("What is wrong", 64, "note"),
    Heading("How to mend it", 56, "note"),
    Heading("Did you mean", 16),
)
FLAGS = (
    Heading("Learner ID", 11),
    Heading("Learner", 24),
    Heading("Form", 8),
    Heading("Mentor", 18),
    Heading("Band", 15),
    Heading("Flag", 28),
    Heading("Reason", 66, "note"),
    Heading("What to do", 50, "note"),
    Heading("Data date", 13, "date"),
)
WEEK = (
    Heading("Due", 13, "date"),
    Heading("What", 50, "note"),
    Heading("Learner", 24),
    Heading("Form", 8),
    Heading("Why", 60, "note"),
    Heading("Sheet", 18),
    Heading("Cell", 9, "link"),
)


def write_problems(page: Any, matter: Matter) -> None:
    """What the check found, a row a cell."""
    rows = [(one.sheet, one.cell, _words(one.value), one.message, one.fix, one.suggestion) for one in matter.problems]
    _write(page, matter, "Problems", PROBLEMS, rows, "Nothing to mend was found when this workbook was made.")


def write_flags(page: Any, matter: Matter) -> None:
    """Who needs a look or a talk, and why."""
    people = _people(matter)
    rows = []
    for flag in matter.flags:
        rule, (name, form, mentor) = BY_CODE.get(flag.code), people.get(flag.learner_id, (None, None, None))
        band = BAND_WORDS.get(flag.band, str(flag.band).capitalize())
        title, do = (rule.title, rule.do) if rule else (flag.code, None)
        rows.append((flag.learner_id, name, form, mentor, band, title, flag.reason, do, flag.data_date))
    _write(page, matter, "Flags", FLAGS, rows, "No flags yet: they are worked out from levels, effort and registers.")
    for word, fill in BAND_FILLS.items():
        style = matter.look.difference(bg_color=fill, bold=word in ("Head of Year", "Talk"))
        rule_ = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
        page.conditional_format(HEAD, 4, HEAD + len(rows) + 50, 4, rule_)


def write_week(page: Any, matter: Matter) -> None:
    """What is due, with a link to where it stands."""
    people = _people(matter)
    rows = []
    for one in matter.week:
        name, form, _ = people.get(one.learner_id, (None, None, None))
        rows.append((one.due, one.what, name, form, one.reason, one.sheet, one.cell))
    _write(page, matter, "My week", WEEK, rows, "Nothing is due in the coming days.")


def _people(matter: Matter) -> dict[Value, tuple[Value, Value, Value]]:
    keys = ("learner_id", "name", "form", "mentor")
    return {i: (n, f, m) for i, n, f, m in zip(*(matter.values("Learners", key) for key in keys), strict=True)}


def _words(value: object) -> str | None:
    if value is None:
        return None
    day = as_date(value) if not isinstance(value, str) else None  # type: ignore[arg-type]
    return f"{day.day} {day:%b %Y}" if day else str(value)[:200]


def _write(
    page: Any, matter: Matter, name: str, columns: Sequence[Heading], rows: Sequence[tuple[Any, ...]], none: str
) -> None:
    look = matter.look
    open_view(page, look, name, purpose(name), Group.EVERY_DAY, [column.width for column in columns])
    made = f"As of {matter.on.day} {matter.on:%B %Y}. " if matter.on else ""
    words = f"{made}Mentorbook writes this sheet; what you type here is not kept." if rows else none
    page.write_string(2, 0, words, look.muted(italic=True))
    last = HEAD + max(1, len(rows)) - 1
    page.add_table(
        HEAD - 1,
        0,
        last,
        len(columns) - 1,
        {
            "name": name.replace(" ", ""),
            "style": None,
            "banded_rows": False,
            "columns": [
                {"header": one.header, "header_format": look.header(False, one.kind in ("date", "link"))}
                for one in columns
            ],
        },
    )
    page.set_row(HEAD - 1, 24)
    notes = [([row[i] for row in rows], one.width) for i, one in enumerate(columns) if one.kind == "note"]
    for height, (number, row) in zip(
        row_heights(notes, len(rows), 13.5, ROW_POINTS), enumerate(rows, HEAD), strict=True
    ):
        if height:
            page.set_row(number, height)
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            _put(page, matter, number, place, column, value, row)
    page.freeze_panes(HEAD, 2)
    page.set_tab_color(TABS[Group.EVERY_DAY])
    set_up_print(page, name, HEAD - 1)


def _put(page: Any, matter: Matter, row: int, place: int, column: Heading, value: Any, whole: tuple[Any, ...]) -> None:
    look = matter.look
    if value is None or value == "":
        page.write_blank(row, place, None, figure(look))
    elif column.kind == "link" and whole[place - 1] in matter.names:
        page.write_url(
            row,
            place,
            f"internal:'{whole[place - 1]}'!{value}",
            look.link(align="center", bottom=1, bottom_color=LINE),
            str(value),
        )
    elif column.kind == "date" and as_date(value):
        page.write_number(row, place, serial(value), figure(look, num_format=DATE, align="center"))
    else:
        style = figure(look, text_wrap=column.kind == "note", num_format="@" if column.kind == "text" else "General")
        page.write_string(row, place, str(value), style)
