"""For whom a report is: the learners that rows of a sheet name, and the form of the row one is on."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any

from addin.deeds.actions import Action, Cells, Opened, Place, Where
from workbook.measures.learners import Learners, word
from workbook.model import CannotDo

_WIDE = 60
"""So many columns of a row are looked at for a learner."""
_FORM_OR_LEARNER = ("Form view", "Learner view")
_CHOSEN_IN = 3
"""The row of these sheets in which the form or the learner is chosen."""
NO_LEARNER = (
    "No learner stands in this row: put the cursor into a row that names a learner, on any sheet, then press the "
    "button again."
)


def learner_here(opened: Opened) -> Generator[Action, Any, list[str]]:
    """The learner of the row one is on; CannotDo where there is none."""
    here: Place | None = yield Where()
    found = (yield from _learners_in(opened, here.sheet, [here.row])) if here else []
    if not found:
        raise CannotDo(NO_LEARNER)
    return found


def learners_selected(opened: Opened) -> Generator[Action, Any, list[str]]:
    """Every learner named in the selected rows that are seen; CannotDo where there is none."""
    here: Place | None = yield Where()
    found = (yield from _learners_in(opened, here.sheet, here.rows)) if here else []
    if not found:
        raise CannotDo(NO_LEARNER.replace("this row", "these rows"))
    return found


def _learners_in(opened: Opened, sheet: str, rows: Sequence[int]) -> Generator[Action, Any, list[str]]:
    """The IDs of the learners that rows of a sheet name, by ID or else by a name that only one has."""
    learners, names = Learners(opened.tracker), _names(opened)
    rows = [_CHOSEN_IN] if sheet == "Learner view" else rows
    found: dict[str, None] = {}
    for row in (yield Cells(sheet, tuple(rows), _WIDE)) if rows else ():
        one = _learner(row, learners, names)
        if one:
            found[one] = None
    return list(found)


def _learner(row: Sequence[object], learners: Learners, names: dict[str, str | None]) -> str | None:
    texts = [value.strip() for value in row if isinstance(value, str) and value.strip()]
    for text in texts:
        place = learners.find(text.rpartition("(")[2].rstrip(")") if text.endswith(")") else text)
        if place is not None:
            return learners.all[place].learner_id
    return next((one for text in texts if (one := names.get(text.casefold()))), None)


def _names(opened: Opened) -> dict[str, str | None]:
    """The ID of the one learner with a name; None for a name that two share."""
    from workbook.measures.computed_keys import learner_names

    names = learner_names(opened.tracker)
    found: dict[str, str | None] = {}
    for one, name in zip(opened.tracker["Learners"]["learner_id"], names, strict=True):
        key = word(name).casefold()
        found[key] = None if key in found else word(one)
    return found


def form_here(opened: Opened) -> Generator[Action, Any, str]:
    """The form of the learner of the row one is on, or the one chosen on Form view; CannotDo where there is none."""
    here: Place | None = yield Where()
    if here is not None:
        learners = Learners(opened.tracker)
        row = _CHOSEN_IN if here.sheet in _FORM_OR_LEARNER else here.row
        if here.sheet != "Form view":
            found = yield from _learners_in(opened, here.sheet, [row])
            if found:
                return learners.all[learners.find(found[0]) or 0].form
        forms = {one.form.casefold(): one.form for one in learners.all if one.form}
        (values,) = yield Cells(here.sheet, (row,), _WIDE)
        for value in values:
            if isinstance(value, str) and value.strip().casefold() in forms:
                return forms[value.strip().casefold()]
    raise CannotDo(
        "No form stands in this row: put the cursor into a row of a learner of the form, then press the button again."
    )
