"""Each trap of a spreadsheet, worked out by hand: one fault planted, one problem found, at its cell."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.checks.ground import brief, clean, found_with, tracker_of
from workbook.checks import check
from workbook.checks.kinds import KINDS, VALUE_KINDS
from workbook.model import CellError, defaults, sheet

ADDED_LATER = {"register-missing", "row-torn", "learner-unknown"}

TRAPS: list[tuple[str, int, str, Any, str, str | None]] = [
    # table, row, column, value, code, suggestion
    ("Learners", 0, "form", 100, "became-scientific", "10E1"),
    ("Learners", 0, "form", date(2026, 1, 10), "became-date", "10/1"),
    ("Learners", 0, "form", "10a", "capitals", "10A"),
    ("Learners", 0, "form", "1OA", "look-alike", "10A"),
    ("Learners", 0, "form", "10A ", "spaces", "10A"),
    ("Learners", 0, "form", "10Q7", "choice-unknown", None),
    ("Learners", 0, "surname", " Khan", "spaces", "Khan"),
    ("Learners", 0, "surname", "Khan\u00a0", "spaces", "Khan"),
    ("Learners", 0, "surname", 12, "text-wrong-type", None),
    ("Learners", 0, "surname", "=HYPERLINK(1)", "formula-as-text", None),
    ("Learners", 0, "surname", None, "required-missing", None),
    ("Learners", 0, "year", "10", "number-as-text", "10"),
    ("Learners", 0, "year", "1O", "text-in-number", "10"),
    ("Learners", 0, "year", "ten", "text-in-number", None),
    ("Learners", 0, "year", 10.5, "number-not-whole", None),
    ("Learners", 1, "year", 31, "number-out-of-range", None),
    ("Learners", 0, "date_of_birth", date(2002, 3, 14), "birth-date-odd", None),
    ("Learners", 0, "date_of_birth", "14/03/2012", "date-as-text", "14/03/2012"),
    ("Learners", 0, "date_of_birth", "14th March 2012", "date-as-text", "14/03/2012"),
    ("Learners", 0, "date_of_birth", "31/02/2012", "date-unreadable", None),
    ("Learners", 0, "date_of_birth", 40982, "date-as-number", "14/03/2012"),
    ("Learners", 0, "left", date(2026, 8, 30), "dates-out-of-order", None),
    ("Learners", 0, "upn", "A801200005001", "upn-invalid", None),
    ("Learners", 0, "upn", "Q207000016049", "upn-invalid", None),
    ("Learners", 0, "upn", "H80120000A00A", "upn-invalid", None),
    ("Learners", 0, "upn", "P20700001604", "upn-invalid", None),
    ("Learners", 0, "upn", "P2O7OOO16O49", "upn-invalid", None),
    ("Learners", 0, "upn", "P2O7000016049", "look-alike", "P207000016049"),
    ("Learners", 0, "upn", "p207000016049", "capitals", "P207000016049"),
    ("Learners", 0, "upn", "P207000016049 ", "spaces", "P207000016049"),
    ("Learners", 0, "uln", "9276308687", "uln-invalid", None),
    ("Learners", 0, "uln", "927630868", "uln-invalid", None),
    ("Learners", 0, "uln", "0276308686", "uln-invalid", None),
    ("Learners", 0, "uln", 9276308686, "number-stored", "9276308686"),
    ("Learners", 0, "uln", "1.23E+09", "uln-scientific", None),
    ("Learners", 0, "uln", 1230000000, "uln-scientific", None),
    ("Learners", 0, "uln", "92763O8686", "look-alike", "9276308686"),
    ("Learners", 0, "email", "amira.khan@college", "email-invalid", None),
    ("Learners", 0, "email", "amira.khan @college.example", "spaces", "amira.khan@college.example"),
    ("Learners", 0, "vocational_day", "tuesday", "capitals", "Tuesday"),
    ("Learners", 0, "vocational_day", "Tusday", "choice-unknown", "Tuesday"),
    ("Parents", 0, "phone", 1134960123, "phone-lost-zero", "01134960123"),
    ("Parents", 0, "phone", "7700900123", "phone-lost-zero", "07700900123"),
    ("Parents", 0, "phone", "ask gran", "phone-invalid", None),
    ("Parents", 0, "parental_responsibility", "y", "choice-unknown", "Yes"),
    ("Parents", 0, "parental_responsibility", True, "choice-unknown", "Yes"),
    ("Parents", 0, "learner_id", "LI001", "look-alike", "L1001"),
    ("Parents", 0, "learner_id", "l1001", "capitals", "L1001"),
    ("Parents", 0, "learner_id", "L1001 ", "spaces", "L1001"),
    ("Parents", 0, "learner_id", "X9", "learner-unknown", None),
    ("Parents", 0, "learner_id", 1001, "number-stored", None),
    ("Subjects", 0, "scale", "GCSE 9 -1", "reference-unknown", "GCSE 9-1"),
    ("Progress", 0, "subject", "english", "capitals", "English"),
    ("Progress", 0, "subject", "Latin", "reference-unknown", None),
    ("Progress", 0, "apl_1", 0, "level-zero", None),
    ("Progress", 0, "apl_1", "0", "level-zero", None),
    ("Progress", 0, "apl_1", "4-", "level-unknown", "4"),
    ("Progress", 0, "apl_1", "A*", "level-unknown", None),
    ("Progress", 0, "apl_1", "S", "look-alike", "5"),
    ("Progress", 1, "apl_1", -4, "level-unknown", "4-"),
    ("Progress", 2, "apl_1", date(2026, 8, 9), "became-date", "9-8"),
    ("Progress", 2, "apl_1", date(2026, 2, 3), "became-date", "3-2"),
    ("Progress", 4, "apl_1", "apl4", "capitals", "APL4"),
    ("Progress", 4, "apl_1", "4", "level-unknown", "APL4"),
    ("Progress", 4, "apl_1", "APL 4", "level-unknown", "APL4"),
    ("Progress", 0, "effort_1", 7, "effort-unknown", None),
    ("Progress", 0, "effort_1", "3 ", "spaces", "3"),
    ("Registers", 0, "mon_am", "l", "capitals", "L"),
    ("Registers", 0, "mon_am", "\\", "mark-swapped", "/"),
    ("Registers", 0, "mon_pm", "/", "mark-swapped", "\\"),
    ("Registers", 0, "mon_am", "J", "mark-retired", "J1"),
    ("Registers", 0, "mon_am", "H", "mark-retired", None),
    ("Registers", 0, "mon_am", "Y", "mark-retired", None),
    ("Registers", 0, "mon_am", "J2", "mark-unknown", None),
    ("Registers", 0, "mon_am", "0", "look-alike", "O"),
    ("Registers", 0, "mon_am", 0, "look-alike", "O"),
    ("Registers", 0, "mon_am", "L ", "spaces", "L"),
    ("Registers", 0, "mon_am", None, "mark-missing", None),
    ("Registers", 0, "mon_am", "-", "mark-missing", None),
    ("Registers", 0, "mon_am", True, "mark-unknown", None),
    ("Behaviour", 0, "date", date(2025, 3, 18), "date-outside-year", "18/03/2027"),
    ("Behaviour", 0, "date", None, "required-missing", None),
    ("Contacts", 0, "follow_up_due", date(2026, 9, 1), "dates-out-of-order", None),
    ("Interventions", 1, "sessions_planned", -1, "number-out-of-range", None),
    ("Interventions", 1, "group", "Brekfast", "reference-unknown", "Breakfast"),
    ("Interventions", 0, "learner_id", None, "required-missing", None),
    ("PDevidence", 0, "topic", "Interview", "reference-unknown", "Interviews"),
    ("PDevidence", 0, "link", "files.example/1", "link-invalid", "https://files.example/1"),
    ("PDtopics", 0, "week", date(2026, 9, 8), "week-not-monday", "07/09/2026"),
    ("Workexperience", 0, "end", date(2027, 1, 2), "dates-out-of-order", "01/02/2027"),
    ("Settings", 9, "value", "ninety", "setting-invalid", None),
    ("Settings", 9, "value", 900, "setting-invalid", None),
    ("Settings", 4, "value", "2026", "setting-invalid", None),
    ("Codes", 0, "class", "Presnt", "choice-unknown", "Present"),
    ("Scales", 0, "points", "3,5", "number-as-text", "3,5"),
    ("Drops", 0, "drop", 9, "number-out-of-range", None),
]  # fmt: skip


def base(table: str) -> list[dict[str, Any]]:
    records = clean()
    return records[table] if table in records else list(defaults.new()[table].records())


def test_the_clean_tracker_has_no_problem() -> None:
    assert check(tracker_of(clean())) == []
    assert check(defaults.new()) == []
    assert check(defaults.new("2031-32")) == []


@pytest.mark.parametrize(("table", "row", "key", "value", "code", "suggestion"), TRAPS)
def test_one_fault_one_problem_at_its_cell(
    table: str, row: int, key: str, value: Any, code: str, suggestion: str | None
) -> None:
    rows = base(table)
    rows[row] = {**rows[row], key: value}
    tracker = tracker_of({**clean(), table: rows})
    problems = [one for one in check(tracker) if one.code not in ADDED_LATER or one.code == code]
    cell = tracker[table].cell(key, row)
    assert (sheet(table).name, cell, code, suggestion) in brief(problems)
    others = [one for one in problems if one.cell != cell]
    follow_on = {"dates-out-of-order", "level-unknown", "reference-unknown", "number-out-of-range", "required-missing"}
    assert all(one.code in follow_on for one in others), others
    problem = next(one for one in problems if one.cell == cell)
    assert problem.value == value and problem.message and problem.fix


def test_all_faults_are_found_in_one_pass() -> None:
    """Faults in different cells do not hide one another."""
    records = clean()
    records |= {name: base(name) for name in ("Settings", "Codes", "Scales", "Drops")}
    planted = {}
    for table, row, key, value, code, _ in TRAPS:
        if (table, row, key) not in planted and code != "required-missing" and table not in ("Scales", "Subjects"):
            if key in ("learner_id", "subject", "date_of_birth", "drop") or (table, key) == ("Learners", "year"):
                continue  # what a row is about decides how the rest of it is judged
            records[table][row] = {**records[table][row], key: value}
            planted[table, row, key] = code
    tracker = tracker_of(records)
    found = {(one.sheet, one.cell, one.code) for one in check(tracker)}
    missed = [
        place for place, code in planted.items()
        if (sheet(place[0]).name, tracker[place[0]].cell(place[2], place[1]), code) not in found
    ]  # fmt: skip
    assert len(planted) > 20 and not missed


def test_values_that_are_right_though_they_look_odd() -> None:
    for table, row, changed in (
        ("Learners", 0, {"upn": "M80120000500A"} | {"notes": "phoned - will call back"}),
        ("Learners", 3, {"uln": "9999999999"}),
        ("Parents", 0, {"phone": "+44 113 496 0123"}),
        ("Parents", 0, {"phone": "0113 496 0123 ext 12"}),
        ("Parents", 0, {"name": "D’Arcy-O’Neill (née Żółć)"}),
        ("Progress", 0, {"apl_1": "n/a"}),
        ("Progress", 0, {"apl_2": None, "comment": "-"}),
        ("Registers", 0, {"mon_am": "#", "mon_pm": "Y4", "tue_am": "C2", "fri_pm": "U"}),
        ("Behaviour", 0, {"where": 12}),
        ("Learners", 0, {"preferred_name": CellError("#N/A")}),
    ):
        problems = [one for one in found_with(table, row, **changed) if one.code != "value-twice"]
        assert brief(problems) == [], changed


def test_a_renamed_scale_is_the_tracker_s_own() -> None:
    """A college that calls APL4 "Secure" gets no problem for Secure, and one for APL4."""
    records = clean()
    rows = list(defaults.new()["Scales"].records())
    for row in rows:
        if row["level"] == "APL4":
            row["level"] = "Secure"
    for row in records["Progress"]:
        if row["apl_1"] == "APL4":
            row["apl_1"] = "Secure"
    records["Progress"][4]["apl_1"] = "APL4"
    problems = check(tracker_of({**records, "Scales": rows}))
    assert [(one.code, one.value) for one in problems] == [("level-unknown", "APL4")]


def test_dates_with_times_are_dates() -> None:
    assert found_with("Behaviour", 0, date=datetime(2026, 9, 21, 14, 30)) == []


def test_problems_come_by_sheet_row_and_column() -> None:
    records = clean()
    records["Registers"][3]["mon_am"] = "?"
    records["Registers"][1]["fri_pm"] = "?"
    records["Registers"][1]["mon_am"] = "?"
    records["Learners"][0]["year"] = "x"
    found = [(one.sheet, one.cell) for one in check(tracker_of(records))]
    assert found == [("Registers", "E6"), ("Registers", "N6"), ("Registers", "E8"), ("Learners", "H5")]


def test_every_kind_is_declared_once_and_filled_without_names() -> None:
    assert len(KINDS) == len({kind.code for kind in KINDS.values()})
    tried = {code for *_, code, _ in TRAPS}
    elsewhere = {
        "learner-unknown", "value-twice", "row-twice", "row-torn", "date-swapped", "date-after-leaving",
        "date-before-start", "register-missing", "upn-authority",
        "mark-without-session",
    }  # fmt: skip
    assert {kind.code for kind in VALUE_KINDS} == tried | elsewhere


def test_an_unknown_authority_is_only_a_question() -> None:
    from stdnum.gb import upn

    number = "000200005001"
    problems = found_with("Learners", 0, upn=upn.calc_check_digit(number) + number)
    assert [(one.code, "000" in one.message) for one in problems] == [("upn-authority", True)]


def test_no_message_names_a_learner() -> None:
    names = {name for row in clean()["Learners"] for name in (row["first_name"], row["surname"])}
    for table, row, key, value, _, _ in TRAPS:
        rows = base(table)
        rows[row] = {**rows[row], key: value}
        for problem in check(tracker_of({**clean(), table: rows})):
            said = (problem.message + problem.fix).replace(str(problem.value), "").replace(str(problem.suggestion), "")
            assert not any(name in said for name in names), problem
