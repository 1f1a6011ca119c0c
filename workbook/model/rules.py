"""The flag rules: what raises a flag, in which band, what is said, why it matters and what to do.

Sources: persistent and severe absence are at or above 10% and 50% of possible sessions missed (Department for
Education, working together to improve school attendance, in force from 19 August 2024). The other thresholds are
starting points for a college to change on its Settings sheet.
"""

from __future__ import annotations

import re
from functools import partial

from workbook.model.rule import Area, Band, Nature, Rule

__all__ = ["AREAS", "BY_CODE", "RULES", "Area", "Band", "Nature", "Rule"]

_look = partial(Rule, nature=Nature.CONCERN, band=Band.LOOK)
_care = partial(Rule, nature=Nature.CARE, band=Band.CARE)
_strength = partial(Rule, nature=Nature.STRENGTH, band=Band.STRENGTH)

RULES: tuple[Rule, ...] = (
    Rule(
        "attendance_head",
        "Severe absence",
        "attendance_head",
        "Attendance this year is {value}%, not above {threshold}%.",
        "Half of the learning is missed.",
        "Speak to the Head of Year today and agree a plan with home.",
        Nature.CONCERN,
        Band.HEAD_OF_YEAR,
        Area.ATTENDANCE,
    ),
    Rule(
        "attendance_talk",
        "Persistent absence",
        "attendance_talk",
        "Attendance this year is {value}%, not above {threshold}%.",
        "One day in ten or more is missed.",
        "Talk with the learner and home; look at the pattern by day first.",
        Nature.CONCERN,
        Band.TALK,
        Area.ATTENDANCE,
    ),
    _look(
        "attendance_look",
        "Attendance to watch",
        "attendance_look",
        "Attendance this year is {value}%, below {threshold}%.",
        "A small habit is easier to mend early.",
        "Look at which days are missed and ask why.",
        area=Area.ATTENDANCE,
    ),
    _look(
        "attendance_fall",
        "Attendance fell",
        "attendance_fall",
        "Attendance fell by {value:point}, from {before}% last half term to {now}% in this one.",
        "A change says more than a level.",
        "Ask what has changed.",
        area=Area.ATTENDANCE,
    ),
    _look(
        "lates",
        "Often late",
        "lates",
        "Late for {value:session} in the last {days:school day}.",
        "Lateness often comes before absence.",
        "Ask about the journey and the morning.",
        area=Area.ATTENDANCE,
    ),
    Rule(
        "unauthorised",
        "Unauthorised absence",
        "unauthorised",
        "{value:unauthorised session} in the last {weeks:school week}.",
        "Ten in ten weeks is the point at which schools consider a notice.",
        "For your information; nothing is sent.",
        Nature.INFORMATION,
        Band.INFORMATION,
    ),
    _look(
        "progress_below",
        "Below in several subjects",
        "subjects_below",
        "Below in {value:subject}: {subjects}.",
        "Several subjects at once point to the learner, not the lesson.",
        "Look at effort and attendance beside it.",
        area=Area.PROGRESS,
    ),
    _look(
        "core_below",
        "Below in English or maths",
        "core_below",
        "Below in {subjects}.",
        "English and maths open the next step.",
        "Agree one thing with the teacher.",
        area=Area.PROGRESS,
    ),
    _look(
        "progress_fell",
        "Levels fell",
        "subjects_fell",
        "The level fell in {value:subject} since the data drop before: {subjects}.",
        "A fall is a question to ask.",
        "Ask the learner first, then the teachers.",
        area=Area.PROGRESS,
    ),
    _look(
        "low_level",
        "Level below the line",
        "low_level_points",
        "Below {threshold:point} at {drop} in {subjects}.",
        "The line your Academy has set.",
        "Look at what support is in place.",
        area=Area.PROGRESS,
    ),
    _look(
        "effort_lowest",
        "Effort needs support",
        "effort_lowest",
        "Effort is at the lowest level in {value:subject}: {subjects}.",
        "Effort is what a learner can change first.",
        "Ask what gets in the way.",
        area=Area.EFFORT,
    ),
    _look(
        "effort_dropped",
        "Effort dropped",
        "effort_dropped",
        "Effort dropped in {value:subject}: {subjects}.",
        "Effort often drops before levels do.",
        "Ask what has changed.",
        area=Area.EFFORT,
    ),
    _look(
        "incidents",
        "Behaviour incidents",
        "incidents",
        "{value:behaviour incident} in the last {days:school day}.",
        "Several in a short time want a restorative meeting.",
        "Plan a restorative meeting.",
        area=Area.BEHAVIOUR,
    ),
    _care(
        "no_contact",
        "No contact recorded",
        "contact_weeks",
        "No contact recorded for {value:school week}.",
        "Quiet learners are missed first.",
        "Have a short conversation and write it down.",
    ),
    _care(
        "target_overdue",
        "Target overdue",
        "target_days",
        "A target is {value:day} past its date.",
        "A target nobody looks at teaches that targets do not matter.",
        "Look at it together and set its status.",
    ),
    _care(
        "review_overdue",
        "Review overdue",
        "review_days",
        "A review is {value:day} late.",
        "An intervention is only as good as its review.",
        "Review it, then end it or set a new date.",
    ),
    _care(
        "report_missing",
        "Comments missing",
        "comments_missing",
        "Reports are due, and {value:subject} still without a comment: {subjects}.",
        "Home waits for it.",
        "Ask the teachers.",
    ),
    _care(
        "no_destination",
        "No destination yet",
        "destination_by",
        "No destination is recorded yet; it was due by {threshold}.",
        "September comes soon.",
        "Book a careers talk.",
    ),
    _care(
        "placement_unconfirmed",
        "Placement not confirmed",
        "placement_weeks",
        "The placement starts {when}; still missing: {missing}.",
        "A learner cannot start without them.",
        "Chase the employer or home.",
    ),
    _care(
        "no_intervention",
        "Nothing in place yet",
        "no_intervention",
        "{value:reason} to talk, and no open intervention.",
        "Seeing is not yet helping.",
        "Agree one thing, or record why not.",
    ),
    _strength(
        "improved",
        "Moved up",
        "improved",
        "The level rose in {value:subject} since the data drop before: {subjects}.",
        "Progress that is noticed goes on.",
        "Tell the learner and home.",
    ),
    _strength(
        "effort_up",
        "Effort up",
        "effort_up",
        "Effort went up in {value:subject}: {subjects}.",
        "Effort is the learner's own work.",
        "Say what you have seen.",
    ),
    _strength(
        "attendance_up",
        "Attendance up",
        "attendance_up",
        "Attendance rose by {value:point}, from {before}% last half term to {now}% in this one.",
        "Coming back is hard work.",
        "Say so, today.",
    ),
    _strength(
        "full_week",
        "A full week",
        "full_week",
        "A full week after {value:week} with absence.",
        "It may be the first of many.",
        "Notice it on Monday.",
    ),
    _strength(
        "streak",
        "Full weeks in a row",
        "streak",
        "{value:full week} in a row, always on time.",
        "Steady is a strength.",
        "A postcard home.",
    ),
    _strength(
        "target_met",
        "Target met",
        "target_met",
        "Met {value:target}: {targets}.",
        "They did what they said.",
        "Celebrate, then set the next one.",
    ),
)
BY_CODE = {rule.code: rule for rule in RULES}
AREAS = {area: {rule.code for rule in RULES if rule.area is area} for area in Area}
"""The concerns of each area."""


def _plain(words: str) -> str:
    """Words as they are compared: letters and figures only."""
    return " ".join(re.findall(r"\w+", words.replace("_", " "))).casefold()


_BY_WORDS = {_plain(words): rule for rule in RULES for words in (rule.code, rule.title)}


def rule_called(words: str) -> Rule | None:
    """The rule with this code or title, whatever capitals, hyphens or quotes; None where there is none."""
    return _BY_WORDS.get(_plain(words))


def nearest_rules(words: str) -> list[Rule]:
    """The rules that may be meant by words that name none: spelt alike, else with one of the words in the title."""
    import difflib

    near = difflib.get_close_matches(_plain(words), _BY_WORDS, n=1, cutoff=0.7)
    said = set(_plain(words).split())
    return [_BY_WORDS[one] for one in near] or [one for one in RULES if said & set(_plain(one.title).split())][:4]
