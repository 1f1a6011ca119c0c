"""Conditions about days and weeks, targets and support, as those in `cross_conditions`."""

from __future__ import annotations

import re

from workbook.checks.cross_conditions import DAY, Row, Words
from workbook.checks.cross_facts import Facts
from workbook.measures.calendar import monday
from workbook.measures.interventions import is_reviewed, measure_of
from workbook.measures.learners import word
from workbook.measures.next_step import has_offer, was_declined
from workbook.measures.targets import is_open
from workbook.model.excel import fold, is_number, is_yes, number
from workbook.model.problem_kind import shown_as
from workbook.model.tracker import as_date

_TIME = re.compile(r"([01]?\d|2[0-3])[:.][0-5]\d")
_LIKE_A_TIME = re.compile(r"\d{1,2}[:.]\d{1,2}")
_SEEN = "seen, no action"


def absent_then(row: Row, facts: Facts) -> Words:
    """An incident on a day on which the learner was absent; absence from a lesson is what some are about."""
    day, kind = as_date(row["date"]), fold(word(row["type"]))
    return {} if day and "truan" not in kind and facts.marks.all_day(row["learner_id"], day) == "absent" else None


def vocational_day(row: Row, facts: Facts) -> Words:
    """The department says one thing of the day, the register another."""
    week, said = as_date(row["week"]), fold(word(row["attended"]))
    day = facts.vocational_day(row["learner_id"], week) if week else None
    marks = facts.marks.all_day(row["learner_id"], day) if day else ""
    against = {"yes": "absent", "no": "present"}.get(said)
    return {"day": f"{day:{DAY}}", "marks": marks} if day and marks and marks == against else None


def effort_when_absent(row: Row, facts: Facts) -> Words:
    """Effort for a day on which the learner was not there."""
    return {} if row["effort"] is not None and fold(word(row["attended"])) == "no" else None


def no_college(row: Row, facts: Facts) -> Words:
    """A week in which there is no college."""
    week = as_date(row["week"])
    return {} if week and facts.inside(week) and not facts.school_week(week) else None


def week_to_come(row: Row, facts: Facts) -> Words:
    """A week of which something is said already, and it has not come."""
    week = as_date(row["week"])
    return {} if week and facts.latest and monday(week) > facts.latest else None


def marks_to_come(facts: Facts) -> list[int]:
    """The rows of Registers, with marks of sessions, for weeks that have not come."""
    return facts.marks.ahead(facts.latest)


def done_early(row: Row, facts: Facts) -> Words:
    """Done on a day that has not come."""
    day = as_date(row["date"])
    return {"day": f"{day:{DAY}}"} if is_yes(row["done"]) and day and facts.latest and day > facts.latest else None


def odd_time(row: Row, facts: Facts) -> Words:
    """A time that no clock shows."""
    time = row["time"]
    if is_number(time):
        return None if 0 <= number(time) < 1 else {}
    said = _LIKE_A_TIME.findall(word(time))
    return {} if any(not _TIME.fullmatch(one) for one in said) else None


def clash(row: Row, facts: Facts) -> Words:
    """Two entries of one mentor at the same time, where that is one."""
    return (
        None
        if odd_time(row, facts) is not None
        else {"first": facts.same_time[row["#"]], "mentor": word(row["mentor"])}
    )


# Targets


def target_twice(row: Row, facts: Facts) -> Words:
    """The same target twice, both open."""
    return {"first": facts.same_target[row["#"]]}


def never_due(row: Row, facts: Facts) -> Words:
    """An open target without a day, where targets usually have one."""
    return {} if row["due"] is None and is_open(row["status"]) and facts.usual("Targets", "due") else None


def unreviewed(row: Row, facts: Facts) -> Words:
    """A target closed on no day, where the day is usually written down."""
    closed = word(row["status"]) and not is_open(row["status"]) and row["reviewed"] is None
    return {"status": word(row["status"])} if closed and facts.closed_are_dated else None


# Support


def support_overlap(row: Row, facts: Facts) -> Words:
    """The same kind of support twice at the same time."""
    return {"first": facts.same_support[row["#"]]}


def never_reviewed(row: Row, facts: Facts) -> Words:
    """Support that nobody will look at again."""
    start = as_date(row["start"])
    waits = row["review_due"] is None and row["end"] is None and not is_reviewed(row["outcome"])
    return {} if start and waits and facts.usual("Interventions", "review_due") else None


def unplanned(row: Row, facts: Facts) -> Words:
    """Sessions attended of an unknown number."""
    attended = is_number(row["sessions_attended"]) and number(row["sessions_attended"]) > 0
    return {} if attended and row["sessions_planned"] is None else None


def aim(row: Row, facts: Facts) -> Words:
    """An aim that the measure cannot have."""
    if row["aim_measure"] is None or not is_number(row["aim_value"]):
        return None
    low, high = facts.range_of(measure_of(word(row["aim_measure"])))
    beyond = not low <= number(row["aim_value"]) <= high
    return {"measure": word(row["aim_measure"]), "low": f"{low:g}", "high": f"{high:g}"} if beyond else None


def not_taken(row: Row, facts: Facts) -> Words:
    """A subject that the learner does not take."""
    mine = facts.subjects_of(row["learner_id"]) if word(row["subject"]) and word(row["learner_id"]) else set()
    return {} if mine and fold(word(row["subject"])) not in mine else None


# Contacts, placements, next steps


def seen_with_follow_up(row: Row, facts: Facts) -> Words:
    """Nothing to do, and a day on which to do it."""
    return {} if fold(word(row["with"])) == _SEEN and row["follow_up_due"] is not None else None


def without_start(row: Row, facts: Facts) -> Words:
    """A placement that ends or was visited, and never began."""
    other = next((key for key in ("end", "visit", "hours") if row[key] is not None), None)
    said = {"end": "a last day", "visit": "a visit", "hours": "hours"}
    return {"other": said[other]} if other and row["start"] is None else None


def offer_incomplete(key: str, row: Row, facts: Facts) -> Words:
    """An offer of no day or from nobody, where that is usually written down."""
    lacks = has_offer(row["offer"]) and row[key] is None and facts.offers_have(key)
    return {"offer": shown_as(row["offer"])} if lacks else None


def interview_alone(row: Row, facts: Facts) -> Words:
    """An interview for which nobody applied."""
    answered = has_offer(row["offer"]) or was_declined(row["offer"])  # then the offer says it already
    return {} if row["interview"] is not None and row["applied"] is None and not answered else None
