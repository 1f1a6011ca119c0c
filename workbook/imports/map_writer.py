"""A map as the TOML that the map reader takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbook.imports.mapping import From, Map, Marks, Rows
from workbook.imports.source import FileOptions
from workbook.imports.who import WHO, Who
from workbook.model import Sheet

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def as_toml(one: Map) -> str:
    """The map in words, so that reading them gives the map again; for maps that bring nothing but rows of the file."""
    lines = [f"about = {_value(f'How {one.name} was read')}", ""]
    if one.answers:
        lines += ["[answers]", *_settings(one.answers), ""]
    file = dict(_file(one.file))
    if file:
        lines += ["[file]", *_settings(file), ""]
    for block in one.rows:
        lines += [*_rows(block), ""]
    return "\n".join(lines).rstrip() + "\n"


def _file(options: FileOptions) -> Iterator[tuple[str, Any]]:
    for key in ("encoding", "delimiter", "sheet"):
        if getattr(options, key):
            yield key, getattr(options, key)
    for key in ("headings_rows", "rows", "dates", "groups", "fill", "says"):
        if getattr(options, key):
            yield key, list(getattr(options, key))
    if options.decimal != ".":
        yield "decimal", options.decimal
    if options.notes:
        yield "notes", "skip"


def _rows(block: Rows) -> Iterator[str]:
    yield "[[rows]]"
    yield f"into = {_value(block.sheet.name)}"
    if block.who:
        yield f"who = {_value(dict(_who(block.who)))}"
    if block.only:
        yield f"only = {_value({heading: list(values) for heading, values in block.only.items()})}"
    if block.same and block.same != block.sheet.unique:
        yield f"same = {_value([block.sheet.by_key[key].header for key in block.same])}"
    if block.only_filled:
        yield "only_filled = true"
    if block.columns:
        yield "[rows.columns]"
        yield from _settings({block.sheet.by_key[key].header: _origin(origin) for key, origin in block.columns.items()})
    if block.marks:
        yield "[rows.marks]"
        yield from _settings(dict(_marks(block.marks)))


def _who(who: Who) -> Iterator[tuple[str, Any]]:
    yield from ((key, getattr(who, key)) for key in WHO if getattr(who, key))
    if who.answers:
        yield "answers", dict(who.answers)


def _origin(origin: From) -> Any:
    told: dict[str, Any] = {}
    if len(origin.columns) > 1:
        told = {"columns": list(origin.columns)} | ({"join": origin.join} if origin.join != " " else {})
    elif origin.columns:
        told = {"column": origin.columns[0]}
    elif origin.constant is not None:
        told = {"is": origin.constant}
    elif origin.number_from:
        told = {"number_from": origin.number_from}
    if origin.split:
        told |= {"split": origin.split, "part": origin.part} | ({"rest": True} if origin.rest else {})
    for key in ("values", "words", "dates", "new"):
        if value := getattr(origin, key):
            told[key] = list(value) if key == "dates" else value
    told |= {key: True for key in ("fractions", "if_blank") if getattr(origin, key)}
    return origin.columns[0] if set(told) == {"column"} else told


def _marks(marks: Marks) -> Iterator[tuple[str, Any]]:
    plain = Marks()
    for key in Marks.__dataclass_fields__:
        value = getattr(marks, key)
        if value != getattr(plain, key):
            yield key, list(value) if isinstance(value, tuple) else value


def _settings(told: Mapping[str, Any]) -> Iterator[str]:
    return (f"{_key(key)} = {_value(value)}" for key, value in told.items())


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(_settings(value)) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def sheets_of(one: Map) -> list[Sheet]:
    """The sheets that a map fills, each once."""
    return list({block.sheet.table: block.sheet for block in one.rows}.values())
