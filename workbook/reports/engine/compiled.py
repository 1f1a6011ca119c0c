"""A template taken apart: the parts that differ from report to report, compiled, and the parts that are carried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from workbook.model import CannotDo
from workbook.package.parts import Beginning, Member, Package, pack
from workbook.package.relationships import CONTENT_TYPES, ContentTypes, relationships_name, relationships_xml
from workbook.reports.engine.book import BookPart
from workbook.reports.engine.cells import Strings
from workbook.reports.engine.markup import document, making_sense
from workbook.reports.engine.moving import Changes
from workbook.reports.engine.parts import Part, parts_of, parts_of_chart_sheet
from workbook.reports.engine.placing import SHEET_NAMES, Place, Scopes
from workbook.reports.engine.programs import Program, made_part
from workbook.reports.engine.properties import PropertiesPart
from workbook.reports.engine.rows import RowMap, Shape, shape
from workbook.reports.engine.sheet import SheetPart
from workbook.reports.engine.sheet_names import filled_name, unique_sheet_name
from workbook.reports.engine.styles import Styles
from workbook.reports.engine.tables import TablePart
from workbook.reports.engine.tokens import Ask, Vocabulary, tokens_in

_PROPERTIES = ("core-properties", "extended-properties", "custom-properties")


class Plan(NamedTuple):
    """The report for one shape of the data: parts that are the same for all learners, and programs."""

    fixed: Beginning
    programs: list[tuple[str, Program]]
    scopes: Scopes


class Parts:
    """All parts of a template that may differ, with what they ask for."""

    def __init__(self, package: Package, vocabulary: Vocabulary) -> None:
        self.package = package
        self.book = BookPart(package)
        with making_sense("of shared texts"):
            self.strings = Strings(package, self.book.linked("sharedStrings"))
        with making_sense("of styles"):
            styles = Styles(package, self.book.linked("styles"), self.book.epoch_1904)
        names = self.book.sheet_names()
        self.sheets: list[SheetPart] = []
        self.by_sheet: dict[str, list[Part]] = {}
        for name, part in self.book.sheets():
            with making_sense(part):
                sheet = SheetPart(package, part, name, self.strings, styles, vocabulary, names)
                self.sheets.append(sheet)
                self.by_sheet[sheet.sheet] = list(parts_of(package, sheet, vocabulary))
        if not self.sheets:
            raise CannotDo("The template has no worksheet, only charts on sheets of their own: a report begins on one.")
        self.chart_sheets = [
            part
            for name, target in self.book.sheets("chartsheet")
            for part in parts_of_chart_sheet(package, target, name, vocabulary)
        ]
        self.properties = [
            PropertiesPart(package, link.target, names, vocabulary)
            for link in package.relationships()
            if link.kind in _PROPERTIES and package.find(link.target)
        ]

    def all(self) -> list[Part]:
        """Every part, sheet by sheet."""
        of_sheets = (part for parts in self.by_sheet.values() for part in parts)
        return [*of_sheets, *self.chart_sheets, *self.properties, self.book]

    def asks(self) -> list[Ask]:
        """All that is asked for: each sheet first, then what belongs to it."""
        found: list[Ask] = []
        for sheet in self.sheets:
            found += sheet.asks
            found += [ask for part in self.by_sheet[sheet.sheet] if part is not sheet for ask in part.asks]
        return found + [ask for part in (*self.chart_sheets, *self.properties) for ask in part.asks]

    def changes(self, renamed: frozenset[str]) -> Changes:
        """Which sheets differ, move or are renamed; formulas are followed from sheet to sheet and through names."""
        filled = {sheet.sheet for sheet in self.sheets if sheet.fills_cells}
        moving = frozenset(sheet.sheet for sheet in self.sheets if not sheet.is_fixed)
        names = frozenset[str]()
        while True:
            tables = {
                part.name.lower() for sheet in filled for part in self.by_sheet[sheet] if isinstance(part, TablePart)
            }
            changes = Changes(frozenset(filled), moving, renamed, names=names | tables)
            more = {sheet.sheet for sheet in self.sheets if sheet.sheet not in filled and sheet.looks_at(changes.stale)}
            names = self.book.names_that(changes.stale)
            filled |= more
            if not more and names <= changes.names:
                return changes

    def shapes(self, context: Mapping[str, Any]) -> tuple[Shape, ...]:
        """The shape of each sheet for one learner."""
        return tuple(shape(sheet.tree, context) for sheet in self.sheets)

    def places(self, shapes: tuple[Shape, ...], scopes: Scopes, renamed: frozenset[str]) -> Callable[[Part], Place]:
        """Gives where each part stands, for one shape of the data."""
        maps = {sheet.sheet: RowMap(sheet.tree, each) for sheet, each in zip(self.sheets, shapes, strict=True)}
        contents = {sheet.sheet: sheet.contents for sheet in self.sheets}
        everywhere = Place(maps, scopes, contents, {}, renamed)
        return lambda part: everywhere.on(part.sheet)


class Compiled:
    """A template compiled to make a file for each learner."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._renamed = frozenset(sheet.sheet for sheet in parts.sheets if tokens_in(sheet.name))
        changes = parts.changes(self._renamed)
        self._differing = [part for part in parts.all() if part.concerns(changes)]
        for part in self._differing:
            with making_sense(part.part):
                part.compile(changes)
        self._carried = Beginning.of(self._carry())

    def _carry(self) -> list[Member]:
        """What goes into every report as it is: all other parts, without the order of calculation."""
        parts, package = self._parts, self._parts.package
        differing = {part.part for part in self._differing}
        chain, strings = parts.book.linked("calcChain"), parts.book.linked("sharedStrings")
        types = ContentTypes(package.read(CONTENT_TYPES))
        types.parts.pop(chain or "", None)
        carried = [pack(CONTENT_TYPES, types.to_xml(), 9)]
        for name in package.names:
            if name in differing or name in (chain, CONTENT_TYPES):
                continue
            if name == strings and (cleared := parts.strings.cleared()) is not None:
                carried.append(pack(name, document(cleared), 9))
            elif chain and name == relationships_name(parts.book.part):
                links = [link for link in parts.book.links.values() if link.target != chain]
                carried.append(pack(name, relationships_xml(parts.book.part, links), 9))
            else:
                carried.append(package.member(name))
        return carried

    def named(self, context: Mapping[str, Any]) -> Mapping[str, Any]:
        """The context with the names of its sheets, where they hold tokens."""
        if not self._renamed:
            return context
        taken = {sheet.sheet for sheet in self._parts.sheets if sheet.sheet not in self._renamed}
        names = {
            sheet.sheet: unique_sheet_name(filled_name(sheet.name, context), taken)
            for sheet in self._parts.sheets
            if sheet.sheet in self._renamed
        }
        return {**context, SHEET_NAMES: names}

    def plan(self, shapes: tuple[Shape, ...]) -> Plan:
        """The report for one shape of the data."""
        fixed: list[Member] = []
        programs: list[tuple[str, Program]] = []
        scopes = Scopes()
        place = self._parts.places(shapes, scopes, self._renamed)
        for part in self._differing:
            with making_sense(part.part):
                made = made_part(part.part, part.place(place(part)))
            if isinstance(made, Program):
                programs.append((part.part, made))
            else:
                fixed.append(made)
        return Plan(Beginning.of(fixed, self._carried), programs, scopes)
