from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.reports.content.college import AMIRA, FULL, ON, SAM, learner, progress, tracker, week
from workbook.building.heights import height
from workbook.measures.snapshot import Snapshot
from workbook.model import Audience, Tracker
from workbook.reports.content.docs_page import templates_page
from workbook.reports.content.forms import form_contexts
from workbook.reports.content.learner import Context, contexts, tree
from workbook.reports.content.names import is_for_forms
from workbook.reports.design import TEMPLATES, make_all
from workbook.reports.design.about import ABOUT
from workbook.reports.design.parent_report import WIDTHS
from workbook.reports.engine.fit import RowHeight
from workbook.reports.engine.template import Template
from workbook.reports.output.template_files import open_template

ROOT = Path(__file__).resolve().parents[3]
LONG = "Amira has learned to plan her work and to ask for help when she is stuck, which is not easy. " * 4
FOR_FORMS = {"slot_timetable", "target_entry", "celebration_board", "form_summary"}
FOR_STAFF = {*FOR_FORMS, "learner_profile"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    make_all(folder)
    return folder


def full_year() -> Tracker:
    """Everything at its longest: ten subjects with comments of 380 letters, long names, all lists filled."""
    long_name = learner("L1", "Maximiliana-Konstantina", "Featherstonehaugh-Cholmondeley", pronouns="she/her")
    subjects = [{"subject": f"Health, safety and social care {n}", "scale": "APL", "core": "No"} for n in range(10)]
    return tracker(
        Learners=[long_name, SAM],
        Subjects=subjects,
        Progress=[
            progress("L1", one["subject"], baseline="APL1", target="APL6", apl_1="APL2", apl_2="APL2", comment=LONG)
            for one in subjects
        ],
        Registers=[week("L1", ON.replace(day=7), FULL)],
        Targets=[{"learner_id": "L1", "set_on": ON, "target": LONG, "how_home_can_help": LONG, "status": "Open"}],
        Achievements=[{"learner_id": "L1", "date": ON, "what": LONG, "type": "Kindness"}],
    )


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_template_kept_is_the_one_the_code_makes(name: str, folder: Path) -> None:
    kept = ROOT / "templates" / f"{name}.xlsx"
    assert kept.read_bytes() == (folder / kept.name).read_bytes(), "run python -m workbook.reports.design"


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_asks_only_for_what_there_is_and_what_its_reader_may_see(name: str, folder: Path) -> None:
    template, reader, _ = open_template(folder / f"{name}.xlsx")
    asks = template.asks()
    assert [ask.problem for ask in asks if ask.problem] == []
    assert reader is (Audience.MENTOR if name in FOR_STAFF else Audience.PARENT)
    assert is_for_forms([ask.token for ask in asks]) is (name in FOR_FORMS)


def filled(name: str, folder: Path, made: Tracker) -> tuple[bytes, Context]:
    path = folder / f"{name}.xlsx"
    reader = Audience.MENTOR if name in FOR_STAFF else Audience.PARENT
    context = next(form_contexts(Snapshot(made, ON))) if name in FOR_FORMS else next(contexts(made, ON, reader=reader))
    return Template.open(path, tree()).render(context), context


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("made", [full_year(), tracker(Learners=[AMIRA, SAM])], ids=["all", "nothing"])
def test_a_filled_template_has_no_token_left(name: str, made: Tracker, folder: Path, tmp_path: Path) -> None:
    report, context = filled(name, folder, made)
    path = tmp_path / "report.xlsx"
    path.write_bytes(report)
    with zipfile.ZipFile(path) as package:
        parts = {part: package.read(part).decode("utf-8") for part in package.namelist() if part.endswith(".xml")}
    assert not [part for part, text in parts.items() if "{{" in text]
    assert not [part for part, text in parts.items() if ">None<" in text]
    if name not in FOR_FORMS:
        assert context["learner"]["first_name"] in parts["xl/worksheets/sheet1.xml"]


def test_long_comments_get_the_height_they_need(folder: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    report, _ = filled("parent_report", folder, full_year())
    (tmp_path / "report.xlsx").write_bytes(report)
    sheet = load_workbook(tmp_path / "report.xlsx").active
    rows = [row[0].row for row in sheet.iter_rows() if str(row[0].value).startswith("Amira has learned")]
    assert len(rows) == 10
    needed = height(LONG.strip(), sum(WIDTHS), 10)
    assert all(sheet.row_dimensions[row].height >= needed for row in rows)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.paperSize == 9


def test_a_row_is_never_lower_than_its_author_made_it() -> None:
    assert next(RowHeight(42.0, []).place(None))([]) == "42"  # type: ignore[arg-type, operator]


def test_the_page_on_templates_is_as_the_code_says() -> None:
    page = ROOT / "docs" / "templates.md"
    assert page.read_text(encoding="utf-8") == templates_page(), "run python -m workbook.reports.content.docs_page"
    assert list(ABOUT) == list(TEMPLATES)
