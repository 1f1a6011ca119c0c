"""Plant faults of all kinds in a sample, each where a check can find it and none where it hides another."""

from __future__ import annotations

from random import Random

from workbook.model import CannotDo, Tracker
from workbook.sample import (
    fault_cross,
    fault_dates,
    fault_files,
    fault_frame,
    fault_marks,
    fault_plans,
    fault_records,
    fault_values,
)
from workbook.sample.planting import Ground, Planted, Recipe
from workbook.sample.spoil import spoil

__all__ = ["CODES", "Planted", "plant", "spoil"]

_ROWS_GONE = "register-missing"
_SOURCES = (
    fault_files.RECIPES, fault_values.RECIPES, fault_cross.RECIPES, fault_plans.RECIPES, fault_records.RECIPES,
    fault_frame.RECIPES,
    fault_dates.RECIPES, fault_marks.RECIPES,
)  # fmt: skip

#: The code of every kind of fault that can be planted; faults of whole sheets come first, since they need most room.
CODES: tuple[str, ...] = (_ROWS_GONE, *dict.fromkeys(code for source in _SOURCES for code in source))


def plant(tracker: Tracker, count: int, seed: int) -> tuple[Tracker, list[Planted]]:
    """A copy of ``tracker`` with ``count`` faults, and where each is: kinds in turn, so that all kinds occur alike.

    Faults that only a file can have are planned here, and planted in the file once it is built by `spoil`. From as many
    faults as there are kinds on, each kind is there, as far as the tracker has room for it. Raises CannotDo where it
    has no room for so many.
    """
    ground = Ground(tracker, Random(f"{seed}/faults"))
    recipes = {code: [one for source in _SOURCES for one in source.get(code, ())] for code in CODES}
    chosen = list(CODES)
    if count < len(chosen):
        kept = set(ground.rng.sample(chosen, max(0, count)))
        chosen = [code for code in chosen if code in kept]
    planted: list[Planted] = []
    if _ROWS_GONE in chosen:
        planted += fault_marks.remove_registers(ground, -(-count // len(CODES)))
        chosen.remove(_ROWS_GONE)
    while len(planted) < count and chosen:
        for code in list(chosen):
            one = _next(ground, recipes[code])
            if one is None:
                chosen.remove(code)
            else:
                planted.append(one)
            if len(planted) == count:
                break
    if len(planted) < count:
        raise CannotDo(f"There is room for {len(planted)} faults, not {count}: plant fewer, or have more learners.")
    return ground.tracker, planted


def _next(ground: Ground, recipes: list[Recipe]) -> Planted | None:
    """A fault by the first recipe that can; recipes take turns, and those that cannot any more are dropped."""
    while recipes:
        recipe = recipes.pop(0)
        planted = recipe(ground)
        if planted is not None:
            recipes.append(recipe)
            return planted
    return None
