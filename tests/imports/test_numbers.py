"""Numbers as files write them: decimal commas, per cent in three ways, numbers of learners that cannot be right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.imports.exports import tracker
from tests.imports.test_exports import _by_its_map
from workbook.imports import Import, State, read_import, sheet_named
from workbook.imports.map_writer import as_toml
from workbook.model import CannotDo, Tracker

LONG = {
    "Learner ID": "A1",
    "First name": "Ann",
    "Surname": "Bell",
    "Year": "10",
    "Form": "10A",
    "ULN": "",
    "Start date": "",
}
HEAD = "Learner ID;Type;Start;Aim measure;Aim value\n"


@pytest.fixture(scope="module")
def before() -> Tracker:
    return tracker()


def brought(folder: Path, before: Tracker, text: str, into: str = "Interventions", **answers: str) -> Import:
    (folder / "export.csv").write_text(text, encoding="utf-8")
    return read_import(before, folder / "export.csv", sheet_named(into), None, answers)


def plans(*aims: str) -> str:
    return HEAD + "".join(f"A{place};Mentoring;05/02/2027;{aim}\n" for place, aim in enumerate(aims, 1))


@pytest.mark.parametrize(
    ("aims", "wanted", "word"),
    [
        (("Points;4,5", "Points;12"), [4.5, 12], "4,5 is 4.5"),
        (("Points;4.5", "Points;12"), [4.5, 12], ""),
        (("Attendance %;93,5%", "Attendance %;90%"), [93.5, 90], "decimal comma"),
        (("Attendance %;93", "Attendance %;90"), [93, 90], ""),
        (("Attendance %;.93", "Attendance %;1"), [93, 100], "0.93 is 93 per cent"),
        (("Attendance %;0,93", "Attendance %;93%", "Lates;1", "Points;0,5"), [93, 93, 1, 0.5], "fractions"),
    ],
)
def test_numbers_are_read_as_they_are_meant(
    tmp_path: Path, before: Tracker, aims: tuple[str, ...], wanted: list[float], word: str
) -> None:
    one = brought(tmp_path, before, plans(*aims))
    assert one.difference is not None and not one.difference.of(State.REFUSED), one.questions
    assert one.difference.after["Interventions"]["aim_value"] == wanted
    assert any(word in line for line in one.told)
    _by_its_map(tmp_path, tmp_path / "export.csv", before, one)


def test_numbers_that_may_be_either_are_asked(tmp_path: Path, before: Tracker) -> None:
    mixed = plans("Attendance %;0.93", "Attendance %;93")
    assert [one.name for one in brought(tmp_path, before, mixed).questions] == ["percent"]
    one = brought(tmp_path, before, mixed, percent="fraction")
    assert one.difference is not None and one.difference.after["Interventions"]["aim_value"] == [93, 93]
    either = plans("Points;1,250", "Points;12")
    assert [one.name for one in brought(tmp_path, before, either).questions] == ["decimal"]
    for answer, number in (("comma", 1.25), ("point", 1250)):
        one = brought(tmp_path, before, either, decimal=answer)
        assert one.difference is not None and one.difference.after["Interventions"]["aim_value"] == [number, 12]
    both = plans("Points;4,5", "Points;4.5")
    one = brought(tmp_path, before, both, decimal="comma")
    assert one.difference is not None
    assert [row.reason for row in one.difference.of(State.REFUSED)] == ["Aim value should be a number, not “4.5”"]


def test_a_percentage_is_no_number_of_sessions(tmp_path: Path, before: Tracker) -> None:
    text = "Learner ID,Type,Start,Sessions planned\nA1,Mentoring,05/02/2027,80%\n"
    one = brought(tmp_path, before, text)
    assert one.difference is not None
    assert [row.reason for row in one.difference.of(State.REFUSED)] == [
        "Sessions planned is no percentage, but the file says “80%”"
    ]


def test_points_with_a_comma_tell_praise_from_incidents(tmp_path: Path, before: Tracker) -> None:
    text = "Adno;Type;Points;Date\nA1;Disruption;-1,5;05/02/2027\nA2;Kindness;2,5;05/02/2027\n"
    one = brought(tmp_path, before, text, "Behaviour")
    assert one.difference is not None and [row.what for row in one.difference.rows] == ["A1, 05/02/2027, Disruption"]
    assert one.map is not None and one.map.file.decimal == ","


def test_numbers_of_learners_that_cannot_be_right(tmp_path: Path, before: Tracker) -> None:
    """P207000016049 is a learner's; its first letter mistyped, no name beside it is enough. 9999999999 is nobody's."""
    text = "UPN,Name,Maths Mar\nR207000016049,Kit Marsh,APL3\nP207000016049,Zoe O'Neil,APL3\n"
    one = brought(tmp_path, before, text, "Progress")
    assert one.difference is not None
    (row,) = one.difference.of(State.REFUSED)
    assert row.source_row == 2 and "its first letter does not fit the rest" in row.reason
    one = brought(tmp_path, before, text, "Progress", **{"Learner: Kit Marsh": "A6"})
    assert one.difference is not None and one.difference.counts()["Progress"][State.ADDED] == 2
    text = "ULN,Name,Maths Mar\n9276308686,,APL3\n9999999999,Zoe O'Neil,APL3\n9999999999,,APL3\n"
    one = brought(tmp_path, before, text, "Progress")
    assert one.difference is not None
    assert [(row.source_row, row.reason) for row in one.difference.of(State.REFUSED)] == [(4, "names no learner")]


def test_a_drop_that_only_an_answer_said_is_asked_of_the_next_file(tmp_path: Path, before: Tracker) -> None:
    text = "Adno,Subject,Grade\nA1,Maths,APL4\n"
    one = brought(tmp_path, before, text, "Progress", drop="5")
    assert one.map is not None
    kept = tmp_path / "map.toml"
    kept.write_text(as_toml(one.map), encoding="utf-8")
    again = read_import(before, tmp_path / "export.csv", None, kept)
    assert again.difference is None and [question.name for question in again.questions] == ["drop"]
    said = read_import(before, tmp_path / "export.csv", None, kept, {"drop": "5"})
    assert said.difference is not None and said.difference.after["Progress"]["apl_5"] == ["APL4"]
    with pytest.raises(CannotDo, match="made for drop = 5, not 6"):
        read_import(before, tmp_path / "export.csv", None, kept, {"drop": "6"})


@pytest.mark.parametrize("sign", ["1", "1 ", "1/", "L1", "x", "/", "A = "])
@pytest.mark.parametrize("place", range(len(LONG)))
def test_a_text_as_long_as_a_cell_is_read_or_refused_wherever_it_stands(
    tmp_path: Path, before: Tracker, sign: str, place: int
) -> None:
    """Python reads no number of over 4,300 digits, and calls one of over 308 infinite."""
    cells = list(LONG.values())
    cells[place] = (sign * 32_767)[:32_767]
    text = ",".join(LONG) + "\n" + ",".join(cells) + "\n"
    try:
        difference = brought(tmp_path, before, text, "Learners").difference
    except CannotDo:
        return
    json.dumps([*difference.records()] if difference else [], allow_nan=False, default=str)
