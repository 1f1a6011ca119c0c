"""The conditions of cross-checks: each sees a row and what the rest of the tracker says, and gives the words that fill
its kind's sentence, or None where all is well (`workbook.checks.cross` says which cells it reads).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from workbook.checks.cross_facts import LEFT, YEAR, Facts
from workbook.measures.learners import word
from workbook.measures.next_step import has_offer, is_undecided, was_declined
from workbook.measures.targets import is_open
from workbook.model.excel import fold, is_number, number
from workbook.model.problem_kind import shown_as
from workbook.model.tracker import as_date

Row = Mapping[str, Any]
Words = dict[str, object] | None
DAY = "%d/%m/%Y"
_LONGEST_DAY = 12
"""Hours that a day at a placement can have; the law allows fewer, which is not for a tracker to judge."""


def _begun(row: Row, facts: Facts) -> date | None:
    start = as_date(row["start"])
    return start if start and facts.on and start <= facts.on else None


def unchecked(key: str, row: Row, facts: Facts) -> Words:
    """A placement has begun without this check."""
    start = _begun(row, facts)
    return {"start": f"{start:{DAY}}"} if start and row[key] is None else None


def checked_late(key: str, row: Row, facts: Facts) -> Words:
    """A check is dated after the placement began."""
    start, checked = _begun(row, facts), as_date(row[key])
    return {"start": f"{start:{DAY}}"} if start and checked and start < checked else None


def overlap(row: Row, facts: Facts) -> Words:
    """An earlier placement of the learner is on the same days."""
    return {"other": facts.same_days[row["#"]]}


def without_w(row: Row, facts: Facts) -> Words:
    """The registers of a placement's days know presence, but no W."""
    return {key: f"{as_date(row[key]):{DAY}}" for key in ("start", "end")}


def visit(row: Row, facts: Facts) -> Words:
    """A visit is not within its placement."""
    start, end, visit = (as_date(row[key]) for key in ("start", "end", "visit"))
    if not start or not visit or (end and end < start) or start <= visit <= (end or visit):
        return None
    return {"start": f"{start:{DAY}}", "end": f"{end:{DAY}}" if end else "end not known"}


def not_begun(key: str, row: Row, facts: Facts) -> Words:
    """Words about a placement that has not begun."""
    start = as_date(row["start"])
    early = start and facts.on and start > facts.on and word(row[key])
    return {"start": f"{start:{DAY}}"} if early else None


def note_without_visit(row: Row, facts: Facts) -> Words:
    """A visit has a note and no day."""
    start = _begun(row, facts)
    return {} if start and word(row["visit_note"]) and row["visit"] is None else None


def hours(row: Row, facts: Facts) -> Words:
    """More hours than the days can hold."""
    start, end, hours = as_date(row["start"]), as_date(row["end"]), row["hours"]
    if not start or not end or end < start or not is_number(hours):
        return None
    days = (end - start).days + 1
    many = "one day" if days == 1 else f"{days} days"
    return {"days": many} if number(hours) > _LONGEST_DAY * days else None


def runs_past_leaving(row: Row, facts: Facts) -> Words:
    """A placement goes on after the learner left."""
    left, start, end = row[LEFT], as_date(row["start"]), as_date(row["end"])
    return {"left": f"{left:{DAY}}"} if left and start and end and start <= left < end else None


def undecided(row: Row, facts: Facts) -> Words:
    """Nothing is decided, yet there is an application or an offer."""
    further = row["applied"] is not None or has_offer(row["offer"]) or word(row["course_or_role"])
    return {} if is_undecided(row["intended_destination"]) and further else None


def no_application(row: Row, facts: Facts) -> Words:
    """An answer without an application."""
    answered = has_offer(row["offer"]) or was_declined(row["offer"])
    return {} if answered and row["applied"] is None else None


def offer_date(row: Row, facts: Facts) -> Words:
    """The date of an offer that there is not."""
    answered = has_offer(row["offer"]) or was_declined(row["offer"])
    return {} if row["offer_date"] is not None and not answered else None


def accepted(row: Row, facts: Facts) -> Words:
    """Accepted without an offer."""
    accepted = fold(word(row["accepted"])) == "yes"
    return {"offer": shown_as(row["offer"])} if accepted and not has_offer(row["offer"]) else None


def evidence(row: Row, facts: Facts) -> Words:
    """A destination confirmed without an offer."""
    confirmed = row["evidence"] is not None and not has_offer(row["offer"])
    return {"offer": shown_as(row["offer"]) if row["offer"] is not None else "blank"} if confirmed else None


def declined(row: Row, facts: Facts) -> Words:
    """Declined, and no other way written down."""
    return {} if was_declined(row["offer"]) and not word(row["back_up_plan"]) else None


def before(first: str, second: str, row: Row, facts: Facts) -> Words:
    """Two dates in the wrong order."""
    one, two = as_date(row[first]), as_date(row[second])
    if not one or not two or one <= two:
        return None
    return {"other": facts.header("Transition", first), "other_value": f"{one:{DAY}}"}


def attended(row: Row, facts: Facts) -> Words:
    """More sessions attended than planned."""
    planned, attended = row["sessions_planned"], row["sessions_attended"]
    more = is_number(planned) and is_number(attended) and number(attended) > number(planned)
    return {"planned": planned} if more else None


def early_support(key: str, row: Row, facts: Facts) -> Words:
    """Something that happened in support that has not begun."""
    start, said = as_date(row["start"]), row[key]
    early = start and facts.on and start > facts.on and said not in (None, 0)
    return {"start": f"{start:{DAY}}"} if early else None


def alone(key: str, other: str, row: Row, facts: Facts) -> Words:
    """Half of an aim."""
    filled = row[key] is not None and row[other] is None
    return {"other": facts.header("Interventions", other)} if filled else None


def nothing_due(row: Row, facts: Facts) -> Words:
    """A follow-up done that was never due."""
    return {} if fold(word(row["done"])) == "yes" and row["follow_up_due"] is None else None


def both(row: Row, facts: Facts) -> Words:
    """A learner and a group in one row."""
    return {} if word(row["learner_id"]) and word(row["group"]) else None


def empty_group(row: Row, facts: Facts) -> Words:
    """A group without a member while its support runs."""
    start, end = _begun(row, facts), as_date(row["end"])
    if start is None or facts.on is None or not word(row["group"]) or word(row["learner_id"]):
        return None
    return None if facts.anyone_in(row["group"], start, min(end or facts.on, facts.on)) else {}


def outcome(row: Row, facts: Facts) -> Words:
    """An outcome that does not go with the end."""
    outcome, end = fold(word(row["outcome"])), as_date(row["end"])
    if outcome == "stopped" and row["end"] is None and row[LEFT] is None:
        return {"end": "the row has no end"}
    if outcome == "goes on" and end and facts.on and end < facts.on:
        return {"end": f"it ended on {end:{DAY}}"}
    if outcome in ("met", "not met", "partly met") and end and facts.latest and end > facts.latest:
        return {"end": f"it ends on {end:{DAY}}, which has not come"}
    return None


def open_after_leaving(key: str, still: Callable[[Row], bool], row: Row, facts: Facts) -> Words:
    """Still open after the learner left."""
    left = row[LEFT]
    gone = left and facts.on and left < facts.on
    return {"left": f"{left:{DAY}}"} if gone and still(row) else None


def not_ended(row: Row) -> bool:
    """Whether a row has no end."""
    return row["end"] is None


def target_open(row: Row) -> bool:
    """Whether a target waits."""
    return is_open(row["status"])


def done(row: Row, facts: Facts) -> Words:
    """Done without anything to do."""
    nothing = fold(word(row["restorative_action"])) in ("", "none yet")
    return {} if fold(word(row["done"])) == "yes" and nothing else None


def other_year(row: Row, facts: Facts) -> Words:
    """Evidence for a topic of another year."""
    years, mine = facts.years_of(row["topic"]), row[YEAR]
    if not years or mine is None or mine in years:
        return None
    return {"year": " and ".join(f"{one:g}" for one in sorted(years)), "learner_year": f"{mine:g}"}


def before_topic(row: Row, facts: Facts) -> Words:
    """Evidence before the week of its topic."""
    day, week = as_date(row["date"]), facts.first_week_of(row["topic"], row[YEAR])
    return {"week": f"{week:{DAY}}"} if day and week and day < week else None


def still_in_group(row: Row) -> bool:
    """Whether a member has not left."""
    return row["left"] is None
