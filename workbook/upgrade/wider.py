"""A table given the columns and formulas of this version, in its own sheet: every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape

from workbook.editing.cells import cell_xml
from workbook.editing.sheet import SheetText
from workbook.editing.table import EditedTable, address
from workbook.model import CannotDo, Column, Table, Value
from workbook.model.tracker import column_letter
from workbook.package import xml_tree as etree
from workbook.reading.outline import column_number

_CELL = re.compile(rb'<(?:[\w.-]+:)?c\b[^>]*?\br="([A-Z]+)\d+"[^>]*?(/?)>')
_FORMULA = re.compile(rb"[^>]*><(?:[\w.-]+:)?f\b([^>]*)>([^<]*)<")
_STYLE = re.compile(rb'\bs="(\d+)"')
_SPANS = re.compile(rb'(<(?:[\w.-]+:)?row\b[^>]*?) spans="[^"]*"')


@dataclass
class WiderTable:
    """A table, its sheet, and what is missing in it; ``numbers`` are the columns of this version by key."""

    table: EditedTable
    text: SheetText
    missing: tuple[Column, ...] = ()
    numbers: dict[str, int] = field(default_factory=dict)
    renewed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        place, known = self.table.place, self.table.headings.columns
        self.missing = tuple(one for one in self.table.sheet.columns if one.key not in known)
        new = {one.key: number for number, one in enumerate(self.missing, place.last_column + 1)}
        self.numbers = known | new
        self.renewed = [
            one.header
            for one in self.table.sheet.computed
            if one.key in known and self._formulas_of(known[one.key]) - {(self.formula(one), False)}
        ]

    def __bool__(self) -> bool:
        return bool(self.missing or self.renewed)

    def _formulas_of(self, number: int) -> set[tuple[str, bool]]:
        """The formulas of a column, and whether they are array formulas: of new rows, else those that stand in it.

        Programs other than Excel do not keep the formula that new rows get.
        """
        place = self.table.place
        node = list(self.table.root.iter("{*}tableColumn"))[number - place.first_column]
        told = node.find("{*}calculatedColumnFormula")
        if told is not None and told.text:
            return {(told.text, told.get("array") in ("1", "true"))}
        held = set()
        for row in range(place.header_row + 1, place.last_row + 1 - place.totals_rows):
            found = self._formula_in(number, row) if row in self.text else None
            held |= {found} if found else set()
        return held

    def _formula_in(self, number: int, row: int) -> tuple[str, bool] | None:
        """The formula of a cell as a table has it, and whether it is an array formula; None where there is none."""
        text = self.text.text(row)
        at = text.find(b' r="%s"' % address(number, row).encode())
        found = _FORMULA.match(text, at) if at >= 0 else None
        return (unescape(found.group(2).decode()), b't="array"' in found.group(1)) if found else None

    def formula(self, column: Column) -> str:
        """A column's formula, in which columns are called as this file calls them."""
        text = self.table.sheet.native(column)[1:]
        for other in self.table.sheet.columns:
            called = self.table.headings.texts.get(self.numbers.get(other.key, 0), other.header)
            if called != other.header:
                text = text.replace(f"[{other.header}]", f"[{called}]")
        return text

    def letters(self) -> dict[str, str]:
        """The letters of each column by the heading of this version."""
        return {one.header: column_letter(self.numbers[one.key]) for one in self.table.sheet.columns}

    def write(self, records: Table, figures: Mapping[str, Sequence[Value]]) -> None:
        """Write headings, cells and formulas; ``figures`` are the results to store beside new formulas."""
        if self.missing:
            self._require_room()
        rows = dict(zip(records.rows, range(len(records.rows)), strict=True))
        place = self.table.place
        if place.header_row in self.text:
            self._append(place.header_row, list(self._headings()))
        formulas = {self.numbers[one.key]: self._element(one) for one in self.table.sheet.computed}
        styles = {one.key: self._style(self._like(one), place.header_row + 1) for one in self.missing}
        for row in range(place.header_row + 1, place.last_row + 1 - place.totals_rows):
            if row not in self.text:
                continue
            self._renew(row, formulas)
            cells = []
            for one in self.missing:
                value = figures[one.key][rows[row]] if one.computed and row in rows else None
                formula = formulas.get(self.numbers[one.key], "")
                spot = address(self.numbers[one.key], row)
                cells.append(cell_xml(self.text.prefix, spot, styles[one.key], value, False, formula))
            self._append(row, cells)
        self._widen_frame()
        self._widen_table()

    def _require_room(self) -> None:
        place, last = self.table.place, self.table.place.last_column
        new = range(last + 1, last + 1 + len(self.missing))
        beside = any(
            other is not place
            and other.first_column in range(last + 1, new.stop)
            and other.last_row >= place.header_row
            for other in self.table.sheet_part.tables
        )
        for row in (one for one in self.text.numbers if place.header_row <= one <= place.last_row):
            for cell in _CELL.finditer(self.text.text(row)):
                beside = beside or (column_number(cell.group(1).decode()) in new and not cell.group(2))
        if beside:
            spot = f"{column_letter(last + 1)}{place.header_row}"
            raise CannotDo(
                f"Something stands right beside the table of {self.table.sheet.name} (from {spot} on), where "
                f"{', '.join(one.header for one in self.missing)} should go: move it a few columns to the right in "
                "Excel, save, then upgrade again."
            )

    def _element(self, column: Column) -> str:
        return f"<{self.text.prefix}f>{escape(self.formula(column), quote=False)}</{self.text.prefix}f>"

    def _headings(self) -> Iterator[str]:
        for one in self.missing:
            spot = address(self.numbers[one.key], self.table.place.header_row)
            style = self._style(self._like(one), self.table.place.header_row)
            yield cell_xml(self.text.prefix, spot, style, one.header, False)

    def _like(self, column: Column) -> int:
        """The number of a column that looks as the new one should: of its kind, where there is one."""
        known = [one for one in self.table.sheet.columns if one.key in self.table.headings.columns]
        alike = [one for one in known if one.computed == column.computed]
        kin = [one for one in alike if (one.kind, one.format) == (column.kind, column.format)]
        return self.table.headings.columns[(kin or alike or known)[-1].key]

    def _style(self, number: int, row: int) -> str:
        start = self.text.text(row).find(f'r="{address(number, row)}"'.encode())
        found = _STYLE.search(self.text.text(row)[start:].split(b">", 1)[0]) if start >= 0 else None
        return found.group(1).decode() if found else ""

    def _renew(self, row: int, formulas: Mapping[int, str]) -> None:
        """Give the row's formula cells the formulas of this version; what somebody typed over one stays."""
        prefix = self.text.prefix.encode()
        pattern = re.compile(
            rb'(<%sc r="([A-Z]+)%d"[^>]*>)<%sf\b(?:[^>]*/>|[^>]*>[^<]*</%sf>)' % (prefix, row, prefix, prefix)
        )

        def put(found: re.Match[bytes]) -> bytes:
            new = formulas.get(column_number(found.group(2).decode()))
            return found.group() if new is None else found.group(1) + new.encode()

        self.text.anew[row] = pattern.sub(put, self.text.text(row))

    def _append(self, row: int, cells: Sequence[str]) -> None:
        """Put new cells behind the row's cells of the table, before any that stand further to the right."""
        text = _SPANS.sub(rb"\1", self.text.anew.get(row) or self.text.text(row))
        new = "".join(cells).encode()
        last = self.table.place.last_column
        empty = (
            re.compile(
                rb'<(?:[\w.-]+:)?c r="(?:%s)\d+"[^>]*/>'
                % b"|".join(column_letter(self.numbers[one.key]).encode() for one in self.missing)
            )
            if self.missing
            else None
        )
        if empty is not None:
            text = empty.sub(b"", text)
        at = next((one.start() for one in _CELL.finditer(text) if column_number(one.group(1).decode()) > last), -1)
        at = at if at >= 0 else text.rfind(b"</%srow>" % self.text.prefix.encode())
        self.text.anew[row] = text[:at] + new + text[at:] if at >= 0 else text

    def _widen_frame(self) -> None:
        last = max(self.numbers.values())
        for node in self.text.frame.iter("{*}dimension"):
            first, _, end = node.get("ref", "").partition(":")
            found = re.fullmatch(r"([A-Z]+)(\d+)", end)
            if found and column_number(found.group(1)) < last:
                node.set("ref", f"{first}:{address(last, int(found.group(2)))}")
        columns = self.text.frame.find("{*}cols")
        if columns is not None:
            for one in self.missing:
                _add_column(columns, self.numbers[one.key], self._like(one), one)

    def _widen_table(self) -> None:
        root, place = self.table.root, self.table.place
        main = root.tag[: root.tag.rindex("}") + 1]
        last = column_letter(place.last_column + len(self.missing))
        for node in (root, *root.iter(main + "autoFilter")):
            found = re.fullmatch(r"([A-Z]+\d+):[A-Z]+(\d+)", node.get("ref", ""))
            if found:
                node.set("ref", f"{found.group(1)}:{last}{found.group(2)}")
        holder = next(root.iter(main + "tableColumns"))
        nodes = [one for one in holder if one.tag == main + "tableColumn"]
        number = max(etree.whole(one, "id") for one in nodes)
        for place_in, one in enumerate(self.missing, 1):
            nodes.append(etree.sub_element(holder, main + "tableColumn", id=str(number + place_in), name=one.header))
        holder.set("count", str(len(nodes)))
        for one in self.table.sheet.computed:
            node = nodes[self.numbers[one.key] - place.first_column]
            formula = node.find(main + "calculatedColumnFormula")
            if formula is None:
                formula = etree.Element(main + "calculatedColumnFormula")
                node.insert(0, formula)
            formula.attrib.pop("array", "")
            formula.text = self.formula(one)


def _add_column(columns: etree.Element, number: int, like: int, column: Column) -> None:
    """A width for a new column; one that only serves formulas is folded away as the one before it is."""

    def of(wanted: int) -> etree.Element | None:
        return next((one for one in columns if etree.whole(one, "min") <= wanted <= etree.whole(one, "max")), None)

    there, before, model = of(number), of(number - 1), of(like)
    if there is not None and there.get("min") != there.get("max"):
        return
    tag = columns.tag[: columns.tag.rindex("}") + 1] + "col"
    new = etree.Element(tag, min=str(number), max=str(number), width=str(column.width + 0.7109375), customWidth="1")
    if model is not None and model.get("style"):
        new.set("style", model.get("style", ""))
    if there is not None:
        if there.get("collapsed") and before is not None and before.get("hidden"):
            new.set("hidden", "1")
            new.set("outlineLevel", before.get("outlineLevel", "1"))
            if of(number + 1) is None:
                there.set("min", str(number + 1))
                there.set("max", str(number + 1))
                columns.insert(columns.index(there), new)
                return
        columns.replace(there, new)
        return
    later = [one for one in columns if etree.whole(one, "min") > number]
    columns.insert(columns.index(later[0]) if later else len(columns), new)
