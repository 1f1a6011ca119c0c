"""The cells of a template sheet: what they ask for, what they hold, and the pieces they become."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbook.model import CannotDo
from workbook.model.excel import LONGEST_TEXT, count_in
from workbook.model.tracker import column_letter
from workbook.package.addresses import LAST_ROW
from workbook.package.parts import Package
from workbook.reading.outline import column_number
from workbook.reading.references import Part, Reference, shifted, write
from workbook.reading.references import parse as parse_formula
from workbook.reports.engine.array_formulas import ArrayFormula, with_areas, without_rows
from workbook.reports.engine.dotted import DOT, dotted, put_dotted
from workbook.reports.engine.markup import Element, Marks, add, before, child, local, named, parse, remove
from workbook.reports.engine.moving import Changes, Formula
from workbook.reports.engine.placing import CellValue, Content, RowNumber, TextValue, Words
from workbook.reports.engine.styles import Styles
from workbook.reports.engine.textruns import XML_SPACE, put_tokens, runs_text
from workbook.reports.engine.tokens import Path, Token, Vocabulary, room_for_each, split
from workbook.reports.engine.values import CellFormat, escape_cell, fitting

_CELL = re.compile(r"([A-Z]+)([0-9]+)")


class Strings:
    """The shared strings of a template, as elements, and which of them hold tokens."""

    def __init__(self, package: Package, part: str | None) -> None:
        root = parse(package.read(part), part) if part else None
        self.items = [] if root is None else [item for item in root if local(item) == "si"]
        self.texts = [runs_text(_texts(item)) for item in self.items]
        self.root = root

    def cleared(self) -> Element | None:
        """The part without the strings that hold tokens, which are written into the cells."""
        for item, text in zip(self.items, self.texts, strict=True):
            if "{{" in text:
                for inner in list(item):
                    item.remove(inner)
                add(item, "t", "")
        return self.root


@dataclass(slots=True)
class Cell:
    """A cell of a template sheet. `source` holds its text runs, `tokens` what is asked for in them."""

    element: Element
    row: int
    letters: str
    source: Element | None = None
    text: str = ""
    tokens: tuple[Token, ...] = ()

    @property
    def place(self) -> str:
        """Its address, as "C17"."""
        return f"{self.letters}{self.row}"

    @property
    def column(self) -> int:
        """Its column's number, 1 for A."""
        return column_number(self.letters)

    def paths(self) -> frozenset[Path]:
        """The names it asks for."""
        return frozenset(token.path for token in self.tokens)

    def formula(self) -> Element | None:
        """The cell's formula element."""
        return child(self.element, "f")


def read_rows(data: Element, strings: Strings) -> dict[int, tuple[Element, list[Cell]]]:
    """The rows of `sheetData` by number, with their cells. Numbers that the file leaves out are put in."""
    rows: dict[int, tuple[Element, list[Cell]]] = {}
    number = 0
    for row in data:
        if local(row) != "row":
            continue
        written = row.get("r", str(number + 1)).strip()
        above, number = number, count_in(written, LAST_ROW) or 0
        if number <= above:
            raise CannotDo(
                f"The template's row {written[:20]!r} is no row of a sheet, or out of order: save the template again "
                "in Excel."
            )
        row.set("r", str(number))
        cells: list[Cell] = []
        column = 0
        for element in row:
            if local(element) != "c":
                continue
            match = _CELL.fullmatch(element.get("r", ""))
            column = column_number(match[1]) if match else column + 1
            cells.append(_cell(element, number, match[1] if match else column_letter(column), strings))
        rows[number] = (row, cells)
    return rows


def _cell(element: Element, row: int, letters: str, strings: Strings) -> Cell:
    cell = Cell(element, row, letters)
    element.set("r", cell.place)
    kind = element.get("t")
    if kind == "s":
        value = child(element, "v")
        written = (value.text or "").strip() if value is not None else "0"
        index = count_in(written, len(strings.items) - 1)
        if index is None:
            raise CannotDo(f"The template's cell {cell.place} lacks its text: save the template again in Excel.")
        cell.source, cell.text = strings.items[index], strings.texts[index]
    elif kind == "inlineStr":
        cell.source = child(element, "is")
        cell.text = runs_text(_texts(cell.source)) if cell.source is not None else ""
    elif kind == "str" and cell.formula() is None:
        value = child(element, "v")
        cell.text = (value.text or "") if value is not None else ""
        cell.source = element.makeelement(str(element.tag)[:-1] + "is")
        add(cell.source, "t", cell.text)
    cell.tokens = tuple(part for part in split(cell.text) if isinstance(part, Token))
    return cell


def _texts(item: Element) -> list[Element]:
    """The text elements of a string, without the reading aids of Japanese (`rPh`)."""
    texts = []
    for inner in item:
        if local(inner) == "t":
            texts.append(inner)
        elif local(inner) == "r":
            texts += [deep for deep in inner if local(deep) == "t"]
    return texts


def content(cell: Cell, styles: Styles, vocabulary: Vocabulary) -> Content:
    """What the cell holds, for a chart that shows it."""
    format = styles.format(cell.element.get("s"), xml_prefix(cell.element))
    if cell.formula() is not None:
        return Content(None, format)
    if cell.source is not None:
        unseen = {token for token in cell.tokens if not gives_value(token, vocabulary)}
        found: list[str | Token | Words] = [*split(cell.text)]
        if _is_dotted(cell.text, _texts(cell.source)):
            found = dotted(split(cell.text), lambda token: token not in unseen)
        parts = (part.path if isinstance(part, Token) else part for part in found if part not in unseen)
        return Content(tuple(parts), format, cell.paths() & vocabulary.of_hundred)
    value = child(cell.element, "v")
    if value is None or not value.text:
        return Content((), format)
    return Content((_figure(value.text) if cell.element.get("t") in (None, "n", "b") else value.text,), format)


def _figure(text: str) -> str | float:
    try:
        return float(text)
    except ValueError:
        return text  # whatever Excel makes of it, a report carries it as it is


def _is_dotted(text: str, texts: Sequence[Element]) -> bool:
    """Whether words between dots may be left out: not where a cell's text comes in several looks."""
    return DOT in text and len(texts) == 1


def gives_value(token: Token, vocabulary: Vocabulary) -> bool:
    """Does the token become a value? Conditions and bare list names only say what becomes of the row."""
    return token.wanted is None and token.path not in vocabulary.lists


def xml_prefix(element: Element) -> str:
    """The prefix of an element with its colon, mostly ""."""
    return f"{element.prefix}:" if element.prefix else ""


def put_cell(cell: Cell, marks: Marks, styles: Styles, vocabulary: Vocabulary, moves: bool) -> None:
    """Make pieces of a cell with tokens. `moves` says that its row may get another number."""
    prefix = xml_prefix(cell.element)
    format = styles.format(cell.element.get("s"), prefix)
    values = [token for token in cell.tokens if gives_value(token, vocabulary)]
    rest = "".join(part for part in split(cell.text) if isinstance(part, str)).strip()
    source = cell.source
    assert source is not None
    if not values and not rest:
        for inner in list(cell.element):
            cell.element.remove(inner)
        cell.element.attrib.pop("t", "")
    elif len(values) == 1 and not rest and not named(source, "r"):
        style = cell.element.get("s")
        after = '"' + (f' s="{style}"' if style else "")
        row = None if moves else cell.row
        path = values[0].path
        written = format.of_hundreds() if path in vocabulary.of_hundred else format
        piece = CellValue(f'<{prefix}c r="{cell.letters}', row, after, path, written)
        before(cell.element, marks.put(piece))
        remove(cell.element)
        return
    else:
        _put_text(cell, source, marks, format, vocabulary)
    if moves:
        cell.element.set("r", cell.letters + marks.put(RowNumber()))


def _put_text(cell: Cell, source: Element, marks: Marks, format: CellFormat, vocabulary: Vocabulary) -> None:
    element = cell.element
    for inner in list(element):
        element.remove(inner)
    element.set("t", "inlineStr")
    holder = add(element, "is")
    for inner in source:
        if local(inner) in ("t", "r"):
            holder.append(copy.deepcopy(inner))
    texts = _texts(holder)

    room = room_for_each(cell.text, LONGEST_TEXT)

    def mark(token: Token) -> str:
        if not gives_value(token, vocabulary):
            return ""
        written = format.of_hundreds() if token.path in vocabulary.of_hundred else format
        return marks.put(TextValue(token.path, written, lambda text: escape_cell(fitting(text, room))))

    only_words = all(gives_value(token, vocabulary) for token in cell.tokens)
    if _is_dotted(cell.text, texts):
        texts[0].text = put_dotted(split(cell.text), marks, mark)
    else:
        put_tokens(texts, mark)
    for text in texts:
        text.set(XML_SPACE, "preserve")
    if not only_words and texts:
        texts[0].text = (texts[0].text or "").lstrip()
        texts[-1].text = (texts[-1].text or "").rstrip()


class Formulas:
    """Formulas of one sheet. Shared ones are written out, since their rows may part."""

    def __init__(self) -> None:
        self._shared: dict[str, tuple[Cell, list[Part]]] = {}

    def parts(self, cell: Cell, formula: Element) -> list[Part]:
        """The cell's formula as text and references."""
        group = formula.get("si") if formula.get("t") == "shared" else None
        if group is None:
            return parse_formula(formula.text or "", arrays=formula.get("t") == "array")
        if formula.text:
            self._shared[group] = (cell, parse_formula(formula.text))
        if group not in self._shared:
            raise CannotDo(f"The template's cell {cell.place} lacks its formula: save the template again in Excel.")
        first, parts = self._shared[group]
        return shifted(parts, cell.row - first.row, cell.column - first.column)


def put_formula(cell: Cell, formula: Element, parts: list[Part], marks: Marks, changes: Changes, own: str) -> None:
    """Let the formula's references follow their rows; what it gave in the template is forgotten."""
    for value in [inner for inner in cell.element if local(inner) == "v"]:
        cell.element.remove(value)
    cell.element.attrib.pop("t", "")
    if formula.get("ref") and own in changes.moving:
        formula.set("ref", marks.put(Formula(parse_formula(formula.get("ref", "")))))
    if formula.get("t") == "shared":
        for name in ("t", "si", "ref"):
            formula.attrib.pop(name, "")
        formula.text = write(parts, lambda reference: reference.text)
    inside: list[Reference] = []
    if formula.get("t") is None:
        parts, inside = with_areas(formula.text or "", parts)
    spelt = changes.spell(parts)
    if changes.touch(spelt, own):
        formula.text = marks.put(Formula(without_rows(spelt)))
        if inside:
            marks.wrap(formula, ArrayFormula(inside, cell.letters))
