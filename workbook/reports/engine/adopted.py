"""A template made ready to be put into another workbook: its sheets carry that workbook's style numbers, and their
texts in the cells, so that neither styles nor shared strings of that workbook need to know of it.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping

from workbook.package.parts import Package
from workbook.reports.engine.book import BookPart
from workbook.reports.engine.cells import Strings
from workbook.reports.engine.markup import Element, add, child, document, local, named, parse
from workbook.reports.engine.merge_styles import StyleBook, theme_colours

_STYLED = (("c", "s"), ("row", "s"), ("col", "style"))


def adopt(template: Package, styles: StyleBook, base: Package) -> Package:
    """The template as a package that speaks `styles`, the styles of `base`, to which its own are added."""
    book, base_book = BookPart(template), BookPart(base)
    own, theme, base_theme = book.linked("styles"), book.linked("theme"), base_book.linked("theme")
    colours: Mapping[str, str] = {}
    if theme and (not base_theme or template.read(theme) != base.read(base_theme)):
        colours = theme_colours(template, theme)
    xfs: Mapping[str, str] = {}
    differential: Mapping[str, str] = {}
    if own:
        xfs, differential = styles.take(parse(template.read(own), own), colours)
    strings = Strings(template, book.linked("sharedStrings"))
    rewritten: dict[str, bytes] = {own: styles.to_xml()} if own else {}
    for _, part in book.sheets():
        root = parse(template.read(part), part)
        _restyle(root, xfs, differential)
        _inline(root, strings)
        rewritten[part] = document(root)
        for link in template.relationships(part):
            if link.kind == "table":
                table = parse(template.read(link.target), link.target)
                _restyle(table, xfs, differential)
                rewritten[link.target] = document(table)
    return template.anew(rewritten)


def _restyle(root: Element, xfs: Mapping[str, str], differential: Mapping[str, str]) -> None:
    for name, attribute in _STYLED:
        for element in named(root, name):
            number = element.get(attribute)
            if number is None and name == "c":
                number = "0"  # the template's plain style need not be the tracker's
            if number is not None:
                element.set(attribute, xfs.get(number, "0"))
    for element in root.iter("*"):
        for name in [str(name) for name in element.attrib if str(name).endswith(("dxfId", "DxfId"))]:
            element.set(name, differential.get(element.get(name, ""), "0"))


def _inline(root: Element, strings: Strings) -> None:
    """Write shared strings into the cells."""
    for cell in named(root, "c"):
        value = child(cell, "v")
        if cell.get("t") != "s" or value is None:
            continue
        item = strings.items[int(value.text or 0)]
        cell.remove(value)
        cell.set("t", "inlineStr")
        holder = add(cell, "is")
        for inner in item:
            if local(inner) in ("t", "r"):
                holder.append(copy.deepcopy(inner))
