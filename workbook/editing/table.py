"""The table of a sheet that is being changed: where it lies, its columns, the formulas that new rows get."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workbook.model import CannotDo, Sheet
from workbook.model.tracker import column_letter
from workbook.package import xml_tree as etree
from workbook.package.parts import Package
from workbook.reading.headings import Headings, match_headings
from workbook.reading.outline import SheetPart, TablePart, column_number, corners
from workbook.reading.references import Reference, parse, shifted, write

_RANGE = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d+)(:)(\$?[A-Z]{1,3}\$?)(\d+)")
_CELL = re.compile(r"\$?[A-Z]{1,3}\$?\d+")


@dataclass
class EditedTable:
    """A table, its part and its columns by key; ``formulas`` gives the formula of each column that has one."""

    sheet: Sheet
    sheet_part: SheetPart
    place: TablePart
    part: str
    root: etree.Element
    headings: Headings
    formulas: dict[int, tuple[str, bool]] = field(default_factory=dict)

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each column by key, the user's own columns too."""
        return self.headings.columns | self.headings.extras

    def computed(self, key: str) -> bool:
        """Whether a column works itself out, by the model or by the table's own formula."""
        column = self.sheet.by_key.get(key)
        return column.computed if column else self.numbers.get(key, 0) in self.formulas

    def number(self, key: str) -> int:
        """The number of a column; CannotDo where the file has no such column."""
        if key not in self.numbers:
            header = self.sheet.by_key[key].header if key in self.sheet.by_key else key
            raise CannotDo(
                f"The sheet {self.sheet.name} has no column {header}: put the heading back, or leave the column out."
            )
        return self.numbers[key]

    def typed_in(self, number: int) -> bool:
        """Whether people type in the column, so that a value there makes a row a filled one."""
        return number not in self.formulas and number not in self.headings.computed(self.sheet)


def find_table(package: Package, book: tuple[SheetPart, ...], sheet: Sheet, name: str) -> EditedTable:
    """The table of ``sheet`` in a workbook called ``name``; CannotDo where it is not there or cannot grow."""
    for sheet_part in book:
        for place in sheet_part.tables:
            if place.name.casefold() == sheet.table.casefold():
                return _open_table(package, sheet, sheet_part, place)
    raise CannotDo(
        f"{name} has no table called {sheet.table}: on the sheet {sheet.name} select the rows with their headings, "
        f"choose Insert, Table, and name it {sheet.table}."
    )


def _open_table(package: Package, sheet: Sheet, sheet_part: SheetPart, place: TablePart) -> EditedTable:
    for link in package.relationships(sheet_part.part):
        if link.kind != "table":
            continue
        root = etree.fromstring(package.read(link.target))
        if (root.get("displayName") or root.get("name") or "").casefold() == place.name.casefold():
            headings = match_headings(sheet, place.headings, place.first_column)
            table = EditedTable(sheet, sheet_part, place, link.target, root, headings)
            table.formulas = dict(_formulas(table))
            return table
    raise CannotDo(f"The table {place.name} is damaged: open the tracker in Excel and save it.")


def _formulas(table: EditedTable) -> list[tuple[int, tuple[str, bool]]]:
    """Column number, formula and whether it is an array formula; the model's own where the file names none."""
    main = table.root.tag[: table.root.tag.rindex("}") + 1]
    found: dict[int, tuple[str, bool]] = {}
    for key, number in table.headings.columns.items():
        column = table.sheet.by_key[key]
        if column.computed:
            found[number] = (table.sheet.native(column)[1:], False)
    for number, column_node in enumerate(table.root.iter(main + "tableColumn"), start=table.place.first_column):
        node = column_node.find(main + "calculatedColumnFormula")
        if node is not None and node.text:
            found[number] = (node.text, node.get("array") in ("1", "true"))
    return list(found.items())


def grow_table(table: EditedTable, last_row: int) -> bytes:
    """The table's part with its area, filter and sort reaching down to ``last_row``."""
    main = table.root.tag[: table.root.tag.rindex("}") + 1]
    nodes = [table.root]
    for name in ("autoFilter", "sortState", "sortCondition"):
        nodes += table.root.iter(main + name)
    for node in nodes:
        if node.get("ref"):
            node.set("ref", grown(node.get("ref", ""), table.place, last_row))
    return etree.tostring(table.root, xml_declaration=True, encoding="UTF-8", standalone=True)


def grown(references: str, place: TablePart, last_row: int) -> str:
    """References (``A5:C9 E5:E9``) of which each that ends in the table's last row ends in ``last_row`` instead."""

    def stretch(found: re.Match[str]) -> str:
        left, right = (column_number(found.group(n).strip("$")) for n in (1, 4))
        apart = right < place.first_column or left > place.last_column
        if int(found.group(5)) != place.last_row or apart:
            return found.group()
        return "".join(found.groups()[:4]) + str(last_row)

    spelt_out = " ".join(f"{one}:{one}" if _CELL.fullmatch(one) else one for one in references.split(" "))
    longer = _RANGE.sub(stretch, spelt_out)
    return references if longer == spelt_out else longer


def names_rows(formula: str) -> bool:
    """Whether a formula names cells by address, so that it says something else in another row."""
    return any(isinstance(part, Reference) for part in parse(formula))


def moved(formula: str, origin: str, target: str) -> str:
    """A formula of the cell ``origin`` as it reads in the cell ``target``."""
    start, end = corners(origin), corners(target)
    if start is None or end is None:
        return formula
    return write(shifted(parse(formula), end[0] - start[0], end[2] - start[2]), lambda reference: reference.text)


def address(number: int, row: int) -> str:
    """The address of a cell: column 3 in row 7 is ``C7``."""
    return f"{column_letter(number)}{row}"
