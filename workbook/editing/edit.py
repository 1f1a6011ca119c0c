"""Change rows of a tracker in its own package: all that is not asked for stays as it is, byte for byte.

Written anew are the sheets with changed rows, their tables, the styles where a date has no format yet, and the
workbook part, which is told to recalculate when Excel opens it. Charts, pictures, macros, notes, the user's own sheets
and columns are carried over still packed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from workbook.editing.rows import RowWriter
from workbook.editing.sheet import SheetText, grow_frame, open_sheet
from workbook.editing.styles import DateStyles
from workbook.editing.table import EditedTable, find_table, grow_table, grown
from workbook.editing.written_sheet import WrittenSheet, written_parts
from workbook.model import CannotDo, Sheet, Value, sheet
from workbook.package import xml_tree as etree
from workbook.package.guard import GuardedFile, open_guarded
from workbook.package.meanwhile import Beside, Spread, at_once, one_by_one
from workbook.package.memory import left_in_peace
from workbook.package.parts import Member, Package, level_for, pack_pieces, rewrite
from workbook.package.relationships import CONTENT_TYPES, ContentTypes, relationships_name
from workbook.package.writing import write_safely
from workbook.reading.outline import Book, TablePart, read_book

# What comes before calcPr in a workbook part, in the order that Excel wants.
_BEFORE_CALC = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
)
_OF_A_SHEET = re.compile(r"^('(?:[^']|'')+'|[^'!,]+)!(.+)$")


@dataclass
class TableChange:
    """What is to become of one table. ``changed`` gives new values by worksheet row, ``added`` whole rows for its end.

    Values stand by column key. The key of a computed column gives the result to store beside its formula.
    """

    changed: dict[int, dict[str, Value]] = field(default_factory=dict)
    added: list[dict[str, Value]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changed or self.added)


Changes = Mapping[str, TableChange]
"""What is to become of a tracker, by table name."""


@left_in_peace()
def edit(
    source: Path | GuardedFile,
    target: Path,
    changes: Changes,
    *,
    written: Sequence[WrittenSheet] = (),
    show: Collection[str] = (),
    replace: bool = False,
    on: date | None = None,
    beside: Beside = at_once,
    spread: Spread = one_by_one,
) -> Path | None:
    """Write the tracker ``source`` with ``changes`` to ``target``, and with ``written`` sheets filled anew.

    A sheet seldom used is no longer hidden once rows are added to it; others are not where ``show`` names them.

    With ``replace`` a file that is there already is written over, and first kept beside it under the date ``on``;
    the path of that backup is returned; a tracker in which nothing changes is not touched. ``source`` may be the file
    as it was read: it is then written over only while it is still the same. Rows are ``spread`` to be written, and
    packed ``beside`` that. Raises CannotDo, with nothing lost, where any of it cannot be done.
    """
    file = source if isinstance(source, GuardedFile) else open_guarded(source)
    ending = file.path.suffix
    if ending.lower() != target.suffix.lower():
        raise CannotDo(f"{target.name} must end in {ending}, as {file.path.name} does: give it another name.")
    if replace and not written and not any(changes.values()) and target.exists() and file.path.samefile(target):
        return None
    package = Package(file)
    parts = _changed_parts(package, file, changes, written, show, beside, spread)

    return write_safely(target, lambda out: rewrite(package, parts, out), replace=replace, source=file, on=on)


def _changed_parts(
    package: Package,
    file: GuardedFile,
    changes: Changes,
    written: Sequence[WrittenSheet],
    show: Collection[str],
    beside: Beside,
    spread: Spread,
) -> dict[str, bytes | Member]:
    """The parts that are written anew, by name; an empty one is left out of the package."""
    book = read_book(file)
    by_sheet: dict[str, list[tuple[EditedTable, TableChange]]] = defaultdict(list)
    for name, change in changes.items():
        if change:
            try:
                table = find_table(package, book.sheets, sheet(name), file.path.name)
            except CannotDo:
                if _only_results(sheet(name), change):
                    continue  # nobody asked for anything in it: Excel works its formulas out when it opens the file
                raise
            by_sheet[table.sheet_part.part].append((table, change))
    styles = DateStyles(package.read(book.styles) if book.styles else b"")
    parts: dict[str, bytes | Member] = {}
    grew: list[tuple[EditedTable, int]] = []
    for part, tables in by_sheet.items():
        text = open_sheet(package.read(part), tables[0][0].sheet_part.name)
        for table, change in tables:
            last_row = _write_rows(text, RowWriter(text, table, styles, book.dates_from_1904), change)
            if last_row > table.place.last_row:
                grow_frame(text, table.place, last_row)
                parts[table.part] = grow_table(table, last_row)
                grew.append((table, last_row))
        dated = any(map(_any_date, (change for _, change in tables)))
        pieces = text.pieces(one_by_one if dated else spread)  # a date may need a new style, which all must hear of
        parts[part] = pack_pieces(part, pieces, level_for(text.end - text.first), beside)
    for one in written:
        parts |= written_parts(package, book.sheets, one, book.dates_from_1904, styles)
    if styles.added and book.styles:
        parts[package.find(book.styles) or book.styles] = styles.to_xml()
    hidden = _coming_out(book, changes, show)
    if parts or hidden:
        parts |= workbook_parts(package, lambda root: _grow_and_show(root, grew, hidden))
    return parts


def _any_date(change: TableChange) -> bool:
    rows = (*change.changed.values(), *change.added)
    kinds = set(map(type, chain.from_iterable(values.values() for values in rows)))
    return any(issubclass(kind, date) for kind in kinds)


def _coming_out(book: Book, changes: Changes, show: Collection[str]) -> set[str]:
    """The hidden sheets that are to be seen from now on: those asked for, and those seldom used that get rows."""
    used = {sheet(name).name for name, change in changes.items() if change.added and sheet(name).rare}
    return {one.name for one in book.sheets if one.hidden} & (used | set(show))


def _grow_and_show(root: etree.Element, grew: list[tuple[EditedTable, int]], shown: Collection[str]) -> None:
    for table, last_row in grew:
        _grow_names(root, table.sheet_part.name, table.place, last_row)
    for node in root.iter("{*}sheet"):
        if node.get("name") in shown:
            node.attrib.pop("state", None)


def _only_results(one: Sheet, change: TableChange) -> bool:
    computed = {column.key for column in one.computed}
    return not change.added and all(set(values) <= computed for values in change.changed.values())


def _write_rows(text: SheetText, rows: RowWriter, change: TableChange) -> int:
    """Have the rows of a change written when their turn comes; the number of the last row of new ones."""
    places = rows.free_rows(len(change.added))
    for row, values in change.changed.items():
        text.waits.setdefault(row, []).append(partial(rows.change, row, values))
    for row, values in zip(places, change.added, strict=True):
        text.waits.setdefault(row, []).append(partial(rows.add, row, values))
    return places[-1] if places else 0


def workbook_parts(package: Package, change: Callable[[etree.Element], None]) -> dict[str, bytes]:
    """The workbook part with a change, asking for everything to be worked out, and the package without its old
    order of that.
    """
    main = next(link.target for link in package.relationships() if link.kind == "officeDocument")
    root = etree.fromstring(package.read(main))
    change(root)
    recalculate_on_load(root)
    parts = {package.find(main) or main: _to_xml(root)}
    chain = next((link for link in package.relationships(main) if link.kind == "calcChain"), None)
    if chain and package.find(chain.target):
        links = package.find(relationships_name(main)) or ""
        tree = etree.fromstring(package.read(links))
        for node in [one for one in tree if one.get("Id") == chain.id]:
            tree.remove(node)
        types = ContentTypes(package.read(CONTENT_TYPES))
        types.parts.pop(package.find(chain.target) or "", None)
        parts |= {package.find(chain.target) or "": b"", links: _to_xml(tree), CONTENT_TYPES: types.to_xml()}
    return parts


def recalculate_on_load(root: etree.Element) -> None:
    """Ask for everything to be worked out when the workbook is opened."""
    calc = root.find("{*}calcPr")
    if calc is None:
        calc = etree.Element(root.tag[: root.tag.rindex("}") + 1] + "calcPr")
        before = [child for child in root if child.tag.rpartition("}")[2] in _BEFORE_CALC]
        root.insert(root.index(before[-1]) + 1 if before else 0, calc)
    calc.set("fullCalcOnLoad", "1")


def _grow_names(root: etree.Element, sheet_name: str, place: TablePart, last_row: int) -> None:
    """Let named areas of the sheet, such as its print area, that end in the table's last row follow it down."""
    for name in root.iter("{*}definedName"):
        found = _OF_A_SHEET.match(name.text or "")
        if found and found.group(1).strip("'").replace("''", "'") == sheet_name:
            name.text = f"{found.group(1)}!{grown(found.group(2), place, last_row)}"


def _to_xml(root: etree.Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
