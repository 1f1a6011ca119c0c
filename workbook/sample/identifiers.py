"""Learner numbers that are right to the check letter and belong to nobody."""

from __future__ import annotations

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
# Northamptonshire, 928, ceased to be an authority in April 2021 and no school's number begins with 99.
_AUTHORITY, _SCHOOLS = 928, 9900
NOT_YET_KNOWN = "9999999999"


def upn(number: int, issued: int, *, temporary: bool = False) -> str:
    """The UPN of the learner with this running number, issued in the year ``issued``; a temporary one ends in a letter.

    Check letter: the values of characters 2 to 13 times 2 to 13, modulo 23 (Department for Education, Unique pupil
    numbers).
    """
    school, serial = divmod(number, 1000)
    body = f"{_AUTHORITY}{_SCHOOLS + school:04d}{issued % 100:02d}"
    body += f"{serial // 10:02d}{_LETTERS[serial % 10]}" if temporary else f"{serial:03d}"
    return check_letter(body) + body


def check_letter(body: str) -> str:
    """The letter in front of a UPN's other twelve characters."""
    values = (int(sign) if sign.isdigit() else _LETTERS.index(sign) for sign in body)
    return _LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % 23]


def uln(number: int) -> str:
    """The ULN number ``number`` of those whose last digit exists: digits times 10 to 1, modulo 11, give 10."""
    first_nine = f"{980_000_000 + number * 7}"
    last = (10 - sum(int(digit) * weight for digit, weight in zip(first_nine, range(10, 1, -1), strict=True))) % 11
    return first_nine + str(last) if last < 10 else ""
