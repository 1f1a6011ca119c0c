"""A learner's average: which subjects it is over, so that it stands for the same ones at every drop.

Levels of different scales are not comparable, so only the scale that most subjects with a level share counts. Where
some of them have a baseline and a target, only those do: the average and the way to the targets then speak of the same
subjects. One that lacks a level at a drop at which most have one stays out, so that no average moves by who is in it.
The Learner view has the same as formulas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from workbook.model.excel import fold
from workbook.model.formulas import DROPS


class Levelled(Protocol):
    """A subject as far as averages need it; figures are None where not known."""

    @property
    def scale(self) -> str:
        """The name of its scale; empty for none."""

    @property
    def points(self) -> Sequence[float | None]:
        """What its level is worth, drop by drop."""

    @property
    def baseline(self) -> float | None:
        """The points at the start."""

    @property
    def target(self) -> float | None:
        """The points aimed at."""


_Subject = TypeVar("_Subject", bound=Levelled)


@dataclass(frozen=True)
class Averaged(Generic[_Subject]):
    """The subjects of an average, of those that could be, with the drops at which most of these have a level.

    ``aimed`` where each of them has a baseline and a target.
    """

    candidates: list[_Subject]
    usual: list[int]
    aimed: bool

    @cached_property
    def subjects(self) -> list[_Subject]:
        """Those with a level at every usual drop; all of them where none has."""
        return [one for one in self.candidates if self.is_whole(one)] or self.candidates

    def is_whole(self, one: _Subject) -> bool:
        """Whether a subject has a level at every usual drop."""
        return all(one.points[drop - 1] is not None for drop in self.usual)

    def average(self, drop: int) -> float | None:
        """The average of their points at a drop."""
        return mean([one.points[drop - 1] for one in self.subjects])


def averaged(subjects: Sequence[_Subject]) -> Averaged[_Subject]:
    """The subjects that a learner's average is over, of all in the order of Progress; none without a level."""
    scales: dict[str, list[_Subject]] = {}
    for one in subjects:
        if one.scale and any(points is not None for points in one.points):
            scales.setdefault(fold(one.scale), []).append(one)
    if not scales:
        return Averaged([], [], False)
    main = max(scales.values(), key=len)
    aimed = [one for one in main if one.baseline is not None and one.target is not None]
    chosen = aimed or main
    usual = [drop for drop in DROPS if 2 * sum(one.points[drop - 1] is not None for one in chosen) > len(chosen)]
    return Averaged(chosen, usual, bool(aimed))


def mean(values: Sequence[float | None]) -> float | None:
    """The mean of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
