"""Comments: they follow their cells, come again in repeated rows, and their tokens are filled.

A note is kept in two parts, its text and a legacy drawing of its box; a threaded comment in a third.
"""

from __future__ import annotations

import re

from workbook.package.parts import Package
from workbook.reports.engine.groups import Copies, Once
from workbook.reports.engine.headers import row_text_problem
from workbook.reports.engine.markup import Element, Marks, child, named, parse
from workbook.reports.engine.moving import Changes
from workbook.reports.engine.placing import Inner, OwnArea, Place, Placing, TextValue, place_all
from workbook.reports.engine.rows import RowSpec
from workbook.reports.engine.textruns import put_tokens, runs_text
from workbook.reports.engine.tokens import Ask, Token, Vocabulary, split
from workbook.reports.engine.values import CellFormat, escape_cell

_PLAIN = CellFormat()
_NUMBER = re.compile(r"([0-9]+)$")


class CommentsPart:
    """The texts of a sheet's notes (`comments1.xml`) or of its threaded comments."""

    def __init__(
        self, package: Package, part: str, sheet: str, specs: dict[int, RowSpec], vocabulary: Vocabulary
    ) -> None:
        self.part, self.sheet = part, sheet.lower()
        self.root = parse(package.read(part), part)
        self.asks: list[Ask] = []
        for comment in self._comments():
            place = comment.get("ref", "")
            row = specs.get(int(_digits(place) or 0))
            for token in split(runs_text(_texts(comment))):
                if isinstance(token, Token):
                    problem = row_text_problem(token, row.lists if row else (), vocabulary)
                    self.asks.append(Ask(sheet, f"comment on {place}", token.written, problem))
        self.pieces: Inner = ()

    def _comments(self) -> list[Element]:
        return [e for e in named(self.root, "comment", "threadedComment") if e.get("ref")]

    def concerns(self, changes: Changes) -> bool:
        """Do the comments differ from report to report?"""
        return bool(self.asks) or self.sheet in changes.moving

    def compile(self, changes: Changes) -> None:
        """Cut the part into pieces."""
        marks = Marks()
        for comment in self._comments():
            texts = _texts(comment)
            if "{{" in runs_text(texts):
                put_tokens(texts, lambda token: marks.put(TextValue(token.path, _PLAIN, escape_cell)))
            if self.sheet in changes.moving:
                # a thread has an id that no other may have, so it stays with the first item
                once = Once if comment.get("id") else Copies
                marks.wrap(comment, once(comment.get("ref", "")))
                comment.set("ref", marks.put(OwnArea()))
        self.pieces = marks.cut(self.root)

    def place(self, at: Place) -> Placing:
        """The part for one shape of the data."""
        return place_all(self.pieces, at)


def _digits(place: str) -> str:
    return "".join(filter(str.isdigit, place))


def _texts(comment: Element) -> list[Element]:
    return [e for e in named(comment, "t", "text") if len(e) == 0]


class NoteBoxesPart:
    """The boxes of a sheet's notes and the old-style form controls (`vmlDrawing1.vml`)."""

    def __init__(self, package: Package, part: str, sheet: str) -> None:
        self.part, self.sheet = part, sheet.lower()
        self._xml = package.read(part)
        self.asks: list[Ask] = []
        self.pieces: Inner = ()

    def concerns(self, changes: Changes) -> bool:
        """Do the boxes' rows move?"""
        return self.sheet in changes.moving

    def compile(self, changes: Changes) -> None:
        """Cut the part into pieces."""
        root = parse(re.sub(rb"<br\s*>", b"<br/>", self._xml), self.part)
        # a control's properties are kept once, so its box must not come again
        marks = Marks()
        for shape in named(root, "shape"):
            data = child(shape, "ClientData")
            if data is None:
                continue
            row, anchor = child(data, "Row"), child(data, "Anchor")
            top = _top_row(row, anchor)
            if top is None:
                continue
            if row is not None:
                row.text = marks.put(BoxRow(0))
            if anchor is not None:
                numbers = [number.strip() for number in (anchor.text or "").split(",")]
                for index in (2, 6):
                    if len(numbers) == 8:
                        numbers[index] = marks.put(BoxRow(int(numbers[index]) - top))
                anchor.text = ", ".join(numbers)
            shape.set("id", marks.put(BoxName(shape.get("id", ""), top + 1)))
            copies = Copies if data.get("ObjectType") == "Note" else Once
            marks.wrap(shape, copies(f"A{top + 1}"))
        self.pieces = marks.cut(root)

    def place(self, at: Place) -> Placing:
        """The part for one shape of the data."""
        return place_all(self.pieces, at)


def _top_row(row: Element | None, anchor: Element | None) -> int | None:
    """The row (from 0) of the cell that a box belongs to, or of a control's upper edge."""
    if row is not None and (row.text or "").strip().isdigit():
        return int((row.text or "").strip())
    numbers = ((anchor.text or "") if anchor is not None else "").split(",")
    return int(numbers[2]) if len(numbers) == 8 else None


class BoxRow:
    """A row (from 0) of a box, `below` its cell."""

    def __init__(self, below: int) -> None:
        self.below = below

    def place(self, at: Place) -> Placing:
        """The number."""
        yield str(max(at.row - 1 + self.below, 0))


class BoxName:
    """A box's name, which must be its own: the first copy keeps the template's."""

    def __init__(self, name: str, row: int) -> None:
        self.name, self.row = name, row

    def place(self, at: Place) -> Placing:
        """The name."""
        number = _NUMBER.search(self.name)
        if number is None or at.row == at.maps[at.sheet].rows(self.row)[0]:
            yield self.name
        else:
            yield f"{self.name[: number.start()]}{int(number[1]) + 1024 * at.row}"


def has_boxes(xml: bytes) -> bool:
    """Has a legacy drawing boxes that belong to cells (pictures in headers have none)?"""
    return b"ClientData" in xml
