"""An element of XML with its parent and children: the little of lxml's API that this project needs.

Names are ``{namespace}name``, or ``{*}name`` where any namespace will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, overload

XML = "http://www.w3.org/XML/1998/namespace"


def comment() -> None:
    """What a comment has in place of a tag."""


def instruction() -> None:
    """What a processing instruction has in place of a tag."""


class Element:
    """An element, with its children in order; ``declared`` are the prefixes that it declares."""

    __slots__ = ("_children", "_hints", "_parent", "attrib", "declared", "prefix", "tag", "tail", "text")

    def __init__(self, tag: Any, attrib: Mapping[str, str] | None = None, **more: str) -> None:
        self.tag: Any = tag
        self.attrib: dict[str, str] = {**(attrib or {}), **more}
        self.text: str | None = None
        self.tail: str | None = None
        self.prefix: str | None = None
        self.declared: dict[str | None, str] = {}
        self._hints: dict[str, str | None] = {}  # the prefixes of attributes as they were written
        self._children: list[Element] = []
        self._parent: Element | None = None

    def __iter__(self) -> Iterator[Element]:
        return iter(self._children)

    def __len__(self) -> int:
        return len(self._children)

    def __bool__(self) -> bool:
        return True

    def __getitem__(self, place: int) -> Element:
        return self._children[place]

    def __setitem__(self, place: int, child: Element) -> None:
        self.replace(self._children[place], child)

    def __deepcopy__(self, memo: Any) -> Element:
        """A copy without a parent, which declares the prefixes that it had from its ancestors."""
        made = self._copy()
        for prefix, space in self._scope().items():
            if prefix != "xml" and made._uses(prefix):
                made.declared.setdefault(prefix, space)
        made.tail = self.tail
        return made

    def _copy(self) -> Element:
        made = Element(self.tag)
        made.attrib, made.text, made.prefix = dict(self.attrib), self.text, self.prefix
        made.declared, made._hints = dict(self.declared), self._hints
        for child in self._children:
            copied = child._copy()
            copied.tail, copied._parent = child.tail, made
            made._children.append(copied)
        return made

    def _uses(self, prefix: str | None) -> bool:
        return any(
            each.prefix == prefix or (prefix is not None and prefix in each._hints.values()) for each in self.iter()
        )

    def _scope(self) -> dict[str | None, str]:
        above: dict[str | None, str] = self._parent._scope() if self._parent is not None else {"xml": XML}
        return above | self.declared if self.declared else above

    @overload
    def get(self, name: str) -> str | None: ...

    @overload
    def get(self, name: str, default: str) -> str: ...

    def get(self, name: str, default: str | None = None) -> str | None:
        """An attribute, else ``default``."""
        return self.attrib.get(name, default)

    def set(self, name: str, value: str) -> None:
        """Give an attribute."""
        self.attrib[name] = value

    def items(self) -> Any:
        """The attributes in order."""
        return self.attrib.items()

    def getparent(self) -> Element | None:
        """The element around this one."""
        return self._parent

    def getprevious(self) -> Element | None:
        """The element before this one."""
        place = self._parent.index(self) if self._parent is not None else 0
        return self._parent._children[place - 1] if place and self._parent is not None else None

    def index(self, child: Element) -> int:
        """The place of a child."""
        return next(place for place, one in enumerate(self._children) if one is child)

    def append(self, child: Element) -> None:
        """Put a child, taken from where it was, at the end."""
        self.insert(len(self._children), child)

    def insert(self, place: int, child: Element) -> None:
        """Put a child, taken from where it was, before the one at a place."""
        if child._parent is not None:
            child._parent.remove(child)
        child._parent = self
        self._children.insert(place, child)
        child._settle(self._scope())

    def _settle(self, scope: Mapping[str | None, str]) -> None:
        """Leave out the prefixes that are declared around the element already."""
        if self.declared:
            self.declared = {prefix: space for prefix, space in self.declared.items() if scope.get(prefix) != space}
            scope = {**scope, **self.declared}
        for child in self._children:
            child._settle(scope)

    def remove(self, child: Element) -> None:
        """Take a child, with the text behind it, out of the tree."""
        del self._children[self.index(child)]
        child._parent = None

    def replace(self, old: Element, new: Element) -> None:
        """Put one child in another's place."""
        self.insert(self.index(old), new)
        self.remove(old)

    def makeelement(self, tag: str, attrib: Mapping[str, str] | None = None) -> Element:
        """A new element without a parent."""
        return Element(tag, attrib)

    def iter(self, tag: str = "") -> Iterator[Element]:
        """This element and all below, in document order: all, ``*`` those with a name, or as `iterfind` has it."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if not tag or (type(element.tag) is str and (tag == "*" or _bears(element.tag, tag))):
                yield element
            if element._children:
                waiting += reversed(element._children)

    def every(self) -> list[Element]:
        """This element and all below as they are now, in document order."""
        found = [self]
        self._gather(found)
        return found

    def _gather(self, found: list[Element]) -> None:
        for child in self._children:
            found.append(child)
            if child._children:
                child._gather(found)

    def itertext(self) -> Iterator[str]:
        """All text inside."""
        if self.text and type(self.tag) is str:
            yield self.text
        for child in self._children:
            yield from child.itertext()
            if child.tail:
                yield child.tail

    def iterfind(self, path: str) -> Iterator[Element]:
        """The children of this name (``{*}name`` in any namespace), or further down along ``/``."""
        for step in re.findall(r"(?:\{[^}]*\}|[^/{])+", path)[:1]:
            rest = path[len(step) + 1 :]
            for child in self._children:
                if type(child.tag) is str and _bears(child.tag, step):
                    yield from child.iterfind(rest) if rest else (child,)

    def find(self, path: str) -> Element | None:
        """The first of `iterfind`."""
        return next(self.iterfind(path), None)

    def findall(self, path: str) -> list[Element]:
        """All of `iterfind`."""
        return list(self.iterfind(path))

    def findtext(self, path: str) -> str | None:
        """The text of the first found, None where there is none."""
        found = self.find(path)
        return None if found is None else found.text or ""


def _bears(tag: str, name: str) -> bool:
    return tag == name or (name[:3] == "{*}" and name[3:] in ("*", tag.rpartition("}")[2]))


def sub_element(parent: Element, tag: str, attrib: Mapping[str, str] | None = None, **more: str) -> Element:
    """A new last child."""
    child = Element(tag, attrib, **more)
    parent.append(child)
    return child
