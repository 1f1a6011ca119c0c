"""What happens in the sample follows from what was known that day, and one true effect is there to be found."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from statistics import mean

import pytest

from workbook.measures.data_date import last_date
from workbook.measures.effect import effects
from workbook.measures.flags import found_in
from workbook.measures.snapshot import Snapshot
from workbook.model import Tracker
from workbook.model.rules import BY_CODE, Nature
from workbook.sample import sample
from workbook.sample.support import _CONCERNS as HELP_FOR

AREA_OF = {"Attendance": {"attendance_head", "attendance_talk", "attendance_look", "attendance_fall", "lates"},
           "Progress": {"progress_below", "core_below", "progress_fell", "low_level"},
           "Effort": {"effort_lowest", "effort_dropped"}, "Behaviour": {"incidents"}}  # fmt: skip


def known(tracker: Tracker, monday: date) -> dict[str, set[str]]:
    """The concerns of each learner as `flags` finds them for the eve of a week, by ID."""
    concerns: dict[str, set[str]] = {}
    for flag in found_in(Snapshot(tracker, monday - timedelta(days=3))).flags:
        if flag.nature is Nature.CONCERN:
            concerns.setdefault(flag.learner_id, set()).add(flag.code)
    return concerns


@pytest.mark.slow
def test_help_begins_and_mentors_speak_for_what_flags_said_that_day(whole: Tracker):
    """Four weeks by chance, judged by the flags of that day; leavers aside, whom today's flags no longer see."""
    gone = {row["learner_id"] for row in whole["Learners"].records() if row["left"]}
    mondays = sorted(set(whole["Registers"]["week"]))
    tried = 0
    for monday in Random(3).sample(mondays[5:], 4):
        concerns = known(whole, monday)
        for row in whole["Interventions"].records():
            if row["start"] == monday and row["learner_id"] and row["learner_id"] not in gone:
                mine = concerns.get(row["learner_id"], set())
                assert row["reason"] in {BY_CODE[code].title for code in mine}, (row["learner_id"], monday)
                assert mine & set(HELP_FOR[row["type"]])
                tried += 1
        for row in whole["Contacts"].records():
            about = AREA_OF.get(row["why"])
            if about and monday <= row["date"] < monday + timedelta(days=5) and row["learner_id"] not in gone:
                assert about & concerns.get(row["learner_id"], set()), (row["learner_id"], row["date"], row["why"])
                tried += 1
    assert tried > 60


def test_outcomes_are_what_the_registers_and_codes_say(whole: Tracker):
    """Met: attendance reached its aim between start and end, counted here by hand from the marks."""
    absent, none = set("CEIMRSTGNOU") | {"C1", "C2", "J1"}, {"#", "Z", "D", "Y1", "Y7", "Q"}
    marks: dict[tuple[str, date], str] = {}
    for row in whole["Registers"].records():
        for at, (key, mark) in enumerate(list(row.items())[2:12]):
            assert key.endswith("am") == (at % 2 == 0)
            marks[row["learner_id"], row["week"] + timedelta(days=at // 2), at % 2] = mark  # type: ignore[index]
    judged = 0
    for row in whole["Interventions"].records():
        if (
            row["learner_id"]
            and row["aim_measure"] == "Attendance %"
            and row["outcome"] in ("Met", "Partly met", "Not met")
        ):
            held = [mark for (who, day, _), mark in marks.items()  # type: ignore[misc]
                    if who == row["learner_id"] and row["start"] <= day <= row["end"] and mark not in none]  # fmt: skip
            share = 100 * mean(mark not in absent for mark in held)
            low = {"Met": row["aim_value"], "Partly met": row["aim_value"] - 5, "Not met": 0}[row["outcome"]]
            high = {"Met": 100, "Partly met": row["aim_value"], "Not met": row["aim_value"] - 5}[row["outcome"]]
            assert low <= share <= high
            judged += 1
    assert judged > 5


@pytest.mark.slow
def test_the_planted_effect_is_found_and_none_elsewhere(monkeypatch: pytest.MonkeyPatch):
    """The truth is the same college without the help: other levels are drawn alike, so the difference is the help's."""
    for seed in (1,):
        with_help = sample(240, seed)
        found = {one.what: one for one in effects(with_help, last_date(with_help)) if one.effect is not None}
        claimed = {what for what, one in found.items() if one.low > 0 or one.high < 0}
        assert claimed and all(what.startswith("Academic: points") for what in claimed)
        with monkeypatch.context() as patched:
            patched.setattr("workbook.sample.progress.HELPED", 0.0)
            without = sample(240, seed)
        truth = true_effect(with_help, without)
        assert found["Academic: points (APL)"].low <= truth <= found["Academic: points (APL)"].high
        none = {one.what for one in effects(without, last_date(without)) if one.effect is not None
                and one.what.endswith("(APL)") and (one.low > 0 or one.high < 0)}  # fmt: skip
        assert none == set()


def true_effect(with_help: Tracker, without: Tracker) -> float:
    """How many points higher levels on the APL scale are at the first drop four weeks after the start."""
    drops = dict(zip(with_help["Drops"]["drop"], with_help["Drops"]["date"], strict=True))
    members: dict[object, list[object]] = {}
    for group, learner in zip(with_help["Groups"]["group"], with_help["Groups"]["learner_id"], strict=True):
        members.setdefault(group, []).append(learner)
    starts = {}
    for row in with_help["Interventions"].records():
        if row["type"] == "Academic":
            starts |= dict.fromkeys(members.get(row["group"], [row["learner_id"]]), row["start"])
    differences: dict[object, list[int]] = {}
    for one, other in zip(with_help["Progress"].records(), without["Progress"].records(), strict=True):
        start = starts.get(one["learner_id"])
        drop = min((n for n, day in drops.items() if start and day >= start + timedelta(weeks=4)), default=None)
        levels = [row.get(f"apl_{drop}") for row in (one, other)]
        if all(isinstance(level, str) and level.startswith("APL") for level in levels):
            differences.setdefault(one["learner_id"], []).append(int(levels[0][3:]) - int(levels[1][3:]))
    return mean(map(mean, differences.values()))
