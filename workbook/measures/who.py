"""Whom somebody asks about: a form, a mentor, a year group, single learners, those with a flag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook.measures.learners import Learner
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

    def left(self, snapshot: Snapshot) -> list[str]:
        """The IDs of those who fit the choice but have left by the day."""
        everyone = snapshot.learners.all
        return [one.learner_id for one in everyone if one.has_left(snapshot.on) and self._fits(one)]

    def choose(self, snapshot: Snapshot) -> list[str]:
        """The IDs of the learners meant who are here on the day; CannotDo where that is nobody, or an ID is unknown."""
        everyone, on = snapshot.learners.all, snapshot.on
        asked = {_fold(learner) for learner in self.learners} if self.leavers else set()
        here = [one for one in everyone if one.on_roll(on) or (_fold(one.learner_id) in asked and one.has_left(on))]
        if not here:
            raise CannotDo("There are no learners in this tracker yet: fill the Learners sheet first.")
        self._known(here, {_fold(one.learner_id): one.has_left(on) for one in everyone})
        flagged = self._flagged(snapshot)
        chosen = [one.learner_id for one in here if self._fits(one) and (flagged is None or one.learner_id in flagged)]
        if not chosen:
            raise CannotDo("Nobody fits that choice of form, learner, year, mentor and flag: leave one of them out.")
        return chosen

    def _fits(self, one: Learner) -> bool:
        """Whether a learner is in the choice of form, learners, year and mentor."""
        return (
            (self.form is None or _fold(one.form) == _fold(self.form))
            and (not self.learners or _fold(one.learner_id) in {_fold(learner) for learner in self.learners})
            and (self.year is None or one.year == self.year)
            and (self.mentor is None or _fold(one.mentor) == _fold(self.mentor))
        )

    def _known(self, here: Sequence[Learner], gone: Mapping[str, bool]) -> None:
        """Raise CannotDo for a form or an ID that nobody here has, with what there is.

        `gone` says of every ID whether its learner has left; of those not here the others have not begun.
        """
        forms = {_fold(one.form) for one in here}
        if self.form is not None and _fold(self.form) not in forms:
            there = ", ".join(sorted({one.form for one in here if one.form}))
            raise CannotDo(f"No learner is in form {self.form}: there are {there}.")
        ids = {_fold(one.learner_id) for one in here}
        for learner in self.learners:
            if _fold(learner) not in ids:
                left = gone.get(_fold(learner))
                why = "is not on the Learners sheet" if left is None else "has left" if left else "has not started yet"
                raise CannotDo(f"Learner {learner} {why}: check the ID.")

    def _flagged(self, snapshot: Snapshot) -> set[str] | None:
        if self.flag is None:
            return None
        from workbook.measures.flags import flags_of
        from workbook.model.rules import RULES, rule_called

        rule = rule_called(self.flag)
        if rule is None:
            there = ", ".join(f"{one.title} ({one.code})" for one in RULES)
            raise CannotDo(f"There is no flag {self.flag}: there are {there}.")
        return {one.learner_id for one in flags_of(snapshot) if one.code == rule.code}


def _fold(text: object) -> str:
    return fold(tidied(str(text or "")))
