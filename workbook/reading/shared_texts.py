"""The texts that the cells of a workbook share, by their number."""

from __future__ import annotations

import re

from workbook.package.guard import GuardedFile, damaged
from workbook.package.xml_tree import XMLSyntaxError, fromstring
from workbook.reading.outline import Book


def shared_texts(file: GuardedFile, book: Book) -> list[str]:
    """Each shared text whole, without the reading aids of Japanese; raises `CannotDo` where the part is damaged."""
    if not book.strings:
        return []
    try:
        root = fromstring(file.read(book.strings))
    except XMLSyntaxError as error:
        raise damaged(file.path) from error
    return [
        "".join(
            text.text or ""
            for text in item.iter("{*}t")
            if (around := text.getparent()) is None or not str(around.tag).endswith("}rPh")
        )
        for item in root
        if str(item.tag).endswith("}si")
    ]


_FIRST = re.compile(rb'<si><t(?: xml:space="preserve")?>')
_BETWEEN = re.compile('</t></si><si><t( xml:space="preserve")?>')
_SIGNS = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_SIGN = re.compile("|".join(_SIGNS))
_BLANKS = " \t\n"
"""What XML calls white space, which counts at a text's ends only where it is to be kept."""


def plain_texts(xml: bytes) -> list[str] | None:
    """The shared texts as `Values` reads them, taken apart at once; None unless all are spelt as nearly all are."""
    xml = xml.replace(b"<si><t/></si>", b"<si><t></t></si>")
    start, end = xml.find(b"<si"), xml.rfind(b"</t></si>")
    odd = b"_x" in xml or b"\r" in xml or xml[end + 9 :].strip() != b"</sst>"
    if odd or not _FIRST.match(xml, max(start, 0)):
        return None
    text = xml[start:end].decode(errors="replace")
    _, *parts = _BETWEEN.split("</t></si>" + text)
    texts = [one if kept else one.strip(_BLANKS) for kept, one in zip(parts[::2], parts[1::2], strict=True)]
    if text.count("<") != 4 * len(texts) - 2 or "\ufffd" in text:
        return None
    if "&" in text:
        if len(_SIGN.findall(text)) != text.count("&"):
            return None
        texts = [_SIGN.sub(lambda sign: _SIGNS[sign[0]], one) if "&" in one else one for one in texts]
    return texts
