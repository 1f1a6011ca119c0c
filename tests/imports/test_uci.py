"""A real mark sheet of 395 learners goes into an empty tracker in one go, and its figures come out right."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.audit import errors_in
from workbook.building.tracker import build
from workbook.checks import check
from workbook.editing.edit import TableChange, edit
from workbook.imports import Difference, Source, State, plan, read_map, read_source
from workbook.measures.anew import results_after
from workbook.measures.computed import computed
from workbook.measures.data_date import last_date
from workbook.measures.flags import flags
from workbook.model import Tracker, defaults
from workbook.reading.read import read

pytestmark = pytest.mark.slow

LEVELS = ("apl_1", "apl_2", "apl_3")


@pytest.fixture(scope="module")
def file(shared: Path) -> Path:
    return shared / "data" / "uci_student_mat.csv"


@pytest.fixture(scope="module")
def marks(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def difference(tracker: Tracker, file: Path) -> Difference:
    one = read_map(Path("uci_student_mat"))
    source: Source = read_source(file, one.file, one.wanted())
    return plan(tracker, source, one)


@pytest.fixture(scope="module")
def imported(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("uci")
    empty, out = folder / "empty.xlsx", folder / "out.xlsx"
    build(empty, defaults.new(), computed(defaults.new()))
    edit(empty, out, difference(read(empty), file).changes(results_after))
    return out


def test_all_rows_are_taken(file: Path) -> None:
    one = difference(defaults.new(), file)
    added = {name: counts[State.ADDED] for name, counts in one.counts().items() if counts[State.ADDED]}
    assert added == {"Scales": 21, "Subjects": 1, "Learners": 395, "Progress": 395}
    changed = [row for row in one.of(State.CHANGED) if row.table != "Lists"]
    assert [row.what for row in changed] == ["1", "2", "3"]
    assert one.after["Lists"]["forms"][:3] == ["GP", "MS", None]
    assert not one.of(State.REFUSED)


def test_the_file_says_what_the_mark_sheet_says(imported: Path, marks: list[dict[str, str]]) -> None:
    progress = read(imported)["Progress"]
    grades = [(row["G1"], row["G2"], row["G3"]) for row in marks]
    assert list(zip(*(progress[key] for key in LEVELS), strict=True)) == grades
    assert sum(level is not None for key in LEVELS for level in progress[key]) == 1185
    assert len({*read(imported)["Learners"]["learner_id"]}) == 395


def test_a_second_import_changes_nothing(imported: Path, file: Path) -> None:
    again = difference(read(imported), file)
    assert again.empty and again.changes(results_after) == {}


def test_the_figures_stored_in_the_file(imported: Path) -> None:
    tracker = read(imported)
    figures = computed(tracker)["Progress"]
    first, second, third = (figures[f"points_{drop}"] for drop in (1, 2, 3))
    fell = [sum(b < a for a, b in zip(one, two, strict=True)) for one, two in ((first, second), (second, third))]  # type: ignore[operator]
    assert fell == [150, 90]
    assert sum(points < 10 for points in first) == 142  # type: ignore[operator]
    assert set(figures["status"]) == {"No target"}


def test_a_rule_set_on_the_settings_sheet_alone_marks_142_learners(imported: Path, tmp_path: Path) -> None:
    settings = read(imported)["Settings"]
    rows = dict(zip(settings["name"], settings.rows, strict=True))
    change = {rows["low_level_points"]: {"value": 10}, rows["low_level_drop"]: {"value": 1}}
    edit(imported, tmp_path / "rule.xlsx", {"Settings": TableChange(change)})  # type: ignore[arg-type]
    for path, marked in ((imported, 0), (tmp_path / "rule.xlsx", 142)):
        tracker = read(path)
        found = [flag.learner_id for flag in flags(tracker, last_date(tracker)) if flag.code == "low_level"]
        assert len(found) == len(set(found)) == marked


def test_the_auditor_finds_nothing(imported: Path) -> None:
    assert not errors_in(imported)


def test_the_check_finds_nothing(imported: Path) -> None:
    assert [f"{problem.sheet} {problem.cell} {problem.message}" for problem in check(read(imported))] == []


@pytest.mark.office
def test_the_stored_figures_are_those_that_libreoffice_works_out(imported: Path, office) -> None:  # type: ignore[no-untyped-def]
    recalculated = office.recalculate(imported, ["Progress", "Learners", "Scales"])
    figures = computed(read(imported))
    for name in ("Progress", "Learners", "Scales"):
        table = read(imported)[name]
        for key, values in figures[name].items():
            for row, value in zip(table.rows, values, strict=True):
                assert recalculated[name][f"{table.letters[key]}{row}"] == (value if value is not None else "")
