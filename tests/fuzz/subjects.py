"""What is spoilt: a tracker, a template, a map, files to import; and every command that reads each of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
import xlsxwriter

import mentorbook
from tests.commands.run import run
from tests.fuzz.mutators import TEXT, WORKBOOK, Mutator
from workbook.reports.output.template_files import find, names

CSV = "Learner ID,First name,Surname,Year,Form\nL10001,Zoë,O’Neil,10,10A\nL99999,“Amy”,Müller,11,11B\n"
MARKS = "Learner ID,Subject,APL 4,Effort 4\nL10001,Mathematics,APL5,2\nL10002,English,APL4,3\n"
MAP = """about = "A mark sheet."
[file]
dates = ["%d/%m/%Y"]
[[rows]]
into = "Progress"
[rows.columns]
"Learner ID" = "Learner ID"
Subject = "Subject"
"APL 4" = { column = "APL 4" }
"""
_OWN_WORDS = {"hand-on", "import", "report", "demo", "new", "sample"}


@dataclass(frozen=True)
class Subject:
    """A kind of file, a whole one of it, the mutators for it, and the commands that read it ({} is the spoilt file)."""

    name: str
    file: Path
    mutators: dict[str, Mutator]
    commands: tuple[tuple[str, ...], ...]


def subjects(folder: Path) -> list[Subject]:
    """All kinds of file, made in a folder."""
    tracker = folder / "tracker.xlsx"
    assert run("sample", tracker, "--learners", 6).code == 0
    texts = {"rows.csv": CSV, "marks.csv": MARKS, "map.toml": MAP}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    export = folder / "export.xlsx"
    book = xlsxwriter.Workbook(str(export))
    for number, line in enumerate(CSV.splitlines()):
        book.worksheets()[0].write_row(number, 0, line.split(",")) if number else book.add_worksheet()
    book.worksheets()[0].write_row(0, 0, CSV.splitlines()[0].split(","))
    book.close()
    out, into = ("--out", "{out}.xlsx"), ("--into", "Progress")
    bring = ("import", str(tracker))
    mapped = (*bring, "{}", *into, "--map", f"{folder}/map.toml", *out)
    found = [
        Subject("tracker", tracker, WORKBOOK, tuple(_of_a_tracker(folder))),
        Subject("sheet to import", export, WORKBOOK, ((*bring, "{}", "--into", "Learners", *out),)),
        Subject("csv", folder / "rows.csv", TEXT, ((*bring, "{}", "--into", "Learners", *out),)),
        Subject("csv with a map", folder / "marks.csv", TEXT, (mapped,)),
        Subject("map", folder / "map.toml", TEXT, ((*bring, f"{folder}/marks.csv", *into, "--map", "{}", *out),)),
    ]  # fmt: skip
    report = ("report", str(tracker), "--learner", "L10001", "--template", "{}", "--out", "{out}")
    for name in names():
        whole = folder / f"{name}.xlsx"
        whole.write_bytes(find(name).read_bytes())
        commands = (("template", "check", "{}"), report, (*report, "--one-workbook"), (*report, "--into", "copy.xlsx"))
        found.append(Subject("template", whole, WORKBOOK, commands))
    return found


def _of_a_tracker(folder: Path) -> list[tuple[str, ...]]:
    """Each command that needs no more than a tracker, found in the table of commands, and those that write."""
    group: Any = typer.main.get_command(mentorbook.app)
    looking = [
        (name, "{}")
        for name, command in group.commands.items()
        if name not in _OWN_WORDS
        and not hasattr(command, "commands")
        and [one.name for one in command.params if one.required] == ["tracker"]
    ]
    return [
        *looking,
        ("hand-on", "{}", "--form", "10A", "--out", "{out}.xlsx"),
        ("import", "{}", f"{folder}/rows.csv", "--into", "Learners", "--out", "{out}.xlsx"),
        ("report", "{}", "--learner", "L10001", "--out", "{out}"),
        ("report", "{}", "--learner", "L10001", "--out", "{out}", "--into", "copy.xlsx"),
        ("addin", "functions", "{}", "--out", "{out}.xlsm"),
    ]
