"""The number formats and the type of a template's cells, by the style number that cells carry."""

from __future__ import annotations

from typing import NamedTuple

from workbook.package.parts import Package
from workbook.reports.engine.markup import Element, child, named, parse
from workbook.reports.engine.values import CellFormat

_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "dd/mm/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""ECMA-376 part 1, 18.8.30; 14 is the short date of the reader's country, here as in Britain."""


class Look(NamedTuple):
    """How a cell sets its text: size in points, bold or not, wrapped or not, steps of indent."""

    size: float = 11
    bold: bool = False
    wraps: bool = False
    indent: int = 0


class Styles:
    """What each cell style means for a value."""

    def __init__(self, package: Package, part: str | None, epoch_1904: bool = False) -> None:
        self._epoch_1904 = epoch_1904
        root = parse(package.read(part), part) if part else None
        self._codes = {str(number): code for number, code in enumerate([] if root is None else _codes(root))}
        self._looks = {str(number): look for number, look in enumerate([] if root is None else _looks(root))}
        self._formats: dict[tuple[str, str], CellFormat] = {}

    def format(self, style: str | None, prefix: str = "") -> CellFormat:
        """The format of a cell with `s="style"`."""
        code = self._codes.get(style or "0", "General")
        key = (code, prefix)
        if key not in self._formats:
            self._formats[key] = CellFormat(code, self._epoch_1904, prefix)
        return self._formats[key]

    def look(self, style: str | None) -> Look:
        """The type of a cell with `s="style"`."""
        return self._looks.get(style or "0", Look())


def _looks(root: Element) -> list[Look]:
    fonts = [
        (
            next((float(e.get("val") or 11) for e in named(font, "sz")), 11.0),
            any(e.get("val") not in ("0", "false") for e in named(font, "b")),
        )
        for holder in named(root, "fonts")
        for font in holder
        if isinstance(font.tag, str)
    ]
    looks = []
    styles = child(root, "cellXfs")
    for xf in styles if styles is not None else ():
        if isinstance(xf.tag, str):
            size, bold = fonts[int(xf.get("fontId") or 0)] if fonts else (11.0, False)
            setting = child(xf, "alignment")
            wraps = setting is not None and setting.get("wrapText") in ("1", "true")
            looks.append(Look(size, bold, wraps, int(setting.get("indent") or 0) if setting is not None else 0))
    return looks


def _codes(root: Element) -> list[str]:
    own = {int(e.get("numFmtId", "0")): e.get("formatCode", "General") for e in named(root, "numFmt")}
    styles = child(root, "cellXfs")
    if styles is None:
        return []
    numbers = [int(xf.get("numFmtId", "0")) for xf in styles if isinstance(xf.tag, str)]
    return [own.get(number, _BUILT_IN.get(number, "General")) for number in numbers]
