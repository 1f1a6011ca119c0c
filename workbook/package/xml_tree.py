"""XML as a tree that is written out again as it was read: prefixes, declarations and the order of attributes stay.

The little of lxml's API that this project needs, over Python's own expat, so that it runs wherever Python does.
Names are ``{namespace}name``. A document type is refused: no workbook has one, and entities are how XML attacks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from xml.parsers import expat

from workbook.model.problem import CannotDo
from workbook.package.xml_element import XML, Element, comment, instruction, sub_element

__all__ = ["Element", "XMLSyntaxError", "chosen", "fromstring", "sub_element", "tostring", "whole"]

T = TypeVar("T")
_DEEPEST = 256  # as libxml2 has it: no workbook goes beyond forty
_MOST = 2_000_000  # elements of one part: half a gigabyte and more as a tree
_BETWEEN = "\x01"  # what expat puts between the parts of a name: no XML can hold it
_NOTHING: dict[Any, Any] = {}  # what most elements declare: one for all, and nobody writes into it
_TEXT = re.compile("[&<>\r]")
_VALUE = re.compile('[&<>"\r\n\t]')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


class XMLSyntaxError(CannotDo):
    """The XML is not well-formed, has a document type or goes beyond what a workbook has; ``reason`` says which."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"A part of the workbook cannot be read ({reason}): open it in Excel and save it again.")


class _Names(dict[str, tuple[str, str | None]]):
    """Each name as a tree has it, and its prefix, by expat's `namespace name prefix`, of which the last may lack."""

    def __missing__(self, written: str) -> tuple[str, str | None]:
        space, between, rest = written.partition(_BETWEEN)
        name, _, prefix = rest.partition(_BETWEEN)
        found = self[written] = (f"{{{space}}}{name}", prefix or None) if between else (written, None)
        return found


class _Reader:
    def __init__(self, comments: bool) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0
        self._last: Element | None = None  # whose tail text is, where it has ended
        self._declared: dict[str | None, str] = _NOTHING  # what the next element declares
        self._names = _Names()
        self.parser = parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        parser.namespace_prefixes = parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        parser.ProcessingInstructionHandler = self._instruction
        if comments:
            parser.CommentHandler = self._comment

    def _refuse(self, *_: Any) -> None:
        raise XMLSyntaxError("it declares a document type")

    def _declare(self, prefix: str | None, space: str | None) -> None:
        self._declared = {**self._declared, prefix: space or ""}

    def _start(self, written: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= _DEEPEST or self._count > _MOST:
            raise XMLSyntaxError("it is too deep" if self._count <= _MOST else "it has too many elements")
        element = Element.__new__(Element)
        element.text = element.tail = None
        element._children, element._hints, element.attrib = [], _NOTHING, attributes
        element.tag, element.prefix = self._names[written]
        element.declared, self._declared = self._declared, _NOTHING
        for name in attributes:
            if _BETWEEN in name:
                element.attrib = {self._names[name][0]: value for name, value in attributes.items()}
                element._hints = {self._names[name][0]: self._names[name][1] for name in attributes if _BETWEEN in name}
                break
        self._put(element)
        self._open.append(element)
        self._last = None

    def _put(self, element: Element) -> None:
        element._parent = parent = self._open[-1] if self._open else None
        if parent is not None:
            parent._children.append(element)
        elif type(element.tag) is str:
            self.root = element

    def _end(self, _: str) -> None:
        self._last = self._open.pop()

    def _text(self, text: str) -> None:
        if self._last is None:
            self._open[-1].text = (self._open[-1].text or "") + text
        else:
            self._last.tail = (self._last.tail or "") + text

    def _instruction(self, target: str, data: str) -> None:
        self._besides(instruction, f"{target} {data}" if data else target)

    def _comment(self, data: str) -> None:
        self._besides(comment, data)

    def _besides(self, kind: Any, text: str) -> None:
        if self._open:
            element = Element(kind)
            element.text = text
            self._put(element)
            self._last = element


def fromstring(xml: bytes | str, comments: bool = True) -> Element:
    """The root element. Raises `XMLSyntaxError` where the XML is not well-formed or has a document type."""
    reader = _Reader(comments)
    try:
        reader.parser.Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise XMLSyntaxError(str(error)) from error
    if reader.root is None:
        raise XMLSyntaxError("it has no element")
    return reader.root


def whole(element: Element, name: str, default: int = 0) -> int:
    """An attribute that is a whole number, else ``default``. Raises `XMLSyntaxError` where it is none."""
    said = element.get(name)
    if said is None:
        return default
    try:
        return int(said)
    except ValueError:
        raise XMLSyntaxError(f'{name}="{said[:40]}" is no whole number') from None


def chosen(choices: Sequence[T], element: Element, name: str) -> T:
    """What an attribute chooses by its number, from 0. Raises `XMLSyntaxError` where nothing bears that number."""
    number = whole(element, name)
    if not 0 <= number < len(choices):
        raise XMLSyntaxError(f'{name}="{number}" is beyond what there is')
    return choices[number]


def tostring(root: Element, xml_declaration: bool = False, **_: Any) -> bytes:
    """The element as XML; with a declaration as a part of its own."""
    out: list[str] = ["<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"] if xml_declaration else []
    above = root._parent._scope() if root._parent is not None else {"xml": XML}
    extra = {} if root._parent is None else {p: s for p, s in above.items() if p != "xml"}
    _write(root, {"xml": XML}, out, extra)
    if not xml_declaration and root.tail:
        out.append(_text(root.tail))
    if xml_declaration:
        return "".join(out).encode()
    return "".join(out).encode("ascii", "xmlcharrefreplace")


def _text(text: str) -> str:
    return _TEXT.sub(lambda found: _ESCAPES[found[0]], text) if _TEXT.search(text) else text


def _value(text: str) -> str:
    return _VALUE.sub(lambda found: _ESCAPES[found[0]], text) if _VALUE.search(text) else text


def _write(
    element: Element, scope: dict[str | None, str], out: list[str], extra: Mapping[str | None, str] | None = None
) -> None:
    tag = element.tag
    if type(tag) is not str:
        out.append(f"<!--{element.text}-->" if tag is comment else f"<?{element.text}?>")
        return
    declared = {**extra, **element.declared} if extra else dict(element.declared)
    if declared:
        scope = scope | declared
    space, _, name = tag[1:].partition("}") if tag[0] == "{" else ("", "", tag)
    prefix = element.prefix
    if scope.get(prefix, "") != space:
        prefix, scope = _prefix_for(space, scope, declared, plain=True)
    parts: list[str] = []
    for key, value in element.attrib.items():
        if key[0] == "{":
            wanted, _, short = key[1:].partition("}")
            mine = element._hints.get(key)
            if mine is None or scope.get(mine) != wanted:
                mine, scope = _prefix_for(wanted, scope, declared, plain=False)
            key = f"{mine}:{short}"
        parts.append(f' {key}="{_value(value)}"')
    written = f"{prefix}:{name}" if prefix else name
    out.append(f"<{written}")
    for one, space in declared.items():
        out.append(f' xmlns:{one}="{_value(space)}"' if one else f' xmlns="{_value(space)}"')
    out += parts
    if element.text is None and not element._children:
        out.append("/>")
        return
    out.append(">")
    if element.text:
        out.append(_text(element.text))
    for child in element._children:
        _write(child, scope, out)
        if child.tail:
            out.append(_text(child.tail))
    out.append(f"</{written}>")


def _prefix_for(
    space: str, scope: dict[str | None, str], declared: dict[str | None, str], plain: bool
) -> tuple[str | None, dict[str | None, str]]:
    """A prefix that stands for a namespace, declared anew where there is none."""
    if not space:
        if scope.get(None):
            declared[None] = ""
            scope = scope | {None: ""}
        return None, scope
    for prefix, known in scope.items():
        if known == space and (plain or prefix is not None):
            return prefix, scope
    prefix = next(f"ns{n}" for n in range(1000) if f"ns{n}" not in scope)
    declared[prefix] = space
    return prefix, scope | {prefix: space}
