from __future__ import annotations

import hashlib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from tests.trackers import write_tracker, write_value
from workbook.model import SHEETS, Tracker, defaults, sheet
from workbook.model.tracker import FIRST_ROW, Table
from workbook.reading.read import read

LEARNERS = [
    {"learner_id": "L001", "first_name": "Amira", "surname": "O'Brien", "year": 10, "form": "10A"},
    {"learner_id": "L002", "first_name": "Zoë", "surname": "Smith-Jones", "year": 11, "form": "11B"},
    {"learner_id": "L003", "first_name": "Łukasz", "surname": "Nowak", "year": 10, "form": "10A"},
]


def tracker_with(**records: list[dict[str, Any]]) -> Tracker:
    tracker = defaults.new()
    for table, rows in records.items():
        tracker.tables[table] = Table.of(sheet(table), rows)
    return tracker


def codes_of(tracker: Tracker) -> list[tuple[str, str, str]]:
    return [(problem.sheet, problem.cell, problem.code) for problem in tracker.problems]


def test_a_tracker_comes_back_as_it_was_and_its_file_stays_as_it_is(tmp_path: Path) -> None:
    made = tracker_with(Learners=LEARNERS)
    path = write_tracker(tmp_path / "t.xlsx", made)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    back = read(path)
    assert not back.problems
    for one in SHEETS:
        assert back[one.table].columns == made[one.table].columns, one.name
        assert back[one.table].rows == made[one.table].rows
        assert back[one.table].letters == made[one.table].letters
    assert back.settings == made.settings
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_addresses_and_values_are_those_that_openpyxl_sees(tmp_path: Path) -> None:
    path = write_tracker(tmp_path / "t.xlsx", tracker_with(Learners=LEARNERS))
    back, seen = read(path), openpyxl.load_workbook(path, data_only=True)
    count = 0
    for one in SHEETS:
        table = back[one.table]
        for key, values in table.columns.items():
            for place, value in enumerate(values):
                other = seen[one.name][table.cell(key, place)].value
                if isinstance(value, date) and not isinstance(value, datetime):
                    value = datetime.combine(value, time())
                assert value == other, (one.name, table.cell(key, place))
                count += 1
    assert count > 1000


HOSTILE = st.one_of(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60
    ).filter(lambda text: "_x" not in text and not {"\ufffe", "\uffff"} & set(text)),
    st.sampled_from(
        [
            "=1+1",
            "+A1",
            "@SUM(A1)",
            "{=A1}",
            "0012",
            "1.0",
            "TRUE",
            "NA",
            "None",
            "null",
            " ",
            "\u202ex",
            "<c/>",
            "]]>",
            "&amp;",
            "'x",
            "#N/A",
            "L ",
            "\u00a0",
        ]
    ),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2999, 12, 31)),
    st.none(),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(HOSTILE, min_size=1, max_size=12))
def test_every_kind_of_value_survives(tmp_path: Path, values: list[Any]) -> None:
    path = tmp_path / "hostile.xlsx"
    records = [{"learner_id": f"L{place}", "notes": value} for place, value in enumerate(values)]
    write_tracker(path, tracker_with(Learners=records), sheets=["Learners"])
    notes = read(path)["Learners"]["notes"]
    for was, now in zip(values, notes, strict=True):
        if isinstance(was, float):
            was = float(f"{was:.16G}")  # XlsxWriter and Excel keep so many digits
            was = int(was) if was.is_integer() else was
        assert (type(now), now) == (type(was), was)


def test_dates_with_a_time_keep_it_and_times_of_day_become_their_text(tmp_path: Path) -> None:
    def change(book: Any, worksheet: Any, one: Any) -> None:
        stamp = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        worksheet.write_datetime(FIRST_ROW - 1, 0, datetime(2026, 9, 7, 8, 30), stamp)
        worksheet.write_number(FIRST_ROW - 1, 1, 0.375, clock)
        worksheet.write_string(FIRST_ROW - 1, 2, "")

    path = write_tracker(tmp_path / "t.xlsx", tracker_with(), sheets=["Diary"], change=change)
    diary = read(path)["Diary"]
    assert diary["date"] == [datetime(2026, 9, 7, 8, 30)]
    assert diary["time"] == ["09:00"]
    assert diary["type"] == [None], "an empty text is a blank"


@pytest.mark.parametrize("from_1904", [False, True])
def test_both_ways_of_counting_days(tmp_path: Path, from_1904: bool) -> None:
    records = [{"date": date(2026, 9, 7), "type": "Duty", "what": "Gate"}]
    path = write_tracker(tmp_path / "t.xlsx", tracker_with(Diary=records), sheets=["Diary"], date_1904=from_1904)
    assert read(path)["Diary"]["date"] == [date(2026, 9, 7)]


def test_columns_are_found_by_heading_wherever_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "moved.xlsx"
    book = xlsxwriter.Workbook(path)
    headings = ["  surname", "House", "FIRST  NAME", "Learner ID", "Year", "Form"]
    worksheet = book.add_worksheet("Our learners")
    worksheet.write_row(6, 3, headings)
    worksheet.write_row(7, 3, ["Khan", "Red", "Amira", "L1", 10, "10A"])
    worksheet.add_table(6, 3, 7, 8, {"name": "Learners", "columns": [{"header": text} for text in headings]})
    book.close()
    tracker = read(path)
    learners = tracker["Learners"]
    assert learners["surname"] == ["Khan"] and learners["house"] == ["Red"]
    assert learners.cell("first_name", 0) == "F8" and learners.cell("house", 0) == "E8"
    assert learners["left"] == [None] and learners.cell("left", 0) == ""
    missing = [problem for problem in tracker.problems if problem.code == "heading-missing"]
    assert {problem.sheet for problem in missing} == {"Learners"}
    assert any("Left" in problem.message for problem in missing)


def test_a_misspelt_heading_is_named_with_the_one_meant(tmp_path: Path) -> None:
    def change(book: Any, worksheet: Any, one: Any) -> None:
        worksheet.write_string(FIRST_ROW - 2, 3, "Sur name")

    path = write_tracker(tmp_path / "t.xlsx", tracker_with(Learners=LEARNERS), sheets=["Learners"], change=change)
    problem = next(problem for problem in read(path).problems if problem.code == "heading-renamed")
    assert (problem.cell, problem.value, problem.suggestion) == ("D4", "Sur name", "Surname")


def test_a_heading_that_is_there_twice(tmp_path: Path) -> None:
    def change(book: Any, worksheet: Any, one: Any) -> None:
        worksheet.write_string(FIRST_ROW - 2, len(one.columns), "surname ")

    path = write_tracker(
        tmp_path / "t.xlsx", tracker_with(Learners=LEARNERS), sheets=["Learners"], change=change, tables=False
    )
    found = codes_of(read(path))
    assert ("Learners", f"{get_column_letter(len(sheet('Learners').columns) + 1)}4", "heading-twice") in found


def test_without_tables_the_heading_row_is_found_by_its_text(tmp_path: Path) -> None:
    made = tracker_with(Learners=LEARNERS)
    back = read(write_tracker(tmp_path / "t.xlsx", made, tables=False))
    assert back["Learners"].columns == made["Learners"].columns
    assert back["Learners"].rows == made["Learners"].rows
    assert {code for _, _, code in codes_of(back)} == {"table-missing"}


def test_rows_typed_below_a_table_are_read_and_reported_once(tmp_path: Path) -> None:
    path = write_tracker(tmp_path / "t.xlsx", tracker_with(Learners=LEARNERS), sheets=["Learners"], shrink=2)
    back = read(path)
    assert back["Learners"]["learner_id"] == ["L001", "L002", "L003"]
    below = [problem for problem in back.problems if problem.code == "rows-below-table"]
    assert [problem.cell for problem in below] == ["A6"]
    assert "2 rows" in below[0].message and "row 7" in below[0].fix


def test_a_note_far_below_a_table_is_no_record(tmp_path: Path) -> None:
    def change(book: Any, worksheet: Any, one: Any) -> None:
        worksheet.write_string(FIRST_ROW + 20, 2, "Updated on Friday")

    path = write_tracker(tmp_path / "t.xlsx", tracker_with(Learners=LEARNERS), sheets=["Learners"], change=change)
    assert len(read(path)["Learners"]) == 3


def test_a_totals_row_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(path)
    worksheet = book.add_worksheet("Learners")
    headings = ["Learner ID", "First name", "Surname", "Year", "Form"]
    worksheet.write_row(3, 0, headings)
    worksheet.write_row(4, 0, ["L1", "A", "B", 10, "10A"])
    columns = [{"header": text} for text in headings]
    columns[0]["total_string"] = "Total"
    worksheet.add_table(3, 0, 5, 4, {"name": "Learners", "total_row": True, "columns": columns})
    book.close()
    assert read(path)["Learners"]["learner_id"] == ["L1"]


def test_blank_rows_inside_a_table_are_left_out(tmp_path: Path) -> None:
    rows = [LEARNERS[0], {}, LEARNERS[1]]
    learners = read(write_tracker(tmp_path / "t.xlsx", tracker_with(Learners=rows), sheets=["Learners"]))["Learners"]
    assert learners.rows == [5, 7]


def test_only_an_xlsm_by_name_reads_the_same(tmp_path: Path) -> None:
    path = write_tracker(tmp_path / "t.xlsm", tracker_with(Learners=LEARNERS))
    assert read(path)["Learners"]["surname"][0] == "O'Brien"


def test_a_file_saved_by_openpyxl_reads_the_same(tmp_path: Path) -> None:
    made = tracker_with(Learners=LEARNERS)
    path = write_tracker(tmp_path / "t.xlsx", made)
    openpyxl.load_workbook(path).save(tmp_path / "again.xlsx")
    back = read(tmp_path / "again.xlsx")
    for one in SHEETS:
        assert back[one.table].columns == made[one.table].columns, one.name


def test_values_of_all_kinds_written_by_openpyxl(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    worksheet = book.active
    worksheet.title = "Behaviour"
    worksheet.append([])
    worksheet.append([column.header for column in sheet("Behaviour").columns])
    worksheet.append(["L1", "=1", date(2026, 9, 7), "Phone", 12, "a\nb", None, True])
    book.save(tmp_path / "t.xlsx")
    behaviour = read(tmp_path / "t.xlsx")["Behaviour"]
    assert [behaviour[key][0] for key in ("date", "type", "where", "what_happened", "done")] == [
        date(2026, 9, 7),
        "Phone",
        12,
        "a\nb",
        True,
    ]
    assert behaviour.cell("date", 0) == "C3"


def test_write_value_is_the_inverse_of_read_for_whole_numbers(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "t.xlsx")
    worksheet = book.add_worksheet("Effort")
    worksheet.write_row(3, 0, [column.header for column in sheet("Effort").columns])
    for place, value in enumerate(["4", 4, 4.5]):
        write_value(worksheet, 4 + place, 0, value, None)
        worksheet.write_number(4 + place, 1, place)
        worksheet.write_string(4 + place, 2, "x")
    book.close()
    codes = read(tmp_path / "t.xlsx")["Effort"]["code"]
    assert [(type(code), code) for code in codes] == [(str, "4"), (int, 4), (float, 4.5)]
