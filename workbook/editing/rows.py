"""The rows of a table that is being changed: which are free, what a new row looks like, what a changed one says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from html import escape, unescape

from workbook.editing.cells import cell_ending, put_value
from workbook.editing.sheet import SheetText
from workbook.editing.styles import DateStyles
from workbook.editing.table import EditedTable, address, moved, names_rows
from workbook.model import CannotDo, Value
from workbook.model.tracker import column_letter
from workbook.package import xml_tree as etree
from workbook.reading.outline import corners

_OWN_ROW = re.compile(rb'\s(?:r|spans|hidden|collapsed|outlineLevel)="[^"]*"')
_FORMULA = re.compile(rb'<(?:[\w.-]+:)?c\b[^>]*?\br="([A-Z]+\d+)"[^>]*><(?:[\w.-]+:)?f\b([^>]*)>([^<]+)<')

# A cell as Excel and most programs write it: address, style, type, then perhaps a formula of its own and a value.
_CELL = (
    rb'<c r="(%s)\d+"(?: s="(\d*)")?(?: t="\w+")?'
    rb"(?:/>|>(?:(<f[^>]*?(?:/>|>[^<]*</f>))|(?!<f))[^\0]*?</c>)"
)


class RowWriter:
    """Writes rows of one table into its sheet; new rows look like the row above them, the table's last."""

    def __init__(self, sheet: SheetText, table: EditedTable, styles: DateStyles, from_1904: bool) -> None:
        self.sheet, self.table, self.styles, self.from_1904 = sheet, table, styles, from_1904
        self.last = table.place.last_row
        self._last_cells = {cell.get("r", ""): cell for cell in sheet.element(self.last)} if self.last in sheet else {}
        self._columns = range(table.place.first_column, table.place.last_column + 1)
        self._typed = [number for number in self._columns if table.typed_in(number)]
        self._styles = {number: self._style(number) for number in self._columns}
        self._number, self._cut = cache(self._number_of), cache(self._cut_for)
        self._same_formula: dict[int, bytes] = {}
        self._starts = {n: f'<{sheet.prefix}c r="{column_letter(n)}'.encode() for n in self._columns}
        self._keys = {number: key for key, number in table.numbers.items()}
        self._row_tag = self._row_start()
        self._same_formula = {
            number: self._formula(number, 0)
            for number, (text, array) in table.formulas.items()
            if not array and not names_rows(text)
        }

    def free_rows(self, count: int) -> list[int]:
        """Where ``count`` new rows go: the blank rows at the table's end, then the rows below it."""
        start = self.last + 1
        while start > self.table.place.header_row + 1 and self._blank(start - 1):
            start -= 1
        rows = list(range(start, start + count))
        if rows and rows[-1] > self.last:
            self._refuse_in_the_way(rows[-1])
        return rows

    def change(self, row: int, values: Mapping[str, Value]) -> None:
        """Give cells of a row that is there already other values, by column key; other cells stay as they are."""
        if row not in self.sheet:
            self.sheet.more[row] = self._new_row(row, values)
            return
        quickly = self._changed_text(row, values)
        if quickly is not None:
            self.sheet.anew[row] = quickly
            return
        element = self.sheet.element(row)
        cells = {corners(cell.get("r", ""))[2]: cell for cell in element}  # type: ignore[index]
        for key, value in values.items():
            if self.table.computed(key):
                self._put_result(cells.get(self.table.numbers.get(key, 0)), value)
                continue
            number = self.table.number(key)
            if number not in cells:
                cells[number] = self._insert(element, cells, number, row)
            put_value(cells[number], value, self.from_1904, result=False)
            if isinstance(value, date):
                cells[number].set("s", self.styles.dated(cells[number].get("s", "")))
        self.sheet.put(row, element)

    def _changed_text(self, row: int, values: Mapping[str, Value]) -> bytes | None:
        """The row with its changes, made by cutting its bytes; None where a cell is not of the usual make."""
        if self.sheet.prefix or row in self.sheet.anew or row in self.sheet.more:
            return None
        cut, letters, places = self._cut(tuple(values))
        before, *pieces = cut.split(self.sheet.text(row))
        if pieces[::4] != letters:
            return None
        number, made = b'%d"' % row, [before]
        cells = zip(places, pieces[1::4], pieces[2::4], pieces[3::4], strict=True)
        for (start, key, computed), style, formula, behind in cells:
            if bool(formula) != computed:
                return None
            value, style = values[key], style or b""
            if not computed and isinstance(value, date):
                style = self.styles.dated(style.decode()).encode()
            made += start, number, cell_ending(value, style, formula or b"", b"", self.from_1904), behind
        return b"".join(made)

    def _cut_for(self, keys: tuple[str, ...]) -> tuple[re.Pattern[bytes], list[bytes], list[tuple[bytes, str, bool]]]:
        """What cuts cells of these columns out of a row, the columns' letters from the left, and of each how its cell
        begins, its key and whether it is computed.

        A computed column that the file has lost is passed over.
        """
        numbers = sorted((number, key) for key in keys if (number := self._number(key)))
        letters = [column_letter(number).encode() for number, _ in numbers]
        cut = re.compile(_CELL % b"|".join(letters)) if letters else re.compile(rb"(?!)")
        return cut, letters, [(self._starts[number], key, self.table.computed(key)) for number, key in numbers]

    def add(self, row: int, values: Mapping[str, Value]) -> None:
        """Fill a free row: typed values, and each computed column's formula with the result among ``values``."""
        if row not in self.sheet:
            self.sheet.more[row] = self._new_row(row, values)
            return
        element = self.sheet.element(row)
        present = {corners(cell.get("r", ""))[2]: cell for cell in element}  # type: ignore[index]
        styles = {number: cell.get("s", "") for number, cell in present.items()}
        text = b"<rows %s>%s</rows>" % (self.sheet.namespaces, self._new_row(row, values, styles))
        made = {corners(cell.get("r", ""))[2]: cell for cell in etree.fromstring(text)[0]}  # type: ignore[index]
        for number, cell in present.items():
            if number in self.table.formulas and cell.find("{*}f") is not None:
                self._put_result(cell, values.get(self._keys.get(number, "")))
                made.pop(number, None)  # its own formula may be one that other cells share
        for child in list(element):
            element.remove(child)
        for number in sorted(made.keys() | present.keys()):
            element.append(made[number] if number in made else present[number])
        self.sheet.put(row, element)

    def _put_result(self, cell: etree.Element | None, value: Value) -> None:
        """Store a result beside its formula; a cell whose formula someone wrote over is left for the check to find."""
        if cell is not None and cell.find("{*}f") is not None:
            put_value(cell, value, self.from_1904, result=True)

    def _new_row(self, row: int, values: Mapping[str, Value], styles: Mapping[int, str] | None = None) -> bytes:
        by_number = {self._number(key): value for key, value in values.items()}
        prefix, place = self.sheet.prefix.encode(), b'%d"' % row
        pieces = [b'<%srow r="%d"%s>' % (prefix, row, self._row_tag)]
        for number, start in self._starts.items():
            style = (styles or {}).get(number) or self._styles[number]
            formula = self._formula(number, row) if number in self.table.formulas else b""
            value = by_number.get(number)
            if not formula and isinstance(value, date):
                style = self.styles.dated(style)
            if formula and number not in by_number:  # the result is not known until Excel works it out
                pieces += start, place, b' s="%s"' % style.encode() if style else b"", b">%s</%sc>" % (formula, prefix)
            elif value is not None or style or formula:
                pieces += start, place, cell_ending(value, style.encode(), formula, prefix, self.from_1904)
        pieces.append(b"</%srow>" % prefix)
        return b"".join(pieces)

    def _number_of(self, key: str) -> int:
        """A column's number; 0 for a computed column that the file has lost."""
        return self.table.numbers.get(key, 0) if self.table.computed(key) else self.table.number(key)

    def _formula(self, number: int, row: int) -> bytes:
        """The ``<f>`` element of a computed cell; empty where its formula cannot be carried into another row."""
        if number in self._same_formula:
            return self._same_formula[number]
        text, array = self.table.formulas[number]
        if names_rows(text):
            origin, own = self._formula_above(number)
            if not own:
                return b""
            text = moved(own, origin, address(number, row))
        kind = f' t="array" ref="{address(number, row)}"' if array else ""
        return f"<{self.sheet.prefix}f{kind}>{escape(text, quote=False)}</{self.sheet.prefix}f>".encode()

    def _formula_above(self, number: int) -> tuple[str, str]:
        """The formula that a column's last cell follows, and the cell where it is written out."""
        place = address(number, self.last)
        cell = self._last_cells.get(place)
        node = cell.find("{*}f") if cell is not None else None
        if node is None or node.text or node.get("t") != "shared":
            return place, (node.text or "") if node is not None else ""
        shared = f'si="{node.get("si")}"'.encode()
        for found in self.sheet.found(_FORMULA):
            if shared in found.group(2):
                return found.group(1).decode(), unescape(found.group(3).decode())
        return place, ""

    def _blank(self, row: int) -> bool:
        """Whether nobody has typed anything into a row of the table."""
        if row not in self.sheet:
            return True
        first = f'r="{address(self._typed[0], row)}"' if self._typed else ""
        start = self.sheet.text(row).find(first.encode())
        if start >= 0 and re.match(rb"[^>]*[^/]><(?:[\w.-]+:)?(?:v|is)\b", self.sheet.text(row)[start:]):
            return False
        typed = {address(number, row) for number in self._typed}
        return not any(_holds(cell) for cell in self.sheet.element(row) if cell.get("r") in typed)

    def _refuse_in_the_way(self, last_row: int) -> None:
        place, name = self.table.place, self.table.sheet.name
        if place.totals_rows:
            raise CannotDo(
                f"The table {place.name} has a totals row, under which nothing can be added: in Excel choose "
                "Table Design, take the tick off Total Row, save, then import again."
            )
        for number in self.sheet.numbers:
            if place.last_row < number <= last_row:
                held = [cell.get("r", "") for cell in self.sheet.element(number) if _holds(cell)]
                inside = [cell for cell in held if corners(cell)[2] in self._columns]  # type: ignore[index]
                if inside:
                    raise CannotDo(
                        f"Something stands below the table of {name}, in {inside[0]}: drag the corner of the table "
                        "over it or move it away in Excel, save, then import again."
                    )
        for other in self.table.sheet_part.tables:
            below = place.last_row < other.header_row <= last_row
            if below and other.first_column <= place.last_column and other.last_column >= place.first_column:
                raise CannotDo(
                    f"The table {other.name} stands below the table of {name}: move it to another sheet in Excel, "
                    "save, then import again."
                )

    def _style(self, number: int) -> str:
        """The style of a column's new cells: that of the last row, else the column's own."""
        cell = self._last_cells.get(address(number, self.last))
        if cell is not None:
            return cell.get("s", "")
        for column in self.sheet.frame.iter("{*}col"):
            if etree.whole(column, "min") <= number <= etree.whole(column, "max"):
                return column.get("style", "")
        return ""

    def _row_start(self) -> bytes:
        """The attributes of new rows (height, style), without what belongs to the last row alone."""
        text = self.sheet.text(self.last)
        opening = re.match(rb"<[\w.:-]+([^>]*?)/?>", text)
        return _OWN_ROW.sub(b"", opening.group(1).rstrip()) if opening else b""

    def _insert(
        self, element: etree.Element, cells: Mapping[int, etree.Element], number: int, row: int
    ) -> etree.Element:
        main = element.tag[: element.tag.rindex("}") + 1]
        cell = etree.Element(main + "c", r=address(number, row))
        if self._styles.get(number):
            cell.set("s", self._styles[number])
        element.insert(sum(one < number for one in cells), cell)
        return cell


def _holds(cell: etree.Element) -> bool:
    """Whether there is something in a cell besides its style."""
    return any(str(text).strip() for text in cell.itertext())
