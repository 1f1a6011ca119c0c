"""Folders for results: nothing half-filled, nothing empty and nothing lost where the work fails."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path

import pytest

from tests.commands.run import refused, run
from workbook.commands import demo
from workbook.package.folders import filled, made_whole, make_folder
from workbook.package.run import beginning

FULL = OSError(errno.ENOSPC, "No space left on device")


def test_a_folder_into_which_nothing_came_is_not_left_behind(tmp_path: Path) -> None:
    with beginning(date(2026, 11, 28)):
        make_folder(tmp_path / "a" / "b")
        make_folder(tmp_path / "c" / "d")
        (tmp_path / "c" / "kept.txt").write_text("x")
        assert (tmp_path / "a" / "b").is_dir()
    assert sorted(str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*")) == ["c", "c/kept.txt"]


@pytest.mark.parametrize("before", [[], ["mine.txt"]])
def test_a_folder_is_filled_or_as_empty_as_it_was(tmp_path: Path, before: list[str]) -> None:
    for name in before:
        (tmp_path / name).write_text("x")
    with pytest.raises(OSError, match="No space"), filled(tmp_path) as folder:
        (folder / "half").mkdir()
        (folder / "half" / "made.txt").write_text("x")
        raise FULL
    assert [one.name for one in sorted(tmp_path.iterdir())] == [*["half"] * bool(before), *before]


def test_what_stood_in_a_folder_gives_way_only_to_what_is_whole(tmp_path: Path) -> None:
    for text in ("first", "second"):
        with made_whole(tmp_path) as room:
            (room / "page").mkdir()
            (room / "page" / f"{text}.txt").write_text(text)
    with pytest.raises(OSError, match="No space"), made_whole(tmp_path) as room:
        (room / "page").mkdir()
        raise FULL
    assert [str(one.relative_to(tmp_path)) for one in sorted(tmp_path.rglob("*"))] == ["page", "page/second.txt"]


def test_a_demo_for_which_there_is_no_room_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(path: Path, *, faults: int = 0, **_: int) -> None:
        if faults:
            raise FULL
        path.write_text("half of a demo")

    monkeypatch.setattr(demo, "make_sample", make)
    assert "No space left on device" in refused(run("demo", tmp_path / "new" / "demo"))
    assert not list(tmp_path.iterdir())
