"""gather and group as a Head of Year's IT would call them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.run import refused, run

pytestmark = pytest.mark.slow

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")


def test_gather_and_group_from_folder_to_workbook(tracker: Path, tmp_path: Path) -> None:
    import openpyxl

    folder = tmp_path / "college"
    folder.mkdir()
    (folder / "one.xlsx").write_bytes(tracker.read_bytes())
    (folder / "broken.xlsx").write_bytes(tracker.read_bytes()[:9000])
    made = run("gather", folder, "--out", tmp_path / "set", "--keys", tmp_path / "secret", "--json")
    assert made.code == 1
    assert {row["file"]: row["state"] for row in made.rows} == {"one.xlsx": "read", "broken.xlsx": "refused"}
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0
    again = run("gather", folder, "--out", tmp_path / "set", "--keys", tmp_path / "secret")
    assert again.code == 1 and "0 read anew" in again.out and "broken.xlsx is damaged" in again.out
    told = run("group", tmp_path / "set", "--by", "year-group", "--json").rows
    attended = run("attendance", tracker, "--json").rows
    whole = next(row for row in told if row["group"] is None)
    assert whole["on_roll"] <= len(attended) and {row["group"] for row in told} == {None, "10", "11"}
    assert run("group", tmp_path / "set", "--out", tmp_path / "book.xlsx").code == 0
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx").worksheets[0]
    assert sheet["B5"].value == whole["on_roll"] and len(sheet._charts) == 2
    assert "already there" in refused(run("group", tmp_path / "set", "--out", tmp_path / "book.xlsx"))
    assert "not by colour" in refused(run("group", tmp_path / "set", "--by", "colour"))
    assert "holds no set" in refused(run("group", folder))
