"""UPN and ULN: what is wrong with one, in words.

A UPN has 13 characters: a check letter, twelve digits (the last may be a letter: temporary). The check letter is
the sum of each value times its place (2 to 13), modulo 23 (Department for Education, unique pupil numbers;
computed by python-stdnum). A ULN has ten digits, the first not 0; with weights 10 to 1 the sum of the ten is 10
modulo 11 (Learning Records Service).
"""

from __future__ import annotations

from stdnum import exceptions
from stdnum.gb import upn

ULN_NOT_YET_KNOWN = "9999999999"


def upn_fault(text: str) -> str | None:
    """What is wrong with a UPN, in words; None if it is right (spaces around it and lower case do not matter)."""
    return upn_judged(text)[0]


def upn_judged(text: str) -> tuple[str | None, bool]:
    """What is wrong with a UPN, as `upn_fault`, and whether its local authority is one of those known."""
    number = text.strip().upper()
    if len(number) != 13:
        return f"it has {len(number)} characters instead of 13", True
    try:
        upn.validate(number)
    except exceptions.InvalidFormat:
        return "it is one letter, eleven digits, and a digit or letter, and never I, O or S", True
    except exceptions.InvalidChecksum:
        return "its first letter does not fit the rest, so a character is mistyped", True
    except exceptions.InvalidComponent:  # the local authority may be new: the check letter counts all the same
        if number[0] not in "ABCDEFGHJKLMNPQRTUVWXYZ" or upn.calc_check_digit(number[1:]) != number[0]:
            return "its first letter does not fit the rest, so a character is mistyped", False
        return None, False
    return None, True


def uln_fault(text: str) -> str | None:
    """What is wrong with a ULN, in words; None if it is right or 9999999999 (not yet known)."""
    number = text.strip()
    if number == ULN_NOT_YET_KNOWN:
        return None
    if not (number.isascii() and number.isdigit()):
        return "it is ten digits and nothing else"
    if len(number) != 10:
        return f"it has {len(number)} digits instead of 10"
    if number[0] == "0":
        return "it never begins with 0"
    if sum(int(digit) * weight for digit, weight in zip(number, range(10, 0, -1), strict=True)) % 11 != 10:
        return "its digits do not fit together, so one is mistyped"
    return None
