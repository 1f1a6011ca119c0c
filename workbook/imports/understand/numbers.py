"""How a file writes its numbers: what parts whole numbers from the rest, and whether percentages are fractions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook.imports.parse import number_in
from workbook.imports.understand.columns import Columns
from workbook.imports.words import as_text
from workbook.model import Value

_ENDS = r"(?: ?%)?"
_ONLY_COMMA = re.compile(rf"[+-]?(?:\d*,(?:\d{{1,2}}|\d{{4,}})|0,\d+|\d{{1,3}}(?:\.\d{{3}})+,\d+|\d{{4,}},\d+){_ENDS}")
_ONLY_POINT = re.compile(rf"[+-]?(?:\d*\.(?:\d{{1,2}}|\d{{4,}})|0?\.\d+|\d{{1,3}}(?:,\d{{3}})+\.\d+){_ENDS}")
_EITHER = re.compile(rf"[+-]?[1-9]\d{{0,2}},\d{{3}}{_ENDS}")


def settle_decimal(columns: Columns, headings: Sequence[str]) -> None:
    """Find out whether these columns write 4,5 or 4.5; asked where they write both, or 1,250 may be either."""
    texts = [text for heading in headings for value in columns.values(heading) if (text := _bare(value))]
    comma = next((text for text in texts if _ONLY_COMMA.fullmatch(text)), "")
    point = next((text for text in texts if _ONLY_POINT.fullmatch(text)), "")
    either = next((text for text in texts if _EITHER.fullmatch(text)), "")
    if comma and not point:
        columns.decimal = ","
        columns.told.append(f"Numbers are written with a decimal comma: {comma} is {comma.replace(',', '.')}.")
    elif comma or (either and not point and "semicolons" in columns.source.told):
        shown = f"{comma} and {point}" if comma else either
        answer = columns.asker.ask(
            "decimal", f"Numbers such as {shown} can be read in two ways. What parts whole numbers from the rest?",
            (("comma", "4,5 is four and a half"), ("point", "4.5 is four and a half; 1,250 is 1250")),
        )  # fmt: skip
        columns.decimal = "," if answer == "comma" else "."


def are_fractions(columns: Columns, values: Sequence[Value], heading: str) -> bool:
    """Whether percentages are written as fractions, such as 0.93; asked where 0.93 and 93 stand side by side."""
    numbers = [
        number for value in values
        if "%" not in as_text(value) and (number := number_in(value, columns.decimal)) is not None
    ]  # fmt: skip
    small = [number for number in numbers if 0 < number <= 1]
    if not small:
        return False
    parts = [number for number in small if number < 1]
    if parts and len(small) == len([number for number in numbers if number]):
        columns.told.append(f"{heading} holds fractions: {as_text(parts[0])} is {as_text(parts[0] * 100)} per cent.")
        return True
    first = as_text(parts[0] if parts else 1)
    answer = columns.asker.ask(
        "percent", f"{heading} says {first}"
        + (f" and {as_text(max(numbers))}" if max(numbers) > 1 else "") + f". Is {first} a fraction of all?",
        (("fraction", "0.93 is 93 per cent, and 1 is all"), ("as it stands", "0.93 is not even 1 per cent")),
    )  # fmt: skip
    return answer == "fraction"


def _bare(value: Value) -> str:
    return value.strip().replace("\u2212", "-") if isinstance(value, str) else ""
