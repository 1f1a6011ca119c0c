"""What only the file can show, as problems: tables, headings, formulas, errors, merged and hidden cells, filters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbook.model.problem import Problem
from workbook.model.problem_kind import (
    COLUMNS_HIDDEN,
    ERROR_VALUE,
    FILTER_ON,
    FORMULA_MISSING,
    FORMULA_OVERWRITTEN,
    FORMULA_TYPED,
    FORMULAS_GONE,
    MERGED_CELLS,
    ROWS_BELOW_TABLE,
    ROWS_HIDDEN,
    SHEET_HIDDEN,
    TABLE_MISSING,
)
from workbook.model.tracker import column_letter
from workbook.model.vocabulary import CellError, Group
from workbook.reading.found_sheet import FoundSheet
from workbook.reading.headings import heading_problems
from workbook.reading.outline import corners

_WHY = {
    "#REF!": "the formula has lost a cell it points to",
    "#NAME?": "Excel does not know a name in the formula",
    "#N/A": "what it looks for is not there",
    "#DIV/0!": "it divides by nothing",
    "#VALUE!": "it meets a text where it needs a number",
}


def structure_problems(found: FoundSheet) -> list[Problem]:
    """All problems of one sheet that its values alone do not show."""
    problems = heading_problems(found.sheet, found.headings, found.header_row or 1)
    if not found.header_row:
        return problems
    if found.table is None:
        cell = f"{column_letter(min(found.headings.texts, default=1))}{found.header_row}"
        problems.append(TABLE_MISSING.at(found.sheet.name, cell, table=found.sheet.table))
    problems += _rows_below(found)
    problems += _errors(found)
    problems += _formulas(found)
    problems += _merged(found)
    problems += _hidden(found)
    return problems


def _first_letter(found: FoundSheet) -> str:
    return column_letter(min(found.headings.columns.values(), default=1))


def _rows_below(found: FoundSheet) -> Iterator[Problem]:
    if found.table is None:
        return
    end = found.table_end
    below = [row for row in found.rows if row > end]
    if below:
        yield ROWS_BELOW_TABLE.at(
            found.sheet.name,
            f"{_first_letter(found)}{below[0]}",
            None,
            count=_rows_stand(len(below)),
            table=found.sheet.table,
            last=below[-1],
        )


def _errors(found: FoundSheet) -> Iterator[Problem]:
    if not found.raw.errors:
        return
    records = set(found.rows)
    headings = {column_letter(number): key for key, number in found.headings.columns.items()}
    for cell, code in found.raw.errors.items():
        letters = cell.rstrip("0123456789")
        if letters in headings and int(cell[len(letters) :]) in records:
            why = _WHY.get(code, "the figure cannot be worked out")
            heading = found.sheet.by_key[headings[letters]].header
            yield ERROR_VALUE.at(found.sheet.name, cell, CellError(code), heading=heading, why=why)


def _formulas(found: FoundSheet) -> Iterator[Problem]:
    """Computed cells without their formula, and formulas where people should type."""
    letters = {
        key: column_letter(number) for key, number in found.headings.columns.items() if found.sheet.by_key[key].computed
    }
    if letters and found.rows and not _all_there(found, letters):
        have = set(found.raw.formulas.decode().split("\n"))
        have.update(f"{letter}{row}" for row in found.raw.complete for letter in letters.values())
        for key, letter in letters.items():
            yield from _without_formula(found, key, letter, have)
    yield from _typed_formulas(found)


def _all_there(found: FoundSheet, letters: dict[str, str]) -> bool:
    """Whether the formula cells are the computed cells of the records, in the order of the file, after any above."""
    in_order = sorted(letters, key=lambda key: found.headings.columns[key])
    row_of_cells = "\n".join(f"{letters[key]}%" for key in in_order)
    complete = set(found.raw.complete)
    expected = "\n".join([row_of_cells.replace("%", str(row)) for row in found.rows if row not in complete]).encode()
    return not expected or found.raw.formulas == expected or found.raw.formulas.endswith(b"\n" + expected)


def _without_formula(found: FoundSheet, key: str, letter: str, have: set[str]) -> Iterator[Problem]:
    """Cells of one computed column that lack their formula; the whole column once where all of them do."""
    heading = found.sheet.by_key[key].header
    inside = sum(row <= found.table_end for row in found.rows)
    if inside > 1 and not any(f"{letter}{row}" in have for row in found.rows):
        yield FORMULAS_GONE.at(found.sheet.name, f"{letter}{found.header_row}", heading=heading)
        return
    for row, value in zip(found.rows, found.columns[key], strict=True):
        cell = f"{letter}{row}"
        if cell in have or cell in found.raw.errors:
            continue
        if value is not None:
            yield FORMULA_OVERWRITTEN.at(found.sheet.name, cell, value, heading=heading)
        elif row <= found.table_end:
            yield FORMULA_MISSING.at(found.sheet.name, cell, None, heading=heading)


def _typed_formulas(found: FoundSheet) -> Iterator[Problem]:
    if not found.raw.typed_formulas:
        return
    index = {row: place for place, row in enumerate(found.rows)}
    keys = {
        column_letter(number): key
        for key, number in found.headings.columns.items()
        if not found.sheet.by_key[key].computed
    }
    for cell in found.raw.typed_formulas:
        letters = cell.rstrip("0123456789")
        place = index.get(int(cell[len(letters) :]))
        if letters in keys and place is not None and cell not in found.raw.errors:
            key = keys[letters]
            value = found.columns[key][place]
            heading = found.sheet.by_key[key].header
            yield FORMULA_TYPED.at(found.sheet.name, cell, value, heading=heading)


def _merged(found: FoundSheet) -> Iterator[Problem]:
    """Merged cells that touch the headings or records."""
    last_row = max([found.header_row, *found.rows[-1:]])
    numbers = found.headings.texts
    for reference in found.raw.merged:
        area = corners(reference)
        if not area or not numbers or area[0] > last_row or area[1] < found.header_row:
            continue
        if area[2] <= max(numbers) and area[3] >= min(numbers):
            yield MERGED_CELLS.at(found.sheet.name, reference.split(":")[0], reference, cells=reference)


def _hidden(found: FoundSheet) -> Iterator[Problem]:
    name, letter = found.sheet.name, _first_letter(found)
    filtered = found.raw.filtered or (found.table is not None and found.table.filtered)
    set_up_or_empty = found.sheet.group is Group.SET_UP or not found.rows
    folded_away = found.sheet.reference or (found.sheet.rare and set_up_or_empty)
    if found.part.hidden and not folded_away:
        yield SHEET_HIDDEN.at(name, "")
    if filtered:
        yield FILTER_ON.at(name, f"{letter}{found.header_row}")
    elif found.raw.hidden_rows:
        hidden = sorted(set(found.raw.hidden_rows) & set(found.rows))
        for first, last in _runs(hidden):
            said = f"row {first}" if first == last else f"rows {first} to {last}"
            count = "One row is" if first == last else f"{last - first + 1} rows are"
            yield ROWS_HIDDEN.at(name, f"{letter}{first}", None, count=count, which=said)
    for first, last in found.raw.hidden_columns:
        for key, number in found.headings.columns.items():
            column = found.sheet.by_key[key]
            if first <= number <= last and not column.computed and not column.drop:  # earlier drops may be folded away
                cell = f"{column_letter(number)}{found.header_row}"
                yield COLUMNS_HIDDEN.at(name, cell, column.header, heading=column.header)


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of rows that follow one another."""
    first = last = None
    for row in rows:
        if last is not None and first is not None and row != last + 1:
            yield first, last
            first = row
        first = row if first is None else first
        last = row
    if first is not None and last is not None:
        yield first, last


def _rows_stand(number: int) -> str:
    return "One row stands" if number == 1 else f"{number} rows stand"
