"""What docs/import.md shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.imports import exports
from tests.imports.cases import plain_map
from workbook.imports import (
    Difference,
    State,
    map_brought,
    map_reader,
    plan,
    read_import,
    read_map,
    read_source,
    shipped_maps,
)
from workbook.model import Tracker, defaults

TEXT = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([\w.]+)`\n\n```\w+\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL))
REFUSALS = re.findall(r"^line \d+ .*$", TEXT, re.MULTILINE)
LEARNERS = [{"learner_id": f"S00{n}", "first_name": "A", "surname": "B", "year": 10, "form": "10C"} for n in (1, 2, 3)]


def with_learners() -> Tracker:
    tracker = defaults.new()
    return Tracker.of({name: table.records() for name, table in tracker.tables.items()} | {"Learners": LEARNERS})


def difference(folder: Path, file: str, tracker: Tracker, map_name: str = "", into: str = "") -> Difference:
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    if map_name:
        one = read_map(folder / map_name)
        return plan(tracker, read_source(folder / file, one.file, one.wanted()), one)
    source = read_source(folder / file)
    return plan(tracker, source, plain_map(source, into))


def said(one: Difference) -> list[str]:
    return [f"line {row.source_row} ({row.what}): {row.reason}" for row in one.of(State.REFUSED)]


def test_without_a_map(tmp_path: Path) -> None:
    one = difference(tmp_path, "contacts.csv", with_learners(), into="Contacts")
    assert [row.source_row for row in one.of(State.ADDED)] == [2]
    assert said(one) == REFUSALS[0:1]


def test_the_mark_sheet(tmp_path: Path) -> None:
    one = difference(tmp_path, "marks.csv", defaults.new(), "marks.toml")
    added = {name: counts[State.ADDED] for name, counts in one.counts().items()}
    assert added == {"Subjects": 2, "Learners": 3, "Progress": 4}
    assert said(one) == REFUSALS[1:2]
    assert one.after["Learners"]["first_name"] == ["Zoë", "Amira", "Jo"]
    rows = [(row["learner_id"], row["subject"], row["apl_1"]) for row in one.after["Progress"].records()]
    assert rows == [
        ("S001", "English Language", "APL4"), ("S001", "Mathematics", "APL5"),
        ("S002", "English Language", "APL3"), ("S002", "Mathematics", "N/A"),
    ]  # fmt: skip
    assert one.after["Progress"]["comment"] == [None, "Zoë explains her working well.", None, None]


def test_the_register(tmp_path: Path) -> None:
    one = difference(tmp_path, "register.csv", with_learners(), "register.toml")
    assert said(one) == REFUSALS[2:3]
    marks = [(row["learner_id"], f"{row['week']:%d/%m}", row["mon_am"], row["tue_am"]) for row in
             one.after["Registers"].records()]  # fmt: skip
    assert marks == [
        ("S001", "07/09", "/", "L"), ("S002", "07/09", "I", "/"), ("S002", "14/09", "/", None),
        ("S003", "14/09", "/", None),
    ]  # fmt: skip


def test_the_five_exports(tmp_path: Path) -> None:
    answers = dict(pair.split("=") for pair in re.findall(r'--answer "([^"]+=[^"…]+)"', TEXT))
    told, counts = [], {}
    for name in ("autumn.csv", "broadsheet.csv", "college.csv", "conduct.csv", "list.csv"):
        (tmp_path / name).write_text(FILES[name], encoding="utf-8")
        one = read_import(exports.tracker(), tmp_path / name)
        told += [f"asked of {name}: {question.words}" for question in one.questions if question.needed]
        if one.difference is None:
            mine = {question.name: answers[question.name] for question in one.questions}
            one = read_import(exports.tracker(), tmp_path / name, None, None, mine)
        assert one.difference is not None
        told += [f"refused in {name}, {line}" for line in said(one.difference)]
        counts[name] = [len(one.difference.of(state)) for state in (State.ADDED, State.CHANGED)]
    assert told == re.findall(r"^(?:asked of|refused in) .*$", TEXT, re.MULTILINE)
    assert counts == {
        "autumn.csv": [3, 0], "broadsheet.csv": [4, 0], "college.csv": [1, 0], "conduct.csv": [1, 0],
        "list.csv": [1, 1],
    }  # fmt: skip


def test_every_word_of_a_map_is_explained() -> None:
    places = [(map_reader, name) for name in ("_TOP", "_FILE", "_ROWS", "_FROM", "_MARKS", "WHO")]
    for place, name in [*places, (map_brought, "_SCALE")]:
        for word in getattr(place, name):
            assert re.search(rf"\b{word}\b", TEXT), f"docs/import.md says nothing of {word}"


@pytest.mark.parametrize("name", sorted(shipped_maps()))
def test_shipped_maps_can_be_read_and_say_what_they_are_for(name: str) -> None:
    assert read_map(Path(name)).rows
    assert "about = " in shipped_maps()[name] and name in TEXT
