"""A file of every writer of the product, small and of made-up learners, for the rules of Excel to be held against."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer

import mentorbook
from addin.desktop.xlam import package
from tests.commands.run import run
from tests.upgrade.first_version import older
from workbook.measures.data_date import last_date
from workbook.measures.snapshot import Snapshot
from workbook.reading.read import read
from workbook.reports.output.run import Manner, Run

TEMPLATES = sorted((Path(__file__).parents[2] / "templates").glob("*.xlsx"))
WHOLE_TRACKERS = (
    *("new", "sample", "hand-on", "upgrade", "import", "update", "addin functions", "next-year", "erase"),
    "report --into",
)
OF_ONE_LEARNER = ("about",)
WRITERS = (
    *WHOLE_TRACKERS,
    *OF_ONE_LEARNER,
    "addin build",
    "group",
    "report --one-workbook",
    *(f"report {t.stem}" for t in TEMPLATES),
)
"""The command, and which of its files where it writes several kinds."""
NO_WORKBOOK_OF_THEIR_OWN = {
    "agreed": "puts rows into a tracker as import does",
    "addin install": "puts in place what addin build makes",
    "restore": "puts rows into a tracker as import does",
    "undo": "the same",
    "suggest": "puts rows into a tracker as import does",
    "web build": "a folder of the browser's",
}


def writing_commands() -> set[str]:
    """The commands that write a workbook, by their options: one that writes over a file, or names one to make."""
    return {
        name
        for name, one in _commands(typer.main.get_command(mentorbook.app))
        for option in one.params
        if option.name == "replace" or (option.name == "out" and str(option.metavar).endswith((".xlsx", ".xlsm")))
    }


def _commands(group: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    within = getattr(group, "commands", None)
    if within is None:
        yield name, group
        return
    for word, one in within.items():
        yield from _commands(one, f"{name} {word}".lstrip())


def write_all(folder: Path) -> dict[str, Path]:
    """Write a file with each of them."""
    made = {name: folder / f"{name}.xlsx" for name in WHOLE_TRACKERS}
    tracker, marks = made["sample"], folder / "marks.csv"

    def done(*words: object) -> None:
        ran = run(*words)
        assert ran.code in (0, 1), (words, ran)

    marks.write_text(
        "Learner ID,Subject,APL 5,Comment\nL10001,English Language,APL9,=1+1\nL10002,Drone Repair,APL5,\n",
        encoding="utf-8",
    )
    done("new", made["new"])
    done("sample", tracker, "--learners", 4)
    done("import", tracker, marks, "--into", "Progress", "--out", made["import"])
    done("update", tracker, "--out", made["update"])
    done("hand-on", tracker, "--form", "10A", "--out", made["hand-on"])
    done("next-year", tracker, "--out", made["next-year"])
    done("erase", tracker, "--learner", "L10002", "--out", made["erase"])
    made["about"] = folder / "about.xlsx"
    done("about", tracker, "--learner", "L10002", "--out", made["about"])
    done("upgrade", older(folder / "old.xlsx"), "--out", made["upgrade"])
    made["addin functions"] = folder / "functions.xlsm"
    done("addin", "functions", tracker, "--out", made["addin functions"])
    made["addin build"] = package.build(folder)
    _write_reports(folder, made)
    return made


def _write_reports(folder: Path, made: dict[str, Path]) -> None:
    """Reports by each template for one learner, in the ways they can be handed over, and the figures of a set."""
    tracker = made["sample"]
    for name, words in (("report --into", ("--into", "into.xlsx")), ("report --one-workbook", ("--one-workbook",))):
        ran = run("report", tracker, "--learner", "L10001", "--out", folder / name, *words)
        assert ran.code in (0, 1), ran
        (made[name],) = (folder / name).rglob("*.xlsx")
    held = read(tracker)
    snapshot = Snapshot(held, last_date(held))
    for template in TEMPLATES:
        written = Run.of(snapshot, template, ["L10001"], Manner(everyone=True)).into_folder(folder / template.stem)
        made[f"report {template.stem}"] = next(iter(written))
    if not all(map(find_spec, ("pyarrow", "duckdb"))):
        return  # sets of many trackers are an extra
    made["group"] = folder / "group.xlsx"
    (college := folder / "college").mkdir()
    (college / "one.xlsx").write_bytes(tracker.read_bytes())
    assert run("gather", college, "--out", folder / "set").code == 0
    assert run("group", folder / "set", "--out", made["group"]).code == 0
