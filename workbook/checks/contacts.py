"""How to reach people: phone numbers, email addresses, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbook.checks.findings import Finding, judged
from workbook.checks.kinds import (
    EMAIL_INVALID,
    LINK_INVALID,
    PHONE_INVALID,
    PHONE_LOST_ZERO,
    SPACES,
)
from workbook.checks.reference import Known
from workbook.checks.spelling import tidy
from workbook.model.problem import Problem
from workbook.model.tracker import Table
from workbook.model.vocabulary import CellError, Column, Kind, Value

_EXTENSION = re.compile(r"\s*(ext\.?|x)\s*\d{1,5}$", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@,;<>()\"]+@[^\s@,;<>()\".]+(\.[^\s@,;<>()\".]+)+")
_LINK = re.compile(r"(https?://\S+|mailto:\S+|\\\\\S.*|[A-Za-z]:\\.*)")


def contacts(table: Table, column: Column, known: Known) -> Iterator[Problem]:
    """Problems of a column of phone numbers, addresses or links."""
    judge = {Kind.PHONE: judge_phone, Kind.EMAIL: judge_email, Kind.LINK: judge_link}[column.kind]
    yield from judged(table, column.key, judge)


def judge_phone(value: Value) -> Finding | None:
    """Judges phone numbers: 10 or 11 digits from 0 (United Kingdom), or + and up to 15 digits."""
    if isinstance(value, CellError):
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return Finding(PHONE_INVALID)
    text = str(value)
    digits = re.sub(r"[\s().\-\u2010-\u2015]", "", _EXTENSION.sub("", text))
    if re.fullmatch(r"[1-9]\d{8,9}", digits):
        return Finding(PHONE_LOST_ZERO, "0" + _EXTENSION.sub("", text).strip())
    if isinstance(value, int):
        return Finding(PHONE_INVALID)
    if not re.fullmatch(r"0\d{9,10}|(\+|00)[1-9]\d{7,14}|999|\d{3,6}", digits.replace("(0)", "")):
        return Finding(PHONE_INVALID)
    return Finding(SPACES, tidy(value)) if isinstance(value, str) and tidy(value) != value else None


def judge_email(value: Value) -> Finding | None:
    """Judges email addresses: one of them, with a name, an @ and a place."""
    if isinstance(value, CellError):
        return None
    if isinstance(value, str):
        if _EMAIL.fullmatch(value):
            return None
        clean = tidy(value).replace(" ", "")
        if _EMAIL.fullmatch(clean):
            return Finding(SPACES, clean)
    return Finding(EMAIL_INVALID)


def judge_link(value: Value) -> Finding | None:
    """Judges links: a web address, or a file on a drive."""
    if isinstance(value, CellError) or (isinstance(value, str) and _LINK.fullmatch(value.strip())):
        return None
    clear = isinstance(value, str) and re.fullmatch(r"(www\.)?[\w-]+(\.[\w-]+)+(/\S*)?", value.strip())
    return Finding(LINK_INVALID, f"https://{str(value).strip()}" if clear else None)
