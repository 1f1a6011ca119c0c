"""Native formulas and Python's figures say the same, cell for cell, on rows that try to part them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.office import Office
from tests.office.client import ErrorValue
from tests.parity.hostile import Records, tracker
from workbook.building.tracker import build
from workbook.measures.computed import computed
from workbook.model import SHEETS, CellError, Tracker, Value
from workbook.model.tracker import FIRST_ROW


def differences(office: Office, path: Path, made: Tracker) -> list[str]:
    """Where LibreOffice, having worked everything out anew, says something else than Python."""
    figures = computed(made)
    build(path, made, figures, only={one.name for one in SHEETS})
    reading = office.recalculate(path, [one.name for one in SHEETS if one.computed])
    found = []
    for one in SHEETS:
        for column in one.computed:
            letter = made[one.table].letters[column.key]
            cells = reading[one.name].column(letter)[FIRST_ROW - reading[one.name].first_row :]
            pairs = zip(figures[one.table][column.key], cells, strict=False)
            for row, (python, sheet) in enumerate(pairs, FIRST_ROW):
                if not same(python, sheet):
                    found.append(f"{one.name}!{letter}{row} {column.header}: Python {python!r}, sheet {sheet!r}")
    return found


def same(python: Value, sheet: Any) -> bool:
    if isinstance(sheet, ErrorValue):
        return isinstance(python, CellError) and str(python) == str(sheet)
    if python is None or sheet in (None, ""):
        return (python is None) and sheet in (None, "")
    if isinstance(python, str) or isinstance(sheet, str):
        return python == sheet
    return abs(float(python) - sheet) < 1e-9  # type: ignore[arg-type]


def rename_level(records: Records) -> None:
    """APL4 is called Secure, effort 1 is the best, a code of the college's own, a wider tolerance."""
    for table in records.values():  # type: ignore[attr-defined]
        for row in table:
            for key, value in row.items():
                if value == "APL4":
                    row[key] = "Secure"
    for row in records["Effort"][:4]:  # type: ignore[call-overload]
        row["order"] = 5 - row["order"]
    records["Codes"][40].update(code="Ω", **{"class": "Approved educational activity"}, late="Yes")  # type: ignore[call-overload]
    for row in records["Registers"][::7]:  # type: ignore[call-overload]
        row["mon_am"] = "Ω"
    for row in records["Scales"][:9]:  # type: ignore[call-overload]
        row["tolerance"] = 1.5


def spoil_terms(records: Records) -> None:
    """A half term whose end is a text, one without dates, one of an unknown kind."""
    terms = records["Terms"]  # type: ignore[call-overload]
    terms[0].update(end="23/10/2026")
    terms.append({"name": "x", "kind": "Term", "start": None, "end": None})


def blank_terms(records: Records) -> None:
    """Blank dates and a number as text, which Excel takes for numbers."""
    terms = records["Terms"]  # type: ignore[call-overload]
    terms.append({"name": "x", "kind": "term", "start": None, "end": None})
    terms.append({"name": "y", "kind": "Closed", "start": "46000", "end": 46001.5})


PARTS = 5
CASES: dict[str, tuple[int, dict[str, Value], Callable[[Any], None] | None]] = {
    **{f"as delivered, part {part}": (part, {}, None) for part in range(1, PARTS + 1)},
    "against the target, own words": (
        11,
        {"status_measure": "Current against Target", "not_assessed": "n.a.", "first_year": 9, "course_years": 3},
        rename_level,
    ),
    "forecast, odd settings": (
        12,
        {"status_measure": "forecast against target", "not_assessed": None, "first_year": None, "course_years": 0},
        spoil_terms,
    ),
    "blank measure": (13, {"status_measure": None, "course_years": "2", "first_year": 10.5}, blank_terms),
}


@pytest.mark.office
@pytest.mark.parametrize("case", CASES)
def test_every_computed_column_agrees(case: str, office: Office, tmp_path: Path) -> None:
    made = tracker(*CASES[case])
    least = {one.table: 700 if one.table in ("Scales", "Effort", "Codes", "Drops") else 2000 for one in SHEETS}
    assert all(
        len(made[one.table]) * PARTS >= least[one.table] for one in SHEETS if one.computed and one.table != "Terms"
    )
    found = differences(office, tmp_path / "hostile.xlsx", made)
    assert not found, f"{len(found)} differences, such as\n" + "\n".join(found[:20])


def test_rows_are_hostile() -> None:
    made = tracker(1)
    status = {str(value) for value in computed(made)["Progress"]["status"]}
    assert {"Above", "On", "Just below", "Below", "No baseline", "No target", "Check level", "None"} <= status
