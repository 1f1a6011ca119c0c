"""The properties of a template's file (title, subject, own properties): their tokens are filled."""

from __future__ import annotations

from collections.abc import Collection

from workbook.package.parts import Package
from workbook.reports.engine.headers import outside_rows
from workbook.reports.engine.markup import Element, Marks, parse
from workbook.reports.engine.moving import Changes, SheetName
from workbook.reports.engine.placing import Inner, Place, Placing, TextValue, place_all
from workbook.reports.engine.tokens import Ask, Token, Vocabulary, split
from workbook.reports.engine.values import CellFormat

STATUTORY_TAG = "statutory"
"""The tag of a template for a report whose contents the law names."""
_PLAIN = CellFormat()


class PropertiesPart:
    """`core.xml`, `app.xml` or `custom.xml`."""

    sheet = ""

    def __init__(self, package: Package, part: str, sheets: Collection[str], vocabulary: Vocabulary) -> None:
        self.part = part
        self.root = parse(package.read(part), part)
        self.asks = [
            Ask(
                "document properties",
                str(element.tag).rsplit("}", 1)[-1],
                token.written,
                outside_rows(token, vocabulary),
            )
            for element in self._texts()
            if element.text not in sheets
            for token in split(element.text or "")
            if isinstance(token, Token)
        ]
        self.pieces: Inner = ()

    def _texts(self) -> list[Element]:
        return [element for element in self.root.iter("*") if element.text and len(element) == 0]

    def concerns(self, changes: Changes) -> bool:
        """Do the properties differ from report to report?"""
        return bool(self.asks) or self._names_sheet(changes)

    def _names_sheet(self, changes: Changes) -> bool:
        return any((element.text or "").lower() in changes.renamed for element in self._texts())

    def compile(self, changes: Changes) -> None:
        """Cut the part into pieces."""
        marks = Marks()
        for element in self._texts():
            text = element.text or ""
            if text.lower() in changes.renamed:
                element.text = marks.put(SheetName(text))
            elif "{{" in text:
                element.text = "".join(
                    part if isinstance(part, str) else marks.put(TextValue(part.path, _PLAIN)) for part in split(text)
                )
        self.pieces = marks.cut(self.root)

    def place(self, at: Place) -> Placing:
        """The part for one shape of the data."""
        return place_all(self.pieces, at)
