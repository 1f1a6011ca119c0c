"""What the XML of cells may ask of a reader of values: refused where it asks too much, put right where it stumbles."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from workbook.model.excel import END_OF_DATES
from workbook.model.problem import CannotDo
from workbook.model.tracker import column_letter
from workbook.package.guard import GuardedFile, damaged
from workbook.reading.outline import column_number

#: So many cells a sheet may span without being asked how many it fills; a gigabyte and a half as values.
SPAN = 30_000_000
_CROWD = 20  # and so many for each cell that it fills

# Rows and cells as nearly all are; whatever is not is looked at closer. Two patterns: each is found by its first
# letters.
_UNUSUAL = (
    re.compile(rb'<c(?! r="[A-Z]{1,2}[1-9]\d{0,5}")[\s/>]'),
    re.compile(rb'<row(?! (?:r|[^>]*? r)="[1-9]\d{0,5}")[\s/>]'),
)
#: A row or cell that is not written as Excel writes it, with its address first (a row's anywhere) and in capitals.
_ODD = re.compile(rb'<c(?! r="[A-Z]{1,3}[1-9]\d{0,6}")[\s/>]|<row(?! (?:[^>]*? )?r="[1-9]\d{0,6}")[\s/>]')
#: What a cell holds set apart for people to read, or with remarks, as programs write it that lay out their XML.
_LOOSELY = (b"<!--", *(space + start for space in (b" ", b"\n", b"\t", b"\r") for start in (b"<f", b"<v")))
_LOOSE = re.compile(rb"<!--.*?-->|\s+(?=<[fv][\s>/])", re.DOTALL)
_PREFIXED = re.compile(rb"<(\w+):worksheet[\s>]")
_GIVEN = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_ROW_NUMBER = re.compile(rb'<row [^>]*?\br="(\d+)"')
_CELL_ROW = re.compile(rb'<c r="[A-Z]+(\d+)"')

#: A number that needs no looking after.
PLAIN = rb"\d{1,6}(?:\.\d+)?"
#: What stands behind the address of a computed cell: a formula with its result, which is no error.
RESULT = rb'(?: s="\d+")?+(?: t="(?:str|n)")?+><f(?: aca="\w+")?+>[^<]*+</f><v>[^<]*+</v></c>'
_NOT_PLAIN = re.compile(rb"<v(?:>(?!" + PLAIN + rb"</v>)|\s)")
_VALUE_CELL = re.compile(rb"<c ([^>]*)>(<f[^>]*/>|<f[^>]*>[^<]*</f>|)<v[^>]*>(?!" + PLAIN + rb"</v>)([^<]*)</v>")
_TYPE = re.compile(rb"""\bt\s*=\s*["'](\w*)["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["'][^"']*["']""")


def oddly_spelt(rows: bytes, file: GuardedFile, part: str) -> bool:
    """Whether some row or cell, or what it holds, is not written as Excel writes it; CannotDo for a far one."""
    if any(one in rows for one in _LOOSELY) and _LOOSE.search(rows):
        return True
    if not any(one.search(rows) for one in _UNUSUAL):
        return False
    file.require_near(rows, part)
    return _ODD.search(rows) is not None


def respelt(xml: bytes, file: GuardedFile) -> bytes:
    """The same sheet without namespace prefix, each row and cell with its address first, nothing loose in a cell."""
    prefix = _PREFIXED.search(xml[:4096])
    if prefix:
        xml = re.sub(rb"<(/?)" + prefix.group(1) + rb":", rb"<\1", xml)
    xml = xml.replace(b"<sheetData >", b"<sheetData>")
    if any(one in xml for one in _LOOSELY):
        xml = re.sub(rb"(</[fv]>)\s+(?=</c>)", rb"\1", _LOOSE.sub(b"", xml))
    row, column = 0, 0

    def address(found: re.Match[bytes]) -> bytes:
        nonlocal row, column
        name, attributes = found.group(1), found.group(2)
        given = _GIVEN.search(attributes)
        rest = attributes.replace(given.group(0), b"") if given else attributes
        if name == b"row":
            row, column = (int(given.group(2)[:9]) if given else row + 1), 0
            return b'<row r="%d"%s>' % (row, rest)
        column = column_number(given.group(1).decode().upper()) if given and given.group(1) else column + 1
        if not row:
            raise damaged(file.path)
        return b'<c r="%s%d"%s>' % (column_letter(column).encode(), row, rest)

    return re.sub(rb"<(row|c)(|[\s/][^>]*)>", address, xml)


def letters_to(last_column: int) -> bytes:
    """A pattern for the letters of the columns from A to the one with this number."""
    last = column_letter(last_column)
    shorter = [f"[A-Z]{{1,{len(last) - 1}}}"] if len(last) > 1 else []
    for place, letter in enumerate(last[:-1]):
        if letter > "A":
            shorter.append(f"{last[:place]}[A-{chr(ord(letter) - 1)}][A-Z]{{{len(last) - place - 1}}}")
    return "|".join([*shorter, f"{last[:-1]}[A-{last[-1]}]"]).encode()


@lru_cache(maxsize=1 << 8)
def needless(last_column: int) -> re.Pattern[bytes]:
    """Finds empty cells, cells to the right of a column and cells below the last row that Excel has."""
    last = column_letter(last_column)
    parts = [f"[A-Z]{{{len(last) + 1},3}}"] if len(last) < 3 else []
    for place, letter in enumerate(last):
        if letter < "Z":
            rest = len(last) - place - 1
            parts.append(f"{last[:place]}[{chr(ord(letter) + 1)}-Z]" + (f"[A-Z]{{{rest}}}" if rest else ""))
    letters = "|".join(parts).encode()
    far = rb'r="(?:(?:' + letters + rb')\d+|[A-Z]+\d{7,})"[^>]*>(?:(?!</c>).)*</c>'
    return re.compile(rb"<c (?:[^>]*/>|" + far + rb")", re.DOTALL)


@lru_cache(maxsize=1 << 8)
def usual_rows(letters: bytes, digits: int) -> re.Pattern[bytes]:
    """Matches rows in which every cell is one of these columns, has a number, a shared text or nothing, and no formula.

    ``digits`` is how many a row's number has at most. In such rows nothing is to be put right.
    """
    number = rb'[1-9]\d{0,%d}"' % (digits - 1)
    filled = rb'(?: t="[snb]")?+><v>' + PLAIN + rb"</v></c>"
    cell = rb'<c r="(?:' + letters + rb")" + number + rb'(?: s="\d+")?+(?:/>|' + filled + rb")"
    return re.compile(rb'(?:<row r="' + number + rb"[^>]*+(?:(?<=/)>|(?<!/)>(?:" + cell + rb")*+</row>))*+")


def digits_of_rows(unusual: Sequence[bytes], digits: int) -> int:
    """How many digits the number of a row has at most: in ``unusual`` rows, or so many in the others."""
    last = max((int(row) for piece in unusual for row in _ROW_NUMBER.findall(piece)), default=0)
    return max(digits, len(str(last)))


def lies_close(unusual: Sequence[bytes], digits: int, width: int) -> bool:
    """Whether rows of which this is known cannot fill the memory, however few of their cells are filled."""
    return 10**digits * width <= SPAN and not any(map(_beyond(digits).search, unusual))


def _beyond(digits: int) -> re.Pattern[bytes]:
    return re.compile(rb'<c r="[A-Z]+\d{%d}' % (digits + 1))


def refuse_scattered(
    pieces: Sequence[bytes], unusual: Sequence[bytes], digits: int, width: int, file: GuardedFile, cells: int = 0
) -> None:
    """Raise CannotDo where a few cells lie so far apart that the rectangle around them would fill the memory.

    ``pieces`` are all rows; the ``unusual`` ones among them may say anything, the others stand in rows of at most
    so many ``digits``. So many ``cells`` stand in rows before, which lie close.
    """
    digits = digits_of_rows(unusual, digits)
    if 10**digits * width <= SPAN:
        if any(map(_beyond(digits).search, unusual)):
            raise damaged(file.path)  # cells that say they are in another row
        return
    last = max((int(row) for piece in pieces for row in _CELL_ROW.findall(piece)), default=0)
    if last * width > SPAN and last * width > _CROWD * (cells + sum(piece.count(b"<c ") for piece in pieces)):
        raise CannotDo(
            f"{file.path.name} has a few entries hundreds of thousands of rows apart, so it was not opened: "
            "delete the stray ones (Ctrl+End leads to the last), save, and try again."
        )


def with_plain_values(rows: bytes, file: GuardedFile) -> bytes:
    """The rows with numbers that no date can be (below 0, after 9999) shorn of their format, so that they stay numbers.

    Raises CannotDo where a cell points to a shared text by what is no number.
    """
    if not _NOT_PLAIN.search(rows):
        return rows

    def plain(found: re.Match[bytes]) -> bytes:
        attributes, formula, value = found.groups()
        kind = _TYPE.search(attributes)
        if kind and kind[1] == b"s":
            raise damaged(file.path)
        if kind and kind[1] not in (b"", b"n"):
            return found[0]
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            return b'<c %s t="str">%s<v>%s</v>' % (_TYPE.sub(b"", attributes), formula, value)
        if 0 <= number < END_OF_DATES:
            return found[0]
        return b"<c %s>%s<v>%s</v>" % (_STYLE.sub(b"", attributes), formula, value)

    return _VALUE_CELL.sub(plain, rows)
