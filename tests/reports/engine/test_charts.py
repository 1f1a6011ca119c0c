"""Charts show the learner's values, in their ranges and in the copy they keep."""

from __future__ import annotations

import re
from typing import Any

from tests.reports.engine.making import VOCABULARY, make, part, parts, render, rezip, subjects
from workbook.reports.engine.template import Template

FOUR = {"subject": subjects("Maths", "English <1>", "Art", "Biology")}


def sheet_with_chart(book: Any, sheet: Any, kind: str = "column", **series: Any) -> None:
    sheet.write_row("A4", ["Subject", "Now", "Target"])
    sheet.write_row("A5", ["{{subject.name}}", "{{subject.current}}", "{{subject.target}}"])
    chart = book.add_chart({"type": kind})
    values = {"categories": "=Report!$A$5", "values": "=Report!$B$5", "name": "=Report!$B$4", **series}
    chart.add_series(values)
    sheet.insert_chart("E8", chart)


def series_of(report: bytes) -> list[tuple[str, list[tuple[str, str]]]]:
    """The ranges and kept points of a chart, in order."""
    xml = part(report, "xl/charts/chart1.xml")
    found = re.findall(r"<c:f>(.*?)</c:f><c:(?:num|str)Cache>(.*?)</c:(?:num|str)Cache>", xml)
    return [(area, re.findall(r'<c:pt idx="(\d+)"><c:v>(.*?)</c:v>', cache)) for area, cache in found]


def test_ranges_grow_and_caches_are_filled() -> None:
    name, categories, values = series_of(render(sheet_with_chart, FOUR))
    assert name == ("Report!$B$4", [("0", "Now")])
    assert categories[0] == "Report!$A$5:$A$8" and categories[1][1] == ("1", "English &lt;1&gt;")
    assert values == ("Report!$B$5:$B$8", [("0", "1"), ("1", "2"), ("2", "3"), ("3", "4")])


def test_rows_of_another_kind_between_are_left_out() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet_with_chart(book, sheet)
        sheet.write("A6", "{{subject.comment}}")

    _, categories, values = series_of(render(build, FOUR))
    assert values[0] == "(Report!$B$5,Report!$B$7,Report!$B$9,Report!$B$11)"
    assert [value for _, value in values[1]] == ["1", "2", "3", "4"] and categories[1][3] == ("3", "Biology")


def test_blanks_and_texts_leave_gaps_among_numbers() -> None:
    context = {"subject": [{"name": "A", "current": 1}, {"name": "B"}, {"name": "C", "current": "absent"}]}
    assert series_of(render(sheet_with_chart, context))[2][1] == [("0", "1")]


def test_categories_of_numbers_stay_numbers() -> None:
    context = {"subject": [{"name": 2025, "current": 1}, {"name": 2026, "current": 2}]}
    report = render(sheet_with_chart, context)
    assert "<c:cat><c:numRef>" in part(report, "xl/charts/chart1.xml")
    assert "<c:cat><c:strRef>" in part(render(sheet_with_chart, FOUR), "xl/charts/chart1.xml")
    assert "<c:cat><c:strRef>" in part(render(sheet_with_chart, {"subject": []}), "xl/charts/chart1.xml")


def test_a_series_along_a_repeated_row_comes_for_each_item() -> None:
    def build(book: Any, sheet: Any) -> None:
        along = {"categories": "=Report!$B$4:$C$4", "values": "=Report!$B$5:$C$5", "name": "=Report!$A$5"}
        sheet_with_chart(book, sheet, "line", **along)

    report = render(build, FOUR)
    found = series_of(report)
    assert [area for area, _ in found[::3]] == [f"Report!$A${row}" for row in (5, 6, 7, 8)]
    assert found[4] == ("Report!$B$4:$C$4", [("0", "Now"), ("1", "Target")])
    assert found[5] == ("Report!$B$6:$C$6", [("0", "2"), ("1", "5")])
    assert re.findall(r'<c:idx val="(\d+)"/><c:order', part(report, "xl/charts/chart1.xml")) == ["0", "1", "2", "3"]


def test_static_cells_and_mixed_text_are_kept_too() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", ["For {{learner.first_name}}", 1.5, "{{attendance.percent}}"])
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"name": "=Report!$A$1", "values": "=Report!$B$1:$C$1"})
        sheet.insert_chart("E2", chart)

    context = {"learner": {"first_name": "Zoë"}, "attendance": {"percent": 0.5}}
    assert [points for _, points in series_of(render(build, context))] == [
        [("0", "For Zoë")], [("0", "1.5"), ("1", "0.5")]
    ]  # fmt: skip


def test_a_chart_of_every_kind_survives() -> None:
    for kind in ("area", "bar", "column", "doughnut", "line", "pie", "radar", "scatter"):
        source = make(lambda book, sheet, kind=kind: sheet_with_chart(book, sheet, kind))
        before, after = part(source, "xl/charts/chart1.xml"), part(render(source, FOUR), "xl/charts/chart1.xml")
        assert re.findall(r"<c:(\w+Chart)>", before) == re.findall(r"<c:(\w+Chart)>", after)


EX = "http://schemas.microsoft.com/office/drawing/2014/chartex"


def test_newer_charts_and_labels_from_cells() -> None:
    content = parts(make(sheet_with_chart))
    kind = "http://schemas.microsoft.com/office/2014/relationships/chartEx"
    name = "xl/drawings/_rels/drawing1.xml.rels"
    link = f'<Relationship Id="rId9" Type="{kind}" Target="../charts/chartEx1.xml"/></Relationships>'
    content[name] = content[name].replace(b"</Relationships>", link.encode())
    content["xl/charts/chartEx1.xml"] = (
        f'<cx:chartSpace xmlns:cx="{EX}"><cx:chartData><cx:data id="0"><cx:strDim type="cat"><cx:f>Report!$A$5</cx:f>'
        '<cx:lvl ptCount="1"><cx:pt idx="0">{{subject.name}}</cx:pt></cx:lvl></cx:strDim><cx:numDim type="val">'
        '<cx:f>Report!$B$5</cx:f><cx:lvl ptCount="1" formatCode="General"><cx:pt idx="0">0</cx:pt></cx:lvl></cx:numDim>'
        "</cx:data></cx:chartData><cx:chart><cx:title><cx:tx><cx:txData><cx:f>Report!$B$4</cx:f><cx:v>old</cx:v>"
        "</cx:txData></cx:tx></cx:title></cx:chart></cx:chartSpace>"
    ).encode()
    xml = part(Template.open(rezip(content), VOCABULARY).render(FOUR), "xl/charts/chartEx1.xml")
    assert "<cx:f>Report!$A$5:$A$8</cx:f>" in xml and "<cx:v>Now</cx:v>" in xml
    assert re.findall(r'ptCount="(\d)"', xml) == ["4", "4"]
    points = re.findall(r'<cx:pt idx="(\d)">(.*?)</cx:pt>', xml)
    assert points[1] == ("1", "English &lt;1&gt;") and points[4:] == [("0", "1"), ("1", "2"), ("2", "3"), ("3", "4")]


def test_categories_in_levels_and_labels_from_cells() -> None:
    content = parts(make(sheet_with_chart))
    name = "xl/charts/chart1.xml"
    levels = (
        '<c:multiLvlStrRef><c:f>Report!$A$5:$B$5</c:f><c:multiLvlStrCache><c:ptCount val="1"/>'
        '<c:lvl><c:pt idx="0"><c:v>0</c:v></c:pt></c:lvl><c:lvl><c:pt idx="0"><c:v>x</c:v></c:pt></c:lvl>'
        "</c:multiLvlStrCache></c:multiLvlStrRef>"
    )
    text = re.sub(r"(?<=<c:cat>).*?(?=</c:cat>)", levels, content[name].decode())
    labels = (
        '<c:extLst><c:ext uri="{02D57815-91ED-43cb-92C2-25804820EDAC}"><c15:datalabelsRange xmlns:c15="http://schemas.'
        'microsoft.com/office/drawing/2012/chart"><c15:f>Report!$A$5</c15:f><c15:dlblRangeCache><c:ptCount val="1"/>'
        '<c:pt idx="0"><c:v>{{subject.name}}</c:v></c:pt></c15:dlblRangeCache></c15:datalabelsRange></c:ext></c:extLst>'
    )
    content[name] = text.replace("</c:ser>", labels + "</c:ser>").encode()
    xml = part(Template.open(rezip(content), VOCABULARY).render(FOUR), name)
    found = re.findall(r"<c:lvl>(.*?)</c:lvl>", xml)
    assert [re.findall("<c:v>(.*?)<", each)[0] for each in found] == ["1", "Maths"]
    assert '<c:f>Report!$A$5:$B$8</c:f><c:multiLvlStrCache><c:ptCount val="4"/>' in xml
    cache = re.findall("<c15:f>(.*?)</c15:f><c15:dlblRangeCache>(.*?)</c15", xml)[0]
    assert cache[0] == "Report!$A$5:$A$8" and len(re.findall("<c:pt ", cache[1])) == 4 and "Art" in cache[1]


def test_a_chart_below_the_list_moves_with_its_rows() -> None:
    xml = part(render(sheet_with_chart, FOUR), "xl/drawings/drawing1.xml")
    assert re.findall(r"<xdr:row>(\d+)</xdr:row>", xml)[0] == "10"
