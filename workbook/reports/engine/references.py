"""References in formulas: found once when a template is compiled, written anew when rows have moved.

`parse` cuts a formula into text and references; what is quoted, named or structured stays text. A reference
knows which of its rows are fixed by `$`, since in a repeated row `B5` means this item and `B$5` all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from workbook.reports.engine.area_arguments import takes_area, takes_many, works_on_arrays

LAST_ROW = 1_048_576

_QUOTED = r"'(?:[^']|'')+'"
_SHEET = rf"(?P<sheet>{_QUOTED}|[^\W\d][\w.]*)!"
_FORMULA = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*")                                  # text in quotes
    |(?P<external>\[[^\]]*\](?:[^\s!'"(),;\[\]]*![$\w:]*)?)    # another workbook's cell, or a structured reference
    |(?:{_SHEET})?
     (?:(?P<c1>\$?[A-Za-z]{{1,3}})(?P<r1>\$?[1-9][0-9]{{0,6}})
        (?::(?P<c2>\$?[A-Za-z]{{1,3}})(?P<r2>\$?[1-9][0-9]{{0,6}}))?
       |(?P<rows1>\$?[1-9][0-9]{{0,6}}):(?P<rows2>\$?[1-9][0-9]{{0,6}}))
     (?![\w.(!?\\\[])
    |(?P<quoted>{_QUOTED}!)
    |(?P<word>[\w.\\?]+(?P<call>\()?)                         # a name, a number, a function
    |(?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A cell, an area or whole rows. Columns are kept as written ("$B"), rows as numbers.

    `sheet` is the plain sheet name or None for the formula's own sheet. `columns` is ("", "") for whole rows.
    `gathers` says that the reference is handed to a function that takes areas, `parts` that it takes any number.
    """

    sheet: str | None
    columns: tuple[str, str]
    top: int
    bottom: int
    top_fixed: bool
    bottom_fixed: bool
    is_area: bool
    gathers: bool = False
    parts: bool = False

    def write(self, top: int, bottom: int, *, area: bool | None = None) -> str:
        """The reference with other rows, without its sheet."""
        left, right = self.columns
        first = f"{left}{'$' * self.top_fixed}{top}"
        if not (self.is_area if area is None else area):
            return first
        return f"{first}:{right}{'$' * self.bottom_fixed}{bottom}"

    def moved(self, down: int) -> Reference:
        """The reference as it reads `down` rows lower, as a shared formula means it."""
        top = self.top if self.top_fixed else self.top + down
        bottom = self.bottom if self.bottom_fixed else self.bottom + down
        return replace(self, top=top, bottom=bottom)


Part = str | Reference


def parse(formula: str) -> list[Part]:
    """The formula (without "=") as stretches of text and references."""
    parts: list[Part] = []
    calls: list[_Call] = []
    text: list[str] = []
    for match in _FORMULA.finditer(formula):
        reference = _reference(match)
        if reference:
            if text:
                parts.append("".join(text))
                text = []
            parts.append(_in_call(reference, calls, formula, match))
            continue
        _follow(match, calls)
        text.append(match[0])
    if text:
        parts.append("".join(text))
    return parts


@dataclass(slots=True)
class _Call:
    """A function, or brackets without one, that the formula is inside of."""

    function: str = ""
    argument: int = 0


def _follow(match: re.Match[str], calls: list[_Call]) -> None:
    """Keep count of the functions around and of their arguments."""
    written = match[0]
    if match["call"]:
        calls.append(_Call(written[:-1].upper().removeprefix("_XLFN.")))
    elif written in "({":
        calls.append(_Call())
    elif written in ")}" and calls:
        calls.pop()
    elif written == "," and calls:
        calls[-1].argument += 1


def _in_call(reference: Reference, calls: list[_Call], formula: str, match: re.Match[str]) -> Reference:
    """The reference with what the function around it makes of it."""
    if any(works_on_arrays(call.function) for call in calls):
        return replace(reference, gathers=True)
    if not calls or not takes_area(calls[-1].function, calls[-1].argument):
        return reference
    before, after = formula[: match.start()].rstrip()[-1:], formula[match.end() :].lstrip()[:1]
    whole = before in ("(", ",") and after in (")", ",")  # an argument of its own, not part of one
    return replace(reference, gathers=whole, parts=whole and takes_many(calls[-1].function))


def _reference(match: re.Match[str]) -> Reference | None:
    sheet = match["sheet"]
    if sheet and sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    if sheet and (sheet.startswith("[") or ":" in sheet):
        return None  # another workbook, or a stretch of sheets: not ours to move
    if match["rows1"]:
        first, last, columns = match["rows1"], match["rows2"], ("", "")
    elif match["c1"]:
        first, last = match["r1"], match["r2"] or match["r1"]
        columns = (match["c1"].upper(), (match["c2"] or match["c1"]).upper())
        if any(column_number(column) > 16_384 for column in columns):
            return None
    else:
        return None
    top, bottom = int(first.lstrip("$")), int(last.lstrip("$"))
    if max(top, bottom) > LAST_ROW:
        return None
    is_area = bool(match["rows1"] or match["c2"])
    fixed = (first.startswith("$"), last.startswith("$"))
    if top > bottom:
        top, bottom, fixed = bottom, top, (fixed[1], fixed[0])
    return Reference(sheet, columns, top, bottom, *fixed, is_area)


def write(parts: list[Part], place: Callable[[Reference], str]) -> str:
    """The formula anew; `place` writes each reference."""
    return "".join(part if isinstance(part, str) else place(part) for part in parts)


def prefix(sheet: str | None) -> str:
    """A sheet's name before a reference, quoted always, which is always right."""
    return "" if sheet is None else "'" + sheet.replace("'", "''") + "'!"


def column_number(letters: str) -> int:
    """1 for A, 27 for AA; "$" is passed over."""
    number = 0
    for letter in letters.lstrip("$"):
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shifted_columns(reference: Reference, right: int) -> Reference:
    """The reference as it reads `right` columns further, as a shared formula means it."""
    columns = tuple(
        column if not column or column.startswith("$") else column_letters(column_number(column) + right)
        for column in reference.columns
    )
    return replace(reference, columns=(columns[0], columns[1]))
