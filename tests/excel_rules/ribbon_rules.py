"""What Office refuses of a ribbon without a word: then the whole tab does not appear.

Sources: [MS-CUSTOMUI] 2.2 (attributes that must not be given together, lengths, key tips, callbacks); the key tips of
Excel's own tabs as Excel for Microsoft 365 shows them when Alt is pressed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
EXCLUDING = (
    ("image", "imageMso", "getImage"),
    *((name, f"get{name[0].upper()}{name[1:]}") for name in (
        "label", "enabled", "visible", "screentip", "supertip", "keytip", "size", "description", "title", "showLabel",
        "showImage", "helperText", "altText", "target", "style", "text", "content")),
    ("getSelectedItemID", "getSelectedItemIndex"),
    ("insertAfterMso", "insertBeforeMso", "insertAfterQ", "insertBeforeQ"),
    ("id", "idMso", "idQ"),
    ("itemWidth", "getItemWidth"), ("itemHeight", "getItemHeight"),
)  # fmt: skip
LONGEST = {"label": 1024, "screentip": 1024, "supertip": 1024, "description": 4096, "tag": 1024, "id": 1024,
           "imageMso": 1024, "keytip": 3}  # fmt: skip
GALLERY_NEEDS = {"getItemLabel": "getItemCount", "getItemID": "getItemCount", "getItemImage": "getItemCount"}
# File, Home, Insert, Page Layout, Formulas, Data, Review, View, Developer, Add-ins, Help, Automate, Draw, Tell me,
# Acrobat, Share, Comments; then the letters of Excel 2003's menus that Alt still opens.
OF_EXCEL = set("F H N P M A R W L X Y Y1 Y2 U J JI Q B ZS ZC ZR ZD".split())
OF_OLD_MENUS = set("DEIOTV")
_IMAGES = Path(__file__).with_name("image_mso.txt")


def images() -> set[str]:
    """The names of Office's own pictures that may be used, from the list with its source."""
    lines = _IMAGES.read_text(encoding="utf-8").splitlines()
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def broken_rules(ribbon: bytes) -> list[str]:
    """A sentence for each rule that a ribbon breaks."""
    root = ElementTree.fromstring(ribbon)
    parents = {child: parent for parent in root.iter() for child in parent}
    found = []
    for one in root.iter():
        kind, name = one.tag.removeprefix(NAMESPACE), one.get("id", "?")
        found += [f"{kind} {name}: {what}" for what in _attributes(one, kind)]
        if kind == "gallery":
            found += [f"{kind} {name}: {what}" for what in _gallery(one)]
        if one.get("size") and parents[one].tag.removeprefix(NAMESPACE) not in ("group", "box"):
            found.append(f"{kind} {name}: size only counts in a group")
    return found + list(_identities(root)) + list(_key_tips(root))


def _attributes(one: ElementTree.Element, kind: str) -> Iterator[str]:
    for group in EXCLUDING:
        given = [name for name in group if name in one.attrib]
        if len(given) > 1:
            yield f"{' and '.join(given)} exclude each other"
    for name, text in one.attrib.items():
        if not text or len(text) > LONGEST.get(name, 1024):
            yield f"{name} has {len(text)} characters"
        if name == "keytip" and not (text.isalnum() and text.isupper() and text.isascii()):
            yield f"key tip {text}"
    if one.get("imageMso", "Help") not in images():
        yield f"imageMso {one.get('imageMso')} is in no list of Office's pictures"
    if kind in ("button", "checkBox", "gallery", "tab", "group") and not {"label", "getLabel"} & set(one.attrib):
        yield "has no label"


def _gallery(one: ElementTree.Element) -> Iterator[str]:
    items = [child for child in one if child.tag == f"{NAMESPACE}item"]
    if items and {"getItemCount", "getItemLabel", "getItemID", "getItemImage"} & set(one.attrib):
        yield "has items of its own and asks for items"
    for asked, needed in GALLERY_NEEDS.items():
        if asked in one.attrib and needed not in one.attrib:
            yield f"{asked} without {needed}"
    if "onAction" not in one.attrib:
        yield "does nothing when an item is chosen"
    kinds = [child.tag.removeprefix(NAMESPACE) for child in one]
    if kinds != sorted(kinds, key=["item", "button"].index):
        yield "has an item behind a button"


def _identities(root: ElementTree.Element) -> Iterator[str]:
    seen: set[str] = set()
    for one in root.iter():
        name = one.get("id")
        if name in seen:
            yield f"{name} is there twice"
        if name and not (name[0].isalpha() and all(letter.isalnum() or letter in "_.-" for letter in name)):
            yield f"{name} is no identifier"
        seen.add(name or "")


def _key_tips(root: ElementTree.Element) -> Iterator[str]:
    """A tab's tip is typed among those of Excel's tabs, a control's among those of its tab."""
    for tab in root.iter(f"{NAMESPACE}tab"):
        tip = tab.get("keytip", "")
        if not tip:
            continue
        if len(tip) < 2:
            yield f"key tip {tip} of the tab: one letter is Excel's to give"
        if tip in OF_EXCEL or tip[0] in {one for one in OF_EXCEL if len(one) == 1} | OF_OLD_MENUS:
            yield f"key tip {tip} of the tab: Excel takes {tip[0]} for a tab or menu of its own"
        tips = [one.get("keytip", "") for one in tab.iter() if one is not tab and one.get("keytip")]
        for place, one in enumerate(tips):
            if any(other.startswith(one) for at, other in enumerate(tips) if at != place):
                yield f"key tip {one} hides another"
