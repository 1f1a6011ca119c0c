"""The flag rules: what raises a flag, in which band, what is said, why it matters and what to do.

Sources: persistent and severe absence are at or above 10% and 50% of possible sessions missed (Department for
Education, working together to improve school attendance, in force from 19 August 2024). The other thresholds are
starting points for a college to change on its Settings sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial


class Nature(StrEnum):
    """What a rule speaks of. Only concerns are counted towards a conversation."""

    CONCERN = "concern"
    CARE = "care"
    INFORMATION = "information"
    STRENGTH = "strength"


class Band(StrEnum):
    """What a flag asks for: one concern is a look, two or more are a talk."""

    LOOK = "look"
    TALK = "talk"
    HEAD_OF_YEAR = "head of year"
    CARE = "care"
    INFORMATION = "information"
    STRENGTH = "strength"


@dataclass(frozen=True)
class Rule:
    """A flag rule. ``words`` is the reason with ``{value}`` and ``{threshold}``; ``setting`` names its threshold."""

    code: str
    title: str
    setting: str
    words: str
    why: str
    do: str
    nature: Nature
    band: Band


_look = partial(Rule, nature=Nature.CONCERN, band=Band.LOOK)
_care = partial(Rule, nature=Nature.CARE, band=Band.CARE)
_strength = partial(Rule, nature=Nature.STRENGTH, band=Band.STRENGTH)

RULES: tuple[Rule, ...] = (
    Rule(
        "attendance_head",
        "Severe absence",
        "attendance_head",
        "Attendance this year is {value}%; at {threshold}% or less at least half of the sessions are missed.",
        "Half of the learning is missed.",
        "Speak to the Head of Year today and agree a plan with home.",
        Nature.CONCERN,
        Band.HEAD_OF_YEAR,
    ),
    Rule(
        "attendance_talk",
        "Persistent absence",
        "attendance_talk",
        "Attendance this year is {value}%; persistent absence starts at {threshold}%.",
        "One day in ten or more is missed.",
        "Talk with the learner and home; look at the pattern by day first.",
        Nature.CONCERN,
        Band.TALK,
    ),
    _look(
        "attendance_look",
        "Attendance to watch",
        "attendance_look",
        "Attendance this year is {value}%, under {threshold}%.",
        "A small habit is easier to mend early.",
        "Look at which days are missed and ask why.",
    ),
    _look(
        "attendance_fall",
        "Attendance fell",
        "attendance_fall",
        "Attendance fell by {value} points against the half term before ({threshold} or more).",
        "A change says more than a level.",
        "Ask what has changed.",
    ),
    _look(
        "lates",
        "Often late",
        "lates",
        "{value} late sessions in the last {days} school days ({threshold} or more).",
        "Lateness often comes before absence.",
        "Ask about the journey and the morning.",
    ),
    Rule(
        "unauthorised",
        "Unauthorised absence",
        "unauthorised",
        "{value} unauthorised sessions in the last {weeks} school weeks ({threshold} or more).",
        "Ten in ten weeks is the point at which schools consider a notice.",
        "For your information; nothing is sent.",
        Nature.INFORMATION,
        Band.INFORMATION,
    ),
    _look(
        "progress_below",
        "Below in several subjects",
        "subjects_below",
        "Below in {value} subjects ({threshold} or more): {subjects}.",
        "Several subjects at once point to the learner, not the lesson.",
        "Look at effort and attendance beside it.",
    ),
    _look(
        "core_below",
        "Below in English or maths",
        "core_below",
        "{value} points below in {subjects} ({threshold} or more).",
        "English and maths open the next step.",
        "Agree one thing with the teacher.",
    ),
    _look(
        "progress_fell",
        "Levels fell",
        "subjects_fell",
        "The level fell in {value} subjects since the drop before ({threshold} or more): {subjects}.",
        "A fall is a question to ask.",
        "Ask the learner first, then the teachers.",
    ),
    _look(
        "low_level",
        "Level below the line",
        "low_level_points",
        "A level worth {value} at drop {drop}, under {threshold}: {subjects}.",
        "The line your Academy has set.",
        "Look at what support is in place.",
    ),
    _look(
        "effort_lowest",
        "Effort needs support",
        "effort_lowest",
        "Effort is at the lowest level in {value} subjects ({threshold} or more): {subjects}.",
        "Effort is what a learner can change first.",
        "Ask what gets in the way.",
    ),
    _look(
        "effort_dropped",
        "Effort dropped",
        "effort_dropped",
        "Effort dropped in {value} subjects ({threshold} or more): {subjects}.",
        "Effort often drops before levels do.",
        "Ask what has changed.",
    ),
    _look(
        "incidents",
        "Behaviour incidents",
        "incidents",
        "{value} incidents in the last {days} school days ({threshold} or more).",
        "Several in a short time want a restorative meeting.",
        "Plan a restorative meeting.",
    ),
    _care(
        "no_contact",
        "No contact recorded",
        "contact_weeks",
        "No contact recorded for {value} school weeks ({threshold} or more).",
        "Quiet learners are missed first.",
        "Have a short conversation and write it down.",
    ),
    _care(
        "target_overdue",
        "Target overdue",
        "target_days",
        "A target is {value} days past its date ({threshold} or more).",
        "A target nobody looks at teaches that targets do not matter.",
        "Look at it together and set its status.",
    ),
    _care(
        "review_overdue",
        "Review overdue",
        "review_days",
        "A review is {value} days late ({threshold} or more).",
        "An intervention is only as good as its review.",
        "Review it, then end it or set a new date.",
    ),
    _care(
        "report_missing",
        "Comments missing",
        "comments_missing",
        "{value} subjects have no comment although reports are due ({threshold} or more): {subjects}.",
        "Home waits for it.",
        "Ask the teachers.",
    ),
    _care(
        "no_destination",
        "No destination yet",
        "destination_by",
        "No destination is recorded; it was due by {threshold}.",
        "September comes soon.",
        "Book a careers talk.",
    ),
    _care(
        "placement_unconfirmed",
        "Placement not confirmed",
        "placement_weeks",
        "The placement starts in {value} days and these are missing: {missing}.",
        "A learner cannot start without them.",
        "Chase the employer or home.",
    ),
    _care(
        "no_intervention",
        "Nothing in place yet",
        "no_intervention",
        "There are {value} reasons to talk and no open intervention.",
        "Seeing is not yet helping.",
        "Agree one thing, or record why not.",
    ),
    _strength(
        "improved",
        "Moved up",
        "improved",
        "The level rose in {value} subjects since the drop before: {subjects}.",
        "Progress seen is progress repeated.",
        "Tell the learner and home.",
    ),
    _strength(
        "effort_up",
        "Effort up",
        "effort_up",
        "Effort went up in {value} subjects: {subjects}.",
        "Effort is the learner's own work.",
        "Say what you have seen.",
    ),
    _strength(
        "attendance_up",
        "Attendance up",
        "attendance_up",
        "Attendance is up by {value} points against the half term before.",
        "Coming back is hard work.",
        "Say so, today.",
    ),
    _strength(
        "full_week",
        "A full week",
        "full_week",
        "Every session this week, after weeks that were not full.",
        "It may be the first of many.",
        "Notice it on Monday.",
    ),
    _strength(
        "streak",
        "Full weeks in a row",
        "streak",
        "{value} full weeks in a row, always on time.",
        "Steady is a strength.",
        "A postcard home.",
    ),
    _strength(
        "target_met",
        "Target met",
        "target_met",
        "Met a target: {subjects}.",
        "They did what they said.",
        "Celebrate, then set the next one.",
    ),
)
BY_CODE = {rule.code: rule for rule in RULES}
