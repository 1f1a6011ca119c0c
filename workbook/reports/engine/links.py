"""Links from a part to others and to addresses: tokens in addresses are filled, copied parts are found again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from urllib.parse import quote, unquote

from workbook.package.parts import Package
from workbook.package.relationships import Relationship, relationships_name, relationships_xml
from workbook.reports.engine.groups import Copies
from workbook.reports.engine.headers import outside_rows, row_text_problem
from workbook.reports.engine.markup import Element, Marks, named, parse
from workbook.reports.engine.moving import Changes
from workbook.reports.engine.placing import COPY_NUMBER, Inner, Place, Placing, TextValue, place_all
from workbook.reports.engine.programs import Fill, Opened
from workbook.reports.engine.rows import RowSpec
from workbook.reports.engine.tokens import Ask, Token, Vocabulary, room_for_each, split, tokens_in
from workbook.reports.engine.values import CellFormat, clean, escape, fitting

LONGEST_ADDRESS = 2000
"""Characters of an address; Excel allows 2,079."""

LONGEST_TIP = 255
"""Characters of the words that show over a link."""

_PLAIN = CellFormat()
_ADDRESS = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)


class LinksPart:
    """The relationships of a sheet, drawing or chart.

    `targets`, set where sheets are copied, are the parts that have another name there: the name, or "" for a part
    that each copy has its own of.
    """

    def __init__(self, package: Package, source: str, sheet: str) -> None:
        self.part, self.sheet, self.name = relationships_name(source), sheet.lower(), sheet
        self._source = source
        self.targets: Mapping[str, str] = {}
        self._links = package.relationships(source)
        self.asks: list[Ask] = []
        self._places: dict[str, str] = {}
        self.pieces: Inner = ()

    def read_places(self, root: Element, specs: dict[int, RowSpec], vocabulary: Vocabulary) -> None:
        """Find where the sheet's links stand, and what their addresses ask for."""
        for link in named(root, "hyperlink"):
            id = link_id(link)
            if id is not None:
                self._places[id] = link.get("ref", "")
        for each in self._links:
            if each.external and each.id in self._places:
                place = self._places[each.id]
                row = specs.get(int("".join(filter(str.isdigit, place.split(":")[0])) or 0))
                for token in _tokens(each):
                    problem = row_text_problem(token, row.lists if row else (), vocabulary)
                    self.asks.append(Ask(self.name, f"link on {place}", token.written, problem))

    def concerns(self, changes: Changes) -> bool:
        """Do the links differ from report to report?"""
        return bool(self.asks or self.targets or (self._places and self.sheet in changes.moving))

    def compile(self, changes: Changes) -> None:
        """Cut the part into pieces."""
        root = parse(relationships_xml(self._source, self._links), self.part)
        marks = Marks()
        for element, link in zip(root, self._links, strict=True):
            if link.external and link.id in self._places:
                element.set("Target", "".join(_address(part, link, marks) for part in split(_plain(link))))
                if self.sheet in changes.moving:
                    element.set("Id", marks.put(LinkId(link.id)))
                    marks.wrap(element, Copies(self._places[link.id]))
            elif not link.external and link.target in self.targets:
                element.set("Target", "/" + (self.targets[link.target] or marks.put(CopyName(link.target))))
        self.pieces = marks.cut(root)

    def place(self, at: Place) -> Placing:
        """The part for one shape of the data."""
        return place_all(self.pieces, at)


def link_id(link: Element) -> str | None:
    """The relationship that a hyperlink's address is kept in."""
    return next((str(value) for name, value in link.attrib.items() if str(name).endswith("}id")), None)


def put_link_ids(root: Element, marks: Marks) -> None:
    """Let each copy of a link have an address of its own."""
    for link in named(root, "hyperlink"):
        for name, value in link.attrib.items():
            if str(name).endswith("}id"):
                link.set(name, marks.put(LinkId(str(value))))


def link_asks(root: Element, sheet: str, vocabulary: Vocabulary) -> Iterator[Ask]:
    """What the links' tips ask for. (What they display is the cell's own text.)"""
    for link in named(root, "hyperlink"):
        for token in tokens_in(link.get("tooltip", "")):
            yield Ask(sheet, f"link on {link.get('ref')}", token.written, outside_rows(token, vocabulary))


def put_link_texts(root: Element, marks: Marks) -> None:
    """Make pieces of the tokens in the links' tips."""
    for link in named(root, "hyperlink"):
        if "{{" in link.get("display", ""):
            del link.attrib["display"]
        if "{{" in link.get("tooltip", ""):
            tip = link.get("tooltip", "")
            tipped = partial(_tip, room_for_each(tip, LONGEST_TIP))
            written = (p if isinstance(p, str) else marks.put(TextValue(p.path, _PLAIN, tipped)) for p in split(tip))
            link.set("tooltip", "".join(written))


def _tip(room: int, text: str) -> str:
    return escape(fitting(text, room))


def _plain(link: Relationship) -> str:
    """The address with its braces as typed; Excel may have written %7B for them."""
    return re.sub(r"%7B%7B.*?%7D%7D", lambda match: unquote(match[0]), link.target, flags=re.IGNORECASE)


def _tokens(link: Relationship) -> list[Token]:
    return tokens_in(_plain(link))


def _address(part: str | Token, link: Relationship, marks: Marks) -> str:
    if isinstance(part, str):
        return part
    whole = _plain(link) == part.written
    return marks.put(TextValue(part.path, _PLAIN, _whole_address if whole else _part_of_address))


def _part_of_address(text: str) -> str:
    return escape(_quoted(text, "@"))


def _whole_address(text: str) -> str:
    """An address that came whole from the data: web and mail only, so that no program or file can be named."""
    text = clean(text).strip()
    if "@" in text and ":" not in text and " " not in text:
        text = f"mailto:{text}"
    return escape(_quoted(text, ":/?&=#%@+,;~")) if _ADDRESS.fullmatch(text) else "#"


def _quoted(text: str, safe: str) -> str:
    """Percent signs for what an address cannot hold, and no more than Excel takes."""
    quoted = quote(clean(text), safe=safe)
    return re.sub("%[0-9A-F]?$", "", quoted[:LONGEST_ADDRESS]) if len(quoted) > LONGEST_ADDRESS else quoted


class LinkId:
    """The id of a link that comes once for each item."""

    def __init__(self, id: str) -> None:
        self.id = id

    def place(self, at: Place) -> Placing:
        """The id."""
        yield f"{self.id}r{at.row}"


class CopyName:
    """The name of a part that each copy of a sheet has its own of."""

    def __init__(self, part: str) -> None:
        self.part = part

    def place(self, at: Place) -> Placing:
        """A fill that writes the name."""
        yield copy_name(self.part, at.scopes.find((COPY_NUMBER,)))


def copy_name(part: str, found: tuple[int, str]) -> Fill:
    """Writes the name of a part's copy: "xl/charts/chart1.xml" becomes "xl/charts/chart1_7.xml"."""
    stem, _, ending = part.rpartition(".")
    key = found[1]

    def fill(opened: Opened) -> str:
        return escape(f"{stem}_{opened[0][key]}.{ending}")

    return fill
