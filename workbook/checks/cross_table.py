"""Every cross-check of a row, as one table: sheet and column, kind (words and fix), condition, the columns it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from workbook.checks import cross_conditions as when
from workbook.checks import cross_days as days
from workbook.checks import cross_kinds as kind
from workbook.checks import cross_people as people
from workbook.checks import record_kinds as more
from workbook.checks.cross_conditions import Row, Words
from workbook.checks.cross_facts import LEFT, OF_LEARNER, YEAR, Facts
from workbook.checks.kinds import DATE_AFTER_LEAVING, DATES_OUT_OF_ORDER
from workbook.measures.codes import MARK_KEYS
from workbook.measures.flags_records import PLACEMENT_CHECKS
from workbook.model.formulas import DROPS
from workbook.model.problem_kind import ProblemKind

Condition = Callable[[Row, Facts], Words]


@dataclass(frozen=True)
class CrossCheck:
    """A check of one row against the rest: where the problem is put, its words and fix, condition, what it reads.

    ``rows`` names the records worth asking, where few are or where what a condition reads does not tell one from the
    next; it then sees the place of the record as ``#``. All of them are asked where it is None. Of the checks of a cell
    the first that finds something speaks: of those that ask few records, and of those that ask all.
    """

    table: str
    key: str
    kind: ProblemKind
    condition: Condition
    reads: tuple[str, ...]
    rows: Callable[[Facts], Iterable[int]] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns in which it reads."""
        return tuple("learner_id" if key in OF_LEARNER else key for key in self.reads)


_W, _V = "Workexperience", "Vocationaldays"
_T = "Transition"
_I = "Interventions"
_STAY = ("learner_id", "start", "end")
_APPLIED = ("intended_destination", "applied", "offer", "course_or_role")
_WORDS = ("visit_note", "employers_comment", "reflection")

_PEOPLE = (
    CrossCheck(
        "Learners", "surname", more.LEARNER_TWICE, people.same_person,
        ("learner_id", "first_name", "surname", "date_of_birth"), attrgetter("same_person"),
    ),
    *(
        CrossCheck("Learners", key, more.COURSE_INCOMPLETE, partial(people.half_a_course, key, other), (key, other))
        for key, other in (("course", "vocational_day"), ("vocational_day", "course"))
    ),
    CrossCheck(
        "Parents", "send_reports", more.SENT_WITHOUT_RESPONSIBILITY, people.sent_in_vain,
        ("parental_responsibility", "send_reports"),
    ),
    CrossCheck(
        "Parents", "email", more.NO_WAY_TO_REACH, people.unreachable,
        ("parental_responsibility", "send_reports", "email", "phone", "address"),
    ),
)  # fmt: skip
_LEVELS = (
    *(
        CrossCheck("Progress", key, more.LEVEL_TO_COME, partial(people.to_come, drop, key), (key,),
                   partial(people.with_drops_to_come, drop))
        for drop in DROPS
        for key in (f"apl_{drop}", f"effort_{drop}")
    ),
    *(
        CrossCheck("Progress", f"apl_{drop}", more.LEVEL_OUTSIDE_STAY,
                   partial(people.outside_stay, drop, f"apl_{drop}"), ("learner_id", f"apl_{drop}"),
                   people.of_comers_and_goers)
        for drop in DROPS
    ),
    *(
        CrossCheck("Progress", key, more.ABOVE_TIER, partial(people.above_tier, key), ("subject", key),
                   people.in_foundation)
        for key in ("target", "forecast", *(f"apl_{drop}" for drop in DROPS))
    ),
    CrossCheck(
        "Progress", "target", more.TARGET_BELOW_BASELINE, people.below_baseline, ("subject", "baseline", "target")
    ),
    CrossCheck(
        "Progress", "baseline_source", more.BASELINE_SOURCE_ODD, people.source, ("baseline", "baseline_source")
    ),
)  # fmt: skip
_DAYS = (
    CrossCheck("Registers", "week", kind.DATE_IN_FUTURE, days.week_to_come, ("week", *MARK_KEYS), days.marks_to_come),
    CrossCheck("Behaviour", "date", more.ABSENT_THEN, days.absent_then, ("learner_id", "date", "type")),
    CrossCheck(_V, "week", kind.DATE_IN_FUTURE, days.week_to_come, ("week",)),
    CrossCheck(_V, "week", more.NO_COLLEGE_THAT_WEEK, days.no_college, ("week",)),
    CrossCheck(_V, "attended", more.DAY_AGAINST_REGISTER, days.vocational_day, ("learner_id", "week", "attended")),
    CrossCheck(_V, "effort", more.ABSENT_WITH_EFFORT, days.effort_when_absent, ("attended", "effort")),
    CrossCheck("PDtopics", "week", more.NO_COLLEGE_THAT_WEEK, days.no_college, ("week",)),
    CrossCheck("Diary", "done", more.DONE_TOO_EARLY, days.done_early, ("date", "done")),
    CrossCheck("Diary", "time", more.TIME_ODD, days.odd_time, ("time",)),
    CrossCheck("Diary", "time", more.DIARY_CLASH, days.clash, ("date", "time", "mentor"), attrgetter("same_time")),
)
_SUPPORT = (
    CrossCheck("Targets", "target", more.TARGET_TWICE, days.target_twice, ("learner_id", "target", "status"),
               attrgetter("same_target")),
    CrossCheck("Targets", "due", more.TARGET_WITHOUT_DUE, days.never_due, ("due", "status")),
    CrossCheck("Targets", "reviewed", more.CLOSED_WITHOUT_REVIEW, days.unreviewed, ("status", "reviewed")),
    CrossCheck(
        _I, "start", more.SUPPORT_OVERLAPS, days.support_overlap,
        ("learner_id", "group", "type", "start", "end"), attrgetter("same_support"),
    ),
    CrossCheck(_I, "review_due", more.NEVER_REVIEWED, days.never_reviewed, ("start", "review_due", "end", "outcome")),
    CrossCheck(
        _I, "sessions_attended", more.SESSIONS_UNPLANNED, days.unplanned, ("sessions_planned", "sessions_attended")
    ),
    CrossCheck(_I, "aim_value", more.AIM_OUT_OF_RANGE, days.aim, ("aim_measure", "aim_value")),
    CrossCheck(_I, "subject", more.SUBJECT_NOT_TAKEN, days.not_taken, ("learner_id", "subject")),
    CrossCheck(
        "Contacts", "follow_up_due", more.SEEN_WITH_FOLLOW_UP, days.seen_with_follow_up, ("with", "follow_up_due")
    ),
    CrossCheck(
        _W, "start", more.PLACEMENT_WITHOUT_START, days.without_start, ("start", "end", "visit", "hours")
    ),
)  # fmt: skip
_FRAME = (
    CrossCheck(
        "Terms", "start", more.TERMS_OVERLAP, people.terms_overlap, ("kind", "start", "end"), attrgetter("same_term")
    ),
    CrossCheck("Drops", "date", more.DROPS_OUT_OF_ORDER, people.drop_order, ("drop", "date")),
    CrossCheck("Scales", "points", more.POINTS_OUT_OF_ORDER, people.points_order, ("scale", "order", "points")),
    CrossCheck("Settings", "value", more.THRESHOLDS_OUT_OF_ORDER, people.threshold_order, ("name", "value")),
)

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
    CrossCheck(
        _W, "start", kind.PLACEMENTS_OVERLAP, when.overlap, ("learner_id", "start", "end"), attrgetter("same_days")
    ),
    CrossCheck(
        _W,
        "start",
        kind.PLACEMENT_WITHOUT_MARK,
        when.without_w,
        ("learner_id", "start", "end"),
        attrgetter("without_w"),
    ),
    CrossCheck(_W, "visit", kind.VISIT_OUTSIDE_PLACEMENT, when.visit, ("visit", "start", "end")),
    *(CrossCheck(_W, key, kind.PLACEMENT_NOT_BEGUN, partial(when.not_begun, key), (key, "start")) for key in _WORDS),
    CrossCheck(
        _W, "visit_note", kind.VISIT_NOTE_WITHOUT_VISIT, when.note_without_visit, ("visit_note", "visit", "start")
    ),
    CrossCheck(_W, "hours", kind.HOURS_TOO_MANY, when.hours, ("hours", "start", "end")),
    CrossCheck(_W, "end", DATE_AFTER_LEAVING, when.runs_past_leaving, (LEFT, "start", "end")),
    CrossCheck(_T, "intended_destination", kind.UNDECIDED_WITH_PLAN, when.undecided, _APPLIED),
    CrossCheck(_T, "offer", kind.OFFER_WITHOUT_APPLICATION, when.no_application, ("offer", "applied")),
    CrossCheck(_T, "offer_date", kind.OFFER_DATE_WITHOUT_OFFER, when.offer_date, ("offer_date", "offer")),
    CrossCheck(_T, "accepted", kind.ACCEPTED_WITHOUT_OFFER, when.accepted, ("accepted", "offer")),
    CrossCheck(_T, "evidence", kind.EVIDENCE_WITHOUT_OFFER, when.evidence, ("evidence", "offer")),
    CrossCheck(_T, "back_up_plan", kind.DECLINED_WITHOUT_PLAN, when.declined, ("offer", "back_up_plan")),
    *(
        CrossCheck(_T, second, DATES_OUT_OF_ORDER, partial(when.before, first, second), (first, second))
        for first, second in (
            ("applied", "interview"),
            ("applied", "offer_date"),
            ("interview", "offer_date"),
            ("offer_date", "evidence"),
        )
    ),
    *(
        CrossCheck(_T, key, more.OFFER_INCOMPLETE, partial(days.offer_incomplete, key), ("offer", key))
        for key in ("offer_date", "provider")
    ),
    CrossCheck(
        _T, "interview", more.INTERVIEW_WITHOUT_APPLICATION, days.interview_alone, ("interview", "applied", "offer")
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
    CrossCheck(_I, "outcome", kind.OUTCOME_AGAINST_END, when.outcome, (LEFT, "outcome", "end")),
    CrossCheck(
        _I,
        "end",
        kind.OPEN_AFTER_LEAVING,
        partial(when.open_after_leaving, "end", when.not_ended),
        (LEFT, "start", "end"),
    ),
    CrossCheck(
        "Targets",
        "status",
        kind.OPEN_AFTER_LEAVING,
        partial(when.open_after_leaving, "status", when.target_open),
        (LEFT, "set_on", "status"),
    ),
    CrossCheck(
        "Groups",
        "left",
        kind.OPEN_AFTER_LEAVING,
        partial(when.open_after_leaving, "left", when.still_in_group),
        (LEFT, "joined", "left"),
    ),
    CrossCheck("Behaviour", "done", kind.DONE_WITHOUT_ACTION, when.done, ("restorative_action", "done")),
    CrossCheck("PDevidence", "topic", kind.TOPIC_OF_OTHER_YEAR, when.other_year, (YEAR, "topic")),
    CrossCheck("PDevidence", "date", kind.EVIDENCE_BEFORE_TOPIC, when.before_topic, (YEAR, "topic", "date")),
    *_PEOPLE,
    *_LEVELS,
    *_DAYS,
    *_SUPPORT,
    *_FRAME,
)
