"""What a setting is: its name, its words, its kind and its default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workbook.model.vocabulary import Kind


@dataclass(frozen=True)
class Setting:
    """One setting. ``optional`` means that a blank turns the thing off; otherwise a blank means the default."""

    name: str
    label: str
    default: str | float | date | None
    kind: Kind
    help: str
    optional: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


def number(name: str, label: str, default: float | None, help_: str, low: float = 0, high: float = 1000) -> Setting:
    """A threshold; a blank turns it off."""
    return Setting(name, label, default, Kind.NUMBER, help_, optional=True, low=low, high=high)


def fixed(name: str, label: str, default: float, help_: str, low: float, high: float) -> Setting:
    """A number that is always there."""
    return Setting(name, label, default, Kind.NUMBER, help_, low=low, high=high)


def text(name: str, label: str, default: str | None, help_: str) -> Setting:
    """A text, which may be blank."""
    return Setting(name, label, default, Kind.TEXT, help_, optional=True)
