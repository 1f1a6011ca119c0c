"""Tokens wherever a mentor can type: rich text, headers, text boxes, charts, sheet names, links, properties."""

from __future__ import annotations

import html
import io
import re
import zlib
from datetime import date
from typing import Any

import pytest

from tests.reports.engine.making import VOCABULARY, audit, cells, make, part, parts, read, render, subjects
from workbook.model import CannotDo
from workbook.reports.engine.template import Template

AMIRA: dict[str, Any] = {
    "learner": {"first_name": "Amira", "surname": "Khan & Sons", "born": date(2011, 2, 3)},
    "report": {"date": date(2026, 11, 24)},
    "mentor": {"email": "a.mentor@example.org"},
    "attendance": {"percent": 0.905, "attended": 171},
}


def test_values_keep_their_kind_and_the_cells_format() -> None:
    def build(book: Any, sheet: Any) -> None:
        percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "d mmmm yyyy"})
        sheet.write("A1", "{{attendance.percent}}", percent)
        sheet.write("A2", "{{ report.date }}", day)
        sheet.write("A3", "{{report.date}}")
        sheet.write("A4", "Attended {{attendance.percent}} of {{attendance.attended}} sessions", percent)
        sheet.write("A5", "On {{report.date}}, born {{learner.born}}", day)
        sheet.write("A6", "{{Learner.First name}}")
        sheet.write("A7", "{{learner.comment}}")

    found = cells(render(build, AMIRA))
    assert found["A1"] == 0.905 and found["A2"].date() == date(2026, 11, 24)
    assert found["A3"] == "24 November 2026"
    assert found["A4"] == "Attended 90.5% of 17100.0% sessions"
    assert found["A5"] == "On 24 November 2026, born 3 February 2011"
    assert found["A6"] == "Amira" and "A7" not in found


def test_numbers_and_texts_are_told_apart() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{learner.comment}}")

    for value, expected in ((0, 0), (2.5, 2.5), ("0012", "0012"), (True, True), ("=1+1", "=1+1"), (1e400, None)):
        assert cells(render(build, {"learner": {"comment": value}})).get("A1") == expected
    assert cells(render(build, {"learner": {"comment": 1234567890123456789}}))["A1"] == "1234567890123456789"


def test_rich_text_keeps_the_runs_look() -> None:
    def build(book: Any, sheet: Any) -> None:
        bold = book.add_format({"bold": True})
        sheet.write_rich_string("A1", "Dear ", bold, "{{learner.fir", "st_name}}", bold, " {{learner.surname}}", "!")

    xml = part(render(build, AMIRA), "xl/worksheets/sheet1.xml")
    runs = re.findall(r"<r>(?:<rPr>(.*?)</rPr>)?<t[^>]*>(.*?)</t></r>", xml)
    assert [text for _, text in runs] == ["Dear ", "Amira", "", " Khan &amp; Sons", "!"]
    assert ["<b/>" in look for look, _ in runs] == [False, True, False, True, False]


def test_headers_and_footers() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.set_header("&L&14{{learner.surname}}&RPage &P")
        sheet.set_footer("&C&12{{attendance.attended}}&R{{learner.comment}}")
        sheet.write("A1", "x")

    amira = {**AMIRA, "learner": {**AMIRA["learner"], "comment": "&" * 300}}
    sheet = read(render(build, amira))["Report"]
    xml = part(render(build, amira), "xl/worksheets/sheet1.xml")
    assert "&amp;L&amp;14Khan &amp;&amp; Sons&amp;RPage &amp;P" in xml
    assert sheet.oddFooter.center.text == " 171" or sheet.oddFooter.center.text == "171"
    footer = re.findall("<oddFooter>(.*?)</oddFooter>", xml)[0].replace("&amp;", "&")
    assert len(footer) <= 255 and footer.count("&") % 2 == 1  # three commands and pairs


def test_text_boxes_and_chart_titles() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A1", 1)
        sheet.insert_textbox("C1", "For {{learner.first_name}}\n{{learner.surname}}")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Report!$A$1:$A$1"})
        chart.set_title({"name": "How {{learner.first_name}} is doing"})
        sheet.insert_chart("C10", chart)

    report = render(build, AMIRA)
    drawing = part(report, "xl/drawings/drawing1.xml")
    assert "For Amira" in drawing and "Khan &amp; Sons" in drawing
    assert "How Amira is doing" in part(report, "xl/charts/chart1.xml")


def test_sheet_names_and_what_refers_to_them() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{subject.current}}")
        other = book.add_worksheet("Sum")
        other.write_formula("A1", "=SUM('{{learner.surname}}'!A1:A1)")
        other.write_url("A2", "internal:'{{learner.surname}}'!A1", string="there")
        book.define_name("Points", "='{{learner.surname}}'!$A$1:$A$1")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='{{learner.surname}}'!$A$1:$A$1"})
        other.insert_chart("C1", chart)

    context: dict[str, Any] = {"learner": {"surname": "O'Neil/Ali: [x]" * 3}, "subject": subjects("Maths", "Art")}
    report = render(make(build, sheet="{{learner.surname}}"), context)
    book = read(report)
    name = book.sheetnames[0]
    quoted = "'" + name.replace("'", "''") + "'"
    assert len(name) <= 31 and not set(name) & set("[]:*?/\\")
    assert cells(report, "Sum")["A1"] == f"=SUM({quoted}!A1:A2)"
    assert book["Sum"]["A2"].hyperlink.location == f"{quoted}!A1"
    assert book.defined_names["Points"].attr_text == f"{quoted}!$A$1:$A$2"
    assert f"{quoted}!$A$1:$A$2" in part(report, "xl/charts/chart1.xml")
    assert f"<vt:lpstr>{name}</vt:lpstr>" in part(report, "docProps/app.xml")
    assert b"{{" not in b"".join(parts(report).values())


def test_links_take_values_but_no_other_address() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write_url(
            "A1", "mailto:{{mentor.email}}?subject={{learner.surname}}", string="Write", tip="To {{learner.surname}}"
        )
        sheet.write_url("A3", "https://{{subject.link}}", string="{{subject.name}}")
        sheet.write("A4", "End")

    context = {**AMIRA, "subject": [{"name": "Art", "link": "a/b?c"}, {"name": "Music", "link": "javascript:x"}]}
    report = render(build, context)
    sheet = read(report)["Report"]
    assert sheet["A1"].hyperlink.target == "mailto:a.mentor@example.org?subject=Khan%20%26%20Sons"
    assert sheet["A1"].hyperlink.tooltip == "To Khan & Sons"
    assert [sheet[f"A{row}"].hyperlink.target for row in (3, 4)] == ["https://a%2Fb%3Fc", "https://javascript%3Ax"]
    assert sheet["A5"].value == "End"


def test_input_messages_and_areas_to_the_last_row() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{subject.name}}")
        sheet.data_validation("B2:B1048576", {"validate": "any", "input_message": "For {{learner.surname}}"})

    report = render(build, {**AMIRA, "subject": subjects("Maths", "Art")})
    validation = read(report)["Report"].data_validations.dataValidation[0]
    assert (str(validation.sqref), validation.prompt) == ("B3:B1048576", "For Khan & Sons")


def test_no_text_is_longer_than_excel_counts_it() -> None:
    """An emoji is two of Excel's characters: 32,767 in a cell, 255 in messages, tips, headers, 31 in a sheet's name."""

    def build(book: Any, sheet: Any) -> None:
        sheet.write_column("A1", ["{{learner.comment}}", "Say {{learner.comment}} and {{learner.comment}}."])
        sheet.data_validation("B2", {"validate": "any", "input_message": "For {{learner.comment}}"})
        sheet.write_url("B3", "https://example.org/", string="there", tip="To {{learner.comment}}")
        sheet.set_header("&L{{learner.comment}}")

    def units(text: str) -> int:
        return len(text.encode("utf-16-le")) // 2

    for comment in ("\U0001f600" * 20_000, "x" + "\U0001f600" * 20_000, "x" * 32_767):
        context = {"learner": {"comment": comment, "surname": comment}}
        sheet = read(render(make(build, sheet="{{learner.surname}}"), context)).worksheets[0]
        tip, message = sheet["B3"].hyperlink.tooltip, sheet.data_validations.dataValidation[0].prompt
        found = [sheet["A1"].value, sheet["A2"].value, message, tip, f"&L{sheet.oddHeader.left.text}", sheet.title]
        rooms = [32_767, 32_767, 255, 255, 255, 31]
        assert all(room - 3 <= units(text) <= room for text, room in zip(found, rooms, strict=True))


def test_a_tables_heading_is_the_text_its_cell_shows() -> None:
    def build(book: Any, sheet: Any) -> None:
        headers = ("Subject", "{{learner.comment}}", "To {{learner.comment}}", "{{learner.surname}}", "Autumn2")
        sheet.add_table("A4:E5", {"columns": [{"header": one} for one in headers]})
        sheet.write("B4", "{{learner.comment}}", book.add_format({"num_format": "dd/mm/yy"}))

    for comment in ("Autumn", 12.5, date(2026, 1, 2), None, "one\ntwo", "a · b", "_x000D_ & <b>", "SUBJECT", "t" * 300):
        report = render(build, {"learner": {"comment": comment, "surname": comment}})
        names = re.findall(r'<tableColumn id="\d" name="(.*?)"', part(report, "xl/tables/table1.xml"))
        xml = part(report, "xl/worksheets/sheet1.xml")
        shown = re.findall(r'<c r="[BCD]4"[^>]* t="inlineStr"><is><t[^>]*>(.*?)</t>', xml, re.S)
        assert names[1] and names[1:4] == [text.replace("\n", "_x000a_") for text in shown]
        assert len({name.casefold() for name in names}) == 5, "Excel calls a table with a heading twice damaged"
        assert all(len(html.unescape(name)) <= 255 for name in names)


def test_document_properties() -> None:
    def build(book: Any, sheet: Any) -> None:
        book.set_properties({"title": "Report for {{learner.first_name}}", "author": "{{mentor.email}}"})
        book.set_custom_property("Learner", "{{learner.surname}}")

    book = read(render(build, AMIRA))
    assert (book.properties.title, book.properties.creator) == ("Report for Amira", "a.mentor@example.org")
    assert book.custom_doc_props["Learner"].value == "Khan & Sons"


def test_a_picture_placeholder_takes_the_colleges_picture() -> None:
    def build(book: Any, sheet: Any) -> None:
        options = {"image_data": io.BytesIO(png(4, 4)), "description": "{{mentor.email}}"}
        sheet.insert_image("A1", "box.png", options)
        sheet.insert_image("A9", "other.png", {**options, "description": "For {{learner.first_name}}"})

    logo = png(40, 20)
    report = Template.open(make(build), VOCABULARY, {"mentor.email": logo}).render(AMIRA)
    drawing = part(report, "xl/drawings/drawing1.xml")
    assert parts(report)["xl/media/mentor_email.png"] == logo
    assert 'descr="Email"' in drawing and 'descr="For Amira"' in drawing
    assert re.findall("<a:fillRect(.*?)/>", drawing) == [' t="25000" b="25000"', ""]
    assert not audit(report)
    with pytest.raises(CannotDo, match="neither a PNG nor a JPEG"):
        Template.open(make(build), VOCABULARY, {"mentor.email": b"GIF89a"})


def png(width: int, height: int) -> bytes:
    """A grey picture."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big") for kind, data in chunks
    )


def test_a_chart_on_a_sheet_of_its_own() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["{{subject.name}}", "{{subject.current}}"])
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"categories": "=Report!$A$1", "values": "=Report!$B$1"})
        book.add_chartsheet("Chart").set_chart(chart)

    xml = part(render(build, {"subject": subjects("Maths", "Art")}), "xl/charts/chart1.xml")
    assert "$B$1:$B$2" in xml and "Maths" in xml


def test_what_is_not_known_is_listed_with_the_nearest_name_and_refused() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{learner.fist_name}}")
        sheet.write("B2", "{{learner}} {{subject.name")
        sheet.write("A3", "{{subject.name}} {{target.area}}")
        sheet.set_header("&L{{subject.name}}")
        sheet.write_formula("C1", '="Dear {{learner.first_name}}"')
        sheet.conditional_format("A1", {"type": "formula", "criteria": '=A1="{{learner.id}}"'})
        sheet.data_validation("B9:B1048576", {"validate": "any", "input_message": "For {{learner.born}}"})

    template = Template.open(make(build), VOCABULARY)
    found = {(ask.place, ask.token): ask.problem or "" for ask in template.asks()}
    assert "did you mean {{learner.first_name}}?" in found["A1", "{{learner.fist_name}}"]
    assert "group of values" in found["B2", "{{learner}}"]
    assert "brace" in found["B2", "{{"]
    assert "two lists" in found["A3", "{{target.area}}"] and not found["A3", "{{subject.name}}"]
    assert "stands in a formula" in found["C1", "{{learner.first_name}}"] and not found["message", "{{learner.born}}"]
    assert "not filled there" in found["conditionalFormatting", "{{learner.id}}"]
    assert "belongs to a list" in found["header", "{{subject.name}}"]
    with pytest.raises(CannotDo, match=r"Report header.*\(6 more like it\.\)$"):
        template.render({})
