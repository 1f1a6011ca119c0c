"""What an annual report lacks of what the law names.

Source: The Education (Pupil Information) (England) Regulations 2005, schedule 1: general progress; achievements in
subjects and activities, with strengths and what needs developing; attendance, with the possible sessions and the share
of unauthorised ones; how to discuss the report. In the last year of the course also the qualifications.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from workbook.measures.learners import Learners
from workbook.measures.levels import STATUS_MARKS
from workbook.model import Tracker
from workbook.reports.content.questions import Proof

_PROGRESS, _SUBJECT, _ATTENDANCE = "law-progress", "law-subject", "law-attendance"
_ACTIVITIES, _DISCUSS, _QUALIFICATION = "law-activities", "law-discuss", "law-qualification"


def lacking(tracker: Tracker, contexts: Iterable[Mapping[str, Any]]) -> Iterator[Proof]:
    """A question for each part of the law's content that a learner's report would not have, with where to add it."""
    learners, seen = Learners(tracker), set[str]()
    for context in contexts:
        learner = context.get("learner")
        if learner is None or learner["learner_id"] in seen:
            continue
        seen.add(learner["learner_id"])
        place = learners.find(learner["learner_id"])
        assert place is not None
        one = learners.all[place]
        for code, sheet, message, fix in _of(context, one.year == learners.last_year):
            cell = tracker["Learners"].cell("mentor", one.row) if sheet == "Learners" else ""
            yield Proof(one.learner_id, sheet, cell, code, "", message, fix, learner["name"])


def _of(context: Mapping[str, Any], last_year: bool) -> Iterator[tuple[str, str, str, str]]:
    """(kind, sheet, what is lacking, what to do) for one learner."""
    subjects, attendance, mentor = context["subject"], context["attendance"], context["mentor"]
    levels = [one for one in subjects if one["current"] is not None]
    if not levels:
        yield _PROGRESS, "Progress", "No subject has a level, so nothing is said of general progress.", "Add levels."
    for one in levels:
        if not one["comment"] and one["status"] not in STATUS_MARKS:
            fix = "Ask the teacher for a comment, or add target and baseline."
            yield _SUBJECT, "Progress", f"{one['name']} has a level, but neither a comment nor a status.", fix
    for one in subjects:
        if one["current"] is None:
            yield (
                _SUBJECT,
                "Progress",
                f"{one['name']} has no level yet.",
                "Ask the teacher, or say why in the comment.",
            )
        if last_year and not one["qualification"]:
            fix = "Add the qualification on Subjects."
            yield _QUALIFICATION, "Subjects", f"{one['name']} names no qualification.", fix
    if not attendance["possible"]:
        yield _ATTENDANCE, "Registers", "There are no possible sessions.", "Bring in the registers."
    if not context["achievement"] and not context["placement"]:
        fix = "Add one on Achievements: taking part counts."
        yield _ACTIVITIES, "Achievements", "No achievement or activity is recorded.", fix
    if not mentor["name"] or not (mentor["phone"] or mentor["email"]):
        fix = "Name the mentor on Learners, and a phone or an email on Settings."
        yield _DISCUSS, "Learners", "It does not say with whom to discuss the report, or how.", fix
