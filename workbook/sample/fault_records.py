"""Recipes for more faults that cells show together: people, levels, days, targets, support, the year's frame."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from workbook.model import Value
from workbook.model.formulas import SESSIONS
from workbook.model.tracker import as_date
from workbook.model.vocabulary import key_of
from workbook.sample.college import WEEKDAYS
from workbook.sample.fault_cross import end_of_data, offer_awaited, together
from workbook.sample.planting import Ground, Planted, Recipe, one_of, wrong

_DAY = timedelta(days=1)
_MARKS = [key_of(session) for session in SESSIONS]
_ABSENT = frozenset("IMOGNUCTS")
_I, _V, _T = "Interventions", "Vocationaldays", "Transition"
Row = dict[str, Any]


def _row(ground: Ground, table: str, index: int) -> Row:
    return {key: values[index] for key, values in ground[table].columns.items()}


def like_an_earlier(code: str, table: str, key: str, fits: Any, *keys: str, **values: Any) -> Recipe:
    """A row gets these columns of an earlier one that ``fits`` beside it; the problem is at ``key`` of the later."""

    def plant(ground: Ground) -> Planted | None:
        if any((table, one) in ground.lost for one in (key, *keys, *values)) or table in ground.closed:
            return None
        first = -1

        def suits(index: int) -> bool:
            nonlocal first
            mine = _row(ground, table, index)
            others = (one for one in range(index) if (table, one) not in ground.used)
            first = next((one for one in others if fits(ground, _row(ground, table, one), mine)), -1)
            return first >= 0

        index = ground.free(table, suits)
        if index is None:
            return None
        ground.use(table, first, index)
        was = ground[table][key][index]
        for name in keys:
            ground[table].columns[name][index] = ground[table][name][first]
        for name, value in values.items():
            ground[table].columns[name][index] = value
        return Planted(ground[table].sheet.name, ground[table].cell(key, index), code, ground[table][key][index], was)

    return plant


def _here(ground: Ground, row: Row) -> bool:
    return ground.on_roll_all_year(row["learner_id"])


def _open(ground: Ground, row: Row) -> bool:
    return row["status"] == "Open" and _here(ground, row)


def _namesake(ground: Ground, one: Row, mine: Row) -> bool:
    return one["year"] == mine["year"] and one["form"] == mine["form"] and one["date_of_birth"] is not None


def _two_open(ground: Ground, one: Row, mine: Row) -> bool:
    return one["learner_id"] == mine["learner_id"] and _open(ground, one) and _open(ground, mine)


def _same_time(ground: Ground, one: Row, mine: Row) -> bool:
    own = one["learner_id"] and mine["learner_id"] and _here(ground, one)
    start, other = as_date(one["start"]), as_date(mine["start"])
    return bool(own and start and other and start <= other <= (as_date(one["end"]) or other))


def _two_past(ground: Ground, one: Row, mine: Row) -> bool:
    past = all(as_date(row["date"]) and row["date"] <= end_of_data(ground) for row in (one, mine))
    return bool(past and one["mentor"] and one["mentor"] == mine["mentor"] and one["what"] != mine["what"])


def _register(ground: Ground, learner: Value, day: date) -> int | None:
    """The untouched row of Registers of a learner's week."""
    registers, week = ground["Registers"], day - day.weekday() * _DAY
    pairs = enumerate(zip(registers["learner_id"], registers["week"], strict=True))
    row = next((place for place, pair in pairs if pair == (learner, week)), None)
    return None if ("Registers", row) in ground.used or "Registers" in ground.closed else row


def _absent(ground: Ground, learner: Value, day: date) -> bool:
    """Whether the register has a learner absent all day."""
    row, at = _register(ground, learner, day), 2 * day.weekday()
    return row is not None and {ground["Registers"][key][row] for key in _MARKS[at : at + 2]} <= _ABSENT


def _keep(ground: Ground, learner: Value, day: date) -> None:
    """Keep a week's register from other faults."""
    row = _register(ground, learner, day)
    if row is not None:
        ground.use("Registers", row)


def _day_away(ground: Ground, key: str, index: int) -> Value:
    """A day on which the learner was absent all day; day and month cannot be exchanged."""
    row = _row(ground, "Behaviour", index)
    if "ruan" in str(row["type"]) or not _here(ground, row):
        return None
    days = [ground.first_day + n * _DAY for n in range((end_of_data(ground) - ground.first_day).days)]
    for day in ground.rng.sample(days, min(60, len(days))):
        if day.day > 12 and day.weekday() < 5 and _absent(ground, row["learner_id"], day):
            _keep(ground, row["learner_id"], day)
            return day
    return None


def _course_day(ground: Ground, row: Row) -> date | None:
    learners, who = ground["Learners"], row["learner_id"]
    place = learners["learner_id"].index(who) if who in learners["learner_id"] else None
    if place is None or ("Learners", place) in ground.used:
        return None
    week, named = as_date(row["week"]), str(learners["vocational_day"][place])
    return week + WEEKDAYS.index(named) * _DAY if week and named in WEEKDAYS else None


def _away(ground: Ground, row: Row) -> bool:
    """Whether a vocational day was missed, by its row and by the register."""
    if row["attended"] != "No" or row["effort"] is not None or not _here(ground, row):
        return False
    day = _course_day(ground, row)
    return day is not None and _absent(ground, row["learner_id"], day)


def _yes_of(ground: Ground, row: Row) -> Value:
    """Yes, against a register that is kept from other faults."""
    day = _course_day(ground, row)
    if day:
        _keep(ground, row["learner_id"], day)
    ground.use("Learners", ground["Learners"]["learner_id"].index(row["learner_id"]))
    return "Yes"


def _holiday(ground: Ground, before: date) -> date | None:
    """The last Monday of a week between two half terms, before a day; day and month give no other Monday."""
    rows = ground["Terms"].records()
    spans = sorted((row["start"], row["end"]) for row in rows if row["kind"] == "Term")
    gaps = pairwise(spans)
    mondays = [end + (7 - end.weekday()) * _DAY for (_, end), (start, _) in gaps if (start - end).days > 7]
    before = min(before, end_of_data(ground))  # later terms may be spoilt themselves
    return max((day for day in mondays if day < before and day.day > 12), default=None)


def _into_the_holiday(ground: Ground, key: str, index: int) -> Value:
    row = _row(ground, ground.planting, index)
    week = as_date(row["week"])
    if week is None or ("learner_id" in row and (not _here(ground, row) or row["attended"] != "Yes")):
        return None
    return _holiday(ground, week)


def _not_yet_given(ground: Ground, key: str, index: int) -> Value:
    """The latest level once more, at a drop that has not come."""
    row = _row(ground, "Progress", index)
    level = row["apl_4"]
    return level if level not in (None, "N/A") and _here(ground, row) else None


def _never_given(ground: Ground, key: str, index: int) -> Value:
    """A level at a drop after the learner left or before the learner came."""
    row = _row(ground, "Progress", index)
    started, left = ground.stays.get(row["learner_id"], (None, None))
    days = {f"apl_{one['drop']}": one["date"] for one in ground["Drops"].records()}
    day, levels = days.get(key), [row[f"apl_{n}"] for n in range(1, 5) if row[f"apl_{n}"] not in (None, "N/A")]
    outside = day and ((left and day > left + 28 * _DAY) or (started and day < started))
    return levels[0] if outside and levels else None


def _lowest(ground: Ground, row: Row) -> Value:
    """The lowest level of the scale of a row's subject."""
    scales = dict(zip(ground["Subjects"]["subject"], ground["Subjects"]["scale"], strict=True))
    rows = [one for one in ground["Scales"].records() if one["scale"] == scales.get(row["subject"])]
    return min(rows, key=lambda one: float(one["points"]))["level"] if rows else None


def _well_above(ground: Ground, row: Row) -> bool:
    return row["baseline"] is not None and row["target"] is not None and row["baseline"] != _lowest(ground, row)


def _other_course(ground: Ground, row: Row) -> Value:
    mine = {s for who, s in zip(ground["Progress"]["learner_id"], ground["Progress"]["subject"], strict=True)
            if who == row["learner_id"]}  # fmt: skip
    return next((one for one in ground["Subjects"]["subject"] if one not in mine), None)


def _after(ground: Ground, value: Value) -> bool:
    day = as_date(value)
    return day is not None and day > end_of_data(ground) + 9 * _DAY


def _offered(ground: Ground, row: Row) -> bool:
    return row["offer"] in ("Conditional", "Unconditional") and row["evidence"] is None


def _running(ground: Ground, row: Row) -> bool:
    own = row["learner_id"] is not None and _here(ground, row)
    return own and row["review_due"] is not None and row["end"] is None and row["outcome"] is None


RECIPES: dict[str, list[Recipe]] = {
    "learner-twice": [
        like_an_earlier("learner-twice", "Learners", "surname", _namesake, "first_name", "surname", "date_of_birth",
                        preferred_name=None, email=None)
    ],
    "course-incomplete": [
        together("course-incomplete", "Learners", "course", lambda ground, row: row["vocational_day"] is not None,
                 vocational_day=None)
    ],
    "sent-without-responsibility": [
        together("sent-without-responsibility", "Parents", "send_reports",
                 lambda ground, row: row["send_reports"] == "Yes", parental_responsibility="No")
    ],
    "no-way-to-reach": [
        together("no-way-to-reach", "Parents", "email",
                 lambda ground, row: row["send_reports"] == "Yes" and row["parental_responsibility"] == "Yes",
                 email=None, phone=None, address=None)
    ],
    "level-to-come": wrong("level-to-come", _not_yet_given, "Progress.apl_5", "Progress.apl_6", blank=True),
    "level-outside-stay": wrong("level-outside-stay", _never_given, *(f"Progress.apl_{n}" for n in range(1, 5)),
                                blank=True),
    "target-below-baseline": [together("target-below-baseline", "Progress", "target", _well_above, target=_lowest)],
    "baseline-source-odd": [
        together("baseline-source-odd", "Progress", "baseline_source",
                 lambda ground, row: row["baseline"] is not None, baseline_source="None")
    ],
    "absent-then": wrong("absent-then", _day_away, "Behaviour.date"),
    "day-against-register": [together("day-against-register", _V, "attended", _away, attended=_yes_of)],
    "absent-with-effort": [together("absent-with-effort", _V, "effort", _away, effort="3")],
    "no-college-that-week": wrong("no-college-that-week", _into_the_holiday, f"{_V}.week", "PDtopics.week"),
    "done-too-early": [
        together("done-too-early", "Diary", "done",
                 lambda ground, row: _after(ground, row["date"]), done="Yes")
    ],
    "time-odd": wrong("time-odd", one_of("25:30", "10:75", "1:5"), "Diary.time"),
    "diary-clash": [like_an_earlier("diary-clash", "Diary", "time", _two_past, "date", "time")],
    "target-twice": [like_an_earlier("target-twice", "Targets", "target", _two_open, "target")],
    "target-without-due": [together("target-without-due", "Targets", "due", _open, due=None)],
    "closed-without-review": [
        together("closed-without-review", "Targets", "reviewed",
                 lambda ground, row: row["status"] == "Met" and _here(ground, row), reviewed=None)
    ],
    "support-overlaps": [
        like_an_earlier("support-overlaps", _I, "start", _same_time, "learner_id", "type", "subject", "aim_measure",
                        "aim_value")
    ],
    "never-reviewed": [together("never-reviewed", _I, "review_due", _running, review_due=None)],
    "sessions-unplanned": [
        together("sessions-unplanned", _I, "sessions_attended", lambda ground, row: bool(row["sessions_attended"]),
                 sessions_planned=None)
    ],
    "aim-out-of-range": [
        together("aim-out-of-range", _I, "aim_value", lambda ground, row: row["aim_measure"] == "Attendance %",
                 aim_value=195),
        together("aim-out-of-range", _I, "aim_value", lambda ground, row: row["aim_measure"] == "Effort", aim_value=30),
    ],
    "subject-not-taken": [together("subject-not-taken", _I, "subject", _running, subject=_other_course)],
    "seen-with-follow-up": [
        together("seen-with-follow-up", "Contacts", "follow_up_due",
                 lambda ground, row: row["with"] == "Seen, no action" and _here(ground, row),
                 follow_up_due=lambda ground, row: row["date"] + 14 * _DAY)
    ],
    "placement-without-start": [
        together("placement-without-start", "Workexperience", "start",
                 lambda ground, row: _after(ground, row["start"]) and bool(row["end"]),
                 start=None)
    ],
    "offer-incomplete": [
        together("offer-incomplete", _T, key, _offered, **{key: None}) for key in ("offer_date", "provider")
    ],
    "interview-without-application": [
        together("interview-without-application", _T, "interview",
                 lambda ground, row: offer_awaited(ground, row) and row["interview"] is not None, applied=None)
    ],
}  # fmt: skip
