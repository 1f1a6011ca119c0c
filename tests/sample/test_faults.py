"""Every planted fault is found at its cell with its code and nothing else is; the clean sample has nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sample.test_sample import fingerprint
from workbook.building.tracker import build
from workbook.checks import check
from workbook.checks.kinds import KINDS
from workbook.measures.computed import computed
from workbook.model import CannotDo, Problem, Tracker
from workbook.reading.read import read
from workbook.sample import sample
from workbook.sample.faults import CODES, Planted, plant, spoil


def places(found: Iterable[Planted | Problem]) -> Counter[tuple[str, str, str]]:
    return Counter((one.sheet, one.cell, one.code) for one in found)


a_college = cache(sample)  # to plant in, which leaves it alone


def spoilt(path: Path, tracker: Tracker, count: int, seed: int) -> list[Planted]:
    faulty, planted = plant(tracker, count, seed)
    build(path, faulty, computed(faulty))
    spoil(path, planted)
    return planted


PLANTED = set(KINDS) - {"settings-sheet", "above-tier"}
"""The sample has no subject of Foundation tier, so the tests of checks try that one. A workbook with a sheet of
settings is refused as a whole by the ribbon, so that no other fault could be tried in it; the tests of reading plant
that one."""


def test_every_kind_of_problem_can_be_planted() -> None:
    assert set(CODES) == PLANTED


@pytest.mark.slow
def test_the_clean_sample_has_no_problem(tmp_path: Path) -> None:
    tracker = a_college(240)
    assert check(tracker) == []
    build(tmp_path / "clean.xlsx", tracker, computed(tracker))
    assert check(read(tmp_path / "clean.xlsx")) == []


@pytest.mark.slow
def test_300_faults_of_all_kinds_are_found_and_nothing_else(tmp_path: Path) -> None:
    planted = spoilt(tmp_path / "spoilt.xlsx", a_college(240), 300, seed=1)
    assert len(planted) == 300 and {one.code for one in planted} == PLANTED
    found = check(read(tmp_path / "spoilt.xlsx"))
    assert places(found) == places(planted)
    values = {(one.sheet, one.cell, one.code): one.value for one in planted}
    assert all(one.value == values[one.sheet, one.cell, one.code] for one in found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_a_small_college_with_other_faults(tmp_path: Path, seed: int) -> None:
    planted = spoilt(tmp_path / "spoilt.xlsx", sample(60, seed), 130, seed)
    assert places(check(read(tmp_path / "spoilt.xlsx"))) == places(planted)
    whole = openpyxl.load_workbook(tmp_path / "spoilt.xlsx")
    assert "Achievements" not in whole.sheetnames and "Diary" not in whole["Diary"].tables
    assert whole["PD topics"].sheet_state == "hidden"


def test_a_college_of_hardly_anybody_whose_unused_sheets_are_folded_away(tmp_path: Path) -> None:
    planted = spoilt(tmp_path / "spoilt.xlsx", sample(8), 25, seed=1)
    assert places(check(read(tmp_path / "spoilt.xlsx"))) == places(planted)


def test_the_same_seed_plants_the_same_faults_and_leaves_the_tracker_alone() -> None:
    tracker = sample(60)
    before = fingerprint(tracker)
    first, second = plant(tracker, 90, seed=4), plant(tracker, 90, seed=4)
    assert first[1] == second[1] and fingerprint(first[0]) == fingerprint(second[0])
    assert fingerprint(tracker) == before
    assert plant(tracker, 90, seed=5)[1] != first[1]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.integers(0, 140))
def test_no_two_faults_share_a_row(seed: int, count: int) -> None:
    _, planted = plant(a_college(60, seed % 3), count, seed)
    assert len(planted) == count
    rows = Counter((one.sheet, one.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for one in planted)
    crowded = {row: many for row, many in rows.items() if many > 1 and row[1] not in ("", "4")}
    assert not crowded


def test_more_faults_than_there_is_room_for_are_refused() -> None:
    with pytest.raises(CannotDo):
        plant(sample(5), 5000, seed=1)
