"""Ways to spoil a file: its bytes, its zip, its XML, its values and headings, its encoding. Each takes what it changes
and a source of chance, and gives the spoilt bytes; the same chance gives the same bytes.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Callable
from random import Random

Mutator = Callable[[bytes, Random], bytes]

ODD_VALUES = (
    "", "-1", "0", "1048577", "99999999999", "1E15", "-1E15", "1E308", "-1E400", "NaN", "INF", "true", "é", "ZZZZZ1",
    "XFE1", "A1048577", "A0", "$A$1", "A1:ZZZZ9", "A:A", "1:1", "B2:A1", "../../x", "/abs", "#REF!", "s", "zzz",
    "{{learner.first_name}}", "{{if x}}", "=1+1", "0027-02-30", "9999-12-31", "&amp;&lt;", "x" * 40_000,
    "\u202e\u0000\ud7ff", "\U0001f4a5" * 50, "rId999", "xl/none.xml",
)  # fmt: skip
ODD_NAMES = (
    "../../evil.txt", "/abs.txt", "xl/workbook.xml", "XL/WORKBOOK.XML", "xl\\a.xml", "a/", "é/ü.xml", "x" * 300, "C:x",
)  # fmt: skip
ODD_TEXTS = (
    "",
    " ",
    "Learner ID",
    "LEARNER ID",
    "Surname",
    "APL 1",
    "\ufeffID",
    "=cmd()",
    "a\nb",
    "\u00a0",
    "0027-01-01",
)
ENCODINGS = ("utf-16", "utf-16-le", "utf-8-sig", "cp1252", "mac_roman", "cp850", "utf-32", "shift_jis", "utf-7")
_DAY = (1980, 1, 1, 0, 0, 0)


def _bytes_changed(data: bytes, chance: Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
    return bytes(spoilt)


def _bytes_cut(data: bytes, chance: Random) -> bytes:
    at, to = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    return chance.choice((data[:at], data[:at] + data[to:], data[:to] + data[at:to] + data[to:], data[at:]))


def _bytes_put_in(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.choice((b"\0" * 4000, chance.randbytes(40), b"PK\3\4", b"PK\5\6" + bytes(18))) + data[at:]


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a whole workbook by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def together(parts: dict[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    """A workbook of these parts; a list may name one twice."""
    whole = io.BytesIO()
    warnings.filterwarnings("ignore", "Duplicate name")
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, data in parts.items() if isinstance(parts, dict) else parts:
            book.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _part_gone(data: bytes, chance: Random) -> bytes:
    parts = parts_of(data)
    del parts[chance.choice(list(parts))]
    return together(parts)


def _part_renamed(data: bytes, chance: Random) -> bytes:
    parts = list(parts_of(data).items())
    at = chance.randrange(len(parts))
    new = (chance.choice(ODD_NAMES), parts[at][1])
    return together([*parts, new] if chance.random() < 0.5 else [*parts[:at], new, *parts[at + 1 :]])


def _parts_swapped(data: bytes, chance: Random) -> bytes:
    parts = parts_of(data)
    one, other = chance.choice(list(parts)), chance.choice(list(parts))
    parts[one], parts[other] = parts[other], parts[one]
    return together(parts)


def _part_replaced(data: bytes, chance: Random) -> bytes:
    parts = parts_of(data)
    hostile = (
        b"",
        b"\0" * 40_000_000,
        b"<a/>",
        b"<?xml version='1.0'?>" + b"<a>" * 5_000,
        chance.randbytes(900),
        b"\xff\xfe<\0a\0",
    )
    parts[chance.choice(list(parts))] = chance.choice(hostile)
    return together(parts)


def _directory_lies(data: bytes, chance: Random) -> bytes:
    """Another size, check, method, flag or place in the list of parts."""
    spoilt = bytearray(data)
    entries = [found.start() for found in re.finditer(rb"PK\x01\x02", data)]
    at = chance.choice(entries) + chance.choice((8, 10, 16, 20, 24, 28, 42))
    struct.pack_into(
        "<H" if at % 2 == 0 and chance.random() < 0.3 else "<I", spoilt, at, chance.choice((0, 1, 9, 0xFFFF, 60_000))
    )
    return bytes(spoilt)


def _in_xml(change: Callable[[str, Random], str], only: str = "") -> Mutator:
    """A change to the text of one XML part that has what is to be changed."""

    def mutate(data: bytes, chance: Random) -> bytes:
        parts = parts_of(data)
        names = [name for name in parts if name.endswith((".xml", ".rels", ".vml")) and only in name and parts[name]]
        for name in chance.sample(names, len(names)):
            changed = change(parts[name].decode(errors="replace"), chance).encode("utf-8", "surrogatepass")
            if changed != parts[name]:
                return together({**parts, name: changed})
        return data

    return mutate


def _somewhere(pattern: str, new: Callable[[re.Match[str], Random], str]) -> Callable[[str, Random], str]:
    found_by = re.compile(pattern)

    def change(text: str, chance: Random) -> str:
        found = list(found_by.finditer(text, 0, 400_000))
        if not found:
            return text
        one = chance.choice(found)
        return text[: one.start()] + new(one, chance) + text[one.end() :]

    return change


def _value(chance: Random) -> str:
    return chance.choice(ODD_VALUES).replace('"', "").replace("<", "")


def _xml_encoding(text: str, chance: Random) -> str:
    head = chance.choice(
        ('<?xml version="1.0" encoding="utf-16"?>', "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<?xml version='1.1'?>", "\ufeff")
    )
    return head + re.sub(r"^<\?xml[^>]*\?>", "", text)


def _prefixed(text: str, chance: Random) -> str:
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text).replace("xmlns=", "xmlns:x=", 1)


_ELEMENT, _ATTRIBUTE = r"<(\w[\w:]*)\b[^>]*?(?:/>|>[^<]*</\1>)", r'(?<= )([\w:]+)="[^"]*"'
_TAGS = ("<a", "<c", "<row", "<f", "<x:c", "<")


def _odd_attribute(found: re.Match[str], chance: Random) -> str:
    return f'{found[1]}="{_value(chance)}"'


def _odd_heading(_: re.Match[str], chance: Random) -> str:
    return f'="{chance.choice(ODD_TEXTS)}"'


WORKBOOK: dict[str, Mutator] = {
    "bytes changed": _bytes_changed,
    "bytes cut": _bytes_cut,
    "bytes put in": _bytes_put_in,
    "part gone": _part_gone,
    "part renamed": _part_renamed,
    "parts swapped": _parts_swapped,
    "part replaced": _part_replaced,
    "directory lies": _directory_lies,
    "element gone": _in_xml(_somewhere(_ELEMENT, lambda *_: "")),
    "element twice": _in_xml(_somewhere(_ELEMENT, lambda found, _: found[0] * 2)),
    "tag changed": _in_xml(_somewhere(r"<\w[\w:]*", lambda _, chance: chance.choice(_TAGS))),
    "attribute odd": _in_xml(_somewhere(_ATTRIBUTE, _odd_attribute)),
    "attribute odd in a sheet": _in_xml(_somewhere(_ATTRIBUTE, _odd_attribute), "sheet"),
    "attribute gone": _in_xml(_somewhere(r' [\w:]+="[^"]*"', lambda *_: "")),
    "value odd": _in_xml(_somewhere(r"<v>[^<]*</v>", lambda _, chance: f"<v>{_value(chance)}</v>"), "sheet"),
    "text odd": _in_xml(_somewhere(r"<t\b[^>]*>[^<]*</t>", lambda _, chance: f"<t>{_value(chance)}</t>")),
    "formula odd": _in_xml(_somewhere(r"<f\b[^>]*>[^<]*</f>", lambda _, one: f"<f>{_value(one)}</f>"), "sheet"),
    "heading odd": _in_xml(_somewhere(r'(?<= name)="[^"]*"', _odd_heading), "table"),
    "encoding odd": _in_xml(_xml_encoding),
    "prefixes": _in_xml(_prefixed),
}  # fmt: skip


def _text_changed(data: bytes, chance: Random) -> bytes:
    text = data.decode()
    at, to = sorted((chance.randrange(len(text)), chance.randrange(len(text))))
    odd = chance.choice((*ODD_VALUES, *ODD_TEXTS, '"', "\r", "\0", ",", ";" * 50, "[[", "]]", "'''", "\n" * 500))
    return chance.choice((text[:at] + odd + text[at:], text[:at] + odd + text[to:], text[:at])).encode(
        "utf-8", "replace"
    )


def _text_encoded(data: bytes, chance: Random) -> bytes:
    return data.decode().encode(chance.choice(ENCODINGS), "replace")


def _line_ends(data: bytes, chance: Random) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r", b"\r\n", b"\r\r\n", b"\x85", b"\x0b", "\u2028".encode())))


def _delimiters(data: bytes, chance: Random) -> bytes:
    return data.replace(b",", chance.choice((b";", b"\t", b"|", b" ", b",,", b'","')))


def _words_moved(data: bytes, chance: Random) -> bytes:
    words = re.split(rb"([,\n\"=\[\]])", data)
    one, other = chance.randrange(len(words)), chance.randrange(len(words))
    words[one], words[other] = words[other], words[one]
    return b"".join(words)


TEXT: dict[str, Mutator] = {
    "bytes changed": _bytes_changed,
    "bytes cut": _bytes_cut,
    "text changed": _text_changed,
    "encoded otherwise": _text_encoded,
    "other line ends": _line_ends,
    "other delimiters": _delimiters,
    "words moved": _words_moved,
}
