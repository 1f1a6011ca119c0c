"""Whom somebody asks about: a form, a mentor, a year group, single learners, those with a flag."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from workbook.measures.learners import Learner, id_key
from workbook.measures.snapshot import Snapshot
from workbook.model import CannotDo
from workbook.model.excel import fold, tidied


@dataclass(frozen=True)
class Who:
    """Whom something is about: what is not given does not narrow the choice."""

    form: str | None = None
    learners: Sequence[str] = ()
    year: int | None = None
    mentor: str | None = None
    flag: str | None = None
    leavers: bool = False
    """Whether single learners who are asked for may have left."""

    def away(self, snapshot: Snapshot) -> tuple[int, int]:
        """How many fit the choice but have left by the day, and how many have not started yet."""
        everyone, on = snapshot.learners.all, snapshot.on
        single = self._single(everyone)
        away = [one.has_left(on) for one in everyone if not one.on_roll(on) and self._fits(one, single)]
        return sum(away), len(away) - sum(away)

    def choose(self, snapshot: Snapshot) -> list[str]:
        """The IDs of the learners meant who are here on the day; CannotDo where that is nobody, or an ID is unknown."""
        everyone, on = snapshot.learners.all, snapshot.on
        single = self._single(everyone)
        asked = single if self.leavers and single else {}
        here = [one for one in everyone if one.on_roll(on) or (id_key(one.learner_id) in asked and one.has_left(on))]
        if not here:
            raise CannotDo("There are no learners in this tracker yet: fill the Learners sheet first.")
        self._known(here, {id_key(one.learner_id): one.has_left(on) for one in everyone}, single or {})
        flagged = self._flagged(snapshot)
        fitting = [one.learner_id for one in here if self._fits(one, single)]
        chosen = [learner_id for learner_id in fitting if flagged is None or learner_id in flagged]
        if not chosen:
            raise CannotDo("Nobody fits that choice of form, learner, year, mentor and flag: leave one of them out.")
        return chosen

    def _single(self, everyone: Sequence[Learner]) -> dict[str, str] | None:
        """The learners asked for by ID: what was typed, by key; None where none is asked for.

        An ID is meant as it is typed, else as people see it: with or without the hard space somebody pasted behind it.
        """
        if not self.learners:
            return None
        keys: dict[str, str] = {}
        for typed in self.learners:
            exact = {id_key(one.learner_id) for one in everyone} & {id_key(typed)}
            alike = exact or {id_key(one.learner_id) for one in everyone if _fold(one.learner_id) == _fold(typed)}
            if len(alike) > 1:
                raise CannotDo(f"{len(alike)} learners have IDs that look like {typed}: make them differ on Learners.")
            keys[next(iter(alike), id_key(typed))] = typed
        return keys

    def _fits(self, one: Learner, single: Collection[str] | None) -> bool:
        """Whether a learner is in the choice of form, learners (by their keys), year and mentor."""
        return (
            (self.form is None or _fold(one.form) == _fold(self.form))
            and (single is None or id_key(one.learner_id) in single)
            and (self.year is None or one.year == self.year)
            and (self.mentor is None or _fold(one.mentor) == _fold(self.mentor))
        )

    def _known(self, here: Sequence[Learner], gone: Mapping[str, bool], single: Mapping[str, str]) -> None:
        """Raise CannotDo for a form or an ID that nobody here has, with what there is.

        `gone` says of every ID whether its learner has left; of those not here the others have not begun.
        """
        forms = {_fold(one.form) for one in here}
        if self.form is not None and _fold(self.form) not in forms:
            there = ", ".join(sorted({one.form for one in here if one.form}))
            raise CannotDo(f"No learner is in form {self.form}: there are {there}.")
        ids = {id_key(one.learner_id) for one in here}
        for key, typed in single.items():
            if key not in ids:
                left = gone.get(key)
                why = "is not on the Learners sheet" if left is None else "has left" if left else "has not started yet"
                raise CannotDo(f"Learner {typed} {why}: check the ID.")

    def _flagged(self, snapshot: Snapshot) -> set[str] | None:
        if self.flag is None:
            return None
        from workbook.measures.flags import flags_of
        from workbook.model.problem_kind import shortened
        from workbook.model.rules import RULES, nearest_rules, rule_called

        rule = rule_called(self.flag)
        if rule is None:
            near = nearest_rules(self.flag)
            hint = f"did you mean {' or '.join(one.title for one in near)}? There" if near else "there"
            there = ", ".join(f"{one.title} ({one.code})" for one in RULES)
            raise CannotDo(f"There is no flag {shortened(self.flag)}: {hint} are {there}.")
        return {one.learner_id for one in flags_of(snapshot) if one.code == rule.code}


def _fold(text: object) -> str:
    return fold(tidied(str(text or "")))
