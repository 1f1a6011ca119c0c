"""Rows of a file turned into rows of a sheet: register marks, columns cut and joined, a row for each heading."""

from __future__ import annotations

from datetime import date

import pytest

from tests.imports.cases import counted, planned, source, tracker
from workbook.imports import State
from workbook.model import CannotDo


def test_marks_by_row_by_day_and_at_a_weekend() -> None:
    by_session = """
        [[rows]]
        columns = { "Learner ID" = "Id" }
        marks = { date = "Date", half = "Session", mark = "Mark", values = { P = "/" } }"""
    file = source(
        "Id,Date,Session,Mark",
        "0012,07/09/2026,AM,/", "0012,07/09/2026,PM,\\", "0012,08/09/2026,am,-", "0012,14/09/2026,AM,P",
        "S002,12/09/2026,AM,/", "S002,13/09/2026,AM,", "S002,14/09/2026,Noon,/", "S002,?,AM,/",
    )  # fmt: skip
    one = planned(tracker(), file, "Registers", by_session)
    table = one.after["Registers"]
    assert table["week"] == [date(2026, 9, 7), date(2026, 9, 14)]
    assert (table["mon_am"], table["mon_pm"], table["tue_am"]) == (["/", "/"], ["\\", None], [None, None])
    assert [row.reason for row in one.of(State.REFUSED)] == [
        "12/09/2026 is a Saturday, and a register has no place for its mark",
        "Session should say am or pm, not “Noon”; see am_words in the map",
        "Date should be a date, not “?”",
    ]
    by_day = """
        [[rows]]
        columns = { "Learner ID" = "Id" }
        marks = { date = "Date", am = "AM", pm = "PM" }"""
    days = source("Id,Date,AM,PM", "0012,07/09/2026,/,\\", "0012,08/09/2026,L,")
    assert planned(one.after, days, "Registers", by_day).after["Registers"]["tue_am"] == ["L", None]


def test_columns_cut_joined_counted_and_chosen() -> None:
    toml = """
        [[rows]]
        into = "Learners"
        only = { Status = ["On roll", "guest"] }
        [rows.columns]
        "Learner ID" = { number_from = "X08" }
        "First name" = { column = "Name", split = " ", part = 1 }
        Surname = { column = "Name", split = " ", part = -1 }
        Year = { column = "Reg", split = "/", part = 1 }
        Form = { columns = ["Reg", "Set"], join = "", values = { "10/1C" = "10C" } }
        Notes = { column = "House", words = "House {}" }"""
    told = ["Ana Maria Sample,10/1,C,Red,on roll", "B C,10/1,C,,Left", "D E,10/1,C,,Guest"]
    file = source("Name,Reg,Set,House,Status", *told)
    learners = planned(tracker(Learners=[], Progress=[]), file, "Learners", toml).after["Learners"]
    assert learners["learner_id"] == ["X08", "X10"]
    assert (learners["first_name"], learners["surname"]) == (["Ana", "D"], ["Sample", "E"])
    assert (learners["year"], learners["form"], learners["notes"]) == ([10, 10], ["10C", "10C"], ["House Red", None])


def test_a_row_for_each_heading_that_fits() -> None:
    toml = """
        [[rows]]
        each.subject = "{subject} APL"
        [rows.columns]
        "Learner ID" = "Id"
        Subject = { is = "{subject}" }
        "APL 1" = "{subject} APL"
        Target = "{subject} Target" """
    file = source("Id,Art APL,Art Target,Combined Science APL", "0012,APL3,APL5,4-3", "S002,,,")
    one = planned(tracker(), file, toml=toml)
    assert counted(one) == (1, 1, 0, 0)
    assert one.after["Progress"]["target"] == ["APL5", None]
    with pytest.raises(CannotDo, match=r"no column whose heading reads like \{subject\} APL"):
        planned(tracker(), source("Id,Art", "0012,APL3"), toml=toml)
    with pytest.raises(CannotDo, match="no column Art Target"):
        planned(tracker(), source("Id,Art APL", "0012,APL3"), toml=toml)
