"""Reports from an open tracker: the same bytes as the command line makes from its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.deeds import whom
from addin.desktop.host import excel, reports_run
from tests.addin.engine.desk import Desk, command, desk
from workbook.measures.data_date import last_date
from workbook.measures.snapshot import Snapshot
from workbook.measures.who import Who
from workbook.reading.read import read

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def desk_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk"), learners=30) as one:
        yield one


@pytest.fixture
def folder(desk_: Desk) -> Iterator[Path]:
    """The folder of the reports, and no workbook but the tracker open at the end."""
    yield desk_.path.parent / "reports"
    desk_.close_others()


def same_as_command(desk_: Desk, made: Path, out: Path, *choice: str) -> int:
    """How many reports there are; each has the same bytes as the one of that name from the command line."""
    command("report", desk_.path, "--out", out, *choice)
    by_command = {path.name: path.read_bytes() for path in out.glob("*.xlsx")}
    by_button = {path.name: path.read_bytes() for path in made.glob("*.xlsx") if path.name in by_command}
    assert by_button == by_command
    return len(by_button)


def test_a_report_for_the_learner_of_the_row_is_made_and_opened(desk_: Desk, folder: Path, tmp_path: Path) -> None:
    desk_.go("Progress", "H9")
    told = desk_.press("report_learner", template="parent_report", pdf=True, answers=["yes"])
    assert told == [] or "Before they go home" in told[0]
    made = folder / "parent report"
    assert same_as_command(desk_, made, tmp_path, "--learner", "L10001") == 1
    report = next(made.glob("*.xlsx"))
    assert desk_.close_others() == [report.name]
    assert report.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_a_learner_is_found_by_name_and_by_choice(desk_: Desk, folder: Path) -> None:
    learners = read(desk_.path)["Learners"]
    desk_.go("Learner view", "A1")
    desk_.press("report_learner", template="learner_profile", answers=["yes"])
    assert desk_.close_others()[0].startswith(str(learners["form"][0]))
    desk_.go("Guide", "A1")
    assert desk_.press("report_learner", template="learner_profile") == [whom.NO_LEARNER]


def test_rows_selected_give_a_report_each_but_not_those_that_are_hidden(desk_: Desk, folder: Path) -> None:
    sheet = desk_.book.sheets["Learners"]
    sheet.range("A7").api.EntireRow.Hidden = True
    try:
        desk_.go("Learners", "A6:C9")
        assert reports_run.rows_selected(desk_.book) == [6, 8, 9]
        told = desk_.press("report_selected", template="learner_profile")
    finally:
        sheet.range("A7").api.EntireRow.Hidden = False
    assert told[-1] == f"3 reports made in {folder / 'learner profile'}."


def test_reports_of_a_form_may_be_sheets_of_the_workbook(desk_: Desk, folder: Path, tmp_path: Path) -> None:
    before = desk_.book.sheet_names
    desk_.go("Learners", "A5")
    told = desk_.press("report_form", template="learner_profile", sheets=True)
    tracker = read(desk_.path)
    form = Who(form="10A").choose(Snapshot(tracker, last_date(tracker)))
    added = desk_.book.sheet_names[len(before) :]
    assert desk_.book.sheet_names[: len(before)] == before
    assert added[0] == "Reports" and len(added) == 1 + len(form)
    assert told[-1] == f"{len(form)} reports now stand behind the sheets of this workbook."
    command("report", desk_.path, "--out", tmp_path, "--template", "learner_profile", "--learner", form[0])
    page = load_workbook(next(tmp_path.glob("*.xlsx"))).worksheets[0]
    words = {cell.value for row in page.iter_rows() for cell in row if isinstance(cell.value, str)} - {""}
    sheet = desk_.book.sheets[added[1]]
    shown = {value for row in sheet.used_range.options(ndim=2).value for value in row if isinstance(value, str)}
    assert words <= shown
    for name in added:
        desk_.book.sheets[name].delete()


def test_a_form_gets_its_packs_its_timetable_and_its_summary(desk_: Desk, folder: Path, tmp_path: Path) -> None:
    desk_.go("Form view", "A1")
    told = desk_.press("progress_day", template="parent_report", answers=["yes", "yes"])
    assert "progress day pack" in told[-1] and "slot timetable" in told[-1]
    count = same_as_command(
        desk_, folder / "progress day pack", tmp_path, "--template", "progress_day_pack", "--form", "10A"
    )
    assert count >= 12
    assert len(list((folder / "slot timetable").glob("*.xlsx"))) == 1
    assert desk_.press("form_summary", template="parent_report") == []
    assert desk_.close_others() == ["Form 10A form summary.xlsx"]


def test_what_is_there_is_replaced_only_once_that_was_agreed_to(desk_: Desk, folder: Path) -> None:
    desk_.go("Learners", "A5")
    desk_.press("report_learner", template="learner_profile")
    desk_.close_others()
    report = next((folder / "learner profile").glob("*L10001*"))
    report.write_bytes(b"changed by hand")
    told = desk_.press("report_learner", template="learner_profile", answers=["no"])
    assert "1 report in" in told[0] and told[1] == "No report was made."
    assert report.read_bytes() == b"changed by hand"


def test_everyone_can_be_stopped_by_esc_and_whole_files_remain(
    desk_: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = iter(range(10_000))
    monkeypatch.setattr("addin.desktop.host.excel.escape_pressed", lambda app: next(asked) > 60)
    told = desk_.press("report_everyone", template="celebration_board", answers=["yes"])
    if not told[-1].startswith("Stopped by Esc"):  # a board is made for each form, not for each learner
        told = desk_.press("report_everyone", template="learner_profile", answers=["yes"])
    assert told[-1].startswith("Stopped by Esc:")
    assert not list(folder.rglob("*.part"))
    for path in folder.rglob("*.xlsx"):
        if path.read_bytes() != b"changed by hand":
            load_workbook(path, read_only=True).close()


def test_a_template_is_looked_at_before_it_is_used(desk_: Desk, tmp_path: Path) -> None:
    from workbook.reports.output.template_files import find

    own = tmp_path / "My letter.xlsx"
    own.write_bytes(find("attendance_letter").read_bytes())
    assert "My letter.xlsx is ready to use" in desk_.press("choose_template", path=str(own))[0]
    assert "is a tracker, not a template" in desk_.press("choose_template", path=str(desk_.path))[0]
    assert "check the path" in desk_.press("choose_template", path=str(tmp_path / "gone.xlsx"))[0]


def test_the_folder_is_shown(desk_: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(excel, "open_folder", shown.append)
    folder.mkdir(exist_ok=True)
    assert desk_.press("open_reports") == [] and shown == [folder]


def test_a_certificate_is_for_those_with_something_to_celebrate_who_can_then_be_marked(
    desk_: Desk, folder: Path
) -> None:
    desk_.go("Learners", "A24")  # of 11A, with the one achievement that was not celebrated yet
    told = desk_.press("report_form", template="certificate", answers=["no", "yes", "yes"])
    assert "13 learners left out, without achievements of this year" in told[0]
    assert told[-1].endswith("1 achievement marked as celebrated.")
    again = desk_.press("report_form", template="certificate", answers=["no"])
    assert again[-1] == "No report was made."
