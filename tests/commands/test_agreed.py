"""Progress Day, there and back: packs filled by code as a mentor would, back in Targets, every cell compared."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.run import refused, run
from workbook.reading.read import read

DUE = date(2027, 5, 14)
NEW = "New targets"
HEAD = 6  # the row of headings on a pack


def fill(path: Path, *targets: tuple[Any, ...], of_before: str = "", due: date | None = None) -> None:
    """Write area, what I will do, by when and how home can help into a pack.

    `of_before` is said of each target from before but the last, and another date where one is given.
    """
    book = openpyxl.load_workbook(path)
    page = book[NEW]
    for row in before(page)[:-1] if of_before else ():
        page.cell(row, 5).value = of_before
        page.cell(row, 4).value = due or page.cell(row, 4).value
    for row, cells in enumerate(targets, start=HEAD + 1):
        for column, value in enumerate(cells, start=2):
            page.cell(row, column).value = value
    book.save(path)


def before(page: Any) -> list[int]:
    """The rows of a pack's targets from before."""
    head = next(row for row in range(HEAD, page.max_row) if page.cell(row, 5).value == "Keep, change or done?")
    rows = range(head + 1, page.max_row)
    return list(takewhile(lambda row: page.cell(row, 5).value == "keep · change · done", rows))


def filled_packs(tracker: Path, folder: Path, count: int) -> Path:
    """Filled packs: one, two or three targets each, by hand, with blanks where a mentor leaves them."""
    learners = read(tracker)["Learners"]
    here = [one for one, left in zip(learners["learner_id"], learners["left"], strict=True) if left is None]
    chosen = [word for one in here[:count] for word in ("--learner", one)]
    assert run("report", tracker, "--out", folder, "--template", "progress_day_pack", *chosen).code == 0
    made = sorted(folder.iterdir())
    assert len(made) == count
    for number, path in enumerate(made):
        said, due = ("keep", "Done ", "change")[number % 3], date(2027, 6, 1) if number % 2 else None
        words = [f"Target {line} of {number}: ask one question, “why?”" for line in range(1 + number % 3)]
        by = "14 May 2027" if number % 2 else datetime(2027, 5, 14)
        fill(path, *(("Effort", one, by, None) for one in words), of_before=said, due=due)
    return folder


@pytest.fixture(scope="module")
def packs(tracker: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_packs(tracker, tmp_path_factory.mktemp("packs"), 3)


def targets(path: Path) -> list[dict[str, Any]]:
    return list(read(path)["Targets"].records())


@pytest.mark.parametrize(("count", "new", "changed"), [(6, 12, 3), pytest.param(18, 36, 10, marks=pytest.mark.slow)])
def test_packs_come_back_cell_by_cell_and_twice_is_once(
    tracker: Path, tmp_path: Path, count: int, new: int, changed: int
) -> None:
    packs = filled_packs(tracker, tmp_path / "packs", count)
    copy = Path(shutil.copy(tracker, tmp_path / "t.xlsx"))
    old = targets(copy)
    expected = from_before(old, packs)
    assert {row["status"] for row in expected} > {"Open", "Met", "Dropped"}
    assert sum(row != was for row, was in zip(expected, old, strict=True)) >= changed
    shown = run("agreed", copy, packs, "--dry-run")
    assert shown.code == 0 and f"{new} new targets" in shown.out and targets(copy) == old
    assert run("agreed", copy, packs, "--replace").code == 0
    after = targets(copy)
    assert after[: len(old)] == expected
    expected = []
    for number, path in enumerate(sorted(packs.iterdir())):
        for line in range(1 + number % 3):
            expected.append({
                "learner_id": next(word for word in path.stem.split() if word.startswith("L1")),
                "set_on": date(2027, 3, 19), "set_at": "Progress Day", "area": "Effort",
                "target": f"Target {line} of {number}: ask one question, “why?”", "learners_words": None,
                "how_home_can_help": None, "due": DUE, "status": "Open", "reviewed": None,
            })  # fmt: skip
    found = [{key: row[key] for key in expected[0]} for row in after[len(old) :]]
    assert found == expected
    again = run("agreed", copy, packs, "--replace")
    assert "0 new targets" in again.out and "nothing in the packs is new" in again.out and targets(copy) == after


def from_before(old: list[dict[str, Any]], packs: Path) -> list[dict[str, Any]]:
    """The targets that were there as the packs leave them, by the rule: keep, done and change in turn, but the last."""
    found = [dict(row) for row in old]
    for number, path in enumerate(sorted(packs.iterdir())):
        page = openpyxl.load_workbook(path)[NEW]
        head = next(row for row in range(HEAD, page.max_row) if page.cell(row, 5).value == "Keep, change or done?")
        who, said = page["C4"].value, ("keep", "Done ", "change")[number % 3]
        for row in range(head + 1, page.max_row):
            if page.cell(row, 5).value != said:
                continue
            same = [one for one in found if (one["learner_id"], one["target"]) == (who, page.cell(row, 1).value)]
            one = max(same, key=lambda one: one["set_on"])
            one |= {"status": {"k": "Open", "D": "Met", "c": "Dropped"}[said[0]], "reviewed": date(2027, 3, 19)}
            if said == "keep" and number % 2:
                one["due"] = date(2027, 6, 1)
    return found


@pytest.mark.parametrize(
    ("spoil", "cell", "why"),
    [
        ({"D8": "soon"}, "D8", "By when should be a date, not “soon”"),
        ({"D8": date(2026, 1, 9)}, "D8", "is before the day it was agreed"),
        ({"B8": "Hair"}, "B8", "Area “Hair” is not in the list"),
        ({"C8": None}, "C8", "What I will do is blank"),
        ({"C4": "L99999"}, "C4", "is not on Learners"),
        ({"C4": None}, "C4", "the Learner ID is blank"),
        ({"C3": "Somebody Else"}, "C4", "is another learner's"),
        ({"E4": None}, "E4", "Set on is blank"),
        ({"E4": date(2026, 3, 19)}, "E4", "Set on 19/03/2026 is not in the year of this tracker"),
        ({"C6": "Ziele"}, "A1", "its row of headings is gone"),
        ({"E11": "maybe"}, "E11", "“maybe” is none of keep, change and done"),
        ({"A11": "Sing", "E11": "keep"}, "A11", "“Sing” is not among the targets of L1"),
        ({"E11": "keep", "D11": "soon"}, "D11", "By when should be a date, not “soon”"),
    ],
)
def test_a_spoilt_pack_is_refused_whole_with_its_cell(
    tracker: Path, packs: Path, tmp_path: Path, spoil: dict[str, Any], cell: str, why: str
) -> None:
    good, bad, _ = (Path(shutil.copy(path, tmp_path / path.name)) for path in sorted(packs.iterdir())[:3])
    fill(bad, ("Effort", "First", DUE, "Ask me"), ("Effort", "Second", DUE, None))
    book = openpyxl.load_workbook(bad)
    for address, value in spoil.items():
        book[NEW][address] = value
    book.save(bad)
    told = run("agreed", tracker, good, bad, "--dry-run")
    assert told.code == 1 and f"{bad.name}, {NEW}!{cell}: " in told.out and why in told.out
    assert "1 new target," in told.out and "First" not in told.out


def test_rows_put_in_or_without_a_number_lose_no_target(tracker: Path, packs: Path, tmp_path: Path) -> None:
    pack = Path(shutil.copy(min(packs.iterdir()), tmp_path / "p.xlsx"))
    fill(pack, ("Effort", "First of all", DUE, None), ("Effort", "Second one", DUE, None))
    book = openpyxl.load_workbook(pack)
    page = book[NEW]
    page.merged_cells.ranges.clear()
    page.insert_rows(HEAD + 2)
    page.insert_rows(HEAD + 1)
    page.cell(HEAD + 2, 1).value = None
    book.save(pack)
    told = run("agreed", tracker, pack, "--dry-run").out
    assert "2 new targets" in told and "First of all (by 14/05/2027)" in told and "Second one" in told


def test_packs_that_disagree_are_told_with_both_files(tracker: Path, packs: Path, tmp_path: Path) -> None:
    one, two = (Path(shutil.copy(min(packs.iterdir()), tmp_path / name)) for name in ("one.xlsx", "two.xlsx"))
    for path, area in ((one, "Effort"), (two, "Attendance")):
        fill(path, (area, "First of all", DUE, None))
    told = run("agreed", tracker, one, two, "--dry-run").out
    assert f"two.xlsx, {NEW}!B7: Area “Attendance” does not agree with “Effort” in one.xlsx, {NEW}!B7." in told


def test_change_needs_what_it_is_changed_to(tracker: Path, packs: Path, tmp_path: Path) -> None:
    fill(pack := Path(shutil.copy(min(packs.iterdir()), tmp_path / "p.xlsx")), (None, None, None, None))
    book = openpyxl.load_workbook(pack)
    book[NEW]["E11"] = "change"
    book.save(pack)
    told = run("agreed", tracker, pack, "--dry-run")
    assert told.code == 1 and f"{NEW}!E11: “change” needs a new target in its place" in told.out
    book[NEW]["E11"] = "Not met"  # a word of the column Status itself
    book.save(pack)
    said = sum(book[NEW].cell(row, 5).value in ("Not met", "keep") for row in range(11, book[NEW].max_row))
    told = run("agreed", tracker, pack, "--dry-run")
    assert told.code == 0 and f"0 new targets, {said} changed" in told.out and "Not met" in told.out


def test_an_entry_sheet_and_changes_of_mind(tracker: Path, tmp_path: Path) -> None:
    assert run("report", tracker, "--out", tmp_path, "--template", "target_entry", "--form", "10A").code == 0
    (sheet,) = tmp_path.glob("*.xlsx")
    book = openpyxl.load_workbook(sheet)
    rows = book.active
    assert [cell.value for cell in rows[3]][:2] == ["Learner ID", "Learner"]
    rows["D4"], rows["E4"], rows["F4"], rows["H4"] = "Effort", "Try", "I'll try", DUE
    second = next(row for row in range(5, rows.max_row) if rows.cell(row, 1).value != rows["A4"].value)
    rows.cell(second, 5).value = "Be on time"  # the next learner: no area, no date
    book.save(sheet)
    out = tmp_path / "new.xlsx"
    assert run("agreed", tracker, sheet, "--out", out).code == 0
    first, second = targets(out)[-2:]
    assert (first["target"], first["learners_words"], first["due"], first["area"]) == ("Try", "I'll try", DUE, "Effort")
    assert (second["target"], second["due"], second["status"]) == ("Be on time", None, "Open")
    rows["H4"] = date(2027, 6, 1)
    book.save(sheet)
    told = run("agreed", out, sheet, "--replace")
    assert "0 new targets, 1 changed, 1 in the tracker" in told.out
    assert [row["due"] for row in targets(out)[-2:]] == [date(2027, 6, 1), None]


@pytest.fixture(scope="module")
def entry_sheet(tracker: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("entry")
    assert run("report", tracker, "--out", folder, "--template", "target_entry", "--form", "10A").code == 0
    return next(folder.glob("*.xlsx"))


def of_before(page: Any) -> list[int]:
    return [row for row in range(4, page.max_row + 1) if page.cell(row, 4).value == "from before"]


def test_an_entry_sheet_says_what_becomes_of_targets_from_before(
    tracker: Path, entry_sheet: Path, tmp_path: Path
) -> None:
    """Each open target of the form has a line; keep, done and change in turn, with a date or without, come back."""
    old, form = targets(tracker), {who for who, form in _forms(tracker) if form == "10A"}
    still = sorted((row["learner_id"], row["target"]) for row in old if row["status"] == "Open" and
                   row["learner_id"] in form)  # fmt: skip
    sheet = Path(shutil.copy(entry_sheet, tmp_path / "entry.xlsx"))
    book = openpyxl.load_workbook(sheet)
    page = book.active
    rows = of_before(page)
    assert sorted((page.cell(row, 1).value, page.cell(row, 5).value) for row in rows) == still and len(still) > 5
    day, expected = page["C4"].value.date(), [dict(row) for row in old]
    for number, row in enumerate(rows[:-1]):  # the last is left as printed
        who, said = page.cell(row, 1).value, ("keep", "Done ", "change")[number % 3]
        page.cell(row, 9).value = said
        one = next(one for one in expected if (one["learner_id"], one["target"], one["status"]) == (
            who, page.cell(row, 5).value, "Open"))  # fmt: skip
        one |= {"status": {"k": "Open", "D": "Met", "c": "Dropped"}[said[0]], "reviewed": day}
        if said == "keep" and number % 2:
            page.cell(row, 8).value = one["due"] = date(2027, 6, 1)
        first = next(first for first in range(4, row) if page.cell(first, 1).value == who)
        page.cell(first, 5).value = "Ask one question"
    book.save(sheet)
    out = tmp_path / "new.xlsx"
    assert run("agreed", tracker, sheet, "--out", out).code == 0
    after = targets(out)
    assert after[: len(old)] == expected
    assert {(row["target"], row["status"], row["set_on"]) for row in after[len(old) :]} == {
        ("Ask one question", "Open", day)
    }
    for brought in (sheet, entry_sheet):  # a blank one says nothing, though some dates are others now
        again = run("agreed", out, brought, "--replace")
        assert "0 new targets" in again.out and "nothing in the packs is new" in again.out and targets(out) == after


def _forms(path: Path) -> list[tuple[Any, Any]]:
    table = read(path)["Learners"]
    return list(zip(table["learner_id"], table["form"], strict=True))


@pytest.mark.parametrize(
    ("spoil", "column", "why"),
    [
        ({9: "maybe"}, "I", "“maybe” is none of keep, change and done"),
        ({9: "change"}, "I", "“change” needs a new target in its place"),
        ({5: "Sing", 9: "keep"}, "E", "“Sing” is not among the targets of"),
        ({8: "soon", 9: "keep"}, "H", "Due should be a date, not “soon”"),
        ({5: "Sing"}, "E", "“Sing” is no target that was set before"),
        ({8: date(2027, 6, 1)}, "I", "Due was changed to 01/06/2027, and none of keep, change and done was chosen"),
        ({4: None, 9: "done", 5: "Dance"}, "E", "“Dance” is not among the targets of"),
    ],
)
def test_a_spoilt_line_of_an_entry_sheet_is_refused_with_its_cell(
    tracker: Path, entry_sheet: Path, tmp_path: Path, spoil: dict[int, Any], column: str, why: str
) -> None:
    sheet = Path(shutil.copy(entry_sheet, tmp_path / "entry.xlsx"))
    book = openpyxl.load_workbook(sheet)
    page = book.active
    row = of_before(page)[0]
    for place, value in spoil.items():
        page.cell(row, place).value = value
    other = next(one for one in range(4, page.max_row) if page.cell(one, 1).value != page.cell(row, 1).value)
    page.cell(other, 5).value = "Ask one question"  # another learner's, taken all the same
    book.save(sheet)
    told = run("agreed", tracker, sheet, "--dry-run")
    assert told.code == 1 and f"Targets agreed!{column}{row}: " in told.out and why in told.out
    assert "1 new target," in told.out


def test_what_is_no_pack_is_said(tracker: Path, tmp_path: Path) -> None:
    assert "is not there" in refused(run("agreed", tracker, tmp_path / "none.xlsx", "--dry-run"))
    assert "holds no workbook" in refused(run("agreed", tracker, tmp_path, "--dry-run"))


def test_what_lies_beside_the_packs_is_passed_over(tracker: Path, packs: Path, tmp_path: Path) -> None:
    """Sending list and timetable name learners by ID, and have no targets."""
    for template in ("progress_day_pack", "slot_timetable"):
        run("report", tracker, "--out", tmp_path, "--template", template, "--form", "10A", "--sending-list")
    ran = run("agreed", tracker, tmp_path, "--dry-run")
    assert ran.code == 0 and "Refused" not in ran.out
    assert ran.out.count("No packs, passed over: ") == 1 and ran.out.count("Sending list - ") == 2
