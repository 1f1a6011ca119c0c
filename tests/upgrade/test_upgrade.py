"""A tracker as an earlier version made it is brought up to this one, and loses nothing."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.excel_rules.book import BookFile
from tests.excel_rules.package_rules import broken_rules
from tests.parity import hostile
from tests.seen import seen
from tests.upgrade.first_version import FIRST, LATER, older
from workbook.building.tracker import build
from workbook.building.views.places import START, tabs
from workbook.checks import check
from workbook.measures.computed import computed
from workbook.model import SHEETS, CannotDo, Tracker
from workbook.model.excel import serial
from workbook.package.guard import open_guarded
from workbook.package.parts import Package, PackageWriter, rewrite
from workbook.package.relationships import Relationship, relationships_name, relationships_xml
from workbook.reading.outline import read_book
from workbook.reading.read import read
from workbook.upgrade import views
from workbook.upgrade.graft import Graft
from workbook.upgrade.tracker import upgrade
from workbook.upgrade.views import look_of


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
    formulas, values = seen(new), seen(new, data_only=True)
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


def test_a_column_that_came_since_has_its_dropdown(new: Path) -> None:
    sheet = seen(new)["Interventions"]
    letter = read(new)["Interventions"].letters["subject"]
    found = [one for one in sheet.data_validations.dataValidation if str(one.sqref).startswith(f"{letter}5:")]
    assert [one.formula1 for one in found] == ["subject_names"]
    assert broken_rules(BookFile(new)) == []


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
        rewrite(package, {part: package.read(part).replace(text, by, 1)}, out)
    return path


@pytest.mark.parametrize(("name", "told"), [
    ('name="Tolerance"', "a name of its own, tolerance"), ('name="Own" localSheetId="B2"', 'localSheetId="B2" is no'),
    ('name="Own" localSheetId="99"', 'localSheetId="99" is beyond'),
])  # fmt: skip
def test_a_name_of_the_colleges_own_is_not_written_over(old: Path, tmp_path: Path, name: str, told: str) -> None:
    own = f"<definedNames><definedName {name}>0.5</definedName>".encode()
    path = spoilt(old, tmp_path / "own.xlsx", "xl/workbook.xml", b"<definedNames>", own)
    with pytest.raises(CannotDo, match=told):
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


def saved_by_another_program(old: Path, path: Path) -> Path:
    """A tracker as other programs leave it, which drop the formula that new rows get; Drops has one of another time."""
    package = Package.open(old)
    part = next(one.part for one in read_book(open_guarded(old)).sheets if one.name == "Drops")
    parts = {part: re.sub(rb"<f>[^<]*</f>", b"<f>IFERROR(1-1,0)</f>", package.read(part))}
    for name in package.names:
        if name.startswith("xl/tables/"):
            parts[name] = re.sub(rb"<calculatedColumnFormula.*?</calculatedColumnFormula>", b"", package.read(name))
    with path.open("wb") as out:
        rewrite(package, parts, out)
    return path


@pytest.mark.slow
def test_formulas_are_renewed_where_another_program_dropped_those_of_new_rows(old: Path, tmp_path: Path) -> None:
    done = upgrade(saved_by_another_program(old, tmp_path / "saved.xlsx"), tmp_path / "new.xlsx")
    assert done.formulas["Drops"] == ["Elapsed"]
    drops, new = SHEETS[[one.name for one in SHEETS].index("Drops")], seen(tmp_path / "new.xlsx")
    letter = read(tmp_path / "new.xlsx")["Drops"].letters["elapsed"]
    assert {new["Drops"][f"{letter}{row}"].value for row in range(5, 11)} == {drops.native(drops.by_key["elapsed"])}
    assert not upgrade(tmp_path / "new.xlsx", tmp_path / "again.xlsx")


def test_a_drawing_in_which_nothing_is_drawn_does_not_make_a_view_ones_own(old: Path, tmp_path: Path) -> None:
    kind, drawn = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing", "xl/drawings/own.xml"
    part = next(one.part for one in read_book(open_guarded(old)).sheets if one.name == "Grid")
    package, looks = Package.open(old), []
    assert not package.relationships(part)
    for content in (b"", b"<one/>"):
        path = tmp_path / f"{len(content)}.xlsx"
        with path.open("wb") as out:
            writer = PackageWriter(out)
            for name in package.names:
                writer.put(package.member(name))
            writer.add(relationships_name(part), relationships_xml(part, [Relationship("rId1", kind, drawn)]))
            writer.add(drawn, b"<wsDr>" + content + b"</wsDr>")
            writer.close()
        looks.append(look_of(Package.open(path), part, "Grid"))
    assert looks[0] == look_of(package, part, "Grid") != looks[1]


def without(path: Path, *sheets: str) -> Path:
    """A tracker that was made without some sheets."""
    made = hostile.tracker(3, rows=12)
    names_ = {START, *(tab for _, tab, _ in tabs())} - set(sheets)
    held = Tracker({name: table for name, table in made.tables.items() if table.sheet.name not in sheets})
    return build(path, held, computed(held), only=names_)


@pytest.mark.slow
def test_a_sheet_that_is_not_there_is_added_behind_the_others(tmp_path: Path) -> None:
    came_since = [one.name for one in SHEETS if one.since]
    path = without(tmp_path / "old.xlsx", "Diary", "Guide", "Flags", *came_since)
    done = upgrade(path, tmp_path / "new.xlsx")
    assert set(done.sheets) == {"Flags", "Diary", "Guide", *came_since} and came_since and not done.own_views
    tracker = read(tmp_path / "new.xlsx")
    assert {"Diary", *(one.table for one in SHEETS if one.since)} <= set(tracker.tables)
    assert not [one for one in tracker.problems if one.code == "sheet-missing"]
    assert openpyxl.load_workbook(tmp_path / "new.xlsx", read_only=True).sheetnames[-len(done.sheets) :] == done.sheets
    assert broken_rules(BookFile(tmp_path / "new.xlsx")) == []
    assert not upgrade(tmp_path / "new.xlsx", tmp_path / "again.xlsx")


@pytest.fixture(scope="module")
def with_an_old_view(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tracker whose Form view counts targets as an earlier version did, with a sheet and a chart of the college's."""
    folder = tmp_path_factory.mktemp("views")
    path = without(folder / "this.xlsx")
    number = 1 + openpyxl.load_workbook(path, read_only=True).sheetnames.index("Form view")
    old = spoilt(path, folder / "old.xlsx", f"xl/worksheets/sheet{number}.xml", b"Still open", b"Status")
    return with_a_sheet_of_their_own(old, folder / "theirs.xlsx")


def with_a_sheet_of_their_own(source: Path, path: Path) -> Path:
    """The same with one more sheet, on which a chart stands."""
    own = Path(path).with_name("own.xlsx")
    with xlsxwriter.Workbook(own) as book:
        page = book.add_worksheet("Ours")
        page.write_column("A1", [1, 2, 3])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Ours!$A$1:$A$3"})
        page.insert_chart("C2", chart)
    old, new = open_guarded(source), open_guarded(own)
    graft = Graft(old, new, {}, {})
    graft.put("Ours")
    with path.open("wb") as out:
        rewrite(Package(old), graft.finish(lambda root: None), out)
    return path


def look(path: Path, name: str) -> str:
    file = open_guarded(path)
    part = next(one.part for one in read_book(file).sheets if one.name == name)
    return look_of(Package(file), part, name)


@pytest.mark.slow
def test_a_view_of_an_earlier_version_is_made_anew(
    with_an_old_view: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = look(with_an_old_view, "Form view")
    monkeypatch.setitem(views.MADE_BEFORE, "Form view", frozenset({before}))
    target = tmp_path / "new.xlsx"
    assert upgrade(with_an_old_view, target).views == ["Form view"]
    assert look(target, "Form view") != before
    old, new = openpyxl.load_workbook(with_an_old_view, read_only=True), seen(target)
    assert "Targets[Still open]" in new["Form view"]["L5"].value and new.sheetnames == old.sheetnames
    assert broken_rules(BookFile(target)) == []
    files = zipfile.ZipFile(with_an_old_view), zipfile.ZipFile(target)
    changed = {name for name in files[0].namelist() if files[0].read(name) != files[1].read(name)}
    number = 1 + old.sheetnames.index("Form view")
    assert changed == {f"xl/worksheets/sheet{number}.xml", "xl/styles.xml", "xl/workbook.xml"}
    assert any("chart" in name and "mentorbook" in name for name in files[1].namelist())


def test_a_view_that_somebody_has_changed_is_left_and_named(with_an_old_view: Path, tmp_path: Path) -> None:
    done = upgrade(with_an_old_view, tmp_path / "new.xlsx")
    assert done.own_views == ["Form view"] and not done and not (tmp_path / "new.xlsx").exists()
