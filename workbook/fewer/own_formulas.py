"""Formulas of a college's own, worked out after rows went: by IronCalc, on a copy with only what they can read.

The copy has the cells of those sheets that the formulas name, as plain values, their tables and the names that the
formulas use; so nothing but these formulas is worked out. What IronCalc does not know, and what changes from day to
day (TODAY), stays blank until Excel opens the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from workbook.building.in_english import EnglishWorkbook
from workbook.building.worked_out import results_are_stored
from workbook.editing.sheet import open_sheet
from workbook.fewer.cells import Cells, CellText
from workbook.fewer.take import repacked
from workbook.package import xml_tree as etree
from workbook.package.guard import GuardedFile
from workbook.package.parts import Package
from workbook.package.private import private_folder
from workbook.reading.outline import SheetPart, corners, read_book
from workbook.reading.shared_texts import shared_texts

Formulas = Mapping[str, Mapping[str, str]]
"""Formulas by sheet and address."""
Results = dict[str, dict[str, tuple[str, str]]]
"""By sheet and address: the type attribute and the escaped text, as a cell stores them."""
_CHANGING = re.compile(
    r"(?<![\w.])(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY|OFFSET|INDIRECT|CELL|INFO)\s*\(", re.IGNORECASE
)
_COUNTS_ROWS = re.compile(r"(?<![\w.])(?:ROWS|COUNTBLANK)\s*\(", re.IGNORECASE)
_SURE_ERRORS = frozenset({"#DIV/0!", "#N/A", "#REF!"})
"""Errors that a formula has by itself; others may only say that IronCalc cannot work it out."""


def own_worked_out(file: GuardedFile) -> GuardedFile:
    """The workbook with results for its formulas that are stored without one, as far as they can be worked out here."""
    package, book = Package(file), read_book(file)
    found = own_results(file, {one.name: _without_result(package, one) for one in book.sheets})
    parts: dict[str, bytes] = {}
    for one in book.sheets:
        mine = found.get(one.name)
        if mine:
            text = open_sheet(package.read(one.part), one.name)
            cells = Cells(text.prefix)

            def put(cell: CellText, mine: Mapping[str, tuple[str, str]] = mine, cells: Cells = cells) -> None:
                if (address := cell.address) in mine:
                    cells.put_result(cell, *mine[address])

            text.rows = cells.change(text.rows, put, cells.opening)
            parts[one.part] = text.to_xml()
    return repacked(file, parts) if parts else file


def _without_result(package: Package, part: SheetPart) -> dict[str, str]:
    """The formulas of a sheet that have no result, by address; none that fill several cells at once."""
    text = open_sheet(package.read(part.part), part.name)
    cells, found = Cells(text.prefix), {}
    for number in text.numbers:
        row = text.text(number)
        for cell in cells.split(row) if cells.opening in row else ():
            told = cells.formula(cell) if cells.value(cell) is None else None
            if told and told[1] and b't="array"' not in told[0]:
                found[cell.address] = told[1]
    return found


def own_results(file: GuardedFile, wanted: Formulas) -> Results:
    """The results of these formulas in the workbook, as far as they can be worked out here."""
    try:
        import ironcalc
    except ImportError:  # no build of it for this computer
        return {}
    if not any(wanted.values()):
        return {}
    with private_folder() as room:
        path = room / "copy.xlsx"
        names = _copy(file, wanted, path)
        try:
            model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
            model.evaluate()
            return _taken(model, wanted, names)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # its own panics are no Exception; then the formulas wait for Excel
            return {}


def _taken(model: Any, wanted: Formulas, names: list[str]) -> Results:
    waiting = any(_CHANGING.search(formula) for mine in wanted.values() for formula in mine.values())
    found: Results = {}
    for name, mine in wanted.items():
        for address, formula in mine.items():
            area = corners(address)
            if area is None or _CHANGING.search(formula):
                continue
            stored = _stored(model.get_cell_value(names.index(name), area[0], area[2]))
            if stored is not None and not (waiting and stored[1] == "#N/A"):
                found.setdefault(name, {})[address] = stored
    return found


def _stored(value: object) -> tuple[str, str] | None:
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, (int, float)):
        return "", f"{value:.15g}"
    if isinstance(value, str) and value.startswith("#"):
        return ("e", value) if value in _SURE_ERRORS else None
    return ("str", escape(value, quote=False)) if isinstance(value, str) else None


def _copy(file: GuardedFile, wanted: Formulas, path: Path) -> list[str]:
    """Write what the formulas can read to ``path``; gives the names of its sheets in order."""
    package, book = Package(file), read_book(file)
    texts = shared_texts(file, book)
    defined = _defined(package)
    said = [formula for mine in wanted.values() for formula in mine.values()]
    used = {name: text for name, text in defined.items() if _named(name, said)}
    said += used.values()
    sheets = [one for one in book.sheets if wanted.get(one.name) or _named(one.name, said) or _has_table(one, said)]
    copy = EnglishWorkbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    results_are_stored(copy)
    for one in sheets:
        page = copy.add_worksheet(one.name)
        held = list(_cells(package, one, texts, wanted.get(one.name, {})))
        filled = {row for row, *_ in held}
        for place in one.tables:
            last = place.last_row
            if last == place.header_row + 1 and last + 1 not in filled and not any(map(_COUNTS_ROWS.search, said)):
                last += 1  # IronCalc takes a column of one cell for a value, where COUNTIFS wants an area
            if last > place.header_row:
                area = (place.header_row - 1, place.first_column - 1, last - 1, place.last_column - 1)
                heads = [{"header": heading} for heading in place.headings]
                page.add_table(*area, {"name": place.name, "columns": heads})
        for row, column, kind, value in held:
            getattr(page, f"write_{kind}")(row - 1, column - 1, value)
    for name, text in used.items():
        copy.define_name(name, f"={text}")
    copy.close()
    return [one.name for one in sheets]


def _cells(
    package: Package, part: SheetPart, texts: list[str], mine: Mapping[str, str]
) -> Iterator[tuple[int, int, str, Any]]:
    """The filled cells of a sheet: row, column, how XlsxWriter writes it, and what."""
    text = open_sheet(package.read(part.part), part.name)
    cells = Cells(text.prefix)
    for number in text.numbers:
        for cell in cells.split(text.text(number)):
            address = cell.address
            if address in mine:
                changing = _CHANGING.search(mine[address])
                yield cell.row, cell.column, "formula", "=#N/A" if changing else f"={mine[address]}"
            elif (held := _held(cells, cell, texts)) is not None:
                yield cell.row, cell.column, *held


def _held(cells: Cells, cell: CellText, texts: list[str]) -> tuple[str, Any] | None:
    if not cell.held:
        return None
    kind = re.search(rb'\bt="(\w+)"', cell.attributes)
    if kind is None or kind[1] == b"n":
        value = cells.value(cell)
        return ("number", float(value)) if value else None
    if kind[1] == b"b":
        return "boolean", cells.value(cell) == "1"
    if kind[1] == b"e":
        return "formula", f"={cells.value(cell)}"
    return "string", cells.value(cell) or "" if kind[1] == b"str" else cells.shown(cell, texts)


def _defined(package: Package) -> dict[str, str]:
    """The names of the whole workbook, with what they stand for."""
    main = next(link.target for link in package.relationships() if link.kind == "officeDocument")
    root: etree.Element = package.tree(main)
    return {
        node.get("name", ""): node.text
        for node in root.iter("{*}definedName")
        if node.text and not node.get("localSheetId") and not node.get("name", "").startswith("_xlnm")
    }


def _named(name: str, said: Iterable[str]) -> bool:
    inside = re.compile(rf"(?<![\w.]){re.escape(name.replace(chr(39), chr(39) * 2))}(?![\w.])", re.IGNORECASE)
    return any(inside.search(one) for one in said)


def _has_table(part: SheetPart, said: Iterable[str]) -> bool:
    return any(_named(place.name, said) for place in part.tables)
