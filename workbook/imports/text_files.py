"""Text files: their encoding, line ends and delimiter are found out, and told in a word."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path

from workbook.model import CannotDo, Value
from workbook.package.file_bytes import side_bytes

DELIMITERS = ",;\t|"
#: A csv file larger than this is no mark sheet.
LARGEST = 200 * 1024 * 1024
_LINES_TO_LOOK_AT = 200
_WORDS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines (|)"}
_NAMES = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows (cp1252)", "mac_roman": "Macintosh (Mac Roman)"}


def read_text(path: Path, encoding: str | None, delimiter: str | None) -> tuple[list[list[Value]], list[str]]:
    """The records of a text file, and what was assumed of it in words; CannotDo where it cannot be read."""
    data = side_bytes(path, "file to import", LARGEST, private=True)
    text, found = decoded(data, path.name, encoding)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # a line that Excel understands
        delimiter, text = delimiter or first.strip()[4], "\n" + rest
    delimiter = delimiter or delimiter_of(text)
    told = [_NAMES.get(found, found), _WORDS.get(delimiter, delimiter)]
    if "\r" in text.replace("\r\n", ""):
        told.append("lines that end as on a Macintosh")
    return parsed_csv(text, delimiter, path.name), told


def decoded(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of a csv file and its encoding. Without ``encoding``: what its first bytes say, else UTF-8, else
    Windows or Macintosh, whichever makes words of it.
    """
    try:
        if encoding:
            return data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding), encoding
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16"), "utf-16"
        if b"\0" in data[:2000]:  # UTF-16 without its mark: every other byte of plain letters is 0
            little = data[1:2000:2].count(0) > data[0:2000:2].count(0)
            return data.decode("utf-16-le" if little else "utf-16-be"), "utf-16"
    except LookupError as error:
        raise CannotDo(f"There is no encoding {encoding}: write utf-8, cp1252 or utf-16.") from error
    except UnicodeError as error:
        raise CannotDo(f"{name} is not text in {encoding or 'utf-16'}: save it as CSV UTF-8.") from error
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        found = min(("cp1252", "mac_roman"), key=lambda one: _oddness(data, one))
        return data.decode(found, errors="replace"), found


def _oddness(data: bytes, encoding: str) -> int:
    """How little a text looks like words when read in an encoding: signs inside words, capitals after small letters."""
    text = data[:200_000].decode(encoding, errors="replace")
    odd = 2 * (encoding == "mac_roman" and b"\r" not in data.replace(b"\r\n", b""))  # with equal evidence: Windows
    odd += 2 * (encoding == "cp1252" and b"\r" in data.replace(b"\r\n", b""))
    for before, letter, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        if ord(letter) < 128:
            continue
        if letter == "\ufffd":
            odd += 20
        elif letter.isalpha():
            odd += 4 * (letter.isupper() and (before.islower() or (before.isalpha() and after.islower())))
            odd += 3 * (before.isdigit() or letter in "ªºƒŸŒœ")
        elif letter in "’‘“”–—…£€•·\u00a0½¼¾°²³×":
            odd += 3 * (letter in "‘“£€½¼¾²³°" and before.isalpha() and after.isalpha())
        else:
            odd += 4
    return odd


def delimiter_of(text: str) -> str:
    """The character that splits lines most evenly; a comma where none does.

    csv.Sniffer is not asked, as it takes letters and spaces of short files for delimiters.
    """
    sample = "\n".join(text[:100_000].splitlines()[:_LINES_TO_LOOK_AT])

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row)
        width, rows = max(((width, rows) for width, rows in counts.items() if width > 1), default=(0, 0), key=_weight)
        return rows, width

    return max(DELIMITERS, key=evenness)


def _weight(counted: tuple[int, int]) -> tuple[int, int]:
    return counted[1], counted[0]


def parsed_csv(text: str, delimiter: str, name: str) -> list[list[Value]]:
    """The records of a csv text; CannotDo, with the line, where a quotation mark is not closed."""
    if len(delimiter) != 1:
        raise CannotDo(f"A delimiter is one character, not {delimiter!r}: correct it in the map.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    limit = csv.field_size_limit(LARGEST)
    try:
        return [list(record) for record in reader]
    except csv.Error as error:
        raise CannotDo(
            f"{name} cannot be taken apart at line {reader.line_num} ({error}): look for a quotation mark that is "
            "not closed."
        ) from error
    finally:
        csv.field_size_limit(limit)
