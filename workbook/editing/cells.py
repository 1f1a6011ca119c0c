"""Cells as the XML of a sheet: text stays text whatever it looks like, dates keep their kind, results their formula."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from html import escape
from math import isfinite

from workbook.model import CannotDo, CellError, Value
from workbook.model.excel import LONGEST_TEXT, serial
from workbook.package import xml_tree as etree

_MARCH_1900 = date(1900, 3, 1)
# Characters that XML cannot hold, and a plain text that reads like the escape for one (ISO 29500, ST_Xstring).
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def cell_xml(prefix: str, address: str, style: str, value: Value, from_1904: bool, formula: str = "") -> str:
    """A cell anew; CannotDo for what no cell can hold.

    ``prefix`` is the sheet's namespace prefix with its colon, ``formula`` a whole ``<f>`` element whose result
    ``value`` then is.
    """
    ending = cell_ending(value, style.encode(), formula.encode(), prefix.encode(), from_1904)
    return f'<{prefix}c r="{address}"{ending.decode()}'


@lru_cache(maxsize=1 << 13, typed=True)
def cell_ending(value: Value, style: bytes, formula: bytes, prefix: bytes, from_1904: bool) -> bytes:
    """A cell from behind its address on; few values fill many cells: levels, codes, statuses under one formula."""
    kind, text = typed(value, from_1904, bool(formula))
    head = b' s="%s"' % style if style else b""
    if kind == "inlineStr":
        body = b'<%sis><%st xml:space="preserve">%s</%st></%sis>' % (prefix, prefix, text.encode(), prefix, prefix)
    else:
        body = formula + (b"<%sv>%s</%sv>" % (prefix, text.encode(), prefix) if kind or text else b"")
    if not body:
        return head + b"/>"
    return head + (b' t="%s">' % kind.encode() if kind else b">") + body + b"</%sc>" % prefix


def typed(value: Value, from_1904: bool, result: bool = False) -> tuple[str, str]:
    """The type attribute and the escaped text of a value; ``result`` says that a formula gives it.

    A blank result is an empty text, which is what the tracker's formulas give for it.
    """
    if value is None:
        return ("str", "") if result else ("", "")
    if isinstance(value, CellError):
        return "e", escape(value, quote=False)
    if isinstance(value, str):
        return ("str" if result else "inlineStr"), written(value)
    if isinstance(value, bool):
        return "b", "1" if value else "0"
    if isinstance(value, date):
        return _day(value, from_1904)
    if not isfinite(value):
        raise CannotDo(f"The number {value} cannot stand in a cell: take it out of the file.")
    return "", repr(value)


def written(text: str) -> str:
    """A text escaped as a sheet holds it; CannotDo if it is longer than a cell can hold."""
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        raise CannotDo(
            f"A text of {len(text):,} characters does not fit into a cell, which holds {LONGEST_TEXT:,}: shorten it "
            f"(it begins with “{text[:40]}”)."
        )
    return escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found.group()):04X}_", text), quote=False)


def _day(value: date, from_1904: bool) -> tuple[str, str]:
    """The serial number of a date, or its text where the workbook's calendar has no such day."""
    number = serial(value, from_1904)
    if not from_1904 and number < serial(_MARCH_1900):
        number -= 1  # Excel counts a 29 February 1900
    return ("inlineStr", value.isoformat()) if number < (0 if from_1904 else 1) else ("", repr(number))


def put_value(cell: etree.Element, value: Value, from_1904: bool, *, result: bool) -> None:
    """Give a cell that is there already another value. As a ``result`` it keeps its formula, else it loses it."""
    main = cell.tag[: cell.tag.rindex("}") + 1]
    formula = cell.find(main + "f")
    if not result and formula is not None and formula.get("ref"):
        raise CannotDo(
            f"The cell {cell.get('r')} holds a formula that other cells share: type values there in Excel, "
            "save, then import again."
        )
    for child in list(cell):
        if not (result and child.tag == main + "f"):
            cell.remove(child)
    for attribute in ("t", "vm") if result else ("t", "vm", "cm"):
        if attribute in cell.attrib:
            del cell.attrib[attribute]
    kind, text = typed(value, from_1904, result)
    if kind:
        cell.set("t", kind)
    if kind == "inlineStr":
        _append(_append(cell, main + "is"), main + "t", text).set(
            "{http://www.w3.org/XML/1998/namespace}space", "preserve"
        )
    elif kind or text:
        _append(cell, main + "v", text)


def _append(parent: etree.Element, tag: str, escaped: str = "") -> etree.Element:
    child = etree.sub_element(parent, tag)
    if escaped:
        child.text = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return child
