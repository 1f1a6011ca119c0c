"""A template's sheets as they come again and again in one workbook, each copy with its own parts and names."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from workbook.model import CannotDo
from workbook.package.parts import Member, PackageWriter
from workbook.package.relationships import CONTENT_TYPES, ContentTypes, relationships_name
from workbook.reports.engine.compiled import Parts
from workbook.reports.engine.links import LinksPart
from workbook.reports.engine.markup import Element, making_sense, named
from workbook.reports.engine.moving import Changes, Formula, Spelling
from workbook.reports.engine.parts import Part
from workbook.reports.engine.placing import COPY_NUMBER, SHEET_NAMES, TABLE_NUMBER, Scopes
from workbook.reports.engine.programs import Program, made_part, program
from workbook.reports.engine.rows import Shape
from workbook.reports.engine.tables import TablePart

_SHARED = ("image", "hdphoto", "media")
_REFUSED = {"pivotTable": "a pivot table", "slicer": "a slicer", "timeline": "a timeline", "queryTable": "a query"}
_PLANS_KEPT = 256


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A defined name of one copy: its attributes, its text, and the copy's sheet it belongs to."""

    attributes: Mapping[str, str]
    text: str
    sheet: int


@dataclass(frozen=True, slots=True)
class Copy:
    """What one copy brought: sheets (name, part), defined names, and parts with their content types."""

    sheets: Sequence[tuple[str, str]]
    names: Sequence[DefinedName]
    types: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _PartPlan:
    """A part of each copy: its name before and after the copy's tag and number, its content type, what fills it."""

    stem: str
    ending: str
    type: str
    made: Program | Member


@dataclass(slots=True)
class _Plan:
    parts: list[_PartPlan]
    names: list[tuple[Mapping[str, str], int, Program]]
    scopes: Scopes


class SheetCopies:
    """The sheets of a template that differ from learner to learner, compiled to be copied within one workbook.

    `tag` sets the copies' part names apart from all that is there. `whole` copies the other sheets and the book's
    defined names too, for a workbook that does not hold them.
    """

    def __init__(self, parts: Parts, tag: str, *, whole: bool = False) -> None:
        plain = parts.changes(frozenset())
        sheets = [s for s in parts.sheets if whole or any(p.concerns(plain) for p in parts.by_sheet[s.sheet])]
        if not sheets:
            raise CannotDo(
                "No sheet of the template differs from learner to learner, only what stands outside of sheets: put a "
                "name such as {{learner.first_name}} into a cell, or make a file each."
            )
        self._parts, self.sheets, self.tag, self._whole = parts, sheets, tag, whole
        self._renamed = frozenset(sheet.sheet for sheet in sheets)
        self._package = parts.package
        self._own = [part for sheet in sheets for part in parts.by_sheet[sheet.sheet]]
        self.shared: dict[str, str] = {}
        self._copied: list[str] = []
        for sheet in sheets:
            self._follow(sheet.part)
        self.tables = [part for part in self._own if isinstance(part, TablePart)]
        changes = self._changes()
        self._differing = self._compile(changes)
        self._names = self._defined_names(changes)
        self._types = ContentTypes(self._package.read(CONTENT_TYPES))
        self._plans: OrderedDict[tuple[Shape, ...], _Plan] = OrderedDict()

    def _follow(self, part: str) -> None:
        """Find all parts that belong to a sheet: pictures are shared by all copies, the rest is each copy's own."""
        self._copied.append(part)
        for link in self._package.relationships(part):
            if link.external or not self._package.find(link.target):
                continue
            if link.kind in _REFUSED:
                what = _REFUSED[link.kind]
                raise CannotDo(f"The template holds {what}, which one workbook cannot hold twice: make a file each.")
            if link.kind in _SHARED:
                stem, _, ending = link.target.rpartition(".")
                self.shared[link.target] = f"{stem}_{self.tag}.{ending}" if self._whole else link.target
            elif link.target not in self._copied:
                self._follow(link.target)

    def _changes(self) -> Changes:
        filled = self._parts.changes(frozenset())
        for number, table in enumerate(self.tables):
            table.number = number
        return replace(
            filled,
            renamed=self._renamed,
            tables=frozenset(table.name.lower() for table in self.tables),
            order=tuple(sheet.sheet for sheet in self._parts.sheets),
        )

    def _compile(self, changes: Changes) -> dict[str, Part]:
        targets = {**dict.fromkeys(self._copied, ""), **self.shared}
        linked = {part.part for part in self._own if isinstance(part, LinksPart)}
        for name in self._copied:
            if relationships_name(name) not in linked and self._package.find(relationships_name(name)):
                self._own.append(LinksPart(self._package, name, ""))
        for part in self._own:
            if isinstance(part, LinksPart):
                part.targets = targets
        for sheet in self.sheets:
            _one_of_many(sheet.root)
        differing = [part for part in self._own if part in self.sheets or part.concerns(changes)]
        for part in differing:
            with making_sense(part.part):
                part.compile(changes)
        return {part.part: part for part in differing}

    def _defined_names(self, changes: Changes) -> list[tuple[dict[str, str], int, list[Spelling]]]:
        """Names that belong to the copied sheets: those of a sheet, and those of the book that look at one."""
        numbers = {sheet.sheet: number for number, sheet in enumerate(self.sheets)}
        order = [name.lower() for name in self._parts.book.sheet_names()]
        own = self._parts.book.names_that(changes.alter)
        found: list[tuple[dict[str, str], int, list[Spelling]]] = []
        for name in self._parts.book.defined_names():
            attributes = {str(key): str(value) for key, value in name.attrib.items() if key != "localSheetId"}
            formula = changes.read_name(name.text or "")
            local = name.get("localSheetId")
            if local is not None:
                number = numbers.get(order[int(local)])
                if number is not None:
                    found.append((attributes, number, formula))
            elif self._whole or (name.get("name") or "").lower() in own:
                found += [(attributes, number, formula) for number in numbers.values()]
        return found

    @property
    def originals(self) -> set[str]:
        """The template's parts that are not carried, since each copy has its own, with their links."""
        return {*self._copied, *(relationships_name(name) for name in self._copied)}

    def default_types(self) -> dict[str, str]:
        """The content types by ending that the copies' parts rely on."""
        return self._types.defaults

    def write(
        self, writer: PackageWriter, number: int, names: Sequence[str], tables: int, context: Mapping[str, Any]
    ) -> Copy:
        """Write copy `number` for one learner; `names` are its sheets' names, `tables` is its first table's number."""
        shapes = self._parts.shapes(context)
        plan = self._plans.get(shapes)
        if plan is None:
            plan = self._plans[shapes] = self._plan(shapes)
            if len(self._plans) > _PLANS_KEPT:
                self._plans.popitem(last=False)
        known = {sheet.sheet: name for sheet, name in zip(self.sheets, names, strict=True)}
        own = {COPY_NUMBER: f"{self.tag}{number}", TABLE_NUMBER: tables}
        opened = plan.scopes.open({**context, **own, SHEET_NAMES: known})
        types: dict[str, str] = {}
        for part in plan.parts:
            new = f"{part.stem}_{own[COPY_NUMBER]}.{part.ending}"
            if isinstance(part.made, Program):
                writer.put(part.made.member(new, opened))
            else:
                writer.put(part.made._replace(name=new))
            types[new] = part.type
        parts = (f"{sheet.part.rpartition('.')[0]}_{self.tag}{number}.xml" for sheet in self.sheets)
        sheets = list(zip(names, parts, strict=True))
        found = [DefinedName(attributes, unescape(text.text(opened)), sheet) for attributes, sheet, text in plan.names]
        return Copy(sheets, found, types)

    def _plan(self, shapes: tuple[Shape, ...]) -> _Plan:
        scopes = Scopes()
        place = self._parts.places(shapes, scopes, self._renamed)
        plan = _Plan([], [], scopes)
        names = [*self._copied, *(relationships_name(name) for name in self._copied)]
        for name in names:
            part = self._differing.get(name)
            if part is not None:
                with making_sense(name):
                    plan.parts.append(self._part_plan(name, made_part(name, part.place(place(part)))))
            elif self._package.find(name):
                plan.parts.append(self._part_plan(name, self._package.member(name)))
        for attributes, number, formula in self._names:
            text = program(Formula(formula).place(place(self.sheets[number])))
            plan.names.append((attributes, number, text))
        return plan

    def _part_plan(self, name: str, made: Program | Member) -> _PartPlan:
        stem, _, ending = name.rpartition(".")
        if ending == "rels":
            stem, _, inner = stem.rpartition(".")
            ending = f"{inner}.rels"
        return _PartPlan(stem, ending, self._types.of(name), made)


def _one_of_many(root: Element) -> None:
    """A copied sheet is not the one that is selected, and has no code of its own."""
    for view in named(root, "sheetView"):
        view.attrib.pop("tabSelected", "")
    for properties in named(root, "sheetPr"):
        properties.attrib.pop("codeName", "")
