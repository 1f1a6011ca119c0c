"""Tokens in a sheet's headers and footers."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.reports.markup import Element, Marks, named
from workbook.reports.program import TextValue
from workbook.reports.tokens import Ask, Path, Token, Vocabulary, split
from workbook.reports.values import CellFormat, escape

_ELEMENTS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_PLAIN = CellFormat()


def header_asks(root: Element, sheet: str, vocabulary: Vocabulary) -> Iterator[Ask]:
    """What the headers and footers ask for."""
    for element in named(root, *_ELEMENTS):
        place = "header" if element.tag.endswith("Header") else "footer"
        for token in split(element.text or ""):
            if isinstance(token, Token):
                yield Ask(sheet, place, token.written, outside_rows(token, vocabulary))


def outside_rows(token: Token, vocabulary: Vocabulary) -> str | None:
    """Why a token cannot stand where no row repeats, or None."""
    problem = vocabulary.problem(token)
    if problem:
        return problem
    if token.wanted is not None or token.path in vocabulary.lists:
        return f"{token.written} keeps or repeats a row, so it can only stand in a cell."
    if vocabulary.chain(token.path):
        return f"{token.written} belongs to a list, so it can only stand in a row, which then repeats."
    return None


def row_text_problem(token: Token, lists: tuple[Path, ...], vocabulary: Vocabulary) -> str | None:
    """Why a token cannot stand in a comment or link on a row that repeats for `lists`, or None."""
    chain = vocabulary.chain(token.path)
    if token.wanted is None and token.path not in vocabulary.lists and chain and chain == lists[: len(chain)]:
        return vocabulary.problem(token)
    return outside_rows(token, vocabulary)


def put_headers(root: Element, marks: Marks, vocabulary: Vocabulary) -> None:
    """Make pieces of the tokens in headers and footers."""
    for element in named(root, *_ELEMENTS):
        text = ""
        for part in split(element.text or ""):
            text += part if isinstance(part, str) else marks.put(TextValue(part.path, _PLAIN, _escape_header))
        element.text = text


def _escape_header(text: str) -> str:
    """`&` begins a command in a header; doubled it is itself. A digit would add to a font size before it."""
    safe = escape(text.replace("&", "&&"))
    return " " + safe if safe[:1].isdigit() else safe
