"""Actions as the page carries them out: JSON that names nothing of Office.js, with all that can be worked out here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from addin.deeds import actions
from addin.deeds.marks import COLUMN, NAME, formula
from addin.deeds.written import HEAD, HEAD_POINTS, block, heights, number_format
from workbook.building.look import ACCENT, BODY, DARK_RED, FONT, INK, LINE, MUTED, TITLE, WHITE, WRONG
from workbook.building.views.written_rows import Heading
from workbook.model.excel import serial

Told = dict[str, Any]
PROBLEMS = "Problems"
LOOK = {
    "font": FONT, "ink": INK, "muted": MUTED, "line": LINE, "accent": ACCENT, "white": WHITE, "title": TITLE,
    "body": BODY, "head": HEAD, "headHeight": HEAD_POINTS,
}  # fmt: skip


def write_sheet(action: actions.WriteSheet) -> Told:
    """A sheet to fill, its cells as Excel takes them."""
    return {
        "do": "writeSheet", "name": action.name, "table": action.name.replace(" ", ""), "purpose": action.purpose,
        "line": action.line, "after": action.after, "look": LOOK, "columns": list(map(_column, action.headings)),
        "rows": [list(map(_cell, row)) for row in block(action.headings, action.rows)],
        "heights": heights(action.headings, action.rows),
        "plain": [list(row) for row in action.rows] if action.name == PROBLEMS else None,
    }  # fmt: skip


def _column(one: Heading) -> Told:
    return {"header": one.header, "width": one.width, "format": number_format(one), "wraps": one.wraps,
            "centred": one.centred, "ink": ACCENT if one.kind == "link" else INK}  # fmt: skip


def marks(action: actions.Marks, tables: Mapping[str, str]) -> Told:
    """Keys and rules of marks; ``tables`` tells under which name Excel knows a table."""
    rules = [
        {"table": tables.get(name, name), "formula": formula(sheet), "fill": WRONG, "ink": DARK_RED}
        for name, sheet in action.tables.items()
    ]
    return {"do": "marks", "sheet": PROBLEMS, "column": COLUMN, "head": HEAD, "name": NAME,
            "keys": list(action.keys), "rules": rules}  # fmt: skip


def write_rows(action: actions.WriteRows, table: str) -> Told:
    """Blocks of entries, and what a table needs that grows."""
    blocks = [
        {"row": one.row, "column": one.column, "values": [list(map(_cell, row)) for row in one.values],
         "formats": list(one.formats.items())}
        for one in action.blocks
    ]  # fmt: skip
    return {"do": "writeRows", "table": table, "first": action.first, "last": action.last,
            "formulas": list(action.formulas.items()), "blocks": blocks}  # fmt: skip


def _cell(value: Any) -> Any:
    return "" if value is None else serial(value) if isinstance(value, date) else value
