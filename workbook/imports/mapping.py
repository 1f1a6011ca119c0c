"""A map: how the columns of a file become rows of a tracker's sheets, written in TOML and checked when it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workbook.imports.source import FileOptions
from workbook.imports.who import Who
from workbook.imports.words import nearest
from workbook.model import SHEETS, CannotDo, Column, Sheet, Value
from workbook.reading.headings import folded

Literal = Mapping[str, Value]


@dataclass(frozen=True)
class From:
    """Where a cell's value comes from: columns of the file, a fixed value, or a number that counts the file's rows.

    What comes from the file is cut at ``split`` (the ``part``-th piece, from 1; with ``rest`` all from there on),
    translated by ``values``, set into ``words`` and read in the form ``dates``; with ``fractions`` a number up to 1
    without a sign of per cent is a fraction of 100. ``wipe`` lets a blank clear what was typed; with
    ``if_blank`` a cell that is filled already stays as it is. ``new`` stands on new rows where the file says nothing.
    """

    columns: tuple[str, ...] = ()
    join: str = " "
    constant: Value = None
    number_from: str = ""
    split: str = ""
    part: int = 1
    rest: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    dates: tuple[str, ...] = ()
    wipe: bool = False
    fractions: bool = False
    if_blank: bool = False
    new: str = ""


@dataclass(frozen=True)
class Marks:
    """How a file holds register marks: a column for each session (``headings``, or ``sessions`` where headings read
    like sessions of any form), or rows with a ``date``.

    Sessions named by weekday alone belong to the week that begins on the date in the column ``week``, or in the
    file's title where that is "{title}". ``text`` is a column with all marks from ``date``, a Monday, on.
    """

    headings: str = ""
    sessions: bool = False
    week: str = ""
    text: str = ""
    date: str = ""
    half: str = ""
    mark: str = ""
    am: str = ""
    pm: str = ""
    dates: tuple[str, ...] = ()
    am_words: tuple[str, ...] = ("am", "a.m.", "a", "morning")
    pm_words: tuple[str, ...] = ("pm", "p.m.", "p", "afternoon")
    values: Mapping[str, str] = field(default_factory=dict)
    am_values: Mapping[str, str] = field(default_factory=dict)
    pm_values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """Rows of one sheet made from the rows of the file, by the sheet's column keys.

    ``each`` makes a row for each value of a name (its words in the headings, its words in the sheet); ``only`` takes
    rows of the file with certain values; ``same`` are the keys that name a row. ``who`` says how the learner of a row
    is found; with ``only_filled`` a row of the file with nothing but what names it makes no row.
    """

    sheet: Sheet
    columns: Mapping[str, From]
    each: Mapping[str, Mapping[str, str] | str] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    marks: Marks | None = None
    who: Who | None = None
    only_filled: bool = False


@dataclass(frozen=True)
class Map:
    """A whole map: the file's form, rows and settings it brings of its own, and rows made from the file.

    ``answers`` are those that were given when it was worked out, for people to read.
    """

    name: str
    rows: tuple[Rows, ...]
    file: FileOptions = field(default_factory=FileOptions)
    brought: tuple[tuple[Sheet, tuple[Literal, ...]], ...] = ()
    settings: Literal = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    def wanted(self) -> set[str]:
        """The headings that the file must have, as far as the map writes them out."""
        named = [heading for block in self.rows for one in block.columns.values() for heading in one.columns]
        named += [heading for block in self.rows for heading in block.only]
        for marks in (block.marks for block in self.rows if block.marks):
            named += [marks.date, marks.half, marks.mark, marks.am, marks.pm, marks.text, marks.week]
        for who in (block.who for block in self.rows if block.who):
            named += who.columns()
        return {heading for heading in named if heading and "{" not in heading}

    def filled(self) -> dict[str, set[str]]:
        """The keys of the columns that rows of the file give values to, by table; none of register marks."""
        found: dict[str, set[str]] = {}
        for block in self.rows:
            found.setdefault(block.sheet.table, set()).update(block.columns)
        return found


def own_headings(sheet: Sheet) -> dict[str, Column]:
    """The columns of a sheet by folded heading, former headings too."""
    known = {folded(name): one for one in sheet.columns for name in one.formerly}
    return known | {folded(one.header): one for one in sheet.columns}


def sheet_named(name: str) -> Sheet:
    """The sheet called ``name``, capitals and spaces aside; CannotDo, naming the nearest, if there is none."""
    for one in SHEETS:
        if name.replace(" ", "").casefold() == one.table.casefold():
            return one
    raise CannotDo(f"A tracker has no sheet {name}{nearest(name, [one.name for one in SHEETS])}.")


def is_value(value: Any) -> bool:
    """Whether a value of a map can stand in a cell."""
    return isinstance(value, (str, int, float, bool, date))
