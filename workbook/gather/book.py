"""A set's figures as a workbook: a sheet for each academic year, with charts that Excel draws itself, on A4."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from workbook.building import look
from workbook.building.in_english import EnglishWorkbook
from workbook.building.worked_out import results_are_stored
from workbook.gather.figures import GroupFigures
from workbook.package.writing import write_safely

_COLUMNS = (
    ("on_roll", "On roll", 9),
    ("attendance", "Attendance %", 13),
    ("unauthorised_percent", "Unauthorised %", 14),
    ("persistent", "Persistently absent", 12),
    ("severe", "Severely absent", 12),
    ("with_concern", "With a concern", 12),
    ("to_talk_to", "To talk to", 12),
    ("below", "Below in a subject", 12),
)
_FIRST = 4
HIDDEN = "*"


def write_book(path: Path, rows: Sequence[GroupFigures], by: str, *, replace: bool = False) -> None:
    """Write the figures to ``path``; with ``replace`` over a file that is there. Hidden figures are an asterisk."""
    buffer = BytesIO()
    book = EnglishWorkbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    results_are_stored(book)
    styles = _styles(book)
    for year in dict.fromkeys(one.academic_year for one in rows):
        _sheet(book, styles, year, [one for one in rows if one.academic_year == year], by)
    if not rows:
        book.add_worksheet("Figures").write(0, 0, "No learner is on roll in this set.", styles["title"])
    book.close()
    write_safely(path, lambda file: file.write(buffer.getvalue()) and None, replace=replace)


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": look.FONT, "font_size": 11, "font_color": look.INK}
    line = {"bottom": 1, "bottom_color": look.LINE}
    return {
        "title": book.add_format(base | {"bold": True, "font_size": 16}),
        "about": book.add_format(base | {"font_color": look.MUTED}),
        "heading": book.add_format(
            base
            | {"bold": True, "font_color": "#FFFFFF", "bg_color": look.ACCENT, "text_wrap": True, "valign": "vcenter"}
        ),
        "text": book.add_format(base | line),
        "whole": book.add_format(base | line | {"align": "center"}),
        "figure": book.add_format(base | line | {"align": "center", "num_format": "0.0"}),
        "all": book.add_format(base | line | {"bold": True}),
    }


def _sheet(book: Any, styles: dict[str, Any], year: str, rows: Sequence[GroupFigures], by: str) -> None:
    sheet = book.add_worksheet(year or "No year")
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST - 1)
    sheet.freeze_panes(_FIRST, 1)
    sheet.set_column(0, 0, 26)
    sheet.write(0, 0, f"{year} by {by.replace('-', ' ')}", styles["title"])
    about = "Learners on roll. Attendance in the year to date. * fewer than six, or would give such a number away."
    sheet.write(1, 0, about, styles["about"])
    sheet.set_row(_FIRST - 1, 32)
    sheet.write(_FIRST - 1, 0, by.replace("-", " ").capitalize(), styles["heading"])
    for column, (_, heading, width) in enumerate(_COLUMNS, start=1):
        sheet.set_column(column, column, width)
        sheet.write(_FIRST - 1, column, heading, styles["heading"])
    for line, one in enumerate(rows, start=_FIRST):
        name = "All" if one.group is None else one.group or "(blank)"
        sheet.write_string(line, 0, name, styles["all" if one.group is None else "text"])
        for column, (key, _, _) in enumerate(_COLUMNS, start=1):
            value = HIDDEN if key in one.hidden else one[key]
            style = styles["figure" if key in ("attendance", "unauthorised_percent") else "whole"]
            sheet.write(line, column, value, style)
    last = _FIRST + len(rows) - 1
    if len(rows) > 1:
        _charts(book, sheet, last)


def _charts(book: Any, sheet: Any, last: int) -> None:
    name = sheet.get_name()
    below = last + 2
    height = max(240, 60 + 18 * (last - _FIRST))
    attendance = book.add_chart({"type": "bar"})
    attendance.add_series(_series(name, 2, last, look.ACCENT))
    counts = book.add_chart({"type": "bar"})
    for column, colour in ((6, look.ACCENT), (7, "#B3541E"), (8, "#8A9BA8")):
        counts.add_series(_series(name, column, last, colour))
    for chart, title, description, at in (
        (attendance, "Attendance %", "Bars: attendance of each group in percent", 0),
        (counts, "Learners", "Bars: learners of each group with a concern, to talk to, below", 5),
    ):
        chart.set_title({"name": title, "name_font": {"size": 11, "color": look.INK}, "overlay": False})
        chart.set_y_axis({"reverse": True, "line": {"none": True}})
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": look.LINE}}, "line": {"none": True}})
        chart.set_size({"width": 520, "height": height})
        chart.set_legend({"position": "bottom"} if chart is counts else {"none": True})
        sheet.insert_chart(below, at, chart, {"description": description})


def _series(name: str, column: int, last: int, colour: str) -> dict[str, Any]:
    return {
        "name": [name, _FIRST - 1, column],
        "categories": [name, _FIRST + 1, 0, last, 0],
        "values": [name, _FIRST + 1, column, last, column],
        "fill": {"color": colour},
        "gap": 60,
    }
