"""How the parts of a package are tied together: the relationships between them, and the list of their types."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import NamedTuple

from workbook.model.problem import CannotDo
from workbook.package import xml_tree as tree

CONTENT_TYPES = "[Content_Types].xml"
"""The part that says what kind of part each part is."""


class Relationship(NamedTuple):
    """A link from one part to another; `target` is a part's full name, or an address when `external`."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """The last word of the type ("worksheet", "chart"), alike in transitional and strict files."""
        return self.type.rsplit("/", 1)[-1]


class ContentTypes:
    """What kind of part each part is, as [Content_Types].xml says."""

    def __init__(self, xml: bytes) -> None:
        self.defaults: dict[str, str] = {}
        self.parts: dict[str, str] = {}
        try:
            root = tree.fromstring(xml)
        except tree.XMLSyntaxError as error:
            raise CannotDo(
                f"The part {CONTENT_TYPES} cannot be read ({error.reason}): open the workbook in Excel and save it "
                "again."
            ) from error
        for element in root:
            if not isinstance(element.tag, str):
                continue
            kind = element.get("ContentType", "")
            if element.get("Extension") is not None:
                self.defaults[element.get("Extension", "").lower()] = kind
            else:
                self.parts[element.get("PartName", "").lstrip("/")] = kind

    def of(self, part: str) -> str:
        """The content type of `part`, "" when none is declared."""
        return self.parts.get(part) or self.defaults.get(part.rsplit(".", 1)[-1].lower(), "")

    def to_xml(self) -> bytes:
        """[Content_Types].xml anew."""
        root = tree.Element("Types", xmlns="http://schemas.openxmlformats.org/package/2006/content-types")
        for extension, kind in self.defaults.items():
            tree.sub_element(root, "Default", Extension=extension, ContentType=kind)
        for part, kind in self.parts.items():
            tree.sub_element(root, "Override", PartName="/" + part, ContentType=kind)
        return tree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def relationships_name(part: str) -> str:
    """The name of the part that holds `part`'s relationships."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def resolve(part: str, target: str) -> str:
    """The full part name of `target` as written in `part`'s relationships."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target.replace("\\", "/")))


def relationships_in(root: tree.Element, part: str) -> list[Relationship]:
    """The links from `part` that its relationships part holds."""
    links = []
    for element in root:
        if isinstance(element.tag, str):
            external = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            links.append(
                Relationship(
                    element.get("Id", ""),
                    element.get("Type", ""),
                    target if external else resolve(part, target),
                    external,
                )
            )
    return links


def relationships_xml(part: str, links: Iterable[Relationship]) -> bytes:
    """The relationships part of `part` anew; inner targets are written from the package's root."""
    root = tree.Element("Relationships", xmlns="http://schemas.openxmlformats.org/package/2006/relationships")
    for link in links:
        target = link.target if link.external else "/" + link.target
        element = tree.sub_element(root, "Relationship", Id=link.id, Type=link.type, Target=target)
        if link.external:
            element.set("TargetMode", "External")
    return tree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
