"""Columns have many cells and few values: what is asked of a value is asked once, however often it stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any, TypeVar

Answer = TypeVar("Answer")

_APART = {str, int, float, date, datetime, type(None)}
"""Values of these types that are equal are the same to a mentor too."""


def each(values: Sequence[Any], ask: Callable[[Any], Answer]) -> list[Answer]:
    """The answer for every value, in their order."""
    keys = told_apart(values)
    answers = {key: ask(value) for key, value in dict(zip(keys, values, strict=True)).items()}
    return [answers[key] for key in keys]


def where(values: Sequence[Any], judge: Callable[[Any], Answer | None]) -> Iterator[tuple[int, Answer]]:
    """The places of values that the judge objects to, with what it says; blanks are not shown to it."""
    keys = told_apart(values)
    asked = dict(zip(keys, values, strict=True)).items()
    verdicts = {key: said for key, value in asked if value is not None and (said := judge(value)) is not None}
    if verdicts:
        for place, key in enumerate(keys):
            if key in verdicts:
                yield place, verdicts[key]


def told_apart(values: Sequence[Any]) -> Sequence[Any]:
    """What tells values, or tuples of them, apart: to Python 1 equals TRUE, and an error its own text."""
    kinds = set(map(type, values))
    if tuple in kinds:
        kinds = (kinds | set(map(type, chain.from_iterable(filter(None, values))))) - {tuple}
    return values if kinds <= _APART else [(_kind(value), value) for value in values]


def _kind(value: Any) -> Any:
    return tuple(map(type, value)) if isinstance(value, tuple) else type(value)
