"""What a workbook keeps beside its entries: results of formulas, figures of charts, records of pivots, old texts.

All of it is worked out anew or forgotten, so that nothing of rows that went is left. What Python works out stands in
the cells at once; a formula of the college's own is blank until Excel opens the file, which works everything out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from workbook.building.views.places import START, VIEWS
from workbook.editing.cells import typed
from workbook.editing.sheet import open_sheet
from workbook.fewer.around import written
from workbook.fewer.cells import Cells, CellText
from workbook.fewer.pivots import pivots_forgotten
from workbook.fewer.take import repacked
from workbook.model import Tracker, Value, sheet
from workbook.package.guard import GuardedFile
from workbook.package.parts import Package
from workbook.reading.outline import read_book
from workbook.reading.shared_texts import shared_texts

WRITTEN = {START, *(name for views in VIEWS.values() for name, _ in views)}
"""The sheets that are no tables of the tracker."""
Figures = Mapping[str, Mapping[str, list[Value]]]
_DIGITS = re.compile(r"\d+")
_CACHES = ("strCache", "numCache", "multiLvlStrCache")
_OLD = re.compile(rb'<(?:\w+:)?c\b[^>]*\bt="s"[^>]*>\s*<(?:\w+:)?v>\s*(\d+)')


@dataclass(frozen=True)
class _Result:
    """What a cell holds in a workbook made anew: its formula ("" for a text), its type and value as stored."""

    formula: str
    kind: str
    text: str


def worked_out_anew(
    file: GuardedFile, tracker: Tracker, figures: Figures, anew: GuardedFile, gone: Callable[[str], bool]
) -> GuardedFile:
    """The workbook of ``tracker`` with every stored result right or blank.

    ``figures`` are its computed columns, ``anew`` is the same tracker made from nothing. Texts typed on the written
    sheets that are ``gone`` (a learner chosen there) become what a new tracker has.
    """
    package, book = Package(file), read_book(file)
    parts: dict[str, bytes] = {}
    made = _results(anew)
    texts = shared_texts(file, book)
    for one in book.sheets:
        text = open_sheet(package.read(one.part), one.name)
        cells = Cells(text.prefix)
        known = _of_tables(tracker, figures, {place.name for place in one.tables}, book.dates_from_1904)
        fresh = made.get(one.name, {})

        def put(cell: CellText, cells: Cells = cells, known: Mapping[str, _Result] = known,
                fresh: Mapping[str, _Result] = fresh, name: str = one.name) -> None:  # fmt: skip
            address = _address(cell)
            told = cells.formula(cell)
            if told is not None:
                result = known.get(address) or _same(fresh.get(address), told[1], name)
                cells.put_result(cell, result.kind, result.text)
            elif name in WRITTEN and address in fresh and not fresh[address].formula and fresh[address].text:
                text = cells.shown(cell, texts)
                if text and gone(text):
                    cells.put_text(cell, fresh[address].text)

        rows = cells.change(text.rows, put)
        text.rows = rows
        tag = b"<%srow" % cells.prefix
        text.starts = [found.start() for found in re.finditer(re.escape(tag) + rb"[\s>/]", rows)]
        parts[one.part] = text.to_xml()
    for name in package.names:
        if re.match(r"xl/charts/[^/]+\.xml$", name.lower()):
            parts[name] = _without_figures(package, name)
    pivots_forgotten(package, book, parts)
    return strings_forgotten(repacked(file, parts))


_NOTHING, _BLANK = _Result("", "", ""), _Result("", "str", "")


def _same(anew: _Result | None, formula: str, name: str) -> _Result:
    """The result of the same formula made anew, however far down its areas reach; a row more on a view is blank.

    Nothing where a college has written another formula: only Excel knows what that gives.
    """
    if anew is None:
        return _BLANK if name in WRITTEN else _NOTHING
    return anew if _DIGITS.sub("", anew.formula) == _DIGITS.sub("", formula) else _NOTHING


def _address(cell: CellText) -> str:
    found = re.search(rb'\br="([A-Z]+\d+)"', cell.attributes)
    return found[1].decode() if found else ""


def _of_tables(tracker: Tracker, figures: Figures, names: set[str], from_1904: bool) -> dict[str, _Result]:
    """The results of the computed columns of these tables, by address."""
    found: dict[str, _Result] = {}
    for name, table in tracker.tables.items():
        if name not in names:
            continue
        for column in sheet(name).computed:
            letter, values = table.letters.get(column.key), figures[name].get(column.key, [])
            for row, value in zip(table.rows, values, strict=False) if letter else ():
                found[f"{letter}{row}"] = _Result("", *typed(value, from_1904, True))
    return found


def _results(anew: GuardedFile) -> dict[str, dict[str, _Result]]:
    """Every formula's result and every text of a workbook made anew, by sheet and address."""
    found: dict[str, dict[str, _Result]] = {}
    book = read_book(anew)
    texts = shared_texts(anew, book)
    for one in book.sheets:
        here: dict[str, _Result] = {}
        text = open_sheet(anew.read(one.part), one.name)
        cells = Cells(text.prefix)
        for number in text.numbers:
            for cell in cells.split(text.text(number)):
                told = cells.formula(cell)
                if told is not None:
                    kind = re.search(rb'\bt="(\w+)"', cell.attributes)
                    value = escape(cells.value(cell) or "", quote=False)
                    here[_address(cell)] = _Result(told[1], kind[1].decode() if kind else "", value)
                elif one.name in WRITTEN and b't="s"' in cell.attributes:
                    here[_address(cell)] = _Result("", "s", cells.shown(cell, texts))
        found[one.name] = here
    return found


def _without_figures(package: Package, part: str) -> bytes:
    """A chart without the figures that it keeps of cells; Excel reads them again."""
    root = package.tree(part)
    for node in list(root.iter("{*}*")):
        name, parent = str(node.tag).rpartition("}")[2], node.getparent()
        around = str(parent.tag).rpartition("}")[2] if parent is not None else ""
        if parent is not None and (name in _CACHES or (name == "lvl" and around in ("strDim", "numDim"))):
            parent.remove(node)
    return written(root)


def strings_forgotten(file: GuardedFile) -> GuardedFile:
    """The workbook without the texts that no cell shows any more."""
    package, book = Package(file), read_book(file)
    part = package.find(book.strings or "")
    if part is None:
        return file
    used = {int(one) for sheet in book.sheets for one in _OLD.findall(package.read(sheet.part))}
    root = package.tree(part)
    for place, item in enumerate(one for one in root if str(one.tag).endswith("}si")):
        if place not in used:
            for inner in list(item):
                item.remove(inner)
            item.append(item.makeelement(str(item.tag)[:-2] + "t"))
    return repacked(file, {part: written(root)})
