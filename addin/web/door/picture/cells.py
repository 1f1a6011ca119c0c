"""The cells of a sheet as they are seen: text in its number format, how far each reaches, which look it has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from addin.web.door.picture.looks import Looks
from workbook.model.excel import END_OF_DATES
from workbook.package.xml_tree import Element, fromstring
from workbook.reading.outline import column_number, corners
from workbook.reports.engine.styles import Styles

MOST_ROWS, MOST_COLUMNS = 400, 60
_CELL = re.compile(r"^([A-Z]+)(\d+)$")
_PIXELS_OF_A_CHARACTER, _PADDING = 7, 5
Area = tuple[int, int, int, int]


def _words(holder: Element) -> str:
    """The text of a string, its runs one after the other; what is written above words for reading is left out."""
    plain = holder.findtext("{*}t") or ""
    return plain + "".join(run.findtext("{*}t") or "" for run in holder.iterfind("{*}r"))


class Cells:
    """The rows and columns of a sheet to be drawn; `used` are the looks that its cells name by their place."""

    def __init__(
        self, root: Element, looks: Looks, styles: Styles, shared: bytes | None, epoch_1904: bool = False
    ) -> None:
        self._root, self._looks, self._styles = root, looks, styles
        self._texts = [_words(one) for one in fromstring(shared).iterfind("{*}si")] if shared else []
        self._first_day = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)
        self.used: list[dict[str, Any]] = []
        self._places: dict[tuple[int, bool, int | None], int] = {}
        self._merged: dict[tuple[int, int], tuple[int, int]] = {}
        self._covered: set[tuple[int, int]] = set()
        for area in (corners(one.get("ref", "")) for one in root.iter("{*}mergeCell")):
            if area:
                top, bottom, left, right = area
                self._merged[top, left] = right - left + 1, bottom - top + 1
                inside = {(r, c) for r in range(top, min(bottom, MOST_ROWS) + 1) for c in range(left, right + 1)}
                self._covered |= inside - {(top, left)}
        self._rules = list(_rules(root))
        self._last = 1
        self.cut = False

    def rows(self) -> list[dict[str, Any]]:
        """Each row with its height in points and its cells; ``cut`` then says whether there are more."""
        data, found, expected = self._root.find("{*}sheetData"), [], 1
        default = _default_height(self._root)
        for row in data if data is not None else ():
            number = int(row.get("r") or expected)
            if number > MOST_ROWS:
                self.cut = True
                break
            found += [{"height": default, "cells": []} for _ in range(expected, number)]
            hidden = row.get("hidden") in ("1", "true")
            cells = [] if hidden else [one for cell in row if (one := self._cell(cell, number))]
            found.append({"height": 0 if hidden else float(row.get("ht") or default), "cells": cells})
            expected = number + 1
        return found

    def widths(self) -> list[int]:
        """The columns in use, in pixels; 0 for a hidden one."""
        widths = [64] * self._last
        cols = self._root.find("{*}cols")
        for col in cols if cols is not None else ():
            wide = round(float(col.get("width") or 8.43) * _PIXELS_OF_A_CHARACTER + _PADDING)
            for place in range(int(col.get("min", "1")), min(int(col.get("max", "1")), self._last) + 1):
                widths[place - 1] = 0 if col.get("hidden") in ("1", "true") else wide
        return widths

    def _cell(self, cell: Element, row: int) -> dict[str, Any] | None:
        place = _CELL.match(cell.get("r", ""))
        column = column_number(place[1]) if place else 0
        if not 0 < column <= MOST_COLUMNS or (row, column) in self._covered:
            return None
        style = int(cell.get("s", "0"))
        text, number = self._text(cell)
        across, down = self._merged.get((row, column), (1, 1))
        self._last = max(self._last, min(column + across - 1, MOST_COLUMNS))
        rule = next((dxf for area, holds, dxf in self._rules if _inside(area, row, column) and holds(text)), None)
        return {"column": column, "across": across, "down": down, "text": text, "look": self._look(style, rule, number)}

    def _text(self, cell: Element) -> tuple[str, bool]:
        """What a cell shows, and whether it is a number, which stands on the right."""
        kind, value = cell.get("t", "n"), cell.findtext("{*}v")
        inline = cell.find("{*}is")
        if kind == "inlineStr" and inline is not None:
            return _words(inline), False
        if value is None or value == "":
            return "", False
        if kind == "s":
            place = int(value)
            return (self._texts[place] if place < len(self._texts) else ""), False
        if kind != "n":
            return ({"0": "FALSE", "1": "TRUE"}.get(value, value) if kind == "b" else value), False
        number, form = float(value), self._styles.format(cell.get("s"))
        if form.is_date and 0 < number < END_OF_DATES:
            return form.text(self._first_day + timedelta(days=number)), True
        return form.text(int(number) if number.is_integer() else number), True

    def _look(self, style: int, rule: int | None, number: bool) -> int:
        """The place of a look in `used`, put there the first time."""
        key = (style, number, rule)
        if key not in self._places:
            cells, more = self._looks.cells, self._looks.conditional
            look = dict(cells[style]) if style < len(cells) else {}
            look |= more[rule] if rule is not None and rule < len(more) else {}
            if number:
                look.setdefault("text-align", "right")
            self._places[key] = len(self.used)
            self.used.append(look)
        return self._places[key]


def _default_height(root: Element) -> float:
    told = root.find("{*}sheetFormatPr")
    return float(told.get("defaultRowHeight", "15")) if told is not None else 15.0


def _inside(areas: list[Area], row: int, column: int) -> bool:
    return any(top <= row <= bottom and left <= column <= right for top, bottom, left, right in areas)


def _rules(root: Element) -> Iterator[tuple[list[Area], Callable[[str], bool], int]]:
    """Conditional formats that look at a cell's own words, the first in order first; others are passed over."""
    found = []
    for holder in root.iterfind("{*}conditionalFormatting"):
        areas = [area for one in (holder.get("sqref") or "").split() if (area := corners(one))]
        for rule in holder.iterfind("{*}cfRule"):
            words, kind = rule.get("text"), rule.get("type", "")
            if kind == "cellIs" and rule.get("operator") == "equal":
                formula = (rule.findtext("{*}formula") or "").strip()
                words = formula[1:-1] if formula.startswith('"') else None
            if words is not None and kind in _TESTS and rule.get("dxfId"):
                found.append(
                    (int(rule.get("priority", "0")), areas, kind, words.casefold(), int(rule.get("dxfId", "0")))
                )
    for _, areas, kind, words, dxf in sorted(found, key=lambda one: one[0]):
        yield areas, _test(kind, words), dxf


def _test(kind: str, words: str) -> Callable[[str], bool]:
    holds = _TESTS[kind]
    return lambda text: holds(text.casefold(), words)


_TESTS: dict[str, Callable[[str, str], bool]] = {
    "cellIs": lambda text, words: text == words,
    "endsWith": lambda text, words: text.endswith(words),
    "beginsWith": lambda text, words: text.startswith(words),
    "containsText": lambda text, words: words in text,
}
