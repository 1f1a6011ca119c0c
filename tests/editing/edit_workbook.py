"""A small workbook with two of a tracker's sheets and all that a user may have put beside them, for the edit tests."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from tests.audit import errors_in
from workbook.model import Sheet, sheet
from workbook.model.tracker import column_letter
from workbook.package.parts import Package

MACROS = b"\xd0\xcf\x11\xe0 not a real project, but bytes that must survive"
LEARNERS = [
    {
        "learner_id": "0012",
        "first_name": "Zoë",
        "surname": "O'Neil",
        "year": 10,
        "form": "10C",
        "date_of_birth": date(2011, 3, 4),
        "notes": "=1+1",
    },
    {"learner_id": "S002", "first_name": "Amira", "surname": "Example", "year": 11, "form": "11A"},
]
# The letters beside the model's own columns of Learners: a mentor's score, and a formula that doubles it.
LAST = column_letter(len(sheet("Learners").columns))
SCORE, TWICE = (column_letter(len(sheet("Learners").columns) + place) for place in (1, 2))
BEHAVIOUR = [{"learner_id": "0012", "date": date(2026, 9, 7), "type": "Phone"}]


def make_workbook(
    path: Path,
    records: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    *,
    blank_rows: int = 0,
    from_1904: bool = False,
    extras: bool = True,
) -> Path:
    """Write the workbook: the tables named in ``records``, each with ``blank_rows`` at its end, at least one row."""
    records = records if records is not None else {"Learners": LEARNERS, "Behaviour": BEHAVIOUR}
    book = xlsxwriter.Workbook(str(path), {"date_1904": from_1904})
    for name, rows in records.items():
        _write_sheet(book, sheet(name), rows, blank_rows, extras)
    if extras:
        _write_own_sheet(book)
    if path.suffix == ".xlsm":
        project = path.with_suffix(".bin")
        project.write_bytes(MACROS)
        book.add_vba_project(str(project))
    book.close()
    return path


def _write_sheet(
    book: xlsxwriter.Workbook, model: Sheet, rows: Sequence[Mapping[str, Any]], blank_rows: int, extras: bool
) -> None:
    page = book.add_worksheet(model.name)
    page.write(0, 0, model.name, book.add_format({"bold": True, "font_size": 18}))
    text, day = (
        book.add_format({"num_format": "@", "border": 1}),
        book.add_format({"num_format": "dd/mm/yyyy"}),
    )
    plain, grey = book.add_format({"border": 1}), book.add_format({"bg_color": "#EEEEEE"})
    by_kind = {"learner ID": text, "date": day, "UPN": text, "ULN": text}
    own = [{"header": "My score"}, {"header": "Twice"}] if extras else []
    headers = [{"header": one.header} for one in model.columns] + own
    last = 3 + max(len(rows) + blank_rows, 1)
    for number, column in enumerate(model.columns):
        style = grey if column.computed else by_kind.get(column.kind, plain)
        headers[number]["format"] = style
        if column.computed:
            headers[number]["formula"] = model.native(column)
    if extras:
        own[1]["formula"] = f"={_letter(len(model.columns))}5*2"
    page.add_table(3, 0, last, len(headers) - 1, {"name": model.table, "columns": headers})
    for place in range(4, last + 1):
        page.set_row(place, 19.5)
        record = rows[place - 4] if place - 4 < len(rows) else {}
        for number, column in enumerate(model.columns):
            style = headers[number]["format"]
            if column.computed:
                page.write_formula(place, number, model.native(column), style, "")
            elif isinstance(record.get(column.key), (date, datetime)):
                page.write_datetime(place, number, record[column.key], style)
            elif isinstance(record.get(column.key), str):
                page.write_string(place, number, record[column.key], style)
            else:
                page.write(place, number, record.get(column.key), style)
        if extras:
            page.write(place, len(model.columns), place - 3 if record else None)
            page.write_formula(
                place,
                len(model.columns) + 1,
                f"={_letter(len(model.columns))}{place + 1}*2",
                None,
                (place - 3) * 2,
            )
    page.data_validation(4, 0, last, 0, {"validate": "custom", "value": "=LEN(A5)<20"})
    page.conditional_format(4, 0, last, 3, {"type": "cell", "criteria": "==", "value": 7, "format": grey})
    page.conditional_format(4, 3, last, 3, {"type": "data_bar", "data_bar_2010": True})
    page.ignore_errors({"number_stored_as_text": f"A5:A{last + 1}"})
    page.print_area(0, 0, last, len(headers) - 1)
    if extras:
        page.write_comment(4, 0, "a note")


def _write_own_sheet(book: xlsxwriter.Workbook) -> None:
    page = book.add_worksheet("My own")
    page.write_column(0, 0, [1, 2, 3])
    page.write_formula(4, 0, "=SUM(A1:A3)", None, 6)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='My own'!$A$1:$A$3"})
    page.insert_chart("C2", chart)


def _letter(number: int) -> str:
    return xlsxwriter.utility.xl_col_to_name(number)


def opened(path: Path, name: str = "Learners") -> Worksheet:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        page = openpyxl.load_workbook(path)[name]
    assert isinstance(page, Worksheet)
    return page


def row(page: Worksheet, number: int) -> dict[str, Any]:
    return {str(page.cell(4, cell.column).value): cell.value for cell in page[number]}


def audit(path: Path) -> set[str]:
    return {str(error.description) for error in errors_in(path)}


def raw(path: Path) -> dict[str, bytes]:
    package = Package.open(path)
    return {name: package.member(name).data for name in package.names}


NEW = {"learner_id": "S003", "first_name": "Léa", "surname": "Fiction", "year": 10, "form": "10C"}
