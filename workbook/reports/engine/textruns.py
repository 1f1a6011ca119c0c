"""Tokens in text that is kept in runs (rich text in cells, text boxes, comments): each run keeps its look.

Excel may cut `{{learner.first_name}}` into several runs, for instance where the spelling checker stopped. A token
is given whole to the run it starts in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbook.reports.engine.markup import Element
from workbook.reports.engine.tokens import Token, split

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def runs_text(texts: Sequence[Element]) -> str:
    """The text of a paragraph or cell, its runs joined."""
    return "".join(element.text or "" for element in texts)


def put_tokens(texts: Sequence[Element], mark: Callable[[Token], str]) -> None:
    """Replace each token in the runs by what `mark` gives for it ("" takes it out)."""
    pieces = split(runs_text(texts))
    starts: list[int] = []
    position = 0
    for element in texts:
        starts.append(position)
        position += len(element.text or "")
    ends = [*starts[1:], position]
    written = ["" for _ in texts]
    position = 0
    for piece in pieces:
        length = len(piece.written if isinstance(piece, Token) else piece)
        for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
            if isinstance(piece, Token):
                if start <= position < end:
                    written[index] += mark(piece)
            elif start < position + length and end > position:
                written[index] += piece[max(start - position, 0) : end - position]
        position += length
    for element, text in zip(texts, written, strict=True):
        element.text = text
