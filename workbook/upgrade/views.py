"""Sheets of this version put into an older tracker: those it lacks, and views that are still as a version made them.

A view is formulas about tables, nothing is typed into it but a choice, so one that nobody has changed by hand is
replaced; one that somebody has is left and named. The sheets are taken from a tracker made anew with the same rows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from pathlib import Path
from weakref import WeakKeyDictionary

from workbook.building.tracker import build
from workbook.building.views.places import START, tabs
from workbook.building.views.start import DATED
from workbook.editing.sheet import SheetText, open_sheet
from workbook.editing.table import find_table
from workbook.measures.computed import computed
from workbook.measures.due import Due
from workbook.measures.flags import Flag
from workbook.model import SHEETS, Tracker, defaults
from workbook.model.rules import Band, rule_called
from workbook.package import xml_tree as etree
from workbook.package.guard import GuardedFile, open_guarded
from workbook.package.parts import Package, rewrite
from workbook.package.relationships import Relationship
from workbook.reading.outline import read_book
from workbook.reading.read import read
from workbook.reading.written_table import written_table
from workbook.upgrade import week
from workbook.upgrade.graft import Graft
from workbook.upgrade.live_cells import put_right

LIVE = (START, "Form view", "Learner view", "Grid", "Guide", "PD coverage")
"""Views that are formulas alone; those that Mentorbook writes hold entries too, and `update` fills them."""
CHOICES = {"Form view": {"C3"}, "Learner view": {"B3", "F3"}, "PD coverage": {"C3"}}
MADE_BEFORE: Mapping[str, frozenset[str]] = {
    START: frozenset({"43a2157dcc120912"}),
    "Form view": frozenset({"e49ccbf9e33b983a"}),
    "Grid": frozenset({"2d4d3046f6a6dd21"}),
    "Learner view": frozenset({"e901e53a81631b7a"}),
    "Guide": frozenset({"8a2647ac2b5dd0af"}),
}
"""What `look_of` says of each view as earlier versions made it: the first version's."""
_CELL = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_FORMULA = re.compile(rb"<f\b[^>]*?(?:/>|>([^<]*)</f>)")
_NUMBERS = re.compile(rb"(?<!&#)(?<!\d)\d+")
"""Those of a formula; a character may be written as one."""
_ADDRESS = re.compile(r"\$?[A-Z]{1,3}\$?\d+")
_TABLES = {one.name: one.table for one in SHEETS}
_TEXTS: WeakKeyDictionary[Package, list[str]] = WeakKeyDictionary()
"""The texts that the sheets of a package share: each of its views is looked at."""


@dataclass
class Views:
    """What is to become of the sheets of a tracker: added, replaced, or left since somebody has changed them.

    ``mended`` are the names of a Start that is left which did not point to what they should.
    """

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)


def put_views(
    file: GuardedFile, tracker: Tracker, folder: Path, target: Path, new: Mapping[str, Collection[str]]
) -> Views:
    """Write ``file`` with the sheets that it lacks and with the views of this version to ``target``, if need be.

    ``new`` are the columns that were just added, by sheet: they get their dropdowns and colours. ``folder`` is where a
    tracker may lie meanwhile.
    """
    fresh = _made_anew(file, tracker, folder / "fresh.xlsx")
    old, made = Package(file), Package(fresh)
    there, ours = ({one.name: one.part for one in read_book(one_).sheets} for one_ in (file, fresh))
    found = Views()
    for name in (START, *(tab for _, tab, _ in tabs())):
        if name not in there:
            if name not in _TABLES or _TABLES[name] not in tracker.tables:
                found.added.append(name)
        elif name in LIVE and (look := look_of(old, there[name], name)) != look_of(made, ours[name], name):
            known = look in MADE_BEFORE.get(name, ())
            (found.replaced if known else found.left).append(name)
    if START in there and START not in found.replaced:
        found.mended = list(put_right(_start(old, there[START]), _names_in(old), lambda text: text))
    if found.added or found.replaced or found.mended or new:
        _write(file, fresh, tracker, found, target, new)
    return found


def _made_anew(file: GuardedFile, tracker: Tracker, path: Path) -> GuardedFile:
    """A tracker made anew with the same rows, to take sheets from; a missing sheet has what a new one comes with.

    Views count the flags and the things due that stand on the sheets of the file.
    """
    new = defaults.new()
    full = tracker.with_room({one.table: new[one.table] for one in SHEETS if one.table not in tracker.tables})
    build(path, full, computed(full), flags=list(_flags(file)), week=list(_due(file)))
    return open_guarded(path)


def _flags(file: GuardedFile) -> Iterator[Flag]:
    """The flags as they stand on the sheet Flags, as far as a view counts them."""
    for row in written_table(file, "Flags"):
        rule, band = rule_called(str(row.get("Flag"))), str(row.get("Band")).lower()
        if rule and row.get("Learner ID") is not None:
            reason = str(row.get("Reason") or "")
            held = Band(band) if band in list(Band) else rule.band
            yield Flag(str(row["Learner ID"]), rule.code, held, None, None, None, reason, rule.nature)


def _due(file: GuardedFile) -> Iterator[Due]:
    """The things due as they stand on the sheet My week, as far as a view counts them."""
    for row in written_table(file, "Myweek"):
        if row.get("What") is not None:
            yield Due("", "", None, str(row["What"]), date.min, "")


def _write(
    file: GuardedFile,
    fresh: GuardedFile,
    tracker: Tracker,
    views: Views,
    target: Path,
    new: Mapping[str, Collection[str]],
) -> None:
    made = read(fresh)
    letters = {
        one.name: {made[one.table].letters[key]: letter for key, letter in tracker[one.table].letters.items()
                   if key in made[one.table].letters}
        for one in SHEETS if one.table in tracker.tables
    }  # fmt: skip
    graft = Graft(file, fresh, letters, _called(file, tracker))
    put = [*views.replaced, *views.added]
    for name in put:
        graft.put(name)
    if week.NAME in new:
        graft.dress(week.NAME, week.DROPDOWNS)
    for one in SHEETS:
        if one.name in new:
            keys = [column.key for column in one.columns if column.header in new[one.name]]
            graft.dress(one.name, {made[one.table].letters[key] for key in keys})
    mended = {}
    if views.mended:
        package, part = Package(file), next(one.part for one in read_book(file).sheets if one.name == START)
        text = _start(package, part)
        mended = put_right(text, _names_in(package), graft.in_old_words)
        graft.parts[package.find(part) or part] = text.to_xml()
    parts = graft.finish(lambda root: _put_names(root, _names_of(Package(fresh)), put, graft, mended))
    with target.open("wb") as out:
        rewrite(Package(file), parts, out)


def _called(file: GuardedFile, tracker: Tracker) -> dict[str, dict[str, str]]:
    """The headings of each table that the file spells otherwise, by ours."""
    package, book = Package(file), read_book(file)
    found: dict[str, dict[str, str]] = {}
    for one in SHEETS:
        if one.table in tracker.tables:
            headings = find_table(package, book.sheets, one, file.path.name).headings
            spelt = {column.header: headings.texts.get(headings.columns.get(column.key, 0), column.header)
                     for column in one.columns}  # fmt: skip
            found[one.table] = {ours: theirs for ours, theirs in spelt.items() if ours != theirs}
    return found


Name = tuple[str, str | None, str]
"""A defined name, the sheet it belongs to (None for the workbook), and its meaning."""


def _names_of(package: Package) -> list[Name]:
    root = package.tree(next(link.target for link in package.relationships() if link.kind == "officeDocument"))
    sheets = [one.get("name", "") for one in root.iter("{*}sheet")]

    def sheet(name: etree.Element) -> str | None:
        return None if name.get("localSheetId") is None else etree.chosen(sheets, name, "localSheetId")

    return [(one.get("name", ""), sheet(one), one.text or "") for one in root.iter("{*}definedName")]


def _names_in(package: Package) -> dict[str, str]:
    """The meaning of each name of the workbook by its small letters."""
    return {name.lower(): meaning for name, sheet, meaning in _names_of(package) if sheet is None}


def _start(package: Package, part: str) -> SheetText:
    return open_sheet(package.read(part), START)


def _put_names(root: etree.Element, names: list[Name], put: list[str], graft: Graft, mended: Mapping[str, str]) -> None:
    """The names that belong to sheets that were put in, or look at them, and those that the workbook lacks."""
    main = root.tag[: root.tag.rindex("}") + 1]
    sheets = [one.get("name", "") for one in root.iter(main + "sheet")]
    holder = root.find(main + "definedNames")
    assert holder is not None, "widening has defined names"
    places = {str(sheets.index(name)) for name in put}
    for one in [one for one in holder if one.get("localSheetId") in places]:
        holder.remove(one)
    known = {one.get("name", "").lower(): one for one in holder if one.get("localSheetId") is None}
    looks = re.compile("|".join(rf"(?:'{re.escape(name)}'|\b{re.escape(name)})!" for name in put) or r"(?!)")
    for name, meaning in mended.items():
        if name in known:
            known[name].text = meaning
        else:
            known[name] = etree.sub_element(holder, main + "definedName", name=name)
            known[name].text = meaning
    for name, sheet, meaning in names:
        meaning = graft.in_old_words(meaning)
        if sheet is not None:
            if sheet in put:
                own = {"name": name, "localSheetId": str(sheets.index(sheet))}
                etree.sub_element(holder, main + "definedName", own).text = meaning
        elif name.lower() not in known:
            etree.sub_element(holder, main + "definedName", name=name).text = meaning
        elif name not in mended and looks.search(meaning):
            known[name.lower()].text = meaning


def formulas_of(package: Package, part: str) -> set[str]:
    """The formulas of a view, wherever they stand and whichever rows they look at."""
    alike = {_NUMBERS.sub(b"0", text) for text in _FORMULA.findall(package.read(part)) if DATED.encode() not in text}
    return {re.sub(r"\d+", "#", _ADDRESS.sub("@", unescape(text.decode()))) for text in alike}


def look_of(package: Package, part: str, name: str) -> str:
    """What a view is made of, whatever it shows: its formulas and words, whatever is chosen, and what it carries."""
    words = {said for said in _words(package, part, name) if said and not said.startswith(DATED)}
    kinds = sorted(link.kind for link in package.relationships(part) if not link.external and _carries(package, link))
    whole = "\n".join((*sorted(formulas_of(package, part)), "", *sorted(words), "", *kinds))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _words(package: Package, part: str, name: str) -> Iterator[str]:
    """What stands in the cells of a view that are no formulas, choices apart."""
    if package not in _TEXTS:
        _TEXTS[package] = list(_shared(package))
    shared = _TEXTS[package]
    for found in _CELL.finditer(package.read(part)):
        spot, attributes, inside = found.group(1).decode(), found.group(2), found.group(3) or b""
        if _FORMULA.search(inside) or spot in CHOICES.get(name, ()):
            continue
        if b't="s"' in attributes:
            number = re.search(rb"<v>(\d+)</v>", inside)
            yield shared[int(number.group(1))] if number else ""
        elif b"inlineStr" in attributes:
            yield _plain(inside)


def _carries(package: Package, link: Relationship) -> bool:
    """Whether a part beside a sheet holds anything: other programs give sheets drawings in which nothing is drawn."""
    return link.kind != "drawing" or len(package.tree(link.target)) > 0


def _shared(package: Package) -> Iterator[str]:
    main = next(link.target for link in package.relationships() if link.kind == "officeDocument")
    part = next((link.target for link in package.relationships(main) if link.kind == "sharedStrings"), None)
    for found in re.finditer(rb"<si>(.*?)</si>|<si/>", package.read(part) if part else b"", re.DOTALL):
        yield _plain(found.group(1) or b"")


def _plain(xml: bytes) -> str:
    texts = re.findall(rb"<t\b[^>]*>(.*?)</t>", xml, re.DOTALL)
    return unescape(b"".join(texts).decode())
