"""Whoever asks a home of a question is a place of its row in the table: a new one cannot be added without joining it.

A module asks where it imports a function of a home, uses a method of one, or writes a formula with its column or name.
A place is known by its module (`PLACES`); what only hands an answer on says in `SEEN_BY` by which place it is seen.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.parity.questions import Question
from tests.parity.seen_by import SEEN_BY
from tests.parity.test_answers import QUESTIONS
from tests.source import nodes, tree_of

PLACES = {
    "workbook.building.views.form": "Form view",
    "workbook.building.views.learner": "Learner view",
    "workbook.building.views.start": "Start",
    "workbook.building.views.grid": "Grid",
    "workbook.checks": "check",
    "workbook.commands": "commands",
    "workbook.measures.answer": "flags",
    "workbook.measures.attendance": "attendance",
    "workbook.measures.flag": "flags",
    "workbook.measures.order": "flags",
    "workbook.measures.progress": "progress",
    "workbook.measures.steps": "progress",
    "workbook.measures.week": "week",
    "workbook.reports": "report",
    "addin.functions": "functions",
}
"""What a module (or all whose names begin so) answers for."""


class Module:
    """What a module imports by name, the attributes it uses, and the texts in it."""

    def __init__(self, tree: ast.Module) -> None:
        inside = nodes(tree)
        self.imports = {
            (one.module, alias.name) for one in inside if isinstance(one, ast.ImportFrom) for alias in one.names
        }
        self.attributes = {one.attr for one in inside if isinstance(one, ast.Attribute)}
        self.texts = {one.value for one in inside if isinstance(one, ast.Constant) and isinstance(one.value, str)}

    def asks(self, home: str) -> bool:
        """Whether it asks a home: imports the function, uses the method, or has a formula with the column or name."""
        module, _, name = home.rpartition(".")
        if not module:
            return any(home != text and _formula_of(home).search(text) for text in self.texts)
        if module.rpartition(".")[2][:1].isupper():
            return name in self.attributes
        return (f"workbook.{module}", name) in self.imports


@cache
def _formula_of(home: str) -> re.Pattern[str]:
    """A column of a table as it stands in a formula, or a name of the workbook; not one that a docstring speaks of."""
    return re.compile(re.escape(home) if "[" in home else rf"(?<![\w`]){home}(?![\w`])")


@cache
def modules() -> dict[str, Module]:
    """The project's own modules."""
    found = {}
    for room in ("workbook", "addin"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = Module(tree_of(path))
    return found


@cache
def rows() -> dict[str, list[Question]]:
    """The rows of each home."""
    found: dict[str, list[Question]] = {}
    for one in QUESTIONS.values():
        for home in one.homes:
            found.setdefault(home, []).append(one)
    return found


def place_of(module: str, home: str) -> str | None:
    """The place that a module answers for in one of the rows of a home."""
    fitting = [prefix for prefix in PLACES if module.startswith(prefix)]
    if not fitting:
        return None
    place = PLACES[max(fitting, key=len)]
    return next((one for row in rows()[home] for one in row.places if one.startswith(place)), None)


def unseen(home: str) -> list[str]:
    """The modules that ask a home and are no place of its rows, nor hand on to one."""
    own = f"workbook.{home.rpartition('.')[0]}"
    return [
        name
        for name, tree in modules().items()
        if not own.startswith(name) and not place_of(name, home) and name not in SEEN_BY.get(home, ())
        if tree.asks(home)
    ]


@pytest.mark.parametrize("home", rows())
def test_every_asker_is_in_the_table(home: str) -> None:
    assert unseen(home) == [], (
        "Give its row in tests/parity/questions_*.py a place, or say in seen_by.py by which place or test it is seen."
    )


@pytest.mark.parametrize("home", SEEN_BY)
def test_what_hands_on_does_ask_and_is_seen(home: str) -> None:
    assert not [name for name in SEEN_BY[home] if name not in modules() or not modules()[name].asks(home)]
    places = {place for row in rows()[home] for place in row.places}
    assert not [seen for seen in SEEN_BY[home].values() if seen not in places and not (ROOT / seen).exists()]


def test_a_new_asker_is_found() -> None:
    waits, still_open = QUESTIONS["open targets of a learner"].homes
    view = Module(ast.parse("from workbook.measures.targets import is_open as waits"))
    sheet = Module(ast.parse("""formula = f'COUNTIFS(Targets[Still open],"Yes",Targets[Area],{cell})'"""))
    assert view.asks(waits) and sheet.asks(still_open)
    assert not Module(ast.parse("from workbook.measures.targets import met_on")).asks(waits)
    assert place_of("workbook.building.views.mentor", waits) is None


def test_homes_are_there() -> None:
    for one in QUESTIONS.values():
        for home in one.homes:
            module, _, name = home.rpartition(".")
            if module:
                owner = module if module.rpartition(".")[2][:1].islower() else module.rpartition(".")[0]
                assert re.search(rf"\b{name}\b", _text(owner)), home
            else:
                assert "[" not in home or _heading(home), home


def _text(module: str) -> str:
    return Path(ROOT, "workbook", *module.split(".")).with_suffix(".py").read_text(encoding="utf-8")


def _heading(home: str) -> bool:
    """Whether a table has a column; the sheets that are written are no tables of the model."""
    from workbook.model import SHEETS

    table, _, header = home.rstrip("]").partition("[")
    columns = [column.header for one in SHEETS if one.table == table for column in one.columns]
    return table == "Flags" or header in columns
