"""Form controls: the cells they are linked to follow their rows."""

from __future__ import annotations

from workbook.package.parts import Package
from workbook.reports.engine.markup import Marks, parse
from workbook.reports.engine.moving import Changes, Formula
from workbook.reports.engine.placing import Inner, Place, Placing, place_all
from workbook.reports.engine.tokens import Ask

_LINKS = ("fmlaLink", "fmlaRange", "fmlaTxbx")


class ControlPart:
    """The properties of one form control (`ctrlProp1.xml`)."""

    def __init__(self, package: Package, part: str, sheet: str) -> None:
        self.part, self.sheet = part, sheet.lower()
        self.root = parse(package.read(part), part)
        self.asks: list[Ask] = []
        self.pieces: Inner = ()

    def concerns(self, changes: Changes) -> bool:
        """Is a cell it is linked to moved or renamed?"""
        return any(changes.touch(changes.read(self.root.get(name, "")), self.sheet) for name in _LINKS)

    def compile(self, changes: Changes) -> None:
        """Cut the part into pieces."""
        marks = Marks()
        for name in _LINKS:
            parts = changes.read(self.root.get(name, ""))
            if changes.touch(parts, self.sheet):
                self.root.set(name, marks.put(Formula(parts)))
        self.pieces = marks.cut(self.root)

    def place(self, at: Place) -> Placing:
        """The part for one shape of the data."""
        return place_all(self.pieces, at)
