"""Rows: cells that must be filled, values and rows that are there twice, rows torn by sorting one column alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbook.checks.findings import Finding, put
from workbook.checks.kinds import REQUIRED_MISSING, ROW_TORN, ROW_TWICE, VALUE_TWICE
from workbook.checks.reference import Known
from workbook.checks.spelling import bare, skeleton, text_of
from workbook.measures.calendar import monday
from workbook.model.problem import Problem
from workbook.model.tracker import Table, as_date
from workbook.model.vocabulary import Column, Kind
from workbook.reading.learner_numbers import ULN_NOT_YET_KNOWN

_TORN_SHARE, _TORN_FROM = 0.7, 6


def required(table: Table) -> Iterator[Problem]:
    """Blank cells in columns that every row needs; an intervention needs a learner or a group."""
    for column in table.sheet.entry:
        values = table[column.key]
        if column.required and column.key in table.letters and None in values:
            for place, value in enumerate(values):
                if value is None:
                    yield put(table, column.key, place, Finding(REQUIRED_MISSING))
    if table.sheet.table == "Interventions":
        for place, both in enumerate(zip(table["learner_id"], table["group"], strict=True)):
            if both == (None, None):
                yield put(
                    table,
                    "learner_id",
                    place,
                    Finding(REQUIRED_MISSING, None, {"heading": "Learner ID or Group"}),
                )


def values_twice(table: Table, column: Column) -> Iterator[Problem]:
    """Values of a unique column that an earlier row has; capitals and spaces do not make a difference."""
    first: dict[str, int] = {}
    for place, value in enumerate(table[column.key]):
        if value is None or (column.kind is Kind.ULN and text_of(value).strip() == ULN_NOT_YET_KNOWN):
            continue
        before = first.setdefault(bare(text_of(value)), place)
        if before != place:
            yield put(table, column.key, place, Finding(VALUE_TWICE, None, {"first": table.rows[before]}))


def rows_twice(table: Table) -> Iterator[Problem]:
    """Rows with the key of an earlier row; where a sheet has no key, rows that are the same in every cell."""
    keys = [key for key in table.sheet.unique if key in table.columns]
    if len(keys) < len(table.sheet.unique) or table.sheet.table == "Lists":
        return
    if len(keys) == 1 and table.sheet.by_key[keys[0]].unique:
        return  # said of the value
    what = " and ".join(table.sheet.by_key[key].header for key in keys) or "every cell"
    compared = [_compared(table, key) for key in keys] if keys else list(table.columns.values())
    place_of = keys or [next(iter(table.letters))]
    shown = next((key for key in place_of if key in table.columns), table.sheet.entry[0].key)
    first: dict[Any, int] = {}
    for place, row in enumerate(zip(*compared, strict=True)):
        if keys and None in row:
            continue
        before = first.setdefault(row, place)
        if before != place:
            counts = f"{what}; only the marks of row {table.rows[before]} count"
            words = {"first": table.rows[before], "what": counts if table.sheet.table == "Registers" else what}
            yield put(table, shown, place, Finding(ROW_TWICE, None, words))


def _compared(table: Table, key: str) -> list[Any]:
    """The values of a key, those that mean the same alike: 7 and "7", a week by its Monday or any other of its days."""
    values = table[key]
    if table.sheet.by_key[key].kind is Kind.DATE:
        days = {value: as_date(value) for value in set(values)}
        return [monday(day) if (day := days[value]) and key == "week" else day or value for value in values]
    shown = {value: bare(value if type(value) is str else text_of(value)) for value in values if value is not None}
    return [None if value is None else shown[value] for value in values]


def torn_rows(table: Table, known: Known) -> Iterator[Problem]:
    """Learners whose name does not go with their email address, or whose form is not of their year.

    Only where nearly all other rows do go together, so that colleges with other addresses and forms see nothing.
    """
    if table.sheet.table == "Learners":
        yield from _name_and_email(table)
        yield from _form_and_year(table)
    elif "learner_id" in table.sheet.by_key:
        yield from _name_and_id(table, known)


def _name_and_email(table: Table) -> Iterator[Problem]:
    names = list(zip(table["first_name"], table["surname"], strict=True))
    pairs = [
        (place, _letters(text_of(email).partition("@")[0]), [_letters(text_of(name)) for name in names[place]])
        for place, email in enumerate(table["email"])
        if isinstance(email, str) and "@" in email
    ]
    goes = {place: any(len(name) > 1 and name in local for name in both if name) for place, local, both in pairs}
    if sum(goes.values()) < max(_TORN_FROM, _TORN_SHARE * len(pairs)):
        return
    surnames = {_letters(text_of(last)) for _, last in names}
    for place, local, _ in pairs:
        if not goes[place] and any(len(name) > 2 and name in local for name in surnames):
            yield put(table, "email", place, Finding(ROW_TORN, None, {"what": "The name and the email address"}))


def _form_and_year(table: Table) -> Iterator[Problem]:
    pairs = [
        (place, text_of(form)[: len(str(year))] == str(year))
        for place, (form, year) in enumerate(zip(table["form"], table["year"], strict=True))
        if isinstance(form, str) and isinstance(year, int)
    ]
    going = sum(goes for _, goes in pairs)
    if going < max(_TORN_FROM, _TORN_SHARE * len(pairs)):
        return
    for place, goes in pairs:
        form, year = text_of(table["form"][place]), table["year"][place]
        if not goes and form[:1].isdigit() and isinstance(year, int) and 7 <= year <= 14:
            what = f"The form and the year ({year})"
            yield put(table, "form", place, Finding(ROW_TORN, None, {"what": what}))


def _name_and_id(table: Table, known: Known) -> Iterator[Problem]:
    """A typed column of learners' names (one the sheet does not declare) beside the IDs."""
    extras = [key for key in table.columns if key not in table.sheet.by_key]
    if not extras:
        return
    learners = known.tracker["Learners"]
    names: dict[str, set[str]] = {}
    keys = zip(*(learners[key] for key in ("learner_id", "first_name", "preferred_name", "surname")), strict=True)
    for learner, first, preferred, last in keys:
        names[bare(text_of(learner))] = {
            _letters(f"{text_of(one)}{text_of(last)}") for one in (first, preferred) if one is not None
        } | {_letters(f"{text_of(last)}{text_of(one)}") for one in (first, preferred) if one is not None}
    everyone = {name for both in names.values() for name in both}
    for key in extras:
        typed = [_letters(text_of(value)) if isinstance(value, str) else "" for value in table[key]]
        ids = [bare(text_of(value)) for value in table["learner_id"]]
        right = sum(name in names.get(one, ()) for name, one in zip(typed, ids, strict=True))
        if right < max(_TORN_FROM, _TORN_SHARE * len(typed)):
            continue
        for place, (name, one) in enumerate(zip(typed, ids, strict=True)):
            if name in everyone and one in names and name not in names[one]:
                yield put(table, key, place, Finding(ROW_TORN, None, {"what": "The ID and the name"}))


def _letters(text: str) -> str:
    """Letters only, without accents and capitals, for comparing a name with an address."""
    plain = skeleton(text.lower())
    return plain if plain.isalnum() else "".join(letter for letter in plain if letter.isalnum())
