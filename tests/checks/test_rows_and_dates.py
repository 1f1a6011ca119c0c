"""Traps that several rows or sheets show together: dates and stays, registers, rows twice or torn, learners' IDs."""

from __future__ import annotations

from datetime import date

import pytest

from tests.checks.ground import brief, clean, found_with, tracker_of
from workbook.checks import check
from workbook.model import SHEETS, Kind, Tracker, defaults


def test_marks_of_days_without_school_or_still_to_come_may_be_blank() -> None:
    records = clean()
    blank = {f"{day}_{half}": None for day in ("mon", "tue", "wed", "thu", "fri") for half in ("am", "pm")}
    for row in records["Registers"]:
        if row["week"] == date(2026, 10, 12):
            row |= {key: None for key in blank if key[:3] in ("thu", "fri")}
    half_term = [{"learner_id": "L1001", "week": date(2026, 10, 26), **blank}]
    tracker = tracker_of({**records, "Registers": records["Registers"] + half_term})
    assert check(tracker, date(2026, 10, 14)) == []
    late = check(tracker, date(2026, 10, 15))
    assert {one.code for one in late} == {"mark-missing"} and len(late) == 16


def test_a_mark_before_the_codes_of_2024_is_not_retired() -> None:
    records = clean()
    for rows in records.values():
        for row in rows:
            for key, value in row.items():
                if isinstance(value, date):
                    row[key] = value.replace(year=value.year - 3)
    rows = [{"learner_id": f"L100{n}", "week": date(2023, 9, 11), "mon_am": "J", "mon_pm": "J"} for n in (1, 2)]
    tracker = tracker_of({"Learners": clean()["Learners"], "Registers": rows})
    codes = {one.code for one in check(tracker)}
    assert "mark-retired" not in codes and "date-outside-year" in codes


def test_a_week_with_day_and_month_swapped_is_asked_about() -> None:
    # 7 December 2026 is a Monday, 12 July 2027 too; 12 July 2026 is neither a Monday nor in the year
    problems = found_with("Registers", 0, week=date(2026, 7, 12))
    assert ("Registers", "D5", "date-swapped", "07/12/2026") in brief(problems)
    # 5 October 2026 is a Monday; 10 May 2026 is a Sunday of the year before
    assert ("Registers", "D5", "date-swapped", "05/10/2026") in brief(
        found_with("Registers", 0, week=date(2026, 5, 10))
    )


def test_an_incident_after_the_last_register_may_be_swapped() -> None:
    # 10 September became 9 October: both are in the year and past, nobody can tell; 9 February is still to come
    assert found_with("Behaviour", 0, date=date(2026, 10, 9)) == []
    problems = found_with("Behaviour", 0, date=date(2027, 2, 10))
    # 2 October 2027 is outside the year, so there is nothing to suggest
    assert brief(problems) == [("Behaviour", "C5", "date-in-future", None)]
    problems = found_with("Behaviour", 0, date=date(2026, 12, 10))  # read as 12 October, a Monday
    assert brief(problems) == [("Behaviour", "C5", "date-swapped", "12/10/2026")]


def test_dates_after_leaving_and_before_starting() -> None:
    records = clean()
    records["Learners"][0] |= {"started": date(2026, 9, 14), "left": date(2026, 10, 2)}
    found = brief(check(tracker_of(records)))
    weeks = {cell: code for name, cell, code, _ in found if name == "Registers"}
    # rows of L1001 are the first of each week of eight: 7 September before, 5 and 12 October after
    assert weeks == {"D5": "date-before-start", "D37": "date-after-leaving", "D45": "date-after-leaving"}


def test_rows_and_values_that_are_there_twice() -> None:
    records = clean()
    records["Registers"].append(dict(records["Registers"][0]))
    records["Behaviour"].append(dict(records["Behaviour"][0]))
    records["Learners"][1]["upn"] = "p207000016049"
    found = brief(check(tracker_of(records)))
    assert ("Registers", "A53", "row-twice", None) in found
    assert ("Behaviour", "A10", "row-twice", None) in found
    upn = tracker_of(records)["Learners"].cell("upn", 1)
    assert ("Learners", upn, "value-twice", None) in found


def test_two_learners_of_one_name_are_no_problem() -> None:
    names = [(row["first_name"], row["surname"]) for row in clean()["Learners"]]
    assert len(set(names)) < len(names) and check(tracker_of(clean())) == []


def test_torn_rows_one_column_sorted_alone() -> None:
    records = clean()
    surnames = [row["surname"] for row in records["Learners"]]
    for row, surname in zip(records["Learners"][1:3], (surnames[2], surnames[1]), strict=True):
        row["surname"] = surname
        row["first_name"] = {"Tom": "Zoë", "Zoë": "Tom"}[row["first_name"]]
    tracker = tracker_of(records)
    torn = [one for one in check(tracker) if one.code == "row-torn"]
    assert [one.cell for one in torn] == [tracker["Learners"].cell("email", place) for place in (1, 2)]


def test_a_form_of_another_year_is_torn() -> None:
    problems = found_with("Learners", 0, form="11A")
    assert [one.code for one in problems] == ["row-torn"] and "(10)" in problems[0].message


def test_typed_names_beside_the_ids_show_torn_rows() -> None:
    records = clean()
    tracker = tracker_of(records)
    table = tracker["Contacts"]
    names = [f"{row['surname']}, {row['first_name']}" for row in records["Learners"]]
    table.columns["pupil"] = [names[1], names[0], *names[2:]]
    table.letters["pupil"] = "M"
    torn = [one for one in check(tracker) if one.code == "row-torn"]
    assert [one.cell for one in torn] == ["M5", "M6"]


def test_a_register_that_was_not_taken() -> None:
    records = clean()
    gone = [row for row in records["Registers"] if (row["learner_id"], row["week"]) != ("L1003", date(2026, 9, 14))]
    problems = check(tracker_of({**records, "Registers": gone}))
    assert [(one.code, one.cell) for one in problems] == [("register-missing", "D13")]
    assert "14/09/2026" in problems[0].message and "one learner" in problems[0].message
    whole = [row for row in records["Registers"] if row["week"] != date(2026, 9, 14)]
    problems = check(tracker_of({**records, "Registers": whole}))
    assert [one.code for one in problems] == ["register-missing"] and "8 learners" in problems[0].message


def test_ids_on_learners_itself() -> None:
    for value, code, suggestion in (
        ("LI001", "look-alike", "L1001"), ("l1001", "capitals", "L1001"), (1001, "number-stored", None),
        ("L1001 ", "spaces", "L1001"), ("L1002", "value-twice", None),
    ):  # fmt: skip
        found = [(one.cell, one.code, one.suggestion) for one in found_with("Learners", 0, learner_id=value)]
        cell = "A6" if code == "value-twice" else "A5"
        if code == "number-stored":
            assert any(one[:2] == (cell, code) for one in found)
        else:
            assert (cell, code, suggestion) in found, value


@pytest.mark.parametrize(
    "place", [f"{one.table}.{column.key}" for one in SHEETS for column in one.entry if column.kind is Kind.DATE]
)
def test_a_year_that_cannot_be_is_asked_about_in_every_column_of_dates(place: str) -> None:
    """Two digits that became another century, that changed places, one that slipped; and Excel's 00/01/1900."""
    table, key = place.split(".")
    records = clean()
    near = {name: records[name][-8:] for name in ("Learners", "Registers", table) if name in records}
    tracker = tracker_of(
        {**near, "Diary": [{}], "Drops": [{}], "Transition": [{}], "Achievements": [{}], "Vocationaldays": [{}]}
    )
    right = date(2011, 12, 5) if key == "date_of_birth" else date(2026, 10, 5)
    years = (
        {1011: "2011", 1911: "2011", 2101: "2011"}
        if right.year == 2011
        else dict.fromkeys((1026, 1926, 2086, 2206, 2062), "2026")
    )
    for year, meant in {**years, 27: "", 2099: ""}.items():
        for value in (right.replace(year=year), f"{right:%d/%m/}{year:04d}"):
            tracker[table].columns[key][0] = value
            found = [
                one
                for one in check(tracker)
                if (one.sheet, one.cell) == (tracker[table].sheet.name, tracker[table].cell(key, 0))
            ]
            assert [one.code for one in found if one.code in ("date-outside-year", "date-as-text")], (value, found)
            if meant:
                assert f"{right:%d/%m/}{meant}" in [one.suggestion for one in found], (value, found)
            assert not any(str(year) in str(one.suggestion) for one in found if year != 27), (value, found)
    for blank in (date(1899, 12, 30), date(1900, 1, 1), 0):
        tracker[table].columns[key][0] = blank
        found = [
            one
            for one in check(tracker)
            if one.cell == tracker[table].cell(key, 0) and one.sheet == tracker[table].sheet.name
        ]
        assert {one.code for one in found} & {"date-outside-year", "date-unreadable"}
        assert not any(one.suggestion for one in found if one.code != "dates-out-of-order"), found


def test_a_mark_on_a_day_without_school_is_asked_about() -> None:
    # Thursday 24 December 2026 is in the Christmas holiday; # and a blank may stand there
    for mark, found in (("/", ["mark-without-session"]), ("O", ["mark-without-session"]), ("#", []), (None, [])):
        row = {"learner_id": "L1001", "week": date(2026, 12, 21), "thu_am": mark}
        problems = check(tracker_of({**clean(), "Registers": [*clean()["Registers"], row]}), date(2026, 10, 16))
        assert [one.code for one in problems] == found


def test_a_date_of_leaving_a_group_before_joining_is_asked_about() -> None:
    row = {"group": "Club", "learner_id": "L1001", "joined": date(2026, 10, 9), "left": date(2026, 10, 8)}
    problems = check(tracker_of({**clean(), "Groups": [*clean()["Groups"], row]}))
    assert [(one.sheet, one.code) for one in problems] == [("Groups", "dates-out-of-order")]


def test_what_came_along_from_the_year_before_is_excused_and_a_slipped_year_is_not() -> None:
    """A target of January due in March is open still; one whose year slipped lies a year before what fell due."""
    on, long_ago, slipped = date(2027, 1, 11), date(2027, 3, 1), date(2027, 12, 1)
    for set_on, due, right in ((on, long_ago, True), (on, None, False), (date(2026, 11, 2), slipped, False)):
        tracker = Tracker.of({
            "Learners": [{"learner_id": "L1", "first_name": "A", "surname": "B", "year": 11, "form": "11A"}],
            "Targets": [{"learner_id": "L1", "set_on": set_on, "target": "Come on time", "due": due}],
            "Settings": [row | {"value": "2027-28"} if row["name"] == "academic_year" else row
                         for row in defaults.settings(2027)],
        })  # fmt: skip
        said = [one.code for one in check(tracker) if one.sheet == "Targets" and one.cell.startswith("C")]
        assert (said == []) == right, (set_on, due, said)
