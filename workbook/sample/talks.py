"""The log of contacts: mentors see week by week whom what they know points to, and now and then everybody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from workbook.measures.earlier import Then
from workbook.sample.known import Known, areas_of, wants_talk
from workbook.sample.people import Person
from workbook.sample.school_year import DAY, SchoolYear

Rows = list[dict[str, Any]]

_ANSWERED = 20
"""School days for which somebody who was spoken to is not looked for again."""
_WHY = {"attendance": "Attendance", "progress": "Progress", "effort": "Effort", "behaviour": "Behaviour"}
_ROOM = (3, 4, 5, 5, 6)
"""Conversations that a mentor has time for, week by week."""
_CASUAL = 0.075
HOME = {
    "Attendance": (
        "Went through the weeks so far; the mornings are the hard part. Agreed a call if the bus is missed.",
        "Home will ring by 8:30 on days of illness. Looking at the pattern again in three weeks.",
        "Talked about what makes Mondays hard; an earlier night on Sundays to be tried.",
    ),
    "Progress": (
        "Shared what goes well in lessons and what comes next.",
        "Went over the last levels; a quiet hour on Sundays is planned.",
    ),
    "Effort": ("Phone stays in the bag during lessons; home backs this.",),
    "Behaviour": ("Talked through the incidents; a restorative conversation is set for tomorrow.",),
    "Wellbeing": ("Home says things have settled this week.", "Tired at the moment because of a new baby at home."),
    "Good news": ("Rang to say how well the week went.", "Passed on the praise from the workshop."),
    "Transition": ("Open day dates passed on; they will visit together.",),
    "Other": ("Change of phone number noted.", "Equipment list for the course passed on."),
}
OTHERS = {
    "Attendance": ("Looked at the register together; Mondays are the hard part.", "Will take the earlier bus."),
    "Progress": (
        "Went over the last levels; will bring the maths folder to tutor time.",
        "The Thursday session would help; the learner is willing.",
    ),
    "Effort": ("Agreed to start each lesson with the task on the board.",),
    "Behaviour": ("All sides heard; a fresh start agreed.",),
    "Wellbeing": ("Checked in; settled this week. A quiet place at lunch helps.",),
    "Good news": ("Said how well the group project went.", "Passed on the praise from the workshop."),
    "Transition": ("Went over the application; the statement needs an example.",),
    "Other": ("Locker key replaced.", "Timetable change explained."),
}


def contacts(
    persons: Sequence[Person], known: Known, begun: Mapping[date, Collection[str]], calendar: SchoolYear, rng: Random
) -> Rows:
    """Rows of Contacts in the order of their dates; ``begun`` are those whose support begins on a Monday, by ID.

    Who is about to get support is spoken to the week before; then whoever has a concern without a recent contact, in
    about the order in which a tracker puts them; then anybody, for good news or to say hello.
    """
    rows: Rows = []
    last: dict[str, int] = {}
    mentors = list(dict.fromkeys(person.mentor for person in persons))
    places = {day: place for place, day in enumerate(calendar.days)}
    for number, monday in enumerate(calendar.weeks):
        then = known.before(monday)
        week = [day for day in calendar.days if monday <= day < monday + 5 * DAY]
        here = [one for one in persons if one.learner_id in then and _days(one, week)]
        open_ = [one for one in here if _is_open(one, then, last, places[week[0]])]
        following = calendar.weeks[number + 1] if number + 1 < len(calendar.weeks) else None
        agreed = set(begun.get(following, ()) if following else ())
        waiting = {one.learner_id for one in open_}
        room = {mentor: rng.choice(_ROOM) for mentor in mentors}
        for person in [*(one for one in here if one.learner_id in agreed), *_in_order(open_, then, last), *here]:
            who, mine = person.learner_id, then[person.learner_id]
            if last.get(who, -1) >= places[week[0]]:
                continue  # spoken to this week already
            if who in agreed or (who in waiting and room[person.mentor] > 0):
                waiting.discard(who)
                room[person.mentor] -= 1
                seen = who in agreed or rng.random() < 0.9
                why = _WHY[rng.choice(areas_of(mine))] if areas_of(mine) else "Wellbeing"
            else:
                seen, why = rng.random() < _CASUAL, _casual(person, mine, number, rng)
            if seen:
                day = rng.choice(_days(person, week))
                last[who] = places[day]
                rows.append(_entry(person, day, why, calendar.last, rng))
    rows.sort(key=lambda row: row["date"])
    return rows


def _days(person: Person, week: Sequence[date]) -> list[date]:
    """The school days of a week on which a learner is on roll."""
    return [day for day in week if person.started <= day <= (person.left or day)]


def _is_open(person: Person, then: Mapping[str, Then], last: Mapping[str, int], today: int) -> bool:
    """Whether a learner has a concern that no contact of the last four weeks answers; days by their place."""
    spoken = last.get(person.learner_id)
    return bool(then[person.learner_id].concerns) and (spoken is None or today - spoken >= _ANSWERED)


def _in_order(them: list[Person], then: Mapping[str, Then], last: Mapping[str, int]) -> list[Person]:
    def place(person: Person) -> tuple[bool, bool, int, float]:
        mine = then[person.learner_id]
        share = float(mine.attendance) if mine.attendance is not None else 100.0
        return not wants_talk(mine), person.learner_id in last, -len(areas_of(mine)), share

    return sorted(them, key=place)


def _casual(person: Person, then: Then, week: int, rng: Random) -> str:
    whys = ["Wellbeing", "Other", "Wellbeing"] + ([] if then.concerns else ["Good news"] * 4)
    return rng.choice(whys + (["Transition"] * 3 if person.year == 11 and week > 8 else []))


def _entry(person: Person, day: date, why: str, last: date, rng: Random) -> dict[str, Any]:
    with_whom = rng.choices(("Home", "Learner", "Teacher", "Professional", "Seen, no action"), (46, 36, 9, 4, 5))[0]
    how = {
        "Home": ("Phone", "Phone", "Email", "Text", "Meeting", "Letter", "Home visit"),
        "Professional": ("Phone", "Email", "Meeting"),
    }.get(with_whom, ("Meeting",))
    due = day + rng.choice((3, 5, 7, 7, 10, 14)) * DAY if with_whom == "Home" and rng.random() < 0.35 else None
    done = None
    if due is not None:
        due = due + (7 - due.weekday()) * DAY if due.weekday() > 4 else due
        done = "Yes" if due < last and rng.random() < 0.9 else "No"
        if person.left is not None and due > person.left:
            due = done = None
    summary = rng.choice((HOME if with_whom == "Home" else OTHERS)[why])
    if with_whom == "Seen, no action":
        summary = "Seen, no action because the reason is known and improving."
    return {
        "learner_id": person.learner_id,
        "date": day,
        "with": with_whom,
        "how": rng.choice(how) if with_whom != "Seen, no action" else None,
        "why": why,
        "summary": summary,
        "follow_up_due": due,
        "done": done,
        "by": person.mentor,
    }
