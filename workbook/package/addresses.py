"""Addresses that no sheet of Excel has: a reader that believes one asks for more memory than there is."""

from __future__ import annotations

import re
from collections.abc import Iterator

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # XFD1048576

_COLUMN = r"(?:[A-Za-z]{4,}|[Xx](?:[Ff][E-Ze-z]|[G-Zg-z][A-Za-z])|[YZyz][A-Za-z]{2})"
_ROW = r"0*(?:104857[7-9]|10485[89]\d|1048[6-9]\d\d|104[9]\d{3}|10[5-9]\d{4}|1[1-9]\d{5}|[2-9]\d{6}|[1-9]\d{7,})(?!\d)"
_FAR = rf"\$?{_COLUMN}\$?\d|(?:\$?[A-Za-z]{{1,3}})?\$?{_ROW}"
_WITHIN = rf"(?:[^\"'<>]*[\s:!'])?({_FAR})"
_PLACE = re.compile(rf"""\s(?:r|ref|sqref|activeCell|topLeftCell)\s*=\s*["']{_WITHIN}""".encode(), re.ASCII)
# The same in pieces that each begin with a word to look for, for XML in which every r is written as Excel writes it.
_PLACES = (
    re.compile(rf""" r="(?!(?:[A-Z]{{1,2}})?\d{{1,6}}"){_WITHIN}""".encode(), re.ASCII),
    re.compile(rf"""ref(?:(?<=\sref)|(?<=\ssqref))\s*=\s*["']{_WITHIN}""".encode(), re.ASCII),
    re.compile(rf"""Cell(?:(?<=\sactiveCell)|(?<=\stopLeftCell))\s*=\s*["']{_WITHIN}""".encode(), re.ASCII),
)
_ODD = tuple(re.compile(one) for one in (rb"r  *=", rb"r=[^\"]", rb"\n\s*=", rb"\nr\s*="))
# In a name's text only what is written with $ is surely an address: TOTAL2026 may be a name.
_NAMED = re.compile(
    rf"<(?:\w+:)?definedName\b[^>]*>[^<]*?(\$(?:{_COLUMN}\$\d|[A-Za-z]{{1,3}}\${_ROW}|{_ROW}))".encode(), re.ASCII
)
_FEW = 1_000
_BYTE_ORDERS = (b"\xff\xfe", b"\xfe\xff")


def far_address(xml: bytes) -> str | None:
    """The first address in a part's XML that lies beyond XFD1048576: a cell, row, area, merge, table or name."""
    if xml.count(b"=") < min(_FEW, xml.count(b"<")) and b"definedName" not in xml:
        xml = b" ".join(_around_equals(xml))
    odd = any(blank in xml for blank in (b"\t", b"\r", b"\v", b"\f")) or any(one.search(xml) for one in _ODD)
    searches = (pattern.search(xml) for pattern in ((_PLACE,) if odd else _PLACES))
    found = next(filter(None, searches), None) or (_NAMED.search(xml) if b"definedName" in xml else None)
    return found.group(1).decode("ascii", "replace") if found else None


def _around_equals(xml: bytes) -> Iterator[bytes]:
    """The tags, with the text behind, of XML in which few say anything: every address follows an equals sign."""
    at = xml.find(b"=")
    while at >= 0:
        start, end = max(xml.rfind(b"<", 0, at), 0), xml.find(b"<", at)
        end = len(xml) if end < 0 else end
        yield xml[start:end]
        at = xml.find(b"=", end)


def as_utf8(xml: bytes) -> bytes:
    """XML in UTF-8 whatever it came in: UTF-16 by its first two bytes, else as it is."""
    if xml[:2] not in _BYTE_ORDERS:
        return xml
    return re.sub(rb"^<\?xml[^>]*\?>", b"", xml.decode("utf-16", errors="replace").encode())
