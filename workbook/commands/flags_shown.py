"""The lists of the week as a person reads them in a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.commands import output
from workbook.commands.output import PLENTY, how_many, say

if TYPE_CHECKING:
    from workbook.measures.due import Due
    from workbook.measures.flag_list import FlagList
    from workbook.measures.flags import Flag
    from workbook.measures.mentor_list import MentorList


def show_flags(tracker: Path, listed: FlagList, mentor: str | None, learners: int, most: int = PLENTY) -> None:
    """Print how many learners each rule marks, the lists of mentors, and who stands on them with all reasons."""
    from workbook.measures.flags import counts
    from workbook.measures.week_page import lists_notes
    from workbook.model.excel import fold

    raised = listed.flags
    if not raised:
        say(f"{tracker.name}: {_nothing(listed, learners)}")
        return
    marked = len({flag.learner_id for flag in raised})
    say(f"{tracker.name}: flags for {marked} of {how_many(learners, 'learner')}.")
    output.table(("Rule", "Kind", "Learners"), [(c.title, str(c.nature), c.words) for c in counts(raised, learners)])
    lists = [one for one in listed.mentors if mentor is None or fold(one.mentor) == fold(mentor.strip())]
    say("Whom to see first")
    output.table(("Mentor", "This week"), [(one.mentor or "No mentor", one.numbers) for one in lists])
    for note in lists_notes(lists):
        say(note)
    known = sorted((flag for flag in raised if flag.head_of_year), key=lambda flag: flag.code != "attendance_head")
    _table(known, "for the Head of Year", most, lambda flag: flag.head_of_year or "")
    for standing, words in (("this week", "on the week's lists"), ("next in line", "next in line")):
        _table(_of(raised, standing), words, most // 2)
    if mentor is not None:
        _table([flag for flag in _of(raised, "answered") if flag.until], "answered", most // 2, _until)
    _table(_of(raised, "strength"), "to praise", most // 2)


def _nothing(listed: FlagList, learners: int) -> str:
    """Why there are no flags: no learners, nothing typed that a rule could go by, or that all is well."""
    from workbook.measures.snapshot import in_use
    from workbook.model.formulas import DROPS

    held = listed.found.snapshot.tracker
    if not learners:
        return "no learner is on roll on this day, so there is nobody to flag: type them on Learners."
    levels = any(in_use(held["Progress"], f"apl_{drop}") for drop in DROPS)
    if not levels and not in_use(held["Registers"], "week"):
        return "no flags, for no level and no register is there yet: type or import them."
    return "no flags."


def _of(raised: Iterable[Flag], standing: str) -> list[Flag]:
    return [flag for flag in raised if flag.standing == standing and flag.nature in ("concern", "strength", "care")]


def _reason(flag: Flag) -> str:
    return f"New: {flag.reason}" if flag.new else flag.reason


def _until(flag: Flag) -> str:
    assert flag.answered and flag.until
    return f"Until {flag.until.day} {flag.until:%B}, spoken to on {flag.answered.day} {flag.answered:%B}."


def _table(raised: Iterable[Flag], words: str, most: int, say_of: Callable[[Flag], str] = _reason) -> None:
    """The learners of flags in order, a row for each with all that is to be said."""
    mine: dict[str, list[Flag]] = {}
    for flag in raised:
        mine.setdefault(flag.learner_id, []).append(flag)
    if not mine:
        return
    say(f"{how_many(len(mine), 'learner')} {words}:")
    rows = [
        (learner, flags[0].name, flags[0].form, flags[0].mentor, " ".join(dict.fromkeys(map(say_of, flags))))
        for learner, flags in mine.items()
    ]
    output.table(("Learner", "Name", "Form", "Mentor", "Why"), rows[:most], wrap="Why")
    if len(rows) > most:
        say(f"… and {len(rows) - most:,} more (all with --json).\n")


def show_week(
    tracker: Path, on: date, due: Sequence[Due], lists: Sequence[MentorList], mentor: str | None, most: int = PLENTY
) -> None:
    """Print the week: the mentor's list in a line, then at most a page of what is due; the rest is counted."""
    from workbook.measures.week_page import left_out, lists_notes
    from workbook.model.excel import fold

    for note in lists_notes(lists):
        say(note)
    for mine in lists:
        if mentor is not None and fold(mine.mentor) == fold(mentor.strip()):
            say(f"{mine.mentor}: {mine.numbers}.")
    if not due:
        say(f"{tracker.name}: nothing is due in the week from {on.day} {on:%B %Y}.")
        return
    say(f"{tracker.name}: {how_many(len(due), 'thing')} due in the week from {on.day} {on:%B %Y}.")
    rows = [(one.due, _whom(one), f"{one.what}. {one.reason}", f"{one.sheet} {one.cell}") for one in due]
    output.table(("Due", "Learner", "What and why", "Where"), rows[:most], wrap="What and why")
    for sentence in left_out(list(due), most):
        say(f"… and {sentence} All with --json.")


def _whom(one: Due) -> str | None:
    """Who it is about, with the form."""
    return f"{one.name}, {one.form}" if one.name and one.form else one.name or one.learner_id
