"""The ribbon: every callback exists with the signature Excel calls it by, and what a press asks of Python."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree

from addin import ribbon
from addin.desktop.xlam import package
from tests.addin.vba_host import Control, Excel, sources
from tests.excel_rules.ribbon_rules import broken_rules

NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
CONTROL = "control As IRibbonControl"
# Source: [MS-CUSTOMUI] and Microsoft's list of callback signatures for VBA.
SIGNATURES = {
    ("customUI", "onLoad"): "ribbon As IRibbonUI",
    ("button", "onAction"): CONTROL,
    ("checkBox", "onAction"): f"{CONTROL}, pressed As Boolean",
    ("checkBox", "getPressed"): f"{CONTROL}, ByRef returnedVal",
    ("gallery", "onAction"): f"{CONTROL}, id As String, index As Integer",
    ("gallery", "getLabel"): f"{CONTROL}, ByRef returnedVal",
    ("gallery", "getSelectedItemIndex"): f"{CONTROL}, ByRef returnedVal",
}
GROUPS = {
    "Check": "check",
    "Progress": "update_flags",
    "Reports": "report_learner",
    "Data": "import_file",
    "Help": "guide",
}
"""The groups in order, and the button that each begins with."""


@pytest.fixture(scope="module")
def tree() -> ElementTree.Element:
    return ElementTree.fromstring(ribbon.text())


def kind(element: ElementTree.Element) -> str:
    return element.tag.removeprefix(NAMESPACE)


def test_the_addin_holds_the_ribbon_as_written_and_its_package_points_to_it(xlam: Path) -> None:
    with zipfile.ZipFile(xlam) as file:
        assert file.read("customUI/customUI14.xml") == ribbon.text()
        links = file.read("_rels/.rels").decode()
    assert re.search(r'Type="[^"]*/2007/relationships/ui/extensibility" Target="/customUI/customUI14.xml"', links)


def test_no_rule_of_offices_is_broken() -> None:
    assert broken_rules(ribbon.text()) == []


def test_the_schema_accepts_the_ribbon(shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(shared / "data" / "customui14.xsd")))
    assert schema.validate(etree.fromstring(ribbon.text())), schema.error_log


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('<gallery id="template"', '<gallery id="template" label="Template"', "label and getLabel exclude each other"),
        ('id="check" label', 'id="check" getImage="A" label', "imageMso and getImage exclude each other"),
        ('id="check" label', 'id="check" enabled="true" getEnabled="A" label', "enabled and getEnabled exclude"),
        ('insertAfterMso="TabHome"', 'insertAfterMso="TabHome" insertBeforeMso="TabInsert"', "exclude each other"),
        ('keytip="KM"', 'keytip="M"', "one letter is Excel's to give"),
        ('keytip="KM"', 'keytip="MB"', "Excel takes M for a tab or menu of its own"),
        ('keytip="RL"', 'keytip="R"', "key tip R hides another"),
        ('imageMso="FlagToday"', 'imageMso="FlagTomorrow"', "is in no list"),
        ('label="Everyone"', f'label="{"E" * 1025}"', "label has 1025 characters"),
        ('id="backup"', 'id="restore"', "restore is there twice"),
        ('getLabel="MentorbookTemplateLabel"', 'getLabel="A" getItemCount="B"', "items of its own and asks for items"),
    ],
)
def test_each_rule_finds_its_fault(old: str, new: str, said: str) -> None:
    written = ribbon.text()
    assert written.count(old.encode()) >= 1
    assert any(said in one for one in broken_rules(written.replace(old.encode(), new.encode(), 1)))


def test_every_callback_exists_with_the_right_signature(tree: ElementTree.Element, xlam: Path) -> None:
    source = sources(xlam)["Mentorbook"]
    asked = 0
    for element in tree.iter():
        for attribute, procedure in element.attrib.items():
            if attribute.startswith(("on", "get")):
                expected = f"Public Sub {procedure}({SIGNATURES[kind(element), attribute]})"
                assert re.search(f"^{re.escape(expected)}$", source, re.MULTILINE), expected
                asked += 1
    assert asked > 20


def test_groups_and_buttons_are_those_of_a_mentors_day(tree: ElementTree.Element) -> None:
    groups = {
        group.get("label"): [one.get("id") for one in group.iter(f"{NAMESPACE}button")]
        for group in tree.iter(f"{NAMESPACE}group")
    }
    assert list(groups) == list(GROUPS) and {label: ids[0] for label, ids in groups.items()} == GROUPS
    every = [one for ids in groups.values() for one in ids]
    assert len(set(every)) == len(every)


def test_every_template_of_the_gallery_is_shipped(tree: ElementTree.Element) -> None:
    items = [one.attrib["id"] for one in tree.iter(f"{NAMESPACE}item")]
    templates = Path(package.__file__).parents[3] / "templates"
    assert items[0] == "parent_report" and all((templates / f"{item}.xlsx").is_file() for item in items)
    assert 'FIRST_TEMPLATE As String = "parent_report"' in package.source("Mentorbook")


def test_every_control_explains_itself(tree: ElementTree.Element) -> None:
    controls = [one for one in tree.iter() if kind(one) in ("button", "checkBox", "gallery")]
    for one in controls:
        texts = [one.get(name, "") for name in ("screentip", "supertip")]
        assert all(texts), one.get("id")
        assert all(len(text) <= 1024 for text in one.attrib.values())
        assert one.get("label") or one.get("getLabel")
        assert kind(one) == "checkBox" or one.get("imageMso")
    assert all(one.get("tag") in ("tracker", "workbook") for one in tree.iter(f"{NAMESPACE}button"))


def test_a_press_asks_python_for_the_function_of_the_same_name(tree: ElementTree.Element) -> None:
    excel = Excel(package.source("Mentorbook"))
    excel.open(tracker=True)
    for button in tree.iter(f"{NAMESPACE}button"):
        control = Control(button.attrib["id"], button.attrib["tag"])
        if button.get("onAction") == "MentorbookFile" or control.control_id() == "backup":
            continue
        asked, told = excel.call(button.attrib["onAction"], control)
        choices = "template='parent_report',pdf=False,sheets=False,copies=True,large_print=False"
        inside = choices if button.get("onAction") == "MentorbookReport" else ""
        module = "addin.desktop.host.buttons"
        assert (asked, told) == (f"import {module};{module}.{button.get('id')}({inside})", [])


def test_choices_are_handed_to_the_report_buttons() -> None:
    excel = Excel(package.source("Mentorbook"))
    excel.open(tracker=True)
    excel.call("MentorbookTemplate", Control("template"), "annual_report", 1)
    excel.call("MentorbookPdf", Control("as_pdf"), True)
    excel.call("MentorbookSheets", Control("as_sheets"), True)
    excel.call("MentorbookCopies", Control("copies"), False)
    excel.call("MentorbookLargePrint", Control("large_print"), True)
    asked, _ = excel.call("MentorbookReport", Control("report_form", "tracker"))
    assert asked.endswith(".report_form(template='annual_report',pdf=True,sheets=True,copies=False,large_print=True)")


def test_a_button_that_cannot_work_says_why() -> None:
    excel = Excel(package.source("Mentorbook"))
    asked, told = excel.call("MentorbookPress", Control("check", "tracker"))
    assert not asked and told == ["No workbook is open: open your tracker, then press the button again."]
    excel.open(tracker=False)
    asked, told = excel.call("MentorbookPress", Control("check", "tracker"))
    assert not asked and "is not a tracker: it has no table Learners" in told[0]
    assert excel.call("MentorbookPress", Control("about", "workbook"))[0].endswith(".about()")
    excel.open(tracker=True)
    _, told = excel.call("MentorbookPress", Control("backup", "tracker"))
    assert told[0].startswith("Python could not be reached, so nothing was done.")
    assert "Could not load the DLL" in told[0]


def test_words_for_python_and_for_the_gallery() -> None:
    excel = Excel(package.source("Mentorbook"))
    path = excel.value("InPython", r"C:\Marks\O'Brien\t.csv")
    assert eval(path) == "C:/Marks/O'Brien/t.csv"
    assert excel.value("TemplateLabel", "parent_report") == "Parent report"
    assert excel.value("TemplateLabel", r"C:\Templates\My letter.xlsx") == "My letter.xlsx"
