"""Check and Progress on an open tracker: what the sheets then hold is what the command line says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from addin.deeds import marks
from addin.deeds.written import HEAD
from addin.desktop.host import book as host
from addin.desktop.host import excel
from tests.addin.engine.desk import Desk, command, day, desk
from workbook.building.views.written_rows import FLAGS, WEEK
from workbook.measures.week_page import ROWS
from workbook.model.rules import BY_CODE
from workbook.reading.read import read

pytestmark = pytest.mark.office

# LibreOffice works formulas out anew when it opens a file, and takes a bare number under a date for a date.
ONLY_IN_THE_FILE = {"error-value", "date-as-number"}


@pytest.fixture(scope="module")
def desk_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk(tmp_path_factory.mktemp("desk"), learners=30, faults=120) as one:
        yield one


@pytest.fixture(scope="module")
def checked(desk_: Desk) -> Desk:
    assert desk_.press("check") == []
    return desk_


def test_the_open_tracker_is_read_as_its_file_is(desk_: Desk) -> None:
    live, file = host.read(desk_.book, structure=True).tracker, read(desk_.path)
    differing = set()
    for name, table in file.tables.items():
        assert (live.tables[name].rows, live.tables[name].letters) == (table.rows, table.letters), name
        for key, values in table.columns.items():
            pairs = zip(table.rows, values, live.tables[name].columns[key], strict=True)
            differing |= {f"{name} {row}" for row, one, other in pairs if (one, type(one)) != (other, type(other))}
    wrong = [one for one in command("check", desk_.path, "--json") if one["code"] in ONLY_IN_THE_FILE]
    assert len(differing) <= len(wrong)
    assert len(live.tables["Learners"]) >= 30 and len(live.tables["Registers"]) > 500


def test_check_lists_what_the_command_line_finds(checked: Desk) -> None:
    told = [one for one in command("check", checked.path, "--json") if one["code"] not in ONLY_IN_THE_FILE]
    keys = ("sheet", "cell", "message", "fix", "suggestion")
    expected = [tuple(one[key] or None for key in keys) for one in told]
    shown = [(sheet, cell, wrong, mend, meant) for sheet, cell, _, wrong, mend, meant in checked.rows("Problems")]
    assert shown == expected and len(shown) >= 100
    assert f"{len(shown)} things to mend" in checked.book.sheets["Problems"]["A3"].value


def test_each_problem_is_a_link_to_its_cell(checked: Desk) -> None:
    links = checked.book.sheets["Problems"].tables[0].data_body_range.columns[1].formula
    for (formula,), (sheet, cell, *_) in zip(links, checked.rows("Problems"), strict=True):
        if cell:
            inside = sheet.replace("'", "''")
            assert formula.replace(";", ",") == f'=HYPERLINK("#\'{inside}\'!{cell}","{cell}")'


def test_a_mark_stays_until_the_cell_is_mended(checked: Desk) -> None:
    rows = [one for one in checked.rows("Problems") if one[0] == "Registers" and "attendance code" in one[3]]
    sheet, cell, wrong = rows[0][:3]
    found = checked.book.sheets[sheet].range(cell)
    assert _marked(checked, sheet, found.row, found.column)
    assert not _marked(checked, sheet, found.row, found.column + 1)
    found.value = "/"
    assert not _marked(checked, sheet, found.row, found.column)
    found.value = wrong
    assert _marked(checked, sheet, found.row, found.column)


def _marked(desk_: Desk, sheet: str, row: int, column: int) -> bool:
    """What the conditional format of a cell says, worked out by LibreOffice."""
    formula = marks.formula(sheet)
    assert len(formula) <= 255
    here = formula.replace("INDEX($A:$BZ,ROW(),COLUMN())", f"INDEX({sheet}!$A:$BZ,{row},{column})")
    here = here.replace("ADDRESS(ROW(),COLUMN(),4)", f"ADDRESS({row},{column},4)")
    return bool(desk_.book.impl.ask("evaluate", formula=here))


def test_next_problem_goes_from_cell_to_cell_and_passes_what_is_mended(checked: Desk) -> None:
    checked.go("Problems", "A5")
    rows = [one for one in checked.rows("Problems") if one[1]]
    seen = []
    for _ in range(3):
        assert checked.press("next_problem") == []
        seen.append((checked.book.sheets.active.name, checked.book.selection.address.replace("$", "")))
    cells = [one[:2] for one in rows]
    assert seen == cells[:3]
    assert rows[2][3] in checked.app.status_bar
    cell = checked.book.sheets[cells[3][0]].range(cells[3][1])
    before = cell.formula
    cell.value = "mended"
    checked.press("next_problem")
    after = (checked.book.sheets.active.name, checked.book.selection.address.replace("$", ""))
    cell.value = before
    assert after == next(one for one in cells[4:] if one != cells[3])


def test_flags_are_those_of_the_command_line(desk_: Desk) -> None:
    assert desk_.press("update_flags") == []
    told = command("flags", desk_.path, "--json")
    expected = [
        (
            f["learner_id"],
            BY_CODE[f["code"]].title,
            f"New: {f['reason']}" if f["new"] else f["reason"],
            day(f["data_date"]),
        )
        for f in told
    ]
    places = [[one.header for one in FLAGS].index(name) for name in ("Learner ID", "Flag", "Reason", "Data date")]
    shown = [tuple(row[place] for place in places) for row in desk_.rows("Flags")]
    assert shown == expected
    assert len(shown) > 100 and desk_.book.sheets.active.name == "Flags"


def test_the_week_is_that_of_the_command_line_and_a_mentors_own(desk_: Desk) -> None:
    today = date.today().isoformat()
    desk_.press("my_week")
    _same_week(desk_, command("week", desk_.path, "--on", today, "--json"))
    mentor = read(desk_.path)["Learners"]["mentor"][0]
    desk_.app.api.UserName = str(mentor).upper()
    try:
        desk_.press("my_week")
    finally:
        desk_.app.api.UserName = "A User"
    _same_week(desk_, command("week", desk_.path, "--on", today, "--mentor", mentor, "--json")[:ROWS])
    assert str(mentor) in desk_.book.sheets["My week"]["A3"].formula


def _same_week(desk_: Desk, told: list[dict[str, str]]) -> None:
    keys = ("what", "reason", "sheet", "cell")
    expected = [(day(one["due"]), *(one[key] for key in keys)) for one in told]
    places = [[one.header for one in WEEK].index(name) for name in ("Due", "What", "Why", "Sheet", "Cell")]
    shown = [tuple(row[place] for place in places) for row in desk_.rows("My week")]
    assert shown == expected and shown


def test_what_is_typed_beside_the_week_goes_to_its_sheet_once(desk_: Desk) -> None:
    desk_.press("my_week")
    heads = [one.header for one in WEEK]
    places = [place for place, row in enumerate(desk_.rows("My week")) if row[heads.index("Learner ID")]][:5]
    page, record = desk_.book.sheets["My week"], heads.index("Record") + 1
    learners = [desk_.rows("My week")[place][heads.index("Learner ID")] for place in places]
    entries = (["Contact", "Home", "Rang Mum."], ["Target", "Sky", "In by 9:00."], ["Seen", None, "From hospital."],
               ["Intervention", "Mentoring", "Tuesdays."], ["Target", "Attendance", "In each day."])  # fmt: skip
    for place, entry in zip(places, entries, strict=True):
        page.range((place + HEAD + 1, record), (place + HEAD + 1, record + 2)).value = entry
    sheets = ("Contacts", "Interventions", "Targets")
    held = host.read(desk_.book).tracker
    counts = {name: len(held[name]) for name in sheets}
    assert desk_.press("my_week") == []  # one of its faults: a filter hides rows of Targets, which alone takes none
    now = host.read(desk_.book).tracker
    contacts, helped, aims = (list(now[name].records())[counts[name] :] for name in sheets)
    assert [(one["learner_id"], one["date"], one["with"], one["summary"]) for one in contacts] == [
        (learners[0], date.today(), "Home", "Rang Mum."),
        (learners[2], date.today(), "Seen, no action", "From hospital."),
    ]
    assert [(one["learner_id"], one["type"], one["start"], one["notes"]) for one in helped] == [
        (learners[3], "Mentoring", date.today(), "Tuesdays.")
    ]
    kept = {row[record - 2]: row[record - 1 :] for row in desk_.rows("My week") if row[record + 1]}
    assert {who: list(row[:3]) for who, row in kept.items()} == {learners[place]: entries[place] for place in (1, 4)}
    assert "“Sky” is not in the list Target areas" in str(kept[learners[1]][-1])
    assert str(kept[learners[4]][-1]).startswith("Targets is filtered") and aims == []
    desk_.book.impl.ask("unfilter", name="Targets")
    for _ in range(2):
        desk_.press("my_week")
        now = host.read(desk_.book).tracker
        assert [len(now[name]) - counts[name] for name in sheets] == [2, 1, 1]
    row, aim = now["Targets"].rows[-1], list(now["Targets"].records())[-1]
    assert (aim["learner_id"], aim["set_on"], aim["area"]) == (learners[4], date.today(), "Attendance")
    assert (aim["target"], aim["status"]) == ("In each day.", "Open")
    shown = desk_.book.sheets["Targets"].range((row, 1), (row, 20)).value
    assert shown[1] and all(word in shown for word in (learners[4], "Attendance", "In each day.", "Open"))


def test_a_drop_starts_once_what_it_adds_was_agreed_to(desk_: Desk) -> None:
    sheet = desk_.book.sheets["Progress"]
    before = host.read(desk_.book).tracker["Progress"]
    last = before.rows[-1]
    for key in before.columns:
        sheet.range(f"{before.letters[key]}{last - 2}:{before.letters[key]}{last}").clear_contents()
    shorter = host.read(desk_.book).tracker["Progress"]
    assert len(shorter) == len(before) - 3
    told = desk_.press("start_drop", answers=["no"])
    assert "Start data drop 5" in told[0] and told[-1] == "Nothing was changed."
    assert host.read(desk_.book).tracker["Progress"].columns == shorter.columns
    assert desk_.press("start_drop", answers=["yes"])[0] == told[0]
    after = host.read(desk_.book).tracker["Progress"]
    pairs = set(zip(after["learner_id"], after["subject"], strict=True))
    assert set(zip(before["learner_id"], before["subject"], strict=True)) <= pairs
    for key in ("learner_id", "subject", "apl_1", "comment"):
        assert after[key][: len(shorter)] == shorter[key]
    assert sheet.range((after.rows[-1], 2)).value, "the new row looks its learner up"
    assert desk_.book.sheets.active.name == "Progress"
    assert desk_.book.selection.column == sheet.range(f"{after.letters['apl_5']}1").column
    columns = [sheet.range(f"{after.letters[f'apl_{drop}']}1").api for drop in range(1, 7)]
    hidden = [excel.told(one, "EntireColumn.Hidden") for one in columns]
    assert hidden == [True] * 4 + [False, False]
