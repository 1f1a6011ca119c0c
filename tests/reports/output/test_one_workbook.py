"""All reports in one workbook: a sheet each behind a front page, in a new book or in a copy of a tracker."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.reports.engine.making import VOCABULARY, audit, cells, make, part, parts, read, subjects
from workbook.model import CannotDo
from workbook.package.parts import Package
from workbook.reports.engine.template import Template
from workbook.reports.output.front_page import Front
from workbook.reports.output.one_workbook import Report, write_into_copy, write_workbook

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def full_sheet(book: Any, sheet: Any) -> None:
    bold, percent = book.add_format({"bold": True, "bg_color": "#FFE8B3"}), book.add_format({"num_format": "0.0%"})
    sheet.write("A1", "Report for {{learner.first_name}}", bold)
    sheet.write("B1", "{{attendance.percent}}", percent)
    sheet.write("A2", "Static words", bold)
    row = ["{{subject.name}}", "{{subject.current}}"]
    sheet.add_table("A4:B5", {"data": [row], "columns": [{"header": "Subject"}, {"header": "Now"}], "name": "Marks"})
    sheet.write_formula("B7", "=SUM(Marks[Now])+SUM(B5:B5)+Fixed!A1*Rate")
    sheet.conditional_format("B5", {"type": "cell", "criteria": "<", "value": 2, "format": bold})
    sheet.write_comment("A2", "A note for {{learner.first_name}}")
    sheet.insert_image("D1", "logo.png", {"image_data": io.BytesIO(PIXEL)})
    sheet.print_area("A1:F20")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "=Report!$A$5:$A$5", "values": "=Report!$B$5:$B$5"})
    sheet.insert_chart("D5", chart)
    fixed = book.add_worksheet("Fixed")
    fixed.write("A1", 3)
    book.define_name("Rate", "=2")
    book.define_name("Now", "=Report!$B$5:$B$5")


AMIRA, ALI, ZOE = (
    {"learner": {"first_name": name}, "subject": subjects(*names)}
    for name, names in (("Amira", ["Maths", "Art"]), ("Ali", ["Music"]), ("Zoë", []))
)
REPORTS = [
    Report("Amira Khan", AMIRA, ("Amira Khan", "10A")),
    Report("Amira Khan", ALI, ("Amira Khan", "10B")),
    Report("O'Neil: [x]/" + "y" * 40, ZOE, ("O'Neil", 10)),
]


def one_workbook(source: bytes) -> bytes:
    file = io.BytesIO()
    front = Front("Reports of 10A", headings=("Learner", "Form"))
    assert write_workbook(Template.open(source, VOCABULARY), REPORTS, file, front) == 3
    return file.getvalue()


def test_a_sheet_each_behind_a_front_page() -> None:
    source = make(full_sheet)
    report = one_workbook(source)
    assert audit(report) <= audit(source)
    book = read(report)
    names = book.sheetnames
    assert names[:1] == ["Reports"] and names[2:] == ["Amira Khan", "Amira Khan (2)", names[4]]
    assert names[1] == "Fixed" and len(names[4]) == 31
    assert book.active.title == "Reports" and [s.title for s in book if s.sheet_view.tabSelected] == ["Reports"]
    front = book["Reports"]
    assert [front[f"A{row}"].value for row in (1, 4, 5, 6)] == ["Reports of 10A", "Learner", "Amira Khan", "Amira Khan"]
    assert front["A6"].hyperlink.location == "'Amira Khan (2)'!A1" and front["B7"].value == 10
    assert cells(report, "Amira Khan (2)")["A1"] == "Report for Ali"
    first = cells(report, "Amira Khan")
    assert [first[each] for each in ("A5", "A6", "B6")] == ["Maths", "Art", 2]
    assert first["B8"] == "=SUM(Marks_r1[Now])+SUM(B5:B6)+Fixed!A1*Rate"


def test_each_copy_has_its_own_parts_and_names() -> None:
    report = one_workbook(make(full_sheet))
    book = read(report)
    assert [list(sheet.tables) for sheet in book] == [[], [], ["Marks_r1"], ["Marks_r2"], ["Marks_r3"]]
    assert len({table.id for sheet in book for table in sheet.tables.values()}) == 3
    assert book["Amira Khan"].defined_names["Now"].attr_text == "'Amira Khan'!$B$5:$B$6"
    assert book["Amira Khan (2)"].print_area == "'Amira Khan (2)'!$A$1:$F$20"
    assert list(book.defined_names) == ["Rate"]
    assert "'Amira Khan'!$B$5:$B$6" in part(report, "xl/charts/chart1_r1.xml")
    assert book["Amira Khan (2)"]["A2"].comment.text == "A note for Ali"
    assert len([name for name in parts(report) if name.startswith("xl/media")]) == 1
    titles = re.findall("<vt:lpstr>(.*?)</vt:lpstr>", part(report, "docProps/app.xml"))
    assert titles[:2] == ["Worksheets", "Named Ranges"] and titles[2:5] == ["Reports", "Fixed", "Amira Khan"]


def test_what_cannot_come_twice_is_refused(tmp_path: Path) -> None:
    source = make(full_sheet)
    content = parts(source)
    links = content["xl/worksheets/_rels/sheet1.xml.rels"]
    base = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    slicer = b'<Relationship Id="rId99" Type="' + base + b'slicer" Target="../slicers/slicer1.xml"/></Relationships>'
    content["xl/worksheets/_rels/sheet1.xml.rels"] = links.replace(b"</Relationships>", slicer)
    content["xl/slicers/slicer1.xml"] = b"<slicers/>"
    with zipfile.ZipFile(tmp_path / "t.xlsx", "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    with pytest.raises(CannotDo, match="slicer"):
        write_workbook(Template.open(tmp_path / "t.xlsx", VOCABULARY), REPORTS, io.BytesIO())


def tracker(book: Any, sheet: Any) -> None:
    italic = book.add_format({"italic": True, "num_format": "0.000"})
    sheet.write("A1", "Tracker", italic)
    sheet.write_formula("A2", "=LEN(A1)", italic, 7)
    columns = [{"header": "ID"}, {"header": "Now"}]
    sheet.add_table("A4:B6", {"data": [["a", 1], ["b", 2]], "columns": columns, "name": "Marks"})
    sheet.conditional_format(
        "B5:B6", {"type": "cell", "criteria": "<", "value": 2, "format": book.add_format({"bold": 1})}
    )
    book.define_name("Rate", "=99")
    sheet.print_area("A1:B6")


def test_where_only_the_properties_ask_for_something_no_sheet_can_come_again() -> None:
    def only_a_title(book: Any, sheet: Any) -> None:
        sheet.write("A1", "The same for all")
        book.set_properties({"title": "Report for {{learner.first_name}}"})

    with pytest.raises(CannotDo, match="No sheet of the template differs"):
        one_workbook(make(only_a_title))


def test_into_a_copy_of_a_tracker_that_stays_as_it_is() -> None:
    source, base = make(full_sheet), make(tracker, sheet="Learners")
    file = io.BytesIO()
    assert write_into_copy(Template.open(source, VOCABULARY), REPORTS, Package.open(base), file) == 3
    report = file.getvalue()
    assert audit(report) <= audit(source) | audit(base)
    before, after = Package.open(base), Package.open(report)
    rewritten = {
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/styles.xml",
        "docProps/app.xml",
    }
    for name in before.names:
        assert name in rewritten or before.member(name) == after.member(name)
    book = read(report)
    assert book.sheetnames[:3] == ["Learners", "Reports", "Amira Khan"] and book.active.title == "Learners"
    sheet = book["Amira Khan"]
    assert sheet["A2"].value == "Static words" and sheet["A2"].font.bold and sheet["A2"].fill.fgColor.rgb == "FFFFE8B3"
    assert sheet["B1"].number_format == "0.0%" and book["Learners"]["A1"].number_format == "0.000"
    rule = next(iter(sheet.conditional_formatting)).rules[0]
    assert rule.dxf.fill.bgColor.rgb == "FFFFE8B3"
    assert sheet.defined_names["Rate"].attr_text == "2" and book.defined_names["Rate"].attr_text == "99"
    assert book["Learners"].print_area == "'Learners'!$A$1:$B$6"
    assert len({table.id for each in book for table in each.tables.values()}) == 4


@pytest.mark.parametrize(
    ("name", "told", "odd", "named"),
    [
        ("xl/workbook.xml", b'sheetId="1"', b'sheetId="A1"', "of sheets"),
        ("xl/workbook.xml", b'localSheetId="0"', b'localSheetId="9"', "of sheets"),
        ("xl/tables/table1.xml", b' id="1"', b' id="B2:A1"', "xl/tables/table1.xml"),
    ],
)
def test_what_is_no_number_in_the_tracker_is_said(name: str, told: bytes, odd: bytes, named: str) -> None:
    spoilt = io.BytesIO()
    with zipfile.ZipFile(spoilt, "w") as book:
        for part_name, content in parts(make(tracker, sheet="Learners")).items():
            book.writestr(part_name, content.replace(told, odd) if part_name == name else content)
    assert odd in parts(spoilt.getvalue())[name]
    template = Template.open(make(full_sheet), VOCABULARY)
    with pytest.raises(CannotDo, match=f"The tracker's part {named} cannot be made out"):
        write_into_copy(template, REPORTS, Package.open(spoilt.getvalue()), io.BytesIO())


def test_a_second_run_into_the_same_copy() -> None:
    source, base = make(full_sheet), make(tracker, sheet="Learners")
    for _ in range(2):
        file = io.BytesIO()
        write_into_copy(Template.open(source, VOCABULARY), REPORTS[:1], Package.open(base), file)
        base = file.getvalue()
    assert openpyxl.load_workbook(io.BytesIO(base)).sheetnames == [
        "Learners", "Reports", "Amira Khan", "Amira Khan Fixed",
        "Reports (2)", "Amira Khan (2)", "Amira Khan Fixed (2)",
    ]  # fmt: skip
