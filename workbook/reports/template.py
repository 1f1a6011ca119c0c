"""A report template: an ordinary workbook with tokens, compiled once and filled for each learner."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO, Protocol

from workbook.files.package import (
    CONTENT_TYPES,
    ContentTypes,
    Member,
    Package,
    PackageWriter,
    pack,
    relationships_name,
    relationships_xml,
)
from workbook.model import CannotDo
from workbook.reports.book import BookPart
from workbook.reports.cells import Strings
from workbook.reports.charts import ChartPart
from workbook.reports.drawings import DrawingPart
from workbook.reports.markup import document
from workbook.reports.program import Content, Place, Placing, Program, Scopes, program
from workbook.reports.rows import RowMap, Shape, shape
from workbook.reports.sheet import SheetPart
from workbook.reports.styles import Styles
from workbook.reports.tokens import Ask, Vocabulary

PLANS_KEPT = 256
"""Shapes of data whose placed parts are remembered; more than a college has, little memory."""


class Part(Protocol):
    """A compiled part of the template."""

    part: str

    def place(self, at: Place) -> Placing:
        """The part for one shape of the data."""


@dataclass(slots=True)
class Plan:
    """The report for one shape of the data: parts that are the same for all learners, and programs."""

    fixed: list[Member]
    programs: list[tuple[str, Program]]
    scopes: Scopes


class Template:
    """A compiled template. `Template.open(path, vocabulary).render(context)` gives a report's bytes."""

    def __init__(self, package: Package, vocabulary: Mapping[str, Any]) -> None:
        self._package = package
        self._vocabulary = Vocabulary(vocabulary)
        self._book = BookPart(package)
        self._strings = Strings(package, self._book.linked("sharedStrings"))
        styles = Styles(package, self._book.linked("styles"), self._book.epoch_1904)
        self._sheets = [
            SheetPart(package, part, name, self._strings, styles, self._vocabulary)
            for name, part in self._book.sheets()
        ]
        self._drawings: list[DrawingPart] = []
        self._charts: list[ChartPart] = []
        for sheet in self._sheets:
            self._find_drawings(sheet)
        self._parts: list[tuple[Part, str]] = []
        self._carried: list[Member] = []
        self._plans: OrderedDict[tuple[Shape, ...], Plan] = OrderedDict()
        self._problems = [ask for ask in self.asks() if ask.problem]
        if not self._problems:
            self._compile()

    @classmethod
    def open(cls, source: str | os.PathLike[str] | bytes, vocabulary: Mapping[str, Any]) -> Template:
        """Read and compile a template.

        `vocabulary` is a tree of the names it may ask for, shaped like the contexts that `render` takes.
        Raises CannotDo when the file is no workbook.
        """
        return cls(Package.open(source), vocabulary)

    @property
    def ending(self) -> str:
        """The ending that a report's file must have: ".xlsx", or ".xlsm" when the template holds macros."""
        return ".xlsm" if self._package.find("xl/vbaProject.bin") else ".xlsx"

    def asks(self) -> list[Ask]:
        """All that the template asks for, in the order of its sheets, with what is wrong with it."""
        return [ask for asks in self._asks() for ask in asks]

    def _asks(self) -> list[list[Ask]]:
        return [*(sheet.asks for sheet in self._sheets), *(drawing.asks for drawing in self._drawings)]

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The report for one learner, as the bytes of a workbook. Raises CannotDo for unknown tokens."""
        file = BytesIO()
        self.render_into(file, context)
        return file.getvalue()

    def render_into(self, file: BinaryIO, context: Mapping[str, Any]) -> None:
        """Write the report for one learner into an open file. Raises CannotDo for unknown tokens."""
        self.require_known()
        plan = self._plan(context)
        opened = plan.scopes.open(context)
        writer = PackageWriter(file)
        for member in plan.fixed:
            writer.put(member)
        for name, steps in plan.programs:
            writer.add(name, steps.run(opened))
        writer.close()

    def require_known(self) -> None:
        """Raise CannotDo when the template asks for something that is not known."""
        if self._problems:
            first = self._problems[0]
            more = f" (and {len(self._problems) - 1} more)" if len(self._problems) > 1 else ""
            raise CannotDo(f"The template cannot be filled: {first.sheet} {first.place}: {first.problem}{more}")

    def _find_drawings(self, sheet: SheetPart) -> None:
        for link in self._package.relationships(sheet.part):
            if link.kind != "drawing":
                continue
            self._drawings.append(DrawingPart(self._package, link.target, sheet.name, self._vocabulary))
            for inner in self._package.relationships(link.target):
                if inner.kind == "chart":
                    self._charts.append(ChartPart(self._package, inner.target))

    def _compile(self) -> None:
        moving = {sheet.key for sheet in self._sheets if not sheet.is_fixed}
        filled = {sheet.key for sheet in self._sheets if sheet.has_tokens}
        for sheet in self._sheets:
            if sheet.has_tokens or sheet.looks_at(filled):
                sheet.compile(moving)
                self._parts.append((sheet, sheet.key))
        for drawing in self._drawings:
            if drawing.has_tokens or drawing.looks_at(moving):
                drawing.compile(moving, {})
                self._parts.append((drawing, drawing.sheet))
        for chart in self._charts:
            if chart.looks_at(filled):
                chart.compile(filled)
                self._parts.append((chart, ""))
        self._book.compile(moving)
        self._parts.append((self._book, ""))
        self._carry()

    def _carry(self) -> None:
        """What goes into every report as it is: all other parts, without the order of calculation."""
        package, compiled = self._package, {part.part for part, _ in self._parts}
        chain, strings = self._book.linked("calcChain"), self._book.linked("sharedStrings")
        for name in package.names:
            if name in compiled or name in (chain, CONTENT_TYPES):
                continue
            if name == strings and (cleared := self._strings.cleared()) is not None:
                self._carried.append(pack(name, document(cleared), 9))
            elif chain and name == relationships_name(self._book.part):
                links = [link for link in self._book.links.values() if link.target != chain]
                self._carried.append(pack(name, relationships_xml(self._book.part, links), 9))
            else:
                self._carried.append(package.member(name))
        types = ContentTypes(package.read(CONTENT_TYPES))
        if chain:
            types.parts.pop(chain, None)
        self._carried.insert(0, pack(CONTENT_TYPES, types.to_xml(), 9))

    def _plan(self, context: Mapping[str, Any]) -> Plan:
        key = tuple(shape(sheet.tree, context) for sheet in self._sheets)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._make_plan(key)
            if len(self._plans) > PLANS_KEPT:
                self._plans.popitem(last=False)
        return plan

    def _make_plan(self, key: tuple[Shape, ...]) -> Plan:
        scopes = Scopes()
        maps = {sheet.key: RowMap(sheet.tree, counts) for sheet, counts in zip(self._sheets, key, strict=True)}
        contents: dict[str, Mapping[tuple[int, int], Content]] = {s.key: s.contents for s in self._sheets}
        plan = Plan([*self._carried], [], scopes)
        origins: dict[str, Any] = {}
        for part, sheet in self._parts:
            steps = program(part.place(Place(maps, scopes, contents, origins, sheet)))
            if steps.steps:
                plan.programs.append((part.part, steps))
            else:
                plan.fixed.append(pack(part.part, steps.end.encode()))
        return plan
