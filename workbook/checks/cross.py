"""What cells say of each other, as one table: on which sheet, at which column, under which condition, in which words.

A condition sees a row and what the rest of the tracker says, and gives the words that fill its kind's sentence, or None
where all is well. It is asked only where every column it reads is there and none of those cells has a problem already:
a date typed as a text is one fault, not three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from workbook.checks import cross_kinds as kind
from workbook.checks.cross_facts import Facts
from workbook.checks.findings import Finding, put
from workbook.checks.kinds import DATE_AFTER_LEAVING, DATES_OUT_OF_ORDER
from workbook.checks.reference import Known
from workbook.measures.flags_records import PLACEMENT_CHECKS
from workbook.measures.learners import word
from workbook.measures.next_step import has_offer, is_undecided, was_declined
from workbook.measures.targets import is_open
from workbook.model.excel import fold, is_number, number
from workbook.model.problem import Problem
from workbook.model.problem_kind import ProblemKind, shown_as
from workbook.model.tracker import Table, as_date

Row = Mapping[str, Any]
Words = dict[str, object] | None
Condition = Callable[[Row, Facts], Words]
_DAY = "%d/%m/%Y"


@dataclass(frozen=True)
class CrossCheck:
    """A check of one row against the rest: where the problem is put, its words and fix, condition, what it reads."""

    table: str
    key: str
    kind: ProblemKind
    condition: Condition
    reads: tuple[str, ...]


def _begun(row: Row, facts: Facts) -> date | None:
    start = as_date(row["start"])
    return start if start and facts.on and start <= facts.on else None


def _unchecked(key: str, row: Row, facts: Facts) -> Words:
    start = _begun(row, facts)
    return {"start": f"{start:{_DAY}}"} if start and row[key] is None else None


def _checked_late(key: str, row: Row, facts: Facts) -> Words:
    start, checked = _begun(row, facts), as_date(row[key])
    return {"start": f"{start:{_DAY}}"} if start and checked and start < checked else None


def _overlap(row: Row, facts: Facts) -> Words:
    other = facts.overlapping(row["#"])
    return None if other is None else {"other": other}


def _without_w(row: Row, facts: Facts) -> Words:
    placement = facts.placement(row["#"])
    if placement is None or not facts.attended_without_w(placement):
        return None
    return {"start": f"{placement.start:{_DAY}}", "end": f"{placement.end:{_DAY}}"}


def _visit(row: Row, facts: Facts) -> Words:
    start, end, visit = (as_date(row[key]) for key in ("start", "end", "visit"))
    if not start or not visit or (end and end < start) or start <= visit <= (end or visit):
        return None
    return {"start": f"{start:{_DAY}}", "end": f"{end:{_DAY}}" if end else "end not known"}


def _not_begun(key: str, row: Row, facts: Facts) -> Words:
    start = as_date(row["start"])
    early = start and facts.on and start > facts.on and word(row[key])
    return {"start": f"{start:{_DAY}}"} if early else None


def _runs_past_leaving(row: Row, facts: Facts) -> Words:
    left, start, end = facts.left(row["learner_id"]), as_date(row["start"]), as_date(row["end"])
    return {"left": f"{left:{_DAY}}"} if left and start and end and start <= left < end else None


def _undecided(row: Row, facts: Facts) -> Words:
    further = row["applied"] is not None or has_offer(row["offer"]) or word(row["course_or_role"])
    return {} if is_undecided(row["intended_destination"]) and further else None


def _no_application(row: Row, facts: Facts) -> Words:
    answered = has_offer(row["offer"]) or was_declined(row["offer"])
    return {} if answered and row["applied"] is None else None


def _offer_date(row: Row, facts: Facts) -> Words:
    answered = has_offer(row["offer"]) or was_declined(row["offer"])
    return {} if row["offer_date"] is not None and not answered else None


def _accepted(row: Row, facts: Facts) -> Words:
    accepted = fold(word(row["accepted"])) == "yes"
    return {"offer": shown_as(row["offer"])} if accepted and not has_offer(row["offer"]) else None


def _declined(row: Row, facts: Facts) -> Words:
    return {} if was_declined(row["offer"]) and not word(row["back_up_plan"]) else None


def _before(first: str, second: str, row: Row, facts: Facts) -> Words:
    one, two = as_date(row[first]), as_date(row[second])
    if not one or not two or one <= two:
        return None
    return {"other": facts.header("Transition", first), "other_value": f"{one:{_DAY}}"}


def _attended(row: Row, facts: Facts) -> Words:
    planned, attended = row["sessions_planned"], row["sessions_attended"]
    more = is_number(planned) and is_number(attended) and number(attended) > number(planned)
    return {"planned": planned} if more else None


def _both(row: Row, facts: Facts) -> Words:
    return {} if word(row["learner_id"]) and word(row["group"]) else None


def _empty_group(row: Row, facts: Facts) -> Words:
    start, end = _begun(row, facts), as_date(row["end"])
    if start is None or facts.on is None or not word(row["group"]) or word(row["learner_id"]):
        return None
    return None if facts.anyone_in(row["group"], start, min(end or facts.on, facts.on)) else {}


def _outcome(row: Row, facts: Facts) -> Words:
    outcome, end = fold(word(row["outcome"])), as_date(row["end"])
    if outcome == "stopped" and row["end"] is None and facts.left(row["learner_id"]) is None:
        return {"end": "the row has no end"}
    if outcome == "goes on" and end and facts.on and end < facts.on:
        return {"end": f"it ended on {end:{_DAY}}"}
    return None


def _open_after_leaving(key: str, still: Callable[[Row], bool], row: Row, facts: Facts) -> Words:
    left = facts.left(row["learner_id"])
    gone = left and facts.on and left < facts.on
    return {"left": f"{left:{_DAY}}"} if gone and still(row) else None


def _not_ended(row: Row) -> bool:
    return row["end"] is None


def _target_open(row: Row) -> bool:
    return is_open(row["status"])


def _done(row: Row, facts: Facts) -> Words:
    nothing = fold(word(row["restorative_action"])) in ("", "none yet")
    return {} if fold(word(row["done"])) == "yes" and nothing else None


def _other_year(row: Row, facts: Facts) -> Words:
    years, mine = facts.years_of(row["topic"]), facts.year(row["learner_id"])
    if not years or mine is None or mine in years:
        return None
    return {"year": " and ".join(f"{one:g}" for one in sorted(years)), "learner_year": f"{mine:g}"}


def _before_topic(row: Row, facts: Facts) -> Words:
    day, week = as_date(row["date"]), facts.first_week_of(row["topic"], facts.year(row["learner_id"]))
    return {"week": f"{week:{_DAY}}"} if day and week and day < week else None


_W = "Workexperience"
_T = "Transition"
_I = "Interventions"
_APPLIED = ("intended_destination", "applied", "offer", "course_or_role")
_WORDS = ("visit_note", "employers_comment", "reflection")

#: Every cross-check of a row: sheet and column, kind (words and fix), condition, the columns it reads.
CROSS_CHECKS: tuple[CrossCheck, ...] = (
    *(
        CrossCheck(_W, key, kind.PLACEMENT_UNCHECKED, partial(_unchecked, key), (key, "start"))
        for key in PLACEMENT_CHECKS
    ),
    *(
        CrossCheck(_W, key, kind.PLACEMENT_CHECKED_LATE, partial(_checked_late, key), (key, "start"))
        for key in PLACEMENT_CHECKS
    ),
    CrossCheck(_W, "start", kind.PLACEMENTS_OVERLAP, _overlap, ("learner_id", "start", "end")),
    CrossCheck(_W, "start", kind.PLACEMENT_WITHOUT_MARK, _without_w, ("learner_id", "start", "end")),
    CrossCheck(_W, "visit", kind.VISIT_OUTSIDE_PLACEMENT, _visit, ("visit", "start", "end")),
    *(CrossCheck(_W, key, kind.PLACEMENT_NOT_BEGUN, partial(_not_begun, key), (key, "start")) for key in _WORDS),
    CrossCheck(_W, "end", DATE_AFTER_LEAVING, _runs_past_leaving, ("learner_id", "start", "end")),
    CrossCheck(_T, "intended_destination", kind.UNDECIDED_WITH_PLAN, _undecided, _APPLIED),
    CrossCheck(_T, "offer", kind.OFFER_WITHOUT_APPLICATION, _no_application, ("offer", "applied")),
    CrossCheck(_T, "offer_date", kind.OFFER_DATE_WITHOUT_OFFER, _offer_date, ("offer_date", "offer")),
    CrossCheck(_T, "accepted", kind.ACCEPTED_WITHOUT_OFFER, _accepted, ("accepted", "offer")),
    CrossCheck(_T, "back_up_plan", kind.DECLINED_WITHOUT_PLAN, _declined, ("offer", "back_up_plan")),
    *(
        CrossCheck(_T, second, DATES_OUT_OF_ORDER, partial(_before, first, second), (first, second))
        for first, second in (("applied", "interview"), ("applied", "offer_date"), ("offer_date", "evidence"))
    ),
    CrossCheck(_I, "sessions_attended", kind.ATTENDED_MORE, _attended, ("sessions_planned", "sessions_attended")),
    CrossCheck(_I, "group", kind.LEARNER_AND_GROUP, _both, ("learner_id", "group")),
    CrossCheck(_I, "group", kind.GROUP_EMPTY, _empty_group, ("learner_id", "group", "start", "end")),
    CrossCheck(_I, "outcome", kind.OUTCOME_AGAINST_END, _outcome, ("learner_id", "outcome", "end")),
    CrossCheck(
        _I,
        "end",
        kind.OPEN_AFTER_LEAVING,
        partial(_open_after_leaving, "end", _not_ended),
        ("learner_id", "start", "end"),
    ),
    CrossCheck(
        "Targets",
        "status",
        kind.OPEN_AFTER_LEAVING,
        partial(_open_after_leaving, "status", _target_open),
        ("learner_id", "set_on", "status"),
    ),
    CrossCheck("Behaviour", "done", kind.DONE_WITHOUT_ACTION, _done, ("restorative_action", "done")),
    CrossCheck("PDevidence", "topic", kind.TOPIC_OF_OTHER_YEAR, _other_year, ("learner_id", "topic")),
    CrossCheck("PDevidence", "date", kind.EVIDENCE_BEFORE_TOPIC, _before_topic, ("learner_id", "topic", "date")),
)


def cross_checks(known: Known, found: Iterable[Problem]) -> Iterator[Problem]:
    """Every problem that two cells show together; ``found`` are those of single cells, which are not asked again."""
    taken = {(one.sheet, one.cell) for one in found}
    facts = Facts(known, taken)
    by_table: dict[str, list[CrossCheck]] = {}
    for one in CROSS_CHECKS:
        by_table.setdefault(one.table, []).append(one)
    for name, checks in by_table.items():
        table = known.tracker.tables.get(name)
        if table is None or not len(table):
            continue
        usable = [one for one in checks if {one.key, *one.reads} <= set(table.columns)]
        keys = sorted({key for one in usable for key in one.reads})
        for place, values in enumerate(zip(*(table[key] for key in keys), strict=True)):
            row = {**dict(zip(keys, values, strict=True)), "#": place}
            yield from _of_row(table, place, row, usable, facts, taken)
    yield from _marks_without_placement(known, facts, taken)
    yield from _transition_rows(known, facts)


def _of_row(
    table: Table, place: int, row: Row, checks: list[CrossCheck], facts: Facts, taken: set[tuple[str, str]]
) -> Iterator[Problem]:
    said: set[str] = set()
    for one in checks:
        if one.key in said or any((table.sheet.name, table.cell(key, place)) in taken for key in one.reads):
            continue  # first, since a condition is only asked of cells that are of their kind
        words = one.condition(row, facts)
        if words is None:
            continue
        said.add(one.key)
        yield put(table, one.key, place, Finding(one.kind, None, words))


def _marks_without_placement(known: Known, facts: Facts, taken: set[tuple[str, str]]) -> Iterator[Problem]:
    """The first mark W of each row of Registers on a day that no placement of the learner covers."""
    table = known.tracker["Registers"]
    for place, key, day in facts.marks_w:
        cell = (table.sheet.name, table.cell(key, place))
        if cell not in taken and not facts.covered(table["learner_id"][place], day):
            yield put(table, key, place, Finding(kind.MARK_WITHOUT_PLACEMENT, None, {"day": f"{day:{_DAY}}"}))


def _transition_rows(known: Known, facts: Facts) -> Iterator[Problem]:
    """Learners of the last year without a row on Transition, once destinations were due; also where it is empty."""
    table, by = known.tracker["Transition"], known.tracker.settings["destination_by"]
    day = as_date(by)
    if "learner_id" not in table.columns or day is None or facts.on is None or facts.on - day < timedelta(1):
        return
    rows = {known.people.find(one) for one in table["learner_id"]}
    lacking = [
        one
        for one in known.people.on_roll(facts.on)
        if known.people.all[one].year == known.people.last_year and one not in rows
    ]
    if len(lacking) > sum(known.people.find(one) is None for one in table["learner_id"]):
        count = "one learner" if len(lacking) == 1 else f"{len(lacking)} learners"
        words = {"by": f"{day:{_DAY}}", "count": count}
        yield kind.TRANSITION_ROWS_MISSING.at(table.sheet.name, table.next_cell("learner_id"), None, None, **words)
