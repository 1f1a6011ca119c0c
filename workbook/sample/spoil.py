"""Do to a workbook file what people and programs do to it: formulas typed over, rows hidden, headings renamed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from workbook.sample.planting import Planted
from workbook.sample.spoil_book import Workbook
from workbook.sample.spoil_cells import CELLS
from workbook.sample.spoil_tables import TABLES

_HOW = CELLS | TABLES


def spoil(path: str | os.PathLike[str], planted: Iterable[Planted]) -> None:
    """Plant in the file at ``path``, a workbook just built, those faults that are the file's; the others stand there.

    Faults of cells come first, for a sheet that is gone has none.
    """
    faults = [one for one in planted if one.code in _HOW and (one.code != "error-value" or one.detail)]
    if not faults:
        return
    book = Workbook(Path(path))
    for one in sorted(faults, key=lambda one: one.code in TABLES):
        _HOW[one.code](book, one)
    book.save(Path(path))
