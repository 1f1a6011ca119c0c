"""The tab Mentorbook, declared once in ribbon.xml: the desktop add-in takes it as it is, the web add-in its words."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from xml.etree import ElementTree

_SPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"


@dataclass(frozen=True)
class Button:
    """A button: its id (the deed's name), its words, whether it is large, and what it needs before it is pressed."""

    id: str
    label: str
    title: str
    help: str
    large: bool
    takes_file: bool
    makes_reports: bool


@dataclass(frozen=True)
class Group:
    """A group of buttons with its name."""

    id: str
    label: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Tab:
    """The whole tab: its groups, and the reports that may be chosen (name of the template, words)."""

    id: str
    label: str
    groups: tuple[Group, ...]
    templates: tuple[tuple[str, str], ...]


def text() -> bytes:
    """The declaration as it is written."""
    return (resources.files("addin.ribbon") / "ribbon.xml").read_bytes()


def tab() -> Tab:
    """The declaration as groups of buttons, those within the gallery too."""
    (found,) = ElementTree.fromstring(text()).iter(f"{_SPACE}tab")
    groups = tuple(
        Group(one.attrib["id"], one.attrib["label"], tuple(map(_button, one.iter(f"{_SPACE}button"))))
        for one in found.iter(f"{_SPACE}group")
    )
    items = tuple((one.attrib["id"], one.attrib["label"]) for one in found.iter(f"{_SPACE}item"))
    return Tab(found.attrib["id"], found.attrib["label"], groups, items)


def controls() -> dict[str, str]:
    """The words on every button and box of the tab by its id."""
    root = ElementTree.fromstring(text())
    return {
        one.attrib["id"]: one.attrib["label"] for kind in ("button", "checkBox") for one in root.iter(f"{_SPACE}{kind}")
    }


def _button(one: ElementTree.Element) -> Button:
    told = one.attrib
    return Button(
        told["id"],
        told["label"],
        told["screentip"],
        told["supertip"],
        told.get("size") == "large",
        told["onAction"] == "MentorbookFile",
        told["onAction"] == "MentorbookReport",
    )
