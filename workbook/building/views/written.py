"""The sheets that Mentorbook writes: Problems, Flags and My week, each a table with links to the cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.building.heights import row_heights
from workbook.building.look import ACCENT, BODY, DATE, LINE, TABS
from workbook.building.tables.rules import SPARE, choice_name
from workbook.building.tables.table import HEAD, ROW_POINTS, set_up_print
from workbook.building.views.places import START, Matter, figure, open_view, purpose, put
from workbook.building.views.written_rows import (
    BAND_FILLS,
    CELEBRATION,
    FLAGS,
    PROBLEMS,
    WEEK,
    Heading,
    Person,
    as_of,
    flag_rows,
    line,
    people_of,
    problem_rows,
    week_rows,
)
from workbook.measures.week_entries import KINDS
from workbook.model import Group, Value
from workbook.model.excel import serial
from workbook.model.tracker import as_date


def write_problems(page: Any, matter: Matter) -> None:
    """What the check found, a row a cell."""
    write_list(page, matter, "Problems", PROBLEMS, problem_rows(matter.problems))


def write_flags(page: Any, matter: Matter) -> None:
    """Who needs a look or a talk, and why."""
    rows = flag_rows(matter.flags, _people(matter))
    write_list(page, matter, "Flags", FLAGS, rows)
    for word, fill in BAND_FILLS.items():
        style = matter.look.difference(bg_color=fill, bold=word in ("Head of Year", "Talk"))
        rule_ = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
        page.conditional_format(HEAD, 4, HEAD + len(rows) + 50, 4, rule_)


def write_celebration(page: Any, matter: Matter) -> None:
    """Whom to celebrate and for what."""
    rows = list(matter.lists.get("Celebration", ()))
    write_list(page, matter, "Celebration", CELEBRATION, rows, Group.PROGRESS_DAY)


def write_week(page: Any, matter: Matter) -> None:
    """What is due, with a link to where it stands, and cells in which to record what was done about it."""
    rows = week_rows(matter.week, _people(matter))
    write_list(page, matter, "My week", WEEK, rows)
    columns = {one.header: place for place, one in enumerate(WEEK)}
    late = {"type": "formula", "criteria": f'=ISNUMBER(SEARCH(" late",$E{HEAD + 1}))'}
    style = matter.look.difference(bg_color=BAND_FILLS["Look"])
    page.conditional_format(HEAD, 0, HEAD + len(rows) + 50, 0, late | {"format": style})
    page.print_area(0, 0, HEAD + len(rows), columns["Cell"])
    last, record = HEAD + len(rows) + SPARE, columns["Record"]
    page.data_validation(
        HEAD, record, last, record, _choosing(list(KINDS), "What you did. Seen: nothing to do, and In words says why.")
    )
    cell = f"${chr(ord('A') + record)}{HEAD + 1}"
    source = (
        f'=IF({cell}="Intervention",{choice_name("Intervention types")},'
        f'IF({cell}="Target",{choice_name("Target areas")},{choice_name("Contact with")}))'
    )
    kind = columns["With or kind"]
    page.data_validation(HEAD, kind, last, kind, _choosing(source, "With whom, or which intervention or target."))


def _choosing(source: list[str] | str, words: str) -> dict[str, Any]:
    return {"validate": "list", "source": source, "input_message": words, "error_type": "warning",
            "error_message": "That is not in the list. Keep it?"}  # fmt: skip


def _people(matter: Matter) -> dict[Value, Person]:
    return people_of(matter.tracker, matter.values("Learners", "name"))


def write_list(
    page: Any,
    matter: Matter,
    name: str,
    columns: Sequence[Heading],
    rows: Sequence[tuple[Any, ...]],
    group: Group = Group.EVERY_DAY,
) -> None:
    """A written sheet: its line, its table with a row for each of ``rows``, links to the cells they name."""
    look = matter.look
    open_view(page, look, name, purpose(name), group, [column.width for column in columns])
    write_line(page, matter, name, len(rows))
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
            "columns": [{"header": one.header, "header_format": look.header(False, one.centred)} for one in columns],
        },
    )
    page.set_row(HEAD - 1, 24)
    notes = [([row[i] for row in rows], one.width) for i, one in enumerate(columns) if one.wraps]
    for height, (number, row) in zip(
        row_heights(notes, len(rows), ROW_POINTS, BODY), enumerate(rows, HEAD), strict=True
    ):
        if height:
            page.set_row(number, height)
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            _put(page, matter, number, place, column, value, row)
    page.freeze_panes(HEAD, 2)
    page.set_tab_color(TABS[group])
    set_up_print(page, name, HEAD - 1)


def write_line(page: Any, matter: Matter, name: str, rows: int, **properties: Any) -> None:
    """The line under the purpose: the day, until entries change."""
    worked_out = matter.on if name != "Problems" or matter.checked else None
    more = matter.week_line if name == "My week" else ""
    words, style = as_of(name, rows, worked_out, more), matter.look.muted(italic=True, **properties)
    if matter.book.get_worksheet_by_name(START):  # which holds the live mark
        put(page, 2, 0, line(words, worked_out, matter.mark), words, style)
    else:
        page.write_string(2, 0, words, style)


def _put(page: Any, matter: Matter, row: int, place: int, column: Heading, value: Any, whole: tuple[Any, ...]) -> None:
    look = matter.look
    if column.entry:
        style = {"num_format": DATE} if column.dated else {} if column.wraps else {"num_format": "@"}
        page.write_blank(row, place, None, figure(look, border=1, border_color=ACCENT, text_wrap=column.wraps, **style))
    elif value is None or value == "":
        page.write_blank(row, place, None, figure(look, **_style(column)))  # what comes later looks like the first row
    elif column.kind == "link" and whole[place - 1] in matter.names:
        page.write_url(
            row,
            place,
            f"internal:'{whole[place - 1]}'!{value}",
            look.link(align="center", bottom=1, bottom_color=LINE),
            str(value),
        )
    elif column.kind == "figure" and isinstance(value, int | float):
        page.write_number(row, place, value, figure(look, align="center"))
    elif column.kind == "date" and as_date(value):
        page.write_number(row, place, serial(value), figure(look, **_style(column)))
    else:
        page.write_string(row, place, str(value), figure(look, **_style(column)))


def _style(column: Heading) -> dict[str, Any]:
    """What the cells of a column look like, whatever is in them."""
    plain = DATE if column.kind == "date" else "@" if column.kind == "text" else "General"
    middle = {"align": "center"} if column.centred else {}
    return {"text_wrap": column.kind == "note", "num_format": plain, **middle}
