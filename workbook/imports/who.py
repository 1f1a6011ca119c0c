"""Who a row is about: found by what identifies a learner, never by a guess."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from workbook.imports.judge import form_among
from workbook.imports.names import bare, each_of, readings, words_beside
from workbook.imports.parse import NotTaken
from workbook.imports.words import as_text, shown
from workbook.model import Tracker, Value
from workbook.model.choices import choices
from workbook.model.problem_kind import shortened
from workbook.reading.headings import folded
from workbook.reading.learner_numbers import ULN_NOT_YET_KNOWN, upn_fault
from workbook.reading.written_dates import read_date, serial_date

NAMESAKES = "Learner"
_IDENTIFIERS = {"id": "Learner ID", "upn": "UPN", "uln": "ULN", "email": "Email"}


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


@dataclass(frozen=True)
class Learner:
    """What a tracker knows of a learner, for finding them."""

    id: str
    says: Mapping[str, str]
    first: frozenset[str]
    surname: str
    form: str
    year: str
    born: date | None

    def __str__(self) -> str:
        return f"{self.id} ({self.form or 'no form'})"


@dataclass
class Learners:
    """The learners of a tracker by everything that finds them. ``by`` counts what rows were found by, ``forms`` are
    those there are.
    """

    all: list[Learner]
    by: Counter[str] = field(default_factory=Counter)
    forms: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._by: dict[str, dict[str, list[Learner]]] = {key: defaultdict(list) for key in _IDENTIFIERS}
        self._named: dict[tuple[str, str], list[Learner]] = defaultdict(list)
        for one in self.all:
            for key, value in one.says.items():
                self._by[key][value].append(one)
            for first in one.first:
                self._named[first, one.surname].append(one)
        self.firsts = {first for one in self.all for first in one.first}
        self.surnames = {one.surname for one in self.all}
        self.forms |= {one.form for one in self.all if one.form}

    def identified(self, key: str, value: Value) -> Learner | None:
        """The learner with an identifier; None where nobody has it, or two."""
        found = self._by[key].get(identifier(key, value), [])
        return found[0] if len(found) == 1 else None

    def named(self, names: Iterable[tuple[str, str]]) -> list[Learner]:
        """The learners whose name may be read so."""
        found = {one.id: one for name in names for one in self._named.get(name, ())}
        return list(found.values())


def learners_of(tracker: Tracker) -> Learners:
    """The learners of a tracker, those who have left too."""
    found = []
    for one in tracker["Learners"].records():
        if one.get("learner_id") is None:
            continue
        says = {
            "id": identifier("id", one["learner_id"]),
            **{key: identifier(key, one.get(key)) for key in ("upn", "uln", "email") if one.get(key)},
        }
        if says.get("uln") == ULN_NOT_YET_KNOWN:
            del says["uln"]
        firsts = [bare(as_text(one.get(key))) for key in ("first_name", "preferred_name")]
        born = one.get("date_of_birth")
        found.append(
            Learner(
                as_text(one["learner_id"]), says, frozenset(filter(None, firsts)), bare(as_text(one.get("surname"))),
                as_text(one.get("form")), as_text(one.get("year")), _day(born),
            )
        )  # fmt: skip
    return Learners(found, forms=set(map(as_text, choices(tracker, "Forms"))))


def identifier(key: str, value: Value) -> str:
    """An identifier for comparing: capitals and blanks do not matter."""
    text = as_text(value).strip()
    return text.casefold() if key in ("id", "email") else re.sub(r"\s", "", text).casefold()


def named_in(who: Who, values: Mapping[str, Value]) -> str:
    """The name in a row as the file writes it; empty where it has none."""
    whole = as_text(values.get(who.name)) if who.name else ""
    parts = [as_text(values.get(one)) for one in (who.first_name or who.called, who.surname) if one]
    return " ".join(whole.split()) or " ".join(" ".join(parts).split())


def find(who: Who, values: Mapping[str, Value], known: Learners) -> Learner | None:
    """The learner that a row is about, None where it names nobody; NotTaken where that is unknown or unsure."""
    name = named_in(who, values)
    answers = dict(who.answers)
    told = {key: values.get(heading) for key in _IDENTIFIERS if (heading := getattr(who, key))}
    told = {key: value for key, value in told.items() if value is not None and not _says_nothing(key, value)}
    hits = {key: one for key, value in told.items() if (one := known.identified(key, value))}
    if not name and not told:
        return None
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
        by = _IDENTIFIERS[next(iter(hits))]
        _refuse_other_name(found, who, values, known, name)
    if name and hits.keys() - {"email"}:
        told.pop("email", None)  # an address changes; with an identifier and the name beside it, it is a new one
    for key, value in told.items():
        if key != "id" and found.says.get(key, identifier(key, value)) != identifier(key, value):
            raise NotTaken(f"{name or 'The row'} is {found}, who has another {_IDENTIFIERS[key]} than {shown(value)}")
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
            f"{_IDENTIFIERS[key]} {shortened(as_text(told[key]))} is {one}" for key, one in hits.items()
        )
        raise NotTaken(f"{words}: two learners in one row{_called(name)}")
    if "id" in told and hits and "id" not in hits:
        one = next(iter(hits.values()))
        own = next(f"{_IDENTIFIERS[key]} {shortened(as_text(told[key]))}" for key in hits)
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
    also = " or ".join(f"{_IDENTIFIERS[key]} {as_text(value)}" for key, value in told.items())
    nobody = " or ".join(filter(None, (f"has {also}" if also else "", f"is called {shown(name)}" if name else "")))
    found = known.named(names_in(who, values))
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
    born = _day(values.get(who.born)) if who.born else None
    return (
        (not form or not one.form or form == one.form)
        and (not year or not one.year or int(year[0]) == int(float(one.year)))
        and (not born or not one.born or born == one.born)
    )


def form_of(value: Value, known: Learners) -> str:
    """The form of the tracker that a text names, such as ``Form 10a``; empty for a class or a teacher."""
    return form_among(as_text(value), known.forms)


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return read_date(value)
    return serial_date(value) if isinstance(value, (int, float)) else None
