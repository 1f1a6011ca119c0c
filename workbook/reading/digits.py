"""Digits in a number format's places: `#,##0.00`, `000-000`, `# ?/?`, `0.00E+00`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

EXACT = 10**15
"""Whole numbers from here on have more digits than Excel keeps."""

_FRACTION = re.compile(
    r"(?:(?P<whole>[#0?][#0?,]*)(?P<between>[^#0?/]+))?(?P<top>[#0?]+)\s*/\s*(?P<below>[1-9][0-9]*|[#0?]+)"
)

Pieces = Sequence[tuple[str, str]]
"""Stretches of a format: ("text", what is written as it is) or ("code", one code)."""


def rounded(value: float, places: int) -> Decimal:
    """`value` to so many decimals, a half going up as in Excel, which counts in the digits one sees."""
    exact = Decimal(repr(value))
    return exact if abs(value) >= EXACT else exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def is_place(piece: tuple[str, str]) -> bool:
    """Is it a place for a digit?"""
    return piece[0] == "code" and piece[1] in ("0", "#", "?")


def digits_text(pieces: Pieces, value: float) -> str:
    """A number that is not below nought in the places of a format, literals between them kept where they are."""
    dot = next((index for index, piece in enumerate(pieces) if piece == ("code", ".")), len(pieces))
    whole_places = [index for index, piece in enumerate(pieces[:dot]) if is_place(piece)]
    decimals = sum(map(is_place, pieces[dot:]))
    first, last = (whole_places[0], whole_places[-1]) if whole_places else (dot, dot)
    commas = [index for index, piece in enumerate(pieces) if piece == ("code", ",")]
    end = max((index for index, piece in enumerate(pieces) if is_place(piece)), default=dot)
    thousands = sum(last < comma < dot or comma > end for comma in commas)
    percents = sum(piece == ("code", "%") for piece in pieces)
    exact = Decimal(repr(value)).scaleb(2 * percents - 3 * thousands)
    if exact < EXACT:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    digits, _, after = f"{exact:f}".partition(".")
    grouped = any(first < comma < last for comma in commas)
    before = _before_the_dot(pieces, whole_places, digits.lstrip("0"), grouped)
    if not whole_places:
        before[dot] = digits.lstrip("0")  # `.0` hides the nought alone
    waiting = after[:decimals].ljust(decimals, "0")
    written: list[str] = []
    for index, piece in enumerate(pieces):
        if not is_place(piece):
            written.append(before.get(index, "") + ("" if piece == ("code", ",") else piece[1]))
        elif index < dot:
            written.append(before[index])
        else:
            needed = piece[1] == "0" or waiting.strip("0")
            written.append(waiting[0] if needed else _blank(piece[1]))
            waiting = waiting[1:]
    return "".join(written)


def _before_the_dot(pieces: Pieces, places: Sequence[int], digits: str, grouped: bool) -> dict[int, str]:
    """What stands in each place before the dot; the first takes all digits that are left."""
    found: dict[int, str] = {}
    for power, place in enumerate(reversed(places)):
        if place == places[0]:
            mine = digits[: len(digits) - power] if len(digits) > power else ""
        else:
            mine = digits[len(digits) - power - 1 : len(digits) - power] if len(digits) > power else ""
        mine = mine or _blank(pieces[place][1])
        powers = range(power + len(mine) - 1, power - 1, -1)
        found[place] = "".join(
            f"{digit}," if grouped and each and each % 3 == 0 and digit != " " else digit
            for digit, each in zip(mine, powers, strict=True)
        )
    return found


def _blank(place: str) -> str:
    return {"0": "0", "?": " "}.get(place, "")


def scientific_text(pieces: Pieces, value: float) -> str:
    """A number with an exponent, such as 1.25E+03; `##0.0E+0` keeps to multiples of three."""
    at = next(i for i, (kind, text) in enumerate(pieces) if kind == "code" and text in ("E", "e"))
    mantissa, rest = list(pieces[:at]), list(pieces[at + 1 :])
    dot = next((index for index, piece in enumerate(mantissa) if piece == ("code", ".")), len(mantissa))
    step, decimals = max(1, sum(map(is_place, mantissa[:dot]))), sum(map(is_place, mantissa[dot:]))
    exponent = Decimal(repr(value)).adjusted() if value else 0
    if step > 1:
        exponent = exponent // step * step
    number = Decimal(repr(value)).scaleb(-exponent)
    if rounded(float(number), decimals) >= 10**step:  # 9.996 rounds to 10.0
        exponent += step if step > 1 else 1
        number = Decimal(repr(value)).scaleb(-exponent)
    sign = "-" if exponent < 0 else "+" if rest and rest[0][1] == "+" else ""
    rest = rest[1:] if rest and rest[0][1] in ("+", "-") else rest
    return f"{digits_text(mantissa, float(number))}E{sign}{digits_text(rest, float(abs(exponent)))}"


def fraction_text(pieces: Pieces, value: float) -> str:
    """A number with a fraction: `# ?/?` as near as one digit below the line comes, `# ?/8` in eighths."""
    code = "".join(text if kind == "code" else text.replace("/", "") for kind, text in pieces)
    found = _FRACTION.search(code)
    if found is None:
        return digits_text(pieces, value)
    below = found["below"]
    fixed = int(below) if below.isdigit() and below.strip("0") else None
    whole = int(value) if found["whole"] else 0
    part = Fraction(Decimal(repr(value))) - whole
    top, bottom = _nearest(part, fixed, 10 ** len(below) - 1)
    if found["whole"] and top == bottom:
        whole, top = whole + 1, 0
    text = ""
    if found["whole"]:
        shown = str(whole) if whole or "0" in found["whole"] or not top else ""
        text = shown + (found["between"] if shown or top else "")
    if top or not found["whole"]:
        text += f"{str(top).rjust(len(found['top']))}/{str(bottom).ljust(len(below))}"
    return code[: found.start()] + text + code[found.end() :]


def _nearest(part: Fraction, fixed: int | None, largest: int) -> tuple[int, int]:
    if fixed:
        return int(part * fixed + Fraction(1, 2)), fixed
    near = part.limit_denominator(largest)
    return near.numerator, near.denominator
