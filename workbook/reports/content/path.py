"""The path of a learner's levels, for the chart of a report: comparable subjects, and where their targets lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from workbook.building.heights import text_width
from workbook.measures.average import averaged, mean
from workbook.measures.levels import expected_points, status_of
from workbook.model.formulas import DROPS
from workbook.reports.content.subjects import Line
from workbook.reports.content.wording import number

_WHERE = {
    "Above": "above the way",
    "On": "on the way",
    "Just below": "a little below the way",
    "Below": "below the way",
}
"""Where an average stands beside the way to the targets, by the same rule as each subject's status."""
_BESIDE_A_POINT = 58
"""Pixels that a label of a chart has on one line, at nine points and bold: a sixth of the chart, as LibreOffice breaks
it (Excel gives it a fifth).
"""
_ONE_LINE, _TWO_LINES = 0.09, 0.13
"""How far the middle of a label of so many lines stands from its point, in parts of the chart's height."""


@dataclass(slots=True)
class Path:
    """The average of comparable subjects at each drop, and where the path to the targets stands."""

    subjects: tuple[str, ...]
    average: dict[int, float | None]
    expected: dict[int, float | None]
    tolerance: float = 0.0


def path(
    lines: Sequence[Line], shares: Mapping[int, float | None], tolerance: Callable[[str], float] = lambda _: 0.0
) -> Path | None:
    """The learner's path over the subjects of an average (`workbook.measures.average`); None without a level.

    They share a scale, whose `tolerance` says how far off is still on the way, for their average as for each of them.
    """
    found = averaged(sorted(lines, key=lambda line: line.place))
    if not found.subjects:
        return None
    average = {drop: _shown(found.average(drop)) for drop in DROPS}
    expected = {drop: _expected(found.subjects if found.aimed else (), shares.get(drop)) for drop in DROPS}
    return Path(tuple(one.name for one in found.subjects), average, expected, tolerance(found.subjects[0].scale))


def _expected(lines: Sequence[Line], share: float | None) -> float | None:
    return _shown(mean([expected_points(line.baseline, line.target, share) for line in lines]))


def _shown(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def chart(path: Path | None, name: str, drop_names: Mapping[int, str], dates: Mapping[int, Any]) -> dict[str, Any]:
    """The `drop` list and the `chart` words: where the two lines end and what they say there."""
    if path is None:
        rows = [_drop(drop, drop_names, dates) for drop in DROPS if drop in dates]
        words = {"title": "Levels", "learner": name, "expected": None, "sentence": "There are no levels yet."}
        words |= {"levels": None, "described": None}
        return {"drop": rows, "chart": words}
    known = [drop for drop in DROPS if path.average[drop] is not None]
    planned = [drop for drop in DROPS if path.expected[drop] is not None]
    end, last = known[-1], planned[-1] if planned else None
    now = path.average[end]
    assert now is not None
    rows = [_drop(drop, drop_names, dates, path.average[drop], path.expected[drop]) for drop in DROPS]
    top = _top(max(v for d in DROPS for v in (path.average[d], path.expected[d]) if v is not None))
    beside = path.expected[end]
    over = beside is None or now >= beside or now < top * _ONE_LINE
    rows[end - 1]["learner_label"] = round(now + top * (_ONE_LINE if over else -_ONE_LINE), 2)
    if last:
        at = path.expected[last]
        assert at is not None
        rows[last - 1]["expected_label"] = round(at + top * (-_TWO_LINES if over and last == end else _TWO_LINES), 2)
    rows = [row for row in rows if row["number"] in dates or row["average"] is not None]
    return {
        "drop": rows,
        "chart": _chart_words(path, name, now, path.expected[last] if last else None, end, drop_names),
    }


def _top(highest: float) -> int:
    """Where the axis ends, in whole levels: it leaves a twentieth over the highest figure or label."""
    return max(1, ceil(1.05 * highest / (1 - 1.05 * _TWO_LINES)))


def _drop(
    drop: int,
    names: Mapping[int, str],
    dates: Mapping[int, Any],
    average: float | None = None,
    expected: float | None = None,
) -> dict[str, Any]:
    return {
        "number": drop,
        "name": names[drop],
        "date": dates.get(drop),
        "average": average,
        "expected": expected,
        "learner_label": None,
        "expected_label": None,
    }


def _chart_words(
    path: Path, name: str, now: float, final: float | None, end: int, drop_names: Mapping[int, str]
) -> dict[str, Any]:
    several = len(path.subjects) > 1
    title = f"Average level in {number(len(path.subjects))} subjects" if several else f"Level in {path.subjects[0]}"
    targets = "targets" if several else "target"
    beside = path.expected[end]
    sentence = ""  # without a way there is nothing that the title does not say
    if beside is not None:
        over = f"On average over {number(len(path.subjects))} subjects" if several else f"In {path.subjects[0]}"
        sentence = f"{over}, {name} is {_WHERE[status_of(now - beside, path.tolerance)]} to the {targets}."
    return {
        "title": title + ("" if final is None else f", and the way to the {targets}"),
        "learner": name if text_width(name, 9, bold=True) <= _BESIDE_A_POINT else "So far",
        "expected": None if final is None else f"Way to the {targets}",
        "sentence": sentence,
        "levels": True,
        "described": f"Line chart. {sentence or f'{title}.'} {_by_drop(path, drop_names)}",
    }


def _by_drop(path: Path, drop_names: Mapping[int, str]) -> str:
    """The figures that the chart draws, for those who do not see it."""
    told = []
    for drop in DROPS:
        average, expected = path.average[drop], path.expected[drop]
        if average is not None:
            beside = "" if expected is None else f" (on the way: {expected:g})"
            told.append(f"{drop_names[drop]} {average:g}{beside}")
    return f"{'; '.join(told)}."
