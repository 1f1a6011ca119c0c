"""Conditions about people, levels and the year's frame, as those in `cross_conditions`."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.checks.cross_conditions import DAY, Row, Words
from workbook.checks.cross_facts import Facts
from workbook.checks.record_facts import LAST_LEVELS
from workbook.measures.forecast import FOUNDATION_TOP
from workbook.measures.learners import word
from workbook.model.excel import fold, is_number, is_yes, number
from workbook.model.problem_kind import shown_as
from workbook.model.tracker import as_date

_TIERS = (("attendance_talk", "attendance_look"), ("attendance_head", "attendance_talk"))


def same_person(row: Row, facts: Facts) -> Words:
    """Another row has the same name and date of birth."""
    return {"first": facts.same_person[row["#"]]}


def half_a_course(key: str, other: str, row: Row, facts: Facts) -> Words:
    """A course without its weekday or a weekday without its course, where learners usually have both."""
    half = word(row[key]) and row[other] is None and facts.usual("Learners", other)
    return {"other": facts.header("Learners", other)} if half else None


def sent_in_vain(row: Row, facts: Facts) -> Words:
    """Reports are to go to somebody without parental responsibility."""
    return {} if is_yes(row["send_reports"]) and fold(word(row["parental_responsibility"])) == "no" else None


def unreachable(row: Row, facts: Facts) -> Words:
    """Reports are to go to somebody who cannot be reached in any way."""
    sent = is_yes(row["send_reports"]) and is_yes(row["parental_responsibility"])
    return {} if sent and not any(row[key] is not None for key in ("email", "phone", "address")) else None


# Levels


def with_drops_to_come(drop: int, facts: Facts) -> Iterator[int]:
    """The rows with something given for a drop that is still to come."""
    if drop in facts.drops_to_come:
        table = facts.table("Progress")
        columns = [table[key] for key in (f"apl_{drop}", f"effort_{drop}")]
        yield from (place for place, pair in enumerate(zip(*columns, strict=True)) if pair != (None, None))


def to_come(drop: int, key: str, row: Row, facts: Facts) -> Words:
    """A level or an effort for a drop that is still to come."""
    return None if row[key] is None else {"day": f"{facts.drop_dates[drop]:{DAY}}"}


def of_comers_and_goers(facts: Facts) -> Iterator[int]:
    """The rows of learners who came or left during the year's drops."""
    moving = facts.comers_and_goers
    if moving:
        ids = facts.table("Progress")["learner_id"]
        yield from (place for place, one in enumerate(ids) if one in moving)


def outside_stay(drop: int, key: str, row: Row, facts: Facts) -> Words:
    """A level for a drop before the learner came or after the learner left."""
    day = facts.drop_dates.get(drop)
    if row[key] is None or day is None or facts.not_assessed(row[key]):
        return None
    started, left = facts.stay(row["learner_id"])
    if left and day > left + LAST_LEVELS:
        return {"day": f"{day:{DAY}}", "when": f"after the learner left, on {left:{DAY}}"}
    if started and day < started:
        return {"day": f"{day:{DAY}}", "when": f"before the learner started, on {started:{DAY}}"}
    return None


def in_foundation(facts: Facts) -> Iterator[int]:
    """The rows of subjects in Foundation tier."""
    wanted = facts.foundation
    if wanted:
        subjects = facts.table("Progress")["subject"]
        yield from (place for place, one in enumerate(subjects) if fold(word(one)) in wanted)


def above_tier(key: str, row: Row, facts: Facts) -> Words:
    """A level that Foundation tier does not reach."""
    points = facts.points(row["subject"], row[key])
    return {} if points is not None and points > FOUNDATION_TOP else None


def below_baseline(row: Row, facts: Facts) -> Words:
    """A target under the level from which the learner started."""
    baseline, target = (facts.points(row["subject"], row[key]) for key in ("baseline", "target"))
    below = baseline is not None and target is not None and target < baseline
    return {"baseline": shown_as(row["baseline"])} if below else None


def source(row: Row, facts: Facts) -> Words:
    """Where the baseline comes from, and there is none; or a baseline that is said to come from nowhere."""
    said = fold(word(row["baseline_source"]))
    if said == "none" and row["baseline"] is not None:
        return {"what": f"the baseline is {shown_as(row['baseline'])}"}
    return {"what": "there is no baseline"} if said not in ("", "none") and row["baseline"] is None else None


# The year's frame


def terms_overlap(row: Row, facts: Facts) -> Words:
    """A half term on the days of another, or days closed twice."""
    return {"first": facts.same_term[row["#"]]}


def drop_order(row: Row, facts: Facts) -> Words:
    """A drop that is not after the one before it."""
    mine, day = row["drop"], as_date(row["date"])
    if not is_number(mine) or day is None:
        return None
    before = max((one for one in facts.drop_dates if one < number(mine)), default=None)
    if before is None or facts.drop_dates[before] < day:
        return None
    return {"other": before, "other_value": f"{facts.drop_dates[before]:{DAY}}"}


def points_order(row: Row, facts: Facts) -> Words:
    """A level worth no more than the one below it."""
    below = facts.level_below(row["scale"], row["order"])
    if below is None or not is_number(row["points"]) or number(row["points"]) > below[1]:
        return None
    return {"other": below[0]}


def threshold_order(row: Row, facts: Facts) -> Words:
    """A step of attendance that is above the milder one before it."""
    name, settings = fold(word(row["name"])), facts.settings
    for graver, milder in _TIERS:
        one, other = settings[graver], settings[milder]
        if name == graver and one is not None and other is not None and one > other:
            words = (facts.label(graver), facts.label(milder))
            return {"setting": words[0], "other": words[1], "other_value": f"{other:g}"}
    return None
