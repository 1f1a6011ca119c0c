"""Templates as other programs write them, and parts the engine need not understand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.office import Office
from tests.reports.engine.making import VOCABULARY, cells, make, part, parts, read, rezip, subjects
from workbook.model import CannotDo
from workbook.reports.engine.template import Template

CONTEXT: dict[str, Any] = {
    "learner": {"first_name": "Zoë", "surname": "O'Neil"},
    "attendance": {"percent": 0.5},
    "subject": subjects("Maths", "Art", "Music"),
}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def page(book: Any, sheet: Any) -> None:
    bold = book.add_format({"bold": True})
    sheet.write("A1", "Report for {{learner.first_name}}", bold)
    sheet.write_rich_string("A2", "Of ", bold, "{{learner.surname}}", " here")
    sheet.write("B1", "{{attendance.percent}}", book.add_format({"num_format": "0%"}))
    sheet.write_row("A4", ["{{subject.name}}", "{{subject.current}}"])
    sheet.merge_range("C4:D4", "{{subject.target}}")
    sheet.write_formula("B5", "=SUM(B4:B4)")
    sheet.conditional_format("B4", {"type": "cell", "criteria": "<", "value": 2, "format": bold})
    sheet.set_header("&C{{learner.first_name}}")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "=Report!$A$4", "values": "=Report!$B$4"})
    sheet.insert_chart("A8", chart)
    sheet.print_area("A1:D7")


def prefixed(xml: bytes) -> bytes:
    """The main namespace under "x:", as some programs write it."""
    text = re.sub(r"<(/?)(\w+)(?=[\s/>])", r"<\1x:\2", xml.decode())
    return text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').encode()


def utf16(xml: bytes) -> bytes:
    return xml.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


def strict(xml: bytes) -> bytes:
    text = xml.decode().replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
    for word in ("officeDocument", "drawingml"):
        text = text.replace(f"http://schemas.openxmlformats.org/{word}/2006/", f"http://purl.oclc.org/ooxml/{word}/")
    return text.encode()


SPREADSHEET = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml")


@pytest.mark.parametrize(
    ("change", "names"),
    [(prefixed, SPREADSHEET), (utf16, SPREADSHEET), (strict, (*SPREADSHEET, "xl/charts/chart1.xml", "_rels/.rels"))],
)
def test_prefixes_encodings_and_strict_files_give_the_same_report(change: Any, names: tuple[str, ...]) -> None:
    source = make(page)
    plain = Template.open(source, VOCABULARY).render(CONTEXT)
    content = parts(source)
    other = rezip({name: change(data) if name in names else data for name, data in content.items()})
    report = Template.open(other, VOCABULARY).render(CONTEXT)
    if change is strict:  # openpyxl does not know strict files; the same words must stand in the same cells
        report = rezip(
            {n: _loose(data) if n.endswith((".xml", ".rels")) else data for n, data in parts(report).items()}
        )
    assert cells(report) == cells(plain)
    sheet = read(report)["Report"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"C4:D4", "C5:D5", "C6:D6"}
    assert sheet.print_area == "'Report'!$A$1:$D$9"
    assert "$B$4:$B$6" in part(report, "xl/charts/chart1.xml")


def _loose(xml: bytes) -> bytes:
    text = xml.decode().replace("http://purl.oclc.org/ooxml/spreadsheetml/main", MAIN)
    for word in ("officeDocument", "drawingml"):
        text = text.replace(f"http://purl.oclc.org/ooxml/{word}/", f"http://schemas.openxmlformats.org/{word}/2006/")
    return text.encode()


def test_parts_that_nobody_touches_are_the_same_bytes() -> None:
    content = parts(make(page))
    extra = {
        "xl/slicers/slicer1.xml": b"<slicers/>", "xl/ctrlProps/ctrlProp1.xml": b"<formControlPr/>",
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0macros", "customXml/item1.xml": b"<a/>",
    }  # fmt: skip
    report = parts(Template.open(rezip({**content, **extra}), VOCABULARY).render(CONTEXT))
    same = {*extra, "xl/theme/theme1.xml", "xl/styles.xml", "docProps/core.xml"}
    assert {name: report[name] for name in same} == {name: {**content, **extra}[name] for name in same}
    assert set(report) == {*content, *extra}


def test_macros_are_kept_or_left_out(tmp_path: Path) -> None:
    (tmp_path / "vba.bin").write_bytes(b"\xd0\xcf\x11\xe0macros")

    def build(book: Any, sheet: Any) -> None:
        page(book, sheet)
        book.add_vba_project(str(tmp_path / "vba.bin"))

    source = make(build)
    kept, plain = (Template.open(source, VOCABULARY, macros=macros) for macros in (True, False))
    assert (kept.ending, plain.ending) == (".xlsm", ".xlsx")
    assert parts(kept.render(CONTEXT))["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0macros"
    report = parts(plain.render(CONTEXT))
    assert "xl/vbaProject.bin" not in report and b"macroEnabled" not in report["[Content_Types].xml"]
    assert b"vbaProject" not in b"".join(report.values())
    assert cells(plain.render(CONTEXT)) == cells(kept.render(CONTEXT))


def test_the_order_of_calculation_is_left_out() -> None:
    content = parts(make(page))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    link = f'<Relationship Id="rId77" Type="{kind}" Target="calcChain.xml"/></Relationships>'.encode()
    content["xl/calcChain.xml"] = b"<calcChain/>"
    name = "xl/_rels/workbook.xml.rels"
    content[name] = content[name].replace(b"</Relationships>", link)
    report = parts(Template.open(rezip(content), VOCABULARY).render(CONTEXT))
    assert "xl/calcChain.xml" not in report and b"calcChain" not in b"".join(report.values())
    assert b'fullCalcOnLoad="1"' in report["xl/workbook.xml"]


def test_shared_and_array_formulas_are_written_out() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["{{subject.name}}", "{{subject.current}}"])
        for row in range(1, 4):
            sheet.write_formula(row, 2, "=0")
        sheet.write_array_formula("D2:D3", "{=B1:B1*2}")

    content = parts(make(build))
    xml = content["xl/worksheets/sheet1.xml"].decode()
    first, *others = (m[0] for m in re.finditer(r"<f>0</f>", xml))
    xml = xml.replace(first, '<f t="shared" ref="C2:C4" si="0">$B$1+B2</f>', 1)
    for _ in others:
        xml = xml.replace("<f>0</f>", '<f t="shared" si="0"/>', 1)
    content["xl/worksheets/sheet1.xml"] = xml.encode()
    report = Template.open(rezip(content), VOCABULARY).render(CONTEXT)
    found = cells(report)
    assert [found[f"C{row}"] for row in (4, 5, 6)] == ["=$B$1+B4", "=$B$1+B5", "=$B$1+B6"]
    assert (found["D4"].ref, found["D4"].text) == ("D4:D5", "=B1:B3*2")


def test_texts_written_as_results_and_controls_over_moving_rows() -> None:
    content = parts(make(page))
    name = "xl/worksheets/sheet1.xml"
    xdr = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    corners = "".join(f"<{at}><xdr:row>{row}</xdr:row></{at}>" for at, row in (("from", 6), ("to", 9)))
    control = (
        f'<controls xmlns:xdr="{xdr}"><control shapeId="1025"><controlPr><anchor moveWithCells="1">{corners}</anchor>'
        "</controlPr></control></controls></worksheet>"
    )
    xml = content[name].decode().replace("</worksheet>", control)
    plain = '<row r="7"><c r="A7" t="str"><v>For {{learner.surname}}</v></c></row></sheetData>'
    content[name] = xml.replace("</sheetData>", plain).encode()
    report = Template.open(rezip(content), VOCABULARY).render(CONTEXT)
    assert cells(report)["A9"] == "For O'Neil"
    assert re.findall(r"<xdr:row>(\d+)<", part(report, name)) == ["8", "11"]


def test_a_sheet_that_is_listed_and_has_no_part_is_refused() -> None:
    content = parts(make(page))
    content.pop("xl/_rels/workbook.xml.rels")
    with pytest.raises(CannotDo, match="sheet Report has lost its part"):
        Template.open(rezip(content), VOCABULARY)


def test_a_template_of_charts_alone_is_refused() -> None:
    content = parts(make(page))
    name = "xl/_rels/workbook.xml.rels"
    content[name] = content[name].replace(b"relationships/worksheet", b"relationships/chartsheet")
    content["xl/worksheets/sheet1.xml"] = b'<chartsheet xmlns="%s"/>' % MAIN.encode()
    with pytest.raises(CannotDo, match="no worksheet"):
        Template.open(rezip(content), VOCABULARY)


def test_threaded_comments_follow() -> None:
    content = parts(make(page))
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    link = f'<Relationship Id="rId9" Type="{kind}" Target="../threadedComments/t1.xml"/></Relationships>'
    content[name] = content[name].replace(b"</Relationships>", link.encode())
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    content["xl/threadedComments/t1.xml"] = (
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="B5" id="{{1}}"><text>For {{{{learner.surname}}}}'
        "</text></threadedComment></ThreadedComments>"
    ).encode()
    xml = part(Template.open(rezip(content), VOCABULARY).render(CONTEXT), "xl/threadedComments/t1.xml")
    assert 'ref="B7"' in xml and "For O'Neil" in xml


@pytest.mark.office
def test_a_template_saved_by_libreoffice_and_the_sums_it_gives(office: Office, tmp_path: Path) -> None:
    (tmp_path / "made.xlsx").write_bytes(make(page))
    office.resave(tmp_path / "made.xlsx", tmp_path / "saved.xlsx")
    for name in ("made", "saved"):
        report = Template.open(tmp_path / f"{name}.xlsx", VOCABULARY).render(CONTEXT)
        (tmp_path / f"{name}_report.xlsx").write_bytes(report)
        sheet = office.recalculate(tmp_path / f"{name}_report.xlsx")["Report"]
        assert sheet["B7"] == 6 and sheet["A2"] == "Of O'Neil here" and sheet["A6"] == "Music"
