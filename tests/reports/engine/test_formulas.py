"""Formulas of every kind of reference in templates: what they read and what they give, worked out by LibreOffice."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest

from tests.office import Office
from tests.reports.engine.making import VOCABULARY, Build, cells, make, part, parts, read, render, rezip, subjects
from workbook.model import CannotDo
from workbook.package.parts import Package
from workbook.reports.engine.template import Template
from workbook.reports.output.one_workbook import Report, write_into_copy, write_workbook

AMIRA = {"learner": {"first_name": "Amira"}, "subject": subjects("Maths", "Art", "Music")}
ALI = {"learner": {"first_name": "Ali"}, "subject": subjects("Art", "Maths")}
REPORTS = [Report("Amira", AMIRA), Report("Ali", ALI)]


def shared(formula: str, cells_below: tuple[str, ...], area: str) -> bytes:
    """A template whose row 2 repeats, with one shared formula as Excel writes a filled one, and a sheet of figures."""

    def build(book: Any, sheet: Any) -> None:
        sheet.write("A2", "{{subject.name}}")
        for cell in cells_below:
            sheet.write_formula(cell, "=0")
        data = book.add_worksheet("Data")
        for row, figures in enumerate([[1, 2, 3], [10, 20, 30]]):
            data.write_row(row, 1, figures)

    content = parts(make(build))
    name = "xl/worksheets/sheet1.xml"
    xml = content[name].decode().replace("<f>0</f>", f'<f t="shared" ref="{area}" si="0">{formula}</f>', 1)
    content[name] = xml.replace("<f>0</f>", '<f t="shared" si="0"/>').encode()
    return rezip(content)


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("SUM(Data!B:B)", ["SUM(Data!B:B)", "SUM(Data!C:C)", "SUM(Data!D:D)"]),
        ("SUM(Data!$B:B)", ["SUM(Data!$B:B)", "SUM(Data!$B:C)", "SUM(Data!$B:D)"]),
        ("SUM(Data!B:$B)", ["SUM(Data!B:$B)", "SUM(Data!$B:C)", "SUM(Data!$B:D)"]),
        ("SUM(Data!$B:$B)", ["SUM(Data!$B:$B)"] * 3),
        ("SUM(F:F)", ["SUM(F:F)", "SUM(G:G)", "SUM(H:H)"]),
        ("SUM(Data!1:1)", ["SUM(Data!1:1)"] * 3),
        ("COUNTA(A2)+B$2", ["COUNTA(A2:A4)+B$2", "COUNTA(B2:B4)+C$2", "COUNTA(C2:C4)+D$2"]),
    ],
)
def test_a_shared_formula_filled_right(formula: str, read: list[str]) -> None:
    report = Template.open(shared(formula, ("B4", "C4", "D4"), "B4:D4"), VOCABULARY).render(AMIRA)
    assert [cells(report)[f"{letter}6"][1:] for letter in "BCD"] == read


def test_a_shared_formula_filled_down_and_both_ways() -> None:
    source = shared("Data!1:1", ("B4", "B5"), "B4:B5")
    assert [cells(Template.open(source, VOCABULARY).render(AMIRA))[c] for c in ("B6", "B7")] == [
        "=Data!1:1",
        "=Data!2:2",
    ]
    source = shared("Data!B1+Data!$C:C", ("B4", "C4", "B5", "C5"), "B4:C5")
    found = cells(Template.open(source, VOCABULARY).render(AMIRA))
    assert [found[c] for c in ("C6", "B7", "C7")] == [
        "=Data!C1+Data!$C:D", "=Data!B2+Data!$C:C", "=Data!C2+Data!$C:D",
    ]  # fmt: skip


@pytest.mark.office
def test_a_shared_formula_over_whole_columns_gives_each_columns_sum(office: Office, tmp_path: Path) -> None:
    source = shared("SUM(Data!B:B)", ("B4", "C4", "D4"), "B4:D4")
    (tmp_path / "r.xlsx").write_bytes(Template.open(source, VOCABULARY).render(AMIRA))
    sheet = office.recalculate(tmp_path / "r.xlsx")["Report"]
    assert [sheet[f"{letter}6"] for letter in "BCD"] == [11, 22, 33]


def spans(own: str = "") -> Build:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{learner.first_name}}")
        sheet.write("A2", "{{subject.name}}")
        sheet.write_formula("A4", "=SUM(Autumn:Summer!A1)")
        sheet.write_formula("A5", "=SUM('Autumn:Summer'!A1,Autumn!A1)")
        for number, name in enumerate(("Autumn", "Spring", "Summer")):
            book.add_worksheet(name).write("A1", own or (number + 1) * 10)

    return build


def test_a_stretch_of_sheets_stays_as_typed() -> None:
    found = cells(render(spans(), AMIRA))
    assert (found["A6"], found["A7"]) == ("=SUM(Autumn:Summer!A1)", "=SUM('Autumn:Summer'!A1,Autumn!A1)")


def test_a_stretch_of_sheets_follows_an_end_that_gets_the_learners_name() -> None:
    def build(book: Any, sheet: Any) -> None:
        book.add_worksheet("Summer")
        sheet.write_formula("A4", "=SUM('{{learner.first_name}}:Summer'!A1)+'{{learner.first_name}}'!B:B+Summer!A1")

    report = render(build, {"learner": {"first_name": "Zoë O'Neil"}}, sheet="{{learner.first_name}}")
    assert cells(report, "Zoë O'Neil")["A4"] == "=SUM('Zoë O''Neil:Summer'!A1)+'Zoë O''Neil'!B:B+Summer!A1"


def one_workbook(source: bytes) -> bytes:
    file = io.BytesIO()
    write_workbook(Template.open(source, VOCABULARY), REPORTS, file)
    return file.getvalue()


def test_a_stretch_of_sheets_in_one_workbook() -> None:
    assert cells(one_workbook(make(spans())), "Amira")["A6"] == "=SUM(Autumn:Summer!A1)"  # none of them is copied
    every = one_workbook(make(spans("{{learner.first_name}}")))  # all of them are
    assert cells(every, "Ali")["A5"] == "=SUM('Ali Autumn:Ali Summer'!A1)"

    def torn(book: Any, sheet: Any) -> None:
        spans()(book, sheet)
        book.get_worksheet_by_name("Spring").write("A1", "{{learner.first_name}}")

    with pytest.raises(CannotDo, match=r"Autumn:Summer.*make a file each"):
        one_workbook(make(torn))


@pytest.mark.parametrize(("said", "refused"), [
    ('VLOOKUP("Maths",INDIRECT("Marks"),2,FALSE)', True), ('SUM(indirect( "marks[Now]"))', True),
    ('INDIRECT("\'Report\'!A1")', True), ('SUM(INDIRECT("Report!A1:A"&2))', True), ('INDIRECT("Fixed!A1")', False),
    ('INDIRECT("A1")', False), ('"INDIRECT(""Marks"")"', False),
])  # fmt: skip
def test_a_sheet_or_table_told_in_words_is_refused_where_each_copy_has_its_own(said: str, refused: bool) -> None:
    def build(book: Any, sheet: Any) -> None:
        tables(book, sheet)
        sheet.write_formula("G1", f"={said}")

    if refused:
        with pytest.raises(CannotDo, match=r"by INDIRECT.*make a file each"):
            one_workbook(make(build))
    else:
        assert cells(one_workbook(make(build)), "Amira")["G1"] == f"={said}"
    assert cells(render(build, AMIRA))["G1"] == f"={said}"  # a file each: as typed


def tables(book: Any, sheet: Any) -> None:
    sheet.write("A1", "{{learner.first_name}}")
    columns = [{"header": "Subject"}, {"header": "Now"}, {"header": "Twice", "formula": "=Marks[[#This Row],[Now]]*2"}]
    sheet.add_table("A3:C4", {"name": "Marks", "columns": columns})
    sheet.write("A4", "{{subject.name}}")
    sheet.write("B4", "{{subject.current}}")
    sheet.write_formula("D1", '=VLOOKUP("Maths",Marks,2,FALSE)')
    sheet.write_formula("E1", "=COUNTA(Marks[Subject])+SUM(INDEX(marks,0,2))")
    sheet.write_formula("F1", "=SUM(TheMarks)+Total+SUM(Report!Here)")
    book.define_name("TheMarks", "=Marks[Now]")
    book.define_name("Total", "=SUM(TheMarks)")
    book.define_name("Report!Here", "=Report!$B$4")
    book.define_name("Rate", "=2")
    book.add_worksheet("Sums").write_formula("A1", "=Total*Rate")
    book.add_worksheet("Fixed").write_formula("A1", "=Rate")


@pytest.mark.office
@pytest.mark.parametrize("into", [False, True])
def test_tables_and_names_of_each_copy(office: Office, tmp_path: Path, into: bool) -> None:
    source = make(tables)
    if into:
        file = io.BytesIO()
        base = Package.open(make(lambda book, sheet: sheet.write("A1", 1), sheet="Learners"))
        write_into_copy(Template.open(source, VOCABULARY), REPORTS, base, file)
        report = file.getvalue()
    else:
        report = one_workbook(source)
    names = {name.split("!")[-1] for name in read(report).defined_names}
    assert names == (set() if into else {"Rate"})
    (tmp_path / "r.xlsx").write_bytes(report)
    reading = office.recalculate(tmp_path / "r.xlsx")
    for learner, at, rows, total in (("Amira", 1, 3, 6), ("Ali", 2, 2, 3)):
        sheet = reading[learner]
        assert sheet["D1"] == at and sheet["E1"] == rows + total and sheet["C4"] == 2
        assert reading[f"{learner} Sums"]["A1"] == 2 * total
        assert sheet["F1"] == 3 * total


def test_whole_columns_and_rows_in_every_feature() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{learner.first_name}}")
        sheet.write("A3", "{{subject.name}}")
        bold = book.add_format({"bold": 1})
        sheet.conditional_format("D1:E1", {"type": "formula", "criteria": "=COUNTIF($D:$D,D1)>1", "format": bold})
        sheet.data_validation("F1:F2", {"validate": "list", "source": "=Lists!$A:$A"})
        sheet.merge_range("H1:I1", "Notes")
        sheet.merge_range("A5:B5", "Below")
        book.add_worksheet("Lists")
        book.define_name("All", "=Report!$A:$C")
        book.define_name("Report!Print_Area", "=Report!$A:$C")
        sheet.repeat_rows(0)
        sheet.repeat_columns("A:B")

    content = parts(make(build))
    name = "xl/worksheets/sheet1.xml"
    xml = content[name].decode()
    for old, new in (('"H1:I1"', '"H:I"'), ('"D1:E1"', '"D:E 7:7"'), ('"F1:F2"', '"F:F"'), ('"A5:B5"', '"5:5"')):
        assert old in xml
        xml = xml.replace(f"ref={old}", f"ref={new}")
    content[name] = xml.encode()
    report = Template.open(rezip(content), VOCABULARY).render(AMIRA)
    xml = part(report, name)
    assert re.findall('mergeCell ref="(.*?)"', xml) == ["H:I", "7:7"]
    assert re.findall('sqref="(.*?)"', xml)[:3] == ["D:E 9:9", "F:F"] or ("D:E 9:9" in xml and 'sqref="F:F"' in xml)
    assert "COUNTIF($D:$D,D1)" in xml and "Lists!$A:$A" in xml
    book = part(report, "xl/workbook.xml")
    assert "Report!$A:$C" in book and "Report!$A:$B,Report!$1:$1" in book


def test_a_chart_of_a_whole_column_shows_the_rows_there_are() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write_row("A2", ["{{subject.name}}", "{{subject.current}}"])
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"categories": "=Report!$A$1:$A$2", "values": "=Report!$B$1:$B$2"})
        sheet.insert_chart("D1", chart)

    content = parts(make(build))
    name = "xl/charts/chart1.xml"
    content[name] = re.sub(rb"\$([AB])\$1:\$[AB]\$2", rb"$\1:$\1", content[name])
    xml = part(Template.open(rezip(content), VOCABULARY).render(AMIRA), name)
    assert "<c:f>Report!$B:$B</c:f>" in xml and "Music" in xml and "{{" not in xml
    assert re.findall(r'ptCount val="(\d+)"', xml) == ["4", "4"]


def test_a_chart_of_a_name_keeps_the_name_and_forgets_the_templates_figures() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write_row("A2", ["{{subject.name}}", "{{subject.current}}"])
        book.define_name("Levels", "=Report!$B$2:$B$2")
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"categories": "=Report!$A$2:$A$2", "values": "=Report!$C$2:$C$2"})
        sheet.insert_chart("D1", chart)

    content = parts(make(build))
    name = "xl/charts/chart1.xml"
    named = b"[0]!Levels</c:f><c:numCache><c:v>x</c:v></c:numCache>"
    content[name] = content[name].replace(b"Report!$C$2:$C$2</c:f>", named)
    source = rezip(content)
    xml = part(Template.open(source, VOCABULARY).render(AMIRA), name)
    assert "<c:f>[0]!Levels</c:f></c:numRef>" in xml and "Music" in xml
    book = one_workbook(source)
    assert "<c:f>'Ali'!Levels</c:f>" in part(book, "xl/charts/chart1_r2.xml")
    assert read(book)["Ali"].defined_names["Levels"].attr_text == "'Ali'!$B$2:$B$3"


@pytest.mark.parametrize(("said", "read"), [
    ("LOOKUP(1,B2,A2)", "LOOKUP(1,B2:B4,A2:A4)"),
    ('_xlfn.XLOOKUP("Art",A2,B2,"none")', '_xlfn.XLOOKUP("Art",A2:A4,B2:B4,"none")'),
    ("_xlfn._xlws.SORT(A2)", "_xlfn._xlws.SORT(A2:A4)"),
    ("_xlfn._xlws.FILTER(A2,B2>1)", "_xlfn._xlws.FILTER(A2:A4,B2:B4>1)"),
    ("TRIMMEAN(B2,0.2)", "TRIMMEAN(B2:B4,0.2)"), ("SUMXMY2(B2,C2)", "SUMXMY2(B2:B4,C2:C4)"),
    ("B2*2+ROUND(B2,0)", "B2*2+ROUND(B2,0)"),
    ("SUM((B2,C2))", "SUM((B2:B4,C2:C4))"), ("RANK(3,(B2,C2))", "RANK(3,(B2:B4,C2:C4))"),
    ("_xlfn.LET(_xlpm.n,B2,SUM(_xlpm.n)/COUNT(_xlpm.n))", "_xlfn.LET(_xlpm.n,B2:B4,SUM(_xlpm.n)/COUNT(_xlpm.n))"),
    ("_xlfn.LET(_xlpm.n,B2,SUM(_xlpm.n)-_xlpm.n)", "_xlfn.LET(_xlpm.n,B2,SUM(_xlpm.n)-_xlpm.n)"),
])  # fmt: skip
def test_a_single_cell_stands_for_its_rows_where_a_function_takes_areas(said: str, read: str) -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A2", "{{subject.name}}")
        sheet.write_formula("A4", f"={said}")

    found = cells(render(build, AMIRA))["A6"]
    assert (found if isinstance(found, str) else found.text) == f"={read}"


@pytest.mark.office
def test_an_array_formula_works_on_all_rows(office: Office, tmp_path: Path) -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write_row("A2", ["{{subject.name}}", "{{subject.current}}"])
        sheet.write_array_formula("C2:C2", "{=SUM(IF($B$2:$B$2>B2,1,0))+1}")
        sheet.write_array_formula("A4:A4", "{=SUM(IF(B2>1,B2))}")
        sheet.write_array_formula("B4:B4", "{=MAX(LEN(A2))}")
        sheet.write_array_formula("C4:C4", '{=INDEX(A2,MATCH(1,(A2<>"Art")*(B2>1),0))}')
        sheet.write_array_formula("D4:D4", "{=SUM(OFFSET(B2,1,0))}")
        sheet.write_formula("E4", "=SUM(IF(B2>1,B2))")
        sheet.write_formula("F4", '=INDEX(A2,MATCH(1,(A2<>"Art")*(B2>1),0))')
        sheet.write_formula("G4", "=IF(AND(B2>0),B2,0)+B2")  # of IF and of a sum a single cell is the first row's

    (tmp_path / "r.xlsx").write_bytes(render(build, AMIRA))
    with (tmp_path / "all.xlsx").open("wb") as file:
        write_workbook(Template.open(make(build), VOCABULARY), REPORTS, file)
    for sheet in (
        office.recalculate(tmp_path / "r.xlsx")["Report"],
        office.recalculate(tmp_path / "all.xlsx")["Amira"],
    ):
        assert [sheet[f"C{row}"] for row in (2, 3, 4)] == [3, 2, 1]
        assert [sheet[f"{column}6"] for column in "ABCDEFG"] == [5, 5, "Music", 2, 5, "Music", 2]


def test_a_name_with_quotes_and_signs_in_each_copy() -> None:
    said = '=IF(Report!$B$2>1,"up & <on>","it\'s")'

    def build(book: Any, sheet: Any) -> None:
        sheet.write_row("A2", ["{{subject.name}}", "{{subject.current}}"])
        book.define_name("Report!Said", said)

    book = read(one_workbook(make(build)))
    assert book["Ali"].defined_names["Said"].attr_text == said[1:].replace("Report!$B$2", "'Ali'!$B$2:$B$3")
