"""TRUE and FALSE in cells: joined to a text LibreOffice makes 1 and 0 of them, Excel does not, so IronCalc judges here.

IronCalc does not work out LOOKUP and SUMPRODUCT over arrays as Excel does; the columns that need them are left out.
Nor does it know a name that means a cell of the formula's own row, so names are written out for it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from tests.parity import hostile
from workbook.building.tables.names import ROW_NAMES
from workbook.building.tracker import build
from workbook.measures.computed import computed
from workbook.model import SHEETS, Sheet, Tracker
from workbook.model.tracker import FIRST_ROW

JUDGED = {
    "Learners": ("name", "key"),
    "Scales": ("key",),
    "Effort": ("key",),
    "Codes": ("counts_possible", "counts_attended", "counts_unauthorised", "counts_late"),
    "Registers": ("learner", "form"),
    "Progress": ("learner", "form", "scale", "baseline_points", "target_points", "points_1", "points_2"),
}


def written_out(one: Sheet) -> Sheet:
    """The sheet with the meaning of each name in place of the name."""
    names = ROW_NAMES.get(one.table, {})
    if not names:
        return one
    any_name = re.compile(r"\b(" + "|".join(names) + r")\b")

    def full(formula: str) -> str:
        while any_name.search(formula):
            formula = any_name.sub(lambda found: f"({names[found.group()]})", formula)
        return formula

    columns = [replace(each, formula=full(each.formula)) if each.formula else each for each in one.columns]
    return replace(one, columns=tuple(columns))


def test_truth_values_are_read_as_excel_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ironcalc = pytest.importorskip("ironcalc")
    # IronCalc joins a moment, and 0.1 + 0.2, with 17 digits where Excel has 15
    plain = [one for one in hostile.ODD if not isinstance(one, datetime) and one != 0.1 + 0.2]
    monkeypatch.setattr(hostile, "ODD", (*plain, *[True, False] * 10))
    made = hostile.tracker(5, rows=90)
    figures, path = computed(made), tmp_path / "truth.xlsx"
    whole = {one.table: written_out(one) for one in SHEETS}
    made = Tracker({name: replace(table, sheet=whole[name]) for name, table in made.tables.items()})
    build(path, made, figures, only={*JUDGED, "Subjects", "Terms", "Drops", "Settings"})
    order = openpyxl.load_workbook(path, read_only=True).sheetnames
    judge = ironcalc.load_from_xlsx(str(path), "en", "UTC")
    judge.evaluate()
    found = []
    for one in SHEETS:
        for key in JUDGED.get(one.table, ()):
            column = [each.key for each in one.columns].index(key) + 1
            for row, value in enumerate(figures[one.table][key], FIRST_ROW):
                said = judge.get_cell_value(order.index(one.name), row, column)
                same = abs(said - value) < 1e-9 if isinstance(value, int | float) else said in (value, value or "")
                if not same:
                    found.append(f"{one.name} row {row} {key}: Python {value!r}, sheet {said!r}")
    assert not found, "\n".join(found[:20])
