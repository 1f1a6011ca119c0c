"""Sheets of one workbook put into another: their cells, what hangs on them, their looks and the names they need.

The other workbook is one that was just made here, so its parts are in the form in which they are written here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from posixpath import splitext

from workbook.editing.edit import recalculate_on_load
from workbook.package import xml_tree as etree
from workbook.package.guard import GuardedFile
from workbook.package.parts import Package
from workbook.package.relationships import (
    CONTENT_TYPES,
    ContentTypes,
    Relationship,
    relationships_name,
    relationships_xml,
)
from workbook.reading.outline import read_book
from workbook.reports.engine.markup import parse
from workbook.reports.engine.merge_styles import StyleBook

_TAG = "mentorbook"
_SHOWN = b' tabSelected="1"'
_STYLED = re.compile(rb'(<(?:c|row)\b[^>]*?\bs=")(\d+)(")|(<col\b[^>]*?\bstyle=")(\d+)(")')
_DXF = re.compile(rb'(\b(?:dxfId|headerRowDxfId|dataDxfId|totalsRowDxfId)=")(\d+)(")')
_TEXT = re.compile(rb'(<c\b[^>]*?) t="s"([^>]*>)<v>(\d+)</v>')
_RULE = re.compile(r"<conditionalFormatting .*?</conditionalFormatting>", re.DOTALL)
_CHECK = re.compile(r"<dataValidation .*?(?:</dataValidation>|(?<=/)>)", re.DOTALL)
_CELLS = re.compile(r"(?<![A-Za-z_!\[.])([A-Z]{1,3})(\$?\d+)(?![\w(])")
_AFTER_RULES = re.compile(
    rb"<(?:dataValidations|hyperlinks|printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|ignoredErrors"
    rb"|drawing|legacyDrawing|picture|tableParts|extLst)\b|</worksheet>"
)
_STRING = re.compile(rb"<si>(.*?)</si>|<si/>", re.DOTALL)
_TABLE_ID = re.compile(rb'(<table\b[^>]*?\bid=")(\d+)(")')
_REFERENCE = re.compile(
    r"(?:'((?:[^'<>]|'')+)'|\b([A-Za-z_]\w*))!\$([A-Z]+)(\$\d+)?(?::\$([A-Z]+)(\$\d+)?)?(?![A-Z0-9])"
)
_SHEET_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"


class Graft:
    """Sheets of ``new`` to be put into ``old``; ``parts`` are the parts that change, an empty one goes.

    ``letters`` gives for each sheet the letters of ``old`` by those of ``new``, ``called`` for each table its own
    headings by ours.
    """

    def __init__(
        self,
        old: GuardedFile,
        new: GuardedFile,
        letters: Mapping[str, Mapping[str, str]],
        called: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._old, self._new, self._letters, self._called = Package(old), Package(new), letters, called
        self._book = {one.name: one.part for one in read_book(new).sheets}
        self._there = {one.name: one.part for one in read_book(old).sheets}
        self._types = ContentTypes(self._old.read(CONTENT_TYPES))
        self._new_types = ContentTypes(self._new.read(CONTENT_TYPES))
        self.parts: dict[str, bytes] = {}
        self._main, styles = linked(self._old, "styles")
        self._styles = StyleBook(self._old, styles)
        theirs = linked(self._new, "styles")[1]
        self._xfs, self._dxfs = self._styles.take(parse(self._new.read(theirs), theirs), {})
        main = linked(self._new, "styles")[0]
        held = [link.target for link in self._new.relationships(main) if link.kind == "sharedStrings"]
        strings = _STRING.finditer(self._new.read(held[0]) if held else b"")
        self._strings = [found.group(1) or b"<t/>" for found in strings]
        self._tables = _highest_table(self._old)
        self._links = list(self._old.relationships(self._main))
        self._added: list[tuple[str, str]] = []

    def put(self, name: str) -> None:
        """Put a sheet in place of the one of its name, or behind all others."""
        source, target = self._book[name], self._there.get(name)
        if target is None:
            target = f"xl/worksheets/sheet_{_TAG}{len(self._added) + 1}.xml"
            ids = {link.id for link in self._links}
            link = next(f"rId{n}" for n in range(1, len(ids) + 2) if f"rId{n}" not in ids)
            self._links.append(Relationship(link, _SHEET_TYPE, target))
            self._types.parts[target] = self._new_types.of(source)
            self._added.append((name, link))
        else:
            self._drop_below(target)
        shown = name in self._there and _SHOWN in self._old.read(target)
        xml = self._sheet(self._new.read(source)).replace(_SHOWN, b"")
        self.parts[self._old.find(target) or target] = (
            xml.replace(b"<sheetView ", b"<sheetView" + _SHOWN + b" ", 1) if shown else xml
        )
        self._carry_below(source, target)

    def dress(self, name: str, columns: Collection[str]) -> None:
        """Give columns (letters of ``new``) of a sheet of both the dropdowns, messages and colours they have there."""
        source, target = self._book[name], self._there[name]
        held = self._old.find(target) or target
        xml = self.parts.get(held) or self._old.read(target)
        if b"<sheetData" not in xml:
            return  # a sheet that another program wrote with prefixes keeps its cells, undressed
        letters = self._letters.get(name, {})
        theirs = self._new.read(source).decode()
        rules = [self._moved(one, letters) for one in _RULE.findall(theirs) if _column_of(one) in columns]
        checks = [self._moved(one, letters) for one in _CHECK.findall(theirs) if _column_of(one) in columns]
        xml = _with_rules(xml, [_DXF.sub(self._dxf, one.encode()) for one in rules])
        self.parts[held] = _with_checks(xml, [one.encode() for one in checks])

    @staticmethod
    def _moved(rule: str, letters: Mapping[str, str]) -> str:
        """A rule with its cells in the columns of the old workbook."""
        return _CELLS.sub(lambda found: letters.get(found.group(1), found.group(1)) + found.group(2), rule)

    def finish(self, change: Callable[[etree.Element], None]) -> dict[str, bytes]:
        """All parts that changed; ``change`` has the last word on the workbook part, once its sheets are listed."""
        for link in [one for one in self._links if one.kind == "calcChain"]:
            self._links.remove(link)
            self.parts[self._old.find(link.target) or link.target] = b""
            self._types.parts.pop(link.target, None)
        root = etree.fromstring(self._old.read(self._main))
        self._list_sheets(root)
        change(root)
        recalculate_on_load(root)
        book = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        links = relationships_xml(self._main, self._links)
        for name, data in (
            (self._main, book),
            (relationships_name(self._main), links),
            (self._styles.part, self._styles.to_xml()),
            (CONTENT_TYPES, self._types.to_xml()),
        ):
            self.parts[self._old.find(name) or name] = data
        return self.parts

    def _list_sheets(self, root: etree.Element) -> None:
        main = root.tag[: root.tag.rindex("}") + 1]
        holder = root.find(main + "sheets")
        assert holder is not None
        number = max(etree.whole(one, "sheetId") for one in holder)
        space = next(name for one in holder for name in one.attrib if name.endswith("}id"))
        for place, (name, link) in enumerate(self._added, 1):
            etree.sub_element(holder, main + "sheet", {"name": name, "sheetId": str(number + place), space: link})

    def _drop_below(self, part: str) -> None:
        """Let go of what hangs on a sheet that is replaced."""
        for link in self._old.relationships(part):
            if not link.external and self._old.find(link.target):
                self._drop_below(link.target)
                self.parts[self._old.find(link.target) or link.target] = b""
                self._types.parts.pop(link.target, None)
        links = self._old.find(relationships_name(part))
        if links:
            self.parts[links] = b""

    def _carry_below(self, source: str, target: str) -> None:
        """Bring what hangs on a sheet, under names of its own."""
        links = []
        for link in self._new.relationships(source):
            if link.external:
                links.append(link)
                continue
            stem, ending = splitext(link.target)
            name = f"{stem}_{_TAG}{ending}"
            links.append(Relationship(link.id, link.type, name))
            data = _DXF.sub(self._dxf, self._new.read(link.target))
            if link.kind == "table":
                self._tables += 1
                data = _TABLE_ID.sub(lambda found: found.group(1) + str(self._tables).encode() + found.group(3), data)
            self.parts[name] = self._said_here(data)
            self._types.parts[name] = self._new_types.of(link.target)
            self._carry_below(link.target, name)
        if links:
            self.parts[relationships_name(target)] = relationships_xml(target, links)

    def _sheet(self, xml: bytes) -> bytes:
        xml = _STYLED.sub(self._style, _DXF.sub(self._dxf, xml))
        return self._said_here(_TEXT.sub(self._inline, xml))

    def _style(self, found: re.Match[bytes]) -> bytes:
        head, number, tail = found.groups()[:3] if found.group(1) else found.groups()[3:]
        return head + self._xfs[number.decode()].encode() + tail

    def _dxf(self, found: re.Match[bytes]) -> bytes:
        return found.group(1) + self._dxfs[found.group(2).decode()].encode() + found.group(3)

    def _inline(self, found: re.Match[bytes]) -> bytes:
        said = self._strings[int(found.group(3))]
        return found.group(1) + b' t="inlineStr"' + found.group(2) + b"<is>" + said + b"</is>"

    def _said_here(self, xml: bytes) -> bytes:
        return self.in_old_words(xml.decode()).encode()

    def in_old_words(self, formula: str) -> str:
        """A formula with the columns of the old workbook: their letters, their headings."""
        text = _REFERENCE.sub(self._reference, formula)
        for table, headings in self._called.items():
            for ours, theirs in headings.items():
                text = text.replace(f"{table}[{ours}]", f"{table}[{theirs}]")
        return text

    def _reference(self, found: re.Match[str]) -> str:
        quoted, plain, first, row, last, end = found.groups()
        letters = self._letters.get(quoted.replace("''", "'") if quoted else plain, {})
        head = f"'{quoted}'" if quoted else plain
        tail = f":${letters.get(last, last)}{end or ''}" if last else ""
        return f"{head}!${letters.get(first, first)}{row or ''}{tail}"


def _column_of(rule: str) -> str:
    """The one column that a rule is about; empty for several."""
    found = set(re.findall(r"[A-Z]+", re.search(r'sqref="([^"]*)"', rule)[1]))  # type: ignore[index]
    return found.pop() if len(found) == 1 else ""


def _with_rules(xml: bytes, rules: list[bytes]) -> bytes:
    """A sheet with rules of colour more, behind its own."""
    first = max([0, *map(int, re.findall(rb'<cfRule\b[^>]*?\bpriority="(\d+)"', xml))]) + 1
    for place, rule in enumerate(rules, first):
        rules[place - first] = re.sub(rb'priority="\d+"', b'priority="%d"' % place, rule)
    at = _place(xml)
    return xml[:at] + b"".join(rules) + xml[at:]


def _with_checks(xml: bytes, checks: list[bytes]) -> bytes:
    """A sheet with dropdowns and messages more."""
    if not checks:
        return xml
    held = re.search(rb'<dataValidations\b[^>]*?\bcount="(\d+)"', xml)
    if held is None:
        at = _place(xml)
        return (
            xml[:at]
            + b'<dataValidations count="%d">' % len(checks)
            + b"".join(checks)
            + b"</dataValidations>"
            + xml[at:]
        )
    count = int(held.group(1)) + len(checks)
    xml = xml[: held.start(1)] + str(count).encode() + xml[held.end(1) :]
    at = xml.index(b"</dataValidations>")
    return xml[:at] + b"".join(checks) + xml[at:]


def _place(xml: bytes) -> int:
    """Where colours end and what follows them begins."""
    found = _AFTER_RULES.search(
        xml, xml.rindex(b"</sheetData>") if b"</sheetData>" in xml else xml.rindex(b"<sheetData")
    )
    return found.start() if found else len(xml)


def linked(package: Package, kind: str) -> tuple[str, str]:
    """The workbook part and the part of a kind that it links to."""
    main = next(link.target for link in package.relationships() if link.kind == "officeDocument")
    return main, next(link.target for link in package.relationships(main) if link.kind == kind)


def _highest_table(package: Package) -> int:
    found = (re.search(rb'<(?:\w+:)?table\b[^>]*?\bid="(\d+)"', package.read(name)) for name in package.names
             if "tables/" in name and name.endswith(".xml"))  # fmt: skip
    return max((int(one.group(1)) for one in found if one), default=0)
