"""Whom to celebrate and who has no offer yet: by hand."""

from __future__ import annotations

from datetime import date

from tests.measures.rows import SUBJECTS, record, tracker
from workbook.measures.celebration import celebration
from workbook.measures.flags import found_in
from workbook.measures.snapshot import Snapshot
from workbook.measures.transition import next_steps

ON = date(2026, 11, 20)
DROPS = [{"drop": n, "date": date(2026, 9 + n, 2)} for n in (1, 2)]
PEOPLE = [{"learner_id": one, "first_name": one, "surname": "K", "year": 11, "form": "11A"} for one in "ABCD"]
LEVELS = {"A": ("34", "34", "35"), "B": ("33", "33", "33"), "C": ("35", "35", "34"), "D": ("34", "36")}


def levels() -> list[dict[str, object]]:
    subjects = [one["subject"] for one in SUBJECTS]
    return [
        record(subject, *path, effort=("2", "3" if who == "B" else "2")) | {"learner_id": who}
        for who, paths in LEVELS.items() for subject, path in zip(subjects, paths, strict=False)
    ]  # fmt: skip


def praised(**tables: list[dict[str, object]]) -> list[tuple[str, str, float]]:
    made = tracker(Learners=PEOPLE, Subjects=SUBJECTS, Progress=levels(), Drops=DROPS, **tables)
    rows = celebration(found_in(Snapshot(made, ON)))
    return [(row.measure, row.learner_id, row.value) for row in rows]


def test_the_mean_over_three_subjects_says_who_moved() -> None:
    """A: 1, 1 and 2 up; C: 2, 2 and 1 down to 4 from 3, so 5/3; B stood still; D has only two subjects to compare."""
    told = praised()
    moved = [(who, value) for measure, who, value in told if measure == "Moved up since the last drop"]
    assert moved == [("C", 1.67), ("A", 1.33)]
    assert [who for measure, who, _ in told if measure == "Effort up since the drop before"] == ["B"]
    assert {who for measure, who, _ in told if measure == "Moved up this year"} == {"A", "C"}


def test_who_was_celebrated_lately_stands_last() -> None:
    done = [{"learner_id": "C", "date": date(2026, 11, 6), "what": "x", "celebrated": "Yes"},
            {"learner_id": "A", "date": date(2026, 9, 11), "what": "x", "celebrated": "Yes"},
            {"learner_id": "A", "date": date(2026, 11, 13), "what": "x"}]  # fmt: skip
    moved = [who for measure, who, _ in praised(Achievements=done) if measure == "Moved up since the last drop"]
    assert moved == ["A", "C"]
    made = tracker(Learners=PEOPLE, Subjects=SUBJECTS, Progress=levels(), Drops=DROPS, Achievements=done)
    rows = {row.learner_id: row for row in celebration(found_in(Snapshot(made, ON)))}
    assert (rows["A"].last, rows["A"].times) == (date(2026, 9, 11), 1)


def test_the_september_guarantee_begins_with_those_furthest_behind() -> None:
    steps = [{"learner_id": "A", "intended_destination": "Sixth form", "applied": date(2026, 10, 2),
              "offer": "Conditional", "offer_date": date(2026, 11, 2), "accepted": "Yes"},
             {"learner_id": "B", "intended_destination": "Undecided"},
             {"learner_id": "C", "intended_destination": "Apprenticeship", "applied": date(2026, 10, 2),
              "offer": "Declined", "back_up_plan": "College"}]  # fmt: skip
    people = [*PEOPLE, PEOPLE[0] | {"learner_id": "Y", "year": 10}]
    rows = next_steps(Snapshot(tracker(Learners=people, Transition=steps), ON))
    assert [(row.learner_id, row.has_offer, row.to_do) for row in rows] == [
        ("D", False, "Write down the learner's next step."),
        ("B", False, "Find a destination together."),
        ("C", False, "Follow the back-up plan."),
        ("A", True, "Get the destination in writing."),
    ]
