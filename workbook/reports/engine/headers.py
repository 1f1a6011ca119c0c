"""Tokens in a sheet's headers and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from workbook.reports.engine.markup import Element, Marks, named
from workbook.reports.engine.placing import TextValue
from workbook.reports.engine.tokens import Ask, Path, Token, Vocabulary, room_for_each, split
from workbook.reports.engine.values import CellFormat, escape, fitting

_ELEMENTS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_PLAIN = CellFormat()

LONGEST_HEADER = 255
"""Characters of a header or footer with its commands."""


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
        room = room_for_each(element.text or "", LONGEST_HEADER)
        text = ""
        for part in split(element.text or ""):
            if isinstance(part, str):
                text += part
            else:
                after_size = re.search(r"&[0-9]+$", text) is not None
                text += marks.put(TextValue(part.path, _PLAIN, partial(_escape_header, room, after_size)))
        element.text = text


def _escape_header(room: int, after_size: bool, text: str) -> str:
    """`&` begins a command in a header; doubled it is itself. A digit would add to a font size before it."""
    if after_size and text[:1].isdigit():
        text = f" {text}"
    cut = fitting(text.replace("&", "&&"), room)
    if (len(cut) - len(cut.rstrip("&"))) % 2:  # half of a doubled one
        cut = cut[:-1]
    return escape(cut)
