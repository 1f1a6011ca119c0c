"""What a person typed stays text, in every place a template can put it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.utils.escape import unescape

from tests.reports.engine.making import VOCABULARY, audit, make, parts, read, subjects
from workbook.reports.engine.template import Template
from workbook.reports.engine.values import clean

HOSTILE = [
    "=1+1", "+44 20", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "\t=1", "\r=1", "'=1",
    "<b>&amp;</b>", "]]>", "<!--", "<?xml?>", "&#0;", "{{learner.surname}}", "{{if learner.surname}}", "_x0041_",
    "_x005F_x0041_", "a\x00b\x07c", "\u202eevil\u202c", "\u200fשלום", "😀" * 50, "x" * 40_000, "a\nb\r\nc", "\ud800",
    "\ufffe\uffff", '"', "'", "\\", "%7B%7B", "&C&\"Arial\"&99", "javascript:alert(1)", "../../x",
    "  spaced  ", "\u00a0",
]  # fmt: skip


def everywhere(book: Any, sheet: Any) -> None:
    bold = book.add_format({"bold": True})
    sheet.write("A1", "{{learner.comment}}")
    sheet.write("A2", "so: {{learner.comment}}!")
    sheet.write_rich_string("A3", "rich ", bold, "{{learner.comment}}", " text")
    sheet.write("A4", "{{subject.name}}")
    sheet.write_comment("A1", "note {{learner.comment}}")
    sheet.write_url("C1", "https://example.org/?q={{learner.comment}}", string="x", tip="{{learner.first_name}}")
    sheet.set_header("&L{{learner.first_name}}")
    sheet.insert_textbox("E1", "box {{learner.comment}}")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": "=Report!$A$4", "values": "=Report!$B$4", "name": "=Report!$A$2"})
    chart.set_title({"name": "title {{learner.comment}}"})
    sheet.insert_chart("E20", chart)
    book.set_properties({"title": "{{learner.comment}}"})


TEMPLATE = Template.open(make(everywhere), VOCABULARY)


def context(text: str) -> dict[str, Any]:
    return {"learner": {"comment": text, "first_name": text[:40]}, "subject": subjects(text, "Art")}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_the_text_it_was(text: str) -> None:
    report = TEMPLATE.render(context(text))
    assert not audit(report)
    sheet = read(report)["Report"]
    expected = clean(text)[:32_767]
    for address, value in (("A1", expected), ("A4", expected), ("A2", f"so: {clean(text)[:32_762]}!")):
        cell = sheet[address]
        assert cell.data_type in "sn" and (unescape(cell.value) if cell.value else "") == value
    assert "<f>" not in parts(report)["xl/worksheets/sheet1.xml"].decode()


@given(st.text(max_size=60))
@settings(max_examples=80, deadline=None)
def test_every_part_stays_well_formed_and_keeps_the_text(text: str) -> None:
    report = parts(TEMPLATE.render(context(text)))
    kept = clean(text)
    for name, content in report.items():
        if not name.endswith((".png", ".bin")):
            etree.fromstring(content)
    title = etree.fromstring(report["docProps/core.xml"]).findtext("{http://purl.org/dc/elements/1.1/}title")
    assert (title or "") == kept
    words = "".join(etree.fromstring(report["xl/charts/chart1.xml"]).itertext("{*}t"))
    assert words == "title " + kept.replace("\n", " ")


def test_links_lead_nowhere_else() -> None:
    for text in HOSTILE:
        links = parts(TEMPLATE.render(context(text)))["xl/worksheets/_rels/sheet1.xml.rels"].decode()
        target = re.findall(r'Target="([^"]*)" TargetMode="External"', links)
        assert len(target) == 1 and re.fullmatch(r"https://example\.org/\?q=[\w.~%@-]*", target[0])
