"""The Head of Year's figures over forms, mentors, folders and years, worked out in DuckDB over a set.

Every figure has the definition that it has in a single tracker: the set holds how each learner stands
(`workbook.measures.standing`), and here it is only added up. Groups and counts too small to be told are hidden, also
from subtraction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.gather.kept import DAY, FIGURE, ORIGIN, TABLES, TEXT, WHOLE, YES
from workbook.gather.parts import NEEDS_SCALE, load
from workbook.measures.small_numbers import hidden, small
from workbook.measures.standing import COUNTS, FIGURES, SESSIONS, figures_of
from workbook.model import CannotDo

if TYPE_CHECKING:
    import duckdb

BY = {
    "form": "form",
    "mentor": "mentor",
    "course": "course",
    "year-group": "cast(year as varchar)",
    "folder": "case when contains(file, '/') then split_part(file, '/', 1) else '' end",
    "file": "file",
    "year": "''",
}
"""What learners can be grouped by, and how a learner's group is found; academic years are always apart."""

KEYS = ("academic_year", "group", *FIGURES)

_ADDED = ("on_roll", *SESSIONS, *COUNTS)
_LEARNERS = f"""
select academic_year, coalesce(nullif({{by}}, ''), '') as named, count(*),
    {", ".join(f"sum({name})::bigint" for name in SESSIONS)},
    {", ".join(f"count(*) filter ({name})" for name in COUNTS)}
from standing group by 1, 2 order by 1, 2
"""


@dataclass(frozen=True)
class GroupFigures:
    """The figures of a group in a year; ``group`` is None for all of them. Hidden counts are None and named."""

    academic_year: str
    group: str | None
    told: Mapping[str, Any]
    hidden: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Any:
        """A figure of `workbook.measures.standing.FIGURES`; None where it is hidden or there is none."""
        return self.told[key]

    def as_row(self) -> dict[str, Any]:
        """The figures by name, as commands print them, and which of them are hidden."""
        return {"academic_year": self.academic_year, "group": self.group, **self.told, "hidden": list(self.hidden)}


def group_figures(folder: Path, by: str = "form") -> list[GroupFigures]:
    """The figures of a set, a row for each academic year and group, and one for the whole year before its groups.

    ``by`` is a word of `BY`. Raises CannotDo for another word, no set, or where DuckDB is not there.
    """
    if by not in BY:
        raise CannotDo(f"Figures can be grouped by {', '.join(BY)}, not by {by}.")
    with connected(folder) as database:
        found = database.execute(_LEARNERS.format(by=BY[by])).fetchall()
    years: dict[str, dict[str, dict[str, int]]] = {}
    for year, name, *numbers in found:
        years.setdefault(year, {})[name] = dict(zip(_ADDED, numbers, strict=True))
    rows = []
    for year, groups in years.items():
        lines = list(groups.values())
        rows.append(_whole(year, {key: sum(line[key] for line in lines) for key in _ADDED}))
        if by != "year":
            rows += _groups(year, list(groups), lines)
    return rows


def _whole(year: str, numbers: dict[str, int]) -> GroupFigures:
    on_roll = numbers["on_roll"]
    gone = FIGURES if small(on_roll) else [name for name in COUNTS if small(numbers[name], on_roll)]
    return _told(year, None, numbers, frozenset(gone))


def _groups(year: str, names: Sequence[str], lines: Sequence[dict[str, int]]) -> Iterable[GroupFigures]:
    sizes = [line["on_roll"] for line in lines]
    whole = hidden(sizes)
    away = {name: hidden([line[name] for line in lines], sizes, already=whole) for name in COUNTS}
    for place, (name, line) in enumerate(zip(names, lines, strict=True)):
        gone = frozenset(FIGURES) if whole[place] else frozenset(name for name in COUNTS if away[name][place])
        yield _told(year, name, line, gone)


def _told(year: str, group: str | None, numbers: dict[str, int], gone: frozenset[str]) -> GroupFigures:
    figures = figures_of(numbers)
    told = {key: None if key in gone else figure for key, figure in figures.items()}
    return GroupFigures(year, group, told, tuple(key for key in FIGURES if key in gone))


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
