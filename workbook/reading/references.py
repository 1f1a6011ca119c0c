"""References in formulas, of every kind: found once, then moved, renamed and spread by whoever needs them elsewhere.

`parse` cuts a formula into text, references (cells, areas, whole columns and rows, each end with its own `$`) and
names (defined names and tables). A sheet before them may be one, a stretch of sheets (`Autumn:Summer!`) or another
workbook's. What is quoted or stands in the brackets of a table stays text. What is no formula at all is text too:
nothing is ever refused here.

openpyxl's tokenizer and translator judge this in the tests. They do not do the work, because they take a quarter of a
second to load, know no `A1#`, and give up on a text without its end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from workbook.model.tracker import column_letter
from workbook.package.addresses import LAST_COLUMN, LAST_ROW
from workbook.reading.calls import Calls
from workbook.reading.outline import column_number

LOST = "#REF!"
"""What a reference reads that has been moved off the sheet."""

_QUOTED = r"'(?:[^']|'')+'"
_PLAIN = r"[^\W\d][\w.]*"
_BRACKETS = r"\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\]"
_SHEET = rf"(?P<sheet>{_QUOTED}|(?:\[[^\[\]]*\])?{_PLAIN}(?::{_PLAIN})?|\[[^\[\]]*\])!"
_ROW = r"\$?[1-9][0-9]{0,6}"
_COLUMN = r"\$?[A-Za-z]{1,3}"
_FORMULA = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*"?)                                  # text in quotes
    |(?:{_SHEET})?
     (?:(?<![\w.$?\\])                                        # nothing begins in the middle of a word
        (?:(?P<c1>{_COLUMN})(?P<r1>{_ROW})(?::(?P<c2>{_COLUMN})(?P<r2>{_ROW}))?
          |(?P<rows1>{_ROW}):(?P<rows2>{_ROW})
          |(?P<cols1>{_COLUMN}):(?P<cols2>{_COLUMN}))
        (?![\w.(!?\\\[])
       |(?P<error>\#(?:REF!|NAME\?|N/A|DIV/0!|VALUE!|NULL!|NUM!))
       |(?P<word>[\w.\\?]+)(?P<call>\()?)                       # a name, a table, a number, a function
    |(?P<brackets>{_BRACKETS})                                 # columns of a table
    |(?P<quoted>{_QUOTED}!?)                                   # a sheet before what is not understood
    |(?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a formula: a defined one, a table's, or an error value that belongs to a sheet (`Report!#REF!`).

    `prefix` is what stands before it as typed ("Report!"), `sheet` the plain name of that sheet, or None.
    """

    text: str
    prefix: str = ""
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell, an area, whole rows or whole columns. Columns are kept as written ("$B"), rows as numbers.

    `sheet` is the plain sheet name, or None for the formula's own sheet; a stretch of sheets reads "Autumn:Summer" and
    another workbook's "[1]Sheet", which no sheet can be called. `prefix` is the same as typed, with its "!". `columns`
    is ("", "") for whole rows; `whole` says that no rows are written.
    `gathers` says that the reference is handed to a function that takes areas, `parts` that it takes any number.
    """

    sheet: str | None
    columns: tuple[str, str]
    top: int
    bottom: int
    top_fixed: bool = False
    bottom_fixed: bool = False
    is_area: bool = False
    whole: bool = False
    prefix: str = ""
    gathers: bool = False
    parts: bool = False

    @property
    def every_row(self) -> bool:
        """Does it cover all rows there are, however many come or go?"""
        return self.top == 1 and self.bottom == LAST_ROW

    @property
    def every_column(self) -> bool:
        """Does it cover whole rows, however they are written?"""
        return tuple(column.lstrip("$") for column in self.columns) in (("", ""), ("A", "XFD"))

    def write(self, top: int, bottom: int, *, area: bool | None = None) -> str:
        """The reference with other rows, without its sheet."""
        left, right = self.columns
        if self.whole:
            return f"{left}:{right}"
        first = f"{left}{'$' * self.top_fixed}{top}"
        if not (self.is_area if area is None else area):
            return first
        return f"{first}:{right}{'$' * self.bottom_fixed}{bottom}"

    @property
    def text(self) -> str:
        """The reference as it stands, its sheet as typed."""
        return self.prefix + self.write(self.top, self.bottom)

    def shifted(self, down: int, right: int) -> Reference | None:
        """The reference as it reads in a cell so far away, as a shared or filled formula means it.

        None where it would lie off the sheet.
        """
        top = self.top if self.top_fixed or self.every_row else self.top + down
        bottom = self.bottom if self.bottom_fixed or self.every_row else self.bottom + down
        left, last = (column if self.every_column else _column(column, right) for column in self.columns)
        if left is None or last is None or not (1 <= min(top, bottom) and max(top, bottom) <= LAST_ROW):
            return None
        return _in_order(replace(self, columns=(left, last), top=top, bottom=bottom))


Part = str | Reference | Name


def _column(letters: str, right: int) -> str | None:
    """A column so far to the right, or None off the sheet; one with `$` stays."""
    if letters.startswith("$"):
        return letters
    number = column_number(letters) + right
    return column_letter(number) if 1 <= number <= LAST_COLUMN else None


def _in_order(reference: Reference) -> Reference:
    """The same with its upper left corner first, as Excel writes it; each end keeps its `$`."""
    if reference.top > reference.bottom:
        reference = replace(
            reference,
            top=reference.bottom,
            bottom=reference.top,
            top_fixed=reference.bottom_fixed,
            bottom_fixed=reference.top_fixed,
        )
    left, right = reference.columns
    if left and column_number(left) > column_number(right):
        reference = replace(reference, columns=(right, left))
    return reference


def parse(formula: str, *, arrays: bool = False) -> list[Part]:
    """The formula (without "=") as stretches of text, references and names; together they read as it does.

    `arrays` says that it is an array formula, which works out whole areas wherever they stand: `{=SUM(IF(C5>3,1))}`.
    """
    parts: list[Part] = []
    calls = Calls(formula, arrays)
    lent: dict[str, int] = {}  # names that LET gives to references: where these stand
    text: list[str] = []
    for match in _FORMULA.finditer(formula):
        found: Part | None = _reference(match)
        if isinstance(found, Reference):
            gathers, many = calls.around(match)
            found = replace(found, gathers=True, parts=many) if gathers else found
        else:
            calls.follow(match)
            found = _name(match)
        if found is None:
            text.append(match[0])
            continue
        if text:
            parts.append("".join(text))
            text = []
        if isinstance(found, Reference) and (name := calls.let(match)):
            lent[name] = len(parts)
        elif isinstance(found, Name) and found.text.upper() in lent and not calls.around(match)[0]:
            del lent[found.text.upper()]
        parts.append(found)
    if text:
        parts.append("".join(text))
    for at in lent.values():
        reference = parts[at]
        assert isinstance(reference, Reference)
        parts[at] = replace(reference, gathers=True)
    return parts


def _sheet(match: re.Match[str]) -> tuple[str | None, str]:
    """The sheet of a reference or name without its quotes, and as typed."""
    sheet = match["sheet"]
    if sheet is None:
        return None, ""
    plain = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
    return plain, f"{sheet}!"


def _reference(match: re.Match[str]) -> Reference | None:
    if match["c1"]:
        columns = (match["c1"].upper(), (match["c2"] or match["c1"]).upper())
        ends = (match["r1"], match["r2"] or match["r1"])
    elif match["cols1"]:
        columns, ends = (match["cols1"].upper(), match["cols2"].upper()), ("1", str(LAST_ROW))
    elif match["rows1"]:
        columns, ends = ("", ""), (match["rows1"], match["rows2"])
    else:
        return None
    top, bottom = int(ends[0].lstrip("$")), int(ends[1].lstrip("$"))
    if max(top, bottom) > LAST_ROW or any(column_number(column) > LAST_COLUMN for column in columns):
        return None
    fixed = (ends[0].startswith("$"), ends[1].startswith("$"))
    whole = match["cols1"] is not None
    is_area = bool(match["rows1"] or match["c2"] or whole)
    sheet, prefix = _sheet(match)
    return _in_order(Reference(sheet, columns, top, bottom, *fixed, is_area, whole, prefix))


def _name(match: re.Match[str]) -> Name | None:
    """A name, where the match is one: no function, no number, no truth value, no error value without a sheet."""
    word = match["word"] or (match["error"] if match["sheet"] else None) or ""
    if not word or match["call"] or (not match["sheet"] and (word[0].isdigit() or word.upper() in ("TRUE", "FALSE"))):
        return None
    sheet, prefix = _sheet(match)
    return Name(word, prefix, sheet)


def write(parts: list[Part], place: Callable[[Reference], str]) -> str:
    """The formula anew; `place` writes each reference."""
    return "".join(
        part if isinstance(part, str) else place(part) if isinstance(part, Reference) else part.prefix + part.text
        for part in parts
    )


def shifted(parts: list[Part], down: int, right: int) -> list[Part]:
    """A formula as it reads in a cell `down` rows lower and `right` columns further: shared formulas, filled cells."""
    moved = [part.shifted(down, right) if isinstance(part, Reference) else part for part in parts]
    return [(LOST if new is None else new) for new in moved]


def prefix(sheet: str | None) -> str:
    """A sheet's name before a reference, quoted always, which is always right."""
    return "" if sheet is None else "'" + sheet.replace("'", "''") + "'!"
