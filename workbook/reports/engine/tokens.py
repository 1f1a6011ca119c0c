"""The template language: `{{learner.first_name}}`, `{{if learner.pronouns}}`, `{{if not target}}`.

Which names there are comes as a vocabulary: a tree shaped like what is filled in, for instance
`{"learner": {"first_name": …}, "subject": [{"name": …, "drop": [{"level": …}]}]}`. A mapping is a group, a list
with one mapping is a list whose rows repeat, anything else is a name that can be asked for.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

Path = tuple[str, ...]

_TOKEN = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_CONDITION = re.compile(r"if\s+(not\s+)?(.*)", re.IGNORECASE | re.DOTALL)
_STRAY = re.compile(r"\{\{|\}\}|\{[a-z_]+(?:\.[a-z_ ]+)+\}", re.IGNORECASE)


class Token(NamedTuple):
    """One `{{…}}`. `wanted` is None for a value; True for `if`, False for `if not`."""

    written: str
    path: Path
    wanted: bool | None = None

    @property
    def name(self) -> str:
        """The name with dots, as the documentation writes it."""
        return ".".join(self.path)


class Ask(NamedTuple):
    """Something a template asks for, and where; `problem` says why it cannot have it, or is None."""

    sheet: str
    place: str
    token: str
    problem: str | None = None

    @property
    def name(self) -> str:
        """The name that is asked for, with dots and without braces."""
        found = tokens_in(self.token)
        return found[0].name if found else ""


def split(text: str) -> list[str | Token]:
    """`text` as the stretches between tokens and the tokens, in order; empty stretches are left out."""
    if "{{" not in text:
        return [text] if text else []
    found: list[str | Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() > end:
            found.append(text[end : match.start()])
        found.append(_token(match[0], match[1]))
        end = match.end()
    if end < len(text):
        found.append(text[end:])
    return found


def _token(written: str, inside: str) -> Token:
    inside = inside.strip()
    condition = _CONDITION.fullmatch(inside)
    wanted = None
    if condition:
        wanted, inside = not condition[1], condition[2]
    path = tuple("_".join(step.lower().split()) for step in inside.split("."))
    return Token(written, path, wanted)


def tokens_in(text: str) -> list[Token]:
    """The tokens in `text`."""
    return [part for part in split(text) if isinstance(part, Token)]


def room_for_each(text: str, longest: int) -> int:
    """How many characters each token's value may have so that the whole text is not longer than Excel takes."""
    tokens = tokens_in(text)
    fixed = len(text) - sum(len(token.written) for token in tokens)
    return max(longest - fixed, 0) // max(len(tokens), 1)


def stray_braces(text: str) -> str | None:
    """What looks like a token but is not one ("{{name" or "{learner.name}"), or None."""
    match = _STRAY.search(_TOKEN.sub("", text))
    return match[0] if match else None


class OfHundred(str):
    """What stands in a vocabulary for a name whose values count from 0 to 100: its example."""

    __slots__ = ()


class Vocabulary:
    """The names a template may ask for."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self._tree = tree
        self.names: set[Path] = set()
        self.groups: set[Path] = set()
        self.lists: set[Path] = set()
        self.of_hundred: set[Path] = set()
        """The names whose values count from 0 to 100."""
        for path, what in _walk(tree, ()):
            is_list, is_group = isinstance(what, list | tuple), isinstance(what, Mapping)
            (self.lists if is_list else self.groups if is_group else self.names).add(path)
            if isinstance(what, OfHundred):
                self.of_hundred.add(path)

    def example(self, items: int) -> Mapping[str, Any]:
        """A context that answers yes to every name, with so many items in each list."""

        def filled(tree: Mapping[str, Any]) -> dict[str, Any]:
            return {name: value(what) for name, what in tree.items()}

        def value(what: Any) -> Any:
            if isinstance(what, Mapping):
                return filled(what)
            return [filled(what[0])] * items if isinstance(what, list | tuple) else str(what) or "x"

        return filled(self._tree)

    def chain(self, path: Path) -> tuple[Path, ...]:
        """The lists that `path` goes through, outermost first: ("subject",), ("subject", "drop")."""
        return tuple(path[:end] for end in range(1, len(path) + 1) if path[:end] in self.lists)

    def row_lists(self, token: Token) -> tuple[Path, ...]:
        """The lists whose items a row with this token stands for. `{{if subject}}` asks about the whole list."""
        lists = self.chain(token.path)
        return lists[:-1] if token.wanted is not None and token.path in self.lists else lists

    def problem(self, token: Token) -> str | None:
        """Why the token means nothing, in one sentence with the nearest known name; None when it does."""
        if token.path in self.names or token.path in self.lists:
            return None
        if token.path in self.groups:
            if token.wanted is not None:
                return None
            first = min(name for name in self.names | self.lists if name[: len(token.path)] == token.path)
            return f"{token.written} is a group of values: name one of them, such as {{{{{'.'.join(first)}}}}}."
        near = self._nearest(token.name)
        hint = f"did you mean {{{{{near}}}}}?" if near else "see the list of names in docs/templates.md."
        return f"{token.written} is not known: {hint}"

    def _nearest(self, name: str) -> str | None:
        known = sorted(".".join(path) for path in self.names)
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
        if near:
            return near[0]
        last = name.rsplit(".", 1)[-1]
        return next((other for other in known if other.rsplit(".", 1)[-1] == last), None)


def _walk(tree: Mapping[str, Any], above: Path) -> Iterator[tuple[Path, Any]]:
    for name, what in tree.items():
        path = (*above, name)
        yield path, what
        if isinstance(what, Mapping):
            yield from _walk(what, path)
        elif isinstance(what, list | tuple):
            yield from _walk(what[0], path)
