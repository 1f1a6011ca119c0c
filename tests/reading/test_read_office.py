"""A tracker that another program has saved reads as the one that was made."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.office import Office
from workbook.building.tracker import build
from workbook.checks import check
from workbook.measures.computed import computed
from workbook.model import SHEETS, CannotDo
from workbook.reading.read import read
from workbook.sample.college_tracker import sample


@pytest.mark.office
def test_saved_by_libreoffice(tmp_path: Path, office: Office) -> None:
    made = sample(8)
    path = build(tmp_path / "made.xlsx", made, computed(made))
    saved = office.resave(path, tmp_path / "saved.xlsx", recalculated=True)
    for one in (path, saved):
        tracker = read(one)
        assert check(tracker) == []
        for sheet in SHEETS:
            table = tracker[sheet.table]
            assert (table.columns, table.rows) == (made[sheet.table].columns, made[sheet.table].rows), sheet.name
    openpyxl.Workbook().save(tmp_path / "small.xlsx")
    other = office.resave(tmp_path / "small.xlsx", tmp_path / "other.ods")
    with pytest.raises(CannotDo, match="OpenDocument"):
        read(other)
