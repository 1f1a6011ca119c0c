"""Settings: each value must be what the setting takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workbook.checks.findings import Finding, put
from workbook.checks.kinds import SETTING_INVALID
from workbook.measures.progress_day import TIMES, times_in
from workbook.model.academic_year import begins
from workbook.model.problem import CannotDo, Problem
from workbook.model.setting import Setting
from workbook.model.settings import BY_NAME
from workbook.model.tracker import Table
from workbook.model.vocabulary import CellError, Kind, Value


def settings(table: Table) -> Iterator[Problem]:
    """Values of the Settings sheet that cannot be understood, so that the default is used instead."""
    for place, (name, value) in enumerate(zip(table["name"], table["value"], strict=True)):
        setting = BY_NAME.get(str(name).strip().lower())
        if setting is None or value is None or isinstance(value, CellError):
            continue
        why, example = fault(setting, value)
        if why:
            words = {"heading": setting.label, "why": why, "example": example}
            yield put(table, "value", place, Finding(SETTING_INVALID, None, words))


def fault(setting: Setting, value: Value) -> tuple[str, str]:
    """Why a value cannot be taken, and what can; two empty texts where it is good."""
    if setting.kind is Kind.NUMBER:
        return _number_fault(setting, value)
    if setting.kind is Kind.DATE:
        return ("", "") if isinstance(value, date) else ("it is not a date", "a date, or nothing to turn it off")
    if setting.choices:
        choices = " or ".join(setting.choices)
        known = str(value).strip().lower() in {choice.lower() for choice in setting.choices}
        return ("", "") if known else ("it is not one of the choices", choices)
    if setting.name == "academic_year":
        return ("", "") if begins(value) else ("it is not an academic year", "a year such as 2026-27")
    if setting.name in TIMES and not isinstance(value, (date, bool)):
        return _times_fault(value)
    if isinstance(value, (date, bool)):
        return "it is not a text", "a text"
    return "", ""


def _times_fault(value: Value) -> tuple[str, str]:
    try:
        times_in(value)
    except CannotDo:
        return "it is not a time", "09:00 for the start, 12:15-13:00 for a break"
    return "", ""


def _number_fault(setting: Setting, value: Value) -> tuple[str, str]:
    low, high = setting.low, setting.high
    blank = ", or nothing to turn it off" if setting.optional else ""
    example = f"a number from {low:g} to {high:g}{blank}" if low is not None and high is not None else "a number"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "it is not a number", example
    if (low is not None and value < low) or (high is not None and value > high):
        return "it is out of range", example
    return "", ""
