"""Words between middle dots: a stretch whose names all have no value is left out, and its dot with it.

`Form {{learner.form}} · {{mentor.name}}` is two stretches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbook.reports.engine.markup import Marks
from workbook.reports.engine.placing import Words
from workbook.reports.engine.tokens import Path, Token

DOT = " · "


def dotted(pieces: Sequence[str | Token], is_shown: Callable[[Token], bool]) -> list[str | Token | Words]:
    """A text in pieces: words that stand in any case, tokens, and words that stand where others have values.

    `is_shown` says whether a token has a value to show.
    """
    found: list[str | Token | Words] = []
    before: tuple[Path, ...] = ()
    """Names of the stretches before, one of which shows that a dot may follow; none where words stand in any case."""
    sure = False
    for number, stretch in enumerate(_stretches(pieces)):
        own = tuple(piece.path for piece in stretch if isinstance(piece, Token) and is_shown(piece))
        needs = tuple(group for group in (own, () if sure else before) if group)
        if number:
            found.append(Words(DOT, needs) if needs else DOT)
        found += [Words(piece, (own,)) if own and isinstance(piece, str) else piece for piece in stretch]
        before = (*before, *own)
        sure = sure or not own
    return found


def put_dotted(pieces: Sequence[str | Token], marks: Marks, mark: Callable[[Token], str]) -> str:
    """A text with marks: `mark` gives one for a token, or "" where it has no value to show."""
    shown = {piece: mark(piece) for piece in pieces if isinstance(piece, Token)}
    return "".join(
        piece if isinstance(piece, str) else shown[piece] if isinstance(piece, Token) else marks.put(piece)
        for piece in dotted(pieces, lambda token: bool(shown[token]))
    )


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
