"""The workbook part of a template: sheet names, defined names, print areas, calculation."""

from __future__ import annotations

import re
from collections.abc import Callable

from workbook.model import CannotDo
from workbook.model.excel import CALCULATED_BY
from workbook.package.parts import Package
from workbook.reading.references import Name, Part
from workbook.reading.references import parse as parse_formula
from workbook.reports.engine.markup import Element, Marks, add, child, local, named, parse
from workbook.reports.engine.moving import Changes, Formula, SheetName
from workbook.reports.engine.placing import Inner, Place, Placing, place_all
from workbook.reports.engine.tokens import Ask

_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_AFTER_CALCULATION = (
    "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip


def holds_formulas(package: Package) -> bool:
    """Whether a cell of the workbook has a formula; one in UTF-16 counts as if it had."""
    sheets = (
        package.read(name) for name in package.names if name.startswith("xl/worksheets/") and name.endswith("xml")
    )
    return any(_FORMULA.search(xml) or xml[:2] in (b"\xff\xfe", b"\xfe\xff") for xml in sheets)


def _names(parts: list[Part]) -> set[str]:
    return {part.text.lower() for part in parts if isinstance(part, Name)}


class BookPart:
    """`workbook.xml`."""

    sheet = ""

    def __init__(self, package: Package) -> None:
        main = [link for link in package.relationships() if link.kind == "officeDocument"]
        self.part = main[0].target if main else "xl/workbook.xml"
        self.root = parse(package.read(self.part), self.part)
        if local(self.root) != "workbook":
            raise CannotDo(f"The template's part {self.part} is no workbook: save the template again in Excel.")
        self.links = {link.id: link for link in package.relationships(self.part)}
        properties = child(self.root, "workbookPr")
        self.epoch_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._package = package
        self.asks: list[Ask] = []
        self.pieces: Inner = ()

    def sheets(self, kind: str = "worksheet") -> list[tuple[str, str]]:
        """The worksheets (or "chartsheet"s): name and part. CannotDo where a sheet that is listed has no part."""
        found = []
        for sheet in named(self.root, "sheet"):
            id = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
            link = self.links.get(str(id))
            if link is None:
                raise CannotDo(
                    f"The template's sheet {sheet.get('name', '')} has lost its part: open the template in Excel, "
                    "look whether the sheet is still there, and save it again."
                )
            if link.kind == kind:
                found.append((sheet.get("name", ""), link.target))
        return found

    def sheet_names(self) -> list[str]:
        """The names of all sheets, charts on sheets of their own included, in order."""
        return [sheet.get("name", "") for sheet in named(self.root, "sheet")]

    def defined_names(self) -> list[Element]:
        """The elements of the defined names."""
        return named(self.root, "definedName")

    def names_that(self, look: Callable[[list[Part]], bool]) -> frozenset[str]:
        """The defined names, in small letters, that look at something, or at another name that does."""
        formulas = {(name.get("name") or "").lower(): parse_formula(name.text or "") for name in self.defined_names()}
        found = {name for name, parts in formulas.items() if look(parts)}
        while more := {name for name, parts in formulas.items() if name not in found and _names(parts) & found}:
            found |= more
        return frozenset(found)

    def linked(self, kind: str) -> str | None:
        """The workbook's part of a kind ("sharedStrings", "styles", "calcChain"), or None."""
        return next((link.target for link in self.links.values() if link.kind == kind), None)

    def concerns(self, changes: Changes) -> bool:
        """It always does: calculation is ordered anew."""
        return True

    def compile(self, changes: Changes) -> None:
        """Let the defined names follow their rows, and have Excel work formulas out anew."""
        marks = Marks()
        for name in self.defined_names():
            parts = changes.read_name(name.text or "")
            if changes.touch(parts):
                name.text = marks.put(Formula(parts))
        for sheet in named(self.root, "sheet"):
            if sheet.get("name", "").lower() in changes.renamed:
                sheet.set("name", marks.put(SheetName(sheet.get("name", ""))))
        self.order_calculation(holds_formulas(self._package))
        self.pieces = marks.cut(self.root)

    def order_calculation(self, formulas: bool) -> None:
        """Have Excel work everything out when it opens the file, where there are formulas whose results nobody knows.

        Without them it is told that all is worked out; else it would ask to save a report that nobody touched.
        """
        if formulas:
            self.calculation().set("fullCalcOnLoad", "1")
        else:
            self.calculation().attrib.pop("fullCalcOnLoad", "")
            self.calculation().set("calcId", str(CALCULATED_BY))

    def calculation(self) -> Element:
        """The element that orders calculation, made where it is missing."""
        found = child(self.root, "calcPr")
        if found is not None:
            return found
        after = [index for index, e in enumerate(self.root) if str(e.tag).rsplit("}", 1)[-1] in _AFTER_CALCULATION]
        return add(self.root, "calcPr", index=after[0] if after else None)

    def place(self, at: Place) -> Placing:
        """The part for one shape of the data."""
        return place_all(self.pieces, at)
