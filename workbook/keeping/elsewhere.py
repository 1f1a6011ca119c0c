"""What is left of learners outside the rows about them: found in every part of the file, and taken out or listed.

On sheets of the college's own a row about the learner is emptied, in whatever else a sure word is replaced. Only what
was written about another learner stays as it is: a person has to look at that. Nothing here knows what is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import unescape

from workbook.editing.sheet import open_sheet
from workbook.fewer.around import written
from workbook.fewer.cells import Cells, CellText
from workbook.fewer.results import WRITTEN, strings_forgotten
from workbook.fewer.take import repacked
from workbook.keeping.own_sheets import OwnRows
from workbook.keeping.person import STAFF, Words
from workbook.measures.learners import word
from workbook.model import SHEETS, Column, Group, Kind, Tracker, key_of
from workbook.model.tracker import column_letter
from workbook.package import xml_tree as etree
from workbook.package.guard import GuardedFile
from workbook.package.parts import Package
from workbook.reading.outline import SheetPart, corners, read_book
from workbook.reading.shared_texts import shared_texts

_FORMULAS = frozenset(
    ("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula", "textlink",
     "fmlaLink", "fmlaRange", "location")
)  # fmt: skip
"""Elements and attributes that hold a formula, in which what looks like an ID may be a cell."""
_ADDRESSES = frozenset(
    ("r", "ref", "sqref", "activeCell", "topLeftCell", "Id", "Type", "PartName", "ContentType", "spans")
)
_NO_WORDS = re.compile(
    r'\s(?:r|ref|sqref|activeCell|topLeftCell)="[^"]*"|<(?:\w+:)?(f|formula[12]?|definedName)\b[^>]*>[^<]*</[^>]*>'
    r"|<(?:\w+:)?sqref>[^<]*<"
)
"""Where an ID may stand as the address of a cell."""
_OURS = {one.table.casefold(): one for one in SHEETS}


@dataclass(frozen=True, order=True)
class Place:
    """A place in the file: a sheet and a cell, or a part of the workbook; and what is the matter there."""

    sheet: str
    cell: str
    what: str
    text: str = field(default="", repr=False)
    """What stood there: for the answer to a request, never for a record or a log."""
    namesake: bool = False
    """Whether somebody who stays may be meant as well, who has the same name."""


@dataclass
class Cleared:
    """A workbook without the words: rows of own sheets emptied, words replaced, and what was left for a person."""

    file: GuardedFile
    emptied: list[Place] = field(default_factory=list)
    replaced: list[Place] = field(default_factory=list)
    left: list[Place] = field(default_factory=list)


def cleared(file: GuardedFile, tracker: Tracker, words: Words, others: Words) -> Cleared:
    """The workbook that ``tracker`` was read from without ``words``; ``others`` are those of everybody who stays."""
    package, book = Package(file), read_book(file)
    done, parts = Cleared(file), {}
    texts, owners = shared_texts(file, book), Owners(tracker)
    for one in book.sheets:
        parts[one.part] = _Sheet(package, one, tracker, owners, words, others, texts, done).xml()
    known = set(parts)
    for one in book.sheets:
        for link in package.relationships(one.part):
            part = package.find(link.target) if link.kind in ("comments", "threadedComment") else None
            if part:
                known.add(part)
                parts[part] = _notes(package.tree(part), one, owners, words, done)
    known.add(package.find(book.strings or "") or "")
    for name in package.names:
        if "/embeddings/" in name.lower():
            done.left.append(Place("", "", f"{name} is a file within the file, which is not looked into"))
        if name not in known:
            changed = _other(package, name, words, done)
            if changed is not None:
                parts[name] = changed
    done.file = strings_forgotten(repacked(file, parts))
    return done


@dataclass(frozen=True)
class Cell:
    """A cell of one of the tracker's tables: the learner its row is about (or nobody), the heading, and the column."""

    learner_id: str
    heading: str
    column: Column | None
    about_people: bool = True

    def named(self, how: str) -> str:
        """Where a name is, in words: ``how`` is "names" or "may name"."""
        return f"{self.heading}{f' of {self.learner_id}' if self.learner_id else ''} {how}"

    @property
    def free(self) -> bool:
        """Whether people write there about learners what they like; not who of the staff it was."""
        one = self.column
        if one is None or one.kind not in (Kind.NOTE, Kind.TEXT) or one.choices or one.refers:
            return False
        return self.about_people and one.key not in STAFF


class Owners:
    """Whose row a cell of the tracker's tables stands in."""

    def __init__(self, tracker: Tracker) -> None:
        self._rows = {
            name.casefold(): dict(zip(table.rows, table["learner_id"], strict=True))
            for name, table in tracker.tables.items()
        }

    def at(self, part: SheetPart, column: int, row: int) -> Cell | None:
        """The cell of a table of ours; None where it is none."""
        for place in part.tables:
            one = _OURS.get(place.name.casefold())
            if one is not None and place.first_column <= column <= place.last_column and row > place.header_row:
                said = self._rows.get(place.name.casefold(), {}).get(row)
                heading = place.headings[column - place.first_column]
                return Cell(word(said), heading, one.by_key.get(key_of(heading)), one.group is not Group.SET_UP)
        return None


class _Sheet:
    """One sheet being cleared."""

    def __init__(
        self, package: Package, part: SheetPart, tracker: Tracker, owners: Owners, words: Words, others: Words,
        texts: list[str], done: Cleared,
    ) -> None:  # fmt: skip
        self.part, self.words, self.done, self.texts, self.owners = part, words, done, texts, owners
        self.text = open_sheet(package.read(part.part), part.name)
        self.cells = Cells(self.text.prefix)
        ours = part.name in WRITTEN or any(place.name.casefold() in _OURS for place in part.tables)
        self.own = None if ours else OwnRows(self.text, self.cells, texts, words, others, tracker, part)
        self.whole_sheet = not ours and words.inside(part.name)

    def xml(self) -> bytes:
        """The sheet without the words."""
        rows = self.cells.change(self.text.rows, self._clear)
        for node in self.text.frame.iter("{*}*"):
            _replace(node, self.words)
        self.text.rows = rows
        self.text.anew, self.text.more = {}, {}
        return self.text.to_xml()

    def _clear(self, cell: CellText) -> None:
        told = self.cells.formula(cell)
        place = f"{column_letter(cell.column)}{cell.row}"
        if told is not None:
            new = self.words.without_in_formula(told[1])
            if new != told[1]:
                self.cells.put_formula(cell, told[0], new)
                self.done.replaced.append(Place(self.part.name, place, "a formula", told[1]))
            return
        heads = any(one.header_row == cell.row and one.first_column <= cell.column <= one.last_column
                    for one in self.part.tables)  # fmt: skip
        if not heads and (self.whole_sheet or (self.own and self.own.goes(cell))):
            if cell.held:
                said = self.cells.shown(cell, self.texts)
                self.done.emptied.append(Place(self.part.name, place, "of a row about the learner", said))
            cell.held = b""
            cell.without(b"t")
            return
        text = self.cells.shown(cell, self.texts)
        mine = self.owners.at(self.part, cell.column, cell.row)
        if not self.words.inside(text):
            if not heads and (mine.free if mine else self.own is not None):
                what = mine.named("may name") if mine else "a text may name"
                self.done.left += perhaps(self.words, Place(self.part.name, place, what, text))
            return
        if mine and mine.learner_id:
            self.done.left.append(Place(self.part.name, place, mine.named("names"), text))
            return
        self.cells.put_text(cell, self.words.without(text))
        self.done.replaced.append(Place(self.part.name, place, mine.heading if mine else "a text", text))


def perhaps(words: Words, place: Place) -> list[Place]:
    """The place, to be looked at, where its text has a single name of theirs: "sat beside Amira"."""
    if words.named(place.text):
        return [place]
    return [replace(place, namesake=True)] if words.namesake(place.text) else []


def _notes(root: etree.Element, part: SheetPart, owners: Owners, words: Words, done: Cleared) -> bytes:
    """Notes and threads of a sheet: the words go, except where they stand with another learner."""
    for node in root.iter("{*}*"):
        place = node.get("ref")
        texts = [one for one in node.iter("{*}*") if len(one) == 0 and one.text] if place else []
        said = "".join(one.text or "" for one in texts)
        found = corners(place) if place else None
        mine = owners.at(part, found[2], found[0]) if found else None
        if not place or not words.inside(said):
            whose = f" at {mine.learner_id}" if mine and mine.learner_id else ""
            done.left += perhaps(words, Place(part.name, place, f"a note{whose} may name", said)) if place else ()
            continue
        if mine and mine.learner_id:
            done.left.append(Place(part.name, place, f"a note at {mine.learner_id} names", said))
            continue
        new = words.without(said)
        for number, one in enumerate(texts):
            one.text = new if number == 0 else ""
        done.replaced.append(Place(part.name, place, "a note", said))
    return written(root)


def _replace(node: etree.Element, words: Words) -> bool:
    """Take the words out of an element's own text and attributes; tells whether there were any."""
    touched = False
    formula = str(node.tag).rpartition("}")[2] in _FORMULAS
    for name in ("text", "tail"):
        said = getattr(node, name)
        without = words.without_in_formula if formula and name == "text" else words.without
        if said and words.inside(said) and (new := without(said)) != said:
            setattr(node, name, new)
            touched = True
    for key, said in list(node.attrib.items()):
        without = words.without_in_formula if key in _FORMULAS else words.without
        if key not in _ADDRESSES and words.inside(said) and (new := without(said)) != said:
            node.set(key, new)
            touched = True
    return touched


def _other(package: Package, name: str, words: Words, done: Cleared) -> bytes | None:
    """A part that holds no cells, without the words; None where it has none of them, or cannot be changed."""
    data = package.read(name)
    if not _holds(data, words):
        return None
    if name.lower().endswith((".xml", ".rels", ".vml")):
        try:
            root = etree.fromstring(re.sub(rb"<br\s*>", b"<br/>", data) if name.lower().endswith(".vml") else data)
        except etree.XMLSyntaxError:
            root = None
        if root is not None:
            if "externallink" in name.lower():
                _forget_rows(root, words)
            if sum(_replace(node, words) for node in [root, *root.iter("{*}*")]):
                done.replaced.append(Place("", "", name))
            return written(root)
    done.left.append(Place("", "", f"{name} holds one of their words and cannot be changed here"))
    return None


def _forget_rows(root: etree.Element, words: Words) -> None:
    """Figures kept of another workbook: rows with one of the words go whole."""
    for row in list(root.iter("{*}row")):
        parent = row.getparent()
        if parent is not None and words.inside(" ".join(one.text or "" for one in row.iter("{*}v"))):
            parent.remove(row)


def _holds(data: bytes, words: Words) -> bool:
    texts = [data.decode("utf-8", "replace"), *(data[start:].decode("utf-16-le", "replace") for start in (0, 1))]
    return any(words.inside(unescape(one)) for one in (texts if b"\0" in data else texts[:1]))


def still_there(file: GuardedFile, words: Words) -> Mapping[str, int]:
    """Parts in which a sure word can still be found, with how often: those of cells a person was told of too."""
    package, found = Package(file), {}
    for name in package.names:
        data = package.read(name)
        if _holds(data, words):
            text = unescape(_NO_WORDS.sub(" ", data.decode("utf-8", "replace")))
            count = len(words.pattern.findall(text)) if words.pattern else 0
            if count or b"\0" in data:
                found[name] = count
    return found
