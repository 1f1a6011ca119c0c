"""The add-in's file and the tracker with functions: whole, readable by others, and nothing else changed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyopenvba.integrity import check_file
from pyopenvba.interpreter import Interpreter
from typer.testing import CliRunner

import mentorbook
from addin.desktop.xlam import package, tracker_functions
from addin.desktop.xlam.compound_file import compound_file
from addin.desktop.xlam.compression import compress
from addin.desktop.xlam.functions_sheet import AWAY, NO_PYTHON
from addin.desktop.xlam.project import Module, vba_project
from addin.desktop.xlam.wrappers import wrappers
from tests.addin.vba_host import decompress_stream, parseable, sources
from tests.audit import errors_in
from tests.office import Office
from tests.office.client import ErrorValue
from workbook.checks import check
from workbook.model import CannotDo
from workbook.package.parts import Package
from workbook.reading.read import read

MUST_CHANGE = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}


def stored(source: str) -> str:
    return source.replace("\r\n", "\n")


def test_olevba_reads_back_the_exact_sources_of_the_addin(xlam: Path) -> None:
    found = sources(xlam)
    assert set(found) == {"ThisWorkbook", "Sheet1", "Mentorbook", "xlwings", "MentorbookGuard"}
    assert found["Mentorbook"] == package.source("Mentorbook")
    assert found["xlwings"] == stored(package.python_modules()[0].source)


def test_of_xlwings_stay_its_licence_its_declarations_and_what_reads_a_file() -> None:
    import xlwings

    original = (Path(xlwings.__file__).parent / "xlwings.bas").read_text(encoding="cp1252")
    ours = package.python_modules()[0].source
    changed = set(ours.splitlines()) - set(original.splitlines()) - set(package.source("Python").splitlines())
    assert changed == {'Public Const PROJECT_NAME As String = "mentorbook"'}
    assert "BSD 3-clause" in ours and f'XLPyDLLName As String = "xlwings64-{xlwings.__version__}.dll"' in ours
    for gone in ("GetConfigFromSheet", "RunFrozenPython", "LICENSE", "CONDA", "embedded", "PYTHONPATH", "ShowError"):
        assert gone not in ours, gone


def test_olevba_reads_back_the_exact_sources_of_the_tracker(xlsm: Path) -> None:
    found = sources(xlsm)
    assert found["MentorbookFunctions"] == wrappers()
    assert found["PythonAway"] == package.source("PythonAway")
    assert found["xlwings"] == stored(package.python_modules()[0].source)
    assert found["ThisWorkbook"].endswith(package.source("FunctionsThisWorkbook"))


@pytest.mark.parametrize("file", ["xlam", "xlsm"])
def test_every_module_parses_as_vba(file: str, request: pytest.FixtureRequest) -> None:
    for name, source in sources(request.getfixturevalue(file)).items():
        Interpreter().add_module(parseable(source), name=name)
        assert max(map(len, source.splitlines()), default=0) < 1024, "VBA's longest line"
        assert name == "xlwings" or source.isascii()


@pytest.mark.slow
@pytest.mark.parametrize("file", ["xlam", "xlsm"])
def test_others_find_no_error(file: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(file)
    assert not errors_in(path)
    report = check_file(path)
    assert report.ok and not report.issues


def test_two_builds_are_the_same_bytes(xlam: Path, xlsx: Path, xlsm: Path) -> None:
    assert package.addin_file() == xlam.read_bytes()
    assert tracker_functions.with_functions(xlsx) == xlsm.read_bytes()


def test_functions_change_no_other_part_of_the_tracker(xlsx: Path, xlsm: Path) -> None:
    before, after = Package.open(xlsx), Package.open(xlsm)
    added = {"xl/vbaProject.bin", "xl/worksheets/functions.xml"}
    assert set(after.names) - set(before.names) == added
    same = [name for name in before.names if before.member(name) == after.member(name)]
    assert set(before.names) - set(same) == MUST_CHANGE


def test_the_tracker_with_functions_reads_the_same(xlsx: Path, xlsm: Path) -> None:
    one, other = read(xlsx), read(xlsm)
    assert {name: table.columns for name, table in one.tables.items()} == {
        name: table.columns for name, table in other.tables.items()
    }
    assert not check(other)


def test_the_new_sheet_stands_at_the_end_and_no_other_formula_asks_for_it(xlsx: Path, xlsm: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(xlsm)
    assert book.sheetnames == [*openpyxl.load_workbook(xlsx, read_only=True).sheetnames, "Functions"]
    with zipfile.ZipFile(xlsm) as file:
        others = [name for name in file.namelist() if name.startswith("xl/") and "functions" not in name]
        assert not [name for name in others if b"APL_POINTS" in file.read(name) and name.endswith(".xml")]


def test_functions_again_renew_only_the_project(xlsm: Path, tmp_path: Path) -> None:
    again = tracker_functions.write(xlsm, tmp_path / "again.xlsm")
    assert again.read_bytes() == xlsm.read_bytes()


def test_a_workbook_with_macros_of_its_own_is_left_alone(xlsx: Path, tmp_path: Path) -> None:
    theirs = vba_project("TheirMacros", [Module("Module1", "Sub Hello()\nEnd Sub\n")])
    path = tmp_path / "theirs.xlsm"
    path.write_bytes(package.with_project(Package.open(xlsx), theirs, ()))
    with pytest.raises(CannotDo, match="macros of its own"):
        tracker_functions.with_functions(path)


def test_a_sheet_of_the_same_name_is_never_replaced(xlsx: Path, tmp_path: Path) -> None:
    package_ = Package.open(xlsx)
    main = package_.read("xl/workbook.xml").replace(b'name="Guide"', b'name="functions"')
    path = tmp_path / "taken.xlsx"
    path.write_bytes(package._together(package_, {"xl/workbook.xml": main}, {}))
    with pytest.raises(CannotDo, match="has a sheet Functions already"):
        tracker_functions.with_functions(path)


@pytest.mark.office
def test_without_python_the_sheet_functions_says_so_and_no_other_sheet_minds(
    xlsx: Path, xlsm: Path, office: Office
) -> None:
    with_, without = office.recalculate(xlsm), office.recalculate(xlsx)  # macros are off, as where a college bars them
    shown = with_["Functions"]
    assert shown["A3"] == AWAY and shown["D5"] == NO_PYTHON
    assert not [value for row in shown.rows for value in row if isinstance(value, ErrorValue)]
    assert {name: grid.rows for name, grid in without.items()} == {name: with_[name].rows for name in without}


@pytest.mark.office
def test_a_tracker_that_another_program_has_saved_takes_the_functions(
    xlsx: Path, office: Office, tmp_path: Path
) -> None:
    saved = office.resave(xlsx, tmp_path / "saved.xlsx")
    path = tracker_functions.write(saved, tmp_path / "saved.xlsm")
    found = {str(error) for error in errors_in(path)}
    assert found <= {str(error) for error in errors_in(saved)}
    assert "APL_POINTS" in sources(path)["MentorbookFunctions"]
    assert office.recalculate(path, ["Functions"])["Functions"]["A3"] == AWAY


def test_a_workbook_written_in_a_way_of_its_own_is_refused(xlsx: Path) -> None:
    package_ = Package.open(xlsx)
    odd = package_.read("[Content_Types].xml").replace(b"spreadsheetml.sheet.main", b"spreadsheetml.template.main")
    with pytest.raises(CannotDo, match="of an unusual kind"):
        package.with_project(Package.open(package._together(package_, {"[Content_Types].xml": odd}, {})), b"", ())


def test_commands(xlsx: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    built = run(mentorbook.app, ["addin", "build", "--out", str(tmp_path)])
    assert built.exit_code == 0 and (tmp_path / "Mentorbook.xlam").is_file()
    again = run(mentorbook.app, ["addin", "build", "--out", str(tmp_path)])
    assert isinstance(again.exception, CannotDo)
    out = tmp_path / "with.xlsm"
    made = run(mentorbook.app, ["addin", "functions", str(xlsx), "--out", str(out)])
    assert made.exit_code == 0 and out.is_file(), made.output
    wrong = run(mentorbook.app, ["addin", "functions", str(xlsx), "--out", str(tmp_path / "with.xlsx")])
    assert isinstance(wrong.exception, CannotDo) and "name it with.xlsm" in str(wrong.exception)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=9000), st.text("ab \r\n", max_size=9000).map(str.encode)))
def test_compression_is_undone_by_another_program(data: bytes) -> None:
    whole = bytes(decompress_stream(bytearray(compress(data))))
    assert whole[: len(data)] == data and not whole[len(data) :].strip(b"\0")


_NAMES = st.text("abcdefgXYZ123", min_size=1, max_size=20)
_LEAVES = st.integers(0, 9000).map(lambda size: bytes(range(256)) * (size // 256) + bytes(size % 256))
_TREES = st.dictionaries(_NAMES, st.one_of(_LEAVES, st.dictionaries(_NAMES, _LEAVES, max_size=5)), max_size=9)


@settings(max_examples=40, deadline=None)
@given(_TREES)
def test_compound_file_is_read_back_by_another_program(tree: dict[str, bytes | dict[str, bytes]]) -> None:
    folded: dict[str, bytes | dict[str, bytes]] = {name.upper(): held for name, held in tree.items()}
    tree = {
        name: held if isinstance(held, bytes) else {inner.upper(): data for inner, data in held.items()}
        for name, held in folded.items()
    }
    expected = {}
    for name, held in tree.items():
        expected |= (
            {(name,): held} if isinstance(held, bytes) else {(name, inner): data for inner, data in held.items()}
        )
    with olefile.OleFileIO(io.BytesIO(compound_file(tree))) as file:
        found = {tuple(place): file.openstream(place).read() for place in file.listdir()}
    assert found == expected
