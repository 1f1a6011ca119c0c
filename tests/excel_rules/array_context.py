"""Where a formula asks one value of many cells. Excel 2019 then takes the cell of the same row or gives #VALUE!; Excel
365 does the same for a formula that comes in a file. LibreOffice and other judges work it out all the same.

Source: Microsoft's pages on array formulas, implicit intersection and SUMPRODUCT, and [MS-XLS] 2.2.2 on the kinds of
value (single value, reference, array) that a function takes for each argument. A formula that was entered with
Ctrl+Shift+Enter (t="array") is one whole array context and is not looked at. What a defined name says is one too: IF
and its like go through it cell by cell, and what it gives is judged where the name is used. Two things differ there as
in SUMPRODUCT: INDEX, OFFSET and INDIRECT that are told many places give one, or #VALUE!.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from tests.excel_rules.book import BookFile, Found, pattern

# How a function takes its arguments: v one value, r cells as they are, a worked out cell by cell whatever the formula
# is, p handed through. The last letter stands for all further arguments. Functions not named take values alone.
TAKES = {
    "SUM": "r", "COUNT": "r", "COUNTA": "r", "COUNTBLANK": "r", "MIN": "r", "MAX": "r", "AVERAGE": "r", "MEDIAN": "r",
    "AND": "r", "OR": "r", "ROWS": "r", "COLUMNS": "r", "CONCAT": "r", "TEXTJOIN": "vvr", "LARGE": "rv", "SMALL": "rv",
    "PERCENTILE": "rv", "QUARTILE": "rv", "STDEV": "r", "MATCH": "vrv", "INDEX": "rvv", "VLOOKUP": "vrvv",
    "HLOOKUP": "vrvv", "COUNTIF": "rv", "SUMIF": "rvr", "AVERAGEIF": "rvr", "SUBTOTAL": "vr", "OFFSET": "rv",
    "NETWORKDAYS": "vvr", "WORKDAY": "vvr", "RANK": "vrv", "ROW": "r", "COLUMN": "r", "AREAS": "r", "ISREF": "r",
    "CELL": "vr", "SUMPRODUCT": "a", "LOOKUP": "vaa", "MMULT": "a", "FREQUENCY": "r", "TRANSPOSE": "r",
    "IF": "vpp", "IFERROR": "pp", "IFNA": "pp", "CHOOSE": "vp", "HYPERLINK": "vv",
}  # fmt: skip
IN_PAIRS = {"COUNTIFS": "rv", "SUMIFS": "rv", "AVERAGEIFS": "rv", "MAXIFS": "rv", "MINIFS": "rv"}
HANDS_THROUGH = {"IF", "IFERROR", "IFNA", "CHOOSE", "OFFSET"}
NEVER_CELL_BY_CELL = {"IF", "IFERROR", "IFNA", "CHOOSE"}
ONE_PLACE = {"INDEX", "OFFSET", "INDIRECT"}
_THIS_ROW = re.compile(r"\[\[#This Row\],\[(?:[^\[\]]|'.)*\]\]$|\[#This Row\],\[[^\]]*\]\]$|\[@[^:]*\]$", re.IGNORECASE)
_ONE_CELL = re.compile(r"(?:.*!)?\$?[A-Za-z]{1,3}\$?\d+$")
_CONSTANT = re.compile(r"-?\d+(?:\.\d+)?$")


@dataclass(frozen=True)
class Node:
    """A part of a formula: whether it stands for many values, and its text where it is one operand."""

    many: bool
    text: str = ""


class Formula:
    """A formula being read. ``names`` says of defined names, in small letters, whether they stand for many cells;
    ``of_name`` that this is what a name says, which is worked out cell by cell as a whole.
    """

    def __init__(self, text: str, names: Mapping[str, bool], of_name: bool = False) -> None:
        self.faults: list[str] = []
        self._names, self._of_name = names, of_name
        self._tokens = [one for one in Tokenizer("=" + text.lstrip("=")).items if one.type != Token.WSPACE]
        self._at = 0

    def read(self, many_allowed: bool = False) -> list[str]:
        """What Excel would not work out as meant."""
        whole = self._expression(by_cell=self._of_name)
        if whole.many and not many_allowed and not self._of_name:
            self.faults.append("the whole is many values where one is shown")
        return self.faults

    def _next(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _expression(self, by_cell: bool) -> Node:
        operands: list[Node] = []
        operators: list[str] = []
        while (token := self._next()) is not None and token.type != Token.SEP and token.subtype != Token.CLOSE:
            self._at += 1
            if token.type == Token.OP_IN and token.value in (",", " "):
                operands.append(Node(True, "several areas"))  # areas side by side, not values to work with
            elif token.type in (Token.OP_IN, Token.OP_PRE, Token.OP_POST):
                operators.append(token.value)
            elif token.type == Token.FUNC:
                operands.append(self._function(token.value, by_cell))
            elif token.type == Token.PAREN:
                operands.append(self._expression(by_cell))
                self._at += 1
            elif token.type == Token.ARRAY:
                operands.append(self._constants())
            else:
                operands.append(Node(self._stands_for_many(token), token.value))
        many = any(one.many for one in operands)
        if operators and many and not by_cell:
            at = next(one.text or "what stands beside it" for one in operands if one.many)
            self.faults.append(f"{' '.join(operators)} meets {at}")
        if not operators and len(operands) == 1:
            return operands[0]
        return Node(many, "" if not operands else " ".join(one.text for one in operands))

    def _constants(self) -> Node:
        while (token := self._next()) is not None and not (token.type == Token.ARRAY and token.subtype == Token.CLOSE):
            self._at += 1
        self._at += 1
        return Node(True, "a list in braces")

    def _function(self, opening: str, by_cell: bool) -> Node:
        start, _, called = opening.rstrip("(").rpartition(":")  # Lists!$A$5:INDEX( begins an area
        name = called.upper().removeprefix("_XLFN.").removeprefix("_XLWS.")
        arguments: list[Node] = []
        takes = self._takes(name)
        while True:
            place = len(arguments)
            how = takes(place)
            if name == "AGGREGATE" and place == 2:
                chosen = int(arguments[0].text) if _CONSTANT.match(arguments[0].text) else 0
                how = "a" if chosen >= 14 else "r"
            if name == "INDEX" and place == 0 and self._row_is_nought():
                how = "a"
            one = self._expression(by_cell or how == "a")
            arguments.append(one)
            if how == "v" and one.many and not by_cell:
                self.faults.append(f"{name} takes one value and gets {one.text or 'many'}")
            token = self._next()
            self._at += 1
            if token is None or token.type != Token.SEP:
                break
        many = any(one.many for one in arguments)
        if by_cell and many and name in NEVER_CELL_BY_CELL and not self._of_name:
            self.faults.append(f"{name} over many cells is worked out once, not cell by cell")
        if by_cell and name in ONE_PLACE and any(one.many for one in arguments[name != "INDIRECT" :]):
            self.faults.append(f"{name} is told many places")
        if name == "INDEX":
            whole = any(one.text in ("0", "") for one in arguments[1:])
            return Node(bool(start) or whole or (by_cell and any(one.many for one in arguments[1:])), name)
        if name in HANDS_THROUGH:
            parts = arguments[1:] if name in ("IF", "CHOOSE") else arguments
            return Node(any(one.many for one in parts) or name == "OFFSET", name)
        if name in ("ROW", "COLUMN"):
            return Node(many, name)
        by_value = any(takes(place) == "v" and one.many for place, one in enumerate(arguments))
        return Node(by_cell and by_value, name)

    def _takes(self, name: str) -> Callable[[int], str]:
        if name in IN_PAIRS:
            first = 0 if name == "COUNTIFS" else 1
            return lambda place: "r" if place < first or (place - first) % 2 == 0 else "v"
        letters = {"AGGREGATE": "vvrv"}.get(name) or TAKES.get(name, "v")
        return lambda place: letters[min(place, len(letters) - 1)]

    def _row_is_nought(self) -> bool:
        """Whether the INDEX that begins here is told row 0, so that its first argument is worked out cell by cell."""
        depth, commas = 0, 0
        for token in self._tokens[self._at :]:
            if token.type == Token.SEP and token.value == "," and depth == 0:
                commas += 1
            elif commas == 1 and depth == 0 and token.type == Token.OPERAND:
                return token.value == "0"
            depth += (token.subtype == Token.OPEN) - (token.subtype == Token.CLOSE)
            if depth < 0:
                return False
        return False

    def _stands_for_many(self, token: Token) -> bool:
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            return False
        text = token.value
        if "[" in text:
            return not _THIS_ROW.search(text)
        if ":" in text:
            return len(set(text.rpartition("!")[2].replace("$", "").split(":"))) > 1
        return False if _ONE_CELL.match(text) else self._names.get(text.rpartition("!")[2].lower(), False)


def faults(formula: str, names: Mapping[str, bool], many_allowed: bool = False, of_name: bool = False) -> Iterator[str]:
    """What in a formula Excel would not work out as meant, each said once."""
    yield from dict.fromkeys(Formula(formula, names, of_name).read(many_allowed))


class Judge:
    """Every formula of workbooks, counted; formulas of one pattern are looked at once."""

    def __init__(self) -> None:
        self.wrong: list[tuple[str, Found, list[str]]] = []
        self._seen: set[tuple[str, str]] = set()

    def read(self, writer: str, book: BookFile) -> int:
        """How many formulas a workbook holds; what is wrong with one joins ``wrong``, with the writer's name."""
        read = 0
        names = {
            one.get("name").lower(): stands_for_many(one.text or "") for one in book.workbook.iter("{*}definedName")
        }
        for one in book.formulas():
            read += 1
            key = one.kind, pattern(one.text)
            if key not in self._seen:
                self._seen.add(key)
                found = list(faults(one.text, names, one.kind == "list", one.kind == "name"))
                if found:
                    self.wrong.append((writer, one, found))
        return read


def stands_for_many(refers_to: str) -> bool:
    """Whether a defined name stands for more than one cell."""
    return Formula(refers_to, {}, of_name=True)._expression(by_cell=True).many
