"""Whatever happens behind a button: Excel is left as it was, one sentence says what is the matter, no name is noted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from addin.desktop import log
from addin.desktop.host import book as host
from addin.desktop.host import buttons, excel, press
from tests.addin.engine.desk import Desk, desk

pytestmark = pytest.mark.office

SECRET = "Amira Dovecrest"
REPORT = {"template": "certificate"}
# each button, what it is told, and what breaks in it
BUTTONS: list[tuple[str, dict[str, Any], str]] = [
    ("check", {}, "addin.desktop.host.book.read"),
    ("next_problem", {}, "addin.deeds.check._listed"),
    ("update_flags", {}, "addin.desktop.host.written.write_sheet"),
    ("my_week", {}, "addin.desktop.host.written.write_sheet"),
    ("head_of_year", {}, "addin.desktop.host.written.write_sheet"),
    ("celebrate", {}, "addin.desktop.host.written.write_sheet"),
    ("record_contact", {}, "workbook.measures.order.conversations"),
    ("record_target", {}, "workbook.measures.order.conversations"),
    ("record_intervention", {}, "workbook.measures.order.conversations"),
    ("start_drop", {}, "addin.desktop.host.excel.hide_columns"),
    ("report_learner", REPORT, "addin.desktop.host.reports_run.into_files"),
    ("report_selected", REPORT, "addin.desktop.host.reports_run.into_files"),
    ("report_form", REPORT, "addin.desktop.host.reports_run.into_files"),
    ("report_everyone", REPORT | {"sheets": True}, "addin.desktop.host.reports_run.into_sheets"),
    ("progress_day", REPORT, "addin.desktop.host.reports_run.into_files"),
    ("agreed_targets", {"path": "x.xlsx"}, "workbook.imports.agreed.read_agreed"),
    ("form_summary", REPORT, "addin.desktop.host.reports_run.into_files"),
    ("choose_template", {"path": "x.xlsx"}, "workbook.reports.output.template_files.find"),
    ("open_reports", {}, "addin.desktop.host.own.reports_folder"),
    ("import_file", {"path": "marks.csv"}, "addin.deeds.data._map_for"),
    ("backup", {}, "addin.desktop.host.excel.save_copy"),
    ("restore", {"path": "x.xlsx"}, "workbook.reading.read.read"),
    ("next_year", {}, "addin.desktop.host.excel.save_copy"),
    ("guide", {}, "xlwings.Sheet.activate"),
    ("doctor", {}, "addin.desktop.places.places"),
    ("about", {}, "platform.architecture"),
]


@pytest.fixture(scope="module")
def desk_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk"), learners=12) as one:
        yield one


@pytest.fixture(autouse=True)
def _at_home(desk_: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home folder of its own, and the cursor on a learner; the workbook as it was afterwards."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(log, "log_file", lambda: tmp_path / "mentorbook.log")
    desk_.go("Learners", "A5")
    book = desk_.book.impl
    before = book.path
    yield
    book.path, book.read_only, book.auto_save, book.structure_locked = before, False, False, False
    book.locked.clear()
    desk_.close_others()


def test_there_is_a_case_for_every_button() -> None:
    assert {name for name, _, _ in BUTTONS} == set(buttons.BY_ID)


@pytest.mark.parametrize(("button", "told", "broken"), BUTTONS, ids=[one[0] for one in BUTTONS])
def test_a_mistake_of_ours_leaves_excel_as_it_was_and_names_nobody(
    desk_: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, button: str, told: dict[str, Any], broken: str
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        assert desk_.app.impl.calculation == "manual" and desk_.app.impl.screen_updating is False
        raise RuntimeError(SECRET)

    monkeypatch.setattr(broken, fail)
    desk_.app.impl.calculation = "semiautomatic"
    desk_.app.impl.enable_events = False
    try:
        before = desk_.state()
        said = desk_.press(button, **told)
        assert desk_.state() == before and desk_.app.impl.status_bar is False
    finally:
        desk_.app.impl.calculation, desk_.app.impl.enable_events = "automatic", True
    assert said[-1].startswith("Mentorbook made a mistake and stopped") and SECRET not in said[-1]
    noted = (tmp_path / "mentorbook.log").read_text(encoding="utf-8")
    assert f" {button}: " in noted and "RuntimeError" in noted and SECRET not in noted and str(tmp_path) not in noted


def test_the_state_is_restored_even_if_a_part_of_it_cannot_be(desk_: Desk) -> None:
    from addin.desktop.host.state import quiet

    class Stubborn:
        calculation, screen_updating, status_bar = "automatic", True, "mine"
        enable_events = property(lambda self: True, lambda self, value: 1 / 0 if value else None)

    app = Stubborn()
    with pytest.raises(KeyError), quiet(app):  # type: ignore[arg-type]
        assert (app.calculation, app.screen_updating) == ("manual", False)
        raise KeyError
    assert (app.calculation, app.screen_updating, app.status_bar) == ("automatic", True, "mine")


def test_a_cell_being_edited_is_a_sentence(desk_: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def rejected(*_: Any) -> None:
        raise OSError(-2147418111, "Call was rejected by callee.")

    monkeypatch.setattr("addin.desktop.host.book.read", rejected)
    assert desk_.press("check") == [press.BUSY]


def test_esc_stops_and_nothing_was_changed(desk_: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "escape_pressed", lambda app: True)
    before = desk_.book.sheets["Flags"].used_range.value
    assert desk_.press("update_flags") == ["Stopped by Esc: nothing was changed."]
    assert desk_.book.sheets["Flags"].used_range.value == before and desk_.state()["calculation"] == "automatic"


def test_a_workbook_that_is_no_tracker(desk_: Desk) -> None:
    other = desk_.app.books.add()
    other.set_mock_caller()
    desk_.app.impl.told.clear()
    buttons.check()
    other.close()
    assert "is not a tracker" in desk_.app.impl.told[0]


def test_read_only_trackers_are_looked_at_but_take_no_entries(desk_: Desk, tmp_path: Path) -> None:
    desk_.book.impl.read_only = True
    assert desk_.press("check") == []
    assert "for reading only" in desk_.press("start_drop")[0]
    file = tmp_path / "marks.csv"
    file.write_text("Learner ID,Subject,APL 5\nL10001,English Language,APL4\n", encoding="utf-8")
    assert "for reading only" in desk_.press("import_file", path=str(file), answers=["yes"])[-1]


def test_protected_sheets_and_workbooks(desk_: Desk) -> None:
    desk_.book.impl.locked.update({"Problems", "Progress"})
    assert desk_.press("check")[0].startswith("The sheet Problems is protected: choose Review, Unprotect Sheet")
    assert desk_.press("start_drop")[0].startswith("The sheet Progress is protected")
    desk_.book.impl.locked.clear()
    desk_.book.impl.structure_locked = True
    assert "workbook is protected" in desk_.press("report_learner", template="certificate", sheets=True)[0]
    assert desk_.press("update_flags") == [], "a sheet that is there can still be written"


def test_filtered_sheets(desk_: Desk) -> None:
    desk_.press("update_flags")
    whole = desk_.rows("Flags")
    desk_.book.impl.ask("filter", name="Flags", field=2, text="10A")
    desk_.press("update_flags")
    assert not desk_.book.sheets["Flags"].tables[0].api.AutoFilter.FilterMode and desk_.rows("Flags") == whole
    desk_.book.impl.ask("filter", name="Progress", field=2, text="10A")
    try:
        assert "Progress is filtered" in desk_.press("start_drop")[0]
        desk_.press("check")
        assert ("Progress", "A4") in [row[:2] for row in desk_.rows("Problems")]
    finally:
        desk_.book.impl.ask("unfilter", name="Progress")


def test_online_and_unsaved_trackers_have_their_reports_in_documents(desk_: Desk, tmp_path: Path) -> None:
    for address in ("https://college-my.sharepoint.com/personal/x/Documents/tracker.xlsx", "tracker"):
        desk_.book.impl.path = address
        assert desk_.press("check") == []
        desk_.go("Learners", "A5")
        said = desk_.press("report_selected", template="certificate", answers=["yes", "yes"])
        assert len(said) < 3 and all("would be replaced" in one for one in said[1:])  # the first asks about theirs
        assert len(desk_.close_others()) == 1
    made = tmp_path / "Documents" / "Mentorbook" / "tracker" / "reports" / "certificate"
    assert len(list(made.glob("*.xlsx"))) == 1


def test_what_somebody_else_changed_meanwhile_is_not_written_over(desk_: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a tracker that is shared online a colleague types while the question is on the screen."""
    desk_.book.impl.auto_save = True
    sheet = desk_.book.sheets["Progress"]
    was = sheet.range("H9").value

    def answer(*_: Any) -> str:
        sheet.range("H9").value = "APL9" if was != "APL9" else "APL8"
        return "yes"

    monkeypatch.setattr(press.Press, "ask", answer)
    before = host.read(desk_.book).tracker.tables["Progress"].rows
    assert "was changed by somebody meanwhile" in desk_.press("start_drop")[0]
    assert host.read(desk_.book).tracker.tables["Progress"].rows == before
    sheet.range("H9").value = was


def test_a_chart_is_selected(desk_: Desk) -> None:
    desk_.book.impl.selected = None
    assert desk_.press("report_learner", template="certificate")[0].startswith("No learner stands in this row")
    assert desk_.press("report_form", template="certificate")[0].startswith("No form stands in this row")


def test_sheets_that_are_gone_are_made_again(desk_: Desk) -> None:
    desk_.book.sheets["My week"].delete()
    assert desk_.press("my_week") == []
    made = desk_.book.sheets["My week"]
    assert made.range("A1").value == "My week" and made.tables[0].name == "Myweek"
    assert made.range("A4:E4").value == ["Due", "What", "Learner", "Form", "Why"]


def test_half_an_import_is_said_and_the_copy_named(
    desk_: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError(SECRET)

    file = tmp_path / "marks.csv"
    file.write_text("Learner ID,Subject,APL 5\nL10001,English Language,APL4\n", encoding="utf-8")
    monkeypatch.setattr("addin.desktop.host.entries.write_rows", fail)
    said = desk_.press("import_file", path=str(file), answers=["yes"])[-1]
    kept = next((desk_.path.parent / "backups").glob("*.xlsx"))
    assert "part of the file may be in" in said and kept.name in said and SECRET not in said


def test_esc_does_not_stop_entries_half_way(desk_: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    app = desk_.app
    monkeypatch.setattr(excel, "escape_pressed", lambda app: True)
    pace = press.Pace(app)
    pace.say("writing Progress")
    assert app.status_bar == "Mentorbook: writing Progress"
    with pytest.raises(press.Stopped):
        pace.step("writing Progress")
    app.status_bar = False
