"""Every flag in the order in which to see people, with who they are and where they stand on their mentor's list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from workbook.measures.flags import Flag, Found, found_in
from workbook.measures.mentor_list import MentorList, lists_of
from workbook.measures.snapshot import Snapshot
from workbook.model import Tracker
from workbook.model.excel import fold
from workbook.model.rules import Nature

Place = tuple["Standing", int, int | None]
"""The standing, the order within it, the place on the list of a mentor: of the week, or of strengths."""


class Standing(StrEnum):
    """Where a learner stands, in the order of the lists."""

    THIS_WEEK = "this week"
    NEXT = "next in line"
    LOOK = "a look"
    STRENGTH = "strength"
    MORE = "more strengths"
    CARE = "care"
    ANSWERED = "answered"


@dataclass(frozen=True)
class FlagList:
    """All flags in order, and the list of each mentor they follow from."""

    flags: list[Flag]
    mentors: list[MentorList]
    found: Found


def flag_list(tracker: Tracker, on: date, among: Collection[str] | None = None) -> FlagList:
    """The flags on a day in the order in which to see people; ``among`` keeps to learners by ID."""
    return flag_list_of(found_in(Snapshot(tracker, on)), among)


def flag_list_of(found: Found, among: Collection[str] | None = None) -> FlagList:
    """The same for flags at hand."""
    mentors = lists_of(found)
    wanted = None if among is None else set(map(fold, among))
    places, praise, head_of_year = _places(found, mentors), _praise(mentors), _head_of_year(mentors)
    learners, names = found.snapshot.learners, found.snapshot.names
    told: list[tuple[tuple[int, int, int], Flag]] = []
    for number, flag in enumerate(found.flags):
        if wanted is not None and fold(flag.learner_id) not in wanted:
            continue
        learner = learners.by_id[fold(flag.learner_id)]
        strength = flag.nature is Nature.STRENGTH
        one, (standing, order, place) = learners.all[learner], (praise if strength else places)[flag.learner_id]
        whole = replace(
            flag,
            name=names[learner] or None,
            form=one.form or None,
            mentor=one.mentor or None,
            standing=str(standing),
            place=place,
            head_of_year=head_of_year.pop(flag.learner_id, None) if flag.nature is Nature.CONCERN else None,
        )
        told.append(((list(Standing).index(standing), order, number), whole))
    return FlagList([flag for _, flag in sorted(told, key=lambda pair: pair[0])], mentors, found)


def _places(found: Found, mentors: list[MentorList]) -> dict[str, Place]:
    """Where each flagged learner stands."""
    places: dict[str, Place] = {}
    for flag in found.flags:
        places[flag.learner_id] = (Standing.CARE, 0, None)
    for mine in mentors:
        week = (*mine.now, *mine.looks_now)
        for order, one in enumerate(week, start=1):
            places[one.learner_id] = (Standing.THIS_WEEK, order, order)
        for order, quiet in enumerate(mine.hello, start=len(week) + 1):
            places[quiet.learner_id] = (Standing.THIS_WEEK, order, order)
        for standing, part in ((Standing.NEXT, mine.next), (Standing.LOOK, mine.looks)):
            for order, one in enumerate(part):
                places[one.learner_id] = (standing, order, None)
        for order, one in enumerate(mine.answered):
            places[one.learner_id] = (Standing.ANSWERED, order, None)
    return places


def _praise(mentors: list[MentorList]) -> dict[str, Place]:
    """Where each learner with a strength stands on the list of strengths, which has as many places as the week's."""
    now = {one.learner_id: (Standing.STRENGTH, order, order)
           for mine in mentors for order, one in enumerate(mine.strengths, start=1)}  # fmt: skip
    more = {one.learner_id: (Standing.MORE, order, None)
            for mine in mentors for order, one in enumerate(mine.more_strengths)}  # fmt: skip
    return {**now, **more}


def _head_of_year(mentors: list[MentorList]) -> dict[str, str]:
    """What the Head of Year should know of each learner."""
    return {one.learner_id: one.for_head_of_year for mine in mentors for one in mine.for_head_of_year}
