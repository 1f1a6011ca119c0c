"""How cells look: fonts, fills, borders and alignment of a workbook as the few words that a browser knows."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator
from typing import Any

from workbook.package.parts import Package
from workbook.package.xml_tree import Element, fromstring

Look = dict[str, Any]
"""CSS properties by name."""

_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)))
_INDEXED = {8: "000000", 9: "FFFFFF", 10: "FF0000", 22: "C0C0C0", 23: "808080", 64: "000000", 65: "FFFFFF"}
_WIDTHS = {"medium": "2px", "thick": "3px", "double": "3px"}
_KINDS = {"dashed": "dashed", "mediumDashed": "dashed", "dotted": "dotted", "hair": "dotted", "double": "double"}


def children(root: Element | None, name: str) -> Iterator[Element]:
    """The elements of a list such as ``fonts``, whatever their prefix."""
    found = root.find(f"{{*}}{name}") if root is not None else None
    return (one for one in (found if found is not None else ()) if isinstance(one.tag, str))


def on(element: Element | None) -> bool:
    """Whether a switch such as ``<b/>`` is on."""
    return element is not None and element.get("val", "1") not in ("0", "false", "none")


class Looks:
    """The looks of a workbook: by the number of a cell's style, and by that of a conditional format."""

    def __init__(self, package: Package, styles: str | None, theme: str | None) -> None:
        self._theme = _theme(package, theme)
        root = fromstring(package.read(styles)) if styles else None
        fonts = [self._font(one) for one in children(root, "fonts")]
        fills = [self._fill(one) for one in children(root, "fills")]
        borders = [self._borders(one) for one in children(root, "borders")]
        self.cells: list[Look] = []
        for xf in children(root, "cellXfs"):
            look: Look = {}
            for lot, which in ((fonts, "fontId"), (fills, "fillId"), (borders, "borderId")):
                place = int(xf.get(which, "0"))
                look |= lot[place] if place < len(lot) else {}
            self.cells.append(look | _alignment(xf.find("{*}alignment")))
        self.conditional = [
            self._font(one.find("{*}font")) | self._fill(one.find("{*}fill"), conditional=True)
            for one in children(root, "dxfs")
        ]

    def _font(self, font: Element | None) -> Look:
        if font is None:
            return {}
        look: Look = {}
        if on(font.find("{*}b")):
            look["font-weight"] = "bold"
        if on(font.find("{*}i")):
            look["font-style"] = "italic"
        if on(font.find("{*}u")):
            look["text-decoration"] = "underline"
        size = font.find("{*}sz")
        if size is not None:
            look["font-size"] = f"{float(size.get('val', '11')):g}pt"
        colour = self.colour(font.find("{*}color"))
        return look | ({"color": colour} if colour else {})

    def _fill(self, fill: Element | None, conditional: bool = False) -> Look:
        pattern = fill.find("{*}patternFill") if fill is not None else None
        if pattern is None or (not conditional and pattern.get("patternType") != "solid"):
            return {}
        colour = self.colour(pattern.find("{*}bgColor" if conditional else "{*}fgColor"))
        return {"background-color": colour} if colour else {}

    def _borders(self, border: Element) -> Look:
        look: Look = {}
        for side in ("left", "right", "top", "bottom"):
            line = border.find(f"{{*}}{side}")
            style = line.get("style") if line is not None else None
            if line is not None and style and style != "none":
                colour = self.colour(line.find("{*}color")) or "#000000"
                look[f"border-{side}"] = f"{_WIDTHS.get(style, '1px')} {_KINDS.get(style, 'solid')} {colour}"
        return look

    def colour(self, told: Element | None) -> str | None:
        """A colour as ``#RRGGBB``; None where it is left to the program."""
        if told is None or told.get("auto") == "1":
            return None
        if told.get("rgb"):
            plain = told.get("rgb", "")[-6:]
        elif told.get("theme"):
            name = _THEME_ORDER[min(int(told.get("theme", "0")), len(_THEME_ORDER) - 1)]
            plain = self._theme.get(name, "000000")
        elif told.get("indexed"):
            plain = _INDEXED.get(int(told.get("indexed", "64")), "000000")
        else:
            return None
        return _tinted(plain, float(told.get("tint", "0")))


def _theme(package: Package, part: str | None) -> dict[str, str]:
    found: dict[str, str] = {}
    root = fromstring(package.read(part)) if part else None
    scheme = next(iter(root.iter("{*}clrScheme")), None) if root is not None else None
    for one in scheme if scheme is not None else ():
        if isinstance(one.tag, str) and len(one):
            inner = one[0]
            found[one.tag.rpartition("}")[2]] = inner.get("lastClr") or inner.get("val") or "000000"
    return found


def _tinted(plain: str, tint: float) -> str:
    """A colour made lighter (a tint above 0) or darker, as Office does it: by its lightness."""
    if not tint:
        return f"#{plain}"
    hue, light, strength = colorsys.rgb_to_hls(*(int(plain[i : i + 2], 16) / 255 for i in (0, 2, 4)))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "#" + "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, light, strength))


def _alignment(setting: Element | None) -> Look:
    if setting is None:
        return {}
    look: Look = {}
    across, down = setting.get("horizontal", "general"), setting.get("vertical", "bottom")
    if across in ("left", "right", "center", "justify"):
        look["text-align"] = across
    elif across == "centerContinuous":
        look["text-align"] = "center"
    look["vertical-align"] = {"center": "middle", "top": "top"}.get(down, "bottom")
    if setting.get("wrapText") in ("1", "true"):
        look["white-space"] = "pre-wrap"
    indent = int(setting.get("indent", "0") or 0)
    if indent:
        look["padding-right" if across == "right" else "padding-left"] = f"{indent * 9}px"
    return look
