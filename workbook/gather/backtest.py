"""The rules and the order of seeing people over years: who was found early of those who came to an outcome.

Each tracker says for itself who was marked and who stood where (`workbook.measures.backtest.looked_back`); here it is
added up in DuckDB by academic year, and within it by form or file. Nothing but rules, orders and outcomes is looked at:
no group of learners is ever a predictor. It describes what was, and foretells nobody's future.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from workbook.gather.figures import connected
from workbook.measures.backtest import ANY, HERE
from workbook.measures.capacity import TOO_FEW
from workbook.measures.intervals import wilson
from workbook.measures.small_numbers import small
from workbook.model import CannotDo
from workbook.model.rules import RULES
from workbook.model.settings import LIST_ORDERS

BY = {"year": "''", "form": "form", "file": "file"}
_ENOUGH = 10
"""So many outcomes are needed for a share of them."""
_DRAWS = 400

_COMING = """
create temp view coming as
select academic_year, file, learner_id, outcome, {came} as came, coalesce({by}, '') as grouped
from outcomes join (select academic_year, file, learner_id, any_value(form) as form from learners group by all)
    using (academic_year, file, learner_id)
where {came} is not null {only}
"""
_RULES = """
select academic_year, grouped, outcome, '{here}', count(*), count(*) filter (came) from coming group by all
union all
select academic_year, grouped, outcome, what, count(*), count(*) filter (came)
from coming join (select distinct academic_year, file, learner_id, what from looked_back where first) using
    (academic_year, file, learner_id)
where what not in ({orders}, '{here}') group by all
"""
_LISTS = """
with judged as (
    select c.*, l.on, l.answered from coming c join looked_back l using (academic_year, file, learner_id)
    where l.what = '{here}'
), queue as (
    select academic_year, file, learner_id, outcome, l.on, l.what, row_number() over (
        partition by academic_year, file, outcome, l.on, l.what order by l.place) as place, {places} as places
    from coming join looked_back l using (academic_year, file, learner_id) where l.what in ({orders}) and not l.answered
), listed as (select * from queue where place <= places)
select j.academic_year, j.grouped, j.outcome, o.what, j.file, j.learner_id, count(*) filter (j.came),
    count(*) filter (j.came and (s.place is not null or j.answered)), count(s.place), count(s.place) filter (j.came)
from judged j cross join (select unnest([{orders}]) as what) o
left join listed s on (s.academic_year, s.file, s.learner_id, s.outcome, s.on, s.what)
    = (j.academic_year, j.file, j.learner_id, j.outcome, j.on, o.what)
group by all order by all
"""


def backtest_set(
    folder: Path, by: str = "year", size: int | None = None, outcome: str | None = None, under: float | None = None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rules, and the orders, of a set: a row for each academic year, group, outcome and rule or order.

    ``size`` is the number of places of each tracker, else what its mentors have room for. ``outcome`` is one of the
    set's, else all are looked at; with ``under`` it came where its number is smaller. A rule's row has judged, marked,
    outcomes, recall and precision, an order's row listed, outcomes, recall and right, each share with its 95% interval;
    numbers under six, and shares of fewer than ten outcomes, are None, and ``words`` says so.
    Raises CannotDo for an unknown word or outcome, and for a set that was gathered without looking back.
    """
    if by not in BY:
        raise CannotDo(f"The rules can be judged by {', '.join(BY)}, not by {by}.")
    with connected(folder) as database:
        there = [name for (name,) in database.execute("select distinct outcome from outcomes order by 1").fetchall()]
        if not there:
            raise CannotDo(
                f"The set {folder.name} cannot look back: gather it anew with --look-back into a new folder."
            )
        if outcome is not None and outcome not in there:
            raise CannotDo(f"The set has no outcome {outcome}: it has {', '.join(there)}.")
        came = "came" if under is None else f"(try_cast(value as double) < {float(under)})"
        only = "" if outcome is None else "and outcome = '" + outcome.replace("'", "''") + "'"
        database.execute(_COMING.format(came=came, by=BY[by], only=only))
        orders = ", ".join(f"'{order}'" for order in LIST_ORDERS)
        rules = database.execute(_RULES.format(orders=orders, here=HERE)).fetchall()
        lists = database.execute(
            _LISTS.format(orders=orders, here=HERE, places="l.places" if size is None else int(size))
        ).fetchall()
    whole = by == "year"
    return list(_rules(rules, whole)), list(_orders(lists, whole))


def _rules(found: Sequence[tuple[Any, ...]], whole: bool) -> Iterable[dict[str, Any]]:
    counted = {tuple(line[:4]): line[4:] for line in found}
    places = sorted({line[:3] for line in counted})
    for place in places:
        judged, outcomes = counted.get((*place, HERE), (0, 0))
        for code in (*(rule.code for rule in RULES), ANY):
            if (*place, code) in counted:
                marked, hits = counted[(*place, code)]
                yield dict(zip(("academic_year", "group", "outcome", "code"), (*place, code), strict=True)) | _rule(
                    judged, outcomes, marked, hits, whole
                )


def _rule(judged: int, outcomes: int, marked: int, hits: int, whole: bool) -> dict[str, Any]:
    """A rule's figures; a share of which one side is too few to be told is not told."""
    hide = any(map(small, (judged, outcomes, marked, hits)))
    if not whole:  # of a small group, who was missed is as telling as who was found
        hide = hide or small(hits, outcomes) or small(hits, marked)
    shown = outcomes >= _ENOUGH and marked and not hide
    recall, precision = (wilson(hits, outcomes), wilson(hits, marked)) if shown else ((None, None), (None, None))
    return {
        "judged": None if small(judged) else judged, "marked": None if small(marked, judged) else marked,
        "outcomes": None if small(outcomes, judged) else outcomes,
        "recall": round(hits / outcomes, 2) if shown else None, "recall_low": recall[0], "recall_high": recall[1],
        "precision": round(hits / marked, 2) if shown else None, "low": precision[0], "high": precision[1],
        "words": None if shown else TOO_FEW,
    }  # fmt: skip


def _orders(found: Sequence[tuple[Any, ...]], whole: bool) -> Iterable[dict[str, Any]]:
    groups: dict[tuple[str, ...], list[tuple[int, ...]]] = {}
    for line in found:
        groups.setdefault(line[:4], []).append(line[6:])
    for place, learners in sorted(groups.items(), key=lambda pair: (pair[0][:3], LIST_ORDERS.index(pair[0][3]))):
        yield dict(zip(("academic_year", "group", "outcome", "order"), place, strict=True)) | _order(learners, whole)


def _order(learners: list[tuple[int, ...]], whole: bool) -> dict[str, Any]:
    """An order's figures over all days; intervals by drawing learners again, each with all their days."""
    import numpy as np

    counts = np.array(learners, dtype=float)
    outcomes, hits, listed, right = (int(one) for one in counts.sum(axis=0))
    people = int((counts[:, 0] > 0).sum())
    shown = people >= _ENOUGH and not small(int((counts[:, 1] > 0).sum()), None if whole else people)
    limits: list[float | None] = [None] * 4
    if shown:
        drawn = np.random.default_rng(1).poisson(1.0, (_DRAWS, len(learners))) @ counts
        with np.errstate(invalid="ignore", divide="ignore"):
            shares = (drawn[:, 1] / drawn[:, 0], drawn[:, 3] / drawn[:, 2])
        limits = [round(float(one), 2) if one == one else None
                  for share in shares for one in np.nanpercentile(share, (2.5, 97.5))]  # fmt: skip
    return {
        "learners": None if small(len(learners)) else len(learners), "listed": listed if shown else None,
        "outcomes": None if small(people, len(learners)) else people,
        "recall": round(hits / outcomes, 2) if shown else None, "recall_low": limits[0], "recall_high": limits[1],
        "right": round(right / listed, 2) if shown and listed else None, "low": limits[2], "high": limits[3],
        "words": None if shown else TOO_FEW,
    }  # fmt: skip
