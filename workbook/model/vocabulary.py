"""The words a tracker is described with: kinds of value, who may see them, columns, sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from typing import TypeAlias

LANGUAGE = "en-GB"
"""The language of all that Mentorbook writes, as files say it."""


class Kind(StrEnum):
    """What a column's values are; a column has exactly one kind."""

    LEARNER = "learner ID"
    NAME = "name"
    TEXT = "text"
    NOTE = "note"
    DATE = "date"
    NUMBER = "number"
    WHOLE = "whole number"
    YES_NO = "yes or no"
    CHOICE = "choice"
    LEVEL = "level"
    EFFORT = "effort"
    MARK = "register mark"
    UPN = "UPN"
    ULN = "ULN"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    ANY = "any"


class Audience(StrEnum):
    """Who may read a column outside the tracker."""

    PARENT = "parent"
    MENTOR = "mentor"
    NEVER = "never leaves"


class Group(StrEnum):
    """How tabs are grouped and coloured, by when a mentor needs them."""

    EVERY_DAY = "Every day"
    DATA_DROP = "Each data drop"
    PROGRESS_DAY = "Progress Day"
    WHEN_NEEDED = "When needed"
    SET_UP = "Set-up"


class CellError(str):
    """An error value in a cell, such as ``#N/A``; a text of its own type so that it is never taken for a word."""

    __slots__ = ()


Value: TypeAlias = str | float | int | bool | date | CellError | None


@cache
def key_of(header: str) -> str:
    """The name of a column in code and in JSON: ``"Learner ID"`` is ``learner_id``, ``"Mon am"`` is ``mon_am``."""
    return re.sub(r"[^0-9a-z]+", "_", header.lower().replace("'", "").replace("\u2019", "")).strip("_")


@dataclass(frozen=True)
class Column:
    """One column of a sheet, declared once for building, reading, checking, reports and documentation.

    ``choices`` names a list of the Lists sheet; ``refers`` names ``Table.key`` of another sheet that must hold
    the value. ``formula`` makes the column computed: Excel's own formula, in which ``[@Header]`` stands for this
    row's cell. ``drop`` is the number of the data drop a column belongs to. ``low`` and ``high`` bound numbers.
    ``since`` names the version that a column came with after the first: an older tracker may lack it in silence.
    """

    header: str
    kind: Kind
    help: str = ""
    required: bool = False
    unique: bool = False
    choices: str | None = None
    refers: str | None = None
    low: float | None = None
    high: float | None = None
    audience: Audience = Audience.MENTOR
    formula: str | None = None
    width: float = 12
    format: str | None = None
    formerly: tuple[str, ...] = ()
    drop: int | None = None
    since: str = ""

    @property
    def key(self) -> str:
        """Snake case of the header."""
        return key_of(self.header)

    @property
    def computed(self) -> bool:
        """Whether the cell works itself out."""
        return self.formula is not None


@dataclass(frozen=True)
class Sheet:
    """A sheet that holds one table: ``row_is`` says what a row is, ``unique`` which columns name it.

    ``since`` names the version that it came with after the first: an older tracker may lack it in silence.
    A ``rare`` one is folded away (hidden) in a new tracker until something of the college's own stands on it.
    """

    name: str
    group: Group
    purpose: str
    row_is: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    reference: bool = False
    rare: bool = False
    since: str = ""
    by_key: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {column.key: column for column in self.columns})

    @cached_property
    def table(self) -> str:
        """The name of the Excel table: the sheet's name without spaces."""
        return self.name.replace(" ", "")

    @cached_property
    def entry(self) -> tuple[Column, ...]:
        """The columns that people type in."""
        return tuple(column for column in self.columns if not column.computed)

    @cached_property
    def computed(self) -> tuple[Column, ...]:
        """The columns that work themselves out."""
        return tuple(column for column in self.columns if column.computed)

    def native(self, column: Column) -> str:
        """The formula as a file holds it: ``[@A]`` is ``Table[[#This Row],[A]]``, ``[@A:B]`` a run of cells."""
        assert column.formula is not None, column.header

        def expand(found: re.Match[str]) -> str:
            first, last = found.group(1), found.group(2)
            run = f"[{first}]:[{last}]" if last else f"[{first}]"
            return f"{self.table}[[#This Row],{run}]"

        return "=" + re.sub(r"\[@([^\]:]+)(?::([^\]]+))?\]", expand, column.formula)
