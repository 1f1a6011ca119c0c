"""From rows of a file to rows of a sheet: columns mapped, several columns or rows turned into what the sheet wants."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from operator import attrgetter

from workbook.imports.mapping import From, Map, Rows
from workbook.imports.marks import has, pattern_of, session_columns, with_marks
from workbook.imports.parse import NotTaken, number_in, parsed
from workbook.imports.source import Source, SourceRow
from workbook.imports.wanted import Wanted
from workbook.imports.who import Learners, UnknownID, Who, find, named_in
from workbook.imports.words import as_text
from workbook.model import CannotDo, CellError, Value
from workbook.reading.headings import folded


@dataclass(frozen=True)
class Turn:
    """One turn of ``each``: what stands for its names in headings and in the sheet."""

    in_headings: Mapping[str, str] = field(default_factory=dict)
    in_sheet: Mapping[str, str] = field(default_factory=dict)

    def heading(self, text: str) -> str:
        """A heading of the map with the names filled in."""
        return _filled(text, self.in_headings)


def wanted_rows(source: Source, plan: Map, block: Rows, finder: Finder) -> Iterator[Wanted]:
    """The rows that a block asks for, file row by file row; CannotDo for a column that the file does not have."""
    turns = _turns(source, block)
    _refuse_missing_columns(source, block, turns)
    only = {source.heading(heading): values for heading, values in block.only.items()}
    marks, year = block.marks, finder.year
    sessions = session_columns(source, plan, marks, year) if marks and (marks.headings or marks.sessions) else {}
    for row in source.rows:
        if not all(_among(row.values[heading], values, plan.file.decimal) for heading, values in only.items()):
            continue
        for turn in turns:
            one = _columns(source, plan, block, row, turn, year)
            if one is None:
                continue
            if block.who:
                finder.name(block, row, one)
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
        self._found: dict[tuple[Who, int], tuple[str, NotTaken | None]] = {}

    def name(self, block: Rows, row: SourceRow, one: Wanted) -> None:
        """Put the learner's ID, or why it is not known, into a row."""
        assert block.who is not None
        key = (block.who, row.number)
        if key not in self._found:
            try:
                found = find(block.who, row.values, self.learners)
                self._found[key] = (found.id, None) if found else ("", None)
            except NotTaken as reason:
                self._found[key] = ("", reason)
        known, why = self._found[key]
        one.named = named_in(block.who, row.values)
        if block.sheet.table == "Learners":
            why = _newcomer(block.who, row, one, known, why)
        elif not known and why is None:
            why = NotTaken("names no learner")
        one.values = {"learner_id": known or one.values.get("learner_id")} | {
            key: value for key, value in one.values.items() if key != "learner_id"
        }
        if why:
            one.reason, one.ask, one.about_learner = str(why), why.ask, True


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


def _columns(source: Source, plan: Map, block: Rows, row: SourceRow, turn: Turn, start: int) -> Wanted | None:
    """The mapped cells of one row; None where ``each`` finds all of its own columns blank."""
    wipes, gentle = (
        frozenset(key for key, one in block.columns.items() if which(one))
        for which in (attrgetter("wipe"), attrgetter("if_blank"))
    )
    wanted = Wanted(row.number, wipes=wipes, gentle=gentle)
    own = filled = 0
    year = None if block.sheet.table == "Learners" else start  # a birthday without its year says too little
    naming = (*block.sheet.unique, "learner_id") if block.only_filled else ()
    for key, origin in block.columns.items():
        column = block.sheet.by_key[key]
        value = _value(source, origin, row, turn)
        if any("{" in heading for heading in origin.columns) or (
            block.only_filled and origin.columns and key not in naming
        ):
            own += 1
            filled += value is not None
        try:
            wanted.values[key] = parsed(value, column, origin.dates or plan.file.dates, plan.file.decimal, year)
            if origin.fractions and "%" not in as_text(value):
                wanted.values[key] = _of_100(wanted.values[key])
        except NotTaken as reason:
            if not wanted.reason:
                wanted.reason, wanted.ask = str(reason), reason.ask
    return None if own and not filled else wanted


def _of_100(number: Value) -> Value:
    """A fraction as a percentage; a number above 1 is one already."""
    if not isinstance(number, (int, float)) or not 0 < number <= 1:
        return number
    whole = round(number * 100, 6)
    return int(whole) if whole == int(whole) else whole


def _value(source: Source, origin: From, row: SourceRow, turn: Turn) -> Value:
    """The value of one cell before it is read as its column's kind."""
    if origin.number_from:
        head, first = re.fullmatch(r"(.*?)(\d+)", origin.number_from).groups()  # type: ignore[union-attr]
        value: Value = f"{head}{int(first) + row.place:0{len(first)}}"
    elif origin.columns:
        value = _from_file(source, origin, row, turn)
    else:
        value = _filled(origin.constant, turn.in_sheet) if isinstance(origin.constant, str) else origin.constant
    if origin.values:
        value = _translated(value, origin.values)
    if origin.words and value is not None:
        value = _filled(origin.words, turn.in_sheet).replace("{}", as_text(value))
    return value


def _from_file(source: Source, origin: From, row: SourceRow, turn: Turn) -> Value:
    found = [source.find(turn.heading(heading)) for heading in origin.columns]
    values = [row.values[heading] for heading in found if heading]
    broken = next((value for value in values if isinstance(value, CellError)), None)
    if broken is not None:
        return broken
    if len(origin.columns) > 1:
        return origin.join.join(as_text(value) for value in values if value is not None) or None
    value = values[0] if values else None
    if origin.split and value is not None:
        pieces = [piece.strip() for piece in " ".join(as_text(value).split()).split(origin.split)]
        if origin.rest:
            return origin.split.join(pieces[origin.part - 1 :]) or None
        place = origin.part - 1 if origin.part > 0 else origin.part
        return (pieces[place] or None) if -len(pieces) <= place < len(pieces) else None
    return value


def _translated(value: Value, values: Mapping[str, str]) -> Value:
    text = folded(as_text(value))
    return (values[text] or None) if text in values else value


def _filled(text: str, names: Mapping[str, str]) -> str:
    for name, words in names.items():
        text = text.replace(f"{{{name}}}", words)
    return text
