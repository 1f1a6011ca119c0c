"""Forms, mentors and courses in use: hidden columns beside the Form view that dropdowns everywhere choose from."""

from __future__ import annotations

from typing import Any

from workbook.building.tables.rules import choice_name
from workbook.building.tables.table import HEAD
from workbook.building.views.places import Matter, folded, helper, joined, put
from workbook.model.choices import on_lists
from workbook.model.lists import TYPED
from workbook.model.tracker import column_letter

SHEET = "Form view"
_FIRST = 18
"""The number of the first of these columns, from 1, right of the view's own."""
_ROOM, _LEAST = 40, 60


def room(matter: Matter, name: str) -> int:
    """How many lines a list has: all that stand on Lists, and so many more that are typed."""
    return max(_LEAST, len(on_lists(matter.tracker, name)) + _ROOM)


def write_in_use(page: Any, matter: Matter) -> None:
    """A column a list: first what stands on Lists, then each further value of Learners, by its first row."""
    for number, (name, key) in enumerate(TYPED.items(), _FIRST):
        letter = column_letter(number)
        page.write_string(HEAD - 1, number - 1, f"{name} in use", helper(matter.look))
        shown = in_use(matter, name, key)
        for place in range(room(matter, name)):
            value = shown[place] if place < len(shown) else None
            put(page, HEAD + place, number - 1, _formula(name, key, letter, place), value, helper(matter.look))
    page.set_column(_FIRST - 1, _FIRST + len(TYPED) - 2, 8, None, {"hidden": True})


def _formula(name: str, key: str, letter: str, place: int) -> str:
    """The line of a list: of Lists as long as there are any, then the next of Learners that is not above."""
    listed, column = f"Lists[{name}]", f"Learners[{key.capitalize()}]"
    above = f"${letter}${HEAD}:${letter}{HEAD + place}"
    row = f"(ROW({column})-ROW(INDEX({column},1))+1)"
    first = f'_xlfn.AGGREGATE(15,6,{row}/({column}<>"")/ISNA(MATCH({column}&"",{above},0)),1)'
    typed = f'IFERROR(INDEX({column},{first})&"","")'
    if place:
        typed = f'IF(AND({letter}{HEAD + place}="",{place}>COUNTA({listed})),"",{typed})'
    return f'=IF({place + 1}<=COUNTA({listed}),INDEX({listed},{place + 1})&"",{typed})'


def in_use(matter: Matter, name: str, key: str) -> list[str]:
    """The same in Python; capitals do not matter."""
    listed = [joined(value) for value in on_lists(matter.tracker, name)]
    taken = {folded(one) for one in listed} | {f"{name} in use".lower()}
    for value in matter.values("Learners", key):
        text = joined(value)
        if text and folded(text) not in taken:
            taken.add(folded(text))
            listed.append(text)
    return listed[: room(matter, name)]


def names_in_use(matter: Matter) -> dict[str, str]:
    """The names behind the dropdowns of these lists: what they mean, by name."""
    found = {}
    for number, name in enumerate(TYPED, _FIRST):
        letter = column_letter(number)
        down = f"'{SHEET}'!${letter}${HEAD + 1}:${letter}${HEAD + room(matter, name)}"
        first = f"'{SHEET}'!${letter}${HEAD + 1}"
        found[choice_name(name)] = f'={first}:INDEX({down},MAX(1,COUNTIF({down},"?*")))'
    return found
