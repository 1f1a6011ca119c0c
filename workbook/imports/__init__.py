"""Bring rows of other files into a tracker: a map says how, a difference shows what would change, then it is done."""

from __future__ import annotations

from workbook.imports.bring import Import, read_import
from workbook.imports.difference import CellDifference, Difference, RowDifference, State
from workbook.imports.map_files import read_map, shipped_maps
from workbook.imports.mapping import Map, sheet_named
from workbook.imports.plan import plan
from workbook.imports.source import Source, read_source
from workbook.imports.understand.questions import Question

__all__ = [
    "CellDifference",
    "Difference",
    "Import",
    "Map",
    "Question",
    "RowDifference",
    "Source",
    "State",
    "plan",
    "read_import",
    "read_map",
    "read_source",
    "sheet_named",
    "shipped_maps",
]
