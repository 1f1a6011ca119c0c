"""A second import changes nothing, and what is written is what was planned."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.imports.cases import planned, source, tracker
from workbook.building.tracker import build
from workbook.editing.edit import edit
from workbook.imports import State
from workbook.imports.source import tidy
from workbook.measures.anew import results_after
from workbook.measures.computed import computed
from workbook.reading.read import read

cells = st.one_of(st.none(), st.sampled_from(["APL1", "apl9", "N/A", "X", "3", "=1+1", "0012", "S002", "Art", "9-8"]))
rows = st.lists(
    st.tuples(
        st.sampled_from(["0012", "S002", "s002", "", "other"]),
        st.sampled_from(["Art", "ART", "Combined Science", "?"]),
        cells,
        cells,
        st.one_of(st.none(), st.text(st.characters(codec="utf-8"), max_size=20)),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(rows)
def test_importing_twice_is_importing_once(told: list[tuple[Any, ...]]) -> None:
    file = source("Learner ID,Subject,APL 1,Effort 1,Comment", *[[tidy(cell) for cell in row] for row in told])
    first = planned(tracker(), file)
    second = planned(first.after, file)
    assert len(second.of(State.REFUSED)) == len(first.of(State.REFUSED))
    assert second.empty and second.changes(results_after) == {}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plan") / "tracker.xlsx"
    build(path, tracker(), computed(tracker()))
    return path


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows)
def test_what_is_written_is_what_was_planned(filled: Path, tmp_path: Path, told: list[tuple[Any, ...]]) -> None:
    file = source("Learner ID,Subject,APL 1,Effort 1,Comment", *[[tidy(cell) for cell in row] for row in told])
    one = planned(read(filled), file)
    out = tmp_path / "out.xlsx"
    out.unlink(missing_ok=True)
    edit(filled, out, one.changes(results_after))
    written = read(out)
    assert written["Progress"].columns == one.after["Progress"].columns
    assert planned(written, file).empty


def test_a_summary_by_sheet(filled: Path) -> None:
    counts: Mapping[str, Mapping[State, int]] = planned(
        read(filled), source("Learner ID,Subject,APL 1", "0012,Art,APL3")
    ).counts()
    assert counts == {"Progress": {State.ADDED: 0, State.CHANGED: 0, State.UNCHANGED: 1, State.REFUSED: 0}}
