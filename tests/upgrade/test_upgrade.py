"""A tracker as an earlier version made it is brought up to this one, and loses nothing."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.parity import hostile
from tests.parity.test_truth_values import written_out
from tests.upgrade.first_version import FIRST
from workbook.building import tracker as building
from workbook.building.tables import names
from workbook.building.tracker import build
from workbook.checks import check
from workbook.measures.computed import computed
from workbook.model import SHEETS, CannotDo, Tracker
from workbook.model.excel import serial
from workbook.package.parts import Package, PackageWriter
from workbook.reading.read import read
from workbook.upgrade.tracker import upgrade

LATER = {one.table: {column.key for column in one.columns if column.since} for one in SHEETS}


def older(path: Path) -> Path:
    """A hostile tracker without what came since the first version, with a column of the college's own."""
    made = hostile.tracker(3, rows=12)
    tables = {}
    for name, table in made.tables.items():
        full = written_out(table.sheet)
        sheet = replace(full, columns=tuple(one for one in full.columns if not one.since))
        columns = {key: values for key, values in table.columns.items() if key not in LATER[name]}
        tables[name] = replace(table, sheet=sheet, columns=columns)
    settings = tables["Settings"].columns
    settings.update({key: values[:-2] for key, values in settings.items()})
    tables["Settings"].rows = tables["Settings"].rows[:-2]
    tables["Progress"].columns["House"] = ["Red", None, 7] * 4
    old = Tracker(tables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "ROW_NAMES", {})
        patch.setattr(building, "SHARED_NAMES", {"year_starts": "=46266", "year_ends": "=46630"})
        build(path, old, computed(made))
    return path


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return older(tmp_path_factory.mktemp("upgrade") / "old.xlsx")


@pytest.fixture(scope="module")
def new(old: Path) -> Path:
    upgrade(old, old.with_name("new.xlsx"))
    return old.with_name("new.xlsx")


def test_what_came_since_is_silent_in_an_older_tracker(old: Path) -> None:
    tracker = read(old)
    assert not [one for one in tracker.problems if "heading" in one.code]
    assert LATER["Progress"], "the test needs a column that came since"
    check(tracker)


def test_every_typed_cell_is_kept_and_nothing_is_missing(old: Path, new: Path) -> None:
    before, after = read(old), read(new)
    for name, table in before.tables.items():
        for key, values in table.columns.items():
            assert after[name].columns[key][: len(values)] == values, f"{name} {key}"
    assert after["Progress"].columns["house"] == ["Red", None, 7] * 4
    for one in SHEETS:
        assert {column.key for column in one.columns} <= set(after[one.table].letters), one.name
    assert len(after["Settings"]) == len(before["Settings"]) + 2


def test_formulas_and_stored_figures_are_those_of_this_version(new: Path) -> None:
    tracker = read(new)
    figures = computed(tracker)
    formulas, values = openpyxl.load_workbook(new), openpyxl.load_workbook(new, data_only=True)
    for one in SHEETS:
        table = tracker[one.table]
        for column in one.computed:
            letter = table.letters[column.key]
            for row, figure in zip(table.rows, figures[one.table][column.key], strict=True):
                assert formulas[one.name][f"{letter}{row}"].value == one.native(column), f"{one.name} {letter}{row}"
                said = values[one.name][f"{letter}{row}"].value
                if column.since:
                    said = serial(said) if isinstance(said, datetime) else said
                    assert said == figure, f"{one.name} {letter}{row}"
    defined = formulas.defined_names
    assert defined["its_levels"].value.endswith("1") and "path_so_far" in defined


def test_other_parts_are_carried_as_they_are(old: Path, new: Path) -> None:
    one, other = zipfile.ZipFile(old), zipfile.ZipFile(new)
    assert one.namelist() == other.namelist()
    views = [name for name in one.namelist() if "sheet1.xml" in name or "theme" in name or "drawing" in name]
    assert views and all(one.read(name) == other.read(name) for name in views)


def test_a_second_time_there_is_nothing_to_do(new: Path) -> None:
    before = new.read_bytes()
    assert not upgrade(new, new, replace=True, on=date(2026, 11, 27))
    assert new.read_bytes() == before


def test_a_backup_is_kept(old: Path, tmp_path: Path) -> None:
    path = tmp_path / "tracker.xlsx"
    path.write_bytes(old.read_bytes())
    backup = upgrade(path, path, replace=True, on=date(2026, 11, 27)).backup
    assert backup is not None and backup.name == "tracker (backup 2026-11-27).xlsx"
    assert backup.read_bytes() == old.read_bytes()


def test_every_column_that_came_since_the_first_version_says_so() -> None:
    came = {(one.name, column.header) for one in SHEETS for column in one.columns if column.since or one.since}
    first = {(name, heading) for name, headings in FIRST.items() for heading in headings.split("|")}
    assert {(one.name, column.header) for one in SHEETS for column in one.columns} - first == came


def spoilt(old: Path, path: Path, part: str, text: bytes, by: bytes) -> Path:
    package = Package.open(old)
    with path.open("wb") as out:
        writer = PackageWriter(out)
        for name in package.names:
            content = package.read(name)
            writer.add(name, content.replace(text, by, 1) if name == part else content)
        writer.close()
    return path


def test_a_name_of_the_colleges_own_is_not_written_over(old: Path, tmp_path: Path) -> None:
    own = b'<definedNames><definedName name="Tolerance">0.5</definedName>'
    path = spoilt(old, tmp_path / "own.xlsx", "xl/workbook.xml", b"<definedNames>", own)
    with pytest.raises(CannotDo, match="a name of its own, tolerance"):
        upgrade(path, tmp_path / "new.xlsx")
    assert not (tmp_path / "new.xlsx").exists()


def test_what_stands_beside_the_table_is_not_written_over(old: Path, tmp_path: Path) -> None:
    sheet = read(old)["Progress"]
    last = max(sheet.letters.values(), key=lambda letters: (len(letters), letters))
    part = next(name for name in zipfile.ZipFile(old).namelist()
                if b'name="House"' in zipfile.ZipFile(old).read(name) and "tables" in name)  # fmt: skip
    number = part.removeprefix("xl/tables/table")
    beside = f'<c r="{last[0]}{chr(ord(last[1]) + 1)}7"><v>1</v></c></row>'.encode()
    for name in zipfile.ZipFile(old).namelist():
        if name.startswith("xl/worksheets/_rels") and f"table{number}".encode() in zipfile.ZipFile(old).read(name):
            xml = zipfile.ZipFile(old).read(name.replace("_rels/", "").removesuffix(".rels"))
            start = xml.index(b'<row r="7"')
            row = xml[start : xml.index(b"</row>", start) + 6]
            path = spoilt(old, tmp_path / "own.xlsx", name.replace("_rels/", "").removesuffix(".rels"), row,
                          row.replace(b"</row>", beside))  # fmt: skip
    with pytest.raises(CannotDo, match="right beside the table of Progress"):
        upgrade(path, tmp_path / "new.xlsx")
