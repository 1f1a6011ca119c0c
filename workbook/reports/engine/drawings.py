"""Drawings: what is anchored to rows moves with them, and tokens in text boxes are filled."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.package.parts import Package
from workbook.reports.engine.headers import outside_rows
from workbook.reports.engine.markup import Element, Marks, add, child, local, named, parse, remove
from workbook.reports.engine.moving import Changes, Formula
from workbook.reports.engine.placing import Inner, Place, Placing, TextValue, place_all
from workbook.reports.engine.programs import program
from workbook.reports.engine.rows import is_so
from workbook.reports.engine.textruns import put_tokens, runs_text
from workbook.reports.engine.tokens import Ask, Token, Vocabulary, split, tokens_in
from workbook.reports.engine.values import CellFormat, clean, escape

_PLAIN = CellFormat()


class DrawingPart:
    """The drawing of one sheet."""

    def __init__(self, package: Package, part: str, sheet: str, vocabulary: Vocabulary) -> None:
        self.part, self.sheet = part, sheet.lower()
        self.root = parse(package.read(part), part)
        self.asks = text_asks(self.root, sheet, "text box", vocabulary)
        for properties, name in _alternative_texts(self.root):
            self.asks += [
                Ask(sheet, "alternative text", token.written, _in_alternative_text(token, vocabulary))
                for token in tokens_in(properties.get(name, ""))
            ]
        self.pieces: Inner = ()

    def compile(self, changes: Changes) -> None:
        """Cut the drawing into pieces."""
        marks = Marks()
        put_text(self.root, marks)
        for properties, name in _alternative_texts(self.root):
            pieces = split(properties.get(name, ""))
            for token in [piece for piece in pieces if isinstance(piece, Token) and piece.wanted is not None]:
                pieces.remove(token)
                marks.wrap(_anchor_of(properties), WhereItHolds(token))
            written = (p if isinstance(p, str) else marks.put(TextValue(p.path, _PLAIN)) for p in pieces)
            properties.set(name, "".join(written))
        for shape in named(self.root, "sp", "pic"):
            link = changes.read(shape.get("textlink") or "")
            if changes.touch(link):
                shape.set("textlink", marks.put(Formula(link)))
        if self.sheet in changes.filled:
            for anchor in named(self.root, "twoCellAnchor"):
                keep_size(anchor)
        if self.sheet in changes.moving:
            for anchor in named(self.root, "twoCellAnchor", "oneCellAnchor"):
                put_anchor(anchor, marks)
        self.pieces = marks.cut(self.root)

    def concerns(self, changes: Changes) -> bool:
        """Does the drawing differ from report to report?"""
        links = (changes.read(shape.get("textlink") or "") for shape in named(self.root, "sp"))
        if self.asks or self.sheet in changes.moving or any(changes.touch(link) for link in links):
            return True
        return self.sheet in changes.filled and any(_size(anchor) for anchor in named(self.root, "twoCellAnchor"))

    def place(self, at: Place) -> Placing:
        """The drawing for one shape of the data."""
        return place_all(self.pieces, at)


def _alternative_texts(root: Element) -> Iterator[tuple[Element, str]]:
    """The descriptions of pictures, charts and shapes that hold tokens: element and attribute."""
    for properties in named(root, "cNvPr"):
        for name in ("descr", "title"):
            if "{{" in properties.get(name, ""):
                yield properties, name


def _in_alternative_text(token: Token, vocabulary: Vocabulary) -> str | None:
    """Why a token cannot stand in an alternative text, or None: a condition there keeps or drops the drawing."""
    if token.wanted is not None and not vocabulary.chain(token.path):
        return vocabulary.problem(token)
    return outside_rows(token, vocabulary)


def _anchor_of(properties: Element) -> Element:
    """The anchor that holds a drawing, by its properties."""
    element: Element | None = properties
    while element is not None and not local(element).lower().endswith("anchor"):
        element = element.getparent()
    return properties if element is None else element


class WhereItHolds:
    """A drawing that stands only where a condition holds; `inner` is all of it."""

    def __init__(self, token: Token) -> None:
        self.token = token
        self.inner: Inner = ()

    def place(self, at: Place) -> Placing:
        """A fill that writes the drawing, or nothing."""
        steps = program(place_all(self.inner, at))
        (scope, key), wanted = at.scopes.find(self.token.path, at.items), self.token.wanted
        yield lambda opened: steps.text(opened) if is_so(opened[scope].get(key)) == wanted else ""


class AnchorRow:
    """The row (counted from 0) that an anchor's corner stands in; `upper` is the corner it starts from."""

    def __init__(self, row: int, start: int, upper: bool, moves_only: bool) -> None:
        self.row, self.start, self.upper, self.moves_only = row, start, upper, moves_only

    def place(self, at: Place) -> Placing:
        """The row's number."""
        rows = at.maps[at.sheet]
        span = rows.span(self.start + 1, self.row + 1) or (rows.plain(self.row + 1), rows.plain(self.row + 1))
        if self.upper:
            yield str(span[0] - 1)
        elif self.moves_only:
            yield str(span[0] - 1 + self.row - self.start)
        else:
            yield str(span[1] - 1)


def _size(anchor: Element) -> tuple[str, str] | None:
    """The size of what moves with its cell but must not be stretched, where the drawing tells it."""
    if anchor.get("editAs") != "oneCell" or child(anchor, "grpSp") is not None:
        return None
    for transform in named(anchor, "xfrm"):
        extent = child(transform, "ext")
        if extent is not None and extent.get("cx", "0") != "0" and extent.get("cy", "0") != "0":
            return extent.get("cx", ""), extent.get("cy", "")
    return None


def keep_size(anchor: Element) -> None:
    """Hold such a thing by its upper left corner only: rows that grow with their text must not stretch it."""
    size, end = _size(anchor), child(anchor, "to")
    if size is None or end is None:
        return
    anchor.tag = str(anchor.tag).replace("twoCellAnchor", "oneCellAnchor")
    del anchor.attrib["editAs"]
    extent = add(anchor, "ext", index=anchor.index(end))
    extent.set("cx", size[0])
    extent.set("cy", size[1])
    remove(end)


def put_anchor(anchor: Element, marks: Marks) -> None:
    """Let both corners of an anchor follow their rows, stretching only what may be stretched."""
    start, end = child(anchor, "from"), child(anchor, "to")
    first = _row(start) if start is not None else None
    moves, stretches = _behaviour(anchor)
    if first is None or not first.text or not moves:
        return
    top = int(first.text)
    last = _row(end) if end is not None else None
    if last is not None and last.text:
        last.text = marks.put(AnchorRow(int(last.text), top, False, not stretches))
    first.text = marks.put(AnchorRow(top, top, True, False))


def _behaviour(anchor: Element) -> tuple[bool, bool]:
    """Does it move with its rows, and is it stretched with them? A control says it in words of its own."""
    if local(anchor) == "anchor":
        stretches = anchor.get("sizeWithCells") in ("1", "true")
        return stretches or anchor.get("moveWithCells") in ("1", "true"), stretches
    return anchor.get("editAs") != "absolute", anchor.get("editAs") != "oneCell"


def _row(corner: Element) -> Element | None:
    return child(corner, "row")


def text_asks(root: Element, sheet: str, place: str, vocabulary: Vocabulary) -> list[Ask]:
    """What the paragraphs of a drawing or chart ask for."""
    asks = []
    for paragraph in named(root, "p"):
        for token in split(runs_text(_texts(paragraph))):
            if isinstance(token, Token):
                asks.append(Ask(sheet, place, token.written, outside_rows(token, vocabulary)))
    return asks


def put_text(root: Element, marks: Marks) -> None:
    """Make pieces of the tokens in paragraphs."""
    for paragraph in named(root, "p"):
        texts = _texts(paragraph)
        if "{{" in runs_text(texts):
            put_tokens(texts, lambda token: marks.put(TextValue(token.path, _PLAIN, _one_line)))


def _one_line(text: str) -> str:
    """Drawing text has no line end inside a run."""
    return escape(clean(text).replace("\n", " "))


def _texts(paragraph: Element) -> list[Element]:
    return [text for run in paragraph if local(run) in ("r", "fld") for text in run if local(text) == "t"]
