"""The manifest of the Office add-in, made from the ribbon's declaration, and what Excel is told of the functions.

The order of elements and the lengths are those of Microsoft's reference for the add-in only manifest
(learn.microsoft.com/javascript/api/manifest) and of [MS-OWEMXML].
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from addin import ribbon
from addin.deeds import DEEDS
from addin.functions import declared  # noqa: F401  declares them
from addin.functions.declaring import DECLARED
from workbook import __version__
from workbook.model import CannotDo

APP = "http://schemas.microsoft.com/office/appforoffice/1.1"
OVERRIDES = "http://schemas.microsoft.com/office/taskpaneappversionoverrides"
BASIC = "http://schemas.microsoft.com/office/officeappbasictypes/1.0"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
SIZES = (16, 32, 80)
PANE, FUNCTIONS = "pane.html", "office/functions.json"
NAMESPACE = "MENTORBOOK"
NEEDS = (("SharedRuntime", "1.1"), ("ExcelApi", "1.9"))
NOT_HERE = {
    "as_pdf": "this Excel prints no PDF for an add-in",
    "open_reports": "what you save is in the browser's folder for downloads",
    "next_year": "it makes a whole new tracker beside this one",
    "doctor": "nothing is installed here that could be set up wrongly",
}
"""What of the desktop's tab is not in the web add-in, and why, as the pane says it."""
ONLY_HERE = {"show_pane": "on the desktop the same lists are sheets"}
"""What the web add-in alone has, and why."""
_ABOUT = (
    "The tracker of a progress mentor: finds mistakes and says how to mend them, shows who needs you this week and "
    "why, and makes a report for every learner. The tracker stays in Excel."
)
_SHOW = (
    "show_pane",
    "Lists",
    "Show the lists",
    "Opens the pane beside the sheet: problems, Monday's list, every button.",
)

for _prefix, _uri in (("", APP), ("bt", BASIC), ("ov", OVERRIDES)):
    ElementTree.register_namespace(_prefix, _uri)


def groups() -> Iterator[tuple[ribbon.Group, list[ribbon.Button]]]:
    """Each group of the ribbon with the buttons that work in every Excel, not only on the desktop."""
    for group in ribbon.tab().groups:
        yield group, [one for one in group.buttons if one.id in DEEDS]


def declaration() -> dict[str, Any]:
    """What the pane must know of buttons, reports and functions."""
    told = [
        {
            "id": group.id,
            "label": group.label,
            "buttons": [
                {"id": one.id, "label": one.label.rstrip("…"), "title": one.title, "help": one.help, "large": one.large,
                 "file": one.takes_file, "reports": one.makes_reports}
                for one in buttons
            ],
        }
        for group, buttons in groups()
    ]  # fmt: skip
    absent = [(ribbon.controls()[name], why) for name, why in NOT_HERE.items()]
    return {"groups": told, "templates": ribbon.tab().templates, "functions": list(DECLARED), "absent": absent}


def functions() -> dict[str, Any]:
    """What Excel is told of the worksheet functions: whole ranges in, arrays out."""
    any_range = {"type": "any", "dimensionality": "matrix"}
    return {
        "allowErrorForDataTypeAny": True,
        "functions": [
            {
                "id": one.name,
                "name": one.name,
                "description": one.doc,
                "parameters": [
                    {"name": argument.name, "description": argument.doc, **any_range, "optional": argument.optional}
                    for argument in one.arguments
                ],
                "result": any_range,
            }
            for one in DECLARED.values()
        ],
    }


def manifest(address: str) -> bytes:
    """The manifest for a site at an https address. CannotDo for another kind of address."""
    found = urlsplit(address)
    local = found.scheme == "http" and found.hostname in ("localhost", "127.0.0.1")
    if (not (found.scheme == "https" and found.hostname) and not local) or found.query or found.fragment:
        raise CannotDo(
            f"{address} is no address for an Office add-in: give the https address of the folder that the site is in, "
            "such as https://mentorbook.college.ac.uk/."
        )
    return _Manifest(address.rstrip("/") + "/").bytes()


class _Manifest:
    """One manifest, and the words and addresses that it names once each."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.strings: dict[str, dict[str, str]] = {"Images": {}, "Urls": {}, "ShortStrings": {}, "LongStrings": {}}

    def bytes(self) -> bytes:
        root = Element(f"{{{APP}}}OfficeApp", {TYPE: "TaskPaneApp"})
        self._about(root)
        over = SubElement(root, f"{{{OVERRIDES}}}VersionOverrides", {TYPE: "VersionOverridesV1_0"})
        host = _in(_in(over, "Hosts"), "Host", {TYPE: "Workbook"})
        pane = self._word("Urls", "pane", self.address + PANE)
        _in(_in(host, "Runtimes"), "Runtime", {"resid": pane, "lifetime": "long"})
        self._functions(_in(host, "AllFormFactors"), pane)
        desktop = _in(host, "DesktopFormFactor")
        _in(desktop, "FunctionFile", {"resid": pane})
        self._tab(_in(desktop, "ExtensionPoint", {TYPE: "PrimaryCommandSurface"}), pane)
        resources = _in(over, "Resources")
        for kind, words in self.strings.items():
            held = SubElement(resources, f"{{{BASIC}}}{kind}")
            one = kind.removesuffix("s") if kind in ("Images", "Urls") else "String"
            for name, value in words.items():
                SubElement(held, f"{{{BASIC}}}{one}", {"id": name, "DefaultValue": value})
        ElementTree.indent(root)
        text: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
        # Office's own manifests declare this space on the element itself, and so do all that Office is tried with.
        text = text.replace(f' xmlns:ov="{OVERRIDES}"'.encode(), b"").replace(b"<ov:", b"<").replace(b"</ov:", b"</")
        return text.replace(b"<VersionOverrides ", f'<VersionOverrides xmlns="{OVERRIDES}" '.encode(), 1) + b"\n"

    def _about(self, root: Element) -> None:
        version = [*re.findall(r"\d+", __version__)[:4], "0", "0", "0"][:4]
        icon = f"{self.address}office/icons/mentorbook-"
        texts = {
            "Id": str(uuid.uuid5(uuid.NAMESPACE_URL, self.address)),  # each college's own, and always the same
            "Version": ".".join(version), "ProviderName": "Mentorbook", "DefaultLocale": "en-GB",
        }  # fmt: skip
        values = {
            "DisplayName": "Mentorbook", "Description": _ABOUT, "IconUrl": f"{icon}32.png",
            "HighResolutionIconUrl": f"{icon}64.png", "SupportUrl": self.address,
        }  # fmt: skip
        for name, text in texts.items():
            SubElement(root, f"{{{APP}}}{name}").text = text
        for name, value in values.items():
            SubElement(root, f"{{{APP}}}{name}", {"DefaultValue": value})
        SubElement(SubElement(root, f"{{{APP}}}Hosts"), f"{{{APP}}}Host", {"Name": "Workbook"})
        sets = SubElement(SubElement(root, f"{{{APP}}}Requirements"), f"{{{APP}}}Sets", {"DefaultMinVersion": "1.1"})
        for name, least in NEEDS:
            SubElement(sets, f"{{{APP}}}Set", {"Name": name, "MinVersion": least})
        settings = SubElement(root, f"{{{APP}}}DefaultSettings")
        SubElement(settings, f"{{{APP}}}SourceLocation", {"DefaultValue": self.address + PANE})
        SubElement(root, f"{{{APP}}}Permissions").text = "ReadWriteDocument"

    def _functions(self, factors: Element, pane: str) -> None:
        point = _in(factors, "ExtensionPoint", {TYPE: "CustomFunctions"})
        script = self._word("Urls", "functions.script", self.address + "office/pane.js")
        data = self._word("Urls", "functions.json", self.address + FUNCTIONS)
        for name, where in (("Script", script), ("Page", pane), ("Metadata", data)):
            _in(_in(point, name), "SourceLocation", {"resid": where})
        _in(point, "Namespace", {"resid": self._word("ShortStrings", "namespace", NAMESPACE)})

    def _tab(self, point: Element, pane: str) -> None:
        tab = ribbon.tab()
        drawn = _in(point, "CustomTab", {"id": tab.id})
        for group, buttons in groups():
            held = _in(drawn, "Group", {"id": group.id})
            _in(held, "Label", {"resid": self._word("ShortStrings", f"{group.id}.l", group.label)})
            self._icon(held, "mentorbook")
            for one in buttons:
                self._button(held, one.id, one.label.rstrip("…"), one.title, one.help, None)
            if group.id == "group_check":
                self._button(held, *_SHOW, pane)
        _in(drawn, "Label", {"resid": self._word("ShortStrings", "tab.l", tab.label)})

    def _button(self, held: Element, name: str, label: str, title: str, told: str, pane: str | None) -> None:
        control = _in(held, "Control", {TYPE: "Button", "id": name})
        _in(control, "Label", {"resid": self._word("ShortStrings", f"{name}.l", label)})
        tip = _in(control, "Supertip")
        _in(tip, "Title", {"resid": self._word("ShortStrings", f"{name}.t", title)})
        _in(tip, "Description", {"resid": self._word("LongStrings", f"{name}.d", told)})
        self._icon(control, name)
        action = _in(control, "Action", {TYPE: "ShowTaskpane" if pane else "ExecuteFunction"})
        if pane:
            _in(action, "TaskpaneId").text = "mentorbook"
            _in(action, "SourceLocation", {"resid": pane})
        else:
            _in(action, "FunctionName").text = name

    def _icon(self, held: Element, name: str) -> None:
        icon = _in(held, "Icon")
        for size in SIZES:
            where = self._word("Images", f"{name}.{size}", f"{self.address}office/icons/{name}-{size}.png")
            SubElement(icon, f"{{{BASIC}}}Image", {"size": str(size), "resid": where})

    def _word(self, kind: str, name: str, value: str) -> str:
        self.strings[kind][name] = value
        return name


def _in(held: Element, name: str, attributes: dict[str, str] | None = None) -> Element:
    return SubElement(held, f"{{{OVERRIDES}}}{name}", attributes or {})


def written(told: dict[str, Any]) -> str:
    """JSON as it stands in a file of the site."""
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
