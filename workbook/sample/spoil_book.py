"""A workbook just built, opened to be spoilt: its parts as text, its rows and cells by address."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from workbook.package.writing import write_safely

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_LINK = re.compile(r'<Relationship Id="([^"]+)" Type="[^"]*/(\w+)" Target="([^"]+)"')


class Workbook:
    """The parts of a built workbook as text, by name; parts that are not touched stay as they are."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as source:
            self.parts = {name: source.read(name) for name in source.namelist()}
        self._texts: dict[str, str] = {}
        links = dict(self._links("xl/_rels/workbook.xml.rels", "xl/"))
        found = re.findall(r'<sheet name="([^"]+)" sheetId="\d+"[^>]*? r:id="([^"]+)"', self.text("xl/workbook.xml"))
        self.sheets = {name: links[link] for name, link in found}

    def text(self, part: str) -> str:
        """A part's text."""
        if part not in self._texts:
            self._texts[part] = self.parts[part].decode()
        return self._texts[part]

    def set(self, part: str, text: str) -> None:
        """A part's new text."""
        self._texts[part] = text

    def remove(self, part: str) -> None:
        """Take a part out."""
        self.parts.pop(part, None)
        self._texts.pop(part, None)

    def change(self, part: str, change: Callable[[str], str]) -> None:
        """Change a part's text."""
        self.set(part, change(self.text(part)))

    def table(self, sheet: str) -> str:
        """The part of a sheet's table."""
        return next(target for _, target in self._links(_links_of(self.sheets[sheet]), "xl/") if "/tables/" in target)

    def worksheets(self) -> list[str]:
        """The parts of all sheets."""
        return list(self.sheets.values())

    def save(self, path: Path) -> None:
        """Write the workbook beside its place, then put it there."""
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as target:
            for name, data in (self.parts | {part: text.encode() for part, text in self._texts.items()}).items():
                target.writestr(zipfile.ZipInfo(name, _FIRST_DAY), data, zipfile.ZIP_DEFLATED)
        write_safely(path, whole.getvalue(), replace=True)

    def _links(self, part: str, folder: str) -> Iterator[tuple[str, str]]:
        for link, _, target in _LINK.findall(self.text(part)):
            yield link, target.lstrip("/") if target.startswith("/") else folder + target.removeprefix("../")


def _links_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def split(cell: str) -> tuple[str, int]:
    """Letters and row number of an address."""
    letters = cell.rstrip("0123456789")
    return letters, int(cell[len(letters) :])


def row_span(text: str, row: int) -> tuple[int, int]:
    """Where a row begins and ends in a sheet's text."""
    start = text.index(f'<row r="{row}"')
    return start, text.index("</row>", start) + len("</row>")


def in_row(book: Workbook, sheet: str, row: int, change: Callable[[str], str]) -> None:
    """Change one row of a sheet."""
    text = book.text(book.sheets[sheet])
    start, end = row_span(text, row)
    book.set(book.sheets[sheet], text[:start] + change(text[start:end]) + text[end:])


def cell_pattern(cell: str) -> re.Pattern[str]:
    """Finds a cell: its style (`` s="3"``), its other attributes, what it holds."""
    return re.compile(rf'<c r="{cell}"( s="\d+")?([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)


def set_cell(book: Workbook, sheet: str, cell: str, content: Callable[[str, str], str]) -> None:
    """A cell made anew; ``content`` is given its style (`` s="3"``) and what it holds."""
    pattern = cell_pattern(cell)

    def change(row: str) -> str:
        return pattern.sub(lambda found: content(found.group(1) or "", found.group(3) or ""), row, count=1)

    in_row(book, sheet, split(cell)[1], change)


def typed(cell: str, style: str, value: object) -> str:
    """The XML of a cell that holds a number or a text."""
    if isinstance(value, (int, float)):
        return f'<c r="{cell}"{style}><v>{value}</v></c>'
    text = escape(str(value))
    return f'<c r="{cell}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def number(letters: str) -> int:
    """The number of a column counted from 1."""
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - 64
    return total
