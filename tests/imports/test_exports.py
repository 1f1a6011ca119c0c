"""Files as systems give them come in without a map, or are asked about; each by its map gives the same again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.imports.exports import CASES, Case, tracker
from workbook.imports import Import, State, map_files, plan, read_import, read_source, sheet_named
from workbook.imports.map_writer import as_toml
from workbook.imports.words import as_text
from workbook.model import Tracker


@pytest.fixture(scope="module")
def before() -> Tracker:
    return tracker()


def written(folder: Path, case: Case) -> Path:
    if not case.sheets:
        path = folder / "export.csv"
        path.write_bytes(case.text.encode(case.encoding))
        return path
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, text in case.sheets.items():
        page = book.create_sheet(name)
        for line in text.splitlines():
            page.append(line.split(","))
    book.save(folder / "export.xlsx")
    return folder / "export.xlsx"


def changed(one: Import, sheet: str) -> list[dict[str, str]]:
    """The rows that an import adds or changes, as texts: what names each, and its new cells."""
    assert one.difference is not None
    found = []
    for row in one.difference.rows:
        if row.state in (State.ADDED, State.CHANGED):
            assert row.sheet == sheet and row.index is not None
            table = one.difference.after[row.table]
            keys = {key: as_text(table[key][row.index]) for key in table.sheet.unique}
            found.append(keys | {cell.key: as_text(cell.new) for cell in row.cells})
    return found


def ordered(rows: list[dict[str, str]]) -> list[Any]:
    return sorted(sorted(row.items()) for row in rows)


@pytest.mark.parametrize("into", [True, False], ids=["into", "found out"])
@pytest.mark.parametrize("case", CASES, ids=[one.name for one in CASES])
def test_an_export_comes_in_right_or_is_asked_about(tmp_path: Path, before: Tracker, case: Case, into: bool) -> None:
    path = written(tmp_path, case)
    one = read_import(before, path, sheet_named(case.into) if into else None, None, case.answers)
    if case.asks:
        assert one.difference is None and one.map is None
        assert tuple(question.name for question in one.questions if question.needed) == case.asks
        return
    assert one.difference is not None, [question.words for question in one.questions]
    assert ordered(changed(one, case.into)) == ordered(case.rows)
    refused = one.difference.of(State.REFUSED)
    assert {row.source_row for row in refused} == set(case.refused)
    for number, word in case.refused.items():
        assert any(word in f"{row.what} {row.reason}" for row in refused if row.source_row == number), refused
    again = read_import(one.difference.after, path, sheet_named(case.into), None, case.answers)
    assert again.difference is not None and again.difference.empty


@pytest.mark.parametrize("case", [one for one in CASES if not one.asks], ids=lambda one: one.name)
def test_the_map_that_was_found_out_gives_the_same(tmp_path: Path, before: Tracker, case: Case) -> None:
    path = written(tmp_path, case)
    one = read_import(before, path, sheet_named(case.into), None, case.answers)
    assert one.map is not None and one.difference is not None
    kept = tmp_path / "map.toml"
    kept.write_text(as_toml(one.map), encoding="utf-8")
    read = map_files.read_map(kept)
    again = plan(before, read_source(path, read.file, read.wanted()), read)
    assert list(again.records()) == list(one.difference.records())
    assert as_toml(read).split("\n", 1)[1] == as_toml(one.map).split("\n", 1)[1]
