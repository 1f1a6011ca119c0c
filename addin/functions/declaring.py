"""Declares a worksheet function: its words and arguments, kept for the web add-in and told to xlwings where it is."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

xw: Any
try:
    import xlwings as xw
except ImportError:  # in the browser
    xw = None

CATEGORY = "Mentorbook"

_F = TypeVar("_F", bound=Callable[..., Any])
_DOCS = "__argument_docs__"


@dataclass(frozen=True)
class Argument:
    """An argument, which is always a range: its name, what it is, whether it may be left out."""

    name: str
    doc: str
    optional: bool


@dataclass(frozen=True)
class Function:
    """A worksheet function with its words."""

    name: str
    doc: str
    arguments: tuple[Argument, ...]
    run: Callable[..., list[list[Any]]]


DECLARED: dict[str, Function] = {}
"""Every worksheet function by its name."""


def function(run: _F) -> _F:
    """Declare a worksheet function; its arguments are declared by `range_` below this."""
    docs: dict[str, str] = getattr(run, _DOCS, {})
    arguments = tuple(
        Argument(name, docs[name], one.default is not inspect.Parameter.empty)
        for name, one in inspect.signature(run).parameters.items()
    )
    DECLARED[run.__name__] = Function(run.__name__, inspect.getdoc(run) or "", arguments, run)
    if xw is None:
        return run
    declared: _F = xw.func(category=CATEGORY)(run)
    return declared


def range_(name: str, doc: str) -> Callable[[_F], _F]:
    """Declare an argument that is a range: its rows as they stand, errors as text."""

    def declare(run: _F) -> _F:
        setattr(run, _DOCS, {name: doc, **getattr(run, _DOCS, {})})
        if xw is None:
            return run
        declared: _F = xw.arg(name, ndim=2, err_to_str=True, doc=doc)(run)
        return declared

    return declare
