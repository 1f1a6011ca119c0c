"""A command's options as one object: a dataclass says them once, with its help, and may take over those of another."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, TypeVar, get_type_hints

T = TypeVar("T")


def taking(options: type[T], command: Callable[[T], None]) -> Callable[..., None]:
    """A command for the command line that takes the fields of a dataclass as its arguments and options."""

    def with_options(**given: Any) -> None:
        command(options(**given))

    hints = get_type_hints(options, include_extras=True)
    signature = inspect.Signature(
        [
            inspect.Parameter(
                one.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if one.default is MISSING else one.default,
                annotation=hints[one.name],
            )
            for one in fields(options)  # type: ignore[arg-type]
        ]
    )
    with_options.__name__, with_options.__doc__ = command.__name__, command.__doc__
    with_options.__signature__ = signature  # type: ignore[attr-defined]
    return with_options
