"""What a workbook keeps beside its entries: results of formulas, figures of charts, records of pivots, old texts.

All of it is worked out anew or forgotten, so that nothing of rows that went is left. What Python works out stands in
the cells at once; a formula of the college's own is left without a result, for `own_formulas` to work out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape

from workbook.building.views.places import START, VIEWS
from workbook.editing.cells import typed
from workbook.editing.sheet import open_sheet
from workbook.fewer.around import written
from workbook.fewer.cells import Cells, CellText
from workbook.fewer.pivots import pivots_forgotten
from workbook.fewer.take import repacked
from workbook.measures.entries_mark import NAME
from workbook.model import Tracker, Value, sheet
from workbook.package.guard import GuardedFile
from workbook.package.parts import Package
from workbook.reading.outline import SheetPart, read_book
from workbook.reading.shared_texts import shared_texts

WRITTEN = {START, *(name for views in VIEWS.values() for name, _ in views)}
"""The sheets that are no tables of the tracker."""
Figures = Mapping[str, Mapping[str, list[Value]]]
_MARKED = f"{NAME}="
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
    file: GuardedFile,
    tracker: Tracker,
    figures: Figures,
    anew: GuardedFile,
    gone: Callable[[str], bool],
    lists: Collection[str] = (),
) -> GuardedFile:
    """The workbook of ``tracker`` with every stored result right or blank.

    ``figures`` are its computed columns, ``anew`` is the same tracker made from nothing. Texts typed on the written
    sheets that are ``gone`` (a learner chosen there) become what a new tracker has. ``lists`` names the tables that
    were written just now, with their results.
    """
    package, book = Package(file), read_book(file)
    parts: dict[str, bytes] = {}
    made = _results(anew)
    texts = shared_texts(file, book)
    for one in book.sheets:
        known = _of_tables(tracker, figures, {place.name for place in one.tables}, book.dates_from_1904)
        text = open_sheet(package.read(one.part), one.name)
        sheet_anew = _Anew(Cells(text.prefix), one, known, made.get(one.name, {}), texts, gone, frozenset(lists))
        text.rows = sheet_anew.cells.change(text.rows, sheet_anew.put, sheet_anew.only)
        parts[one.part] = text.to_xml()
    for name in package.names:
        if re.match(r"xl/charts/[^/]+\.xml$", name.lower()):
            parts[name] = _without_figures(package, name)
    pivots_forgotten(package, book, parts)
    return strings_forgotten(repacked(file, parts))


@dataclass(frozen=True)
class _Anew:
    """A sheet whose results are put in anew: ``known`` those of its tables, ``fresh`` those of a tracker made anew."""

    cells: Cells
    part: SheetPart
    known: Mapping[str, _Result]
    fresh: Mapping[str, _Result]
    texts: list[str]
    gone: Callable[[str], bool]
    lists: frozenset[str]

    @property
    def only(self) -> bytes:
        """What a cell that is looked at has: a formula, or anything on a sheet where something is chosen."""
        return b"" if self.part.name in WRITTEN else self.cells.opening

    @cached_property
    def alike(self) -> dict[str, _Result]:
        """Results by formula, rows apart, where all that read alike give the same."""
        found: dict[str, set[_Result]] = {}
        for one in self.fresh.values():
            plain = _DIGITS.sub("", one.formula)
            found.setdefault(plain, set()).add(_Result(plain, one.kind, one.text))
        return {plain: results.pop() for plain, results in found.items() if plain and len(results) == 1}

    def put(self, cell: CellText) -> None:
        """Put the right result into a formula's cell, or a new choice into one whose choice is gone."""
        told, address = self.cells.formula(cell), cell.address
        anew = self.fresh.get(address)
        if told is None:
            if self.part.name in WRITTEN and anew is not None and anew.text and not anew.formula:
                text = self.cells.shown(cell, self.texts)
                if text and self.gone(text):
                    self.cells.put_text(cell, unescape(anew.text))
        elif self._just_written(cell):
            return
        elif _MARKED in told[1] and anew is not None:
            self.cells.put_formula(cell, told[0], anew.formula)
            self.cells.put_result(cell, anew.kind, anew.text)
        else:
            result = self.known.get(address) or _same(anew, told[1], self.part.name)
            if result is _NOTHING:  # a page that is laid out otherwise now: the same formula elsewhere on it
                result = self.alike.get(_DIGITS.sub("", told[1]), _NOTHING)
            self.cells.put_result(cell, result.kind, result.text)

    def _just_written(self, cell: CellText) -> bool:
        return any(one.name in self.lists and one.first_column <= cell.column <= one.last_column
                   for one in self.part.tables)  # fmt: skip


_NOTHING, _BLANK = _Result("", "", ""), _Result("", "str", "")


def _same(anew: _Result | None, formula: str, name: str) -> _Result:
    """The result of the same formula made anew, however far down its areas reach; a row more on a view is blank.

    Nothing where a college has written another formula: only Excel knows what that gives.
    """
    if anew is None:
        return _BLANK if name in WRITTEN else _NOTHING
    return anew if _DIGITS.sub("", anew.formula) == _DIGITS.sub("", formula) else _NOTHING


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
            row = text.text(number)
            for cell in cells.split(row) if one.name in WRITTEN or cells.opening in row else ():
                told = cells.formula(cell)
                if told is not None:
                    kind = re.search(rb'\bt="(\w+)"', cell.attributes)
                    value = escape(cells.value(cell) or "", quote=False)
                    here[cell.address] = _Result(told[1], kind[1].decode() if kind else "", value)
                elif one.name in WRITTEN and b't="s"' in cell.attributes:
                    here[cell.address] = _Result("", "s", escape(cells.shown(cell, texts), quote=False))
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
