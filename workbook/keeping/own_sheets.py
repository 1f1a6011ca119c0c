"""Rows of a college's own sheets that are about a learner: those with a cell that is the ID or the name, no more."""

from __future__ import annotations

from collections import defaultdict

from workbook.editing.sheet import SheetText
from workbook.fewer.cells import Cells, CellText
from workbook.keeping.person import Words
from workbook.measures.learners import id_key
from workbook.model import Tracker
from workbook.reading.outline import SheetPart


class OwnRows:
    """Which cells of an own sheet go because their row, in its block of columns, is about the learner.

    A block is a run of columns without an empty one between. A row with somebody who stays in it loses only the cells
    that say who the learner is.
    """

    def __init__(
        self, text: SheetText, cells: Cells, texts: list[str], words: Words, others: Words, tracker: Tracker,
        part: SheetPart,
    ) -> None:  # fmt: skip
        said: dict[int, dict[int, str]] = defaultdict(dict)
        for number in text.numbers:
            for cell in cells.split(text.text(number)):
                if cell.held:
                    said[number][cell.column] = cells.shown(cell, texts) if cells.formula(cell) is None else " "
        ids = _id_columns(said, {id_key(one) for one in tracker["Learners"]["learner_id"]} | words.sure)
        blocks = _blocks({column for row in said.values() for column in row})
        self._cells: set[tuple[int, int]] = set()
        heads = {place.header_row for place in part.tables}
        for number, row in said.items():
            for block in blocks if number not in heads else ():
                mine = {column: one for column, one in row.items() if column in block}
                found = {column for column, one in mine.items() if words.whole(one, column in ids)}
                both = any(others.whole(one, column in ids) for column, one in mine.items() if column not in found)
                self._cells |= {(number, column) for column in (found if both else mine if found else ())}

    def goes(self, cell: CellText) -> bool:
        """Whether a cell is of a row about the learner."""
        return (cell.row, cell.column) in self._cells


def _id_columns(said: dict[int, dict[int, str]], known: set[str]) -> set[int]:
    """Columns that hold IDs: at least half of what stands in them, headings too, is one."""
    columns: dict[int, list[str]] = defaultdict(list)
    for row in said.values():
        for column, one in row.items():
            columns[column].append(id_key(one))
    return {column for column, values in columns.items() if 2 * sum(one in known for one in values) >= len(values) > 1}


def _blocks(columns: set[int]) -> list[range]:
    blocks: list[range] = []
    for column in sorted(columns):
        if blocks and blocks[-1].stop == column:
            blocks[-1] = range(blocks[-1].start, column + 1)
        else:
            blocks.append(range(column, column + 1))
    return blocks
