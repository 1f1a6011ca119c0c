"""An import from file to difference: by a map, or by finding out what the file holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from workbook.imports.difference import Difference, Foresee, State
from workbook.imports.judge import fold, levels_by_scale
from workbook.imports.learners import learners_of
from workbook.imports.map_files import read_map
from workbook.imports.map_writer import as_toml
from workbook.imports.mapping import Map
from workbook.imports.names import readings
from workbook.imports.plan import plan
from workbook.imports.source import Source, read_pages, read_source
from workbook.imports.understand.file import understand
from workbook.imports.understand.mark_words import USUAL
from workbook.imports.understand.questions import LEAVE_OUT, OF_ONE_FILE, Asker, Question
from workbook.imports.wanted import BLANK
from workbook.imports.who import NAMESAKES
from workbook.imports.words import as_text, shown
from workbook.model import CannotDo, Kind, Sheet, Tracker, sheet
from workbook.model.choices import choices
from workbook.model.date_windows import window_of, written
from workbook.reading.headings import folded

PREVIEWED = 3
LIKELY = "Progress"
"""The table into which most files go, and the largest."""
_MOST_QUESTIONS = 40
_MOST_NEAR = 6
_LONGEST_ASKED = 100
"""Letters of a value that anybody could be asked about: an answer has to name it whole."""


@dataclass
class Import:
    """A file and what it would change in a tracker.

    ``map`` says how it was read; it and ``difference`` are None while questions that must be answered are open. The
    other questions are of rows that are refused until they are answered.
    """

    source: Source
    questions: list[Question]
    map: Map | None = None
    difference: Difference | None = None
    told: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """What is told besides the rows, for JSON."""
        return {
            "questions": [one.record() for one in self.questions],
            "assumed": self.told,
            "left_out": [{"column": heading, "why": why} for heading, why in self.left_out.items()],
            "skipped": [{"source_row": number, "why": why} for number, why in self.source.skipped],
            "preview": list(preview(self.difference)) if self.difference else [],
            "map": as_toml(self.map) if self.map and not self.map.brought else None,
        }


def read_import(
    tracker: Tracker, path: Path, into: Sheet | None = None, map_file: Path | None = None,
    answers: Mapping[str, str] | None = None, left_over: bool = False, foresee: Foresee | None = None,
) -> Import:  # fmt: skip
    """Read a file for a tracker, which stays as it is; by ``map_file`` where there is one.

    ``left_over`` answers are those of an earlier look: they count where they still fit, and are passed over elsewhere.
    ``foresee`` hears what is about to be filled, before the rows are looked at. Raises CannotDo where the file cannot
    be read or understood, or an answer is to no question.
    """
    if map_file:
        plan_map = read_map(map_file, into.name if into else None)
        source = read_source(path, plan_map.file, plan_map.wanted())
        questions = again(plan_map, answers or {}, left_over)
        if questions:
            return Import(source, questions, told=[*_of_file(source)])
        return _planned(tracker, source, plan_map, Import(source, []), foresee)
    tracker.begin({into.table if into else LIKELY}, sure=into is not None)
    found = understand(read_pages(path), tracker, into, answers, left_over=left_over)
    one = Import(found.source, found.questions, None, None, [*_of_file(found.source), *found.told], found.left_out)
    if found.map is None:
        if not {"sheet", "page", "table"} & set(found.asker.open):  # what else is asked depends on these
            found.asker.refuse_unknown()
        return one
    _planned(tracker, found.source, found.map, one, foresee)
    assert one.difference is not None
    one.difference.ignored = list(found.left_out)
    one.told.insert(0, f"The rows belong into {found.sheet.name}.")
    one.told += _found_by(one.difference)
    one.questions = list(optional_questions(one.difference, tracker))
    found.asker.refuse_unknown(one.questions)
    return one


def again(plan_map: Map, answers: Mapping[str, str], left_over: bool = False) -> list[Question]:
    """What a kept map knows only because somebody said it of another file: asked anew for each file.

    Raises CannotDo for another answer than the map was made with, and for one that nothing asks for.
    """
    asker = Asker(answers, left_over)
    for name, value in plan_map.answers.items():
        if folded(name) in OF_ONE_FILE:
            words = f"The map {plan_map.name} was kept from a file of which was said: {name} = {value}. Is it so here?"
            known = asker.given.get(folded(name))
            if known and folded(known[1]) != folded(value) and not left_over:
                raise CannotDo(
                    f"The map {plan_map.name} was made for {name} = {value}, not {known[1]}: import without the map, "
                    "and keep a new one (--save-map)."
                )
            asker.ask(name, words, ((value, "as in the map; for anything else import without it"),))
    asker.refuse_unknown()
    return list(asker.open.values())


def _planned(tracker: Tracker, source: Source, plan_map: Map, one: Import, foresee: Foresee | None) -> Import:
    if foresee is not None:
        foresee(tracker, plan_map.filled())
    one.map = plan_map
    one.difference = plan(tracker, source, plan_map)
    one.told += _of_other_years(one.difference)
    return one


def _of_other_years(difference: Difference) -> Iterator[str]:
    """What is taken although its date is outside the year, or whatever else its column allows."""
    year, found = difference.before.year, []
    for row in (*difference.of(State.ADDED), *difference.of(State.CHANGED)):
        for cell in row.cells:
            column = sheet(row.table).by_key[cell.key]
            if column.kind is not Kind.DATE or not isinstance(cell.new, date):
                continue
            if not window_of(row.table, cell.key).holds(cell.new, year):
                found.append(f"{cell.heading} {written(cell.new)} (line {row.source_row})")
    if found:
        many = "1 date is" if len(found) == 1 else f"{len(found):,} dates are"
        more = " …" if len(found) > PREVIEWED else ""
        first = ", ".join(found[:PREVIEWED])
        yield f"{many} taken although outside the academic year, and check will ask: {first}{more}."


def _of_file(source: Source) -> Iterator[str]:
    if source.told:
        yield f"Text in {source.told[0]}, parted by {', '.join(source.told[1:])}."


def _found_by(difference: Difference) -> Iterator[str]:
    """Of how many rows the learner was found by what."""
    total = sum(difference.found_by.values())
    if total:
        parts = [f"{count:,} by {by}" for by, count in sorted(difference.found_by.items(), key=lambda one: -one[1])]
        yield f"Learners found in {total:,} {'row' if total == 1 else 'rows'}: {', '.join(parts)}."


def preview(difference: Difference) -> Iterator[dict[str, Any]]:
    """The first rows of each sheet as they will stand there."""
    for name in dict.fromkeys(row.sheet for row in difference.rows):
        rows = [row for row in difference.rows if row.sheet == name and row.state in (State.ADDED, State.CHANGED)]
        for row in rows[:PREVIEWED]:
            table = difference.after[row.table]
            at = row.index if row.index is not None else -1
            cells = {
                table.sheet.by_key[key].header: values[at]
                for key, values in table.columns.items()
                if key in table.sheet.by_key and values[at] is not None
            }
            yield {"sheet": name, "state": str(row.state), "source_row": row.source_row or None, "cells": cells}


def in_words(one: Mapping[str, Any]) -> str:
    """A row of the preview in one line: its cells by heading."""
    return ", ".join(f"{heading} {shown(value).strip('“”')}" for heading, value in one["cells"].items())


def optional_questions(difference: Difference, tracker: Tracker) -> Iterator[Question]:
    """Questions of refused rows: what a value means that the tracker does not know, who of two people is meant."""
    asked: dict[tuple[str, str], list[int]] = {}
    tables: dict[str, str] = {}
    for row in difference.of(State.REFUSED):
        for one in row.asks:
            if len(one[1]) <= _LONGEST_ASKED:
                asked.setdefault(one, []).append(row.source_row)
                tables.setdefault(one[0], row.table)
    for (what, value), rows in list(asked.items())[:_MOST_QUESTIONS]:
        rows = list(dict.fromkeys(rows))
        lines = ", ".join(map(str, rows[:4])) + (" …" if len(rows) > 4 else "")
        words = f"Who is {shown(value)}" if what == "Learner" else f"What does {shown(value)} mean for {what}"
        if value == BLANK:
            words = f"What should {what} say in new rows where the file leaves it blank"
        told = tuple(_choices(what, value, tables[what], tracker))
        hint = " Answer with a Learner ID." if what == NAMESAKES and not told else ""
        yield Question(
            f"{what}: {value}",
            f"{words} (line {lines})?{hint}",
            told,
            needed=False,
        )


def _choices(what: str, value: str, table: str, tracker: Tracker) -> Iterator[tuple[str, str]]:
    """The answers to a question of refused rows of a table, as far as a list of the tracker has them."""
    column = next((one for one in sheet(table).entry if one.header == what), None)
    if column is not None and column.kind is Kind.YES_NO:
        yield from (("Yes", ""), ("No", ""))
    elif column is not None and column.refers and column.kind is not Kind.LEARNER:
        place, _, key = column.refers.partition(".")
        yield from ((as_text(one), "") for one in dict.fromkeys(tracker[place][key]) if one is not None)
        yield LEAVE_OUT, "the cell stays as it is"
    elif column is not None and column.choices:
        yield from ((as_text(choice), "") for choice in choices(tracker, column.choices))
        if value != BLANK:
            yield LEAVE_OUT, "the cell stays as it is"
    elif what == NAMESAKES:
        known = learners_of(tracker)
        yield from ((one.id, one.form) for one in known.named(readings(value)) or known.near(value)[:_MOST_NEAR])
    elif what in ("Effort", "Mark"):
        told = tracker["Effort" if what == "Effort" else "Codes"]
        words = told["label" if what == "Effort" else "meaning"]
        meant = [(as_text(code), as_text(one)) for code, one in zip(told["code"], words, strict=True)]
        yield from sorted(meant, key=lambda one: what == "Mark" and one[0] not in USUAL)
        yield LEAVE_OUT, "the cell stays as it is"
    elif what in (names := list(map(as_text, tracker["Subjects"]["subject"]))):
        scale = fold(tracker["Subjects"]["scale"][names.index(what)])
        levels = levels_by_scale(tracker).get(scale, {})
        yield from ((one, "") for one in dict.fromkeys(map(as_text, levels.values())))
        yield as_text(tracker.settings["not_assessed"]), "not assessed"
        yield LEAVE_OUT, "the cell stays as it is"
