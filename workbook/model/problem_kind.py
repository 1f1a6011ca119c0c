"""The kinds of problem that only the file can show: what happened to sheets, headings, tables, rows, formulas.

Each kind is declared once: a code for programs, a sentence for the mentor, what to do. `workbook.checks.kinds`
adds the kinds that the values show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from workbook.model.excel import text as text_of
from workbook.model.problem import Problem
from workbook.model.vocabulary import CellError


@dataclass(frozen=True)
class ProblemKind:
    """A kind of problem. ``message`` is a template; ``{value}`` is the cell's, other words are given.

    ``fix`` is true of every problem of the kind on a sheet, so that many can be listed above one way to mend them.
    """

    code: str
    message: str
    fix: str

    def at(self, sheet: str, cell: str, value: Any = None, suggestion: str | None = None, **words: object) -> Problem:
        """A problem of this kind at a cell; where a value was likely meant, ``suggestion`` is that value."""
        shown = {"value": shown_as(value), "sheet": sheet, **words}
        message, fix = self.message.format(**shown), self.fix.format(**shown)
        return Problem(sheet, cell, self.code, value, message, fix, suggestion)


def declared(names: Mapping[str, object]) -> tuple[ProblemKind, ...]:
    """The kinds that a module declares (its ``vars()``), in the order in which they stand there."""
    return tuple(one for one in names.values() if isinstance(one, ProblemKind))


def shown_as(value: Any) -> str:
    """A cell's value as a mentor sees it, shortened: texts in quotes, dates day first, numbers as Excel writes them."""
    if value is None:
        return "blank"
    if hasattr(value, "strftime") and hasattr(value, "day"):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str) and not isinstance(value, CellError):
        return f"“{shortened(value)}”"
    return text_of(value) if isinstance(value, (bool, int, float)) else str(value)


def shortened(words: str) -> str:
    """A text of a cell in a sentence that needs no quotes round it, such as the name of a scale or of a list's word."""
    return visible(words if len(words) <= 41 else f"{words[:40]}…")


def visible(words: str, unseen: str = "\u25af") -> str:
    """A text on one line, with `unseen` for each sign that shows nothing or turns the letters behind it round."""
    if words.isprintable():
        return words
    return "".join(" " if one.isspace() else unseen if category(one) in _UNSEEN else one for one in words)


_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


SHEET_MISSING = ProblemKind(
    "sheet-missing",
    "The sheet {sheet} is not in this workbook.",
    "Copy it from an earlier version or from a new tracker.",
)
TABLE_MISSING = ProblemKind(
    "table-missing",
    "The rows of {sheet} are no longer a table, so formulas and filters miss new rows.",
    "Select the rows with their headings, choose Insert, Table, and name the table {table}.",
)
HEADING_MISSING = ProblemKind(
    "heading-missing",
    "The column {heading} is not on {sheet}, so nothing in it can be read.",
    "Put the heading back, or add the column.",
)
HEADING_RENAMED = ProblemKind(
    "heading-renamed",
    "The heading {value} is not known, and the column {heading} is missing.",
    "If it is the same column, type its right heading in this cell.",
)
HEADING_TWICE = ProblemKind(
    "heading-twice",
    "The heading {value} is there twice; only the first column is read.",
    "Give the second column another heading, or move its values to the first.",
)
ROWS_BELOW_TABLE = ProblemKind(
    "rows-below-table",
    "{count} below the table {table}, so formulas and filters miss what is there.",
    "Drag the corner of the table down to row {last}.",
)
ERROR_VALUE = ProblemKind(
    "error-value",
    "{heading} shows the error {value}: {why}.",
    "Copy the formula from another row; where you type yourself, type the value again.",
)
FORMULA_OVERWRITTEN = ProblemKind(
    "formula-overwritten",
    "{heading} works itself out, but here someone typed {value}.",
    "Copy the formula from the cell above or below.",
)
FORMULA_MISSING = ProblemKind(
    "formula-missing",
    "{heading} works itself out, but here the formula is gone.",
    "Copy the formula from the cell above or below.",
)
FORMULAS_GONE = ProblemKind(
    "formulas-gone",
    "{heading} works itself out, but no row of {sheet} has its formula any more.",
    "Take the sheet from an earlier version; another program may have saved this one.",
)
FORMULA_TYPED = ProblemKind(
    "formula-typed",
    "{heading} should hold what you type, but here a formula gives {value}.",
    "Type the value itself. To type a text that begins with = + or -, put ' in front.",
)
MERGED_CELLS = ProblemKind(
    "merged-cells",
    "The cells {cells} are merged, so only the first of them holds a value.",
    "Choose Home, Merge & Center to split them, then fill each cell.",
)
ROWS_HIDDEN = ProblemKind(
    "rows-hidden",
    "{count} hidden on {sheet}: {which}. What is hidden is read and counted all the same.",
    "Select the rows around them, right-click, Unhide.",
)
COLUMNS_HIDDEN = ProblemKind(
    "columns-hidden",
    "The column {heading} is hidden. It is read and counted all the same.",
    "Select the columns around it, right-click, Unhide.",
)
FILTER_ON = ProblemKind(
    "filter-on",
    "A filter is on, so {sheet} shows only some of its rows. All of them are read and counted.",
    "Choose Data, Clear to see all rows.",
)
SHEET_HIDDEN = ProblemKind(
    "sheet-hidden",
    "The sheet {sheet} is hidden. It is read and counted all the same.",
    "Right-click a tab, Unhide. Hiding a sheet protects nothing.",
)
SETTINGS_SHEET = ProblemKind(
    "settings-sheet",
    "The sheet {sheet} bears a name by which programs know settings or code to run. Mentorbook reads nothing of it.",
    "Delete the sheet, or use a copy of the tracker without it; until then no button works with this workbook.",
)

FILE_KINDS = declared(vars())
