"""A tracker read table by table says what the same one says that was read at once."""

from __future__ import annotations

import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from workbook.building.tracker import build
from workbook.checks import check
from workbook.commands import beside as commands_beside
from workbook.commands.beside import beside
from workbook.measures.computed import computed
from workbook.model import SHEETS, CannotDo
from workbook.package.guard import open_guarded
from workbook.reading import as_asked
from workbook.reading import read as reading
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


@pytest.mark.skipif(sys.platform != "linux", reason="processes are split off on Linux only")
def test_tables_read_in_a_second_process_are_the_same(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of them, or what was begun with; the problems too, and which parts are near."""
    begun: list[str] = []

    def aside(work: Callable[[], Any]) -> Callable[[], Any] | None:
        begun.append("")
        return commands_beside.aside(work)

    monkeypatch.setattr(commands_beside, "_can_split", lambda: True)
    monkeypatch.setattr(as_asked, "SMALL", 0)
    monkeypatch.setattr(reading, "TWO", 0)
    one, other = open_guarded(book), open_guarded(book)
    whole, two = read(one), read(other, beside, aside)
    assert len(begun) == 1
    assert two == whole and list(two.tables) == list(whole.tables) and other.near == one.near
    lazy = read_as_asked(third := open_guarded(book), beside, aside)
    lazy.begin(["Progress", "Registers"], sure=False)
    lazy.begin(["Targets"])
    assert list(lazy.tables) == list(whole.tables) and len(begun) == 4  # the rest in halves
    assert all(lazy[name] == whole[name] for name in whole.tables) and third.near == one.near
    assert Counter(map(str, lazy.problems)) == Counter(map(str, whole.problems))


def test_what_may_not_be_asked_for_is_not_read_before_where_it_would_cost_time(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_asked, "SMALL", 0)
    monkeypatch.setattr(as_asked, "take_sheets", lambda *_: pytest.fail("read in vain"))
    read_as_asked(open_guarded(book), beside).begin(["Progress"], sure=False)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are split off on Linux only")
@pytest.mark.parametrize("part", ["sheet10", "sheet5"])
def test_a_damaged_sheet_is_refused_whichever_process_reads_it(
    book: Path, tmp_path: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands_beside, "_can_split", lambda: True)
    monkeypatch.setattr(reading, "TWO", 0)
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(tmp_path / "t.xlsx", "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, content[: len(content) // 2] if info.filename.endswith(f"/{part}.xml") else content)
    with pytest.raises(CannotDo) as alone:
        read(tmp_path / "t.xlsx")
    with pytest.raises(CannotDo, match=re.escape(str(alone.value))):
        read(tmp_path / "t.xlsx", beside, commands_beside.aside)


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
    plainly = as_asked.take_sheets

    def noted(file: Any, cells: Any, found: Any, *how: Any) -> Any:
        read_so_far.extend(one.sheet.table for one in found)
        return plainly(file, cells, found, *how)

    monkeypatch.setattr(as_asked, "take_sheets", noted)
    lazy = read_as_asked(open_guarded(book))
    assert read_so_far == [] and "Progress" in lazy.tables and len(lazy.tables) == len(SHEETS)
    assert len(lazy["Learners"]) >= 4 and lazy["Learners"] is lazy["Learners"]
    lazy.ask(["Learners", "Terms", "Drops"])
    assert read_so_far == ["Learners", "Terms", "Drops"]
    over = lazy.with_room({"Diary": lazy["Learners"]})
    assert over["Diary"] is lazy["Learners"] and "Diary" not in read_so_far
    assert sorted(lazy.tables) == sorted(one.table for one in SHEETS)
    assert sorted(read_so_far) == sorted(one.table for one in SHEETS)
