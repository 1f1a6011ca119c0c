"""The rules of Excel's own accessibility checker, as far as a file shows them, and what public bodies must keep.

Source: "Rules for the Accessibility Checker" (Microsoft Support): alternative text, headings of tables, names of
sheets, text of links, contrast, merged cells; WCAG 2.1 level AA 1.4.3 for contrast (4.5, large text 3) and 2.4.2 for
a title.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

_PROPERTIES = re.compile(r"<(?:\w+:)?cNvPr\b[^>]*>")
_LARGE, _LARGE_BOLD = 18, 14


def breaches(path: Path) -> list[str]:
    """What a screen reader or somebody with low vision would miss, each with its place."""
    book = openpyxl.load_workbook(path)
    found = [] if (book.properties.title or "").strip() else ["the file has no title"]
    found += _drawings(path)
    for sheet in book.worksheets:
        found += [f"{sheet.title}: {one}" for one in _sheet(sheet)]
    return found


def _drawings(path: Path) -> Iterator[str]:
    """Charts and pictures without alternative text."""
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
                for tag in _PROPERTIES.findall(file.read(name).decode()):
                    said = re.search(r'\bdescr="([^"]*)"', tag)
                    if not said or len(said[1].strip()) < 10:
                        yield f"{name}: a drawing without alternative text: {tag}"


def _sheet(sheet: Worksheet) -> Iterator[str]:
    if re.fullmatch(r"Sheet\d*", sheet.title):
        yield "the name says nothing"
    merged = [one.bounds for one in sheet.merged_cells.ranges]
    for table in sheet.tables.values():
        left, top, right, bottom = range_boundaries(table.ref)
        if not table.headerRowCount:
            yield f"the table {table.name} has no headings"
        if any(a <= right and c >= left and b <= bottom and d >= top for a, b, c, d in merged):
            yield f"merged cells in the table {table.name}"
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None and cell.value != "":
                ratio, needed = _contrast(cell), _needed(cell)
                if ratio is not None and ratio < needed:
                    yield f"{cell.coordinate}: contrast {ratio:.1f}, at least {needed} is needed"
                if cell.hyperlink and re.match(r"https?://|click here$|here$", str(cell.value), re.IGNORECASE):
                    yield f"{cell.coordinate}: a link that does not say where it leads"


def _needed(cell: Cell) -> float:
    size = cell.font.sz or 11
    return 3 if size >= _LARGE or (cell.font.b and size >= _LARGE_BOLD) else 4.5


def _contrast(cell: Cell) -> float | None:
    """Of the text against its cell; None where a theme's colour is not written out, or the text is not to show."""
    ink = cell.font.color.rgb if cell.font.color is not None and cell.font.color.type == "rgb" else "FF000000"
    ground = cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else "FFFFFFFF"
    if not isinstance(ink, str) or not isinstance(ground, str) or ink[-6:] == ground[-6:]:
        return None
    lighter, darker = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[-6:][at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
