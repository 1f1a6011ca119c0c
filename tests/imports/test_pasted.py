"""A table copied from a PDF, whose columns stand in one column or one cell: the refusal says how to part them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import refused, run
from workbook.building.tracker import build
from workbook.measures.computed import computed
from workbook.sample import sample

LINES = ["Learner ID   Subject   APL 1", "L10001   Maths   APL4", "L10002   English Language   APL5"]


@pytest.fixture(scope="module")
def tracker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = sample(learners=2)
    return build(tmp_path_factory.mktemp("pasted") / "t.xlsx", made, computed(made))


@pytest.mark.parametrize(
    ("cells", "place"), [(LINES, "column"), (["\n".join(LINES)], "cell"), (["Dear all", "see below", "J."], "")]
)
def test_a_table_pasted_from_a_pdf(cells: list[str], place: str, tracker: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number, text in enumerate(cells, 1):
        book.active.cell(number, 1).value = text
    book.save(tmp_path / "pasted.xlsx")
    said = refused(run("import", tracker, tmp_path / "pasted.xlsx", "--out", tmp_path / "out.xlsx"))
    assert ("Text to Columns" in said) == bool(place)
    assert f"has its columns in one {place}, parted" in said if place else "no row that reads like headings" in said
