"""What a workbook consists of: its sheets and tables, and the parts that hold them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbook.model.excel import count_in
from workbook.package.addresses import LAST_ROW
from workbook.package.guard import GuardedFile, damaged
from workbook.package.xml_tree import Element, XMLSyntaxError, fromstring

_CELLS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")


@dataclass(frozen=True)
class TablePart:
    """A table as the file declares it; rows and columns are counted from 1 and include the first and last."""

    name: str
    header_row: int
    last_row: int
    first_column: int
    last_column: int
    headings: tuple[str, ...]
    totals_rows: int
    filtered: bool


@dataclass(frozen=True)
class SheetPart:
    """A worksheet: its name, the part that holds its cells, whether it is hidden, its tables."""

    name: str
    part: str
    hidden: bool
    tables: tuple[TablePart, ...]


@dataclass(frozen=True)
class Book:
    """The outline of a workbook: worksheets in order, the parts they share, how its dates are counted."""

    sheets: tuple[SheetPart, ...]
    strings: str | None
    styles: str | None
    dates_from_1904: bool
    names: tuple[str, ...] = ()
    """The names of all sheets, those of charts and macros too."""


def read_book(file: GuardedFile) -> Book:
    """The outline of the workbook in a file; raises `CannotDo` where it makes no sense."""
    if "outline" not in file.kept:
        file.kept["outline"] = _outline(file)
    book: Book = file.kept["outline"]
    return book


def _outline(file: GuardedFile) -> Book:
    try:
        main = _main_part(file)
        root = _tree(file, main)
        linked = _relationships(file, main)
    except (XMLSyntaxError, StopIteration, KeyError, UnicodeError) as error:
        raise damaged(file.path) from error
    by_id = {key: (kind, target) for key, kind, target in linked}
    of_kind = {kind: target for _, kind, target in linked if target in file}
    sheets, names = [], []
    for node in _nodes(root, "sheet"):
        names.append(node.get("name", ""))
        link = next((value for name, value in node.attrib.items() if name.endswith("}id")), "")
        kind, part = by_id.get(link, ("", ""))
        if kind == "worksheet" and part in file:
            hidden = node.get("state", "visible") != "visible"
            sheets.append(SheetPart(node.get("name", ""), part, hidden, tuple(_tables(file, part))))
    from_1904 = any(node.get("date1904") in ("1", "true") for node in _nodes(root, "workbookPr"))
    return Book(tuple(sheets), of_kind.get("sharedStrings"), of_kind.get("styles"), from_1904, tuple(names))


def column_number(letters: str) -> int:
    """The number of a column counted from 1: ``A`` is 1, ``AA`` is 27, nothing is 0; ``$`` is passed over."""
    number = 0
    for letter in letters.lstrip("$"):
        number = number * 26 + ord(letter) - 64
    return number


def corners(reference: str) -> tuple[int, int, int, int] | None:
    """First row, last row, first column, last column of a reference such as ``A4:R900``; None if it is none."""
    found = _CELLS.fullmatch(reference)
    if not found:
        return None
    left, top, right, bottom = found.groups()
    return (
        int(top),
        int(bottom or top),
        column_number(left),
        column_number(right or left),
    )


def _main_part(file: GuardedFile) -> str:
    return next(target for _, kind, target in _relationships(file, "") if kind == "officeDocument")


def _tree(file: GuardedFile, part: str) -> Element:
    return fromstring(file.read(part))


def _nodes(root: Element, name: str) -> Iterator[Element]:
    """All elements called ``name``, whatever their namespace (strict files have another one)."""
    return (node for node in root.iter() if isinstance(node.tag, str) and node.tag.rpartition("}")[2] == name)


def _relationships(file: GuardedFile, part: str) -> list[tuple[str, str, str]]:
    """Id, last word of the type and target of each link from a part to another part."""
    folder, _, name = part.rpartition("/")
    links = f"{folder}/_rels/{name}.rels".lstrip("/")
    if links not in file:
        return []
    found = []
    for node in _nodes(_tree(file, links), "Relationship"):
        if node.get("TargetMode") == "External":
            continue
        target = node.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        kind = node.get("Type", "").rpartition("/")[2]
        found.append((node.get("Id", ""), kind, full.lstrip("/")))
    return found


def _tables(file: GuardedFile, sheet_part: str) -> Iterator[TablePart]:
    try:
        for _, kind, target in _relationships(file, sheet_part):
            if kind == "table" and target in file:
                table = _table(_tree(file, target))
                if table:
                    yield table
    except (XMLSyntaxError, UnicodeError) as error:
        raise damaged(file.path) from error


def _table(root: Element) -> TablePart | None:
    area = corners(root.get("ref", ""))
    if not area or root.get("headerRowCount") == "0":
        return None
    top, bottom, left, right = area
    totals = root.get("totalsRowCount", "0")
    return TablePart(
        root.get("displayName") or root.get("name") or "",
        top,
        bottom,
        left,
        right,
        tuple(node.get("name", "") for node in _nodes(root, "tableColumn")),
        count_in(totals, LAST_ROW) or 0,
        any(True for _ in _nodes(root, "filterColumn")),
    )
