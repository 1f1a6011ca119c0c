"""A workbook as openpyxl reads it, for tests that only look: a file is read once, however many of them look at it."""

from __future__ import annotations

import io
import warnings
from functools import lru_cache
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook


def seen(path: Path, *, data_only: bool = False) -> Workbook:
    """The workbook with its formulas, or with their stored results; whoever changes it loads their own."""
    return _seen(path.read_bytes(), data_only)


@lru_cache(maxsize=6)
def _seen(content: bytes, data_only: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl drops when it writes
        return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)
