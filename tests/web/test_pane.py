"""The Office add-in through Microsoft's own Excel library: every button, the lists beside the sheet."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils.datetime import to_excel
from playwright.sync_api import Browser

from addin.web.manifest import groups
from addin.web.serve import Server
from tests.commands.run import run
from tests.commands.test_agreed import fill
from tests.web.excel import Pane, excel
from workbook.building.views.written_rows import FLAGS, LISTS, PROBLEMS, WEEK
from workbook.measures.data_date import last_date
from workbook.measures.flags import found_in
from workbook.measures.snapshot import Snapshot
from workbook.reading.read import read

pytestmark = pytest.mark.browser
MARKS = """Learner ID,Subject,APL 6,Comment
L10001,English Language,APL4,"=cmd|' /C calc'!A0"
L10002,Juggling,APL4,no such subject
"""


def told(command: str, tracker: Path, *words: str) -> list[dict[str, Any]]:
    return json.loads(run(command, tracker, "--json", *words).out)["rows"]


def rows(pane: Pane, sheet: str, width: int) -> list[list[Any]]:
    """The values under the headings of a written sheet, as many rows as its table has."""
    told = pane.sheet(sheet)
    last = told["tables"][0]["row"] + told["tables"][0]["rowCount"] - 1
    values = [[cell.get("value") for cell in row[:width]] for row in told["cells"][4:last]]
    return [[None if value == "" else value for value in row] for row in values]


def test_check_lists_what_the_command_line_finds_and_marks_it(pane: Pane, trackers: dict[str, Path]) -> None:
    assert pane.press("check") == ["Done."]
    found = told("check", trackers["faulty"])
    keys = ("sheet", "cell", "message", "fix", "suggestion")
    shown = [(one[0], one[1], one[3], one[4], one[5]) for one in rows(pane, "Problems", len(PROBLEMS))]
    assert shown == [tuple(one[key] or None for key in keys) for one in found] and len(found) >= 15
    sheet = pane.sheet("Problems")
    assert sheet["cells"][4][1]["formula"].startswith("=HYPERLINK(")
    assert sheet["cells"][4][7]["value"].startswith(f"{found[0]['sheet']}!")
    assert sheet["columns"][7]["hidden"]
    marked = {one["sheet"] for one in found if one["cell"]}
    for name in marked:
        assert [one["fill"] if "fill" in one else one["color"] for one in pane.sheet(name)["rules"]] == ["#F6D7D2"], (
            name
        )
    pane.press("check")
    assert all(len(pane.sheet(name)["rules"]) == 1 for name in marked), "the mark is not put there twice"


def test_a_click_goes_to_the_cell_and_a_mended_cell_leaves_the_list(pane: Pane, trackers: dict[str, Path]) -> None:
    if not pane.page.locator(".problems li").count():
        pane.press("check")
    before = pane.page.locator(".problems li").count()
    first = pane.page.locator(".problems li button").first
    sheet, _, cell = first.inner_text().rpartition(" ")
    first.click()
    pane.page.wait_for_function("(cell) => __workbook.selection[0]?.address === cell", arg=f"{sheet}!{cell}")
    same = pane.page.locator(".problems li button").all_inner_texts().count(first.inner_text())
    was = pane.page.evaluate("([s, c]) => __workbook.worksheets.getItem(s).getRange(c).values[0][0]", [sheet, cell])
    pane.page.evaluate("([s, c]) => __type(s, c, '/')", [sheet, cell])
    pane.page.wait_for_function("(n) => document.querySelectorAll('.problems li').length === n", arg=before - same)
    pane.page.evaluate("([s, c, v]) => __type(s, c, v)", [sheet, cell, was])


def test_next_problem_goes_from_cell_to_cell(pane: Pane) -> None:
    pane.press("check")
    listed = [f"{one[0]}!{one[1]}" for one in rows(pane, "Problems", 2) if one[1]]
    seen = []
    for place in range(3):
        (words,) = pane.press("next_problem")
        seen.append(pane.here())
        assert words.startswith(f"{place + 1} of ")
    assert seen == listed[:3]


def test_flags_and_the_week_are_those_of_the_command_line(pane: Pane, trackers: dict[str, Path]) -> None:
    assert pane.press("update_flags") == ["Done."]
    at = [one.header for one in FLAGS].index("Data date")
    expected = [
        (one["learner_id"], to_excel(date.fromisoformat(one["data_date"])) if one["data_date"] else None)
        for one in told("flags", trackers["faulty"])
    ]
    assert [(row[0], row[at]) for row in rows(pane, "Flags", len(FLAGS))] == expected and expected
    pane.press("my_week")
    due = told("week", trackers["faulty"], "--on", date.today().isoformat())
    places = [[one.header for one in WEEK].index(name) for name in ("What", "Why", "Sheet", "Cell")]
    shown = [tuple(row[place] for place in places) for row in rows(pane, "My week", len(WEEK))]
    assert shown[: len(due)] == [tuple(one[key] for key in ("what", "reason", "sheet", "cell")) for one in due] and due


@pytest.mark.parametrize(("button", "sheet"), [("head_of_year", "Head of Year"), ("celebrate", "Celebration")])
def test_the_head_of_years_numbers_and_whom_to_celebrate(
    pane: Pane, trackers: dict[str, Path], button: str, sheet: str
) -> None:
    assert pane.press(button) == ["Done."]
    tracker = read(trackers["faulty"])
    wanted = LISTS[sheet].rows(found_in(Snapshot(tracker, last_date(tracker))))
    shown = rows(pane, sheet, len(LISTS[sheet].headings))
    days = [[to_excel(one) if isinstance(one, date) else one for one in row] for row in wanted]
    assert shown == [[None if one == "" else one for one in row] for row in days] and shown


def test_the_file_gives_what_the_snapshot_gives(
    browser: Browser, served: Server, pane: Pane, trackers: dict[str, Path]
) -> None:
    """An Excel that tells of no merged cells hands over the whole file; its own library refuses the newer calls."""
    pane.press("check")
    with excel(browser, served.address, trackers["faulty"], lacking=["ExcelApi 1.13", "ExcelApi 1.10"]) as other:
        assert other.press("check") == ["Done."]
        assert other.page.evaluate("performance.getEntriesByName(new URL('tracker.bin', location).href).length") == 1
        assert rows(other, "Problems", 6) == rows(pane, "Problems", 6)
        other.stand("Learners", "A6")
        assert other.press("start_drop", ["Yes"])[-1] == "Done."
        assert any(one and one.get("hidden") for one in other.sheet("Progress")["columns"])
        other.press("report_learner", ["Yes"] * 2)
        assert other.page.evaluate("__workbook.opened.length") == 1 and not failures(other)


def failures(pane: Pane) -> list[str]:
    """What the workbook refused, and what the browser said."""
    return [one for one in pane.page.evaluate("__batches") if one] + pane.trouble


def test_mondays_list_leads_to_each_learner(pane: Pane, trackers: dict[str, Path]) -> None:
    pane.page.get_by_role("button", name="Monday’s list").click()
    pane.page.wait_for_selector("ol.people li button")
    first = pane.page.locator("ol.people li button").first
    name = first.inner_text()
    first.click()
    pane.page.wait_for_function("() => __workbook.active.name === 'Learners'")
    row = int("".join(filter(str.isdigit, pane.here())))
    learners = read(trackers["faulty"])["Learners"]
    place = learners.rows.index(row)
    called = learners["preferred_name"][place] or learners["first_name"][place]
    assert name == f"{called} {learners['surname'][place]}"
    pane.page.get_by_role("button", name="Problems").click()


def test_reports_are_the_bytes_of_the_command_line(pane: Pane, trackers: dict[str, Path], tmp_path: Path) -> None:
    pane.stand("Learners", "A5")
    run("report", trackers["faulty"], "--out", tmp_path, "--learner", "L10001")
    pane.page.evaluate("() => { __workbook.opened.length = 0; }")
    assert pane.press("report_learner", ["Yes"])[-1] == "Done."
    (opened,) = pane.page.evaluate("__workbook.opened")
    assert [base64.b64decode(opened)] == [one.read_bytes() for one in tmp_path.glob("*.xlsx")]
    asked = pane.press("report_form", ["Yes"] * 3)
    ended = r"\d reports( for \d+ learners)? made and ready to be saved below\. Who gets which is listed below"
    assert re.search(ended, asked[-1])
    with pane.page.expect_download() as saved:
        pane.page.get_by_role("link", name="Save").click()
    with zipfile.ZipFile(io.BytesIO(Path(saved.value.path()).read_bytes())) as packed:
        assert packed.read(packed.namelist()[0]) == base64.b64decode(opened)
        listed = packed.read("Sending list - parent report.csv").decode("utf-8-sig").splitlines()
    shown = pane.page.locator("#made details")
    shown.locator("summary").click()
    assert shown.locator("tbody tr").count() == len(listed) - 1 > 0
    assert "email" in shown.inner_text()


def test_every_other_button(pane: Pane, trackers: dict[str, Path], tmp_path: Path) -> None:
    pane.stand("Learners", "A5:A7")
    assert re.search(r"3 reports made|\d reports for 3 learners made", pane.press("report_selected", ["Yes"] * 3)[-1])
    pane.page.get_by_role("button", name="Buttons", exact=True).click()
    pane.page.get_by_label("Copy for each contact").uncheck()
    assert "3 reports made" in pane.press("report_selected", ["Yes"] * 3)[-1]
    assert "reports made" in pane.press("report_everyone", ["Yes"] * 3)[-1]
    pane.page.get_by_role("button", name="Buttons", exact=True).click()
    pane.page.get_by_label("Copy for each contact").check()
    assert pane.press("form_summary", ["Yes"] * 2)[-1] == "Done."
    assert pane.press("progress_day", ["Yes"] * 4)[-1].count("made") == 3
    assert pane.press("guide") == ["Done."] and pane.here() == "Guide!A1"
    assert "Mentorbook" in pane.press("about")[0]
    with pane.page.expect_download() as saved:
        assert pane.press("backup")[0].startswith("A copy is kept: with mistakes ")
        pane.page.get_by_role("link", name="Save").click()
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(Path(saved.value.path()).read_bytes())
    assert copy.read_bytes() == trackers["faulty"].read_bytes()
    certificate = Path(__file__).parents[2] / "templates" / "certificate.xlsx"
    assert "ready to use" in pane.press("choose_template", file=certificate)[-1]


def test_sheets_are_added_or_what_cannot_be_added_is_saved(pane: Pane) -> None:
    pane.stand("Learners", "A5")
    pane.page.get_by_role("button", name="Buttons", exact=True).click()
    pane.page.get_by_label("Which report").select_option("learner_profile")
    pane.page.get_by_label("In this workbook").check()
    before = len(pane.names())
    assert "behind the sheets of this workbook" in pane.press("report_form", ["Yes"] * 3)[-1]
    assert len(pane.names()) == before + 1
    pane.page.evaluate("() => { __workbook.hardened = true; }")
    pane.press("report_form", ["Yes"] * 3)
    assert pane.page.locator("#made a").count() == 1
    pane.page.evaluate("() => { __workbook.hardened = false; __workbook.protection.protected = true; }")
    assert "untick In this workbook" in pane.press("report_form", ["Yes"] * 3)[-1]
    pane.page.evaluate("() => { __workbook.protection.protected = false; }")
    pane.page.get_by_label("In this workbook").uncheck()


def test_an_import_is_shown_agreed_to_and_written(pane: Pane, tmp_path: Path) -> None:
    file = tmp_path / "marks.csv"
    file.write_text(MARKS, encoding="utf-8")
    assert "1 changed, 1 refused" in pane.press("import_file", ["No"], file=file)[0]
    assert pane.sheet("Import")["frozen"] == 4
    assert "nothing has been written" in str(pane.sheet("Import")["cells"][2][0]["value"])
    asked = pane.press("import_file", ["Yes"], file=file)
    assert "0 rows added, 1 changed" in asked[-1] and pane.page.locator("#made a").count() == 1
    values = [cell.get("value") for row in pane.sheet("Progress")["cells"] for cell in row]
    assert "=cmd|' /C calc'!A0" in values, "what begins with = came in as a text"


def test_several_packs_come_at_once_and_in_a_zip(pane: Pane, trackers: dict[str, Path], tmp_path: Path) -> None:
    made = tmp_path / "packs"
    assert run("report", trackers["faulty"], "--out", made, "--template", "progress_day_pack").code == 0
    packs = sorted(made.glob("*.xlsx"))[:4]
    for number, path in enumerate(packs):
        fill(path, ("Effort", f"Target {number} out of a pack", datetime(2027, 5, 14), None))
    with zipfile.ZipFile(tmp_path / "filled.zip", "w") as packed:
        for path in packs[1:3]:
            packed.write(path, f"Filled packs/{path.name}")
        packed.write(packs[3], f"__MACOSX/._{packs[3].name}")  # what a Mac leaves there is no pack
    (tmp_path / "locked.zip").write_bytes(b"no zip")
    assert "damaged, or no zip" in pane.press("agreed_targets", file=[tmp_path / "locked.zip"])[-1]
    chosen = [packs[0], tmp_path / "filled.zip"]
    assert "Targets is filtered" in pane.press("agreed_targets", ["Yes"], file=chosen)[-1]
    pane.page.evaluate(
        "() => { for (const one of __workbook.worksheets.getItem('Targets').tables.items) one.filtered = false; }"
    )
    for answer, end in (("No", "Nothing was changed."), ("Yes", "3 rows added")):
        asked, ended = pane.press("agreed_targets", [answer], file=chosen)
        assert "Targets: 3 new" in asked and end in ended
    listed = rows(pane, "Agreed targets", 5)
    assert [row[:2] for row in listed] == [["new", path.name] for path in packs[:3]]
    assert all(f"Target {number} out of a pack" in row[3] for number, row in enumerate(listed))
    there = {str(cell.get("value")) for row in pane.sheet("Targets")["cells"] for cell in row}
    for number in range(4):
        assert (number < 3) == (f"Target {number} out of a pack" in there)


def test_what_is_marked_comes_back_from_a_copy(pane: Pane, trackers: dict[str, Path]) -> None:
    place = "([s, c]) => __workbook.worksheets.getItem(s).getRange(c).values[0][0]"
    was = pane.page.evaluate(place, ["Learners", "D5"])
    pane.page.evaluate("([s, c, v]) => __type(s, c, v)", ["Learners", "D5", "Somebody-Else"])
    assert pane.press("restore", file=trackers["faulty"]) == ["Done."]
    cells = [row[1] for row in rows(pane, "Restore", 2)]
    mark = f"G{5 + cells.index('D5')}"
    pane.page.evaluate("([s, c, v]) => __type(s, c, v)", ["Restore", mark, "x"])
    asked, ended = pane.press("restore", ["Yes"], file=trackers["faulty"])
    assert asked.startswith("Bring back 1 marked line of the sheet Restore") and "1 changed" in ended
    assert pane.page.evaluate(place, ["Learners", "D5"]) == was != "Somebody-Else"


def test_a_protected_sheet_and_a_workbook_that_is_no_tracker_are_sentences(pane: Pane) -> None:
    pane.page.evaluate("() => { __workbook.worksheets.getItem('Problems').protection.protected = true; }")
    assert "Unprotect Sheet" in pane.press("check")[-1]
    pane.page.evaluate("() => { __workbook.worksheets.getItem('Problems').protection.protected = false; }")
    pane.page.evaluate("() => { window.all = __workbook.worksheets.items; }")
    pane.page.evaluate("() => { __workbook.worksheets.items = all.slice(0, 1); }")
    assert "is not a tracker" in pane.press("update_flags")[-1]
    pane.page.evaluate("() => { __workbook.worksheets.items = window.all; }")


def test_every_button_of_the_ribbon_is_answered(pane: Pane) -> None:
    assert set(pane.page.evaluate("Object.keys(__buttons)")) == {one.id for _, all_ in groups() for one in all_}


def test_nothing_was_refused_and_nothing_went_wrong(pane: Pane) -> None:
    """In all that was done above; what the tests themselves refused apart."""
    told = [one for one in failures(pane) if "hardened" not in one and "protected" not in one]
    assert told == []
