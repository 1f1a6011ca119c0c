"""Forms in the new year: what each is called then, by rule or as it is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from workbook.measures.learners import Learners
from workbook.model import CannotDo, Tracker
from workbook.model.excel import fold


def renamed(tracker: Tracker, asked: Mapping[str, str], stay: Iterable[str] = ()) -> dict[str, str]:
    """The new name of each form of those who move up, in order: ``10A`` becomes ``11A`` unless ``asked`` says else.

    A form without its year in its name keeps it. CannotDo for a form that nobody who moves up is in.
    """
    learners = Learners(tracker)
    wanted = {fold(form.strip()): new.strip() for form, new in asked.items()}
    spelt = {fold(form.strip()): form.strip() for form in asked}
    staying = {fold(one.strip()) for one in stay}
    found: dict[str, str] = {}
    for one in learners.all:
        moves = one.year is None or one.year < learners.last_year
        if moves and one.form and fold(one.learner_id) not in staying and one.form not in found:
            found[one.form] = wanted.get(fold(one.form)) or _by_rule(one.form, one.year)
    unknown = wanted.keys() - {fold(one) for one in found}
    if unknown:
        there = ", ".join(found) or "none"
        raise CannotDo(f"Nobody who moves up is in form {spelt[min(unknown)]}: the forms that move up are {there}.")
    return dict(sorted(found.items()))


def _by_rule(form: str, year: float | None) -> str:
    if year is None:
        return form
    return re.sub(rf"(?<!\d){year:g}(?!\d)", f"{year + 1:g}", form, count=1)


def asked_for(words: Iterable[str]) -> dict[str, str]:
    """The forms of options such as ``10A=11A``; CannotDo for what does not read like that."""
    found = {}
    for word in words:
        old, equals, new = word.partition("=")
        if not (old.strip() and equals and new.strip()):
            raise CannotDo(f"--form wants the old name and the new one, such as 10A=11A, not {word}.")
        found[old.strip()] = new.strip()
    return found
