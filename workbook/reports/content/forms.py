"""What a report on a whole form says: its learners, its subjects, what to celebrate. For staff, and for the wall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, islice
from typing import Any

from workbook.measures.learners import id_key
from workbook.measures.levels import STATUS_MARKS
from workbook.measures.progress_day import Place, clock, timetable
from workbook.measures.snapshot import Snapshot
from workbook.model import Audience, CannotDo
from workbook.model.excel import fold, is_yes
from workbook.model.tracker import as_date
from workbook.model.vocabulary import key_of
from workbook.reports.content.learner import Context, contexts_of

_TALK = ("talk", "head of year")
_STATUS_KEYS = {word: key_of(word) for word in STATUS_MARKS}
_LATELY = timedelta(weeks=12)
_NEW_TARGETS = 3
"""So many targets can be agreed anew on one Progress Day."""


def forms(snapshot: Snapshot) -> list[str]:
    """The forms that have learners on the day, in alphabetical order."""
    return sorted({one.form for one in snapshot.learners.all if one.form and one.on_roll(snapshot.on)})


def form_contexts(snapshot: Snapshot, chosen: Iterable[str] | None = None) -> Iterator[Context]:
    """A mapping for each form (all of them unless told), for staff; CannotDo names a form that has no learners."""
    there = {fold(form): form for form in forms(snapshot)}
    wanted = list(there) if chosen is None else [fold(form.strip()) for form in chosen]
    for form in wanted:
        if form not in there:
            raise CannotDo(f"No learner is in form {form}: there are {', '.join(there.values())}.")
    members: dict[str, list[str]] = {form: [] for form in wanted}
    on = snapshot.on
    for one in snapshot.learners.all:
        if fold(one.form) in members and one.on_roll(on):
            members[fold(one.form)].append(one.learner_id)
    places = timetable(snapshot.tracker, on)
    everyone = contexts_of(snapshot, chain.from_iterable(members.values()), reader=Audience.MENTOR)
    for form, ids in members.items():
        yield _form(there[form], list(islice(everyone, len(ids))), on, places)


def _form(name: str, learners: Sequence[Context], on: date, places: Mapping[str, Place]) -> Context:
    ordered = sorted(learners, key=lambda one: (one["learner"]["surname"] or "", one["learner"]["first_name"]))
    slots = [places.get(id_key(one["learner"]["learner_id"])) for one in ordered]
    members = [_member(one, slot.time if slot else "") for one, slot in zip(ordered, slots, strict=True)]
    lines = [_slot(*line) for line in zip(ordered, members, slots, strict=True)]
    first = ordered[0]
    possible = sum(one["attendance"]["possible"] for one in ordered)
    attended = sum(one["attendance"]["attended"] for one in ordered)
    return {
        "academy": first["academy"],
        "college": first["college"],
        "mentor": first["mentor"],
        "report": first["report"],
        "form": {
            "name": name,
            "mentor": first["mentor"]["name"],
            "learners": len(members),
            "attendance": round(100 * attended / possible, 2) if possible else None,
            "sentence": _sentence(members),
        },
        "member": members,
        "agreed_line": list(chain.from_iterable(map(_agreed_lines, ordered))),
        "slot": sorted(lines, key=lambda line: (line["time"] or "", line["room"] or "")),
        "form_subject": _subjects(ordered),
        "celebration": _celebrations(ordered, on),
    }


def _slot(one: Context, member: dict[str, Any], place: Place | None) -> dict[str, Any]:
    """A line of the timetable: who comes when and where, and what to prepare for."""
    family = [f"with {name} ({form}) at {clock(at)}" for name, form, at in place.family] if place else []
    return {
        "time": place.time if place else None,
        "room": (place.room or None) if place else None,
        "learner_id": one["learner"]["learner_id"],
        "name": member["name"],
        "prepare": "; ".join(filter(None, [member["needs"], *family])),
    }


def _agreed_lines(one: Context) -> Iterator[dict[str, Any]]:
    """Lines for what a learner agrees: those for new targets are blank, those still open say which and by when."""
    whose = {"learner_id": one["learner"]["learner_id"], "name": one["learner"]["name"]}
    for _ in range(_NEW_TARGETS):
        yield {**whose, "target": None, "due": None}
    for target in one["open_target"]:
        yield {**whose, "target": target["target"], "due": target["due"]}


def _member(one: Context, slot: str) -> dict[str, Any]:
    statuses = [subject["status"] for subject in one["subject"]]
    concerns = [flag for flag in one["flag"] if flag["band"] in (*_TALK, "look")]
    talks = any(flag["band"] in _TALK for flag in concerns)
    return {
        "name": one["learner"]["name"],
        "first_name": one["learner"]["first_name"],
        "attendance": one["attendance"]["percent"],
        "late": one["attendance"]["late"],
        "well": sum(status in ("Above", "On") for status in statuses),
        "below": sum(status in ("Just below", "Below") for status in statuses),
        "going_well": one["going_well"],
        "work_on": one["work_on"],
        "band": "Talk" if talks else "Look" if concerns else "–",
        "reasons": "; ".join(dict.fromkeys(flag["title"] for flag in concerns)),
        "learner_id": one["learner"]["learner_id"],
        "slot": slot,
        "open_targets": len(one["open_target"]),
        "needs": _needs(one["contact_person"]),
    }


def _needs(people: Sequence[dict[str, Any]]) -> str:
    """What those at home need for a meeting or a letter."""
    languages = [one["language"] for one in people if one["language"] and one["language"] != "English"]
    large = ["large print"] if any(is_yes(one["large_print"]) for one in people) else []
    return "; ".join(dict.fromkeys([*map(str, languages), *large]))


def _sentence(members: Sequence[dict[str, Any]]) -> str:
    talks = sum(one["band"] == "Talk" for one in members)
    looks = sum(one["band"] == "Look" for one in members)
    need = f"{talks} learner{'' if talks == 1 else 's'} need{'s' if talks == 1 else ''} a conversation"
    return f"{need}, {looks} a closer look, of {len(members)} in the form."


def _subjects(learners: Sequence[Context]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for one in learners:
        for subject in one["subject"]:
            row = found.setdefault(
                subject["name"], {"name": subject["name"], **dict.fromkeys((*_STATUS_KEYS.values(), "not_known"), 0)}
            )
            row[_STATUS_KEYS[subject["status"]] if subject["status"] in STATUS_MARKS else "not_known"] += 1
    return list(found.values())


def _celebrations(learners: Sequence[Context], on: date) -> list[dict[str, Any]]:
    """What the learners achieved in the last twelve weeks, one line each, newest first."""
    found = []
    for one in learners:
        for achievement in one["achievement"]:
            day = as_date(achievement["date"])
            if day and day >= on - _LATELY and achievement["what"]:
                line = {key: achievement[key] for key in ("what", "type", "date")}
                found.append({"name": one["learner"]["name"], **line})
    return sorted(found, key=lambda line: str(line["date"]), reverse=True)
