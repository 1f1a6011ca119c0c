"""No module works out a rule of its own from raw cells: what a home answers is asked there.

A function that names a column of which a home speaks, and its table, must ask that home, or stand in `READS`
with what else it does there. One that compares with a word of such a column must be the home, or stand in `SAYS`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from tests.conftest import ROOT
from tests.source import nodes, tree_of

HOMES: dict[str, dict[str, tuple[str, ...]]] = {
    "targets": {"Targets": ("status", "reviewed")},
    "interventions": {"Interventions": ("start", "end", "outcome"), "Groups": ("joined", "left")},
    "learners": {"Learners": ("started", "left")},
    "contacts": {"Contacts": ("date",)},
    "codes": {"Codes": ("class", "late")},
    "effort": {"Effort": ("order",)},
    "levels": {"Scales": ("points", "tolerance")},
    "calendar": {"Terms": ("kind", "start", "end")},
    "data_date": {"Drops": ("date", "name")},
    "pd": {"PDtopics": ("week",), "PDevidence": ("date",)},
}
"""The columns that each home of `workbook.measures` reads, by table."""
WORDS = {"met", "open", "goes on", "below", "just below", "above", "term", "closed", "present"}
"""What such columns hold, in small letters, or what a home answers in a word."""

READS = {
    "building.views.first_steps": "whether a sheet was filled in since it came",
    "building.views.form": "the places of formulas, which ask the columns of the model",
    "building.views.learner_lists": "the places of formulas, which ask the columns of the model",
    "building.views.learner_live": "the places of formulas, which ask the names of drops",
    "checks.cross_facts": "when somebody was in a group, not only whether on a day",
    "checks.record_facts": "spans and worths beside each other, to ask whether they can be",
    "measures.computed_keys": "the keys of a sheet's rows",
    "measures.drop_start": "what a drop is called in a question to the mentor",
    "measures.shared_reasons": "what is written into new rows",
    "next_year.rows": "which rows come along",
    "next_year.turn": "dates moved on by a year",
    "addin.functions.declared": "tables that a formula hands over",
}
"""Who reads a home's column for something that no home answers, and what for."""
SAYS = {
    "checks.cross_conditions": "an outcome that is not one of the house's answers",
    "measures.flags_progress": "how many subjects are Below: the answer of levels, counted",
    "measures.computed_keys": "the share of the course, term by term: the formula's twin",
    "measures.shared_reasons": "who is Below: the answer of levels, counted",
    "measures.standing": "who is Below: the answer of levels, counted",
    "next_year.rows": "terms of the year to come, which is not the tracker's",
    "reports.content.forms": "how many stand well: the answer of levels, counted",
    "reports.content.story": "sentences for each answer of levels",
}
"""Who compares with such a word without being its home, and why."""
ELSEWHERE = ("workbook.model", "workbook.sample", "workbook.imports")
"""What declares columns, what makes rows up, what reads other files."""


def texts(node: ast.AST) -> set[str]:
    """The texts in a piece of code."""
    return {one.value for one in nodes(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def reads(tree: ast.Module) -> Iterator[str]:
    """``home: function`` for each function that reads a home's column in a module that does not ask that home."""
    asks = {one.module.rpartition(".")[2] for one in nodes(tree) if isinstance(one, ast.ImportFrom) and one.module}
    for function in (one for one in nodes(tree) if isinstance(one, ast.FunctionDef)):
        said = texts(function)
        for home, tables in HOMES.items():
            held = any(table in said and said & set(keys) for table, keys in tables.items())
            if held and home not in asks:
                yield f"{home}: {function.name}"


def says(tree: ast.Module) -> Iterator[str]:
    """``word: function`` for each comparison with a word of a home's column."""
    for function in (one for one in nodes(tree) if isinstance(one, ast.FunctionDef)):
        compared = (one for one in nodes(function) if isinstance(one, ast.Compare))
        yield from (f"{word}: {function.name}" for one in compared for word in texts(one) if word.casefold() in WORDS)


@cache
def sources() -> dict[str, ast.Module]:
    """The modules of which this is asked, without "workbook.", and not the homes."""
    found = {}
    for room in ("workbook", "addin"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            own = name.startswith("workbook.measures.") and path.stem in HOMES
            if not own and not name.startswith(ELSEWHERE):
                found[name.removeprefix("workbook.")] = tree_of(path)
    return found


@pytest.mark.parametrize(("look", "known"), [(reads, READS), (says, SAYS)])
def test_no_module_has_a_rule_of_its_own(look, known):
    found = {name: list(look(tree)) for name, tree in sources().items()}
    assert {name: what for name, what in found.items() if what and name not in known} == {}, "ask the home instead"
    assert [name for name in known if not found.get(name)] == [], "no longer needed"


def test_a_rule_of_ones_own_is_found():
    offender = """
def waiting(tracker):
    table = tracker["Targets"]
    return sum(status in (None, "Open") for status in table["status"])
"""
    tree = ast.parse(offender)
    assert list(reads(tree)) == ["targets: waiting"] and list(says(tree)) == ["Open: waiting"]
    asking = "from workbook.measures.targets import is_open\n" + offender.replace("status in (None, 'Open')", "is_open")
    assert list(reads(ast.parse(asking))) == []
    held = 'def own(snapshot):\n    return [end for _, _, end in snapshot.records("Interventions", "end")]\n'
    assert list(reads(ast.parse(held))) == ["interventions: own"]
