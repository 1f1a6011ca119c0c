"""Who a row is about: found by what identifies a learner, never by a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from workbook.imports.learners import IDENTIFIERS, Learner, Learners, day_of, form_of, identifier
from workbook.imports.names import bare, each_of, readings, without_middle, words_beside
from workbook.imports.parse import DIGITS_LOST, NotTaken, digits_lost
from workbook.imports.words import as_text, shown
from workbook.model import Value
from workbook.model.problem_kind import shortened
from workbook.reading.headings import folded
from workbook.reading.learner_numbers import ULN_NOT_YET_KNOWN, upn_fault

NAMESAKES = "Learner"


class UnknownID(NotTaken):
    """A row whose Learner ID nobody has, and nothing else of it finds a learner."""


@dataclass(frozen=True)
class Who:
    """The columns of a file that say who a row is about; ``answers`` gives the ID that a name of the file means."""

    id: str = ""
    upn: str = ""
    uln: str = ""
    email: str = ""
    name: str = ""
    surname: str = ""
    first_name: str = ""
    called: str = ""
    form: str = ""
    year: str = ""
    born: str = ""
    answers: tuple[tuple[str, str], ...] = ()

    def columns(self) -> tuple[str, ...]:
        """The headings that are named."""
        return tuple(one for name in WHO if (one := getattr(self, name)))


#: What a row may say of a learner, in the order in which it counts.
WHO = tuple(one.name for one in fields(Who) if one.name != "answers")


def named_in(who: Who, values: Mapping[str, Value]) -> str:
    """The name in a row as the file writes it; empty where it has none."""
    whole = as_text(values.get(who.name)) if who.name else ""
    parts = [as_text(values.get(one)) for one in (who.first_name or who.called, who.surname) if one]
    return " ".join(whole.split()) or " ".join(" ".join(parts).split())


def find(who: Who, values: Mapping[str, Value], known: Learners) -> Learner | None:
    """The learner that a row is about, None where it names nobody; NotTaken where that is unknown or unsure."""
    name = named_in(who, values)
    answers = dict(who.answers)
    told = {key: values.get(heading) for key in IDENTIFIERS if (heading := getattr(who, key))}
    told = {key: value for key, value in told.items() if value is not None and not _says_nothing(key, value)}
    if who.name and "id" not in told:  # Kezia Marsh (A3)
        beside = [one for one in words_beside(as_text(values.get(who.name))) if known.identified("id", one)]
        if beside:
            told["id"] = beside[0]
    hits = {key: one for key, value in told.items() if (one := known.identified(key, value, True))}
    if not name and not told:
        return None
    lost = {key: value for key, value in told.items() if digits_lost(value)}
    if lost and not hits and folded(name) not in answers:
        key, value = next(iter(lost.items()))
        ask = (NAMESAKES, name) if name else None
        raise NotTaken(f"{IDENTIFIERS[key]} {shown(value)}{_called(name)} {DIGITS_LOST}", ask)
    told = {key: value for key, value in told.items() if key not in lost}
    found = _one_of(hits, told, name)
    if found is None:
        if "id" in told:
            raise UnknownID(f"Learner ID {shown(told['id'])} is not on the sheet Learners{_called(name)}")
        if folded(name) in answers:
            found = known.identified("id", answers[folded(name)])
            told = {key: value for key, value in told.items() if key != "upn" or not faulty_upn(value)}
        if found is None and "upn" in told:
            _refuse_faulty_upn(told["upn"], name)
        found = found or _by_name(who, values, known, name, told)
        by = "name"
    else:
        by = IDENTIFIERS[next(iter(hits))]
        _refuse_other_name(found, who, values, known, name)
    if name and hits.keys() - {"email"}:
        told.pop("email", None)  # an address changes; with an identifier and the name beside it, it is a new one
    for key, value in told.items():
        if key != "id" and found.says.get(key, identifier(key, value)) != identifier(key, value):
            raise NotTaken(f"{name or 'The row'} is {found}, who has another {IDENTIFIERS[key]} than {shown(value)}")
    known.by[by] += 1
    return found


def faulty_upn(value: Value) -> str:
    """What is wrong with a value that was meant for a UPN, in words; empty for a right one, and for other things."""
    text = identifier("upn", value)
    return (upn_fault(text) or "") if re.fullmatch(r"[a-z][0-9a-z]{9,14}", text) else ""


def _says_nothing(key: str, value: Value) -> bool:
    """Whether an identifier is the ULN that stands for one not yet known, which belongs to nobody."""
    return key == "uln" and identifier(key, value) == ULN_NOT_YET_KNOWN


def _refuse_faulty_upn(value: Value, name: str) -> None:
    """A UPN that finds nobody and cannot be right: a name beside it is not enough to say who is meant."""
    fault = faulty_upn(value)
    if fault:
        told = f"UPN {shown(value)} cannot be right{_called(name)}: {fault}. Correct it, or say who is meant"
        raise NotTaken(told, (NAMESAKES, name) if name else None)


def _one_of(hits: Mapping[str, Learner], told: Mapping[str, Value], name: str) -> Learner | None:
    if len({one.id for one in hits.values()}) > 1:
        words = " and ".join(
            f"{IDENTIFIERS[key]} {shortened(as_text(told[key]))} is {one}" for key, one in hits.items()
        )
        raise NotTaken(f"{words}: two learners in one row{_called(name)}")
    if "id" in told and hits and "id" not in hits:
        one = next(iter(hits.values()))
        own = next(f"{IDENTIFIERS[key]} {shortened(as_text(told[key]))}" for key in hits)
        raise NotTaken(f"Learner ID {shown(told['id'])} is not on the sheet Learners, but {own} is that of {one}")
    return next(iter(hits.values()), None)


def _called(name: str) -> str:
    return f" ({shown(name)})" if name else ""


def names_in(who: Who, values: Mapping[str, Value]) -> list[tuple[str, str]]:
    """The ways to read the name in a row, as bare first name and surname."""
    found = readings(as_text(values.get(who.name))) if who.name else []
    surname = as_text(values.get(who.surname)) if who.surname else ""
    for heading in (who.first_name, who.called):
        first = as_text(values.get(heading)) if heading else ""
        if first and surname:
            found.append((bare(first), bare(surname)))
    return found


def _refuse_other_name(one: Learner, who: Who, values: Mapping[str, Value], known: Learners, name: str) -> None:
    """A row with the ID of one learner and the name of another is torn."""
    names = names_in(who, values)
    if not names and name and all(any(letter.isdigit() for letter in word) for word in name.split()):
        raise NotTaken(f"{one} is not called {shown(name)}: cells of this line may stand in the wrong columns")
    if not names or any(first in one.first and surname == one.surname for first, surname in names):
        return
    others = [other for other in known.named(names) if other.id != one.id]
    for first, surname in [] if others else names:
        if surname == one.surname and (_short(first, one.first) or first not in known.firsts):
            return
        if first in one.first and surname not in known.surnames:
            return
    raise NotTaken(
        f"{one} is not called {shown(name)}: the identifier and the name are of two people"
        + (f" (the name is that of {others[0]})" if others else "")
    )


def _short(first: str, firsts: Iterable[str]) -> bool:
    return any(one.startswith(first) or first.startswith(one) for one in firsts)


def _by_name(who: Who, values: Mapping[str, Value], known: Learners, name: str, told: Mapping[str, Value]) -> Learner:
    also = " or ".join(f"{IDENTIFIERS[key]} {as_text(value)}" for key, value in told.items())
    nobody = " or ".join(filter(None, (f"has {also}" if also else "", f"is called {shown(name)}" if name else "")))
    found = known.named(names_in(who, values))
    if not found and who.name:  # Rose after Eilidh may be a second name or another child: something else must agree
        found = [
            one
            for one in known.named(without_middle(as_text(values.get(who.name))))
            if _fits(one, who, values, known) and _agrees(one, who, values, known)
        ]
    if not found:
        people = next((ones for ones in each_of(name) if all(known.named(readings(one)) for one in ones)), [])
        if people:
            raise NotTaken(f"{shown(name)} are {len(people)} learners: give each a row, in words that name no other")
        raise NotTaken(f"nobody on the sheet Learners {nobody}", (NAMESAKES, name) if name else None)
    fitting = [one for one in found if _fits(one, who, values, known)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        is_who = " and ".join(map(str, found[:3]))
        raise NotTaken(f"{shown(name)} is {is_who}, whose form, year or birthday is another", (NAMESAKES, name))
    several = " and ".join(map(str, fitting[:4]))
    raise NotTaken(f"{shown(name)} may be {several}: say which, or add the Learner ID", (NAMESAKES, name))


def _fits(one: Learner, who: Who, values: Mapping[str, Value], known: Learners) -> bool:
    """Whether nothing else that the row says of its learner speaks against this one."""
    form = form_of(values.get(who.form), known) if who.form else ""
    if not form and who.name:
        form = next(filter(None, (form_of(one, known) for one in words_beside(as_text(values.get(who.name))))), "")
    year = re.search(r"\d{1,2}", as_text(values.get(who.year))) if who.year else None
    born = day_of(values.get(who.born)) if who.born else None
    return (
        (not form or not one.form or form == one.form)
        and (not year or not one.year or int(year[0]) == int(float(one.year)))
        and (not born or not one.born or born == one.born)
    )


def _agrees(one: Learner, who: Who, values: Mapping[str, Value], known: Learners) -> bool:
    """Whether the form or the birthday that a row says is this learner's."""
    form = form_of(values.get(who.form), known) if who.form else ""
    born = day_of(values.get(who.born)) if who.born else None
    return bool((form and form == one.form) or (born and born == one.born))
