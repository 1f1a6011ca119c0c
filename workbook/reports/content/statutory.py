"""What an annual report lacks of what the law names.

Source: The Education (Pupil Information) (England) Regulations 2005, schedule 1: general progress; achievements in
subjects and activities, with strengths and what needs developing; attendance, with the possible sessions and the share
of unauthorised ones; how to discuss the report. In the last year of the course also the qualifications.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from workbook.measures.learners import Learners, id_key
from workbook.measures.levels import STATUS_MARKS
from workbook.model import Tracker, Value
from workbook.model.excel import fold
from workbook.model.problem_kind import shortened
from workbook.reports.content.questions import Proof
from workbook.reports.content.wording import listed

_PROGRESS, _SUBJECT, _ATTENDANCE = "law-progress", "law-subject", "law-attendance"
_ACTIVITIES, _DISCUSS, _QUALIFICATION = "law-activities", "law-discuss", "law-qualification"
_PRINTED: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    (_PROGRESS, "general progress", ("subject.current", "subject.meaning", "going_well"), "going_well"),
    (_SUBJECT, "strengths and needs in each subject", ("subject.comment", "subject.status", "subject.status_words"),
     "subject.comment"),
    (_ACTIVITIES, "achievements and activities", ("achievement.what",), "achievement.what"),
    (_ATTENDANCE, "possible sessions", ("attendance.sentence", "attendance.possible", "half_term.possible"),
     "attendance.sentence"),
    (_ATTENDANCE, "the share of unauthorised sessions", ("attendance.sentence", "attendance.unauthorised_percent"),
     "attendance.sentence"),
    (_DISCUSS, "with whom to discuss it", ("mentor.name",), "mentor.name"),
    (_DISCUSS, "how to reach them", ("mentor.phone", "mentor.email"), "mentor.phone"),
)  # fmt: skip
"""What must stand on the page, under which names it may, and which to add where none of them does."""
_QUALIFICATIONS = (_QUALIFICATION, "qualifications", ("subject.qualification",), "subject.qualification")
"""The same, in the last year of the course."""


def not_printed(names: Collection[str], last_year: bool) -> Iterator[Proof]:
    """A question for each part of the law's content that a template with these names has no place for.

    `last_year` says whether a learner in the last year of the course gets one.
    """
    wanted: dict[str, list[tuple[str, str]]] = {}
    for code, what, places, add in (*_PRINTED, *((_QUALIFICATIONS,) if last_year else ())):
        if not set(places) & set(names):
            wanted.setdefault(code, []).append((what, f"{{{{{add}}}}}"))
    for code, parts in wanted.items():
        message = f"It does not print {listed([what for what, _ in parts])}, which the law asks for."
        fix = f"Add {listed(list(dict.fromkeys(add for _, add in parts)))} to it."
        yield Proof("", "Template", "", code, "", message, fix)


def is_last_year(tracker: Tracker, learner_ids: Iterable[str]) -> bool:
    """Whether one of these learners is in the last year of the course."""
    learners = Learners(tracker)
    places = (learners.find(one) for one in learner_ids)
    return any(learners.all[place].year == learners.last_year for place in places if place is not None)


def lacking(tracker: Tracker, contexts: Iterable[Mapping[str, Any]]) -> Iterator[Proof]:
    """A question for each part of the law's content that a learner's report would not have, with where to add it."""
    learners, seen, cells = Learners(tracker), set[str](), _Cells(tracker)
    for context in contexts:
        learner = context.get("learner")
        if learner is None or learner["learner_id"] in seen:
            continue
        seen.add(learner["learner_id"])
        place = learners.find(learner["learner_id"])
        assert place is not None
        one = learners.all[place]
        for code, sheet, subject, message, fix in _of(context, one.year == learners.last_year):
            cell = cells.of(sheet, one.learner_id, one.row, subject)
            yield Proof(one.learner_id, sheet, cell, code, "", message, fix, shortened(learner["name"]))


class _Cells:
    """Where what is lacking would stand."""

    def __init__(self, tracker: Tracker) -> None:
        self._learners, self._progress, self._subjects = (tracker[one] for one in ("Learners", "Progress", "Subjects"))
        pairs = zip(self._progress["learner_id"], self._progress["subject"], strict=True)
        self._lines = {(id_key(who), fold(_text(what))): row for row, (who, what) in enumerate(pairs)}
        self._rows = {fold(_text(what)): row for row, what in enumerate(self._subjects["subject"])}

    def of(self, sheet: str, learner_id: str, row: int, subject: str) -> str:
        """The cell of a learner in this row of Learners, in a subject; nothing where its row is yet to be added."""
        line, place = self._lines.get((id_key(learner_id), fold(subject))), self._rows.get(fold(subject))
        if sheet == "Learners":
            return self._learners.cell("mentor", row)
        if sheet == "Progress" and line is not None:
            return self._progress.cell("comment", line)
        return self._subjects.cell("qualification", place) if sheet == "Subjects" and place is not None else ""


def _text(value: Value) -> str:
    return str(value or "").strip()


def _of(context: Mapping[str, Any], last_year: bool) -> Iterator[tuple[str, str, str, str, str]]:
    """(kind, sheet, subject or nothing, what is lacking, what to do) for one learner."""
    subjects, attendance, mentor = context["subject"], context["attendance"], context["mentor"]
    levels = [one for one in subjects if one["current"] is not None]
    if not levels:
        yield (
            _PROGRESS,
            "Progress",
            "",
            "No subject has a level, so nothing is said of general progress.",
            "Add levels.",
        )
    for one in levels:
        if not one["comment"] and one["status"] not in STATUS_MARKS:
            message = f"{shortened(one['name'])} has a level, but neither a comment nor a status."
            fix = "Ask the teacher for a comment, or add target and baseline."
            yield _SUBJECT, "Progress", one["name"], message, fix
    for one in subjects:
        if one["current"] is None:
            fix = "Ask the teacher, or say why in the comment."
            yield _SUBJECT, "Progress", one["name"], f"{shortened(one['name'])} has no level yet.", fix
        if last_year and not one["qualification"]:
            fix = "Add the qualification on Subjects."
            yield _QUALIFICATION, "Subjects", one["name"], f"{shortened(one['name'])} names no qualification.", fix
    if not attendance["possible"]:
        yield _ATTENDANCE, "Registers", "", "There are no possible sessions.", "Bring in the registers."
    if not context["achievement"] and not context["placement"]:
        fix = "Add one on Achievements: taking part counts."
        yield _ACTIVITIES, "Achievements", "", "No achievement or activity is recorded.", fix
    if not mentor["name"] or not (mentor["phone"] or mentor["email"]):
        fix = "Name the mentor on Learners, and a phone or an email on Settings."
        yield _DISCUSS, "Learners", "", "It does not say with whom to discuss the report, or how.", fix
