"""Whatever stands in the cells, a check ends, and says where."""

from __future__ import annotations

import cProfile
import re
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.checks.ground import clean, tracker_of
from workbook.checks import check
from workbook.model import SHEETS, CellError, Table, Tracker, defaults

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20).filter(bool),
    st.dates(date(1900, 1, 1), date(2999, 12, 31)),
    st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31)),
    st.sampled_from([CellError("#N/A"), "=1", "{0}", "{value}", "%s", "\\", "/", "-", "1E5", "9-8", "0", 0, 1, True]),
)
MANY = 2_000
PLACES = [(sheet.table, column.key) for sheet in SHEETS for column in sheet.entry]


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_check_ends_whatever_stands_in_the_cells(data: st.DataObject) -> None:
    tracker = tracker_of(clean())
    for table, key in data.draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=6)):
        count = max(len(tracker[table]), 1)
        if not len(tracker[table]):
            tracker.tables[table] = Table.of(tracker[table].sheet, [{}])
        values = data.draw(st.lists(VALUES, min_size=count, max_size=count))
        tracker[table].columns[key] = values
    for problem in check(tracker):
        assert problem.message and problem.fix and problem.code
        assert problem.cell == "" or re.fullmatch(r"[A-Z]+\d+", problem.cell)


def test_a_tracker_without_some_sheets_and_columns() -> None:
    for name in ("Learners", "Scales", "Codes", "Terms", "Lists", "Settings", "Subjects", "Effort"):
        records = tracker_of(clean())
        del records.tables[name]
        check(Tracker(records.tables))
    for sheet in SHEETS:
        for column in sheet.entry[::3] if sheet.table != "Learners" else sheet.entry:
            tracker = tracker_of(clean())
            tracker[sheet.table].columns.pop(column.key)
            tracker[sheet.table].letters.pop(column.key)
            check(tracker)


def test_a_column_that_is_wrong_throughout_takes_no_longer() -> None:
    """Thousands of unknown IDs, dates, choices: nobody waits for thousands of guesses at what was meant."""
    rows: list[dict[str, Any]] = [
        {"learner_id": f"Q{n:05}X", "date": f"{n} days ago", "with": f"Somebody {n}", "done": f"{n}?"}
        for n in range(MANY)
    ]
    ids = [
        {"learner_id": f"L{n:05}", "first_name": "A", "surname": "B", "year": 10, "form": "10A"} for n in range(MANY)
    ]
    tracker = tracker_of({"Contacts": rows, "Learners": ids})
    tracker.tables["Contacts"].columns["learner_id"][MANY // 2 :] = list(range(100_000, 100_000 + MANY // 2))
    profile = cProfile.Profile()
    problems = profile.runcall(check, tracker)
    calls = sum(one.callcount for one in profile.getstats())
    assert len(problems) >= 4 * MANY and calls < 500 * len(
        problems
    )  # a guess among thousands for each would be thousands


def test_terms_from_the_first_day_to_the_last_that_there_is() -> None:
    for start, end in ((date.min, date.max), (date.min, date.min), (date.max, date.max), (0, 0), ("0000-00-00", 0.5)):
        tracker = tracker_of(clean())
        tracker["Terms"].columns["start"][:] = [start] * len(tracker["Terms"])
        tracker["Terms"].columns["end"][:] = [end] * len(tracker["Terms"])
        assert check(tracker)


def test_checking_changes_nothing() -> None:
    tracker, again = tracker_of(clean()), tracker_of(clean())
    check(tracker)
    for sheet in SHEETS:
        assert tracker[sheet.table].columns == again[sheet.table].columns
    assert check(defaults.new()) == check(defaults.new()) == []
