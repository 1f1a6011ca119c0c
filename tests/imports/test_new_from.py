"""A tracker begun from a list of learners: lists as systems and colleagues write them; expected rows by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import refused, run
from workbook.checks import check
from workbook.imports import Import, read_import, sheet_named
from workbook.imports.map_reader import map_of
from workbook.imports.map_writer import as_toml
from workbook.model import Tracker, defaults
from workbook.reading.read import read

MIS = """Adno,Legal Surname,Legal Forename,Preferred Forename,Reg Group,Year Group,DOB,Gender,SEN Status
004512,Brookfern,Ibrahim,Ib,10B,Year 10,02/08/2012,M,K
004514,O'Neil,Zoë,,11A,Year 11,14/03/2011,F,N
"""
WHOLE = """Student,Tutor group,Year,Form tutor
"Brookfern, Ibrahim",10B,10,Mrs Oak
"O'Neil, Zoë",11A,11,K. Ash
"""
WORDS = """Name;Form;Yr;Tutor
Ibrahim Brookfern;10B;10;J. Oak
Anna Maria Larkspur;10B;10;J. Oak
"""
HEADS = ("learner_id", "first_name", "surname", "year", "form", "mentor")


def begun(folder: Path, text: str, **answers: str) -> Import:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return read_import(defaults.new(), path, sheet_named("Learners"), None, answers)


def rows(tracker: Tracker) -> list[tuple[object, ...]]:
    return list(zip(*(tracker["Learners"][key] for key in HEADS), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MIS, [("004512", "Ibrahim", "Brookfern", 10, "10B", None), ("004514", "Zoë", "O'Neil", 11, "11A", None)]),
        (WHOLE, [("L1001", "Ibrahim", "Brookfern", 10, "10B", "Mrs Oak"),
                 ("L1002", "Zoë", "O'Neil", 11, "11A", "K. Ash")]),
    ],
)  # fmt: skip
def test_lists_become_learners_without_any_list_filled_first(
    text: str, expected: list[tuple[object, ...]], tmp_path: Path
) -> None:
    one = begun(tmp_path, text)
    assert one.difference is not None and rows(one.difference.after) == expected
    assert check(one.difference.after) == []
    assert "SEN Status" not in text or one.left_out["SEN Status"].startswith("is sensitive")


def test_whole_names_without_a_comma_are_asked_about_and_no_word_is_lost(tmp_path: Path) -> None:
    assert [(one.name, one.needed) for one in begun(tmp_path, WORDS).questions] == [("names", True)]
    for first, expected in (
        ("first name", [("Ibrahim", "Brookfern"), ("Anna", "Maria Larkspur")]),
        ("surname", [("Brookfern", "Ibrahim"), ("Maria Larkspur", "Anna")]),
    ):
        one = begun(tmp_path, WORDS, names=first)
        assert one.difference is not None and one.map is not None
        assert [(row[1], row[2]) for row in rows(one.difference.after)] == expected
        assert {row[5] for row in rows(one.difference.after)} == {"J. Oak"}  # a tutor who is a person is no form
        assert map_of(tomllib.loads(as_toml(one.map)), "kept", None).rows == one.map.rows  # the map says the same


def test_new_makes_the_tracker_and_says_what_to_do_next(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(WORDS, encoding="utf-8")
    made = tmp_path / "t.xlsx"
    asked = run("new", made, "--from", tmp_path / "list.csv")
    assert asked.code == 2 and not made.exists() and 'answer "names=' in asked.out
    done = run("new", made, "--from", tmp_path / "list.csv", "--answer", "names=first name")
    assert done.code == 0 and "2 learners" in done.out
    assert rows(read(made))[1][:3] == ("L1002", "Anna", "Maria Larkspur")
    shown = openpyxl.load_workbook(made, data_only=True)
    assert str(shown["My week"]["A3"].value).startswith("Not worked out yet")  # no data is not nothing to do
    assert "--from" in refused(run("new", tmp_path / "u.xlsx", "--answer", "names=surname"))
