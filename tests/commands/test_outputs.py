"""Every command that writes, found in the table of commands: it never writes over what it reads, by whatever name.

A new command joins by itself, if its files are called as those of the others are.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import mentorbook
from tests.commands.run import Ran, refused, run
from tests.trackers import write_tracker
from workbook.model import Tracker
from workbook.reports.output.template_files import find

READ = {
    "tracker": "Café tracker.xlsx", "file": "Märks.csv", "map_file": "mäp.toml", "template": "Our templäte.xlsx",
    "logo": "lögo.png", "password_file": "päss.txt", "copy": "Café copy.xlsx",
}  # fmt: skip
"""What commands read, by the name of the parameter, and the file that stands for it here."""
MORE = {
    "hand-on": ["--form", "10A"], "report": ["--learner", "L1"], "erase": ["--learner", "L1"],
    "suggest": ["--accept", "1"],
}  # fmt: skip
FORMS = ("path", "symlink", "hard link", "other letters", "other Unicode")


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), {one.name: one for one in command.params}


def output_of(parameters: dict[str, Any]) -> str | None:
    """The option that names the one file to write, if there is one: not a folder, not a sheet."""
    for name in ("into", "out"):
        metavar = str(getattr(parameters.get(name), "metavar", None) or "")
        if "." in metavar or metavar in ("FILE", "SET", "NEW"):
            return name
    return None


CASES = [
    pytest.param(words, parameters, output, read, form, id=f"{' '.join(words)}: {output} = {read} by {form}")
    for words, parameters in commands(typer.main.get_command(mentorbook.app))
    if (output := output_of(parameters))
    for read in READ
    if read in parameters and not (output == "into" and read == "password_file")
    for form in FORMS
]


def test_all_commands_that_write_a_file_are_here() -> None:
    assert {"import", "hand-on", "report", "addin functions"} <= {" ".join(case.values[0]) for case in CASES}  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    learner = {"learner_id": "L1", "first_name": "Amira", "surname": "Ash", "form": "10A", "year": 10, "mentor": "A"}
    for name in ("tracker", "copy"):
        write_tracker(folder / READ[name], Tracker.of({"Learners": [learner]}))
    (folder / READ["file"]).write_text("Learner ID,First name\nL1,Amy\n", encoding="utf-8")
    (folder / READ["map_file"]).write_text(
        '[[rows]]\ninto = "Learners"\n[rows.columns]\n"Learner ID" = "Learner ID"\n"First name" = "First name"\n',
        encoding="utf-8",
    )
    (folder / READ["template"]).write_bytes(find("parent_report").read_bytes())
    (folder / READ["logo"]).write_bytes(b"\x89PNG")
    (folder / READ["password_file"]).write_text("horse-battery", encoding="utf-8")
    return folder


def under_another_name(file: Path, form: str, folder: Path) -> Path:
    other = folder / f"other{file.suffix}"
    other.unlink(missing_ok=True)
    if form == "symlink":
        other.symlink_to(file)
    elif form == "hard link":
        os.link(file, other)
    elif form == "other letters":
        return file.with_name(file.name.swapcase())
    elif form == "other Unicode":
        return file.with_name(unicodedata.normalize("NFD", file.name))
    else:
        return file
    return other


def words_for(parameters: dict[str, Any], read: str, folder: Path) -> list[str]:
    """Every argument and option that must be given, and the one whose file is aimed at."""
    words: list[str] = []
    for name, one in parameters.items():
        wanted = one.required or name == read or (name == "replace")
        if not wanted or name in ("out", "into"):
            continue
        value = [str(folder / READ[name])] if name in READ else []
        value = value or ([str(folder / READ["copy"])] if name == "packs" else [])
        words += value if one.param_type_name == "argument" else [one.opts[0], *value]
    return words


@pytest.mark.parametrize(("words", "parameters", "output", "read", "form"), CASES)
def test_no_command_writes_over_what_it_reads(
    words: tuple[str, ...], parameters: dict[str, Any], output: str, read: str, form: str, made: Path
) -> None:
    target = under_another_name(made / READ[read], form, made)
    before = {name: (made / name).read_bytes() for name in READ.values()}
    more = words_for(parameters, read, made) + MORE.get(" ".join(words), [])
    if output == "into":
        more += ["--out", str(made)]
    elif "into" in parameters:
        more += ["--into", "Learners"]
    ran = run(*words, *more, f"--{output}", target)
    assert {name: (made / name).read_bytes() for name in READ.values()} == before
    assert_refused(ran, output)


def assert_refused(ran: Ran, output: str) -> None:
    sentence = refused(ran)
    assert "nothing was written" in sentence or "ends in" in sentence or "must end" in sentence or ".xlsx" in sentence


def test_a_report_with_the_name_of_its_template_is_refused(made: Path) -> None:
    """A workbook of all reports is called after the template, so it may well fall on it."""
    before = (made / READ["template"]).read_bytes()
    ran = run(
        "report",
        made / READ["tracker"],
        "--template",
        made / READ["template"],
        "--one-workbook",
        "--out",
        made,
        "--replace",
    )
    assert "which this reads" in refused(ran) and (made / READ["template"]).read_bytes() == before


@pytest.mark.parametrize("command", ["new", "sample", "hand-on", "import", "report"])
def test_what_is_written_over_is_kept_and_what_is_open_is_left(made: Path, tmp_path: Path, command: str) -> None:
    old = (made / READ["copy"]).read_bytes()
    target = tmp_path / "t.xlsx"
    target.write_bytes(old)
    words: dict[str, list[object]] = {
        "new": ["new", target],
        "sample": ["sample", target, "--learners", "2"],
        "hand-on": ["hand-on", made / READ["tracker"], "--form", "10A", "--out", target],
        "import": ["import", target, made / READ["file"], "--into", "Learners"],
        "report": ["report", made / READ["tracker"], "--out", tmp_path, "--into", "t.xlsx"],
    }
    (tmp_path / "~$t.xlsx").write_bytes(b"")
    assert "open in Excel" in refused(run(*words[command], "--replace"))
    assert target.read_bytes() == old
    (tmp_path / "~$t.xlsx").unlink()
    ran = run(*words[command], "--replace")
    kept = [path for path in tmp_path.iterdir() if "(backup " in path.name]
    assert ran.code in (0, 1), ran
    assert [path.read_bytes() for path in kept] == [old] and target.read_bytes() != old
    assert kept[0].name in ran.out
