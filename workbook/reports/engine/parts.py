"""The parts of a template that may differ from report to report, found along the links between parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from workbook.package.parts import Package
from workbook.reports.engine.charts import ChartPart
from workbook.reports.engine.controls import ControlPart
from workbook.reports.engine.drawings import DrawingPart
from workbook.reports.engine.extended_charts import ExtendedChartPart
from workbook.reports.engine.links import LinksPart
from workbook.reports.engine.moving import Changes
from workbook.reports.engine.notes import CommentsPart, NoteBoxesPart, has_boxes
from workbook.reports.engine.placing import Place, Placing
from workbook.reports.engine.sheet import SheetPart
from workbook.reports.engine.tables import TablePart
from workbook.reports.engine.tokens import Ask, Vocabulary


class Part(Protocol):
    """A part of the template: what it asks for, whether it differs, its pieces."""

    part: str
    sheet: str
    asks: list[Ask]

    def concerns(self, changes: Changes) -> bool:
        """Does the part differ from report to report?"""

    def compile(self, changes: Changes) -> None:
        """Cut it into pieces."""

    def place(self, at: Place) -> Placing:
        """The part for one shape of the data."""


def parts_of_chart_sheet(package: Package, part: str, name: str, vocabulary: Vocabulary) -> Iterator[Part]:
    """The parts that belong to a chart on a sheet of its own."""
    for link in package.relationships(part):
        if link.kind == "drawing" and package.find(link.target):
            yield from _drawing(package, link.target, name, vocabulary)


def _drawing(package: Package, part: str, sheet: str, vocabulary: Vocabulary) -> Iterator[Part]:
    yield DrawingPart(package, part, sheet, vocabulary)
    for link in package.relationships(part):
        if package.find(link.target) and not link.external:
            if link.kind == "chart":
                yield ChartPart(package, link.target, sheet, vocabulary)
            elif link.kind == "chartEx":
                yield ExtendedChartPart(package, link.target, sheet, vocabulary)


def parts_of(package: Package, sheet: SheetPart, vocabulary: Vocabulary) -> Iterator[Part]:
    """The parts that belong to a sheet, the sheet itself last."""
    links = LinksPart(package, sheet.part, sheet.name)
    links.read_places(sheet.root, sheet.specs, vocabulary)
    for link in package.relationships(sheet.part):
        if link.external or package.find(link.target) is None:
            continue
        match link.kind:
            case "drawing":
                yield from _drawing(package, link.target, sheet.name, vocabulary)
            case "comments" | "threadedComment":
                yield CommentsPart(package, link.target, sheet.name, sheet.specs, vocabulary)
            case "vmlDrawing" if has_boxes(package.read(link.target)):
                yield NoteBoxesPart(package, link.target, sheet.name)
            case "table":
                yield TablePart(package, link.target, sheet.name, vocabulary)
            case "ctrlProp":
                yield ControlPart(package, link.target, sheet.name)
    yield links
    yield sheet
