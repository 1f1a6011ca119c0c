"""Picture placeholders: a picture whose alternative text is a token, `{{college.logo}}`, takes the college's picture.

The picture is put in once, before the template is compiled, and is then carried like any other. It is fitted into
the placeholder's box without being stretched.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from workbook.model import CannotDo
from workbook.package.parts import Package
from workbook.package.relationships import (
    CONTENT_TYPES,
    ContentTypes,
    Relationship,
    relationships_name,
    relationships_xml,
)
from workbook.reports.engine.markup import Element, add, child, document, named, parse
from workbook.reports.engine.tokens import tokens_in

_WHOLE = 100_000
"""All of a side, in thousandths of a percent."""
_JPEG_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""The JPEG segments that hold the picture's size."""


def with_pictures(package: Package, pictures: Mapping[str, bytes]) -> Package:
    """The template with its placeholders filled; `pictures` are PNG or JPEG files by the token's name.

    Raises CannotDo when a picture is neither.
    """
    changed: dict[str, bytes] = {}
    types = ContentTypes(package.read(CONTENT_TYPES))
    for part in (name for name in package.names if name.startswith("xl/drawings/") and name.endswith(".xml")):
        root = parse(package.read(part), part)
        links = package.relationships(part)
        before = len(links)
        for picture in named(root, "pic"):
            name = _placeholder(picture)
            if name in pictures:
                ending, size = _kind(pictures[name], name)
                target = f"xl/media/{name.replace('.', '_')}.{ending}"
                types.defaults.setdefault(ending, f"image/{'jpeg' if ending == 'jpg' else ending}")
                changed[target] = pictures[name]
                links.append(Relationship(f"rIdPicture{len(links)}", _image_type(links), target))
                _show(picture, links[-1].id, size, name)
        if len(links) > before:
            changed[part] = document(root)
            changed[relationships_name(part)] = relationships_xml(part, links)
    if not changed:
        return package
    changed[CONTENT_TYPES] = types.to_xml()
    return package.anew(changed)


def _placeholder(picture: Element) -> str:
    """The name of the token that is the picture's alternative text, or ""."""
    for properties in named(picture, "cNvPr"):
        tokens = tokens_in(properties.get("descr", ""))
        if len(tokens) == 1 and properties.get("descr", "").strip() == tokens[0].written:
            return tokens[0].name
    return ""


def _image_type(links: list[Relationship]) -> str:
    return next(link.type for link in links if link.kind == "image")


def _kind(content: bytes, name: str) -> tuple[str, tuple[int, int]]:
    """The ending and the size in pixels of a picture file."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > 24:
        width, height = struct.unpack(">2I", content[16:24])
        return "png", (width, height)
    if content.startswith(b"\xff\xd8"):
        at = 2
        while at + 9 < len(content):
            mark, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
            if mark in _JPEG_SIZES:
                height, width = struct.unpack(">2H", content[at + 5 : at + 9])
                return "jpg", (width, height)
            at += 2 + length
    raise CannotDo(f"The picture for {name} is neither a PNG nor a JPEG file: save it as one of them.")


def _show(picture: Element, link: str, size: tuple[int, int], name: str) -> None:
    """Let the placeholder show the picture, whole and centred in its box."""
    for properties in named(picture, "cNvPr"):
        properties.set("descr", name.rsplit(".", 1)[-1].replace("_", " ").capitalize())
    for blip in named(picture, "blip"):
        for attribute in [key for key in blip.attrib if str(key).endswith("}embed")]:
            blip.set(attribute, link)
        for inner in list(blip):
            blip.remove(inner)
    extents = named(picture, "ext")
    width, height = (float(extents[0].get(side) or 0) for side in ("cx", "cy")) if extents else (0.0, 0.0)
    for fill in named(picture, "stretch"):
        rectangle = child(fill, "fillRect")
        rectangle = add(fill, "fillRect") if rectangle is None else rectangle
        rectangle.attrib.clear()
        if width and height and all(size):
            scale = min(width / size[0], height / size[1])
            for sides, box, length in (("lr", width, size[0]), ("tb", height, size[1])):
                spare = round((1 - scale * length / box) / 2 * _WHOLE)
                for side in sides if spare > 0 else "":
                    rectangle.set(side, str(spare))
