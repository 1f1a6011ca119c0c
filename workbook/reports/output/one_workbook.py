"""All reports in one workbook, a sheet for each learner behind a front page: a new one, or a copy of a tracker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from workbook.model import CannotDo
from workbook.package.parts import Package, PackageWriter, pack
from workbook.reports.engine.adopted import adopt
from workbook.reports.engine.book import holds_formulas
from workbook.reports.engine.compiled import Parts
from workbook.reports.engine.grown_book import SHEET_TYPE, GrownBook
from workbook.reports.engine.markup import document, making_sense, named, parse
from workbook.reports.engine.merge_styles import StyleBook
from workbook.reports.engine.sheet_copies import Copy, SheetCopies
from workbook.reports.engine.sheet_names import unique_sheet_name
from workbook.reports.engine.template import Template
from workbook.reports.output.front_page import Front, FrontPage


@dataclass(frozen=True, slots=True)
class Report:
    """One learner's report: the name its sheet should have, what fills it, and the values of its front page line."""

    name: str
    context: Mapping[str, Any]
    line: Sequence[object] = ()


def write_workbook(template: Template, reports: Iterable[Report], file: BinaryIO, front: Front | None = None) -> int:
    """Write a workbook with a front page and each learner's sheets; gives the number of learners.

    Raises CannotDo when the template asks for something unknown or holds what a workbook cannot hold twice.
    """
    template.require_known()
    parts = Parts(template.package, template.vocabulary)
    with making_sense(parts.book.part):
        copies = SheetCopies(parts, _tag(template.package))
        dropped = [sheet.sheet for sheet in copies.sheets]
        book = GrownBook(template.package, dropped, [table.name.lower() for table in copies.tables])
    table = _free_number(template.package, "template")
    front_page, styles = _front_page(book, front or Front())
    writer = PackageWriter(file)
    chain, strings = parts.book.linked("calcChain"), parts.book.linked("sharedStrings")
    left = {*book.rewritten, *copies.originals, styles.part, chain}
    book.forget(chain)
    for name in template.package.names:
        if name == strings and (cleared := parts.strings.cleared()) is not None:
            writer.put(pack(name, document(cleared), 9))
        elif name in book.kept_sheets:
            writer.add(name, _unselected(template.package, name))
        elif name not in left:
            writer.put(template.package.member(name))
    book.types.parts = {part: kind for part, kind in book.types.parts.items() if part not in {*copies.originals, chain}}
    place = _Place(
        writer, book, copies, front_page, unique_sheet_name("Reports", book.taken), holds_formulas(template.package)
    )
    count = place.fill(reports, table)
    writer.add(styles.part, styles.to_xml())
    place.finish(first=True, formulas=holds_formulas(template.package))
    return count


def write_into_copy(
    template: Template, reports: Iterable[Report], tracker: Package, file: BinaryIO, front: Front | None = None
) -> int:
    """Write a copy of a tracker with a front page and each learner's sheets behind its own; gives their number.

    The tracker's other parts are carried as they are. Raises CannotDo as `write_workbook` does.
    """
    template.require_known()
    with making_sense("of sheets", "tracker"):
        book = GrownBook(tracker)
    table = _free_number(tracker, "tracker")
    front_page, styles = _front_page(book, front or Front())
    adopted = adopt(template.package, styles, tracker)
    parts = Parts(adopted, template.vocabulary)
    with making_sense(parts.book.part):
        copies = SheetCopies(parts, _tag(tracker), whole=True)
    writer = PackageWriter(file)
    for name in tracker.names:
        if name not in book.rewritten and name != styles.part:
            writer.put(tracker.member(name))
    for name, new in copies.shared.items():
        writer.put(adopted.member(name)._replace(name=new))
    for ending, kind in copies.default_types().items():
        book.types.defaults.setdefault(ending, kind)
    place = _Place(
        writer, book, copies, front_page, unique_sheet_name("Reports", book.taken), holds_formulas(template.package)
    )
    count = place.fill(reports, table)
    writer.add(styles.part, styles.to_xml())
    with making_sense("of sheets", "tracker"):
        # None: what the tracker says of its own formulas stays
        place.finish(first=False, formulas=holds_formulas(template.package) or None)
    return count


def _front_page(book: GrownBook, front: Front) -> tuple[FrontPage, StyleBook]:
    part = book.book.linked("styles")
    if part is None:
        raise CannotDo("The workbook has no styles, so reports cannot be put into it: save it again in Excel.")
    styles = StyleBook(book.package, part)
    return FrontPage(styles, front), styles


def _unselected(package: Package, part: str) -> bytes:
    """A sheet that is kept beside the front page, which is the one selected."""
    root = parse(package.read(part), part)
    for view in named(root, "sheetView"):
        view.attrib.pop("tabSelected", "")
    return document(root)


def _tag(package: Package) -> str:
    """An ending for the copies' part names that no part has yet."""
    tag = "r"
    while any(re.search(rf"_{tag}[0-9.]", name) for name in package.names):
        tag += "r"
    return tag


def _free_number(package: Package, of: str) -> int:
    """The first number above those of all tables in the workbook. Raises CannotDo where one of them has none."""
    above = 1
    for name in package.names:
        if "/tables/" in name:
            with making_sense(name, of):
                above = max(above, int(parse(package.read(name), name).get("id", "0")) + 1)
    return above


class _Place:
    """A workbook being written: copies go in one by one, the front page and the book's own parts at the end."""

    def __init__(
        self, writer: PackageWriter, book: GrownBook, copies: SheetCopies, page: FrontPage, name: str, formulas: bool
    ) -> None:
        self.formulas = formulas
        self.writer, self.book, self.copies, self.page, self.name = writer, book, copies, page, name
        self._lines: list[tuple[str, Sequence[object]]] = []
        self._copies: list[Copy] = []

    def fill(self, reports: Iterable[Report], table: int) -> int:
        """Write a copy for each report, its tables numbered on from ``table``."""
        number = 0
        for number, report in enumerate(reports, 1):
            names = list(self._names(report.name))
            first = table + (number - 1) * len(self.copies.tables)
            self._copies.append(self.copies.write(self.writer, number, names, first, report.context))
            self._lines.append((names[0], report.line or (report.name,)))
        return number

    def _names(self, wanted: str) -> Iterator[str]:
        """A name for each sheet of a report: the learner's, and the learner's with the template sheet's."""
        for number, sheet in enumerate(self.copies.sheets):
            own = wanted if number == 0 or "{{" in sheet.name else f"{wanted[:18]} {sheet.name}"
            yield unique_sheet_name(own, self.book.taken)

    def finish(self, *, first: bool, formulas: bool | None) -> None:
        """Write the front page, in front of all sheets or before the learners' own, and the book's parts."""
        part = f"xl/worksheets/front_{self.copies.tag}.xml"
        self.writer.add(part, self.page.sheet(self._lines, selected=first))
        front = Copy([(self.name, part)], [], {part: SHEET_TYPE})
        self.book.add(front, first=first)
        for copy in self._copies:
            self.book.add(copy)
        self.book.write(self.writer, formulas=formulas, active=0 if first else None)
        self.writer.close()
