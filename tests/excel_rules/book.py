"""A workbook as its parts say it, for the rules: sheets, cells, names, tables, and every formula."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_AREA = re.compile(r"\b([A-Z]{1,3}\d+):([A-Z]{1,3}\d+)\b")
_CELL = re.compile(r"\b[A-Z]{1,3}\d+\b(?!\()")
_NUMBER = re.compile(r"(?<![\w.§])(?:[1-9]\d+|[2-9])(?![\w.])")
FORMULA_OF_MORE = "{http://schemas.microsoft.com/office/excel/2006/main}f"


@dataclass(frozen=True)
class Found:
    """A formula: the kind of place, where it is, its text."""

    kind: str
    where: str
    text: str


@cache
def pattern(text: str) -> str:
    """A formula as far as contexts go: which cells and which number do not matter, one cell or many does."""
    areas = _AREA.sub(lambda area: "§1" if area[1] == area[2] else "§2", text.replace("$", ""))
    cells = _CELL.sub("§1", areas)
    return cells if "AGGREGATE" in cells else _NUMBER.sub("9", cells)


@dataclass(frozen=True)
class Cell:
    """A cell: its type in the file, its stored value, its formula."""

    kind: str | None
    value: str | None
    formula: str | None


class BookFile:
    """The parts of a workbook file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
            self.parts = {name: package.read(name) for name in package.namelist()}

    def xml(self, part: str) -> etree._Element:
        return etree.fromstring(self.parts[part])

    def links(self, part: str) -> list[tuple[str, str, str]]:
        """Id, last word of the type and target of the links inside the package."""
        folder, _, name = part.rpartition("/")
        links = f"{folder}/_rels/{name}.rels".lstrip("/")
        if links not in self.parts:
            return []
        found = []
        for one in self.xml(links):
            if one.get("TargetMode") != "External":
                target = one.get("Target")
                full = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
                found.append((one.get("Id"), one.get("Type").rpartition("/")[2], full))
        return found

    @cached_property
    def main(self) -> str:
        return next(target for _, kind, target in self.links("") if kind == "officeDocument")

    @cached_property
    def workbook(self) -> etree._Element:
        return self.xml(self.main)

    @cached_property
    def sheets(self) -> list[tuple[str, str, etree._Element]]:
        """Name, part and XML of each worksheet."""
        targets = {one: (kind, target) for one, kind, target in self.links(self.main)}
        found = []
        for sheet in self.workbook.iter(f"{MAIN}sheet"):
            kind, part = targets[sheet.get(LINK)]
            if kind == "worksheet":
                found.append((sheet.get("name"), part, self.xml(part)))
        return found

    @cached_property
    def strings(self) -> list[str]:
        part = next((target for _, kind, target in self.links(self.main) if kind == "sharedStrings"), None)
        if part is None:
            return []
        return ["".join(t.text or "" for t in one.iter(f"{MAIN}t")) for one in self.xml(part).iter(f"{MAIN}si")]

    def cells(self, sheet: etree._Element) -> Iterator[tuple[str, Cell]]:
        for one in sheet.iter(f"{MAIN}c"):
            kind, value = one.get("t"), one.findtext(f"{MAIN}v")
            if kind == "s" and value is not None:
                value = self.strings[int(value)]
            if kind == "inlineStr":
                value = "".join(t.text or "" for t in one.iter(f"{MAIN}t"))
            formula = one.find(f"{MAIN}f")
            yield one.get("r"), Cell(kind, value, None if formula is None else formula.text or "")

    @cached_property
    def tables(self) -> list[tuple[str, str, etree._Element]]:
        """Sheet, part and XML of each table."""
        return [
            (name, target, self.xml(target))
            for name, part, _ in self.sheets
            for _, kind, target in self.links(part)
            if kind == "table"
        ]

    def formulas(self) -> Iterator[Found]:
        """Every formula of the workbook that is no array formula."""
        for name, _, sheet in self.sheets:
            yield from _in_cells(name, sheet)
            yield from _in_rules(name, sheet)
        for name in self.workbook.iter(f"{MAIN}definedName"):
            yield Found("name", name.get("name"), name.text or "")
        for sheet, _, table in self.tables:
            for one in table.iter(f"{MAIN}calculatedColumnFormula"):
                yield Found("table column", f"{sheet}!{one.getparent().get('name')}", one.text or "")


def _in_cells(name: str, sheet: etree._Element) -> Iterator[Found]:
    for cell in sheet.iter(f"{MAIN}c"):
        formula = cell.find(f"{MAIN}f")
        if formula is not None and formula.get("t") not in ("array", "dataTable") and formula.text:
            yield Found("cell", f"{name}!{cell.get('r')}", formula.text)


def _in_rules(name: str, sheet: etree._Element) -> Iterator[Found]:
    """Of conditional formats and validations, those that newer files keep apart too."""
    for formula in sheet.iter(f"{MAIN}formula"):
        if formula.text:
            yield Found("conditional format", f"{name}!{formula.getparent().getparent().get('sqref')}", formula.text)
    for one in sheet.iter(f"{MAIN}dataValidation"):
        kind = "list" if one.get("type") == "list" else "validation"
        for formula in one:
            if formula.text and not formula.text.startswith('"'):
                yield Found(kind, f"{name}!{one.get('sqref')}", formula.text)
    for one in sheet.iter(FORMULA_OF_MORE):
        if one.text and "sparkline" not in one.getparent().tag:
            listed = "dataValidation" in one.getparent().getparent().tag
            yield Found("list" if listed else "conditional format", name, one.text)


def place(reference: str) -> tuple[int, int]:
    """Row and column of a cell's address, counted from 1."""
    letters, row = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", reference).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row), column
