"""Makes what Excel loads: the add-in Mentorbook.xlam, and a tracker with the worksheet functions in it.

Both are put together from text: ribbon.xml, vba/*.bas, functions.py and a few procedures of the installed
xlwings (BSD). The
same sources give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from addin import ribbon
from addin.desktop.settings import PROJECT
from addin.desktop.xlam.project import CODE_PAGE, Kind, Module, vba_project
from workbook.building.worked_out import results_are_stored
from workbook.model import CannotDo
from workbook.package.parts import Package, PackageWriter, pack
from workbook.package.relationships import CONTENT_TYPES
from workbook.package.writing import write_safely

ADDIN = "Mentorbook.xlam"
SOURCES = Path(__file__).parent.parent / "ribbon"
_MADE = datetime(2026, 9, 1)

_MAIN = "xl/workbook.xml"
_MAIN_LINKS = "xl/_rels/workbook.xml.rels"
_PROJECT_PART = "xl/vbaProject.bin"
_RIBBON_PART = "customUI/customUI14.xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
_OFFICE = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_RIBBON = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_IDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKSHEET = f"{_IDS}/worksheet"
MACRO_TYPES = {
    ".xlam": b"application/vnd.ms-excel.addin.macroEnabled.main+xml",
    ".xlsm": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
}


@dataclass(frozen=True)
class NewSheet:
    """A worksheet to add: its name, its part's name and XML, and whether a mentor sees it."""

    name: str
    part: str
    xml: bytes
    hidden: bool = False


def source(name: str) -> str:
    """The text of a VBA source of the project."""
    return (SOURCES / "vba" / f"{name}.bas").read_text(encoding=CODE_PAGE)


_KEPT = (
    "GetConfigFilePath GetConfigFromFile ExpandEnvironmentStrings WScript GetMacDir ParentFolder FileExists "
    "FileExistsOnWindows FileOrFolderExistsOnMac"
).split()


def python_modules() -> list[Module]:
    """How VBA gets to Python: the module xlwings, and the guard that it asks.

    Of the installed xlwings (BSD) stay its licence, the declarations of its DLL and a few procedures that read a file;
    what decides which program is started, and with what, is ours (vba/Python.bas).
    """
    import xlwings

    text = (Path(xlwings.__file__).parent / "xlwings.bas").read_text(encoding=CODE_PAGE)
    head = text[: text.index("Public Function RunPython")]
    head = re.sub(r'(PROJECT_NAME As String = )"\w+"', rf'\1"{PROJECT}"', head, count=1)
    kept = [_procedure(text, name) for name in _KEPT]
    return [Module("xlwings", "\n".join([head, source("Python"), *kept])), Module("MentorbookGuard", source("Guard"))]


def _procedure(text: str, name: str) -> str:
    found = re.search(rf"^(?:Public |Private )?(Function|Sub) {name}\b.*?^End \1$\n", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise CannotDo(f"This xlwings has no procedure {name}: install the version that Mentorbook names.")
    return found[0]


def addin_modules() -> list[Module]:
    """The VBA of the add-in."""
    return [
        Module("ThisWorkbook", kind=Kind.WORKBOOK),
        Module("Sheet1", kind=Kind.WORKSHEET),
        Module("Mentorbook", source("Mentorbook")),
        *python_modules(),
    ]


def addin_file() -> bytes:
    """The bytes of Mentorbook.xlam."""
    package = Package.open(_blank_workbook())
    changed = {
        CONTENT_TYPES: _content_types(package, ".xlam", ()),
        "_rels/.rels": _linked(package.read("_rels/.rels"), [(_RIBBON, "/" + _RIBBON_PART)]),
        "xl/_rels/workbook.xml.rels": _linked(
            package.read("xl/_rels/workbook.xml.rels"), [(_OFFICE, "vbaProject.bin")]
        ),
        _MAIN: _code_name(package.read(_MAIN)),
    }
    sheet = "xl/worksheets/sheet1.xml"
    changed[sheet] = package.read(sheet).replace(b"<dimension", b'<sheetPr codeName="Sheet1"/><dimension', 1)
    new = {_PROJECT_PART: vba_project("MentorbookAddin", addin_modules()), _RIBBON_PART: ribbon.text()}
    return _together(package, changed, new)


def build(folder: Path, replace: bool = True) -> Path:
    """Write Mentorbook.xlam into a folder and return its path."""
    path = folder / ADDIN
    save(path, addin_file(), replace)
    return path


def save(path: Path, content: bytes, replace: bool) -> None:
    """Write a whole file or none."""

    def write(file: BinaryIO) -> None:
        file.write(content)

    write_safely(path, write, replace=replace)


def with_project(package: Package, project: bytes, sheets: Sequence[NewSheet]) -> bytes:
    """A workbook with a VBA project and further sheets at its end. No other part of it changes by a byte."""
    main = _code_name(package.read(_MAIN))
    highest = max(map(int, re.findall(rb'\bsheetId="(\d+)"', main)), default=0)
    links, listed = [(_OFFICE, "vbaProject.bin")], ""
    for number, one in enumerate(sheets, start=1):
        links.append((_WORKSHEET, one.part.removeprefix("xl/")))
        hidden = ' state="hidden"' if one.hidden else ""
        named = f'name="{one.name}" sheetId="{highest + number}"{hidden}'
        listed += f'<{_prefix(main)}sheet xmlns:r="{_IDS}" {named} r:id="{_id(number)}"/>'
    changed = {
        CONTENT_TYPES: _content_types(package, ".xlsm", sheets),
        _MAIN_LINKS: _linked(package.read(_MAIN_LINKS), links),
        _MAIN: _at_the_end(main, "sheets", listed),
    }
    return _together(package, changed, {_PROJECT_PART: project, **{one.part: one.xml for one in sheets}})


def with_other_project(package: Package, project: bytes) -> bytes:
    """A workbook with another VBA project in place of the one that it has."""
    return _together(package, {_PROJECT_PART: project}, {})


def holds_project(package: Package) -> bool:
    """Whether a workbook has a VBA project, whoever made it."""
    return package.find(_PROJECT_PART) is not None


def project_is_named(package: Package, name: str) -> bool:
    """Whether the workbook's VBA project bears this name; its stream PROJECT says so in plain text."""
    return f'Name="{name}"\r\n'.encode() in package.read(_PROJECT_PART)


def _blank_workbook() -> bytes:
    """A workbook with nothing in it, and what Excel's list of add-ins says about it."""
    import xlsxwriter

    from workbook import __version__

    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole)
    about = "The tracker of a progress mentor: checks, flags and reports from the ribbon."
    book.set_properties({"title": "Mentorbook", "author": "Mentorbook", "comments": about, "created": _MADE})
    book.set_custom_property("Mentorbook", __version__)
    results_are_stored(book)
    book.add_worksheet("Mentorbook")
    book.close()
    return whole.getvalue()


def _prefix(xml: bytes) -> str:
    """The prefix of a part's own elements: empty, or ``x:`` in files that other programs write."""
    found = re.search(rb"<(\w+:)?workbook\b", xml)
    return (found[1] or b"").decode() if found else ""


def _code_name(main: bytes) -> bytes:
    """The workbook part with the code name under which VBA knows the workbook."""
    prefix = _prefix(main).encode()
    if re.search(rb"<(?:\w+:)?workbookPr\b[^>]*\bcodeName=", main):
        return re.sub(rb'(<(?:\w+:)?workbookPr\b[^>]*\bcodeName=)"[^"]*"', rb'\1"ThisWorkbook"', main, count=1)
    if b"workbookPr" in main:
        return re.sub(rb"(<(?:\w+:)?workbookPr)\b", rb'\1 codeName="ThisWorkbook"', main, count=1)
    before = rb"(<(?:\w+:)?(?:workbookProtection|bookViews|sheets)\b)"
    return re.sub(before, b"<" + prefix + rb'workbookPr codeName="ThisWorkbook"/>\1', main, count=1)


def _id(number: int) -> str:
    return f"rIdMentorbook{number}"


def _linked(xml: bytes, links: Sequence[tuple[str, str]]) -> bytes:
    """A part of relationships with some more, numbered from 0."""
    more = "".join(
        f'<Relationship Id="{_id(number)}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links)
    )
    return _at_the_end(xml, "Relationships", more)


def _content_types(package: Package, ending: str, sheets: Sequence[NewSheet]) -> bytes:
    """What each part is, with the new parts, the workbook now being one with macros."""
    xml = package.read(CONTENT_TYPES).replace(_PLAIN, MACRO_TYPES[ending])
    if MACRO_TYPES[ending] not in xml:
        raise CannotDo("The workbook is of an unusual kind: open it in Excel and save it as an Excel workbook (.xlsx).")
    kinds = {_PROJECT_PART: _PROJECT_TYPE, **dict.fromkeys((one.part for one in sheets), _SHEET_TYPE)}
    more = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    return _at_the_end(xml, "Types", more)


def _at_the_end(xml: bytes, of: str, more: str) -> bytes:
    """A part with ``more`` as the last of an element's children. CannotDo where it is written in a way of its own."""
    longer, count = re.subn(f"(</(?:\\w+:)?{of}>)".encode(), lambda end: more.encode() + end[1], xml, count=1)
    if not count:
        raise CannotDo("The workbook is written in a way that Excel does not use: open it in Excel and save it once.")
    return longer


def _together(package: Package, changed: Mapping[str, bytes], new: Mapping[str, bytes]) -> bytes:
    """The package's bytes: parts that do not change are taken over as they are packed."""
    whole = io.BytesIO()
    writer = PackageWriter(whole)
    for name in package.names:
        writer.put(pack(name, changed[name]) if name in changed else package.member(name))
    for name, data in new.items():
        writer.add(name, data)
    writer.close()
    return whole.getvalue()
