"""What a file that is no workbook is, by its first bytes, never by its name: a sentence can then say so."""

from __future__ import annotations

import re

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
_HEAD = 4096
_BEGINNINGS = (
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM....\0\0\0\0|II\*\0|MM\0\*|\0\0\x01\0[\x01-\x20]\0|RIFF....WEBP", "a picture"),
    (rb"....ftyp(?:hei|hev|mif|msf|avi)|\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*|<!DOCTYPE[^>]*>\s*)*<svg\b",
     "a picture"),
    (rb"....ftyp|RIFF....(?:WAVE|AVI )|ID3[\x02-\x04]|\xff\xfb|OggS\0|\x1aE\xdf\xa3", "a video or a recording"),
    (rb"\s*%PDF-", "a PDF"),
    (rb"\s*\{\\rtf", "a Word document (.rtf)"),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text", "a text document (.odt)"),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.presentation", "a presentation (.odp)"),
    (rb"\x1f\x8b|7z\xbc\xaf|Rar!\x1a|BZh\d1AY|\xfd7zXZ", "a packed file"),
    (rb"MZ.{1,60}\0\0|\x7fELF", "a program"),
    (rb"SQLite format 3\0|\0\x01\0\0Standard (?:ACE|Jet) DB", "a database"),
)  # fmt: skip
"""How files begin, a dot for any byte; the first that fits says what a file is."""
_KINDS = tuple((re.compile(beginning, re.DOTALL), kind) for beginning, kind in _BEGINNINGS)
_INSIDE_OLE = (
    ("WordDocument", "an old Word document (.doc)"),
    ("PowerPoint Document", "an old PowerPoint file (.ppt)"),
    ("__properties_version1.0", "an email (.msg)"),
)


def other_kind(data: bytes) -> str | None:
    """What a file is that can be neither a workbook nor rows as text, such as `a picture`; None where it may be."""
    if data.startswith(OLE):
        return next((kind for name, kind in _INSIDE_OLE if name.encode("utf-16-le") in data), None)
    return next((kind for beginning, kind in _KINDS if beginning.match(data[:_HEAD])), None)


def looks_like_text(data: bytes) -> bool:
    """Whether a file begins as one of letters does."""
    head = data[:_HEAD]
    return head[:2] in (b"\xff\xfe", b"\xfe\xff") or not any(byte < 9 for byte in head)
