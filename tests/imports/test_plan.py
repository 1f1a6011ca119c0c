"""What an import would change: properties, and cases worked out by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.imports.cases import PROGRESS, counted, planned, source, tracker
from workbook.imports import State, sheet_named
from workbook.measures.anew import results_after
from workbook.model import CannotDo, CellError, Value


def test_added_changed_unchanged_refused() -> None:
    one = planned(
        tracker(),
        source(
            "learner id,SUBJECT,APL 1,Effort 1,Shoe size",
            "0012,art,apl4,,40",
            "S002,Art,APL5,4,41",
            "S002,Music,APL5,4,42",
            "12,Art,APL5,4,43",
            ",Art,APL5,4,44",
        ),
    )
    assert counted(one) == (1, 1, 0, 3)
    (changed,) = one.of(State.CHANGED)
    assert (changed.row, changed.source_row, changed.what) == (5, 2, "0012, Art")
    assert [str(cell) for cell in changed.cells] == ["APL 1: “APL3” → “APL4”"]
    assert [row.reason for row in one.of(State.REFUSED)] == [
        "Subject “Music” is not on the sheet Subjects (there are Art, Combined Science)",
        "Learner ID “12” is not on the sheet Learners",
        "Learner ID is blank",
    ]
    assert one.ignored == ["Shoe size"]
    assert one.before["Progress"]["apl_1"] == ["APL3"] and one.after["Progress"]["apl_1"] == ["APL4", "APL5"]
    assert {record["state"] for record in one.records()} == {"added", "changed", "refused"}


def test_the_changes_for_the_file() -> None:
    one = planned(tracker(), source("Learner ID,Subject,APL 1", "0012,Art,APL4", "S002,Art,APL5"))
    (change,) = one.changes().values()
    assert change.changed == {5: {"apl_1": "APL4"}}
    assert change.added == [{"learner_id": "S002", "subject": "Art", "apl_1": "APL5"}]
    with_figures = one.changes(results_after)["Progress"]
    assert with_figures.changed[5]["points"] == 4 and with_figures.added[0]["points"] == 5


def test_results_on_other_sheets_that_become_others_are_told_too() -> None:
    one = planned(tracker(), source("Learner ID,First name", "0012,Zoé"), "Learners")
    changes = one.changes(results_after)
    assert changes["Learners"].changed == {5: {"first_name": "Zoé", "name": "Zoé O'Neil"}}
    assert changes["Progress"].changed == {5: {"learner": "Zoé O'Neil"}}


def test_a_blank_wipes_only_where_the_map_says_so() -> None:
    file = source("Learner ID,Subject,APL 1,Comment", "0012,Art,,")
    assert planned(tracker(), file).empty
    columns = """
        [[rows]]
        %s
        columns = { "Learner ID" = "Learner ID", Subject = "Subject", "APL 1" = "APL 1", Comment = %s }"""
    one = planned(tracker(), file, toml=columns % ("", '{ column = "Comment", blank = "wipe" }'))
    assert [str(cell) for row in one.of(State.CHANGED) for cell in row.cells] == ["Comment: “Typed by hand.” → blank"]
    both = planned(tracker(), file, toml=columns % ('blanks = "wipe"', '"Comment"'))
    assert both.after["Progress"]["apl_1"] == both.after["Progress"]["comment"] == [None]
    assert both.changes()["Progress"].changed == {5: {"apl_1": None, "comment": None}}


def test_rows_of_the_file_that_do_not_agree() -> None:
    file = source("Learner ID,Subject,APL 1,APL 2", "S002,Art,APL3,", "S002,Art,,APL4", "S002,Art,APL5,APL4")
    one = planned(tracker(), file)
    assert counted(one) == (1, 0, 0, 1)
    assert one.of(State.REFUSED)[0].reason == "APL 1 “APL5” does not agree with “APL3” in row 2 of the file"
    assert one.after["Progress"]["apl_2"] == [None, "APL4"]


def test_a_row_that_the_tracker_has_twice() -> None:
    one = planned(tracker(Progress=PROGRESS * 2), source("Learner ID,Subject,APL 1", "0012,Art,APL4"))
    assert one.of(State.REFUSED)[0].reason == "Progress has this row twice (rows 5 and 6); keep one of them first"


def test_rows_without_a_name_of_their_own_are_counted() -> None:
    rows = ["0012,07/09/2026,Phone", "0012,07/09/2026,Phone", "S002,7 Sep 2026,phone"]
    file = source("Learner ID,Date,Type", *rows)
    first = planned(tracker(), file, "Behaviour")
    assert counted(first, "Behaviour") == (3, 0, 0, 0)
    assert counted(planned(first.after, file, "Behaviour"), "Behaviour") == (0, 0, 3, 0)
    assert counted(planned(first.after, source("Learner ID,Date,Type", *rows, rows[0]), "Behaviour"), "Behaviour") == (
        1, 0, 3, 0,
    )  # fmt: skip


def test_same_says_by_what_a_row_is_known_again() -> None:
    toml = """
        [[rows]]
        same = ["Learner ID", "Date"]
        columns = { "Learner ID" = "Id", Date = "Day", Type = "What", Done = "Done" }"""
    file = source("Id,Day,What,Done", "0012,2026-09-07,Phone,N")
    first = planned(tracker(), file, "Behaviour", toml)
    again = planned(first.after, source("Id,Day,What,Done", "0012,2026-09-07,Phone,Y"), "Behaviour", toml)
    assert [str(cell) for row in again.of(State.CHANGED) for cell in row.cells] == ["Done: “No” → “Yes”"]


@pytest.mark.parametrize(
    ("into", "column", "value", "taken"),
    [
        ("Learners", "Date of birth", "04/03/2011", date(2011, 3, 4)),
        ("Learners", "Date of birth", "2011-03-04 00:00:00", date(2011, 3, 4)),
        ("Learners", "Date of birth", "4-Mar-11", date(2011, 3, 4)),
        ("Learners", "Date of birth", datetime(2011, 3, 4), date(2011, 3, 4)),
        ("Learners", "Date of birth", "03/14/2011", "should be a date, not “03/14/2011”"),
        ("Learners", "Date of birth", 40606, date(2011, 3, 4)),
        ("Learners", "Date of birth", 406, "should be a date, not 406"),
        ("Learners", "Date of birth", "04/03/0011", "04/03/0011 is too far away to be right"),
        ("Learners", "Date of birth", "04/03/2086", "04/03/2086 is too far away to be right"),
        ("Learners", "Date of birth", "04/03/1012", "1012 is too far away to be right (did you mean 04/03/2012?)"),
        ("Learners", "Date of birth", "04/03/2102", "2102 is too far away to be right (did you mean 04/03/2012?)"),
        ("Learners", "Date of birth", "04/03/2026", "04/03/2026 is too far away to be right"),
        ("Learners", "Date of birth", datetime(1899, 12, 30), "30/12/1899 is too far away to be right"),
        ("Learners", "Started", "07/09/2062", "2062 is too far away to be right (did you mean 07/09/2026?)"),
        ("Learners", "Left", "07/10/0027", "0027 is too far away to be right"),
        ("Registers", "Mon am", "-", None),
        ("Learners", "Year", "11", 11),
        ("Learners", "Year", "11.0", 11),
        ("Learners", "Year", "10.5", "should be a whole number"),
        ("Learners", "Year", "eleven", "should be a number, not “eleven”"),
        ("Learners", "Year", "3", "should be from 7 to 14, not “3”"),
        ("Learners", "ULN", 9276308686.0, "9276308686"),
        ("Learners", "ULN", "9.28E+09", "has lost its last digits"),
        ("Learners", "Form", "10c", "10C"),
        ("Learners", "Form", "10X", "is not in the list Forms"),
        ("Learners", "Surname", date(2026, 9, 8), "Excel may have changed what was typed"),
        ("Learners", "Notes", date(2026, 9, 8), "08/09/2026"),
        ("Learners", "Notes", "x" * 32_768, "32,768 characters, and a cell holds 32,767"),
        ("Learners", "Notes", "=1+1", "=1+1"),
        ("Learners", "Notes", CellError("#REF!"), "Notes shows the error #REF! in the file"),
        ("Interventions", "Aim value", "1,250.5", 1250.5),
        ("Interventions", "Aim value", "95%", 95),
        ("Parents", "Parental responsibility", True, "Yes"),
        ("Parents", "Parental responsibility", "n", "No"),
        ("Parents", "Phone", "07700 900123", "07700 900123"),
        ("Progress", "APL 2", "9-8", "APL 2 “9-8” is no level of “Art”"),
        ("Progress", "APL 2", "n/a", "N/A"),
        ("Progress", "Effort 2", 3.0, "3"),
        ("Progress", "Effort 2", "5", "there are 4, 3, 2, 1"),
        ("Registers", "Mon am", "l", "L"),
        ("Registers", "Mon am", "H", "H"),
        ("Registers", "Mon am", "J9", "is not on the sheet Codes"),
    ],
)
def test_a_value_is_taken_as_its_column_wants_it(into: str, column: str, value: Any, taken: Any) -> None:
    own: dict[str, dict[str, Value]] = {
        "Learners": {},
        "Interventions": {"Type": "Academic", "Start": "07/09/2026"},
        "Parents": {"Name": "Ms Sample", "Send reports": "Yes"},
        "Progress": {"Subject": "Art"},
        "Registers": {"Week": "07/09/2026"},
    }
    if into == "Parents" and column != "Parental responsibility":
        own["Parents"]["Parental responsibility"] = "Yes"
    row = {"Learner ID": "S002", **own[into], column: value}
    one = planned(tracker(), source(",".join(row), list(row.values())), into)
    refusals = [row.reason for row in one.of(State.REFUSED)]
    if refusals:
        assert isinstance(taken, str) and taken in refusals[0]
    else:
        key = sheet_named(into).columns[[c.header for c in sheet_named(into).columns].index(column)].key
        found = one.after[into][key][-1]
        assert (found, type(found)) == (taken, type(taken))


def test_what_the_map_brings_may_be_named_by_its_rows() -> None:
    toml = """
        settings = { low_level_points = 2, "Subjects below" = "" }
        lists.Forms = ["12Z", "10C"]
        [[scale]]
        name = "Pass or not"
        levels = ["Fail", "Pass"]
        [[fixed]]
        into = "Subjects"
        rows = [{ Subject = "Swimming", Scale = "pass or not" }]
        [[rows]]
        into = "Progress"
        columns = { "Learner ID" = "Id", Subject = { is = "Swimming" }, "APL 1" = "Result" }"""
    file = source("Id,Result", "0012,pass", "S002,FAIL")
    one = planned(tracker(), file, toml=toml)
    assert one.after["Progress"]["apl_1"] == ["APL3", "Pass", "Fail"]
    assert one.after["Subjects"]["scale"][-1] == "Pass or not"
    assert "12Z" in one.after["Lists"]["forms"] and one.after["Lists"]["forms"].count("10C") == 1
    assert (one.after.settings["low_level_points"], one.after.settings["subjects_below"]) == (2, None)
    assert planned(one.after, file, toml=toml).empty
    with pytest.raises(CannotDo, match=r"a row of Subjects that cannot be: Scale “None of them” is not on the sheet"):
        planned(tracker(), file, toml=toml.replace("pass or not", "None of them"))


def test_a_column_that_the_tracker_has_lost_is_refused() -> None:
    lost = tracker()
    del lost["Progress"].letters["apl_1"]
    with pytest.raises(CannotDo, match="has no column APL 1 on Progress"):
        planned(lost, source("Learner ID,Subject,APL 1", "0012,Art,APL4"))
