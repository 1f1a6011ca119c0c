"""What a flag rule is: how serious, what it says, and how its sentence is filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Nature(StrEnum):
    """What a rule speaks of. Only concerns are counted towards a conversation."""

    CONCERN = "concern"
    CARE = "care"
    INFORMATION = "information"
    STRENGTH = "strength"


class Band(StrEnum):
    """What a flag asks for: one concern is a look, two or more are a talk."""

    LOOK = "look"
    TALK = "talk"
    HEAD_OF_YEAR = "head of year"
    CARE = "care"
    INFORMATION = "information"
    STRENGTH = "strength"


class Area(StrEnum):
    """What a concern is about: several of one area count once in the order of seeing people."""

    ATTENDANCE = "attendance"
    PROGRESS = "progress"
    EFFORT = "effort"
    BEHAVIOUR = "behaviour"


class Figure(str):
    """A figure in a sentence: ``{value:subject}`` gives ``1 subject`` and ``2 subjects``."""

    __slots__ = ()

    def __format__(self, noun: str) -> str:
        return f"{self!s} {noun}{'' if self == '1' else 's'}" if noun else str(self)


@dataclass(frozen=True)
class Rule:
    """A flag rule. ``setting`` names its threshold; ``words`` is the reason, a sentence with figures to fill in."""

    code: str
    title: str
    setting: str
    words: str
    why: str
    do: str
    nature: Nature
    band: Band
    area: Area | None = None
    """What a concern is about; other rules have none."""

    def say(self, **figures: object) -> str:
        """The reason in words; a figure is shown as it is written in a sentence."""
        return self.words.format_map({name: Figure(in_words(figure)) for name, figure in figures.items()})

    @property
    def outline(self) -> str:
        """The reason with a gap for each figure, for a page that explains the rules."""
        return self.words.format_map(_Gaps()).replace("….", "…")


class _Gaps(dict[str, Figure]):
    def __missing__(self, name: str) -> Figure:
        return Figure("…")


def in_words(figure: object) -> str:
    """A figure as it is written in a sentence: whole numbers whole, others to two places, dates in full."""
    if isinstance(figure, float):
        return f"{figure:.2f}".rstrip("0").rstrip(".")
    if isinstance(figure, date):
        return f"{figure.day} {figure:%B %Y}"
    return str(figure)
