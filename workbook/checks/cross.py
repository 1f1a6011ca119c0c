"""What cells say of each other, as one table: on which sheet, at which column, under which condition, in which words.

A condition sees a row and what the rest of the tracker says, and gives the words that fill its kind's sentence, or None
where all is well. It is asked only where every column it reads is there and none of those cells has a problem already:
a date typed as a text is one fault, not three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from workbook.checks import cross_conditions as when
from workbook.checks import cross_kinds as kind
from workbook.checks.cross_conditions import DAY, Row, Words
from workbook.checks.cross_facts import Facts
from workbook.checks.findings import Finding, put
from workbook.checks.kinds import DATE_AFTER_LEAVING, DATES_OUT_OF_ORDER
from workbook.checks.reference import Known
from workbook.measures.flags_records import PLACEMENT_CHECKS
from workbook.model.problem import Problem
from workbook.model.problem_kind import ProblemKind
from workbook.model.tracker import Table, as_date

Condition = Callable[[Row, Facts], Words]


@dataclass(frozen=True)
class CrossCheck:
    """A check of one row against the rest: where the problem is put, its words and fix, condition, what it reads."""

    table: str
    key: str
    kind: ProblemKind
    condition: Condition
    reads: tuple[str, ...]


_W = "Workexperience"
_T = "Transition"
_I = "Interventions"
_APPLIED = ("intended_destination", "applied", "offer", "course_or_role")
_WORDS = ("visit_note", "employers_comment", "reflection")

#: Every cross-check of a row: sheet and column, kind (words and fix), condition, the columns it reads.
CROSS_CHECKS: tuple[CrossCheck, ...] = (
    *(
        CrossCheck(_W, key, kind.PLACEMENT_UNCHECKED, partial(when.unchecked, key), (key, "start"))
        for key in PLACEMENT_CHECKS
    ),
    *(
        CrossCheck(_W, key, kind.PLACEMENT_CHECKED_LATE, partial(when.checked_late, key), (key, "start"))
        for key in PLACEMENT_CHECKS
    ),
    CrossCheck(_W, "start", kind.PLACEMENTS_OVERLAP, when.overlap, ("learner_id", "start", "end")),
    CrossCheck(_W, "start", kind.PLACEMENT_WITHOUT_MARK, when.without_w, ("learner_id", "start", "end")),
    CrossCheck(_W, "visit", kind.VISIT_OUTSIDE_PLACEMENT, when.visit, ("visit", "start", "end")),
    *(CrossCheck(_W, key, kind.PLACEMENT_NOT_BEGUN, partial(when.not_begun, key), (key, "start")) for key in _WORDS),
    CrossCheck(
        _W, "visit_note", kind.VISIT_NOTE_WITHOUT_VISIT, when.note_without_visit, ("visit_note", "visit", "start")
    ),
    CrossCheck(_W, "hours", kind.HOURS_TOO_MANY, when.hours, ("hours", "start", "end")),
    CrossCheck(_W, "end", DATE_AFTER_LEAVING, when.runs_past_leaving, ("learner_id", "start", "end")),
    CrossCheck(_T, "intended_destination", kind.UNDECIDED_WITH_PLAN, when.undecided, _APPLIED),
    CrossCheck(_T, "offer", kind.OFFER_WITHOUT_APPLICATION, when.no_application, ("offer", "applied")),
    CrossCheck(_T, "offer_date", kind.OFFER_DATE_WITHOUT_OFFER, when.offer_date, ("offer_date", "offer")),
    CrossCheck(_T, "accepted", kind.ACCEPTED_WITHOUT_OFFER, when.accepted, ("accepted", "offer")),
    CrossCheck(_T, "evidence", kind.EVIDENCE_WITHOUT_OFFER, when.evidence, ("evidence", "offer")),
    CrossCheck(_T, "back_up_plan", kind.DECLINED_WITHOUT_PLAN, when.declined, ("offer", "back_up_plan")),
    *(
        CrossCheck(_T, second, DATES_OUT_OF_ORDER, partial(when.before, first, second), (first, second))
        for first, second in (("applied", "interview"), ("applied", "offer_date"), ("offer_date", "evidence"))
    ),
    CrossCheck(_I, "sessions_attended", kind.ATTENDED_MORE, when.attended, ("sessions_planned", "sessions_attended")),
    *(
        CrossCheck(_I, key, kind.SUPPORT_NOT_BEGUN, partial(when.early_support, key), (key, "start"))
        for key in ("sessions_attended", "outcome")
    ),
    *(
        CrossCheck(_I, key, kind.AIM_INCOMPLETE, partial(when.alone, key, other), (key, other))
        for key, other in (("aim_measure", "aim_value"), ("aim_value", "aim_measure"))
    ),
    CrossCheck("Contacts", "done", kind.FOLLOW_UP_UNKNOWN, when.nothing_due, ("done", "follow_up_due")),
    CrossCheck(_I, "group", kind.LEARNER_AND_GROUP, when.both, ("learner_id", "group")),
    CrossCheck(_I, "group", kind.GROUP_EMPTY, when.empty_group, ("learner_id", "group", "start", "end")),
    CrossCheck(_I, "outcome", kind.OUTCOME_AGAINST_END, when.outcome, ("learner_id", "outcome", "end")),
    CrossCheck(
        _I,
        "end",
        kind.OPEN_AFTER_LEAVING,
        partial(when.open_after_leaving, "end", when.not_ended),
        ("learner_id", "start", "end"),
    ),
    CrossCheck(
        "Targets",
        "status",
        kind.OPEN_AFTER_LEAVING,
        partial(when.open_after_leaving, "status", when.target_open),
        ("learner_id", "set_on", "status"),
    ),
    CrossCheck(
        "Groups",
        "left",
        kind.OPEN_AFTER_LEAVING,
        partial(when.open_after_leaving, "left", when.still_in_group),
        ("learner_id", "joined", "left"),
    ),
    CrossCheck("Behaviour", "done", kind.DONE_WITHOUT_ACTION, when.done, ("restorative_action", "done")),
    CrossCheck("PDevidence", "topic", kind.TOPIC_OF_OTHER_YEAR, when.other_year, ("learner_id", "topic")),
    CrossCheck("PDevidence", "date", kind.EVIDENCE_BEFORE_TOPIC, when.before_topic, ("learner_id", "topic", "date")),
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
            yield put(table, key, place, Finding(kind.MARK_WITHOUT_PLACEMENT, None, {"day": f"{day:{DAY}}"}))


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
        words = {"by": f"{day:{DAY}}", "count": count}
        yield kind.TRANSITION_ROWS_MISSING.at(table.sheet.name, table.next_cell("learner_id"), None, None, **words)
