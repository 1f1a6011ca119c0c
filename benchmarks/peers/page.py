"""The page that all peers make: one A4 sheet with a logo, a table of subjects, conditional formats, a sum and a chart.

`draw` puts it on a sheet with XlsxWriter. Given a learner it is the report "by hand"; given the words that a peer
writes for a value it is that peer's template, with one row for the subjects.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import xlsxwriter

SHEET = "Report"
FIRST = 9
"""The row of the first subject, counted from 1."""
FIELDS = ("name", "target", "current", "points", "expected", "status", "effort", "comment")
HEADINGS = ("Subject", "Target", "Now", "Points", "Expected", "Status", "Effort", "Comment")
STATUS = {"Above": "CFE8D5", "On": "E3EEF4", "Just below": "FBE9C6", "Below": "F6CFC9"}
VOCABULARY: dict[str, Any] = {
    "learner": dict.fromkeys(("name", "learner_id", "form", "comment"), ""),
    "mentor": {"name": ""},
    "report": {"date": ""},
    "attendance": dict.fromkeys(("percent", "attended", "possible", "sentence"), ""),
    "subject": [dict.fromkeys(FIELDS, "")],
}
Look = dict[str, Any]


def logo() -> bytes:
    """A picture of 200 by 60 with some 9 KB, as a college's logo has."""
    rows, seed = [], 1
    for y in range(60):
        row = bytearray(b"\0")
        for x in range(200):
            seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
            grain = seed >> 28
            row += bytes((31 + x // 2 + grain, 95 + y, 122))
        rows.append(bytes(row))
    header = struct.pack(">IIBBBBB", 200, 60, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    written = (struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
               for kind, data in chunks)  # fmt: skip
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def looks(book: xlsxwriter.Workbook) -> Look:
    """The formats of the page."""
    line = {"border": 1, "border_color": "#D9E0E6", "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 20, "font_color": "#1F5F7A"}),
        "label": book.add_format({"font_color": "#5B6B7A"}),
        "plain": book.add_format({}),
        "percent": book.add_format({"num_format": '0.0"%"', "align": "left"}),
        "heading": book.add_format({"bold": True, "bg_color": "#1F5F7A", "font_color": "white", **line}),
        "cell": book.add_format(line),
        "number": book.add_format({"num_format": "0.0", **line}),
        "comment": book.add_format({"text_wrap": True, "font_size": 9, **line}),
        "total": book.add_format({"bold": True, "num_format": "0.0", "top": 2}),
        "words": book.add_format({"text_wrap": True, "valign": "top"}),
        "status": {word: book.add_format({"bg_color": f"#{colour}"}) for word, colour in STATUS.items()},
    }


def draw(book: xlsxwriter.Workbook, sheet: Any, look: Look, page: Mapping[str, Any], picture: bytes) -> None:
    """Put the page on an empty sheet; `page` has the vocabulary's shape, its subjects are the rows of the table."""
    subjects: Sequence[Mapping[str, Any]] = page["subject"]
    last = FIRST + len(subjects) - 1
    put_head(sheet, look, page, picture)
    sheet.write_row(FIRST - 2, 0, HEADINGS, look["heading"])
    kinds = {"points": "number", "expected": "number", "comment": "comment"}
    for row, subject in enumerate(subjects, FIRST - 1):
        for column, field in enumerate(FIELDS):
            sheet.write(row, column, subject[field], look[kinds.get(field, "cell")])
    sheet.write(last, 0, "Average", look["total"])
    for column in "DE":
        values = [subject["points" if column == "D" else "expected"] for subject in subjects]
        known = [value for value in values if isinstance(value, int | float)]
        mean = sum(known) / len(known) if known else 0
        sheet.write_formula(f"{column}{last + 1}", f"=AVERAGE({column}{FIRST}:{column}{last})", look["total"], mean)
    for word, colour in look["status"].items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": colour}
        sheet.conditional_format(f"F{FIRST}:F{last}", rule)
    sheet.conditional_format(f"D{FIRST}:D{last}", {"type": "data_bar", "bar_color": "#9CC3D5"})
    sheet.merge_range(f"A{last + 3}:H{last + 3}", page["learner"]["comment"], look["words"])
    sheet.set_row(last + 2, 48)
    put_chart(book, sheet, last)
    sheet.write(f"A{last + 22}", "Signed", look["label"])
    sheet.write(f"B{last + 22}", page["mentor"]["name"], look["plain"])
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


def put_head(sheet: Any, look: Look, page: Mapping[str, Any], picture: bytes) -> None:
    """The logo, the title and whom the page is about."""
    for columns, width in (("A:A", 24), ("B:G", 11), ("H:H", 44)):
        sheet.set_column(columns, width)
    sheet.insert_image("H1", "logo.png", {"image_data": io.BytesIO(picture), "object_position": 2})
    sheet.write("A1", "Progress report", look["title"])
    attendance = page["attendance"]
    pairs = [
        ("A3", "Name", "B3", page["learner"]["name"], "plain"),
        ("E3", "Learner ID", "F3", page["learner"]["learner_id"], "plain"),
        ("A4", "Form", "B4", page["learner"]["form"], "plain"),
        ("E4", "Date", "F4", page["report"]["date"], "plain"),
        ("A5", "Attendance", "B5", attendance["percent"], "percent"),
        ("E5", "Sessions", "F5", attendance["attended"], "plain"),
        ("G5", "of", "H5", attendance["possible"], "plain"),
    ]
    for label_at, label, at, value, kind in pairs:
        sheet.write(label_at, label, look["label"])
        sheet.write(at, value, look[kind])
    sheet.write("A6", attendance["sentence"], look["plain"])


def put_chart(book: xlsxwriter.Workbook, sheet: Any, last: int) -> None:
    """Points beside expected points, subject by subject."""
    chart: Any = book.add_chart({"type": "column"})
    for column, name in (("D", "Now"), ("E", "Expected")):
        chart.add_series({
            "name": name,
            "categories": f"={_quoted(sheet)}!$A${FIRST}:$A${last}",
            "values": f"={_quoted(sheet)}!${column}${FIRST}:${column}${last}",
        })  # fmt: skip
    chart.set_title({"name": "Points in each subject"})
    chart.set_size({"width": 880, "height": 320})
    sheet.insert_chart(f"A{last + 5}", chart, {"object_position": 1})


def _quoted(sheet: Any) -> str:
    return "'" + sheet.get_name().replace("'", "''") + "'"


def template(write: Callable[[str], str], *, notes: Mapping[str, str] | None = None, two_rows: bool = False) -> bytes:
    """A peer's template: `write` spells a name with dots ("subject.name") as the peer asks for it.

    `notes` stand on cells. With `two_rows` there are two for the subjects, as carbone wants them.
    """
    page = {
        group: {name: write(f"{group}.{name}") for name in names}
        for group, names in VOCABULARY.items()
        if isinstance(names, dict)
    }
    first = {field: write(f"subject.{field}") for field in FIELDS}
    second = {field: text.replace("[i]", "[i+1]") for field, text in first.items()}
    page["subject"] = [first, second] if two_rows else [first]
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    draw(book, sheet, looks(book), page, logo())
    for cell, note in (notes or {}).items():
        sheet.write_comment(cell, note)
    book.close()
    return file.getvalue()
