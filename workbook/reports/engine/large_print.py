"""Large print, for any template: each sheet on A3 across, enlarged until its text is about twice as large.

Everything grows alike, charts and pictures too, so no text is cut that was not cut before. What then takes more than a
page goes on to a second. A sheet that is wider than A3 allows is enlarged as far as its width goes.
"""

from __future__ import annotations

import re

from workbook.package.parts import Package
from workbook.reading.outline import column_number
from workbook.reports.engine.book import BookPart
from workbook.reports.engine.fit import Columns
from workbook.reports.engine.markup import Element, add, child, document, local, named, parse

_A3, _LARGEST = "8", 180
_PAPER_WIDTH = 16.54
"""Of A3 across, in inches."""
_POINTS_A_CHARACTER = 5.65
"""Width of a column of one character in points, at Calibri 11: 5.25 in Excel, while LibreOffice draws up to 5.6."""
_AFTER = (
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing",
    "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
"""What stands behind a sheet's page set-up."""


def in_large_print(package: Package) -> Package:
    """The template with every sheet set up for large print."""
    changed: dict[str, bytes] = {}
    book = BookPart(package)
    names = book.sheet_names()
    for sheet, part in book.sheets():
        root = parse(package.read(part), part)
        last = next((_last_column(one) for one in book.defined_names() if _prints(one, names.index(sheet))), 0)
        _set_up(root, last)
        changed[part] = document(root)
    return package.anew(changed)


def _prints(name: Element, sheet: int) -> bool:
    return name.get("name") == "_xlnm.Print_Area" and name.get("localSheetId") == str(sheet)


def _last_column(name: Element) -> int:
    found = re.findall(r"\$?([A-Z]{1,3})\$?\d+", name.text or "")
    return max(map(column_number, found), default=0)


def _set_up(root: Element, last: int) -> None:
    """Enlarge a sheet whose print area reaches to a column (0 for one that has none)."""
    margins = child(root, "pageMargins")
    sides = sum(float(margins.get(side) or 0.7) for side in ("left", "right")) if margins is not None else 1.4
    room = (_PAPER_WIDTH - sides) * 72
    width = Columns(root).across(last) * _POINTS_A_CHARACTER if last else 0
    scale = min(_LARGEST, int(100 * room / width)) if width else _LARGEST
    setup = child(root, "pageSetup")
    if setup is None:
        behind = next((place for place, one in enumerate(root) if local(one) in _AFTER), None)
        setup = add(root, "pageSetup", index=behind)
    for key in ("fitToWidth", "fitToHeight"):
        setup.attrib.pop(key, None)
    for key, value in (("paperSize", _A3), ("orientation", "landscape"), ("scale", str(max(scale, 10)))):
        setup.set(key, value)
    for fit in named(root, "pageSetUpPr"):
        fit.attrib.pop("fitToPage", None)
