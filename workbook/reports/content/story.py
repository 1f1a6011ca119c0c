"""The sentences of a report: what goes well, what to work on, what we, the learner and home will do.

Everything said stands in the tracker; nothing is promised that nobody has agreed, and nothing is guessed. A blank
says nothing: it is neither good nor bad.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workbook.measures.levels import STATUS_MARKS
from workbook.reports.content.subjects import Line
from workbook.reports.content.wording import (
    Person,
    about,
    choose,
    day_and_month,
    joined,
    number,
    say,
    sentence,
    sessions,
)

MOST_GOOD, MOST_TO_DO = 3, 2


@dataclass(slots=True)
class Attendance:
    """A learner's sessions this year so far; `early` until enough of them are possible to judge."""

    possible: int = 0
    attended: int = 0
    authorised: int = 0
    unauthorised: int = 0
    late: int = 0
    early: bool = True
    persistent: bool = False
    severe: bool = False
    below: bool = False
    pattern: str = ""

    @property
    def missed(self) -> int:
        """Possible sessions not attended."""
        return self.possible - self.attended

    def percent(self, count: int) -> float | None:
        """`count` out of a hundred possible sessions; None without any."""
        return 100 * count / self.possible if self.possible else None


@dataclass(slots=True)
class Facts:
    """What the sentences stand on."""

    learner_id: str
    person: Person
    lines: Sequence[Line]
    attendance: Attendance
    best_effort: float | None = None
    lowest_effort: float | None = None
    achievements: Sequence[dict[str, Any]] = ()
    targets_met: int = 0
    open_targets: Sequence[dict[str, Any]] = ()
    interventions: Sequence[dict[str, Any]] = ()
    next_progress_day: date | None = None
    strengths: dict[str, Any] = field(default_factory=dict)


def going_well(facts: Facts) -> list[str]:
    """Up to three sentences on what goes well, the strongest first; the first names the learner."""
    found: list[str] = []
    for well in (_levels_well, _effort_well, _attendance_well, _targets_well):
        found += well(facts, facts.person if found else facts.person.named())
    if not found:
        found += _effort_good(facts, facts.person.named())
    if facts.achievements:
        found.insert(1, sentence(str(facts.achievements[0]["what"])))
    if not found:
        ways = ("We are getting to know {name} and will say more in the next report.",
                "Figures do not show all that {name} does well. Please ask us about it.")  # fmt: skip
        found = [say(facts.person, ways[_is_known(facts)])]
    return found[:MOST_GOOD]


def _levels_well(facts: Facts, person: Person) -> list[str]:
    risen = [line.name for line in facts.lines if line.change is not None and line.change > 0]
    above = [line.name for line in facts.lines if line.status == "Above" and line.name not in risen]
    on = [line.name for line in facts.lines if line.status in ("Above", "On")]
    if risen:
        ways = ("{They} {have} moved up in {subjects}.", "{Their} level has gone up in {subjects}.")
        found = [about(person, choose(ways, facts.learner_id, "risen"), risen)]
        if above:
            found.append(about(facts.person, "{They} {are} ahead of where we hoped in {subjects}.", above))
        return found
    if above:
        ways = (
            "{They} {are} ahead of where we hoped in {subjects}.",
            "{They} {are} doing better than we hoped in {subjects}.",
        )
        return [about(person, choose(ways, facts.learner_id, "above"), above)]
    return [about(person, "{They} {are} where we hoped in {subjects}.", on)] if on else []


def _effort_well(facts: Facts, person: Person) -> list[str]:
    best = facts.best_effort
    top = [line for line in facts.lines if best is not None and line.effort_order == best]
    more = [line.name for line in facts.lines if (line.effort_change or 0) > 0]
    if top:
        label = str(top[0].item["effort"]).lower()
        ways = ("{Their} effort is %s in {subjects}.", "In {subjects}, {their} effort is %s.")
        pattern = choose(ways, facts.learner_id, "effort") % label.replace("{", "").replace("}", "")
        return [about(person, pattern, [line.name for line in top])]
    if more:
        return [about(person, "{They} put{s} more effort into {subjects} than before.", more)]
    return []


def _effort_good(facts: Facts, person: Person) -> list[str]:
    """The effort in the upper half of the scale that most subjects have, for whom nothing else stands out."""
    best, lowest = facts.best_effort, facts.lowest_effort
    if best is None or lowest is None:
        return []
    by_label: dict[str, list[str]] = {}
    for line in facts.lines:
        if line.effort_order is not None and line.effort_order > (best + lowest) / 2:
            by_label.setdefault(str(line.item["effort"]).lower(), []).append(line.name)
    label = max(by_label, key=lambda one: len(by_label[one]), default=None)
    pattern = f"{{Their}} effort is {label} in {{subjects}}."
    return [about(person, pattern, by_label[label])] if label and not {"{", "}"} & set(label) else []


def _attendance_well(facts: Facts, person: Person) -> list[str]:
    if facts.attendance.early:
        return []
    if not facts.attendance.missed:
        return [say(person, "{They} {have} not missed a single session.")]
    if "streak" in facts.strengths:
        weeks = number(int(facts.strengths["streak"]))
        return [say(person, "{They} {have} had {weeks} full weeks in a row, always on time.", weeks=weeks)]
    if "attendance_up" in facts.strengths:
        return [say(person, "{Their} attendance is better than in the half term before.")]
    if not facts.attendance.below:
        return [say(person, "{They} come{s} in regularly, and that helps with learning.")]
    return []


def _targets_well(facts: Facts, person: Person) -> list[str]:
    if facts.targets_met == 1:
        return [say(person, "{They} {have} met a target that we agreed together.")]
    if facts.targets_met > 1:
        return [say(person, "{They} {have} met {met} targets that we agreed.", met=number(facts.targets_met))]
    return []


def work_on(facts: Facts) -> list[str]:
    """One or two sentences on what to work on; the first is the most pressing."""
    found = [text for _, text in _to_work_on(facts)]
    if not found and not _is_known(facts):
        found = [say(facts.person, "It is too soon to say what {name} could work on.")]
    if not found:
        ways = (
            "Nothing stands out at the moment; the aim is to keep this up.",
            "At the moment the aim is to keep going like this.",
        )
        found = [choose(ways, facts.learner_id, "steady")]
    return found[:MOST_TO_DO]


def _is_known(facts: Facts) -> bool:
    """Whether there is anything by which a learner could be found to do well or less well."""
    judged = any(line.status in STATUS_MARKS or line.effort_order is not None for line in facts.lines)
    return judged or not facts.attendance.early


def _to_work_on(facts: Facts) -> list[tuple[str, str]]:
    """(area, sentence) by weight; an area is a subject's name, or `attendance`."""
    person, found = facts.person, []
    below = sorted((line for line in facts.lines if line.status == "Below"), key=lambda line: not line.core)
    names = [line.name for line in below]
    if names:
        ways = (
            "In {subjects}, {name} is not yet where we hoped.",
            "{name} is not yet where we hoped in {subjects}.",
        )
        found.append((names[0], about(person, choose(ways, facts.learner_id, "below"), names)))
    if facts.attendance.below and not facts.attendance.early:
        missed = sessions(facts.attendance.missed)
        ways = (
            "{name} has missed {missed} so far; being here more would help {them} most.",
            "{name} is missing learning: {missed} so far.",
        )
        found.append(("attendance", say(person, choose(ways, facts.learner_id, "attendance"), missed=missed)))
    lowest = facts.lowest_effort
    hard = [line.name for line in facts.lines if lowest is not None and line.effort_order == lowest]
    if hard:
        found.append((hard[0], about(person, "{name} finds it hard to take part in {subjects} at the moment.", hard)))
    fallen = [line.name for line in facts.lines if (line.change or 0) < 0 and line.name not in names]
    if fallen:
        found.append((fallen[0], about(person, "{names} level has gone down in {subjects} since last time.", fallen)))
    close = [line.name for line in facts.lines if line.status == "Just below"]
    if close and not names:
        found.append(
            (close[0], about(person, "{name} is close to where we hoped in {subjects}, but not yet there.", close))
        )
    return found


def we_will(facts: Facts) -> list[str]:
    """What is in place, in the words kept for parents; else that we will agree a next step."""
    agreed = [sentence(str(one["for_parents"])) for one in facts.interventions if one.get("for_parents")]
    if agreed:
        return list(dict.fromkeys(agreed))[:MOST_TO_DO]
    areas = _to_work_on(facts)
    if not areas:
        return [say(facts.person, "We will keep an eye on {names} progress and tell you what we see.")]
    if areas[0][0] == "attendance":
        return [say(facts.person, "We will talk with {name} about what makes coming in difficult.")]
    pattern = "We will talk with {name} about {subjects} and agree a next step."
    return [about(facts.person, pattern, [areas[0][0]])]


def learner_will(facts: Facts) -> list[str]:
    """The open targets, as they were agreed; else when the next one will be chosen."""
    agreed = [sentence(str(one["target"])) for one in facts.open_targets if one.get("target")]
    if agreed:
        return list(dict.fromkeys(agreed))[:MOST_TO_DO]
    if facts.next_progress_day:
        when = day_and_month(facts.next_progress_day)
        return [say(facts.person, "{name} will choose a target at the Progress Day on {when}.", when=when)]
    return [say(facts.person, "{name} will choose a target with us in tutor time.")]


def you_can_help(facts: Facts) -> list[str]:
    """What was agreed for home; else one small thing that fits what there is to work on."""
    agreed = [sentence(str(one["how_home_can_help"])) for one in facts.open_targets if one.get("how_home_can_help")]
    if agreed:
        return list(dict.fromkeys(agreed))[:MOST_TO_DO]
    area = next((area for area, _ in _to_work_on(facts)), None)
    if area == "attendance":
        return ["Please tell us early if something makes coming in difficult. We will find a way together."]
    if area:
        pattern = "Ask {name} to show you one thing from {subjects} each week. Ten minutes is enough."
        return [about(facts.person, pattern, [area])]
    return [say(facts.person, "Ask {name} what {they} {are} proud of this week, and tell {them} you have seen it.")]


def attendance_sentences(facts: Facts) -> list[str]:
    """Attendance as the law's annual report wants it: possible sessions, unauthorised ones, and what was missed."""
    person, figures = facts.person, facts.attendance
    if not figures.possible:
        return [say(person, "We have no attendance to tell you for {name} yet.")]
    counts = say(
        person,
        "{name} has attended {attended:,} of {possible:,} possible sessions",
        attended=figures.attended,
        possible=figures.possible,
    )
    if figures.early:
        return [f"{counts}.", "It is too early to say more."]
    found = [f"{counts} ({figures.percent(figures.attended):.1f}%)."]
    if figures.unauthorised:
        were = "was" if figures.unauthorised == 1 else "were"
        share = figures.percent(figures.unauthorised)
        found.append(f"{sessions(figures.unauthorised)} ({share:.1f}%) {were} unauthorised.")
    else:
        found.append("No session was unauthorised.")
    if figures.missed > 1:
        days = f"{figures.missed / 2:.1f}".removesuffix(".0")
        found.append(f"The {sessions(figures.missed)} missed are {days} day{'' if days == '1' else 's'} of learning.")
    return found


def late_sentence(facts: Facts) -> str:
    """How often sessions began late, without blame."""
    late = facts.attendance.late
    if not facts.attendance.possible:
        return ""
    return f"{sessions(late)} began late." if late else "Every session attended began on time."


def story(facts: Facts) -> dict[str, Any]:
    """The texts of a report by their names in a template."""
    return {
        "going_well": joined(going_well(facts)),
        "work_on": joined(work_on(facts)),
        "we_will": joined(we_will(facts)),
        "learner_will": joined(learner_will(facts)),
        "you_can_help": joined(you_can_help(facts)),
    }
