"""What lies over a sheet's rows: merged cells, conditional formats, validations, links, breaks, sparklines.

Each of them names rows. Things that belong to one place come again for each item (`Copies`); things that cover
an area grow with it (`Spread`); what loses all its rows goes.
"""

from __future__ import annotations

from workbook.reports.cells import refers_to
from workbook.reports.groups import Breaks, Copies, Held, Spread
from workbook.reports.markup import Element, Marks, child, local, named, remove
from workbook.reports.program import Formula, OwnArea, RowNumber
from workbook.reports.references import Reference, parse

_COPIED = ("mergeCell", "hyperlink", "sparkline")
_SPREAD = ("conditionalFormatting", "dataValidation", "ignoredError", "protectedRange", "autoFilter", "dimension")
_HOLDERS = (
    "mergeCells", "hyperlinks", "sparklines", "sparklineGroup", "sparklineGroups", "conditionalFormattings",
    "dataValidations", "ignoredErrors", "protectedRanges", "rowBreaks",
)  # fmt: skip
_FORMULAS = ("formula", "formula1", "formula2", "f")


def put_features(root: Element, marks: Marks, own: str, moving: set[str]) -> None:
    """Make pieces of all that names rows, outside the cells themselves."""
    for element in [e for e in root if local(e) not in ("sheetData", "cols", "sheetPr")]:
        for formula in named(element, *_FORMULAS):
            _put_formula(formula, marks, own, moving)
        for link in named(element, "hyperlink"):
            _put_formula_attribute(link, "location", marks, own, moving)
        for threshold in named(element, "cfvo"):
            if threshold.get("type") == "formula":
                _put_formula_attribute(threshold, "val", marks, own, moving)
        if own in moving:
            _put_areas(element, marks)
    if own in moving:
        _put_views(root, marks)


def _put_formula(element: Element, marks: Marks, own: str, moving: set[str]) -> None:
    parts = parse(element.text or "")
    if refers_to(parts, moving, own):
        element.text = marks.put(Formula(parts))


def _put_formula_attribute(element: Element, name: str, marks: Marks, own: str, moving: set[str]) -> None:
    parts = parse(element.get(name) or "")
    if refers_to(parts, moving, own):
        element.set(name, marks.put(Formula(parts)))


def _put_areas(top: Element, marks: Marks) -> None:
    for element in list(top.iter("*")):
        name = local(element)
        if name in _COPIED or name in _SPREAD:
            area = _take_area(element, marks)
            if area:
                marks.wrap(element, Copies(area) if name in _COPIED else Spread(area))
        elif name == "brk" and element.getparent() is not None and local(element.getparent()) == "rowBreaks":  # type: ignore[arg-type]
            row = int(element.get("id", "0"))
            element.set("id", marks.put(RowNumber()))
            marks.wrap(element, Breaks(row))
        elif name in _HOLDERS:
            for count in ("count", "manualBreakCount"):
                if element.get(count):
                    element.set(count, marks.put(RowNumber()))
            marks.wrap(element, Held())
        elif name == "sortState":
            remove(element)


def _take_area(element: Element, marks: Marks) -> str | None:
    """The rows an element names, and a piece in their stead."""
    for name in ("ref", "sqref"):
        area = element.get(name)
        if area:
            element.set(name, marks.put(OwnArea()))
            return area
    inner = child(element, "sqref")
    if inner is None or not inner.text:
        return None
    area = inner.text
    inner.text = marks.put(OwnArea())
    return area


def _put_views(root: Element, marks: Marks) -> None:
    """Selections are forgotten, frozen panes keep their first row."""
    for selection in named(root, "selection"):
        remove(selection)
    for view in named(root, "pane", "sheetView"):
        area = view.get("topLeftCell")
        if area and any(isinstance(part, Reference) for part in parse(area)):
            view.set("topLeftCell", marks.put(Formula(parse(area))))
