"""Reports in the browser: which templates, what to look at before sending, a page to look at, all of them as a zip."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

from addin.web.door.opened import OUT, Opened, current, day_of, incoming, step
from addin.web.door.picture import picture
from workbook.measures.who import Who
from workbook.model import Audience, CannotDo, Tracker
from workbook.reports.output import before_sending
from workbook.reports.output.run import Manner, Run
from workbook.reports.output.sending_list import HEADINGS, sending_rows, write_sending_list
from workbook.reports.output.template_files import find, names, open_template, what_it_asks

_EPOCH = (1980, 1, 1, 0, 0, 0)


def templates() -> dict[str, Any]:
    """The templates that come along: name, title, who reads it."""
    told = []
    for name in names():
        _, reader, _ = open_template(find(name))
        told.append({"name": name, "title": name.replace("_", " ").capitalize(), "reader": str(reader)})
    return {"data": told}


def template_check(template: str) -> dict[str, Any]:
    """What a template asks for, and what is not known: as ``template check --json`` gives it."""
    reader, rows = what_it_asks(_template(template))
    return {"data": {"reader": str(reader), "rows": rows}}


def questions(template: str, on: str | None = None, **who: Any) -> dict[str, Any]:
    """What to look at before reports go home; nothing for a template that staff read."""
    one, day = current(), day_of(on)
    snapshot = one.snapshot(day)
    run = Run.of(snapshot, _template(template), _who(**who).choose(snapshot))
    if run.reader is not Audience.PARENT:
        return {"data": []}
    keys = ("learner_id", "sheet", "cell", "code", "value", "message", "fix")
    found = before_sending.questions(one.tracker, day, run)
    return {"data": [{key: getattr(question, key) for key in keys} for question in found]}


def preview(template: str, learner: str, on: str | None = None) -> dict[str, Any]:
    """The first page of one learner's report, drawn from its cells."""
    one, day = current(), day_of(on)
    snapshot = one.snapshot(day)
    run = Run.of(snapshot, _template(template), Who(learners=(learner,)).choose(snapshot))
    if not run.reports:
        raise CannotDo("Nobody is to be sent this letter for this learner: add a contact on Parents who gets reports.")
    name, context = run.reports[0]
    return {"data": {"name": f"{name} {run.title}", "page": picture(run.template.render(context))}}


def reports(
    template: str,
    on: str | None = None,
    one_workbook: bool = False,
    into_tracker: bool = False,
    everyone: bool = False,
    one_copy: bool = False,
    large_print: bool = False,
    **who: Any,
) -> dict[str, Any]:
    """Make the reports: a zip of a file each, one workbook, or a copy of the tracker with a sheet for each.

    Learners for whom the template makes no sense are told under ``left_out``, unless it is made for ``everyone``.
    Where parents read it, ``sending`` says who gets which. ``one_copy`` makes one a learner whatever the template says,
    ``large_print`` those for who reads it.
    """
    one, day = current(), day_of(on)
    snapshot = one.snapshot(day)
    manner = Manner(everyone=everyone, copies=False if one_copy else None, large_print=large_print)
    run = Run.of(snapshot, _template(template), _who(**who).choose(snapshot), manner)
    left_out = [{"learner_id": left.learner_id, "name": left.name, "why": left.why} for left in run.left_out]
    if not run.reports:
        return {"data": {"count": 0, "left_out": left_out, "sending": []}, "files": []}
    OUT.mkdir(exist_ok=True)
    if one_workbook or into_tracker:
        count, made = _as_sheets(run, one, into_tracker)
    else:
        count, made = as_files(one.tracker, run)
    told = {"count": count, "counted": run.counted(count), "left_out": left_out}
    told["sending"] = sending(one.tracker, run) if has_list(run) else []
    return {"data": told, "files": [made.name]}


def _as_sheets(run: Run, one: Opened, into_tracker: bool) -> tuple[int, Path]:
    if into_tracker and one.file:
        made = OUT / f"{one.file.path.stem} with {run.title}s{one.file.path.suffix}"
        return run.into_tracker(one.file, made, replace=True), made
    made = OUT / f"{run.title}.xlsx"
    return run.into_workbook(made, replace=True), made


def has_list(run: Run) -> bool:
    """Whether there is a list of who gets which report: for what parents read of single learners."""
    return run.reader is Audience.PARENT and bool(run.learners)


def sending(tracker: Tracker, run: Run) -> list[dict[str, str]]:
    """Who is to get which report and how, by the headings of the sending list."""
    rows = sending_rows(tracker, run, run.paths(OUT))
    return [dict(zip(HEADINGS, row, strict=True)) for row in rows]


def as_files(tracker: Tracker, run: Run) -> tuple[int, Path]:
    """Each report as a file, and the sending list where there is one, all in one zip: how many reports, and the zip."""
    OUT.mkdir(exist_ok=True)
    folder, made, count = OUT / "made", OUT / f"{run.title}s.zip", 0
    try:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:  # reports are packed already
            for path in run.into_folder(folder, replace=True):
                packed.writestr(zipfile.ZipInfo(path.name, _EPOCH), path.read_bytes())
                path.unlink()
                count += 1
                if count % 10 == 0:
                    step(count, len(run.reports))
            if has_list(run):
                rows = list(sending_rows(tracker, run, run.paths(folder)))
                for path in write_sending_list(rows, folder, run.title, replace=True):
                    packed.writestr(zipfile.ZipInfo(path.name, _EPOCH), path.read_bytes())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return count, made


def _template(name: str) -> Path:
    """One of ours by name, or a mentor's own that was handed over."""
    own = name.lower().endswith((".xlsx", ".xlsm"))
    return incoming(name) if own else find(name)


def _who(form: str | None = None, learner: str | None = None, mentor: str | None = None) -> Who:
    return Who(form=form, learners=(learner,) if learner else (), mentor=mentor)


DEEDS = {
    "templates": templates,
    "template_check": template_check,
    "questions": questions,
    "preview": preview,
    "reports": reports,
}
