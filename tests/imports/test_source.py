"""Files as they come: encodings, delimiters, headings under titles, hostile contents."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.package.test_package import zipped
from workbook.imports.source import FileOptions, joined_headings, read_pages, read_source, tidy
from workbook.imports.text_files import decoded, delimiter_of, parsed_csv
from workbook.imports.workbook_files import NoResult
from workbook.model import CannotDo, CellError

TEXT = "Adno,Name,Mark\nS001,Zoë O’Neil,/\nS002,Łucja,\\\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found_out(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "marks.csv"
    path.write_bytes(TEXT.replace(",", delimiter).encode(encoding))
    source = read_source(path)
    assert source.headings == ["Adno", "Name", "Mark"]
    assert [tuple(row.values.values()) for row in source.rows] == [("S001", "Zoë O’Neil", "/"), ("S002", "Łucja", "\\")]


def test_windows_text_is_understood() -> None:
    assert decoded("Zoë O’Neil – 10C €".encode("cp1252"), "x") == ("Zoë O’Neil – 10C €", "cp1252")


@pytest.mark.parametrize("ends", ["\r", "\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["mac_roman", "utf-8", "cp1252"])
def test_what_excel_saves_on_a_macintosh_comes_in_whole(tmp_path: Path, encoding: str, ends: str) -> None:
    """Lone carriage returns, also inside a quoted cell, and Mac Roman, told in words; nothing comes in garbled."""
    path = tmp_path / "marks.csv"
    lines = [
        "Adno,Name,Note",
        "S001,Zoë O’Neil,“très bien”",
        'S002,François Müller,"one\rtwo"',
        "S003,Renée Núñez,café",
    ]
    path.write_bytes((ends.join(lines) + ends).encode(encoding))
    source = read_source(path)
    assert [row.values["Name"] for row in source.rows] == ["Zoë O’Neil", "François Müller", "Renée Núñez"]
    assert [str(row.values["Note"]).split() for row in source.rows] == [["“très", "bien”"], ["one", "two"], ["café"]]
    assert ("Mac Roman" in " ".join(source.told)) is (encoding == "mac_roman")


def test_a_stated_encoding_counts(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_bytes("Adno,Name\n1,Łucja\n".encode("cp1250"))
    assert read_source(path, FileOptions(encoding="cp1250")).rows[0].values["Name"] == "Łucja"
    with pytest.raises(CannotDo, match="no encoding cp9999"):
        read_source(path, FileOptions(encoding="cp9999"))
    with pytest.raises(CannotDo, match="not text in ascii"):
        read_source(path, FileOptions(encoding="ascii"))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("name\nZoë\n", ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ('a,b\n"one; two; three",4\n"five; six; seven",8\n', ","),
        ("Title, with a comma\na\tb\tc\n1\t2\t3\n", "\t"),
    ],
)
def test_the_delimiter_is_the_one_that_splits_evenly(text: str, delimiter: str) -> None:
    assert delimiter_of(text) == delimiter


def test_the_line_with_which_excel_is_told_the_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text("sep=;\na;b,c\n1;2\n", encoding="utf-8")
    assert read_source(path).headings == ["a", "b,c"]
    assert read_source(path).rows[0].number == 3


def test_headings_under_titles_and_headings_there_twice(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text("Marks of 10C,,\n\nAdno,Grade,Grade,\n1,2,3,4\n,,,\n5,6,7,8\n", encoding="utf-8")
    source = read_source(path, wanted=["adno", "grade"])
    assert source.headings == ["Adno", "Grade", "Grade (2)"]
    assert [(row.number, row.place, row.values["Grade (2)"]) for row in source.rows] == [(4, 0, "3"), (6, 1, "7")]
    assert read_source(path, FileOptions(headings_rows=(4,))).headings == ["1", "2", "3", "4"]


def test_a_column_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "marks.csv"
    path.write_text("Adno,Mathematics\n1,2\n", encoding="utf-8")
    with pytest.raises(CannotDo, match=r"no column Mathmatics \(did you mean Mathematics\?\)"):
        read_source(path).heading("Mathmatics")


def test_a_sheet_of_a_workbook_keeps_its_kinds(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append([None, None])
    page.append(["Adno", "Born", "Score", "In"])
    page.append([12.0, date(2011, 3, 4), 1.5, True])
    book.create_sheet("Other").append(["x", "y"])
    book.save(tmp_path / "marks.xlsx")
    source = read_source(tmp_path / "marks.xlsx")
    assert source.rows[0].number == 3
    assert list(source.rows[0].values.values()) == [12, date(2011, 3, 4), 1.5, True]
    with pytest.raises(CannotDo, match=r"no sheet Othr \(did you mean Other\?\)"):
        read_source(tmp_path / "marks.xlsx", FileOptions(sheet="Othr"))


def test_errors_hidden_sheets_and_stray_cells_of_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].sheet_state = "hidden"
    page = book.create_sheet("Marks")
    page.append(["Adno", "APL"])
    page.append(["S001", "#N/A"])
    page["XFD1048576"] = "stray"
    page.cell(1, 900, "31/08/2027 PM")
    book.active = 1
    book.save(tmp_path / "marks.xlsx")
    source = read_source(tmp_path / "marks.xlsx")
    assert source.headings == ["Adno", "APL", "31/08/2027 PM"]
    assert [tuple(row.values.values()) for row in source.rows] == [("S001", CellError("#N/A"), None)]
    assert isinstance(source.rows[0].values["APL"], CellError)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.csv", None, "There is no file"),
        ("empty.csv", b"", "no row of headings"),
        ("book.csv", b"PK\x03\x04....", "damaged"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "cannot be read"),
        ("printed.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("open.csv", b'a,b\n1,"2\n', "not closed"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n\0\0", "a picture, which holds no rows"),
        ("notes.xls", b"<!---->" * 500 + b"x", None),
        ("odd.txt", b"a\xff\xfeb\x81\n", None),
    ],
)
def test_bad_files_are_refused_in_a_sentence(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    if words is None:
        assert read_source(tmp_path / name).headings
        return
    with pytest.raises(CannotDo, match=words):
        read_source(tmp_path / name)


ROWS = [["Year 10", "", "", ""], ["Adno", "Name", "Grade", "Effort"], ["A1", "O'Neil, Zoë", "APL3", "3"]]


def _spreadsheet_xml() -> str:
    cells = ["".join(f'<Cell><Data ss:Type="String">{one}</Data></Cell>' for one in row if one) for row in ROWS]
    cells[0] = cells[0].replace("<Cell>", '<Cell ss:MergeAcross="3">')
    rows = "".join(f"<Row>{row}</Row>" for row in cells)
    name = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{name}" xmlns:ss="{name}"><Worksheet ss:Name="Marks"><Table>{rows}'
        "</Table></Worksheet></Workbook>"
    )


def _web_page() -> str:
    rows = "".join("<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>" for row in ROWS[1:])
    title = '<tr><th colspan="4">Year 10</th></tr>'
    return f"<html><head><style>td {{}}</style></head><body><table>{title}{rows.replace('ë', '&euml;')}</table></html>"


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("marks.xls", _web_page(), "utf-8"),
        ("marks.xls", _spreadsheet_xml(), "utf-8"),
        ("marks.xls", "\n".join("\t".join(row) for row in ROWS), "utf-16"),
        ("marks.xlsx", "\n".join(";".join(row) for row in ROWS), "cp1252"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    (tmp_path / name).write_bytes(text.encode(encoding))
    (page,) = read_pages(tmp_path / name)
    assert [[cell for cell in row if cell] for row in page.cells] == [[one for one in row if one] for row in ROWS]


def test_cells_that_a_cell_reaches_over_stay_where_they_are(tmp_path: Path) -> None:
    page = "<table><tr><td rowspan=2>Name<td colspan=2>Maths</tr><tr><td>WAG<td>ATL</tr><tr><td>Zoë<td>APL3<td></table>"
    (tmp_path / "marks.xls").write_text(page, encoding="utf-8")
    (read,) = read_pages(tmp_path / "marks.xls")
    assert joined_headings(read, (0, 1)) == ["Name", "Maths WAG", "Maths ATL"]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), min_size=1).filter(
    lambda text: tidy(text) == text and "\n" not in text
)


@given(st.lists(st.lists(words, min_size=3, max_size=3), min_size=2, max_size=6), st.sampled_from(",;\t|"))
def test_what_a_csv_writer_wrote_is_read_back(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert parsed_csv(decoded(out.getvalue().encode(), "x")[0], delimiter, "x") == rows


@given(st.text())
def test_tidying_is_done_once_and_for_all(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert once is None or (isinstance(once, str) and once.strip() == once != "")


def test_a_formula_without_a_result_and_zeros_that_only_a_format_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()  # which works nothing out
    page = book.worksheets[0]
    page.append(["Learner ID", "Phone", "Effort 5"])
    page.append([123, 7700900123, '="3"&""'])
    page["A2"].number_format, page["B2"].number_format = "000000", "00000 000000"
    book.save(tmp_path / "marks.xlsx")
    values = list(read_source(tmp_path / "marks.xlsx").rows[0].values.values())
    assert values[:2] == ["000123", "07700 900123"]
    assert isinstance(values[2], NoResult)


def test_two_sheets_of_one_name_are_told_apart_by_nobody(tmp_path: Path) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "marks.xlsx"
    book.active.append(["Adno", "Mark"])
    book.create_sheet("Other").append(["Adno", "Mark"])
    book.save(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'name="Other"', b'name="Sheet"')
    path.write_bytes(zipped(parts))
    with pytest.raises(CannotDo, match="two sheets called Sheet: open it in Excel"):
        read_source(path)
