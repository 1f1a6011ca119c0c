"""Excel's accessibility checker over tracker, templates and filled reports; each rule is seen to find its fault."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.excel_rules.accessibility import breaches
from tests.reports.content.college import FULL, ON, progress, tracker, week
from workbook.commands.make import build_whole
from workbook.reports.content.learner import contexts, tree
from workbook.reports.engine.template import Template
from workbook.sample import sample

TEMPLATES = sorted((Path(__file__).parents[2] / "templates").glob("*.xlsx"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_breaks_no_rule_and_says_its_language(template: Path) -> None:
    assert breaches(template) == []
    with zipfile.ZipFile(template) as file:
        core = file.read("docProps/core.xml").decode()
    assert "<dc:language>en-GB</dc:language>" in core
    assert "{{learner.name}}</dc:title>" in core or "{{form.name}}</dc:title>" in core


@pytest.mark.slow
def test_a_tracker_breaks_no_rule(tmp_path: Path) -> None:
    path = tmp_path / "tracker.xlsx"
    build_whole(path, sample(learners=12))
    assert breaches(path) == []
    properties = openpyxl.load_workbook(path, read_only=True).properties
    assert (properties.language, properties.title) == ("en-GB", "Tracker")


@pytest.mark.parametrize("name", ["parent_report", "progress_day_pack"])
def test_a_report_says_what_its_chart_shows_and_has_none_without_levels(name: str, tmp_path: Path) -> None:
    """Amira: 2 then 3 points of two data drops; on the way she would be at 2.3458 and 2.6992
    (test_progress.py), which is within half a level.
    """
    levels = {"apl_1": "APL2", "apl_2": "APL3"}
    made = tracker(Progress=[progress("L1", "English", baseline="APL2", target="APL6", **levels)],
                   Registers=[week("L1", ON.replace(day=7), FULL)])  # fmt: skip
    template = Template.open(Path(__file__).parents[2] / "templates" / f"{name}.xlsx", tree())
    amira, sam = (tmp_path / "amira.xlsx", tmp_path / "sam.xlsx")
    for path, context in zip((amira, sam), contexts(made, ON), strict=True):
        path.write_bytes(template.render(context))
        assert breaches(path) == []
        assert str(openpyxl.load_workbook(path).properties.title).endswith(f": {context['learner']['name']}")
    with zipfile.ZipFile(amira) as file:
        drawing = file.read("xl/drawings/drawing1.xml").decode()
    assert "Line chart. In English, Amira is on the way to the target." in drawing
    assert "2 (on the way: 2.35); " in drawing and " 3 (on the way: 2.7)." in drawing
    with zipfile.ZipFile(sam) as file:
        assert "graphicFrame" not in file.read("xl/drawings/drawing1.xml").decode()


def test_each_rule_finds_its_fault(tmp_path: Path) -> None:
    path = tmp_path / "bad.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write(0, 0, "pale", book.add_format({"font_color": "#BBBBBB"}))
        page.write_url(1, 0, "https://example.com")
        page.add_table(3, 0, 5, 1, {"columns": [{"header": "A"}, {"header": "B"}]})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Sheet1!$A$1:$A$2"})
        page.insert_chart(8, 0, chart)
    merged = openpyxl.load_workbook(path)
    merged["Sheet1"].merge_cells("A5:B5")
    merged.save(tmp_path / "merged.xlsx")
    found = " ".join((*breaches(path), *breaches(tmp_path / "merged.xlsx")))
    for words in (
        "no title",
        "without alternative text",
        "name says nothing",
        "merged cells",
        "contrast 1.9",
        "a link",
    ):
        assert words in found
