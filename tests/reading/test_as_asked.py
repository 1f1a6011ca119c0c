"""A tracker read table by table says what the same one says that was read at once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from workbook.building.tracker import build
from workbook.checks import check
from workbook.commands.beside import beside
from workbook.measures.computed import computed
from workbook.model import SHEETS, CannotDo
from workbook.package.guard import open_guarded
from workbook.reading import as_asked
from workbook.reading.as_asked import read_as_asked
from workbook.reading.outline import read_book
from workbook.reading.read import read
from workbook.sample import sample
from workbook.sample.faults import plant, spoil


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("asked") / "t.xlsx"
    faulty, planted = plant(sample(4, seed=5), 12, seed=5)
    build(path, faulty, computed(faulty))
    spoil(path, planted)
    return path


@pytest.mark.parametrize("small", [0, as_asked.SMALL])
def test_each_table_is_the_same_in_whatever_order(book: Path, small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_asked, "SMALL", small)
    whole, lazy = read(book), read_as_asked(open_guarded(book))
    names = [one.table for one in SHEETS]
    Random(small).shuffle(names)
    for name in names:
        assert lazy[name] == whole[name]
    assert lazy.tables == whole.tables and lazy.year == whole.year
    assert {one.code for one in check(whole, whole.year[1])} == {one.code for one in check(lazy, whole.year[1])}


def test_tables_read_beside_other_work_are_the_same(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In threads, two lots at a time, some of it asked for before it is begun or twice; problems are those of all."""
    monkeypatch.setattr(as_asked, "SMALL", 0)
    whole, lazy = read(book), read_as_asked(open_guarded(book), beside)
    names = [one.table for one in SHEETS]
    lazy.begin(names[::3])
    lazy.begin(names[::2])
    assert len(lazy.tables) == len(whole.tables)
    for name in reversed(names):
        assert lazy[name] == whole[name] and lazy[name] is lazy[name]
    assert Counter(map(str, lazy.problems)) == Counter(map(str, whole.problems))


def test_whoever_asks_for_a_table_begun_in_vain_is_told_each_time(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_asked, "SMALL", 0)
    file = open_guarded(book)
    lazy = read_as_asked(file, beside)
    part = next(one.part for one in read_book(file).sheets if one.name == "Contacts")
    file.parts[part].CRC ^= 1
    lazy.begin(["Contacts"])
    assert len(lazy["Diary"]) and "Contacts" in lazy.tables
    for _ in range(2):
        with pytest.raises(CannotDo, match="damaged"):
            lazy["Contacts"]


def test_only_what_is_asked_for_is_read(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_asked, "SMALL", 0)
    read_so_far: list[str] = []
    plainly = as_asked.read_cells
    monkeypatch.setattr(
        as_asked, "read_cells",
        lambda file, values, found, beside: (
            read_so_far.extend(one.sheet.table for one in found), plainly(file, values, found, beside)
        ),
    )  # fmt: skip
    lazy = read_as_asked(open_guarded(book))
    assert read_so_far == [] and "Progress" in lazy.tables and len(lazy.tables) == len(SHEETS)
    assert len(lazy["Learners"]) >= 4 and lazy["Learners"] is lazy["Learners"]
    lazy.ask(["Learners", "Terms", "Drops"])
    assert read_so_far == ["Learners", "Terms", "Drops"]
    over = lazy.with_room({"Diary": lazy["Learners"]})
    assert over["Diary"] is lazy["Learners"] and "Diary" not in read_so_far
    assert sorted(lazy.tables) == sorted(one.table for one in SHEETS)
    assert sorted(read_so_far) == sorted(one.table for one in SHEETS)
