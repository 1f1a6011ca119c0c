"""The manifest of the Office add-in and what Excel is told of the functions, by the rules of Microsoft's reference.

Microsoft's own check is a service on the web, and its schema is not to be had as a file.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from addin import ribbon
from addin.deeds import DEEDS
from addin.functions.declaring import DECLARED
from addin.web import manifest as manifest_module
from addin.web.manifest import NOT_HERE, ONLY_HERE, functions, manifest
from tests.commands.run import refused, run
from workbook.model import CannotDo

ADDRESS = "https://mentorbook.college.ac.uk/tracker/"
SITE = Path(__file__).resolve().parents[2] / "addin" / "web" / "site"
APP = "{http://schemas.microsoft.com/office/appforoffice/1.1}"
OVER = "{http://schemas.microsoft.com/office/taskpaneappversionoverrides}"
BASIC = "{http://schemas.microsoft.com/office/officeappbasictypes/1.0}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"

# learn.microsoft.com/javascript/api/manifest: the order of an add-in's elements, and of those in the overrides.
ORDER = {
    "OfficeApp": "Id AlternateId Version ProviderName DefaultLocale DisplayName Description IconUrl "
    "HighResolutionIconUrl SupportUrl AppDomains Hosts Requirements DefaultSettings Permissions VersionOverrides",
    "VersionOverrides": "Description Requirements Hosts Resources",
    "Host": "Runtimes AllFormFactors DesktopFormFactor",
    "DesktopFormFactor": "GetStarted FunctionFile ExtensionPoint",
    "ExtensionPoint": "Script Page Metadata Namespace CustomTab",
    "CustomTab": "Group Label",
    "Group": "Label Icon Control",
    "Control": "Label Supertip Icon Action",
    "Supertip": "Title Description",
    "Action": "TaskpaneId SourceLocation FunctionName",
    "Resources": "Images Urls ShortStrings LongStrings",
}


@pytest.fixture(scope="module")
def root() -> Element:
    return ElementTree.fromstring(manifest(ADDRESS))


def plain(one: Element) -> str:
    return one.tag.partition("}")[2]


def test_elements_stand_in_microsofts_order(root: Element) -> None:
    for one in root.iter():
        names = [plain(child) for child in one]
        wanted = ORDER.get(plain(one), "").split()
        if wanted:
            assert set(names) <= set(wanted) and names == sorted(names, key=wanted.index), plain(one)


def test_words_and_addresses_are_named_once_and_fit(root: Element) -> None:
    (resources,) = root.iter(f"{OVER}Resources")
    kinds = {plain(kind): {one.attrib["id"]: one.attrib["DefaultValue"] for one in kind} for kind in resources}
    known = {name: value for words in kinds.values() for name, value in words.items()}
    assert sum(map(len, resources)) == len(known), "an id is there twice"
    assert all(len(name) <= 32 for name in known), "an id of a resource has at most 32 characters"
    assert all(len(value) <= 125 for value in kinds["ShortStrings"].values())
    assert all(len(value) <= 250 for value in kinds["LongStrings"].values())
    used = {one.attrib["resid"] for one in root.iter() if "resid" in one.attrib}
    assert used == set(known), "every resource is used, and every one that is used is there"
    for one in root.iter():
        if plain(one) in ("Label", "Title", "Namespace") and "resid" in one.attrib:
            assert one.attrib["resid"] in kinds["ShortStrings"], one.attrib
    assert all(value.startswith(ADDRESS) for kind in ("Images", "Urls") for value in kinds[kind].values())
    for name, most in (("DisplayName", 125), ("Description", 250)):
        (one,) = root.iter(f"{APP}{name}")
        assert 0 < len(one.attrib["DefaultValue"]) <= most


def test_one_runtime_serves_pane_buttons_and_functions(root: Element) -> None:
    """The shared runtime: all three must name the same page, and it lives long."""
    (runtime,) = root.iter(f"{OVER}Runtime")
    page = root.find(f".//{OVER}Page/{OVER}SourceLocation")
    file = root.find(f".//{OVER}FunctionFile")
    assert page is not None and file is not None and runtime.attrib["lifetime"] == "long"
    assert runtime.attrib["resid"] == page.attrib["resid"] == file.attrib["resid"]
    sets = {one.attrib["Name"]: one.attrib["MinVersion"] for one in root.iter(f"{APP}Set")}
    assert sets == {"SharedRuntime": "1.1", "ExcelApi": "1.9"}


def test_what_it_points_to_is_in_the_site(root: Element) -> None:
    made = {"office/functions.json"}  # by the build
    for one in root.iter():
        value = one.attrib.get("DefaultValue", "")
        if value.startswith(ADDRESS) and value != ADDRESS:
            name = value.removeprefix(ADDRESS)
            assert name in made or (SITE / name).is_file(), name
    for icon in root.iter(f"{OVER}Icon"):
        assert [one.attrib["size"] for one in icon] == ["16", "32", "80"]


def test_groups_and_words_are_those_of_the_desktops_tab(root: Element) -> None:
    words = {one.attrib["id"]: one.attrib["DefaultValue"] for one in root.iter(f"{BASIC}String")}

    def word(of: Element, path: str) -> str:
        found = of.find(path)
        assert found is not None
        return words[found.attrib["resid"]]

    shown = {
        word(group, f"{OVER}Label"): [
            (one.attrib["id"], word(one, f"{OVER}Label"), word(one, f".//{OVER}Description"))
            for one in group.iter(f"{OVER}Control")
            if one.attrib["id"] != "show_pane"
        ]
        for group in root.iter(f"{OVER}Group")
    }
    desktop = {
        group.label: [(one.id, one.label.rstrip("…"), one.help) for one in group.buttons if one.id in DEEDS]
        for group in ribbon.tab().groups
    }
    assert shown == desktop
    ids = [one.attrib["id"] for one in root.iter() if plain(one) in ("CustomTab", "Group", "Control")]
    assert len(ids) == len(set(ids))
    calls = [one.text for one in root.iter(f"{OVER}FunctionName")]
    assert set(calls) == set(DEEDS)


def test_what_each_host_leaves_out_is_listed_with_its_reason(root: Element) -> None:
    """Every button and box of the one tab is in the other, or in the list of what is not; the docs say the same."""
    pane = (Path(manifest_module.__file__).parent / "site" / "office" / "pane.js").read_text("utf-8")
    boxes = set(re.findall(r'\["(\w+)", "[^"]+"\]', pane[pane.index("const BOXES") : pane.index("const chosen")]))
    web = {one.attrib["id"] for one in root.iter(f"{OVER}Control")} | {*DEEDS} | boxes
    desktop = {"sheets" if one == "as_sheets" else one for one in ribbon.controls()}
    assert desktop - web == set(NOT_HERE) and web - desktop == set(ONLY_HERE)
    docs = (Path(__file__).parents[2] / "docs" / "for-it.md").read_text("utf-8")
    for name, why in NOT_HERE.items():
        assert f"| {ribbon.controls()[name]} | {why} |" in docs
    for why in ONLY_HERE.values():
        assert why in docs


def test_version_and_id(root: Element) -> None:
    assert re.fullmatch(r"\d{1,5}(\.\d{1,5}){3}", root.findtext(f"{APP}Version") or "")
    mine = root.findtext(f"{APP}Id")
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", mine or "")
    assert manifest(ADDRESS) == manifest(ADDRESS.rstrip("/")), "the same site has the same manifest"
    other = ElementTree.fromstring(manifest("https://elsewhere.example/"))
    assert other.findtext(f"{APP}Id") != mine


@pytest.mark.parametrize(
    "address", ["http://college.ac.uk/", "college.ac.uk", "https://", "https://a.b/?x=1", "file:///C:/site"]
)
def test_an_address_that_excel_would_not_take_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="https address"):
        manifest(address)
    assert "https address" in refused(run("web", "build", "--out", tmp_path / "site", "--address", address))
    assert not (tmp_path / "site").exists()


def test_excel_is_told_of_each_function_by_its_own_rules() -> None:
    """Names, types and texts as learn.microsoft.com/office/dev/add-ins/excel/custom-functions-json wants them."""
    told = functions()
    assert told["allowErrorForDataTypeAny"] is True, (
        "else a function is not called where a cell of its ranges is an error"
    )
    assert [one["id"] for one in told["functions"]] == list(DECLARED)
    for one in told["functions"]:
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9_.]{2,}", one["name"]) and one["description"]
        assert one["result"] == {"type": "any", "dimensionality": "matrix"}
        optional = [argument["optional"] for argument in one["parameters"]]
        assert optional == sorted(optional), "what may be left out stands last"
        assert all(argument["description"] and argument["dimensionality"] == "matrix" for argument in one["parameters"])
