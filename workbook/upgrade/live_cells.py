"""The cells of Start that other sheets ask by name: put right where a college has made Start its own.

A Start that somebody changed by hand stays, but what it works out must be this version's: the last day of the data,
the number that tells whether entries changed, the rows that repeat a week. A name that points to nowhere gets a cell
beside the sheet's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape

from workbook.building.views.places import START
from workbook.editing.sheet import SheetText
from workbook.measures import entries_mark
from workbook.measures.data_date import DATA_DATE
from workbook.model.questions import ON_START
from workbook.model.tracker import column_letter
from workbook.package import xml_tree as etree
from workbook.reading.outline import column_number, corners

ASKED: dict[str, tuple[str, str]] = {
    "data_date": (DATA_DATE, "the last day of the data"),
    entries_mark.NAME: (entries_mark.formula(), "whether entries have changed"),
    **{name: (formula, "weeks that stand on Registers twice") for name, formula in ON_START.items()},
}
"""The formula of each name, and what it tells in words."""
_PLACE = re.compile(rf"'?{START}'?!\$?([A-Z]+)\$?(\d+)")
_CELL = re.compile(rb'<(?:[\w.-]+:)?c\b[^>]*?\br="([A-Z]+)\d+"')


def put_right(text: SheetText, names: Mapping[str, str], in_old_words: Callable[[str], str]) -> dict[str, str]:
    """Give Start (``text``) the formulas that ``names`` should point to; the meaning of each name that was put right.

    ``names`` has the meaning of every name by its small letters, ``in_old_words`` spells a formula with the workbook's
    own headings. A name of another sheet is somebody's own and stays.
    """
    mended = {}
    for name, (formula, _) in ASKED.items():
        wanted, meaning = in_old_words(formula), names.get(name, "#REF!")
        found = _PLACE.fullmatch(meaning)
        held = _formula(text, int(found[2]), column_number(found[1])) if found else ""
        if held == wanted or (not found and "#REF!" not in meaning):
            continue
        row, column = (int(found[2]), column_number(found[1])) if found and held else _free(text)
        _put(text, row, column, wanted)
        mended[name] = f"{START}!${column_letter(column)}${row}"
    return mended


def _free(text: SheetText) -> tuple[int, int]:
    """A cell of the first row, a column away from everything that stands on the sheet."""
    more = b"".join((text.rows, *text.anew.values(), *text.more.values()))
    last = max((column_number(one.decode()) for one in _CELL.findall(more)), default=1)
    return text.numbers[0] if text.numbers else 1, last + 2


def _formula(text: SheetText, row: int, column: int) -> str:
    """The formula of a cell; empty where it has none."""
    for cell in text.element(row) if row in text else ():
        if _column(cell) == column:
            held = next((one for one in cell if one.tag.rpartition("}")[2] == "f"), None)
            return unescape(held.text or "") if held is not None else ""
    return ""


def _put(text: SheetText, row: int, column: int, formula: str) -> None:
    """A formula into a cell, which keeps its look."""
    if row not in text:
        text.more[row] = f'<{text.prefix}row r="{row}"></{text.prefix}row>'.encode()
    element = text.element(row)
    main = element.tag.rpartition("}")[0] + "}" if "}" in element.tag else ""
    cell = next((one for one in element if _column(one) == column), None)
    if cell is None:
        cell = etree.Element(f"{main}c", {"r": f"{column_letter(column)}{row}"})
        element.insert(sum(_column(one) < column for one in element), cell)
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    etree.sub_element(cell, f"{main}f").text = formula
    text.put(row, element)


def _column(cell: etree.Element) -> int:
    area = corners(cell.get("r", ""))
    return area[2] if area else 0
