"""Reports made for the open workbook: added to it, opened beside it, or as files to save."""

from __future__ import annotations

from pathlib import Path

from addin.deeds import actions
from addin.web.door import handing, opened
from addin.web.door.office.pressed import Pressed, Told


def make(pressed: Pressed, action: actions.MakeReports) -> Told:
    """The reports, and whom each is for where parents read them, as the page takes them."""
    told = _made(pressed, action)
    run = action.run
    if handing.has_list(run):
        told["sending"] = handing.sending(pressed.read[1].tracker, run)
    return told


def _made(pressed: Pressed, action: actions.MakeReports) -> Told:
    run = action.run
    opened.OUT.mkdir(exist_ok=True)
    if action.sheets:
        made = opened.OUT / f"{run.title}.xlsx"
        return _handed(pressed, "addSheets", made, run.into_workbook(made, replace=True))
    if action.show and len(run.reports) == 1:
        (made,) = run.into_folder(opened.OUT, replace=True)
        return _handed(pressed, "openBook", made, 1)
    if not pressed.saves:  # a zip could not be saved: one workbook in a window of its own can
        made = opened.OUT / f"{run.title}s.xlsx"
        return _handed(pressed, "openBook", made, run.into_workbook(made, replace=True))
    count, made = handing.as_files(pressed.read[1].tracker, run)
    return _handed(pressed, "saveFile", made, count)


def _handed(pressed: Pressed, do: str, made: Path, count: int) -> Told:
    pressed.files.append(made.name)
    return {"do": do, "name": made.name, "count": count}


def made(_: Pressed, action: actions.MakeReports, answer: Told) -> actions.Made | None:
    """What became of them: ``how`` is "added", "opened" or "saved": where Excel can do no better, a file is saved."""
    if answer["how"] == "opened" or (answer["how"] == "added" and action.show):
        return None
    where = {"added": "behind the sheets of this workbook", "saved": "and ready to be saved below"}[answer["how"]]
    listed = answer["how"] == "saved" and handing.has_list(action.run)
    return actions.Made(answer["count"], where, " Who gets which is listed below, and in the zip." if listed else "")
