"""The maps there are: those that come with the product, and a mentor's own file."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

from workbook.imports.map_reader import map_of
from workbook.imports.mapping import Map
from workbook.imports.words import nearest
from workbook.model import CannotDo
from workbook.package.file_bytes import side_bytes


def shipped_maps() -> dict[str, str]:
    """The maps that come with the product: name and text."""
    folder = resources.files("workbook.imports") / "maps"
    return {
        one.name.removesuffix(".toml"): one.read_text(encoding="utf-8")
        for one in folder.iterdir()
        if one.name.endswith(".toml")
    }


def read_map(path: Path, into: str | None = None) -> Map:
    """The map in a file, or the shipped one of that name; ``into`` is the sheet of rows that name none.

    Raises CannotDo, naming what is near, for anything in it that is not known.
    """
    if path.exists():
        try:
            text = side_bytes(path, "map").decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeError as error:
            raise CannotDo(f"{path.name} cannot be read as a map: save it as plain text (UTF-8).") from error
    else:
        shipped = shipped_maps()
        if path.name.removesuffix(".toml") not in shipped:
            raise CannotDo(f"There is no map {path}{nearest(path.name, shipped)}.")
        text = shipped[path.name.removesuffix(".toml")]
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CannotDo(f"The map {path.name} is not TOML: {error}.") from error
    return map_of(told, path.name, into)
