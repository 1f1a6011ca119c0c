"""Styles of one workbook brought into another: a template's sheets keep their look inside a tracker."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping

from workbook.package.parts import Package
from workbook.reports.engine.markup import Element, add, child, document, local, named, parse

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip
_THEME_COLOURS = (
    "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink",
)  # fmt: skip
"""What the numbers of `theme="…"` mean: Excel counts the light colours first, unlike the theme."""
_FIRST_OWN_FORMAT = 164


class StyleBook:
    """The styles of a workbook, to which looks can be added; what is there keeps its number."""

    def __init__(self, package: Package, part: str) -> None:
        self.part = part
        self.root = parse(package.read(part), part)

    def to_xml(self) -> bytes:
        """The part anew."""
        return document(self.root)

    def holder(self, name: str) -> Element:
        """The list of fonts, fills, …, made where it is missing."""
        found = child(self.root, name)
        if found is not None:
            return found
        before = [index for index, e in enumerate(self.root) if local(e) in _ORDER[_ORDER.index(name) + 1 :]]
        return add(self.root, name, index=before[0] if before else None)

    def append(self, name: str, element: Element) -> int:
        """Add an element to a list; gives its number there."""
        holder = self.holder(name)
        holder.append(_in_namespace(element, holder))
        count = len(_elements(holder))
        holder.set("count", str(count))
        return count - 1

    def look(self, font: Mapping[str, str], bottom_line: str | None = None) -> int:
        """A cell style of a font (its size "sz", "color" as RRGGBB, "b", "u") and a line below; gives its number."""
        made = self.root.makeelement(_tag(self.root, "font"))
        for name in ("b", "u", "sz", "color"):
            if name in font:
                value = font[name]
                add(made, name).set(*(("rgb", f"FF{value}") if name == "color" else ("val", value)))
        add(made, "name").set("val", font.get("name", "Calibri"))
        plain = {"numFmtId": "0", "fillId": "0", "xfId": "0", "applyFont": "1", "applyBorder": "1"}
        xf = self.root.makeelement(_tag(self.root, "xf"), plain)
        xf.set("fontId", str(self.append("fonts", made)))
        xf.set("borderId", str(self._line(bottom_line)) if bottom_line else "0")
        return self.append("cellXfs", xf)

    def _line(self, colour: str) -> int:
        border = self.root.makeelement(_tag(self.root, "border"))
        for side in ("left", "right", "top", "bottom", "diagonal"):
            edge = add(border, side)
            if side == "bottom":
                edge.set("style", "thin")
                add(edge, "color").set("rgb", f"FF{colour}")
        return self.append("borders", border)

    def take(self, other: Element, theme: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """Add all cell styles and differential styles of another workbook.

        `theme` gives the other theme's colours by their number where the themes differ, so that they stay what they
        are. Returns the new numbers of its cell styles and of its differential styles, by the old ones.
        """
        other = copy.deepcopy(other)
        for colour in named(other, "color", "fgColor", "bgColor", "tabColor"):
            fixed = theme.get(colour.get("theme", ""))
            if fixed:
                del colour.attrib["theme"]
                colour.set("rgb", f"FF{fixed}")
        formats = self._take_formats(other)
        moved = {name: self._take(other, name) for name in ("fonts", "fills", "borders")}
        xfs: dict[str, str] = {}
        for number, xf in enumerate(_list(other, "cellXfs")):
            for attribute, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
                xf.set(attribute, moved[name].get(xf.get(attribute, "0"), "0"))
            xf.set("numFmtId", formats.get(xf.get("numFmtId", "0"), xf.get("numFmtId", "0")))
            xf.set("xfId", "0")
            for apply in ("applyFont", "applyFill", "applyBorder", "applyNumberFormat", "applyAlignment"):
                xf.set(apply, "1")
            xfs[str(number)] = str(self.append("cellXfs", xf))
        for format in named(other, "dxf"):
            for inner in named(format, "numFmt"):
                inner.set("numFmtId", formats.get(inner.get("numFmtId", ""), inner.get("numFmtId", "0")))
        return xfs, self._take(other, "dxfs")

    def _take(self, other: Element, name: str) -> dict[str, str]:
        return {str(number): str(self.append(name, each)) for number, each in enumerate(_list(other, name))}

    def _take_formats(self, other: Element) -> dict[str, str]:
        own = [int(format.get("numFmtId", "0")) for format in _list(self.root, "numFmts")]
        number = max([_FIRST_OWN_FORMAT - 1, *own])
        formats: dict[str, str] = {}
        for format in _list(other, "numFmts"):
            number += 1
            formats[format.get("numFmtId", "")] = str(number)
            format.set("numFmtId", str(number))
            self.append("numFmts", format)
        return formats


def _tag(element: Element, name: str) -> str:
    tag = str(element.tag)
    return tag[: tag.index("}") + 1] + name if tag.startswith("{") else name


def _in_namespace(element: Element, like: Element) -> Element:
    """A copy in the namespace of `like`: a strict file's styles can go into a transitional one."""
    made = copy.deepcopy(element)
    old, new = _tag(element, ""), _tag(like, "")
    if old != new:
        for each in made.iter("*"):
            if str(each.tag).startswith(old):
                each.tag = new + str(each.tag)[len(old) :]
    return made


def _elements(holder: Element) -> list[Element]:
    return [element for element in holder if isinstance(element.tag, str)]


def _list(root: Element, name: str) -> Iterator[Element]:
    holder = child(root, name)
    return iter(_elements(holder) if holder is not None else [])


def theme_colours(package: Package, part: str | None) -> dict[str, str]:
    """The colours of a theme as RRGGBB, by the number that styles call them by."""
    schemes = named(parse(package.read(part), part), "clrScheme") if part else []
    found: dict[str, str] = {}
    for slot in (slot for scheme in schemes[:1] for slot in scheme if local(slot) in _THEME_COLOURS):
        for value in slot:
            found[str(_THEME_COLOURS.index(local(slot)))] = value.get("lastClr") or value.get("val") or "000000"
    return found
