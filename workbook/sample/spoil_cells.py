"""Faults of cells, rows and columns in a file: formulas typed over, cells merged, rows and columns hidden."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from workbook.sample.planting import Planted
from workbook.sample.spoil_book import Workbook, cell_pattern, in_row, number, row_span, set_cell, split, typed


def _overwrite(book: Workbook, one: Planted) -> None:
    set_cell(book, one.sheet, one.cell, lambda style, _: typed(one.cell, style, one.value))


def _clear(book: Workbook, one: Planted) -> None:
    set_cell(book, one.sheet, one.cell, lambda style, _: f'<c r="{one.cell}"{style}/>')


def _put_formula(book: Workbook, one: Planted) -> None:
    formula = f"<f>{escape(one.detail)}</f><v>{escape(str(one.value))}</v>"
    kind = "" if isinstance(one.value, (int, float)) else ' t="str"'
    set_cell(book, one.sheet, one.cell, lambda style, _: f'<c r="{one.cell}"{style}{kind}>{formula}</c>')


def _show_error(book: Workbook, one: Planted) -> None:
    def content(style: str, inside: str) -> str:
        formula = inside.partition("</f>")[0] + "</f>"
        return f'<c r="{one.cell}"{style} t="e">{formula}<v>{one.value}</v></c>'

    set_cell(book, one.sheet, one.cell, content)


def _unformat(book: Workbook, one: Planted) -> None:
    set_cell(book, one.sheet, one.cell, lambda _, inside: f'<c r="{one.cell}">{inside}</c>')


def _merge(book: Workbook, one: Planted) -> None:
    def change(text: str) -> str:
        cells = f'<mergeCell ref="{one.detail}"/>'
        if "</mergeCells>" in text:
            counted = re.sub(r'<mergeCells count="(\d+)"', lambda m: f'<mergeCells count="{int(m[1]) + 1}"', text)
            return counted.replace("</mergeCells>", f"{cells}</mergeCells>")
        return text.replace("</sheetData>", f'</sheetData><mergeCells count="1">{cells}</mergeCells>')

    book.change(book.sheets[one.sheet], change)


def _hidden(row: str) -> str:
    return row.replace(">", ' hidden="1">', 1)


def _hide_rows(book: Workbook, one: Planted) -> None:
    first, last = map(int, one.detail.split(":"))
    for row in range(first, last + 1):
        in_row(book, one.sheet, row, _hidden)


def _hide_column(book: Workbook, one: Planted) -> None:
    place = number(split(one.cell)[0])

    def change(found: re.Match[str]) -> str:
        """One column hidden among those that are alike."""
        first, last, rest = int(found[1]), int(found[2]), found[3]
        if not first <= place <= last:
            return found[0]
        runs = ((first, place - 1, ""), (place, place, ' hidden="1"'), (place + 1, last, ""))
        return "".join(f'<col min="{a}" max="{b}"{more}{rest}/>' for a, b, more in runs if a <= b)

    book.change(book.sheets[one.sheet], lambda text: re.sub(r'<col min="(\d+)" max="(\d+)"([^>]*?)/>', change, text))


def _filter(book: Workbook, one: Planted) -> None:
    letter, _, value = one.detail.partition("=")
    strings = re.findall(r"<si>(.*?)</si>", book.text("xl/sharedStrings.xml"), re.DOTALL)
    places = {str(place) for place, text in enumerate(strings) if f">{escape(value)}</t>" in text}
    part = book.sheets[one.sheet]
    text = book.text(part)
    last = int(re.findall(r'<row r="(\d+)"', text)[-1])
    for row in range(split(one.cell)[1] + 1, last + 1):
        start, end = row_span(text, row)
        found = cell_pattern(f"{letter}{row}").search(text[start:end])
        if not found or re.sub(r"\D", "", found.group(3) or "") not in places:
            text = text[:start] + _hidden(text[start:end]) + text[end:]
    book.set(part, text)
    column = (
        f'<filterColumn colId="{number(letter) - 1}"><filters><filter val={quoteattr(value)}/></filters></filterColumn>'
    )
    book.change(
        book.table(one.sheet),
        lambda table: re.sub(r'<autoFilter ref="([^"]+)"/>', rf'<autoFilter ref="\1">{column}</autoFilter>', table),
    )


CELLS: dict[str, Callable[[Workbook, Planted], None]] = {
    "formula-overwritten": _overwrite,
    "formula-missing": _clear,
    "formula-typed": _put_formula,
    "error-value": _show_error,
    "date-as-number": _unformat,
    "merged-cells": _merge,
    "rows-hidden": _hide_rows,
    "columns-hidden": _hide_column,
    "filter-on": _filter,
}
