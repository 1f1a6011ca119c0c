"""From rows of a file to rows of a sheet: several columns or rows turned into what the sheet wants."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product

from workbook.imports.learners import Learners
from workbook.imports.mapped_cells import MappedCells, Turn
from workbook.imports.mapping import Map, Rows
from workbook.imports.marks import has, pattern_of, session_columns, with_marks
from workbook.imports.parse import NotTaken, number_in
from workbook.imports.source import Source, SourceRow
from workbook.imports.wanted import Wanted
from workbook.imports.who import UnknownID, Who, find, named_in
from workbook.imports.words import as_text
from workbook.model import CannotDo, Value
from workbook.reading.headings import folded


def wanted_rows(source: Source, plan: Map, block: Rows, finder: Finder) -> Iterator[Wanted]:
    """The rows that a block asks for, file row by file row; CannotDo for a column that the file does not have."""
    turns = _turns(source, block)
    _refuse_missing_columns(source, block, turns)
    only = {source.heading(heading): values for heading, values in block.only.items()}
    marks, year = block.marks, finder.year
    sessions = session_columns(source, plan, marks, year) if marks and (marks.headings or marks.sessions) else {}
    turned = [MappedCells(source, plan, block, turn, year) for turn in turns]
    for row in source.rows:
        if not all(_among(row.values[heading], values, plan.file.decimal) for heading, values in only.items()):
            continue
        for mapped in turned:
            one = mapped.of(row)
            if one is None:
                continue
            if block.who:
                finder.name(block, row, one)
            if row.fault:
                one.reason, one.asks, one.about_learner = row.fault, (), True
            yield from with_marks(source, plan, marks, sessions, row, one, finder) if marks else (one,)


#: Words of ``only`` for numbers on one side of 0.
BELOW, ABOVE = "below 0", "above 0"
#: Word of ``only`` for every value but those named beside it.
BUT = "anything but"


class Finder:
    """Finds the learners of rows, each once.

    ``year`` is that in which the academic year starts, ``codes`` are the register codes that the tracker knows.
    """

    def __init__(self, learners: Learners, year: int, codes: Collection[str] = ()) -> None:
        self.learners, self.year, self.codes = learners, year, codes
        self._found: dict[Who, dict[int, tuple[str, NotTaken | None, str]]] = {}
        self._mine: tuple[Who | None, dict[int, tuple[str, NotTaken | None, str]]] = (None, {})

    def name(self, block: Rows, row: SourceRow, one: Wanted) -> None:
        """Put the learner's ID, or why it is not known, into a row."""
        assert block.who is not None
        known, why, one.named = self._of_row(block.who, row)
        if block.sheet.table == "Learners":
            why = _newcomer(block.who, row, one, known, why)
        elif not known and why is None:
            why = NotTaken("names no learner")
        one.values = {"learner_id": known or one.values.get("learner_id")} | {
            key: value for key, value in one.values.items() if key != "learner_id"
        }
        if why:
            one.reason, one.asks, one.about_learner = str(why), why.asks, True

    def _of_row(self, who: Who, row: SourceRow) -> tuple[str, NotTaken | None, str]:
        """The ID of a row's learner, why it is not known, the name as the file writes it."""
        if who is not self._mine[0]:  # a block asks for all of its rows one after the other
            self._mine = who, self._found.setdefault(who, {})
        of_rows = self._mine[1]
        if row.number not in of_rows:
            known, why = "", None
            try:
                found = find(who, row.values, self.learners)
                known = found.id if found else ""
            except NotTaken as reason:
                why = reason
            of_rows[row.number] = known, why, named_in(who, row.values)
        return of_rows[row.number]


def _newcomer(who: Who, row: SourceRow, one: Wanted, known: str, reason: NotTaken | None) -> NotTaken | None:
    """On the sheet Learners a row with an ID that nobody has is a new learner."""
    if known or (reason and not isinstance(reason, UnknownID)):
        return reason
    own = row.values.get(who.id) if who.id else None
    one.values["learner_id"] = None if own is None else as_text(own)
    return None if own is not None else NotTaken("names no learner")


def _among(value: Value, words: Collection[str], decimal: str) -> bool:
    """Whether a value is one of those that ``only`` names, or a number on the side of 0 that it names."""
    text = folded(as_text(value))
    if BUT in words or text in words:
        return (text in words) is not (BUT in words)
    number = number_in(value, decimal)
    return number is not None and ((BELOW in words and number < 0) or (ABOVE in words and number > 0))


def _turns(source: Source, block: Rows) -> list[Turn]:
    names = list(block.each)
    choices = []
    for name, values in block.each.items():
        if isinstance(values, str):
            pattern = pattern_of(values, {name: "(.+?)"})
            found = [match.group(1).strip() for heading in source.headings if (match := pattern.fullmatch(heading))]
            if not found:
                raise CannotDo(f"{source.name} has no column whose heading reads like {values}{has(source)}.")
            values = {one: one for one in found}
        choices.append(list(values.items()))
    return [
        Turn(
            {name: pair[0] for name, pair in zip(names, pairs, strict=True)},
            {name: pair[1] for name, pair in zip(names, pairs, strict=True)},
        )
        for pairs in product(*choices)
    ]


def _refuse_missing_columns(source: Source, block: Rows, turns: list[Turn]) -> None:
    """A plain column must be there; one made from names of ``each`` must be there for at least one of them."""
    for one in block.columns.values():
        for heading in one.columns:
            made = [turn.heading(heading) for turn in turns]
            if made and not any(source.find(name) for name in made):
                source.heading(made[0])
