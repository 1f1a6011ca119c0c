"""The Head of Year's figures by hand, the same as a set's, and no small group to be worked out from its gaps."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from tests.measures.rows import ON, SUBJECTS, TARGET, record, tracker, week
from workbook.building.views.written_rows import head_of_year_rows
from workbook.measures.data_date import last_date
from workbook.measures.flags import found_in
from workbook.measures.gaps import TOO_FEW, gaps
from workbook.measures.head_of_year import BAND, EVERYBODY, FORM, GAP, MENTOR, YEAR, head_of_year
from workbook.measures.intervals import means_apart, shares_apart, student_t
from workbook.measures.snapshot import Snapshot
from workbook.measures.standing import COUNTS, Standing, standings
from workbook.model import CannotDo, Table, Tracker
from workbook.sample import sample

LEFT = ON.replace(day=1)


def page(one: Tracker, columns: list[str] | None = None) -> dict[tuple[str, str], dict[str, object]]:
    lines = head_of_year(found_in(Snapshot(one, ON)), columns)
    return {(line.part, line.name): line.as_row() for line in lines}


def people(count: int, **column: list[object]) -> Tracker:
    """Learners L0, L1 … of a form in Year 10, with columns of the college's own."""
    made = tracker(Learners=[{"learner_id": f"L{n}", "first_name": "A", "surname": "B", "year": 10, "form": "10C"}
                             for n in range(count)])  # fmt: skip
    table: Table = made["Learners"]
    for key, values in column.items():
        table.columns[key] = list(values)  # type: ignore[arg-type]
    return made


def test_a_small_page_by_hand() -> None:
    """Amira (10C) is present for 20 of 20 sessions, Ben (10D) for 18 of 20: at 90% he is persistently absent."""
    full, absent = "/\\" * 5, "/\\" * 4 + "OO"
    learners = [
        {"learner_id": "A1", "first_name": "Amira", "surname": "K", "year": 10, "form": "10C", "mentor": "M. One"},
        {"learner_id": "B1", "first_name": "Ben", "surname": "L", "year": 10, "form": "10D", "mentor": "M. One"},
        {
            "learner_id": "C1",
            "first_name": "Gone",
            "surname": "M",
            "year": 10,
            "form": "10D",
            "left": ON.replace(day=1),
        },
    ]
    later = week(full).get("week")
    assert later is not None
    weeks = [week(full), week(full, "B1")]
    second = later.replace(day=14)
    weeks += [week(full, monday=second), week(absent, "B1", second), week("O" * 10, "C1", second)]
    levels = [record("English", "4", "6", effort=("3", "4")), record("Maths", "5", "2", effort=("3", "1")),
              record("English", "6", "6", effort=("2", "2")) | {"learner_id": "B1"}]  # fmt: skip
    for row in levels:
        row |= {"target": "5", "baseline": "3"}
    support = [{"learner_id": "B1", "type": "Mentoring", "start": second, "review_due": second},
               {"learner_id": "C1", "type": "Mentoring", "start": second, "review_due": second}]  # fmt: skip
    drops = [{"drop": 1, "name": "One", "date": later}, {"drop": 2, "name": "Two", "date": second}]
    found = page(tracker(TARGET, Learners=learners, Subjects=SUBJECTS, Registers=weeks, Progress=levels,
                         Interventions=support, Drops=drops))  # fmt: skip
    everybody, ben = found["Everybody", "All learners on roll"], found[FORM, "10D"]
    assert (everybody["learners"], everybody["attendance"], everybody["persistent"]) == (2, 95.0, 1)
    assert (everybody["below"], everybody["below_before"]) == (1, 0)  # maths: 5 met its target, 2 is three under it
    assert (everybody["levels_above"], everybody["levels_on"], everybody["levels_below"]) == (2, 0, 1)
    assert everybody["effort"] == round((4 + 1 + 2) / 3, 2)
    assert (ben["learners"], ben["attendance"], ben["unauthorised_percent"]) == (1, 90.0, 10.0)
    assert (ben["supported"], ben["review_overdue"], ben["below"]) == (1, 1, 0)
    assert found[MENTOR, "M. One"]["learners"] == found[YEAR, "10"]["learners"] == 2
    autumn = next(row for (part, _), row in found.items() if part == "Half term")
    assert (autumn["learners"], autumn["attendance"]) == (2, 95.0)
    drops = [row for (part, _), row in found.items() if part == "Data drop"]
    assert [row["levels_above"] for row in drops[:2]] == [1, 2] and len(drops) == 6
    assert found["Subject", "Maths"]["levels_below"] == 1
    assert found["Support", "Mentoring"] == found["Support", "Mentoring"] | {
        "learners": 1,
        "supported": 1,
        "review_overdue": 1,
    }


def test_what_is_over_to_come_or_too_early_is_not_counted() -> None:
    """Amira is below in one subject and met a target, Ben has two sessions, Cy left, Di has nothing at all."""
    day, one = ON - timedelta(days=30), timedelta(days=1)
    told = {"surname": "K", "year": 10, "form": "10C"}
    learners = [{"learner_id": f"{who}1", "first_name": who, **told} for who in "ABCD"]
    learners[2]["left"] = day
    levels = [record("Maths", "2", target="5"), record("Maths", "1", target="5") | {"learner_id": "C1"}]
    given = [("A1", "Mentoring", day, None, ON + one, None), ("B1", "Attendance", ON + one, None, ON - one, None),
             ("A1", "Attendance", day, None, None, None), ("A1", "Academic", day, ON - one, day, "Worked")]  # fmt: skip
    keys = ("learner_id", "type", "start", "end", "review_due", "outcome")
    made = tracker(
        TARGET, Learners=learners, Subjects=SUBJECTS, Progress=levels,
        Registers=[week("/\\" * 5), week("OO........", "B1"), week("O" * 10, "C1")],
        Interventions=[dict(zip(keys, row, strict=True)) for row in given],
        Targets=[{"learner_id": "D1", "target": "A", "status": "Met", "reviewed": ON}],
    )  # fmt: skip
    found = page(made)
    everybody = found["Everybody", "All learners on roll"]
    assert (everybody["persistent"], everybody["severe"], everybody["levels_below"]) == (0, 0, 1)
    assert (everybody["with_concern"], everybody["to_talk_to"], everybody["supported"]) == (1, 0, 1)
    assert everybody["review_overdue"] == 1  # Ben's
    half_term = next(row for (part, _), row in found.items() if part == "Half term")
    assert (half_term["learners"], half_term["attendance"]) == (2, round(1000 / 12, 2))
    drop = next(row for (part, _), row in found.items() if part == "Data drop")
    assert (drop["learners"], drop["levels_below"], found["Subject", "Maths"]["learners"]) == (1, 1, 1)
    support = {name: row for (part, name), row in found.items() if part == "Support"}
    figures = ("learners", "supported", "review_overdue")
    assert {name: tuple(row[key] for key in figures) for name, row in support.items()} == {
        "Mentoring": (1, 1, 0), "Attendance": (1, 1, 1),
    }  # fmt: skip


def test_who_is_in_a_group() -> None:
    """Any word but No is in it; a blank is No, unless the column says No to somebody: then nobody knows."""
    said = ["K", "yes", "E"] * 4 + [None] * 8
    for words, others in ((said, 8), ([*said[:-1], "No"], 1)):
        (first, *_) = gaps(people(20, sen=words), _people(20), ["SEN"])
        assert first.words == TOO_FEW if others < 6 else (first.n, first.others) == (12, 8)
    with pytest.raises(CannotDo, match="no column Meals"):
        gaps(people(3), _people(3), ["Meals"])
    with pytest.raises(CannotDo, match="Mentorbook's own"):
        gaps(people(3), _people(3), ["First name"])


def _people(count: int, holds: frozenset[str] = frozenset()) -> list[Standing]:
    return [Standing(f"L{n}", f"10{'AB'[n % 2]}", "M", 10, "", 100, 80 + n % 20, 2, holds) for n in range(count)]


def test_what_settings_names_and_is_not_there_is_said_and_stops_nothing() -> None:
    made = people(14, sen=["Yes"] * 7 + [None] * 7)
    made["Settings"].columns["value"][made["Settings"]["name"].index("compared_groups")] = "SEN, Meals"
    rows = head_of_year_rows(head_of_year(found_in(Snapshot(made, ON))))
    told = [row for row in rows if row[0] == GAP]
    assert any("Meals: no such column" in str(row[1]) and row[2] == "*" for row in told)
    assert any(str(row[1]).startswith("SEN: ") for row in told)


def test_no_small_group_can_be_worked_out_from_what_is_told() -> None:
    """An attacker who knows who is in which set, and every sum that is told, adds and subtracts them all.

    A sum over a small set is found if its indicator lies in the span of the told ones (by rank, with numpy). Columns
    nested in each other, or nearly a form, are among them.
    """
    random_ = random.Random(4)
    told_columns = 0
    for _ in range(60):
        size = random_.randint(14, 60)
        rows = _people(size)
        base = [random_.random() < 0.5 for _ in rows]
        other = [one != (random_.random() < 0.06) for one in base]
        form = [row.form == "10A" for row in rows]
        for place in random_.sample(range(size), random_.randint(1, 4)):
            form[place] = True
        columns = {"one": base, "two": other, "three": form, "four": [random_.random() < 0.1 for _ in rows]}
        names = random_.sample(list(columns), 4)
        made = people(size, **{key: ["Yes" if one else None for one in values] for key, values in columns.items()})
        shown = {gap.column for gap in gaps(made, rows, names) if gap.n is not None}
        told_columns += len(shown)
        sets = [[1] * size, *([int(row.form == name) for row in rows] for name in ("10A", "10B"))]
        before = [*sets]
        for name in shown:
            sets += [list(map(int, columns[name])), [1 - one for one in columns[name]]]
        known, earlier = np.array(sets), np.array(before)
        rank, rank_before = np.linalg.matrix_rank(known), np.linalg.matrix_rank(earlier)
        alike: dict[tuple[int, ...], list[int]] = {}
        for person in range(size):
            alike.setdefault(tuple(known[:, person]), []).append(person)
        for many in (1, 2, 3):
            for atoms in combinations(alike.values(), many):
                few = [person for atom in atoms for person in atom]
                if len(few) < 6:
                    line = np.isin(np.arange(size), few).astype(int)
                    found = np.linalg.matrix_rank(np.vstack([known, line])) == rank
                    found_before = np.linalg.matrix_rank(np.vstack([earlier, line])) == rank_before
                    assert found_before or not found, (shown, len(few))
    assert told_columns > 60


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_more_comes_out_of_page_after_page(seed: int) -> None:
    """An attacker asks for each column alone, for pairs in either order, and for all; then adds and subtracts counts.

    Learners with a concern are counted in each set that some page told, and on the page by form. What the counts say of
    any other set is worked out from all of them (exactly, by rank); none of its counts may be small.
    """
    random_ = random.Random(seed)
    counts = 0
    for _ in range(12):
        size = random_.randint(40, 80)
        rows = [
            replace(one, holds=frozenset({"with_concern"} if random_.random() < 0.5 else ())) for one in _people(size)
        ]
        base = [random_.random() < 0.5 for _ in rows]
        wider = [one or random_.random() < 0.15 for one in base]  # ten or so more
        some = ["Yes" if one else None if random_.random() < 0.3 else "No" for one in base]
        columns = {"one": ["Yes" if x else None for x in base], "two": ["Yes" if x else None for x in wider],
                   "three": some}  # fmt: skip
        made = people(size, **columns)
        pages = [[name] for name in columns] + [["one", "two"], ["two", "one"], ["three", "one"], list(columns)]
        told: dict[str, set[bool]] = {}
        for page in pages:
            for gap in gaps(made, rows, page):
                if gap.measure == "a concern":
                    told.setdefault(gap.column, set()).add(gap.value is not None)
        assert all(len(known) == 1 for known in told.values()), "what is told of a column depends on what else is asked"
        shown = [name for name, known in told.items() if known == {True}]
        counts += len(shown)
        sets = [[1] * size, *([int(row.form == name) for row in rows] for name in ("10A", "10B"))]
        before = len(sets)
        for name in shown:
            said = columns[name]
            outside = [int(one == "No") if name == "three" else int(one is None) for one in said]
            sets += [[int(one == "Yes") for one in said], outside]
        for holds in (True, False):
            mine = [place for place, row in enumerate(rows) if bool(row.holds) is holds]
            known = np.array(sets)[:, mine]
            _none_small(known, known[:before])
    assert counts > 12


def _none_small(known: np.ndarray, earlier: np.ndarray) -> None:
    """No set of one to five columns is in the span of the rows, unless it was in that of the earlier ones."""
    alike: dict[tuple[int, ...], list[int]] = {}
    for person in range(known.shape[1]):
        alike.setdefault(tuple(known[:, person]), []).append(person)
    for many in (1, 2, 3):
        for atoms in combinations(alike.values(), many):
            few = [person for atom in atoms for person in atom]
            if len(few) < 6:
                line = np.isin(np.arange(known.shape[1]), few).astype(int)
                rank = [np.linalg.matrix_rank(one) for one in (known, np.vstack([known, line]))]
                old = [np.linalg.matrix_rank(one) for one in (earlier, np.vstack([earlier, line]))]
                assert rank[0] != rank[1] or old[0] == old[1], few


def test_counts_under_six_are_hidden_on_both_sides_of_a_gap() -> None:
    made = people(40, sen=["Yes"] * 20 + [None] * 20)
    rows = _people(40)
    few = [*(Standing(**{**vars(one), "holds": frozenset({"below"})}) for one in rows[:25]), *rows[25:]]
    told = {gap.measure: gap for gap in gaps(made, few, ["SEN"])}
    below = told["below in a subject"]  # all 20 of the group and 5 of the others
    assert (below.n, below.others, below.value, below.difference, below.words) == (20, 20, None, None, TOO_FEW)
    assert told["attendance"].difference is not None


def test_intervals_are_the_published_ones() -> None:
    """Newcombe 1998, table II: 56/70 less 48/80, method 10: 0.0524 to 0.3339. Student's t from printed tables."""
    assert [round(one, 4) for one in shares_apart(56, 70, 48, 80)] == [0.2, 0.0524, 0.3339]
    for freedom, printed in ((5, 2.5706), (10, 2.2281), (30, 2.0423)):
        assert student_t(freedom) == pytest.approx(printed, abs=0.006)
    ones, others = [30.02, 29.99, 30.11, 29.97, 30.01, 29.99], [29.89, 29.93, 29.72, 29.98, 30.02, 29.98]
    apart, low, high = means_apart(ones, others)  # a printed example of Welch's test: t 1.959, 7.03 degrees
    assert apart == pytest.approx(0.095) and (low, high) == pytest.approx((0.095 - 0.1146, 0.095 + 0.1146), abs=0.001)


def test_no_flag_no_order_and_no_report_knows_a_group() -> None:
    root = Path(__file__).resolve().parents[2] / "workbook"
    asking = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "measures.gaps" in path.read_text(encoding="utf-8")
    }
    assert asking == {"measures/head_of_year.py"}
    plain, grouped = people(12), people(12, sen=["Yes"] * 6 + [None] * 6)
    assert found_in(Snapshot(plain, ON)).flags == found_in(Snapshot(grouped, ON)).flags


def test_every_learner_on_roll_stands_once() -> None:
    one = sample(60, 3)
    found = found_in(Snapshot(one, last_date(one)))
    rows = standings(found)
    assert [row.learner_id for row in rows] == [
        found.snapshot.learners.all[at].learner_id for at in found.snapshot.here
    ]
    assert all(set(row.as_row()) >= set(COUNTS) for row in rows)
    lines = {(line.part, line.name): line.figures for line in head_of_year(found)}
    everybody, talk = lines[EVERYBODY, "All learners on roll"], lines[BAND, "Talk"]["learners"]
    gravest = lines[BAND, "Head of Year"]["learners"]
    assert gravest == everybody["head_of_year"] > 0
    assert talk + gravest == everybody["to_talk_to"]
    assert talk + gravest + lines[BAND, "Look"]["learners"] == everybody["with_concern"]
