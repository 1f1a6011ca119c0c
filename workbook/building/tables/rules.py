"""What cells help with: dropdowns that follow the reference sheets, input messages, and colour with a word or mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.building.look import DARK_RED, INK, STATUS, TO_CHASE, WRONG, Look
from workbook.building.tables.table import Laid
from workbook.model import Column, Kind, key_of
from workbook.model.formulas import DROPS, SESSIONS, literal
from workbook.model.lists import LISTS, TYPED
from workbook.model.marks import missing
from workbook.model.questions import AWAITS_REVIEW, IS_OPEN, NOT_DONE
from workbook.model.setting import Setting
from workbook.model.settings import BY_NAME
from workbook.model.tracker import FIRST_ROW

SPARE = 500
"""Rows below a table that already have its dropdowns, for rows typed or pasted there."""
_FURTHEST = 20_000
_NO_LATER_THAN = 73050  # 31 December 2099 as a serial
_FIRST_DATE = 32874  # 1 January 1990

# Dropdowns over a column of another sheet: Table.key and the name they go by.
REFERRED = {
    "Learners.learner_id": "learner_ids",
    "Subjects.subject": "subject_names",
    "PDtopics.topic": "pd_topics",
}
WITHOUT_REPEATS = {"Scales.scale": "scale_names", "Groups.group": "group_names"}
CODES = {Kind.EFFORT: ("Effort.code", "effort_codes"), Kind.MARK: ("Codes.code", "register_codes")}

# A date that is late once the data has passed it, unless another column says it is done.
DUE = {
    "Contacts": ("follow_up_due", NOT_DONE, ("done",)),
    "Diary": ("date", NOT_DONE, ("done",)),
    "Targets": ("due", IS_OPEN, ("status",)),
    "Interventions": ("review_due", AWAITS_REVIEW, ("end", "outcome")),
}


def choice_name(listed: str) -> str:
    """The defined name of a list of the Lists sheet: ``choice_baseline_sources``."""
    return "choice_" + key_of(listed)


def name_lists(book: Any, laid: Mapping[str, Laid], elsewhere: Mapping[str, str]) -> None:
    """Define the names behind the dropdowns; each reaches down to the last filled cell, so it grows with the data.

    ``elsewhere`` gives the meaning of those that are not a column of Lists.
    """
    sources = {choice_name(listed): ("Lists", key_of(listed)) for listed in LISTS}
    referred = [*REFERRED.items(), *CODES.values()]
    sources |= {name: tuple(where.split(".")) for where, name in referred}  # type: ignore[misc]
    for name, (table, key) in sorted(sources.items()):
        if name in elsewhere:
            book.define_name(name, elsewhere[name])
            continue
        place = laid[table]
        letter, sheet = place.letter(key), place.sheet.name.replace("'", "''")
        down = f"'{sheet}'!${letter}${FIRST_ROW}:${letter}${_FURTHEST}"
        book.define_name(name, f"='{sheet}'!${letter}${FIRST_ROW}:INDEX({down},MAX(1,COUNTA({down})))")


def add_help(page: Any, laid: Laid, laid_all: Mapping[str, Laid]) -> None:
    """Dropdowns and input messages of every column that people type in."""
    for number, column in enumerate(laid.columns):
        if column.computed or (laid.sheet.table == "Settings" and column.key == "value"):
            continue
        rule = _rule(column, laid, laid_all)
        if column.help:
            rule |= {"input_title": column.header[:32], "input_message": column.help[:255]}
        if rule:
            page.data_validation(FIRST_ROW - 1, number, laid.last - 1 + SPARE, number, {"validate": "any", **rule})


def _rule(column: Column, laid: Laid, laid_all: Mapping[str, Laid]) -> dict[str, Any]:
    """What may be chosen or typed, as XlsxWriter takes it; anything else only brings a warning."""
    if column.kind is Kind.LEVEL:
        return _choose(_levels(laid, laid_all), "That is not a level of this subject's scale. Keep it?")
    if column.choices in TYPED:  # what is typed becomes a choice, so there is nothing to warn of
        return {"validate": "list", "source": f"={choice_name(column.choices)}", "show_error": False}
    if column.choices:
        return _choose(f"={choice_name(column.choices)}", "That is not in the list (sheet Lists). Keep it?")
    if column.kind is Kind.YES_NO:
        return _choose(f"={choice_name('Yes or no')}", "Yes or No is expected here. Keep it?")
    if column.kind in CODES:
        return _choose(f"={CODES[column.kind][1]}", f"That code is not on the sheet {_home(column)}. Keep it?")
    listed = REFERRED.get(column.refers or "") or WITHOUT_REPEATS.get(column.refers or "")
    if listed and not column.unique:
        return _choose(f"={listed}", f"That is not on the sheet {_home(column)}. Keep it?")
    if column.kind is Kind.DATE:
        return _between("date", _FIRST_DATE, _NO_LATER_THAN, "A date is expected here, such as 5/2/2027. Keep it?")
    if column.kind in (Kind.NUMBER, Kind.WHOLE):
        return _number(column)
    return {}


def _home(column: Column) -> str:
    if column.kind in CODES:
        return CODES[column.kind][0].split(".", maxsplit=1)[0]
    return {"PDtopics": "PD topics"}.get((column.refers or "").split(".")[0], (column.refers or "").split(".")[0])


def _choose(source: str, words: str) -> dict[str, Any]:
    return {"validate": "list", "source": source, **_warning(words)}


def _between(kind: str, low: float, high: float, words: str) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high, **_warning(words)}


def _warning(words: str) -> dict[str, Any]:
    return {"error_type": "warning", "error_title": "Not as expected", "error_message": words[:255]}


def _number(column: Column) -> dict[str, Any]:
    kind = "integer" if column.kind is Kind.WHOLE else "decimal"
    low = -1_000_000 if column.low is None else column.low
    high = 1_000_000 if column.high is None else column.high
    limits = f" from {low:g} to {high:g}" if column.low is not None and column.high is not None else ""
    return _between(kind, low, high, f"A number{limits} is expected here. Keep it?")


def _levels(laid: Laid, laid_all: Mapping[str, Laid]) -> str:
    """The levels of the row's own scale: a run of Scales, whose rows stand scale by scale."""
    scales, row_scale = laid_all["Scales"], f"${laid.letter('scale')}{FIRST_ROW}"
    level, scale = scales.letter("level"), scales.letter("scale")
    run = f"Scales!${scale}${FIRST_ROW}:${scale}${_FURTHEST}"
    top = f"Scales!${level}${FIRST_ROW - 1}"
    return f"=OFFSET({top},MATCH({row_scale},{run},0),0,COUNTIF({run},{row_scale}),1)"


def add_settings_help(page: Any, laid: Laid, names: list[Any]) -> None:
    """Each setting's value has its own choices or range."""
    column = laid.number("value") - 1
    for row, name in enumerate(names, FIRST_ROW - 1):
        setting = BY_NAME.get(str(name).strip().lower())
        if setting:
            page.data_validation(row, column, row, column, _setting_rule(setting))


def _setting_rule(setting: Setting) -> dict[str, Any]:
    off = " Blank turns it off." if setting.optional and setting.kind is not Kind.TEXT else ""
    told = {"input_title": setting.label[:32], "input_message": (setting.help + off)[:255]}
    if setting.choices:
        return {"validate": "list", "source": list(setting.choices), **_warning("Choose one of the list."), **told}
    if setting.kind is Kind.NUMBER:
        low = 0 if setting.low is None else setting.low
        high = 1000 if setting.high is None else setting.high
        return _between("decimal", low, high, f"A number from {low:g} to {high:g} is expected. Keep it?") | told
    if setting.kind is Kind.DATE:
        return _between("date", _FIRST_DATE, _NO_LATER_THAN, "A date is expected here. Keep it?") | told
    return {"validate": "any", **told}


def add_colours(page: Any, look: Look, laid: Laid) -> None:
    """Colour where it means something, always with a word, a mark or a pattern."""
    table = laid.sheet.table
    if table == "Progress":
        _colour_progress(page, look, laid)
    if table == "Registers":
        _colour_registers(page, look, laid)
    if table in DUE:
        _colour_due(page, look, laid)


def _area(laid: Laid, first: str, last: str | None = None) -> str:
    return f"{laid.letter(first)}{FIRST_ROW}:{laid.letter(last or first)}{laid.last + SPARE}"


def colour_status(page: Any, look: Look, area: str) -> None:
    """Status words in their fills, with the mark in front; the cell's value stays the plain word."""
    for word, (fill, mark) in STATUS.items():
        style = look.difference(bg_color=fill, font_color=INK, num_format=f'"{mark} "@')
        page.conditional_format(area, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style})


def _colour_progress(page: Any, look: Look, laid: Laid) -> None:
    colour_status(page, look, _area(laid, "status"))
    asks = look.difference(italic=True, bg_color=TO_CHASE, font_color=INK)
    page.conditional_format(
        _area(laid, "status"), {"type": "cell", "criteria": "==", "value": '"Check level"', "format": asks}
    )
    wrong = look.difference(bold=True, underline=1, font_color=DARK_RED, bg_color=WRONG)
    pairs = [(f"apl_{drop}", f"points_{drop}") for drop in DROPS]
    pairs += [(key, f"{key}_points") for key in ("baseline", "target", "forecast")]
    for key, points in pairs:
        cell, worth = f"{laid.letter(key)}{FIRST_ROW}", f"${laid.letter(points)}{FIRST_ROW}"
        off_scale = f'=AND({cell}<>"",{cell}<>not_assessed,{worth}="")'
        page.conditional_format(_area(laid, key), {"type": "formula", "criteria": off_scale, "format": wrong})


def _colour_registers(page: Any, look: Look, laid: Laid) -> None:
    first, last = key_of(SESSIONS[0]), key_of(SESSIONS[-1])
    area, cell = _area(laid, first, last), f"{laid.letter(first)}{FIRST_ROW}"
    someone = f"${laid.letter('learner_id')}{FIRST_ROW}"
    hatched = look.difference(bg_color="#FFFFFF", fg_color="#E0A93B", pattern=16)
    page.conditional_format(
        area,
        {
            "type": "formula",
            "criteria": f'=AND({someone}<>"",{missing(cell)})',
            "format": hatched,
            "stop_if_true": True,
        },
    )
    unknown = look.difference(bold=True, underline=1, font_color=DARK_RED, bg_color=WRONG)
    asked = f'=AND({cell}<>"",ISNA(MATCH({literal(cell)},register_codes,0)))'
    page.conditional_format(area, {"type": "formula", "criteria": asked, "format": unknown})


def _colour_due(page: Any, look: Look, laid: Laid) -> None:
    key, condition, keys = DUE[laid.sheet.table]
    for one in keys:
        condition = condition.replace(f"{{{one}}}", f"${laid.letter(one)}{FIRST_ROW}")
    cell = f"${laid.letter(key)}{FIRST_ROW}"
    late = look.difference(bold=True, bg_color=TO_CHASE, font_color=INK, num_format='"late: "d mmm yyyy')
    asked = f"=AND(ISNUMBER({cell}),{cell}<data_date,{condition})"
    page.conditional_format(_area(laid, key), {"type": "formula", "criteria": asked, "format": late})
