"""Words between middle dots: a stretch whose names all have no value is left out, and its dot with it.

`Form {{learner.form}} · {{mentor.name}}` is two stretches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbook.reports.engine.markup import Marks
from workbook.reports.engine.placing import Opened, Place, Placing
from workbook.reports.engine.tokens import Path, Token
from workbook.reports.engine.values import escape

DOT = " · "


class Words:
    """Words that stand only where each of some groups of names has a value."""

    def __init__(self, words: str, needs: Sequence[Sequence[Path]]) -> None:
        self._words, self._needs = escape(words), needs

    def place(self, at: Place) -> Placing:
        """The words, or nothing."""
        needs = [[at.scopes.find(path, at.items) for path in paths] for paths in self._needs]

        def fill(opened: Opened) -> str:
            there = all(any(opened[scope].get(key) not in (None, "") for scope, key in group) for group in needs)
            return self._words if there else ""

        yield fill


def put_dotted(pieces: Sequence[str | Token], marks: Marks, mark: Callable[[Token], str]) -> str:
    """A text with marks: `mark` gives one for a token, or "" where it has no value to show."""
    written = ""
    before: list[Path] = []
    """Names of the stretches before, one of which shows that a dot may follow; none where words stand in any case."""
    sure = False
    for number, stretch in enumerate(_stretches(pieces)):
        marked = [(piece, mark(piece) if isinstance(piece, Token) else "") for piece in stretch]
        own = [piece.path for piece, shown in marked if isinstance(piece, Token) and shown]
        needs = [group for group in (own, [] if sure else before) if group]
        if number:
            written += marks.put(Words(DOT, needs)) if needs else DOT
        for piece, shown in marked:
            if isinstance(piece, Token):
                written += shown
            else:
                written += marks.put(Words(piece, [own])) if own else piece
        before = [*before, *own]
        sure = sure or not own
    return written


def _stretches(pieces: Sequence[str | Token]) -> list[list[str | Token]]:
    stretches: list[list[str | Token]] = [[]]
    for piece in pieces:
        if isinstance(piece, Token):
            stretches[-1].append(piece)
            continue
        first, *others = piece.split(DOT)
        stretches[-1] += [first] if first else []
        stretches += [[other] if other else [] for other in others]
    return stretches
