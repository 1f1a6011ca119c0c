"""A part placed for one shape of data, which for one learner only joins text: literal text and fills.

Most fills are `Slot`s, which show one value: what a value becomes there is worked out once, since the names of
subjects, levels, points and words of status come again and again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from workbook.package.framed import Frame
from workbook.package.parts import Member, pack

Opened = list[Any]
"""The groups and items one learner's report reads from, by the numbers that `Scopes` gave them."""
Fill = Callable[[Opened], str]

Made = TypeVar("Made")

_SHORT = 64
"""Letters of a text that is likely to come again; a comment is not."""
_MOST_KNOWN = 4096


class _Once(dict[Any, Made]):
    """What values become by `make`, worked out once where one is likely to come again; of long texts the last is kept.

    So a sentence that stands on every report costs little, and a comment little on the second home's copy.
    """

    __slots__ = ("comes_again", "last", "make")

    def __init__(self, make: Callable[[Any], Made], comes_again: Callable[[Any], bool]) -> None:
        self.make, self.comes_again = make, comes_again
        self.last: tuple[str, Made] | None = None

    def __missing__(self, value: Any) -> Made:
        if self.last and self.last[0] == value:
            return self.last[1]
        made = self.make(value)
        if not self.comes_again(value):
            self.last = (value, made) if type(value) is str else None
        elif len(self) < _MOST_KNOWN:
            self[value] = made
        return made


class _Anew(Generic[Made]):
    """The same, worked out each time."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self.make = make

    def __getitem__(self, value: Any) -> Made:
        return self.make(value)


def _always(_: Any) -> bool:
    return True


_COMES_AGAIN: dict[type, Callable[[Any], bool]] = {
    str: lambda text: len(text) <= _SHORT,
    float: bool,  # but 0.0, which would be one with -0.0
    **dict.fromkeys((int, bool, type(None), date, datetime), _always),
}


class Known(dict[type, "_Once[Made] | _Anew[Made]"], Generic[Made]):
    """What values become by `make`: `known[type(value)][value]`, kept for short texts, figures, dates and blanks.

    The type comes first since 3, 3.0 and True would be one key.
    """

    __slots__ = ("make",)

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self.make = make

    def __missing__(self, kind: type) -> _Once[Made] | _Anew[Made]:
        again = _COMES_AGAIN.get(kind)
        found = self[kind] = _Once(self.make, again) if again else _Anew(self.make)
        return found

    def of(self, value: Any) -> Made:
        """What one value becomes."""
        return self[type(value)][value]


class Slot(NamedTuple):
    """A place that shows one value: the number of the mapping that holds it, its key there, and what it becomes."""

    scope: int
    key: str
    known: Known[str]


@dataclass
class Program:
    """A part of the report: literal text, each stretch followed by a fill, and the text at the end."""

    steps: list[tuple[str, Fill | Slot]]
    end: str

    def __post_init__(self) -> None:
        self._texts = [part for text, _ in self.steps for part in (text, "")] + [self.end]
        places = [(2 * number + 1, step) for number, (_, step) in enumerate(self.steps)]
        self._slots = [(place, s.scope, s.key, s.known) for place, s in places if isinstance(s, Slot)]
        self._fills = [(place, fill) for place, fill in places if not isinstance(fill, Slot)]

    def text(self, opened: Opened) -> str:
        """The part for one learner."""
        return "".join(self._written(opened))

    def _written(self, opened: Opened) -> list[str]:
        written = self._texts.copy()
        for place, scope, key, known in self._slots:
            value = opened[scope].get(key)
            written[place] = known[type(value)][value]
        for place, fill in self._fills:
            written[place] = fill(opened)
        return written

    def member(self, name: str, opened: Opened) -> Member:
        """A part that has fills, for one learner, packed under a name."""
        head, *middle, tail = self._written(opened)
        return _frame(head, tail).pack(name, "".join(middle).encode())


def program(parts: Iterable[str | Fill | Slot]) -> Program:
    """Placed parts, neighbouring text joined."""
    steps: list[tuple[str, Fill | Slot]] = []
    text: list[str] = []
    for part in parts:
        if isinstance(part, str):
            text.append(part)
        else:
            steps.append(("".join(text), part))
            text = []
    return Program(steps, "".join(text))


def made_part(name: str, parts: Iterable[str | Fill | Slot]) -> Program | Member:
    """The program that makes a part; the part itself, packed under its name, where it is the same for all."""
    made = program(parts)
    return made if made.steps else pack(name, made.end.encode())


@lru_cache(maxsize=256)
def _frame(head: str, tail: str) -> Frame:
    return Frame(head.encode(), tail.encode())
