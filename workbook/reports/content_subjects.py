"""What a report says of each subject, and the path of the levels for its chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbook.measures.computed import computed
from workbook.measures.levels import Assessed, Course, expected_points
from workbook.model import Audience, CellError, Tracker, Value, sheet
from workbook.model.formulas import DROPS
from workbook.reports.audience import shown

MARKS = {"Above": "▲", "On": "●", "Just below": "▽", "Below": "▼"}
"""A mark beside each status, so that no colour has to be told from another."""

_NOT_YET = {
    "No target": "No target yet",
    "No baseline": "No start yet",
    "No forecast": "No forecast yet",
    "Check level": "Not yet known",
}
_LEFT_OUT = {"learner_id", "learner", "form", "path", "drop", "subject", "year", "status"}


@dataclass(slots=True)
class Line:
    """A learner in a subject, as far as sentences and charts need it. Points are None where not known."""

    name: str
    scale: str
    core: bool
    status: str | None
    change: float | None
    drop: int | None
    effort_order: float | None
    effort_change: float | None
    points: tuple[float | None, ...]
    baseline: float | None
    target: float | None
    comment: str | None
    item: dict[str, Any] = field(default_factory=dict)


def text_of(value: Value) -> str:
    """A value as Excel joins it to a text: a whole number without its point, a blank as nothing."""
    if value is None or isinstance(value, CellError):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def plain(value: Value) -> Any:
    """A typed value as a report shows it: whole numbers whole, errors not at all."""
    if isinstance(value, CellError):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.strip() if isinstance(value, str) else value


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


class Subjects:
    """All learners' subjects, grouped once. `reader` decides which columns an item holds."""

    def __init__(self, tracker: Tracker, reader: Audience = Audience.PARENT) -> None:
        self.tracker = tracker
        self._assessed = Assessed(tracker)
        self._course_end = f"Year {int(tracker.settings['first_year'] + tracker.settings['course_years'] - 1)}"
        self._figures = computed(tracker)
        self._course = Course(tracker, self._figures["Drops"]["elapsed"])
        self._learn_reference()
        self._subjects = {
            text_of(row["subject"]).casefold(): (place, row) for place, row in enumerate(tracker["Subjects"].records())
        }
        self._subject_keys = [c.key for c in shown(sheet("Subjects"), reader) if c.key not in _LEFT_OUT]
        self._row_keys = [c.key for c in shown(sheet("Progress"), reader) if c.key not in _LEFT_OUT]
        self.by_learner = self._group()

    def _learn_reference(self) -> None:
        """Labels of levels and effort, and the order of effort, from the tracker's own sheets."""
        scales, effort = self.tracker["Scales"], self.tracker["Effort"]
        self._labels = {
            (text_of(scale).casefold(), text_of(level).casefold()): text_of(label) or text_of(level)
            for scale, level, label in zip(
                scales["scale"], scales["level"], scales["label_for_parents"], strict=True
            )
        }
        self._efforts: dict[str, tuple[float | None, str, str]] = {}
        for code, order, label, words in zip(
            effort["code"], effort["order"], effort["label"], effort["descriptor"], strict=True
        ):
            known = (_number(order), text_of(label) or text_of(code), text_of(words))
            self._efforts.setdefault(text_of(code).casefold(), known)
        orders = [order for order, _, _ in self._efforts.values() if order is not None]
        self.best_effort = max(orders, default=None)
        self.lowest_effort = min(orders, default=None) if len(set(orders)) > 1 else None
        known = sorted((order, label) for order, label, _ in self._efforts.values() if order is not None)
        labels = [label for _, label in reversed(known)]
        self.effort_words = f"{', '.join(labels[:-1])} or {labels[-1]}" if len(labels) > 1 else "".join(labels)
        names = {
            int(drop): text_of(name)
            for drop, name in zip(self.tracker["Drops"]["drop"], self.tracker["Drops"]["name"], strict=True)
            if isinstance(drop, (int, float))
        }
        self.drop_names = {drop: names.get(drop) or f"Drop {drop}" for drop in DROPS}

    def _group(self) -> dict[str, list[Line]]:
        table, figures = self.tracker["Progress"], self._figures["Progress"]
        columns = {key: figures.get(key) or table[key] for key in self._needed()}
        found: dict[str, list[tuple[int, Line]]] = {}
        for i, learner in enumerate(table["learner_id"]):
            key = text_of(table["subject"][i]).casefold()
            if not text_of(learner) or not key:
                continue
            place, subject = self._subjects.get(key, (len(self._subjects), {}))
            line = self._line({name: column[i] for name, column in columns.items()}, subject)
            found.setdefault(text_of(learner).casefold(), []).append((place, line))
        return {
            learner: [line for _, line in sorted(lines, key=lambda one: one[0])] for learner, lines in found.items()
        }

    def _needed(self) -> set[str]:
        points = {f"points_{drop}" for drop in DROPS} | {"baseline_points", "target_points"}
        levels = {f"{what}_{drop}" for drop in DROPS for what in ("apl", "effort")}
        others = {"subject", "scale", "drop", "change", "status", "effort_change", "comment", "target", "forecast"}
        return points | levels | others | set(self._row_keys)

    def _line(self, row: Mapping[str, Any], subject: Mapping[str, Any]) -> Line:
        scale = text_of(row["scale"]) or text_of(subject.get("scale"))
        efforts = [row[f"effort_{drop}"] for drop in DROPS]
        place = self._assessed.latest(efforts)
        latest = text_of(efforts[place - 1]).casefold() if place else ""
        status = row["status"] or None
        line = Line(
            name=text_of(row["subject"]),
            scale=scale,
            core=text_of(subject.get("core")).casefold() == "yes",
            status=status,
            change=_number(row["change"]),
            drop=int(row["drop"]) if row["drop"] else None,
            effort_order=self._efforts.get(latest, (None, "", ""))[0],
            effort_change=_number(row["effort_change"]),
            points=tuple(_number(row[f"points_{drop}"]) for drop in DROPS),
            baseline=_number(row["baseline_points"]),
            target=_number(row["target_points"]),
            comment=text_of(row["comment"]) or None,
        )
        line.item = self._item(line, row, subject, latest)
        return line

    def _item(self, line: Line, row: Mapping[str, Any], subject: Mapping[str, Any], effort: str) -> dict[str, Any]:
        item = {key: plain(subject.get(key)) for key in self._subject_keys}
        item |= {key: plain(row[key]) for key in self._row_keys}
        levels = [(drop, plain(row[f"apl_{drop}"])) for drop in DROPS if self._assessed(row[f"apl_{drop}"])]
        known = self._efforts.get(effort, (None, "", ""))
        for drop in DROPS:
            code = text_of(row[f"effort_{drop}"]).casefold()
            item[f"effort_{drop}"] = self._efforts[code][1] if code in self._efforts else None
        current, target, forecast = levels[-1][1] if levels else None, item["target"], item["forecast"]
        item |= {
            "name": line.name,
            "current": current,
            "last": levels[-2][1] if len(levels) > 1 else None,
            "moved": _moved(line.change),
            "status": _status(line.status),
            "status_mark": MARKS.get(line.status or "", "–"),
            "effort": known[1] or None,
            "effort_meaning": known[2] or None,
            "current_meaning": self._label(line.scale, current),
            "target_meaning": self._label(line.scale, target),
            "forecast_meaning": self._label(line.scale, forecast),
            "meaning": self._meaning(line.scale, current, target, forecast),
            "drop": [
                {"name": self.drop_names[drop], "level": level, "effort": item[f"effort_{drop}"]}
                for drop, level in levels
            ],
        }
        return item

    def _label(self, scale: str, level: Value) -> str | None:
        return self._labels.get((scale.casefold(), text_of(level).casefold())) or text_of(level) or None

    def _meaning(self, scale: str, current: Value, target: Value, forecast: Value) -> str:
        now = self._label(scale, current)
        words = f"Now {now}" if now else "Not yet assessed"
        if text_of(target):
            words += f"; the target is {self._label(scale, target)} by the end of {self._course_end}"
        if text_of(forecast):
            words += f"; we expect {self._label(scale, forecast)}"
        return words + "."

    def shares(self, year: Value) -> dict[int, float | None]:
        """The share of the course gone by at each drop for a learner of this year group."""
        return {drop: self._course.share(year, drop) for drop in DROPS}


def _moved(change: float | None) -> str | None:
    return None if change is None else "Up" if change > 0 else "Down" if change < 0 else "Same"


def _status(status: str | None) -> str:
    if status is None:
        return "Not yet assessed"
    return _NOT_YET.get(status, status)


@dataclass(slots=True)
class Path:
    """The average of comparable subjects at each drop, and where the path to the targets stands."""

    scale: str
    subjects: int
    average: dict[int, float | None]
    expected: dict[int, float | None]


def path(lines: Sequence[Line], shares: Mapping[int, float | None]) -> Path | None:
    """The learner's path on the scale that most of the subjects share; None without a level.

    Levels of different scales are not comparable, so the others stay out. Where subjects have a baseline and a
    target, only those count: both lines, and all drops, speak of the same subjects.
    """
    scales: dict[str, list[Line]] = {}
    for line in lines:
        if any(points is not None for points in line.points):
            scales.setdefault(line.scale, []).append(line)
    if not scales:
        return None
    scale, chosen = max(scales.items(), key=lambda pair: len(pair[1]))
    both = _throughout([line for line in chosen if line.baseline is not None and line.target is not None])
    chosen = both or _throughout(chosen)
    average = {drop: _mean([line.points[drop - 1] for line in chosen]) for drop in DROPS}
    expected = {drop: _expected(both, shares.get(drop)) for drop in DROPS}
    return Path(scale, len(chosen), average, expected)


def _throughout(lines: Sequence[Line]) -> list[Line]:
    """The subjects with a level at every drop at which most have one, so that no average moves by who is in it."""
    usual = [drop for drop in DROPS if 2 * sum(one.points[drop - 1] is not None for one in lines) > len(lines)]
    return [one for one in lines if all(one.points[drop - 1] is not None for drop in usual)] or list(lines)


def _expected(lines: Sequence[Line], share: float | None) -> float | None:
    return _mean([expected_points(line.baseline, line.target, share) for line in lines])


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 2) if known else None


def chart(path: Path | None, name: str, drop_names: Mapping[int, str], dates: Mapping[int, Any]) -> dict[str, Any]:
    """The `drop` list and the `chart` words: where the two lines end and what they say there."""
    if path is None:
        rows = [_drop(drop, drop_names, dates) for drop in DROPS if drop in dates]
        words = {"title": "No levels yet", "learner": name, "expected": None, "sentence": "There are no levels yet."}
        return {"drop": rows, "chart": words}
    known = [drop for drop in DROPS if path.average[drop] is not None]
    planned = [drop for drop in DROPS if path.expected[drop] is not None]
    end, last = known[-1], planned[-1] if planned else None
    now = path.average[end]
    assert now is not None
    rows = [_drop(drop, drop_names, dates, path.average[drop], path.expected[drop]) for drop in DROPS]
    offset = 0.09 * max([1.0, *(v for d in DROPS for v in (path.average[d], path.expected[d]) if v is not None)])
    beside = path.expected[end]
    over = beside is None or now >= beside
    rows[end - 1]["learner_label"] = round(now + (offset if over else -offset), 2)
    if last:
        final = path.expected[last]
        assert final is not None
        rows[last - 1]["expected_label"] = round(final + (-offset if over and last == end else offset), 2)
    rows = [row for row in rows if row["number"] in dates or row["average"] is not None]
    return {"drop": rows, "chart": _chart_words(path, name, now, path.expected[last] if last else None, end)}


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


def _chart_words(path: Path, name: str, now: float, final: float | None, end: int) -> dict[str, Any]:
    subjects = f"{path.subjects} subjects" if path.subjects > 1 else "one subject"
    beside = path.expected[end]
    sentence = f"{name} is at {now:.1f} on average in {subjects}"
    if beside is not None:
        sentence += f"; the path to the targets stands at {beside:.1f}"
    return {
        "title": f"Average level in {subjects} ({path.scale})",
        "learner": f"{name} {now:.1f}",
        "expected": None if final is None else f"Path to the targets {final:.1f}",
        "sentence": sentence + ".",
    }
