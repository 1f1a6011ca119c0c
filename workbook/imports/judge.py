"""Whether a row may go into a tracker: what it names must be there, spelt as the tracker spells it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, lru_cache

from workbook.imports.parse import YES_NO, NotTaken, number_in
from workbook.imports.words import as_text, nearest, shown
from workbook.model import Column, Kind, Sheet, Tracker, Value
from workbook.model import sheet as sheet_of
from workbook.model.choices import choices, takes_anything
from workbook.model.date_windows import window_of, written
from workbook.model.lists import LISTS
from workbook.model.problem_kind import shortened
from workbook.model.settings import BY_NAME
from workbook.reading.written_dates import keyed

_LONGEST_LIST = 12
_TECHNICAL = re.compile(r"(?:level|l) ?(?P<number>[12])[ -]?(?P<word>pass|merit|distinction|dist|p|m|d)(?P<star> ?\*)?")
_TURNED = re.compile(r"(?P<word>pass|merit|distinction|p|m|d)(?P<star>\*)?[ -]?(?:level|l)? ?(?P<number>[12])")
_ENTRY = re.compile(r"(?:(?P<entry>entry(?: level)?|el?) ?|level ?)(?P<number>[123])")
_FORM = re.compile(r"^(?:form|tutor|group|reg|year|yr?|class)(?: group)?[ :.]*")
#: How other systems write that a learner was not assessed.
NOT_ASSESSED = {"not assessed", "not yet assessed", "n/a", "na"}
_IN_LISTS = {Kind.YES_NO: "Yes or no"}


def levels_by_scale(tracker: Tracker) -> dict[str, dict[str, Value]]:
    """The levels of each scale, by how they compare; what parents read for a level means it as well."""
    scales = tracker["Scales"]
    found: dict[str, dict[str, Value]] = {}
    for key in ("level", "label_for_parents"):
        for scale, level, text in zip(scales["scale"], scales["level"], scales[key], strict=True):
            if level is not None and text is not None:
                found.setdefault(fold(scale), {}).setdefault(fold(text), level)
    return found


class Judge:
    """What a tracker knows, for telling whether a new value is one of it."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self._known = cache(self._known_at)
        self._of_text = lru_cache(maxsize=1 << 14)(self._text_once)
        subjects = tracker["Subjects"]
        self._scale_of = {
            fold(subject): fold(scale) for subject, scale in zip(subjects["subject"], subjects["scale"], strict=True)
        }
        self._levels = levels_by_scale(tracker)
        self._not_assessed: Value = tracker.settings["not_assessed"]
        efforts = tracker["Effort"]
        codes = {fold(code) for code in efforts["code"]}
        self._efforts = {
            fold(label): code
            for label, code in zip(efforts["label"], efforts["code"], strict=True)
            if fold(label) not in codes
        }

    def spelt(self, one: Sheet, values: Mapping[str, Value], subject: Value) -> dict[str, Value]:
        """The values with each spelt as the tracker spells it; NotTaken where one is not known to it."""
        plain = one.table != "Settings" and (subject is None or type(subject) is str)
        return {
            key: self._of_text(one.table, key, value, subject)
            if plain and type(value) is str
            else (None if value is None else self._one(one, one.by_key[key], value, values, subject))
            for key, value in values.items()
        }

    def _text_once(self, table: str, key: str, value: str, subject: Value) -> Value:
        """A text in a column: few texts fill many cells, and what is made of one is remembered."""
        return self._one(sheet_of(table), sheet_of(table).by_key[key], value, {}, subject)

    def _one(self, sheet: Sheet, column: Column, value: Value, values: Mapping[str, Value], subject: Value) -> Value:
        if column.kind is Kind.DATE and isinstance(value, date):
            return self._day(sheet, column, value)
        if column.kind is Kind.LEVEL:
            return self._level(column, value, subject)
        if sheet.table == "Settings" and column.key == "value":
            return self._setting(values.get("name"), value)
        if column.refers:
            return self._among(
                column, value, column.refers, f"on the sheet {sheet_of(column.refers.split('.')[0]).name}"
            )
        if column.kind is Kind.EFFORT:
            if fold(value) == fold(self._not_assessed):
                return value
            value = whole(as_text(value))
            label = self._efforts.get(fold(value))
            return self._among(column, value if label is None else label, "Effort.code", "on the sheet Effort")
        if column.kind is Kind.MARK:
            return self._among(column, value, "Codes.code", "on the sheet Codes")
        listed = column.choices or _IN_LISTS.get(column.kind)
        if listed in LISTS:
            return self._chosen(column, value, str(listed))
        return value

    def _chosen(self, column: Column, value: Value, listed: str) -> Value:
        """A choice as it is spelt already; a form, mentor or course of a college without such a list as it comes."""
        known = self._known(listed)
        meant = form_among(as_text(value), known.values()) if listed == "Forms" else YES_NO.get(fold(value), "")
        if fold(value) not in known and fold(meant) in known:
            value = meant
        if takes_anything(self.tracker, listed) and fold(value) not in known:
            return value
        return self._among(column, value, listed, f"in the list {listed}")

    def _among(self, column: Column, value: Value, place: str, where: str) -> Value:
        known = self._known(place)
        if fold(value) in known:
            return known[fold(value)]
        near = "" if column.kind is Kind.LEARNER else few(value, known.values())
        what = {Kind.EFFORT: "Effort", Kind.MARK: "Mark"}.get(column.kind, column.header)
        ask = None if column.kind is Kind.LEARNER else (what, as_text(value))
        raise NotTaken(f"{column.header} {shown(value)} is not {where}{near}", ask)

    def _known_at(self, place: str) -> dict[str, Value]:
        """The values of a list by its name, or of a column given as ``Table.key``, by how they compare."""
        table, _, key = place.partition(".")
        known: dict[str, Value] = {}
        for value in self.tracker[table][key] if key else choices(self.tracker, place):
            if value is not None:
                known.setdefault(fold(value), value)
        return known

    def _level(self, column: Column, value: Value, subject: Value) -> Value:
        if fold(value) == fold(self._not_assessed):
            return self._not_assessed
        scale = self._scale_of.get(fold(subject), "")
        levels = self._levels.get(scale, {})
        found = level_among(as_text(value), levels)
        if found is not None:
            return found
        if fold(value) in NOT_ASSESSED:
            return self._not_assessed
        if not levels:
            raise NotTaken(f"{column.header} cannot be judged, as {shown(subject)} has no scale on the sheet Subjects")
        there = few(value, dict.fromkeys(levels.values()))
        told = f"{column.header} {shown(value)} is no level of {shown(subject)}{there}"
        raise NotTaken(told, (as_text(subject), as_text(value)))

    def _day(self, sheet: Sheet, column: Column, day: date) -> date:
        """A day of a year that can be meant; one outside the column's window but not far off is told elsewhere."""
        window = window_of(sheet.table, column.key)
        if window.can_be(day, self.tracker.year):
            return day
        likely = window.likely(day, self.tracker.year)
        meant = f" (did you mean {written(likely)}?)" if likely else ""
        raise NotTaken(f"{column.header} {written(day)} is too far away to be right{meant}")

    def _setting(self, name: Value, value: Value) -> Value:
        setting = BY_NAME.get(as_text(name).strip().lower())
        if setting is None:
            return value
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if setting.kind is Kind.NUMBER and not number:
            found = None if "%" in as_text(value) else number_in(as_text(value))
            if found is None:
                raise NotTaken(f"The setting {setting.name} should be a number, not {shown(value)}")
            return found
        return value


def level_among(text: str, levels: Mapping[str, Value]) -> Value:
    """The level that a text means, by folded level; None for a text that is none, or might be two.

    Blanks do not matter (apl 2), nor which dash or plus it is, the hyphen of a double grade (54 is 5-4), or a level
    written out (L2 Pass, Level 2 Pass, P2 are L2P; Entry 2 is EL2, Level 1 is L1).
    """
    if fold(text) in levels:
        return levels[fold(text)]
    text = whole(keyed(text))
    close = {fold(text).replace(" ", "")}
    technical = _TECHNICAL.fullmatch(fold(text)) or _TURNED.fullmatch(fold(text))
    if technical:
        close.add(f"l{technical['number']}{technical['word'][0]}{technical['star'] or ''}")
    entry = _ENTRY.fullmatch(fold(text))
    if entry:
        close.add(f"{'el' if entry['entry'] else 'l'}{entry['number']}")
    found = [value for level, value in levels.items() if level.replace(" ", "") in close]
    if not found and re.fullmatch(r"\d\d", text):
        found = [value for level, value in levels.items() if level.replace("-", "") == text and "-" in level]
    return found[0] if len(set(map(as_text, found))) == 1 else None


def whole(text: str) -> str:
    """A whole number as some programs write it, 5.0, without its point."""
    return text.removesuffix(".0") if text.removesuffix(".0").isdecimal() else text


def form_among(text: str, forms: Iterable[Value]) -> str:
    """The form that a text names, such as ``Form 10a``; empty for a class or a teacher."""
    bare = _FORM.sub("", fold(text)).replace(" ", "")
    return next((as_text(one) for one in forms if fold(one).replace(" ", "") == bare), "")


def few(value: Value, known: Iterable[Value]) -> str:
    """What to say of a value that is not known: all there are where they are few, else the nearest."""
    names = [as_text(one) for one in known]
    if len(names) <= _LONGEST_LIST:
        return f" (there are {', '.join(map(shortened, names))})" if names else ""
    near = nearest(as_text(value), names)
    return near if "did you mean" in near else ""


def fold(value: Value) -> str:
    """A value for comparing, as formulas do it: capitals and outer spaces do not matter, 5.0 is ``5``."""
    return _folded(as_text(value))


@lru_cache(maxsize=50_000)
def _folded(text: str) -> str:
    return text.strip().casefold()
