"""Faults of tables, headings and whole sheets in a file. Formulas elsewhere follow as Excel would have them follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr, unescape

from workbook.model.sheets import SHEETS
from workbook.model.tracker import column_letter
from workbook.sample.planting import Planted
from workbook.sample.spoil_book import Workbook, cell_pattern, in_row, number, set_cell, split, typed

_TABLE_OF = {sheet.name: sheet.table for sheet in SHEETS}
_QUOTED = {'"': "&quot;"}
_COLUMNS = re.compile(r'<tableColumn [^>]*?name="([^"]*)"')


def _reach(table: str, last_row: int | None = None, last_column: str | None = None) -> str:
    """A table's text with another last row or column."""

    def changed(found: re.Match[str]) -> str:
        first, _, last = found.group(2).partition(":")
        letters, row = split(last)
        return f'{found.group(1)}"{first}:{last_column or letters}{last_row or row}"'

    return re.sub(r'(<(?:table|autoFilter)\b[^>]*? ref=)"([^"]+)"', changed, table)


def _everywhere(book: Workbook, names: str, change: Callable[[str], str]) -> None:
    """Change the formulas of all sheets, tables and names in which the text ``names`` occurs."""
    for part in [one for one in book.parts if one.startswith(("xl/worksheets/sheet", "xl/tables/", "xl/workbook.xml"))]:
        if names in book.text(part):
            book.change(part, change)


def _rename_heading(book: Workbook, one: Planted) -> None:
    set_cell(book, one.sheet, one.cell, lambda style, _: typed(one.cell, style, one.value))
    old, new = escape(str(one.was), _QUOTED), escape(str(one.value), _QUOTED)
    book.change(book.table(one.sheet), lambda text: text.replace(f' name="{old}"', f' name="{new}"'))
    _retitle(book, one, str(one.value))


def _retitle(book: Workbook, one: Planted, becomes: str | None) -> None:
    """Formulas that name a column of the sheet's table name it anew, or have lost it."""
    table, old = _TABLE_OF[one.sheet], _in_formula(str(one.was))
    new = None if becomes is None else _in_formula(becomes)
    for start, end in ((f"{table}[", "]"), (f"{table}[[#This Row],[", "]]")):
        named = "#REF!" if new is None else f"{start}{new}{end}"
        _everywhere(book, f"{start}{old}{end}", _replacing(f"{start}{old}{end}", named))


def _in_formula(heading: str) -> str:
    """A heading as a formula in the file names it."""
    return escape(heading.replace("'", "''"))


def _replacing(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


def _drop_last_column(book: Workbook, one: Planted) -> None:
    letter = one.detail
    cells = re.compile(rf'<c r="{letter}\d+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    book.change(book.sheets[one.sheet], lambda text: cells.sub("", text))
    before = column_letter(number(letter) - 1)

    def change(table: str) -> str:
        table = re.sub(
            r"<tableColumn (?:(?!<tableColumn ).)*?</tableColumns>", "</tableColumns>", table, flags=re.DOTALL
        )
        return _counted(_reach(table, last_column=before))

    book.change(book.table(one.sheet), change)
    _retitle(book, one, None)


def _counted(table: str) -> str:
    return re.sub(r'<tableColumns count="\d+"', f'<tableColumns count="{len(_COLUMNS.findall(table))}"', table)


def _add_heading(book: Workbook, one: Planted) -> None:
    letter, row = split(one.cell)
    before = column_letter(number(letter) - 1)
    style = cell_pattern(f"{before}{row}").search(book.text(book.sheets[one.sheet]))
    cell = typed(one.cell, (style.group(1) or "") if style else "", one.value)
    in_row(book, one.sheet, row, lambda text: text.replace("</row>", f"{cell}</row>"))

    def change(table: str) -> str:
        ids = max(map(int, re.findall(r'<tableColumn id="(\d+)"', table)))
        added = f'<tableColumn id="{ids + 1}" name={quoteattr(str(one.value))}/></tableColumns>'
        return _counted(_reach(table.replace("</tableColumns>", added), last_column=letter))

    book.change(book.table(one.sheet), change)


def _shorten_table(book: Workbook, one: Planted) -> None:
    """The table ends before the fault's rows, whose formulas nobody copied down."""
    first, last = map(int, one.detail.split(":"))
    book.change(book.table(one.sheet), lambda text: _reach(text, last_row=first - 1))
    formula = re.compile(r'<c r="([A-Z]+\d+)"( s="\d+")?[^>]*><f>.*?</c>', re.DOTALL)
    for row in range(first, last + 1):
        in_row(book, one.sheet, row, lambda text: formula.sub(r'<c r="\1"\2/>', text))


def _freeze_formulas(book: Workbook, one: Planted) -> None:
    """A column whose formulas were replaced by their results."""
    letter, _ = split(one.cell)
    formula = re.compile(rf'(<c r="{letter}\d+"[^>]*>)<f>.*?</f>', re.DOTALL)
    book.change(book.sheets[one.sheet], lambda text: formula.sub(r"\1", text))
    heading = re.escape(escape(str(one.was), _QUOTED))
    own = re.compile(
        rf'(<tableColumn [^>]*name="{heading}"[^>]*?)><calculatedColumnFormula>.*?</tableColumn>', re.DOTALL
    )
    book.change(book.table(one.sheet), lambda text: own.sub(r"\1/>", text))


def _drop_table(book: Workbook, one: Planted) -> None:
    """The table turned back into plain cells."""
    part = book.table(one.sheet)
    table = book.text(part)
    headings = [unescape(name, {"&quot;": '"'}) for name in _COLUMNS.findall(table)]
    _, first, last = re.findall(r'<table\b[^>]* ref="([A-Z]+)(\d+):[A-Z]+(\d+)"', table)[0]
    name = _TABLE_OF[one.sheet]
    for place, heading in enumerate(headings, start=1):
        letter = column_letter(place)
        cells = f"'{one.sheet}'!${letter}${int(first) + 1}:${letter}${last}"
        old = f"{name}[{_in_formula(heading)}]"
        _everywhere(book, old, _replacing(old, cells))
    _remove_part(book, part)
    links = _links(book.sheets[one.sheet])
    target = part.rpartition("/")[2]
    book.change(links, lambda text: re.sub(rf'<Relationship [^>]*{re.escape(target)}"/>', "", text))
    book.change(book.sheets[one.sheet], lambda text: re.sub(r"<tableParts.*?</tableParts>", "", text))


def _drop_sheet(book: Workbook, one: Planted) -> None:
    """The sheet deleted, with its table; what pointed to it points nowhere."""
    table, part = _TABLE_OF[one.sheet], book.sheets[one.sheet]
    _remove_part(book, book.table(one.sheet))
    links = _links(part)
    names = re.findall(r'<sheet name="([^"]+)"', book.text("xl/workbook.xml"))
    place = names.index(one.sheet)
    link = re.findall(rf'<sheet name="{one.sheet}"[^>]*r:id="([^"]+)"', book.text("xl/workbook.xml"))[0]
    _remove_part(book, part)
    book.remove(links)
    del book.sheets[one.sheet]
    book.change("xl/_rels/workbook.xml.rels", lambda text: re.sub(rf'<Relationship Id="{link}"[^>]*/>', "", text))

    def change(text: str) -> str:
        text = re.sub(rf'<sheet name="{one.sheet}"[^>]*/>', "", text)
        text = re.sub(rf'<definedName [^>]*localSheetId="{place}"[^>]*>[^<]*</definedName>', "", text)
        return re.sub(
            r'localSheetId="(\d+)"',
            lambda found: f'localSheetId="{int(found[1]) - (int(found[1]) > place)}"',
            text,
        )

    book.change("xl/workbook.xml", change)
    nowhere = re.compile(
        rf"\b{table}\[(?:\[[^\]]*\](?:[,:]\[[^\]]*\])*|[^\]\[]*)\]|'?{one.sheet}'?!\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?"
    )
    formulas = re.compile(r"(<(?:f|formula1|formula2|formula|definedName|calculatedColumnFormula)\b[^>]*>)([^<]*)(</)")
    for name in (f"{table}[", f"{one.sheet}!", f"'{one.sheet}'!"):
        _everywhere(book, name, lambda text: formulas.sub(lambda m: m[1] + nowhere.sub("#REF!", m[2]) + m[3], text))
    app = "docProps/app.xml"
    if app in book.parts:
        _forget_title(book, app, one.sheet)


def _forget_title(book: Workbook, app: str, sheet: str) -> None:
    """The list of sheets in the file's properties."""

    def change(text: str) -> str:
        if f"<vt:lpstr>{sheet}</vt:lpstr>" not in text:
            return text
        text = text.replace(f"<vt:lpstr>{sheet}</vt:lpstr>", "", 1)
        text = re.sub(r"(Worksheets</vt:lpstr></vt:variant><vt:variant><vt:i4>)(\d+)", _one_less, text)
        return re.sub(r'(<TitlesOfParts><vt:vector size=")(\d+)', _one_less, text)

    book.change(app, change)


def _one_less(found: re.Match[str]) -> str:
    return f"{found[1]}{int(found[2]) - 1}"


def _hide_sheet(book: Workbook, one: Planted) -> None:
    named = f'<sheet name="{one.sheet}"'
    book.change(
        "xl/workbook.xml",
        lambda text: re.sub(rf"({re.escape(named)}) (?![^>]*\bstate=)", r'\1 state="hidden" ', text),
    )


def _links(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _remove_part(book: Workbook, part: str) -> None:
    book.remove(part)
    book.change(
        "[Content_Types].xml", lambda text: re.sub(rf'<Override PartName="/{re.escape(part)}"[^>]*/>', "", text)
    )


TABLES: dict[str, Callable[[Workbook, Planted], None]] = {
    "heading-renamed": _rename_heading,
    "heading-missing": _drop_last_column,
    "heading-twice": _add_heading,
    "rows-below-table": _shorten_table,
    "formulas-gone": _freeze_formulas,
    "table-missing": _drop_table,
    "sheet-hidden": _hide_sheet,
    "sheet-missing": _drop_sheet,
}
