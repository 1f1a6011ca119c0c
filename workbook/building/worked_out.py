"""Tell Excel that nothing is left to work out in a workbook; else it asks to save one that nobody touched."""

from __future__ import annotations

from typing import Any

from workbook.model.excel import CALCULATED_BY


def results_are_stored(book: Any) -> None:
    """For an XlsxWriter ``book`` in which every formula is written with its result."""
    book.set_calc_mode("auto", CALCULATED_BY)
    book.calc_on_load = False
