"""Effects of interventions: nothing where nothing was done, what was planted where something was, silence on few."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from statistics import mean

import pytest

from tests.measures import effect_years
from tests.measures.rows import tracker, week
from workbook.measures.effect import Effect, effects

FIRST, START, ON = date(2026, 9, 7), date(2026, 11, 2), date(2026, 12, 18)
KEYS = 10
HALF_TERM = date(2026, 10, 26)


def college(helped, lift, learners=160, seed=1):
    """Learners with a lasting chance of attending; from START on those helped have ``lift`` points more.

    Those below 90% before START are picked, every other one of them is helped.
    """
    random = Random(seed)
    registers, people, picked = [], [], []
    for n in range(learners):
        name, chance = f"L{n:03}", random.uniform(0.7, 0.98)
        people.append({"learner_id": name, "year": 10})
        rows = {}
        for number in range(15):
            monday = FIRST + timedelta(weeks=number)
            rows[monday] = [random.random() < chance for _ in range(KEYS)]
        before = [mark for monday, marks in rows.items() if monday < START for mark in marks]
        if sum(before) < 0.9 * len(before):
            picked.append(name)
            if len(picked) % 2 and len(picked) <= 2 * helped:
                for monday, marks in rows.items():
                    rows[monday] = [m or (monday >= START and random.random() < lift) for m in marks]
        registers += [week(["/" if m else "O" for m in marks], name, monday) for monday, marks in rows.items()]
    rows = [
        {"learner_id": name, "type": "Mentoring", "aim_measure": "Attendance %", "start": START, "end": ON}
        for name in picked[::2][:helped]
    ]
    return tracker(Learners=people, Registers=registers, Interventions=rows), rows


def test_nothing_done_shows_no_difference_though_those_picked_rise():
    """Twelve colleges in which mentoring does nothing: no difference on average, and hardly an interval without 0."""
    found = [effects(college(helped=40, lift=0, seed=seed)[0], ON)[0] for seed in range(12)]
    assert all(one.what == "Mentoring: attendance" and one.n > 30 and one.n_comparison > 60 for one in found)
    given = [one for one in found if one.effect is not None]  # the others have too few like them
    assert len(given) >= 6 and abs(mean(one.effect for one in given)) < 1.5
    assert sum(not one.low <= 0 <= one.high for one in given) <= 1
    assert all(one.low < one.effect < one.high for one in given)


def test_what_was_planted_is_found():
    """Of the sessions missed (about a fifth) half are attended from then on: some ten percentage points."""
    found = [effects(college(helped=40, lift=0.5, seed=seed)[0], ON)[0] for seed in range(6)]
    found = [one for one in found if one.effect is not None]
    assert len(found) >= 3
    assert 8 < mean(one.effect for one in found) < 12
    assert all(one.low > 3 for one in found)
    assert "is associated with a change in attendance that is" in found[0].words and "higher" in found[0].words
    assert list(found[0].as_row()) == [
        "what", "n", "n_comparison", "effect", "low", "high", "words", "before_and_after", "attended", "left_out",
        "timelines",
    ]  # fmt: skip
    assert found[0].words.startswith("What goes together need not be what helped.")


def test_the_same_tracker_gives_the_same_figures():
    one, _ = college(helped=40, lift=0.5)
    assert effects(one, ON) == effects(one, ON)


def test_few_learners_get_no_figure():
    one, rows = college(helped=4, lift=0.5)
    (found,) = effects(one, ON)
    assert (found.n, found.effect, found.low) == (len(rows), None, None)
    assert found.words.startswith("4 learners, ")


def test_another_intervention_at_the_time_or_another_year_is_no_comparison():
    one, rows = college(helped=40, lift=0)
    everyone = [{"learner_id": row["learner_id"], "type": "Other", "start": START, "end": ON}
                for row in one["Learners"].records()]  # fmt: skip
    busy = tracker(Learners=one["Learners"].records(), Registers=one["Registers"].records(),
                   Interventions=[*rows, *everyone])  # fmt: skip
    assert [found.what for found in effects(busy, ON)] == []
    years = [row | {"year": 11 if any(r["learner_id"] == row["learner_id"] for r in rows) else 10}
             for row in one["Learners"].records()]  # fmt: skip
    apart = tracker(Learners=years, Registers=one["Registers"].records(), Interventions=rows)
    assert effects(apart, ON) == []


@pytest.mark.parametrize("aim", ["Points", "Effort"])
def test_levels_and_effort_by_drops_worked_out_by_hand(aim):
    """Six helped learners go from 3 to 4, six others stay at 3: a difference of exactly 1, whichever are drawn."""
    people = [{"learner_id": f"L{n}", "year": 10} for n in range(12)]
    rows = [
        {"learner_id": f"L{n}", "subject": "Maths", "apl_1": "3", "apl_2": "4" if n < 6 else "3",
         "effort_1": "3", "effort_2": "4" if n < 6 else "3"}
        for n in range(12)
    ]  # fmt: skip
    helped = [{"group": "Six", "type": "Mentoring", "aim_measure": aim, "start": date(2026, 10, 20)}]
    groups = [{"group": "six", "learner_id": f"L{n}"} for n in range(6)]
    one = tracker(Learners=people, Progress=rows, Interventions=helped, Groups=groups)
    (found,) = effects(one, ON)
    assert (found.n, found.n_comparison, found.effect, found.low, found.high) == (6, 6, 1, 1, 1)
    assert effects(one, date(2026, 12, 1)) == []  # the second drop is not there yet


def test_no_interventions_no_effects():
    assert effects(tracker(), ON) == []


def levels(how: str, lift: float, subject: str | None, seed: int) -> list[Effect]:
    return effects(effect_years.levels(how, lift, seed, subject), effect_years.ON)


def test_who_are_all_lower_than_everybody_else_get_no_figure_but_the_reason():
    """The lowest 32 of 160 by the last drop rise by a quarter of a point with nothing done; a figure would mislead."""
    (found,) = levels("window", 0, None, seed=1)
    assert (found.n, found.effect, found.low, found.high) == (32, None, None, None)
    assert found.before_and_after > 0.15
    assert "nobody to compare with fairly" in found.words


def test_an_intervention_about_one_subject_is_judged_by_that_subject():
    """0.8 planted in maths alone; without the subject it would be a fourth of that, over four subjects."""
    (found,) = levels("chance", 0.8, "Maths", seed=2)
    assert found.what == "Mentoring: points in maths"
    assert found.low <= 0.8 <= found.high and found.effect > 0.55


def test_members_who_have_left_still_count_and_what_they_attended_is_told():
    """Six helped go from 3 to 4; one of them has left the college and another the group since."""
    people = [{"learner_id": f"L{n}", "year": 10, "left": date(2026, 12, 14) if n == 0 else None} for n in range(12)]
    rows = [{"learner_id": f"L{n}", "subject": "Maths", "apl_1": "3", "apl_2": "4" if n < 6 else "3"}
            for n in range(12)]  # fmt: skip
    helped = {"group": "Six", "type": "Mentoring", "aim_measure": "Points", "start": date(2026, 10, 20)}
    helped |= {"sessions_planned": 8, "sessions_attended": 6}
    groups = [{"group": "six", "learner_id": f"L{n}", "left": date(2026, 12, 11) if n == 1 else None} for n in range(6)]
    (found,) = effects(tracker(Learners=people, Progress=rows, Interventions=[helped], Groups=groups), ON)
    assert (found.n, found.n_comparison, found.effect, found.attended, found.left_out) == (6, 6, 1, 0.75, 0)


def test_too_few_for_a_figure_are_shown_one_by_one() -> None:
    """Three who had it: no figure, but a line for each, worked out by hand from their marks."""
    whole, rows = college(helped=3, lift=0)
    (found,) = effects(whole, ON)
    assert found.effect is None and len(found.timelines) == 3 and "timelines" in found.words
    registers = whole["Registers"]
    for line in found.timelines:
        assert line.learner_id in {row["learner_id"] for row in rows} and line.start == START
        marks = [
            registers[key][place] == "/"
            for place, who in enumerate(registers["learner_id"])
            for key in registers.columns
            if who == line.learner_id and key[-3:] in ("_am", "_pm") and registers["week"][place] < HALF_TERM
        ]
        assert line.before is not None and line.after is not None
        assert abs(line.before - 100 * sum(marks[-40:]) / 40) < 0.01, "the twenty school days before half term"
