"""What lies over a sheet's rows: merged cells, conditional formats, validations, links, breaks, sparklines.

Each of them names rows. Things that belong to one place come again for each item (`Copies`); things that cover
an area grow with it (`Spread`); what loses all its rows goes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from workbook.reading.references import Reference, parse
from workbook.reports.engine.drawings import put_anchor
from workbook.reports.engine.groups import Breaks, Copies, Held, Merged, Spread, TopLeft
from workbook.reports.engine.headers import outside_rows
from workbook.reports.engine.markup import Element, Marks, child, local, named, remove
from workbook.reports.engine.moving import Changes, Formula
from workbook.reports.engine.placing import OwnArea, RowNumber, TextValue
from workbook.reports.engine.tokens import Ask, Token, Vocabulary, room_for_each, split, tokens_in
from workbook.reports.engine.values import CellFormat, escape_cell, fitting

_COPIED = ("mergeCell", "hyperlink", "sparkline")
_SPREAD = ("conditionalFormatting", "dataValidation", "ignoredError", "protectedRange", "autoFilter", "dimension")
_HOLDERS = (
    "mergeCells", "hyperlinks", "sparklines", "sparklineGroup", "sparklineGroups", "conditionalFormattings",
    "dataValidations", "ignoredErrors", "protectedRanges", "rowBreaks",
)  # fmt: skip
_MESSAGES = {"promptTitle": 32, "prompt": 255, "errorTitle": 32, "error": 255}
"""The texts of a data validation, and the characters Excel allows them."""
_FORMULAS = ("formula", "formula1", "formula2", "f")


def put_features(root: Element, marks: Marks, own: str, changes: Changes) -> None:
    """Make pieces of all that names rows, outside the cells themselves."""
    for element, name in _formulas(root):
        formula = changes.read(element.text or "" if name is None else element.get(name) or "")
        if not changes.touch(formula, own):
            continue
        if name is None:
            element.text = marks.put(Formula(formula))
        else:
            element.set(name, marks.put(Formula(formula)))
    if own in changes.moving:
        for element in _features(root):
            _put_areas(element, marks)
        for anchor in named(root, "anchor"):
            put_anchor(anchor, marks)
        _put_views(root, marks)


def feature_asks(root: Element, sheet: str, vocabulary: Vocabulary, sheet_tokens: Collection[str]) -> Iterator[Ask]:
    """What the messages of data validations ask for; anywhere else outside cells a token would stay as it is.

    `sheet_tokens` are those in the names of sheets, which formulas may hold.
    """
    for feature in _features(root):
        if local(feature) in ("headerFooter", "hyperlinks"):
            continue
        for element in feature.iter("*"):
            for name, value in element.attrib.items():
                fills = local(element) == "dataValidation" and name in _MESSAGES
                for token in tokens_in(str(value)):
                    problem = outside_rows(token, vocabulary) if fills else _not_here(token)
                    yield Ask(sheet, "message" if fills else local(feature), token.written, problem)
            for token in tokens_in(element.text or ""):
                if token.written.lower() not in sheet_tokens:
                    yield Ask(sheet, local(feature), token.written, _not_here(token))


def _not_here(token: Token) -> str:
    return f"{token.written} is not filled there: move it into a cell."


def put_messages(root: Element, marks: Marks) -> None:
    """Make pieces of the tokens in the messages of data validations."""
    for validation in named(root, "dataValidation"):
        for name in _MESSAGES:
            text = validation.get(name, "")
            if "{{" in text:
                room = room_for_each(text, _MESSAGES[name])
                validation.set(name, "".join(_message(part, marks, room) for part in split(text)))


def _message(part: str | Token, marks: Marks, room: int) -> str:
    if isinstance(part, str):
        return part
    return marks.put(TextValue(part.path, CellFormat(), lambda text: escape_cell(fitting(text, room))))


def features_touched(root: Element, own: str, changes: Changes) -> bool:
    """Does a rule or link of the sheet look at what moves or is renamed?"""
    return any(
        changes.touch(changes.read(element.text or "" if name is None else element.get(name) or ""), own)
        for element, name in _formulas(root)
    )


def _features(root: Element) -> list[Element]:
    return [element for element in root if local(element) not in ("sheetData", "cols", "sheetPr")]


def _formulas(root: Element) -> Iterator[tuple[Element, str | None]]:
    """Each formula outside the cells: the element, and the attribute that holds it or None for its text."""
    for feature in _features(root):
        for element in feature.iter("*"):
            name = local(element)
            if name in _FORMULAS:
                yield element, None
            elif name == "hyperlink":
                yield element, "location"
            elif name == "cfvo" and element.get("type") == "formula":
                yield element, "val"


def _put_areas(top: Element, marks: Marks) -> None:
    for element in list(top.iter("*")):
        name = local(element)
        if name in _COPIED or name in _SPREAD:
            area = _take_area(element, marks)
            if area:
                kind = Merged if name == "mergeCell" else Copies if name in _COPIED else Spread
                marks.wrap(element, kind(area))
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
            view.set("topLeftCell", marks.put(TopLeft(area)))
