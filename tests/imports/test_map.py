"""Maps: what is not known in them is named, with the nearest that is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from workbook.imports.map_files import read_map
from workbook.imports.map_reader import map_of
from workbook.imports.mapping import Map
from workbook.model import CannotDo

ROWS = '[[rows]]\ninto = "Learners"\n[rows.columns]\n"Learner ID" = "Adno"\n'


def read(text: str, into: str | None = None) -> Map:
    return map_of(tomllib.loads(text), "marks.toml", into)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[row]]\n", r"has no setting row \(did you mean rows\?\)"),
        ("[rows]\n", "double brackets"),
        ('[[rows]]\ninto = "Progres"\n', r"no sheet Progres \(did you mean Progress\?\)"),
        ("[[rows]]\n", "into which sheet"),
        ('[[rows]]\ninto = "Learners"\n', "has no columns"),
        ('[[rows]]\ninto = "Learners"\ncolumns = 3\n', "table of settings"),
        ('[[rows]]\ninto = "Learners"\n[rows.columns]\nSurname = "Name"\n', "has no column Learner ID"),
        (ROWS + '"Sirname" = "Name"\n', r"no column Sirname \(did you mean Surname\?\)"),
        (ROWS + 'Name = "Name"\n', "works itself out"),
        (ROWS + 'Surname = { colum = "Name" }\n', r"no setting colum \(did you mean column\?\)"),
        (ROWS + "Surname = { }\n", "one of column, columns, is and number_from"),
        (ROWS + 'Surname = { column = "a", is = "b" }\n', "one of column, columns, is and number_from"),
        (ROWS + 'Surname = { number_from = "S" }\n', 'such as "S001"'),
        (ROWS + 'Surname = { column = "a", words = "b" }\n', "where the value goes"),
        (ROWS + 'Surname = { column = "a", part = 0 }\n', "part of Surname"),
        (ROWS + 'Surname = { column = "a", blank = "delete" }\n', '"keep" or "wipe"'),
        (ROWS + 'Surname = { column = "a", values = ["b"] }\n', "should read like"),
        (ROWS + "Surname = { is = [1, 2] }\n", "single value"),
        (ROWS + "[rows.each]\nsubject = 3\n", "a text or a list of texts"),
        (ROWS + '[rows.each]\nsubject = "APL"\n', r"should hold \{subject\}"),
        (ROWS + '[rows.marks]\nheadings = "{date} {half}"\n', "belongs to rows into Registers"),
        (ROWS.replace("Learners", "Registers") + '[rows.marks]\ndate = "Date"\n', "should have headings"),
        (ROWS.replace("Learners", "Registers") + '[rows.marks]\nheadings = "{date}"\n', r"hold \{date\} and \{half\}"),
        ("[file]\nheadings_row = 0\n", "number of a row"),
        ("[file]\ndelimeter = ';'\n", r"did you mean delimiter\?"),
        ("[settings]\nlow_level_point = 3\n", r"did you mean low_level_points\?"),
        ("[settings]\nlow_level_points = 'ten'\n", "cannot be ten"),
        ("[settings]\nlow_level_drop = 9\n", "cannot be 9"),
        ("[settings]\nstatus_measure = 'mine'\n", "there are current against expected"),
        ("[lists]\nForm = ['GP']\n", r"did you mean Forms\?"),
        ("[[scale]]\nname = 'S'\n", "levels, low to high"),
        ("[[scale]]\nname = 'S'\nlevels = [1, 2]\npoints = [1]\n", "as many points"),
        ("[[scale]]\nname = 'S'\nlevels = [1, 2]\npass_from = 3\n", "no level of it"),
        ("[[fixed]]\ninto = 'Subjects'\n", "should say into"),
        ("[[fixed]]\ninto = 'Subjects'\nrows = [{ Subjekt = 'Art' }]\n", r"did you mean Subject\?"),
        ("[[fixed]]\ninto = 'Subjects'\nrows = [{ Subject = ['Art'] }]\n", "no single value"),
    ],
)
def test_what_is_not_known_is_named(text: str, words: str) -> None:
    with pytest.raises(CannotDo, match=words) as told:
        read(text)
    assert str(told.value).endswith(".") and "\n" not in str(told.value)


def test_the_sheet_of_the_command_is_that_of_rows_without_one() -> None:
    assert read(ROWS.replace('into = "Learners"\n', ""), "learners").rows[0].sheet.name == "Learners"
    with pytest.raises(CannotDo, match="brings nothing into Progress, but into Learners"):
        read(ROWS, "Progress")


def test_a_scale_is_spelt_out() -> None:
    text = "[[scale]]\nname = 'S'\nlevels = ['E', 'M', 'D']\nlabel = 'Grade {}'\npass_from = 'M'\n"
    sheet, rows = read(text).brought[0]
    assert sheet.name == "Scales"
    told = [(row["level"], row["order"], row["points"], row["pass"], row["label_for_parents"]) for row in rows]
    assert told == [("E", 1, 1, "No", "Grade E"), ("M", 2, 2, "Yes", "Grade M"), ("D", 3, 3, "Yes", "Grade D")]


def test_settings_by_name_or_by_label_and_turned_off() -> None:
    told = read("[settings]\nlow_level_points = 10\n'Subjects below' = ''\nno_intervention = false\n").settings
    assert told == {"low_level_points": 10, "subjects_below": None, "no_intervention": "No"}


def test_a_file_that_is_no_map(tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="There is no map"):
        read_map(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("rows = [", encoding="utf-8")
    with pytest.raises(CannotDo, match=r"bad\.toml is not TOML"):
        read_map(tmp_path / "bad.toml")
    (tmp_path / "latin.toml").write_bytes("about = 'é'".encode("latin-1"))
    with pytest.raises(CannotDo, match="plain text"):
        read_map(tmp_path / "latin.toml")
