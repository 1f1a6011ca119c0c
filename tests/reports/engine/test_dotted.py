"""Words between middle dots: what has no value goes with its dot."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from tests.reports.engine.making import VOCABULARY, make, part
from workbook.reports.engine.template import Template

CASES = {
    "{{learner.pronouns}} · {{learner.surname}} · Joined {{learner.first_name}}": {
        ("she", "Oak", "Amira"): "she · Oak · Joined Amira",
        (None, "Oak", "Amira"): "Oak · Joined Amira",
        ("she", None, "Amira"): "she · Joined Amira",
        ("she", "Oak", ""): "she · Oak",
        (None, None, "Amira"): "Joined Amira",
        (None, "Oak", None): "Oak",
        (None, None, None): "",
    },
    "Ask {{learner.surname}}, mentor · {{learner.pronouns}} {{learner.first_name}} · Room 4 · R&D": {
        (None, None, None): "Room 4 · R&D",
        (None, "Oak", None): "Ask Oak, mentor · Room 4 · R&D",
        (None, None, "A · B <i>"): " A · B <i> · Room 4 · R&D",
        ("she", "Oak", "Amira"): "Ask Oak, mentor · she Amira · Room 4 · R&D",
    },
    "{{if learner.surname}}Staff only · Form {{learner.pronouns}}": {
        ("10A", "Oak", None): "Staff only · Form 10A",
        (None, "Oak", None): "Staff only",
    },
    "{{learner.pronouns}}·{{learner.surname}}": {(None, "Oak", None): "·Oak"},
}


@pytest.mark.parametrize("text", CASES)
def test_a_stretch_without_values_is_left_out_with_its_dot(text: str) -> None:
    def page(book: Any, sheet: Any) -> None:
        sheet.write("A1", text)

    template = Template.open(make(page), VOCABULARY)
    for (pronouns, surname, first), wanted in CASES[text].items():
        learner = {"pronouns": pronouns, "surname": surname, "first_name": first}
        book = openpyxl.load_workbook(BytesIO(template.render({"learner": learner})))
        assert book.worksheets[0]["A1"].value == wanted


def test_a_row_is_as_high_as_what_is_left() -> None:
    """The same row height as of a template that holds no more than what stands there."""

    def page(book: Any, sheet: Any) -> None:
        wraps = book.add_format({"text_wrap": True})
        sheet.set_column("A:B", 12)
        sheet.write(
            "A1", "{{learner.surname}} · Words about {{learner.pronouns}} · more of {{learner.pronouns}}", wraps
        )
        sheet.write("B2", "{{learner.surname}} ", wraps)

    template = Template.open(make(page), VOCABULARY)
    low, high = (
        openpyxl.load_workbook(BytesIO(template.render({"learner": {"surname": "Oak", "pronouns": pronouns}})))
        for pronouns in (None, "she and her")
    )
    heights = [[book.worksheets[0].row_dimensions[row].height for row in (1, 2)] for book in (low, high)]
    assert heights[0][0] == heights[0][1] == heights[1][1] < heights[1][0] / 3


def test_a_chart_keeps_the_words_that_its_cell_shows() -> None:
    def page(book: Any, sheet: Any) -> None:
        sheet.write("A1", "{{learner.pronouns}} · {{learner.surname}} · R&D")
        sheet.write("B1", 1)
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"name": "=Report!$A$1", "categories": "=Report!$A$1", "values": "=Report!$B$1"})
        sheet.insert_chart("D1", chart)

    template = Template.open(make(page), VOCABULARY)
    for surname, words in (("Oak", "Oak · R&amp;D"), (None, "R&amp;D")):
        xml = part(template.render({"learner": {"surname": surname}}), "xl/charts/chart1.xml")
        assert xml.count(f"<c:v>{words}</c:v>") == 2
