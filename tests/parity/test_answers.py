"""One answer to each question: every place of the table is asked on each of the small trackers.

First as the files are stored, with Python's figures beside the formulas; then as LibreOffice has worked all of it out
anew, once for each tracker.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.building.test_build_views import as_number
from tests.office import Office
from tests.parity import questions_days, questions_levels, questions_records, questions_weeks
from tests.parity.asked import PROBES, Asked, Judged
from tests.parity.college import CASES

QUESTIONS = {
    one.asks: one
    for home in (questions_weeks, questions_days, questions_levels, questions_records)
    for one in home.QUESTIONS
}


@pytest.fixture(scope="module", params=CASES)
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    return Asked(CASES[request.param], tmp_path_factory.mktemp("answers") / "tracker.xlsx")


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_place_gives_the_same_answer(question: str, asked: Asked) -> None:
    assert QUESTIONS[question].differences(asked) == []


@pytest.mark.office
@pytest.mark.parametrize("question", QUESTIONS)
def test_libreoffice_gives_it_too(question: str, asked: Asked, office: Office) -> None:
    assert QUESTIONS[question].differences(asked.judged(office)) == []


@pytest.mark.office
def test_every_formula_gives_what_is_stored_beside_it(asked: Asked, office: Office) -> None:
    judged = asked.judged(office).cell
    assert isinstance(judged, Judged)
    assert different(asked.path, judged)[:20] == []


def different(path: Path, judged: Judged) -> list[tuple[str, str, object, object]]:
    """The cells with a formula in which LibreOffice has something else than Python."""
    formulas, stored = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    found: list[tuple[str, str, object, object]] = []
    for page in formulas:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f" and cell.coordinate not in PROBES.get(page.title, ()):
                    said = judged.reading[page.title][cell.coordinate]
                    kept = as_number(stored[page.title][cell.coordinate].value)
                    both = isinstance(said, float) and isinstance(kept, int | float)
                    if not (abs(said - kept) < 1e-9 if both else (said or "") == (kept or "")):  # type: ignore[operator]
                        found.append((page.title, cell.coordinate, kept, said))
    return found
