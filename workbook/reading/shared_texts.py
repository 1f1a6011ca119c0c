"""The texts that the cells of a workbook share, by their number."""

from __future__ import annotations

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
