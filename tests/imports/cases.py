"""A small tracker, files and maps for the import tests."""

from __future__ import annotations

import tomllib
from typing import Any

from workbook.imports import Difference, Source, plan, sheet_named
from workbook.imports.map_reader import map_of
from workbook.imports.mapping import From, Map, Rows, own_headings
from workbook.imports.source import SourceRow
from workbook.model import Tracker, defaults
from workbook.reading.headings import folded

LEARNERS = [
    {"learner_id": "0012", "first_name": "Zoë", "surname": "O'Neil", "year": 10, "form": "10C"},
    {"learner_id": "S002", "first_name": "Amira", "surname": "Example", "year": 11, "form": "11A"},
]
SUBJECTS = [{"subject": "Art", "scale": "APL"}, {"subject": "Combined Science", "scale": "Combined Science"}]
PROGRESS = [{"learner_id": "0012", "subject": "Art", "apl_1": "APL3", "effort_1": "3", "comment": "Typed by hand."}]


def tracker(**more: Any) -> Tracker:
    records = {name: list(table.records()) for name, table in defaults.new().tables.items()}
    for row, form in zip(records["Lists"], ("10A", "10B", "10C", "11A"), strict=False):
        row["forms"] = form  # a college with a list of its own
    filled = {"Learners": LEARNERS, "Subjects": SUBJECTS, "Progress": PROGRESS} | more
    return Tracker.of(records | filled)


def source(headings: str, *rows: Any) -> Source:
    names = headings.split(",")
    told = [row.split(",") if isinstance(row, str) else row for row in rows]
    return Source(
        "file.csv",
        names,
        [
            SourceRow(place + 2, place, dict(zip(names, [value or None for value in row], strict=True)))
            for place, row in enumerate(told)
        ],
    )


def plain_map(file: Source, into: str) -> Map:
    """The map of a file whose headings are the sheet's own."""
    sheet = sheet_named(into)
    known = own_headings(sheet)
    columns = {known[folded(one)].key: From(columns=(one,)) for one in file.headings if folded(one) in known}
    return Map("f", (Rows(sheet, columns, same=sheet.unique),))


def planned(before: Tracker, file: Source, into: str = "Progress", toml: str = "") -> Difference:
    one = map_of(tomllib.loads(toml), "map.toml", into) if toml else plain_map(file, into)
    return plan(before, file, one)


def counted(one: Difference, name: str = "Progress") -> tuple[int, ...]:
    return tuple(one.counts()[name].values())
