"""A file of each kind that Mentorbook makes, of made-up learners, for Excel to open."""

from __future__ import annotations

from pathlib import Path

LEARNERS = 24
MARKS = "Learner ID,Subject,APL 5,Comment\nL10001,English Language,APL9,=1+1\nL10002,Drone Repair,APL5,\n"
"""A row that is brought in, with a text that must not become a formula, and one that is refused."""


def write_kinds(folder: Path, learners: int = LEARNERS) -> dict[str, Path]:
    """Write them into a folder; gives each by what it is."""
    from addin.desktop.xlam import package, tracker_functions
    from workbook.commands.make import build_whole, make_sample
    from workbook.model import defaults

    made = {name: folder / f"{name}.xlsx" for name in ("an empty tracker", "a sample tracker")}
    build_whole(made["an empty tracker"], defaults.new("2026-27"))
    tracker = made["a sample tracker"]
    make_sample(tracker, learners, 1)
    made |= _changed(folder, tracker) | _reports(folder, tracker)
    made["a tracker with functions"] = tracker_functions.write(tracker, folder / "a tracker with functions.xlsm")
    made["the add-in"] = package.build(folder)
    return made


def marks(folder: Path) -> Path:
    """A file of another system, to be brought in."""
    path = folder / "marks.csv"
    path.write_text(MARKS, encoding="utf-8")
    return path


def _changed(folder: Path, tracker: Path) -> dict[str, Path]:
    """Trackers made of a tracker: rows brought in, My week written, handed on."""
    from workbook.building.handed_on import handed_on
    from workbook.commands.make import build_whole
    from workbook.commands.update import worked_out
    from workbook.editing.edit import edit
    from workbook.imports import read_import
    from workbook.measures.anew import results_after
    from workbook.measures.data_date import last_date
    from workbook.measures.snapshot import Snapshot
    from workbook.measures.who import Who
    from workbook.package.guard import open_guarded
    from workbook.reading.read import read

    made = {name: folder / f"{name}.xlsx" for name in ("a tracker after import", "a tracker after update",
                                                       "a tracker handed on")}  # fmt: skip
    held = open_guarded(tracker)
    whole = read(held)
    on = last_date(whole)
    difference = read_import(whole, marks(folder), None, None, {}).difference
    if difference is not None:
        edit(held, made["a tracker after import"], difference.changes(results_after), on=on)
    edit(held, made["a tracker after update"], {}, written=worked_out(whole, on)[0], on=on)
    chosen = Who(form=str(whole["Learners"]["form"][0])).choose(Snapshot(whole, on))
    build_whole(made["a tracker handed on"], handed_on(whole, chosen), on)
    return made


def _reports(folder: Path, tracker: Path) -> dict[str, Path]:
    """A report by each template, and the ways in which several are handed over."""
    from workbook.measures.data_date import last_date
    from workbook.measures.snapshot import Snapshot
    from workbook.package.guard import open_guarded
    from workbook.reading.read import read
    from workbook.reports.output.run import Manner, Run
    from workbook.reports.output.template_files import find, names

    held = open_guarded(tracker)
    whole = read(held)
    snapshot = Snapshot(whole, last_date(whole))
    learner = str(whole["Learners"]["learner_id"][0])
    made = {}
    for name in names():
        run = Run.of(snapshot, find(name), [learner], Manner(everyone=True))
        made[f"report {run.title}"] = next(iter(run.into_folder(folder / name)))
    run = Run.of(snapshot, find("parent_report"), [str(one) for one in whole["Learners"]["learner_id"][:3]])
    made["reports in one workbook"] = folder / "reports in one workbook.xlsx"
    run.into_workbook(made["reports in one workbook"])
    made["reports in a copy of a tracker"] = folder / "reports in a copy of a tracker.xlsx"
    run.into_tracker(held, made["reports in a copy of a tracker"])
    return made
