"""The register mark that is not there: blank, spaces only, or a dash, as registers are exported from other systems.

Source: a blank or ``-`` is a mark still missing, to be chased: neither absent nor present (Working together to
improve school attendance, Department for Education, in force from 19 August 2024, knows no such code).
"""

from __future__ import annotations

from workbook.model.excel import tidied
from workbook.model.formulas import tidied as tidied_cells
from workbook.model.vocabulary import CellError, Value

MISSING = ("", "-", "–", "—", "−")
"""What a missing mark may look like, spaces aside."""


def is_missing(mark: Value) -> bool:
    """Whether a session has no mark yet."""
    return mark is None or (isinstance(mark, str) and not isinstance(mark, CellError) and tidied(mark) in MISSING)


def missing(cells: str) -> str:
    """The same for an expression of cells in a formula: TRUE for each that has no mark; an error is none of them."""
    return f'ISNUMBER(FIND("|"&{tidied_cells(cells)}&"|","|{"|".join(MISSING)}|"))'
