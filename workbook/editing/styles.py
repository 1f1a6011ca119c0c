"""The formats of a workbook that is being changed: a date must look like one, or it is read as a number."""

from __future__ import annotations

import re
from copy import deepcopy

from workbook.package import xml_tree as etree

_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_OWN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_SHORT_DATE = 14  # as the reader's computer writes dates


class DateStyles:
    """Finds, for a cell's style, the same style with a date format; adds one where the workbook has none."""

    def __init__(self, xml: bytes) -> None:
        self._root = etree.fromstring(xml) if xml else None
        self._formats: etree.Element | None = self._root.find("{*}cellXfs") if self._root is not None else None
        self._codes = {
            one.get("numFmtId", ""): one.get("formatCode", "")
            for one in (self._root.iterfind("{*}numFmts/{*}numFmt") if self._root is not None else ())
        }
        self._known: dict[str, str] = {}
        self.added = False

    def dated(self, style: str) -> str:
        """The style to give a cell that holds a date."""
        if style not in self._known:
            self._known[style] = self._find(style)
        return self._known[style]

    def to_xml(self) -> bytes:
        """The styles part with what was added."""
        assert self._root is not None
        return etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _find(self, style: str) -> str:
        place = int(style or 0)
        if self._formats is None or place >= len(self._formats) or self._is_date(self._formats[place]):
            return style
        own = _but_for_format(self._formats[place])
        for number, other in enumerate(self._formats):
            if self._is_date(other) and _but_for_format(other) == own:
                return str(number)
        new = deepcopy(self._formats[place])
        new.set("numFmtId", str(_SHORT_DATE))
        new.set("applyNumberFormat", "1")
        self._formats.append(new)
        self._formats.set("count", str(len(self._formats)))
        self.added = True
        return str(len(self._formats) - 1)

    def _is_date(self, xf: etree.Element) -> bool:
        number = xf.get("numFmtId", "0")
        if number in self._codes:
            return re.search("[dmyhs]", _QUOTED.sub("", self._codes[number]), re.IGNORECASE) is not None
        return number.isdigit() and int(number) in _OWN_DATES


def _but_for_format(xf: etree.Element) -> tuple[object, ...]:
    """What a style is, its number format left aside."""
    own = {key: value for key, value in xf.items() if key not in ("numFmtId", "applyNumberFormat")}
    return (sorted(own.items()), [etree.tostring(child) for child in xf])
