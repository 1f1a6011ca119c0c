"""A request is answered with all that is held: each cell about the learner, and others' names marked."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import refused, run
from tests.keeping import by_hand
from workbook.reading.read import read


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, openpyxl.Workbook]:
    folder = tmp_path_factory.mktemp("about")
    book, out = by_hand.write(folder / "t.xlsx", named_elsewhere=True), folder / "about.xlsx"
    before = book.read_bytes()
    ran = run("about", book, "--learner", by_hand.ID.lower(), "--out", out)
    assert ran.code == 0 and book.read_bytes() == before, ran
    return book, openpyxl.load_workbook(out)


def cells(book: openpyxl.Workbook) -> dict[str, list[object]]:
    """The values of each sheet, those of its first three rows apart."""
    return {
        one.title: [c.value for row in one.iter_rows(min_row=4) for c in row if c.value is not None] for one in book
    }


def test_every_cell_of_every_row_about_the_learner_is_there(told: tuple[Path, openpyxl.Workbook]) -> None:
    tracker, held = read(told[0]), cells(told[1])
    for table in tracker.tables.values():
        for place, one in enumerate(table["learner_id"]):
            if one == by_hand.ID:
                values = [values[place] for values in table.columns.values() if values[place] is not None]
                shown = {getattr(value, "date", lambda value=value: value)() for value in held[table.sheet.name]}
                assert {str(value) for value in values} <= {str(value) for value in shown}, table.sheet.name
    everything = " ".join(str(value) for values in held.values() for value in values)
    for word in by_hand.SECRETS:
        assert word in everything or word == "Zeph ", word
    for more in ("Breakfast", "Red", "owes 2 pounds", "See Zephyrine Quillfeather's mother", "docProps/custom.xml"):
        assert more in everything, more
    assert {"Attendance worked out", "Progress worked out", "Notes at cells", "Group interventions"} <= held.keys()


def test_other_peoples_names_are_marked_in_words_and_colour(told: tuple[Path, openpyxl.Workbook]) -> None:
    elsewhere, parents, targets = (told[1][name] for name in ("Elsewhere in the file", "Parents", "Targets"))
    heads = [cell.value for cell in elsewhere[4]]
    rows = [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in elsewhere.iter_rows(min_row=5)]
    (note,) = (row for row in rows if row.get("Sheet") == "Contacts")
    assert note["Text"] == f"argued with {by_hand.NAME}" and "A102" in str(note["What it is"])
    assert [row["Cell"] for row in rows if row["Sheet"] == "Trips"][:3] == ["A2", "B2", "C2"]
    marks = [str(row[-1].value) for row in parents.iter_rows(min_row=5)]
    assert any("somebody at home (Pat Elsewhere)" in one for one in marks), marks
    assert parents["A5"].fill.fgColor.rgb == "FFFFE8B3"
    assert "Look at" not in [cell.value for cell in targets[4]], "nobody else is named there"
    assert "Oakley" not in " ".join(str(value) for values in cells(told[1]).values() for value in values if value), (
        "no row about another learner comes along"
    )


def test_an_unknown_id_is_one_sentence(told: tuple[Path, openpyxl.Workbook], tmp_path: Path) -> None:
    assert "A999" in refused(run("about", told[0], "--learner", "A999", "--out", tmp_path / "x.xlsx"))
    assert not (tmp_path / "x.xlsx").exists()
