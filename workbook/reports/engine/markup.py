"""XML of a template's parts: parsed once, cut into literal bytes and the pieces that change.

A piece is put into the tree as a marked number, the tree is written out, and the bytes are cut at the marks.
So the parser sees to prefixes, encodings and escapes, and the report only joins bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from workbook.model import CannotDo
from workbook.package import xml_tree as tree

Element = tree.Element

_OPEN, _CLOSE = "\U0010fffd", "\U0010fffc"  # private use: no keyboard types them
_MARK = re.compile(f"{_OPEN}([0-9]+|[()]){_CLOSE}")


def parse(xml: bytes, part: str) -> Element:
    """The root element of a part. Raises CannotDo when it is not well-formed XML."""
    try:
        return tree.fromstring(xml, comments=False)
    except tree.XMLSyntaxError as error:
        raise CannotDo(f"The template's part {part} is damaged: save the template again in Excel.") from error


@contextmanager
def making_sense(part: str, of: str = "template") -> Iterator[None]:
    """Turn what cannot be made out inside a part into one sentence that names it and the file that it is ``of``."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        raise CannotDo(f"The {of}'s part {part} cannot be made out: save the {of} again in Excel.") from error


def local(element: Element) -> str:
    """The element's name without prefix or namespace, "" for a processing instruction."""
    return _LOCAL[element.tag]


class _Local(dict[Any, str]):
    """The local name of each tag."""

    def __missing__(self, tag: Any) -> str:
        if len(self) >= _MOST_TAGS:
            self.clear()
        found = self[tag] = tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
        return found


_MOST_TAGS = 1024
_LOCAL = _Local()


def named(root: Element, *names: str) -> list[Element]:
    """All elements below (and including) `root` that bear one of `names`, whatever their namespace."""
    return [element for element in root.every() if _LOCAL[element.tag] in names]


def child(element: Element, name: str) -> Element | None:
    """The first child of that name, whatever its namespace."""
    return next((inner for inner in element if _LOCAL[inner.tag] == name), None)


def add(parent: Element, name: str, text: str | None = None, index: int | None = None) -> Element:
    """A new child in the parent's own namespace (transitional or strict), at the end or at `index`."""
    tag = parent.tag if isinstance(parent.tag, str) else ""
    space = tag[: tag.index("}") + 1] if tag.startswith("{") else ""
    new = parent.makeelement(space + name)
    new.text = text
    if index is None:
        parent.append(new)
    else:
        parent.insert(index, new)
    return new


def remove(element: Element) -> None:
    """Take an element out of its tree, keeping the text that follows it."""
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def document(root: Element) -> bytes:
    """The part's bytes, UTF-8 whatever it was before."""
    return tree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


class Marks:
    """Hands out marks for pieces and cuts the written part at them.

    A piece is anything with `place`; a group is a piece whose `inner` is set to what is written inside it.
    """

    def __init__(self) -> None:
        self._pieces: list[Any] = []

    def __len__(self) -> int:
        return len(self._pieces)

    def put(self, piece: Any) -> str:
        """The mark to set as text or attribute where `piece` belongs."""
        self._pieces.append(piece)
        return f"{_OPEN}{len(self._pieces) - 1}{_CLOSE}"

    def wrap(self, element: Element, group: Any) -> None:
        """Let `group` hold all that is written for `element`."""
        before(element, f"{self.put(group)}{_OPEN}({_CLOSE}")
        element.tail = f"{_OPEN}){_CLOSE}" + (element.tail or "")

    def cut(self, root: Element) -> list[Any]:
        """The part as literal text and pieces, groups holding what belongs to them."""
        return self._gather(iter(_MARK.split(document(root).decode())))

    def _gather(self, parts: Iterator[str]) -> list[Any]:
        """Pieces up to the end of the current group. `parts` alternates literal, mark, literal, …"""
        found: list[Any] = []
        for literal in parts:
            if literal:
                found.append(literal)
            mark = next(parts, ")")
            if mark == ")":
                return found
            if mark == "(":
                found[-1].inner = self._gather(parts)
            else:
                found.append(self._pieces[int(mark)])
        return found


def before(element: Element, text: str) -> None:
    """Write `text` in front of an element."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text
