"""What is past its time, to the day, by Settings alone; and that it goes, also from a set."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.commands.run import refused, run
from tests.keeping import by_hand
from tests.trackers import write_tracker
from workbook.measures.past import later, past_its_time
from workbook.measures.week import week
from workbook.model import Tracker
from workbook.reading.read import read


def timed(**months: int | None) -> Tracker:
    """The tracker by hand with times for these kinds."""
    made = by_hand.tracker()
    settings = made["Settings"]
    for place, name in enumerate(settings["name"]):
        if str(name) in months:
            settings.columns["value"][place] = months[str(name)]
    return made


def test_a_month_later_is_the_same_day_or_the_last() -> None:
    assert later(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert later(date(2026, 9, 7), 72) == date(2032, 9, 7)
    assert later(date(2027, 12, 15), 1) == date(2028, 1, 15)


def test_registers_have_six_years_and_nothing_else_has_a_time() -> None:
    last, after = date(2032, 9, 7), date(2032, 9, 8)
    assert past_its_time(by_hand.tracker(), last) == []
    found = past_its_time(by_hand.tracker(), after)
    assert {one.table for one in found} == {"Registers"} and len(found) == 6, "the week of 7 September, six learners"
    assert past_its_time(timed(keep_registers=None), date(2099, 1, 1)) == [], "a blank keeps"


def test_what_still_waits_is_never_past_its_time() -> None:
    on = date(2040, 1, 1)
    found = past_its_time(timed(keep_registers=None, keep_plans=12, keep_contacts=12), on)
    assert [(one.table, one.learner_id) for one in found] == [
        ("Contacts", by_hand.ID),  # A102's has an open follow-up
        ("Targets", "A105"),  # the others are open
        ("Interventions", "A105"),  # the groups' are without outcome and end
    ]


def test_my_week_says_once_for_each_sheet_what_is_past_its_time() -> None:
    """Dorian left on 1 December and is kept for six months; the registers of five others for one month."""
    made, on = timed(keep_leavers=6, keep_registers=1, keep_diary=2), date(2027, 6, 2)
    told = [one for one in week(made, on) if "Past the time" in one.what]
    assert [(one.sheet, one.what, one.due) for one in told] == [
        ("Diary", "Past the time they are kept: 1 row of Diary", date(2027, 6, 8)),
        ("Learners", "Past the time they are kept: 1 learner who left", date(2027, 6, 8)),
        ("Registers", "Past the time they are kept: 10 rows of Registers", date(2027, 6, 8)),
    ]
    assert told[1].cell == made["Learners"].cell("left", 3)
    assert told[1].reason.startswith("Since 1 June 2027.") and told[2].reason.startswith("Since 7 October 2026.")
    assert not [one for one in week(made, date(2026, 10, 1)) if "Past the time" in one.what]


def test_a_leaver_goes_whole_and_once(tmp_path: Path) -> None:
    made = timed(keep_leavers=6, keep_registers=1)
    found = past_its_time(made, date(2027, 6, 2))
    whole = [one for one in found if one.whole_learner]
    assert [one.learner_id for one in whole] == ["A104"] and len(found) == 1 + 10, "and the registers of five others"
    book, out = write_tracker(tmp_path / "t.xlsx", made), tmp_path / "new.xlsx"
    shown = run("past", book, "--on", "2027-06-02", "--json")
    assert shown.code == 1 and len(shown.rows) == 11
    assert run("past", book, "--on", "2026-10-01").code == 0
    assert (
        "nothing is past"
        in run("erase", write_tracker(tmp_path / "u.xlsx", by_hand.tracker()), "--past", "--out", out).out
    )
    assert not out.exists()


def test_past_and_a_learner_go_together(tmp_path: Path) -> None:
    book, out = write_tracker(tmp_path / "t.xlsx", timed(keep_registers=1, keep_behaviour=None)), tmp_path / "new.xlsx"
    old = past_its_time(read(book), date.today())
    ran = run("erase", book, "--past", "--learner", "A102", "--out", out)
    assert ran.code == 0, ran
    left = read(out)
    assert "A102" not in left["Learners"]["learner_id"] and by_hand.ID in left["Learners"]["learner_id"]
    before = read(book)["Registers"]
    theirs = {row for row, who in zip(before.rows, before["learner_id"], strict=True) if who == "A102"}
    assert len(left["Registers"]) == len(before) - len(theirs | {one.row for one in old})


def test_a_set_forgets_by_command_and_says_when_it_holds_nobody(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "college").mkdir()
    write_tracker(tmp_path / "college" / "t.xlsx", by_hand.tracker())
    assert run("gather", tmp_path / "college", "--out", tmp_path / "set").code in (0, 1)
    before = {path: path.read_bytes() for path in (tmp_path / "set").rglob("*.parquet")}
    assert any(by_hand.ID.encode() in data for data in before.values())
    told = run("erase", tmp_path / "set", "--learner", by_hand.ID)
    assert told.code == 0 and "learners: 1 row erased" in told.out and "erase them there too" in told.out
    assert not any(by_hand.ID.encode() in path.read_bytes() for path in (tmp_path / "set").rglob("*")
                   if path.is_file())  # fmt: skip
    assert "holds no row" in refused(run("erase", tmp_path / "set", "--learner", by_hand.ID))
