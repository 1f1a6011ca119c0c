"""All that stands on or below a repeated or dropped row goes where it belongs."""

from __future__ import annotations

import re
from typing import Any

from tests.reports.engine.making import cells, make, part, read, render, subjects

FOUR = {"subject": subjects("Maths", "English", "Art", "Biology")}


def list_sheet(book: Any, sheet: Any) -> None:
    sheet.write_row("A4", ["Subject", "Current", "Target", "Gap"])
    sheet.write_row("A5", ["{{subject.name}}", "{{subject.current}}", "{{subject.target}}"])
    sheet.write_formula("D5", "=C5-B5")
    sheet.write("A6", "All")


def test_a_row_repeats_and_the_rest_moves_down() -> None:
    found = cells(render(list_sheet, FOUR))
    assert [found[f"A{row}"] for row in range(4, 10)] == ["Subject", "Maths", "English", "Art", "Biology", "All"]
    assert [found[f"B{row}"] for row in range(5, 9)] == [1, 2, 3, 4]
    assert [found[f"D{row}"] for row in range(5, 9)] == ["=C5-B5", "=C6-B6", "=C7-B7", "=C8-B8"]


def test_no_items_and_the_row_goes() -> None:
    found = cells(render(list_sheet, {"subject": []}))
    assert found["A5"] == "All" and "B5" not in found


def test_conditions_keep_and_drop_rows() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{if learner.pronouns}}Pronouns: {{learner.pronouns}}")
        sheet.write("A2", "{{if not learner.pronouns}} No pronouns are noted")
        sheet.write("A3", "End")
        sheet.write_formula("B3", "=A1&A2")

    assert cells(render(build, {"learner": {"pronouns": "she"}})) == {
        "A1": "Pronouns: she", "A2": "End", "B2": "=A1&A1048576"
    }  # fmt: skip
    assert cells(render(build, {"learner": {}}))["A1"] == "No pronouns are noted"


def test_a_condition_inside_a_list_and_about_a_list() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{if target}}Your targets")
        sheet.write("A2", "{{target.area}}")
        sheet.write("A3", "{{subject.name}}")
        sheet.write("A4", "{{if subject.comment}}{{subject.comment}}")
        sheet.write("A5", "End")

    context = {"subject": [{"name": "Art", "comment": "Bold work"}, {"name": "Music"}], "target": []}
    assert list(cells(render(build, context)).values()) == ["Art", "Bold work", "Music", "End"]
    context["target"] = [{"area": "Reading"}]
    assert list(cells(render(build, context)).values())[:2] == ["Your targets", "Reading"]


def test_lists_within_a_list() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{subject.name}}")
        sheet.write_formula("C1", "=SUM(C2:C2)")
        sheet.write("B2", "{{subject.drop.name}}")
        sheet.write("C2", "{{subject.drop.points}}")
        sheet.write("A3", "Total")
        sheet.write_formula("C3", "=SUM(C1:C2)")

    drops = [{"name": "Autumn", "points": 1}, {"name": "Spring", "points": 2}]
    context = {"subject": [{"name": "Art", "drop": drops}, {"name": "Music", "drop": drops[:1]}]}
    found = cells(render(build, context))
    assert found["C1"] == "=SUM(C2:C3)" and found["C4"] == "=SUM(C5:C5)" and found["C6"] == "=SUM(C1:C5)"
    assert [found[f"B{row}"] for row in (2, 3, 5)] == ["Autumn", "Spring", "Autumn"]


def test_formulas_follow_in_all_ways() -> None:
    def build(book: Any, sheet: Any) -> None:
        list_sheet(book, sheet)
        sheet.write_formula("E5", "=B5/SUM(B$5:B$5)")
        sheet.write_formula("F5", "=SUM(B$4:B5)")
        sheet.write_formula("B6", "=SUM(B5:B5)")
        sheet.write_formula("C6", "=AVERAGE(C5)")
        sheet.write_formula("D6", '=B6*2&"B6"&LOG10(B6)')
        other = book.add_worksheet("Other")
        other.write_formula("A1", "=SUM(Report!B5:B5)+Report!B6")

    report = render(build, FOUR)
    found = cells(report)
    assert found["E7"] == "=B7/SUM(B$5:B$8)" and found["F7"] == "=SUM(B$4:B7)"
    assert (found["B9"], found["C9"]) == ("=SUM(B5:B8)", "=AVERAGE(C5:C8)")
    assert found["D9"] == '=B9*2&"B6"&LOG10(B9)'
    assert cells(report, "Other")["A1"] == "=SUM(Report!B5:B8)+Report!B9"


def test_merged_cells_heights_and_formats() -> None:
    def build(book: Any, sheet: Any) -> None:
        list_sheet(book, sheet)
        bold = book.add_format({"bold": True})
        sheet.merge_range("E5:F5", "{{subject.comment}}")
        sheet.merge_range("A8:D8", "Below")
        sheet.set_row(7, 45)
        sheet.conditional_format("B5:C5", {"type": "cell", "criteria": "<", "value": "$B$8", "format": bold})
        sheet.conditional_format("B5", {"type": "formula", "criteria": "=B5<C5", "format": bold})
        sheet.conditional_format("B5:B5", {"type": "data_bar", "data_bar_2010": True, "bar_only": True})
        sheet.data_validation("B5", {"validate": "list", "source": "=$A$10:$A$12"})
        sheet.data_validation("A8", {"validate": "length", "criteria": "<", "value": 9})

    report = render(build, FOUR)
    sheet = read(report)["Report"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"E5:F5", "E6:F6", "E7:F7", "E8:F8", "A11:D11"}
    assert sheet.row_dimensions[11].height == 45
    rules = {str(each.sqref): [rule.formula for rule in each.rules] for each in sheet.conditional_formatting}
    assert rules["B5:C8"] == [["$B$11"]]
    assert rules["B5:B8"] == [["B5<C5"], []]
    assert "<xm:sqref>B5:B8</xm:sqref>" in part(report, "xl/worksheets/sheet1.xml")
    validations = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert validations == {"B5:B8": "$A$13:$A$15", "A11": "9"}


def test_all_goes_with_a_dropped_row() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:C1", "{{if learner.pronouns}}x")
        sheet.conditional_format("A1:C1", {"type": "no_blanks", "format": book.add_format({"bold": True})})
        sheet.data_validation("A1", {"validate": "list", "source": ["a", "b"]})
        sheet.write_url("B1", "https://example.org/", string="there")
        sheet.write("A2", "End")

    xml = part(render(build, {"learner": {}}), "xl/worksheets/sheet1.xml")
    for name in ("mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks"):
        assert name not in xml


def test_names_print_set_up_breaks_and_links() -> None:
    def build(book: Any, sheet: Any) -> None:
        list_sheet(book, sheet)
        sheet.print_area("A1:D8")
        sheet.repeat_rows(3)
        sheet.set_h_pagebreaks([6])
        sheet.write_url("A7", "internal:Report!A8")
        sheet.write("A8", "x")
        sheet.autofilter("A4:D5")
        book.define_name("Current", "=Report!$B$5:$B$5")

    report = render(build, FOUR)
    book, sheet = read(report), read(report)["Report"]
    assert book.defined_names["Current"].attr_text == "Report!$B$5:$B$8"
    assert (sheet.print_area, sheet.print_title_rows) == ("'Report'!$A$1:$D$11", "$4:$4")
    assert [each.id for each in sheet.row_breaks.brk] == [9]
    assert (sheet["A10"].hyperlink.ref, sheet["A10"].hyperlink.location) == ("A10", "Report!A11")
    assert sheet.auto_filter.ref == "A4:D8"


def test_breaks_that_fall_together_are_one() -> None:
    """Rows 2 and 3 go, with the breaks after them: those after rows 1, 2 and 3 stand after row 1."""

    def build(book: Any, sheet: Any) -> None:
        sheet.write_column("A1", ["x", "{{subject.name}}", "{{if learner.comment}}y", "z"])
        sheet.set_h_pagebreaks([1, 2, 3, 4])

    breaks = read(render(build, {"learner": {}, "subject": []}))["Report"].row_breaks
    assert [each.id for each in breaks.brk] == [1, 2] and (breaks.count, breaks.manualBreakCount) == (2, 2)


def test_a_break_after_each_item() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{subject.name}}")
        sheet.write("A2", "{{subject.comment}}")
        sheet.set_h_pagebreaks([2])

    sheet = read(render(build, FOUR))["Report"]
    assert [each.id for each in sheet.row_breaks.brk] == [2, 4, 6, 8]


def test_sparklines_come_for_each_item() -> None:
    def build(book: Any, sheet: Any) -> None:
        list_sheet(book, sheet)
        sheet.add_sparkline("E5", {"range": "Report!B5:C5"})
        sheet.add_sparkline("E6", {"range": "Report!B6:C6"})

    xml = part(render(build, FOUR), "xl/worksheets/sheet1.xml")
    found = re.findall(r"<xm:f>Report!(\S+?)</xm:f><xm:sqref>(\S+?)<", xml)
    assert found == [("B9:C9", "E9"), ("B5:C5", "E5"), ("B6:C6", "E6"), ("B7:C7", "E7"), ("B8:C8", "E8")]


def test_tables_grow_and_keep_a_row() -> None:
    def build(book: Any, sheet: Any) -> None:
        row = ["{{subject.name}}", "{{subject.current}}"]
        columns = [{"header": "Subject"}, {"header": "Now", "total_function": "sum"}]
        sheet.add_table("A1:B3", {"data": [row], "columns": columns, "total_row": True, "name": "Marks"})

    assert read(render(build, FOUR))["Report"].tables["Marks"].ref == "A1:B6"
    table = read(render(build, FOUR))["Report"].tables["Marks"]
    assert table.autoFilter.ref == "A1:B5"


def test_an_empty_list_leaves_a_blank_row_in_a_table() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.add_table("A1:B2", {"data": [["{{subject.name}}", "fixed"]], "header_row": True})
        sheet.write("A3", "Below")

    report = render(build, {"subject": []})
    assert read(report)["Report"].tables["Table1"].ref == "A1:B2"
    assert cells(report) == {"A1": "Column1", "B1": "Column2", "B2": "fixed", "A3": "Below"}


def test_comments_follow_and_repeat() -> None:
    def build(book: Any, sheet: Any) -> None:
        list_sheet(book, sheet)
        sheet.write_comment("A5", "About {{subject.name}}")
        sheet.write_comment("A6", "For {{learner.first_name}}")

    report = render(build, {**FOUR, "learner": {"first_name": "Amira <3"}})
    sheet = read(report)["Report"]
    assert [sheet[f"A{row}"].comment.text for row in (5, 8, 9)] == ["About Maths", "About Biology", "For Amira <3"]
    vml = part(report, "xl/drawings/vmlDrawing1.vml")
    assert re.findall(r"<x:Row>(\d+)</x:Row>", vml) == ["4", "5", "6", "7", "8"]
    assert len(set(re.findall(r'<v:shape id="([^"]+)"', vml))) == 5


def test_drawings_move() -> None:
    def build(book: Any, sheet: Any) -> None:
        list_sheet(book, sheet)
        sheet.insert_textbox("A8", "Hello {{learner.first_name}}", {"object_position": 1})
        sheet.insert_textbox("F2", "wide", {"object_position": 1, "height": 100})

    xml = part(render(build, {**FOUR, "learner": {"first_name": "Ali & Co"}}), "xl/drawings/drawing1.xml")
    assert "Hello Ali &amp; Co" in xml
    rows = [int(row) for row in re.findall(r"<xdr:row>(\d+)</xdr:row>", xml)]
    assert rows[0] == 10 and rows[2] == 1 and rows[3] == 9


def test_what_must_not_be_stretched_keeps_its_size() -> None:
    def build(book: Any, sheet: Any) -> None:
        list_sheet(book, sheet)
        sheet.insert_textbox("F4", "tall", {"object_position": 2, "height": 100, "width": 50})

    xml = part(render(build, FOUR), "xl/drawings/drawing1.xml")
    assert re.search(r"<xdr:oneCellAnchor><xdr:from>.*</xdr:from><xdr:ext cx=\"476250\" cy=\"952500\"/><xdr:sp", xml)


def test_several_lists_on_one_sheet_and_rows_of_different_lists() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{subject.name}}")
        sheet.write("A2", "{{target.area}}")
        sheet.write("A3", "End")

    context = {**FOUR, "target": [{"area": "One"}, {"area": "Two"}]}
    assert list(cells(render(build, context)).values()) == ["Maths", "English", "Art", "Biology", "One", "Two", "End"]


def test_a_cell_merged_downwards_takes_its_rows_along() -> None:
    def build(book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:A2", "{{subject.name}}")
        sheet.write("B1", "Now {{subject.current}}")
        sheet.write("B2", "plain")
        sheet.write("A3", "End")

    report = render(build, FOUR)
    assert {str(area) for area in read(report)["Report"].merged_cells.ranges} == {"A1:A2", "A3:A4", "A5:A6", "A7:A8"}
    assert cells(report)["B8"] == "plain" and cells(report)["A9"] == "End"


def test_untouched_parts_are_carried_still_packed() -> None:
    def build(book: Any, sheet: Any) -> None:
        list_sheet(book, sheet)
        other = book.add_worksheet("Fixed")
        other.write_row("A1", range(50))

    source = make(build)
    report = render(source, FOUR)
    for name in ("xl/worksheets/sheet2.xml", "xl/styles.xml", "xl/theme/theme1.xml"):
        assert part(source, name) == part(report, name)


def test_a_view_begins_where_its_dropped_row_was() -> None:
    def build(book: Any, sheet: Any) -> None:
        list_sheet(book, sheet)
        sheet.freeze_panes(4, 1)

    for context in (FOUR, {"subject": []}):
        pane = read(render(build, context))["Report"].sheet_view.pane
        assert (pane.ySplit, pane.topLeftCell) == (4, "B5")


def test_no_merged_cell_of_one_cell() -> None:
    def build(book: Any, sheet: Any) -> None:
        list_sheet(book, sheet)
        sheet.merge_range("F5:F6", "Side")
        sheet.merge_range("G4:G6", "Longer")

    areas = [read(render(build, {"subject": subjects(*names)}))["Report"].merged_cells for names in ((), ("Art",))]
    assert [{str(area) for area in each.ranges} for each in areas] == [{"G4:G5"}, {"F5:F6", "G4:G6"}]
