"""The group Reports: for one learner, those selected, a form or everyone, as files, PDFs or sheets of this workbook."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.deeds import entries, whom
from addin.deeds.actions import (
    Action,
    Ask,
    Deed,
    Made,
    MakeReports,
    Opened,
    Read,
    Replaced,
    RoomForSheets,
    Step,
    TemplateChosen,
    button,
)

if TYPE_CHECKING:
    from workbook.reports.output.run import Run


CHOICES = {"pdf": False, "sheets": False, "copies": True, "large_print": False}
"""What the boxes of the group Reports say unless told: a PDF beside each, as sheets of this workbook, a copy for each
contact where the template names whom it is for, in large print for those who read it.
"""
PROGRESS_DAY = ("progress_day_pack", "slot_timetable", "target_entry")


@button
def report_learner(template: str, **choices: bool) -> Deed:
    """The chosen report for the learner of the row one is on, opened."""
    opened = yield Read()
    found = yield from whom.learner_here(opened)
    return (yield from _make(opened, template, found, choices, show=True))


@button
def report_selected(template: str, **choices: bool) -> Deed:
    """The chosen report for each learner named in the selected rows."""
    opened = yield Read()
    found = yield from whom.learners_selected(opened)
    return (yield from _make(opened, template, found, choices, show=len(found) == 1))


@button
def report_form(template: str, **choices: bool) -> Deed:
    """The chosen report for each learner of the form of the row one is on."""
    opened = yield Read()
    learners = _chosen(opened, form=(yield from whom.form_here(opened)))
    return (yield from _make(opened, template, learners, choices))


@button
def report_everyone(template: str, **choices: bool) -> Deed:
    """The chosen report for every learner."""
    opened = yield Read()
    return (yield from _make(opened, template, _chosen(opened), choices))


@button
def progress_day(template: str = "", **choices: bool) -> Deed:
    """The pack of each learner of the form of the row one is on, the form's timetable and its entry sheet."""
    opened = yield Read()
    learners = _chosen(opened, form=(yield from whom.form_here(opened)))
    words = []
    for name in PROGRESS_DAY:
        words.append((yield from _make(opened, name, learners, choices)))
    return "\n".join(one for one in words if one)


@button
def form_summary(template: str = "", **choices: bool) -> Deed:
    """One page about the form of the row one is on, opened."""
    opened = yield Read()
    learners = _chosen(opened, form=(yield from whom.form_here(opened)))
    return (yield from _make(opened, "form_summary", learners, choices, show=True))


@button
def choose_template(path: str) -> Deed:
    """Look whether a template of the mentor's own asks only for what is known and may be told."""
    from workbook.reports.output.template_files import find, open_template

    compiled, _, _ = open_template(find(path))
    compiled.require_known()
    asked = len({ask.token for ask in compiled.asks()})
    yield TemplateChosen(path)
    return f"{Path(path).name} is ready to use; each of the {asked} values it asks for is known."


def _chosen(opened: Opened, form: str | None = None, learners: Sequence[str] = ()) -> list[str]:
    from workbook.measures.who import Who

    return Who(form=form, learners=learners).choose(opened.snapshot)


def _make(
    opened: Opened, template: str, learners: Sequence[str], choices: Mapping[str, bool], show: bool = False
) -> Generator[Action, Any, str | None]:
    """Make the reports of a template for these learners; a sentence where they are, unless the one is shown."""
    from workbook.reports.output.run import Manner, Run
    from workbook.reports.output.template_files import find

    pdf, sheets, copies, large_print = (choices.get(name, usual) for name, usual in CHOICES.items())
    if sheets:
        yield RoomForSheets()
    yield Step("preparing reports")
    _chosen(opened, learners=learners)  # says who has left
    manner = Manner(copies=None if copies else False, large_print=large_print)
    run = Run.of(opened.snapshot, find(template), learners, manner)
    if run.left_out and (yield from _wants_everyone(run)):
        run = Run.of(opened.snapshot, find(template), learners, replace(manner, everyone=True))
    if not run.reports or not (yield from _agreed(opened, run, sheets)):
        return "No report was made."
    made: Made | None = yield MakeReports(run, pdf, sheets, show)
    marked = "" if sheets else (yield from _mark_celebrated(opened, opened.snapshot.on, run))
    if made is None:
        return None
    if sheets:
        return f"{run.counted(made.count)} now stand {made.where}."
    return f"{run.counted(made.count)}{' and as many PDFs' if pdf else ''} made {made.where}.{made.beside}{marked}"


def _count(count: int, one: str = "report") -> str:
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def _agreed(opened: Opened, run: Run, sheets: bool) -> Generator[Action, Any, bool]:
    """Whether the mentor wants the reports, once what to look at first, and what they replace, has been shown."""
    from workbook.model import Audience
    from workbook.reports.content.questions import GROUPS
    from workbook.reports.output.before_sending import questions as asked_of

    lines: list[str] = []
    if run.reader is Audience.PARENT:
        questions = asked_of(opened.tracker, opened.snapshot.on, run)
        questions.sort(key=lambda one: GROUPS.index(one.group))
        if questions:
            lines.append(f"Before they go home, {_count(len(questions), 'thing')} to look at:")
            lines += [
                f"  {', '.join(filter(None, (one.name, one.where)))}: {one.message}"[:110] for one in questions[:5]
            ]
            lines += [f"  … and {len(questions) - 5:,} more."] if len(questions) > 5 else []
    there, where = (0, "") if sheets else (yield Replaced(run))
    if there:
        lines.append(f"{_count(there)} {where} would be replaced.")
    if len(run.reports) > 50:
        lines.append(f"{len(run.reports):,} reports will be made.")
    return not lines or (yield Ask("\n".join([*lines, "", "Make them?"]))) == "yes"


def _wants_everyone(run: Run) -> Generator[Action, Any, bool]:
    """Whether the mentor wants reports also for those for whom the template is not meant, who are named."""
    from workbook.reports.content.purpose import by_reason

    told = "\n".join(by_reason(run.left_out))
    return bool((yield Ask(f"{told}\n\nMake theirs too?")) == "yes")


def _mark_celebrated(opened: Opened, on: date, run: Run) -> Generator[Action, Any, str]:
    """Offer to mark what the reports celebrate in the tracker; a sentence where it was done."""
    from workbook.reports.content.celebrating import celebrated_rows, celebrates

    if not celebrates(ask.token for ask in run.template.asks()):
        return ""
    rows = celebrated_rows(opened.tracker, on, [context for _, context in run.reports])
    if not rows or (yield Ask(f"Mark {_count(len(rows), 'achievement')} on them as celebrated?")) != "yes":
        return ""
    yield from entries.ready(opened, ["Achievements"])
    yield from entries.unchanged(opened, ["Achievements"])
    yield from entries.change(opened, "Achievements", rows)
    return f" {_count(len(rows), 'achievement')} marked as celebrated."
