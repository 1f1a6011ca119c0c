"""The Head of Year's figures over forms, mentors, folders and years, worked out in DuckDB over a set.

Every figure has the definition that it has in a single tracker: the set holds what the measures said of each learner,
and here it is only added up. Groups and counts too small to be told are hidden, also from subtraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.gather.kept import DAY, FIGURE, ORIGIN, TABLES, TEXT, WHOLE, YES
from workbook.gather.parts import NEEDS_SCALE, load
from workbook.measures.small_numbers import hidden, small
from workbook.model import CannotDo

if TYPE_CHECKING:
    import duckdb

BY = {
    "form": "any_value(form)",
    "mentor": "any_value(mentor)",
    "course": "any_value(course)",
    "year-group": "any_value(cast(cast(year as integer) as varchar))",
    "folder": "any_value(case when contains(file, '/') then split_part(file, '/', 1) else '' end)",
    "file": "any_value(file)",
    "year": "any_value('')",
}
"""What learners can be grouped by, and how a learner's group is found; academic years are always apart."""

COUNTS = ("persistent", "severe", "with_concern", "to_talk_to", "below")
"""Counts of learners, in this order."""

KEYS = ("academic_year", "group", "on_roll", "possible", "attended", "attendance", "unauthorised_percent", *COUNTS)

_LEARNERS = """
with person as (
    select academic_year, file, learner_id, {by} as named
    from learners where on_roll and learner_id is not null group by all
), marked as (
    select file, learner_id, bool_or(nature = 'concern') as concern,
        bool_or(nature = 'concern' and band <> 'look') as talk
    from flags group by all
), stood as (
    select file, learner_id, bool_or(status = 'Below') as below from levels where latest group by all
)
select academic_year, coalesce(nullif(named, ''), '') as named, count(*) as on_roll,
    coalesce(sum(possible), 0), coalesce(sum(attended), 0), coalesce(sum(unauthorised), 0),
    count(*) filter (persistent and not too_early), count(*) filter (severe and not too_early),
    count(*) filter (concern), count(*) filter (talk), count(*) filter (below)
from person left join attendance using (academic_year, file, learner_id)
    left join marked using (file, learner_id) left join stood using (file, learner_id)
group by 1, 2 order by 1, 2
"""


@dataclass(frozen=True)
class GroupFigures:
    """The figures of a group in a year; ``group`` is None for all of them. Hidden counts are None and named."""

    academic_year: str
    group: str | None
    on_roll: int | None
    possible: int | None
    attended: int | None
    attendance: float | None
    unauthorised_percent: float | None
    persistent: int | None
    severe: int | None
    with_concern: int | None
    to_talk_to: int | None
    below: int | None
    hidden: tuple[str, ...] = ()

    def as_row(self) -> dict[str, Any]:
        """The figures by name, as commands print them, and which of them are hidden."""
        return {key: getattr(self, key) for key in KEYS} | {"hidden": list(self.hidden)}


def group_figures(folder: Path, by: str = "form") -> list[GroupFigures]:
    """The figures of a set, a row for each academic year and group, and one for the whole year before its groups.

    ``by`` is a word of `BY`. Raises CannotDo for another word, no set, or where DuckDB is not there.
    """
    if by not in BY:
        raise CannotDo(f"Figures can be grouped by {', '.join(BY)}, not by {by}.")
    with connected(folder) as database:
        found = database.execute(_LEARNERS.format(by=BY[by])).fetchall()
    years: dict[str, list[tuple[Any, ...]]] = {}
    for line in found:
        years.setdefault(line[0], []).append(line[1:])
    rows = []
    for year, lines in years.items():
        rows.append(_whole(year, _added(lines)))
        if by != "year":
            rows += _groups(year, lines)
    return rows


def _whole(year: str, numbers: list[int]) -> GroupFigures:
    few = small(numbers[0])
    counts = dict(zip(COUNTS, numbers[4:], strict=True))
    gone = KEYS[2:] if few else [name for name, count in counts.items() if small(count, numbers[0])]
    return _told(year, None, numbers, frozenset(gone))


def _added(lines: Sequence[tuple[Any, ...]]) -> list[int]:
    return [sum(numbers) for numbers in zip(*(line[1:] for line in lines), strict=True)]


def _groups(year: str, lines: Sequence[tuple[Any, ...]]) -> Iterable[GroupFigures]:
    sizes = [line[1] for line in lines]
    whole = hidden(sizes)
    away = {
        name: hidden([line[5 + place] for line in lines], sizes, already=whole) for place, name in enumerate(COUNTS)
    }
    for place, line in enumerate(lines):
        gone = frozenset(KEYS[2:]) if whole[place] else frozenset(name for name in COUNTS if away[name][place])
        yield _told(year, line[0], list(line[1:]), gone)


def _told(year: str, group: str | None, numbers: list[int], gone: frozenset[str]) -> GroupFigures:
    on_roll, possible, attended, unauthorised, *counts = numbers
    figures: dict[str, Any] = {
        "on_roll": on_roll,
        "possible": possible,
        "attended": attended,
        "attendance": round(100 * attended / possible, 2) if possible else None,
        "unauthorised_percent": round(100 * unauthorised / possible, 2) if possible else None,
        **dict(zip(COUNTS, counts, strict=True)),
    }
    told = {key: None if key in gone else figure for key, figure in figures.items()}
    return GroupFigures(year, group, **told, hidden=tuple(key for key in KEYS if key in gone))


class connected:  # noqa: N801 - reads as the verb it is: with connected(folder) as database
    """A DuckDB database in memory, in which every table of a set is a view over its parts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        try:
            import duckdb
        except ImportError as error:
            raise CannotDo(NEEDS_SCALE) from error
        self._database = duckdb.connect(
            config={"enable_external_access": "true", "autoinstall_known_extensions": "false"}
        )
        for name, paths in load(self._folder).tables(self._folder).items():
            self._view(name, paths)
        return self._database

    def _view(self, name: str, paths: Sequence[str]) -> None:
        columns = ORIGIN | TABLES[name].columns
        if paths:
            listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
            source = f"select * from read_parquet([{listed}])"
        else:
            source = (
                "select " + ", ".join(f'null::{_SQL[kind]} as "{key}"' for key, kind in columns.items()) + " limit 0"
            )
        self._database.execute(f'create view "{name}" as {source}')

    def __exit__(self, *_: object) -> None:
        self._database.close()


_SQL = {TEXT: "varchar", WHOLE: "integer", FIGURE: "double", DAY: "date", YES: "boolean"}
