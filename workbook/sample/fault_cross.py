"""Recipes for faults that two cells show together: each cell is right alone, but not beside the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from workbook.model import Value
from workbook.model.formulas import SESSIONS
from workbook.model.tracker import as_date
from workbook.model.vocabulary import key_of
from workbook.sample.planting import Ground, Planted, Recipe, wrong

_DAY = timedelta(days=1)
_W, _T, _I = "Workexperience", "Transition", "Interventions"
_MARKS = [key_of(session) for session in SESSIONS]
_CHECKS = ("health_and_safety", "insurance", "consent")
Suits = Callable[[Ground, dict[str, Any]], bool]


def together(code: str, table: str, key: str, suits: Suits, **values: Any) -> Recipe:
    """A row that suits gets these values (or what they make of the row); the problem is at ``key``."""

    def plant(ground: Ground) -> Planted | None:
        needed = {key, *values}
        if any((table, one) in ground.lost for one in needed) or not needed <= set(ground[table].columns):
            return None
        index = ground.free(table, lambda one: suits(ground, _row(ground, table, one)))
        if index is None:
            return None
        row = _row(ground, table, index)
        ground.use(table, index)
        was = row[key]
        for name, value in values.items():
            ground[table].columns[name][index] = value(ground, row) if callable(value) else value
        return Planted(ground[table].sheet.name, ground[table].cell(key, index), code, ground[table][key][index], was)

    return plant


def _row(ground: Ground, table: str, index: int) -> dict[str, Any]:
    return {key: values[index] for key, values in ground[table].columns.items()}


def end_of_data(ground: Ground) -> date:
    """The last Friday with registers."""
    return ground.last_week + 4 * _DAY


def placement_over(ground: Ground, row: dict[str, Any]) -> bool:
    """Whether a placement is over, of a learner who is here all year."""
    end = as_date(row["end"])
    return end is not None and end <= end_of_data(ground) and ground.on_roll_all_year(row["learner_id"])


def _ahead(ground: Ground, row: dict[str, Any]) -> bool:
    start = as_date(row["start"])
    return start is not None and start > end_of_data(ground)


def _days_from(key: str, first: int, last: int) -> Callable[[Ground, dict[str, Any]], Value]:
    return lambda ground, row: row[key] + ground.rng.randrange(first, last + 1) * _DAY


def _offered(ground: Ground, row: dict[str, Any]) -> bool:
    return row["offer"] in ("Conditional", "Unconditional")


def offer_awaited(ground: Ground, row: dict[str, Any]) -> bool:
    """Whether an application is out and nothing has come back."""
    return row["offer"] == "None yet" and as_date(row["applied"]) is not None


def _left(ground: Ground, row: dict[str, Any]) -> bool:
    _, left = ground.stays.get(row["learner_id"], (None, None))
    return left is not None and left < end_of_data(ground)


def _in_the_future(ground: Ground, key: str, index: int) -> Value:
    """A day a month or two after the end of the data; day and month cannot be exchanged."""
    table = ground.planting
    row = _row(ground, table, index)
    day = end_of_data(ground) + ground.rng.randrange(30, 60) * _DAY
    day = day.replace(day=ground.rng.randrange(13, 29))
    busy = as_date(row.get("follow_up_due")) or (table == _W and not _ahead(ground, row))
    late = table == _W and day >= (as_date(row["start"]) or day)
    return None if busy or late or not ground.on_roll_all_year(row["learner_id"]) else day


def _overlap(ground: Ground) -> Planted | None:
    """Two placements ahead in the same week, both of one learner now."""
    table, code = ground[_W], "placements-overlap"
    first = ground.free(_W, lambda one: _ahead(ground, _row(ground, _W, one)))
    if first is None:
        return None
    start = table["start"][first]
    second = ground.free(_W, lambda one: one != first and table["start"][one] == start)
    if second is None:
        return None
    ground.use(_W, first, second)
    table.columns["learner_id"][second] = table["learner_id"][first]
    return Planted(table.sheet.name, table.cell("start", max(first, second)), code, start, start)


def _marks_lost(ground: Ground) -> Planted | None:
    """A placement whose marks W became marks of a day at college."""
    if "Registers" in ground.closed or {("Registers", one) for one in _MARKS} & ground.lost:
        return None
    registers, table = ground["Registers"], ground[_W]

    def weeks(index: int) -> list[int]:
        row = _row(ground, _W, index)
        start, end = as_date(row["start"]), as_date(row["end"])
        return [
            place
            for place, (who, week) in enumerate(zip(registers["learner_id"], registers["week"], strict=True))
            if who == row["learner_id"] and start and end and (day := as_date(week)) and start - 6 * _DAY <= day <= end
        ]

    def suits(index: int) -> bool:
        if not placement_over(ground, _row(ground, _W, index)):
            return False
        rows = weeks(index)
        return bool(rows) and not any(("Registers", one) in ground.used for one in rows)

    index = ground.free(_W, suits)
    if index is None:
        return None
    rows = weeks(index)
    ground.use(_W, index)
    ground.use("Registers", *rows)
    for key in _MARKS:
        for place in rows:
            if registers[key][place] == "W":
                registers.columns[key][place] = "/" if key.endswith("am") else "\\"
    start = table["start"][index]
    return Planted(table.sheet.name, table.cell("start", index), "placement-without-w", start, start)


def _stray_w(ground: Ground, key: str, index: int) -> Value:
    """W in place of a mark of presence, for a learner without a placement."""
    registers = ground["Registers"]
    placed = registers["learner_id"][index] in set(ground[_W]["learner_id"])
    return None if placed or registers[key][index] not in ("/", "\\") else "W"


def _row_missing(ground: Ground) -> Planted | None:
    """A row of a learner of the last year given to one of the year below; said once, under the last row."""
    code, table = "transition-rows-missing", ground[_T]
    if code in ground.done or _T in ground.closed or (_T, "learner_id") in ground.lost:
        return None
    years = dict(zip(ground["Learners"]["learner_id"], ground["Learners"]["year"], strict=True))
    last = max(year for year in years.values() if isinstance(year, int))
    index = ground.free(_T, lambda one: years.get(table["learner_id"][one]) == last)
    below = next((one for one, year in years.items() if isinstance(year, int) and year < last), None)
    if index is None or below is None:
        return None
    ground.done.add(code)
    ground.use(_T, index)
    table.columns["learner_id"][index] = below
    return Planted(table.sheet.name, table.next_cell("learner_id"), code)


def _group_gone(ground: Ground) -> Planted | None:
    """An intervention that begins once all members have left their group."""
    table, groups = ground[_I], ground["Groups"]

    def members(index: int) -> list[int]:
        name = table["group"][index]
        return [place for place, one in enumerate(groups["group"]) if name is not None and one == name]

    def begins(index: int) -> date | None:
        joined = [as_date(groups["joined"][place]) for place in members(index)]
        return max((day for day in joined if day), default=None)

    def suits(index: int) -> bool:
        rows, day = members(index), begins(index)
        if not rows or day is None or any(("Groups", one) in ground.used for one in rows):
            return False
        review, end = as_date(table["review_due"][index]), as_date(table["end"][index])
        return day < min(review or date.max, end or date.max, end_of_data(ground))

    index = ground.free(_I, suits)
    day = begins(index) if index is not None else None
    if index is None or day is None:
        return None
    rows = members(index)
    ground.use(_I, index)
    ground.use("Groups", *rows)
    for place in rows:
        groups.columns["left"][place] = groups["joined"][place]
    table.columns["start"][index] = day + _DAY
    return Planted(table.sheet.name, table.cell("group", index), "group-empty", table["group"][index])


def _any_group(ground: Ground, row: dict[str, Any]) -> Value:
    names = [one for one in ground["Groups"]["group"] if isinstance(one, str)]
    return ground.rng.choice(names) if names else None


def _topic(ground: Ground, key: str, index: int) -> Value:
    """A topic of the other year, taught before the day of the evidence."""
    row = _row(ground, "PDevidence", index)
    years = dict(zip(ground["Learners"]["learner_id"], ground["Learners"]["year"], strict=True))
    mine, topics = years.get(row["learner_id"]), ground["PDtopics"]
    of_others = [
        name
        for name, year, week in zip(topics["topic"], topics["year_group"], topics["week"], strict=True)
        if isinstance(year, int) and isinstance(mine, int) and year != mine
        if (day := as_date(week)) and as_date(row["date"]) and day <= row["date"]
    ]
    return ground.rng.choice(of_others) if of_others else None


def _too_early(ground: Ground, key: str, index: int) -> Value:
    """A school-time weekday of the week or two before the topic's."""
    row = _row(ground, "PDevidence", index)
    topics = zip(ground["PDtopics"]["topic"], ground["PDtopics"]["week"], strict=True)
    week = min((day for name, value in topics if name == row["topic"] and (day := as_date(value))), default=None)
    if week is None or not ground.on_roll_all_year(row["learner_id"]):
        return None
    day = week - ground.rng.choice((3, 4, 5, 6, 7, 10, 11)) * _DAY
    return day if day >= ground.first_day else None


def _group_known(ground: Ground, row: dict[str, Any]) -> bool:
    return bool(row["learner_id"]) and row["group"] is None and bool(len(ground["Groups"]))


_PAST = ("Behaviour.date", "Contacts.date", "PDevidence.date", *(f"{_W}.{key}" for key in _CHECKS))

RECIPES: dict[str, list[Recipe]] = {
    "group-empty": [_group_gone],
    "placement-without-w": [_marks_lost],
    "placements-overlap": [_overlap],
    "transition-rows-missing": [_row_missing],
    "date-in-future": wrong("date-in-future", _in_the_future, *_PAST, blank=True),
    "placement-unchecked": [together("placement-unchecked", _W, key, placement_over, **{key: None}) for key in _CHECKS],
    "placement-checked-late": [
        together("placement-checked-late", _W, key, placement_over, **{key: _days_from("start", 1, 3)})
        for key in _CHECKS
    ],
    "w-without-placement": wrong("w-without-placement", _stray_w, *(f"Registers.{key}" for key in _MARKS)),
    "visit-outside-placement": [
        together("visit-outside-placement", _W, "visit", placement_over, visit=_days_from("start", -9, -1)),
        together("visit-outside-placement", _W, "visit", placement_over, visit=_days_from("end", 1, 9)),
    ],
    "placement-not-begun": [
        together("placement-not-begun", _W, "reflection", _ahead, reflection="I liked the customers most."),
        together("placement-not-begun", _W, "employers_comment", _ahead, employers_comment="On time and polite."),
    ],
    "undecided-with-plan": [
        together("undecided-with-plan", _T, "intended_destination", _offered, intended_destination="Undecided")
    ],
    "offer-without-application": [together("offer-without-application", _T, "offer", _offered, applied=None)],
    "offer-date-without-offer": [
        together(
            "offer-date-without-offer", _T, "offer_date", offer_awaited, offer_date=lambda ground, row: row["applied"]
        )
    ],
    "accepted-without-offer": [together("accepted-without-offer", _T, "accepted", offer_awaited, accepted="Yes")],
    "declined-without-plan": [
        together("declined-without-plan", _T, "back_up_plan", offer_awaited, offer="Declined", back_up_plan=None)
    ],
    "attended-more-than-planned": [
        together(
            "attended-more-than-planned",
            _I,
            "sessions_attended",
            lambda ground, row: isinstance(row["sessions_planned"], int),
            sessions_attended=lambda ground, row: row["sessions_planned"] + ground.rng.randrange(1, 6),
        )
    ],
    "learner-and-group": [together("learner-and-group", _I, "group", _group_known, group=_any_group)],
    "outcome-against-end": [
        together(
            "outcome-against-end",
            _I,
            "outcome",
            lambda ground, row: row["end"] is None and ground.on_roll_all_year(row["learner_id"]),
            outcome="Stopped",
        )
    ],
    "open-after-leaving": [
        together("open-after-leaving", _I, "end", _left, end=None),
        together("open-after-leaving", "Targets", "status", _left, status="Open"),
    ],
    "done-without-action": [
        together(
            "done-without-action",
            "Behaviour",
            "done",
            lambda ground, row: row["done"] == "Yes",
            restorative_action="None yet",
        )
    ],
    "topic-of-other-year": wrong("topic-of-other-year", _topic, "PDevidence.topic"),
    "evidence-before-topic": wrong("evidence-before-topic", _too_early, "PDevidence.date"),
}
