"""From rows of a file to rows of a sheet: columns mapped, several columns or rows turned into what the sheet wants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Any

from workbook.imports.mapping import From, Map, Marks, Rows
from workbook.imports.parse import NotTaken, parsed, read_date
from workbook.imports.source import Source, SourceRow
from workbook.imports.words import as_text, shown
from workbook.model import CannotDo, Value
from workbook.model.formulas import DAYS
from workbook.model.vocabulary import key_of
from workbook.reading.headings import folded


@dataclass
class Wanted:
    """A row that a sheet should have: its values by key, the row of the file it comes from, keys a blank may clear.

    ``reason`` says why it cannot be taken, where that is known already.
    """

    number: int
    values: dict[str, Value] = field(default_factory=dict)
    wipes: frozenset[str] = frozenset()
    reason: str = ""


@dataclass(frozen=True)
class Turn:
    """One turn of ``each``: what stands for its names in headings and in the sheet."""

    in_headings: Mapping[str, str] = field(default_factory=dict)
    in_sheet: Mapping[str, str] = field(default_factory=dict)

    def heading(self, text: str) -> str:
        """A heading of the map with the names filled in."""
        return _filled(text, self.in_headings)


def wanted_rows(source: Source, plan: Map, block: Rows) -> Iterator[Wanted]:
    """The rows that a block asks for, file row by file row; CannotDo for a column that the file does not have."""
    turns = _turns(source, block)
    _refuse_missing_columns(source, block, turns)
    only = {source.heading(heading): values for heading, values in block.only.items()}
    sessions = _session_columns(source, plan, block.marks) if block.marks and block.marks.headings else {}
    for row in source.rows:
        if any(folded(as_text(row.values[heading])) not in values for heading, values in only.items()):
            continue
        for turn in turns:
            one = _columns(source, plan, block, row, turn)
            if one is None:
                continue
            yield from _with_marks(source, plan, block.marks, sessions, row, one) if block.marks else (one,)


def _turns(source: Source, block: Rows) -> list[Turn]:
    names = list(block.each)
    choices = []
    for name, values in block.each.items():
        if isinstance(values, str):
            pattern = _pattern(values, {name: "(.+?)"})
            found = [match.group(1).strip() for heading in source.headings if (match := pattern.fullmatch(heading))]
            if not found:
                raise CannotDo(f"{source.name} has no column whose heading reads like {values}{_has(source)}.")
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


def _columns(source: Source, plan: Map, block: Rows, row: SourceRow, turn: Turn) -> Wanted | None:
    """The mapped cells of one row; None where ``each`` finds all of its own columns blank."""
    wanted = Wanted(row.number, wipes=frozenset(key for key, one in block.columns.items() if one.wipe))
    own = filled = 0
    for key, origin in block.columns.items():
        column = block.sheet.by_key[key]
        value = _value(source, origin, row, turn)
        if any("{" in heading for heading in origin.columns):
            own += 1
            filled += value is not None
        try:
            wanted.values[key] = parsed(value, column, origin.dates or plan.file.dates, plan.file.decimal)
        except NotTaken as reason:
            wanted.reason = wanted.reason or str(reason)
    return None if own and not filled else wanted


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
    if len(origin.columns) > 1:
        return origin.join.join(as_text(value) for value in values if value is not None) or None
    value = values[0] if values else None
    if origin.split and value is not None:
        pieces = [piece.strip() for piece in as_text(value).split(origin.split)]
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


def _pattern(text: str, names: Mapping[str, str]) -> re.Pattern[str]:
    """A pattern of headings: ``{name}`` stands for the words of a name, ``{any}`` for anything, the rest for itself."""
    pieces = re.split(r"(\{\w+\})", text)
    parts = [
        names.get(piece[1:-1], ".*?" if piece == "{any}" else re.escape(piece))
        if piece.startswith("{")
        else r"\s+".join(re.escape(word) for word in re.split(r"\s+", piece))
        for piece in pieces
    ]
    return re.compile("".join(parts), re.IGNORECASE)


# --- register marks ---------------------------------------------------------------------------------------------


def _session_columns(source: Source, plan: Map, marks: Marks) -> dict[str, tuple[Any, str]]:
    """The columns of the file that hold marks: the day and the half of each."""
    pattern = _pattern(marks.headings, {"date": "(?P<date>.+?)", "half": "(?P<half>.+?)"})
    found = {}
    for heading in source.headings:
        match = pattern.fullmatch(heading)
        if match:
            day, half = read_date(match["date"], marks.dates or plan.file.dates), _half(match["half"], marks)
            if day and half:
                found[heading] = (day, half)
    if not found:
        raise CannotDo(
            f"{source.name} has no column whose heading reads like {marks.headings}: correct headings and dates in "
            f"the map{_has(source)}."
        )
    return found


def _has(source: Source) -> str:
    return f" (it has {', '.join(source.headings[:6])})"


def _half(text: str, marks: Marks) -> str:
    words = folded(text)
    if words in {folded(one) for one in marks.am_words}:
        return "am"
    return "pm" if words in {folded(one) for one in marks.pm_words} else ""


def _with_marks(
    source: Source, plan: Map, marks: Marks, sessions: dict[str, tuple[Any, str]], row: SourceRow, one: Wanted
) -> Iterator[Wanted]:
    """One row for each week in which the row of the file has a mark."""
    weeks: dict[Any, Wanted] = {}
    try:
        found = list(_marks_of(source, plan, marks, sessions, row))
    except NotTaken as reason:
        yield Wanted(one.number, dict(one.values), one.wipes, one.reason or str(reason))
        return
    for day, half, value in found:
        mark = _mark(value, half, marks)
        if mark is None:
            continue
        monday = day - timedelta(days=day.weekday())
        week = weeks.setdefault(monday, Wanted(one.number, one.values | {"week": monday}, one.wipes, one.reason))
        if day.weekday() >= len(DAYS):
            week.reason = week.reason or f"{day:%d/%m/%Y} is a {day:%A}, and a register has no place for its mark"
        else:
            week.values[key_of(f"{DAYS[day.weekday()]} {half}")] = mark
    yield from weeks.values()


def _marks_of(
    source: Source, plan: Map, marks: Marks, sessions: dict[str, tuple[Any, str]], row: SourceRow
) -> Iterator[tuple[Any, str, Value]]:
    """Day, half and value of each mark in a row of the file."""
    if marks.headings:
        yield from ((day, half, row.values[heading]) for heading, (day, half) in sessions.items())
        return
    told = row.values[source.heading(marks.date)]
    day = read_date(told, marks.dates or plan.file.dates) if isinstance(told, str) else told
    if not hasattr(day, "weekday"):
        raise NotTaken(f"{marks.date} should be a date, not {shown(told)}")
    day = day.date() if hasattr(day, "date") else day  # type: ignore[union-attr]
    if marks.mark:
        half = _half(as_text(row.values[source.heading(marks.half)]), marks)
        if not half:
            told_half = row.values[source.heading(marks.half)]
            raise NotTaken(f"{marks.half} should say am or pm, not {shown(told_half)}; see am_words in the map")
        yield day, half, row.values[source.heading(marks.mark)]
        return
    for half, heading in (("am", marks.am), ("pm", marks.pm)):
        if heading:
            yield day, half, row.values[source.heading(heading)]


def _mark(value: Value, half: str, marks: Marks) -> Value:
    """The mark that a value of the file stands for; a dash is a mark still missing."""
    own = marks.am_values if half == "am" else marks.pm_values
    mark = _translated(_translated(value, own) if own else value, marks.values)
    return None if mark is None or as_text(mark) == "-" else as_text(mark)
