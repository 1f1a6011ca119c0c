"""What a report says of each subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from workbook.measures.again import subjects_again
from workbook.measures.computed_keys import scale_keys
from workbook.measures.data_date import drop_names
from workbook.measures.effort import best_order, lowest_order
from workbook.measures.learners import id_key
from workbook.measures.levels import STATUS_MARKS, Assessed, Course, Levels
from workbook.measures.snapshot import Snapshot
from workbook.model import Audience, CellError, Value, sheet
from workbook.model.excel import fold, is_yes
from workbook.model.formulas import DROPS
from workbook.reports.content.audience import shown
from workbook.reports.engine.programs import Known

_IN_WORDS = {
    "current against expected": ("above", "on the way", "a little below", "below"),
    "current against target": ("above", "at the target", "a little below", "below"),
    "forecast against target": ("above", "at the target", "a little below", "below"),
}
"""The statuses as a parent reads them, in the order of `STATUS_MARKS`, by what Settings compares."""
_NOT_YET = {
    "No target": "No target yet",
    "No baseline": "Starting level not known",
    "No forecast": "No forecast yet",
    "Check level": "Not yet known",
}
_LEVELS, _EFFORTS, _POINTS = ({drop: f"{what}_{drop}" for drop in DROPS} for what in ("apl", "effort", "points"))
"""The columns of Progress for each drop."""
_LEFT_OUT = {"learner_id", "learner", "form", "path", "drop", "subject", "year", "status"}


class _Subject(NamedTuple):
    """A row of Subjects: its place, and what a report shows of it."""

    place: int
    scale: str
    core: bool
    told: dict[str, Any]


@dataclass(slots=True)
class Line:
    """A learner in a subject, as far as sentences and charts need it. Points are None where not known.

    ``place`` is that of the row on Progress.
    """

    name: str
    place: int
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
    if type(value) is str:
        return value.strip()
    if value is None or isinstance(value, CellError):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def plain(value: Value) -> Any:
    """A typed value as a report shows it: whole numbers whole, errors not at all."""
    if value is None:
        return None
    if type(value) is str:
        return value.strip()
    if isinstance(value, CellError):
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


class Subjects:
    """All learners' subjects, found once. `reader` decides which columns an item holds."""

    def __init__(self, snapshot: Snapshot, reader: Audience) -> None:
        self.tracker = tracker = snapshot.tracker
        self._learners = snapshot.learners
        self._assessed = Assessed(tracker)
        self._course_end = f"Year {int(tracker.settings['first_year'] + tracker.settings['course_years'] - 1)}"
        self._figures = snapshot.figures
        self._levels = Levels(tracker, scale_keys(tracker))
        self._course = Course(tracker, self._figures["Drops"]["elapsed"])
        self._in_words = dict(zip(STATUS_MARKS, _IN_WORDS[tracker.settings["status_measure"]], strict=True))
        self._learn_reference()
        self._code = Known[str](lambda value: fold(text_of(value)))
        self._shown = Known[Any](plain)
        keys = [c.key for c in shown(sheet("Subjects"), reader) if c.key not in _LEFT_OUT]
        self._unlisted = _Subject(0, "", False, dict.fromkeys(keys))
        self._subjects: dict[str, _Subject] = {}  # of two rows the first counts
        for place, row in enumerate(tracker["Subjects"].records()):
            told = {key: plain(row.get(key)) for key in keys}
            one = _Subject(place, text_of(row.get("scale")), is_yes(row.get("core")), told)
            self._subjects.setdefault(self._code.of(row["subject"]), one)
        self._row_keys = [c.key for c in shown(sheet("Progress"), reader) if c.key not in _LEFT_OUT]
        table, figures = tracker["Progress"], self._figures["Progress"]
        self._columns = {key: figures.get(key) or table[key] for key in self._needed()}
        self._places = self._group()

    def _learn_reference(self) -> None:
        """Labels of levels and effort, and the order of effort, from the tracker's own sheets."""
        scales, effort = self.tracker["Scales"], self.tracker["Effort"]
        self._labels: dict[tuple[str, str], str] = {}
        for scale, level, label in zip(scales["scale"], scales["level"], scales["label_for_parents"], strict=True):
            said = text_of(label) or text_of(level)
            self._labels.setdefault((fold(text_of(scale)), fold(text_of(level))), said)
        self._said: dict[tuple[str, str], str | None] = {}
        self._efforts: dict[str, tuple[float | None, str, str]] = {}
        for code, order, label, words in zip(
            effort["code"], effort["order"], effort["label"], effort["descriptor"], strict=True
        ):
            known = (_number(order), text_of(label) or text_of(code), text_of(words))
            self._efforts.setdefault(fold(text_of(code)), known)
        self.best_effort, self.lowest_effort = best_order(self.tracker), lowest_order(self.tracker)
        ordered = sorted((order, label) for order, label, _ in self._efforts.values() if order is not None)
        labels = [label for _, label in reversed(ordered)]
        self.effort_words = f"{', '.join(labels[:-1])} or {labels[-1]}" if len(labels) > 1 else "".join(labels)
        self.drop_names = drop_names(self.tracker, "Drop")

    def _group(self) -> dict[str, list[int]]:
        """The places on Progress of each learner's subjects, in the order of the Subjects sheet."""
        table, last = self.tracker["Progress"], len(self._subjects)
        found: dict[str, list[tuple[int, int]]] = {}
        again = subjects_again(self.tracker, self._learners)
        for i, (learner, subject) in enumerate(zip(table["learner_id"], table["subject"], strict=True)):
            key = self._code.of(subject)
            if key and learner is not None and i not in again:
                order = self._subjects[key].place if key in self._subjects else last
                found.setdefault(id_key(learner), []).append((order, i))
        return {learner: [i for _, i in sorted(places)] for learner, places in found.items()}

    def lines(self, learner: str) -> list[Line]:
        """A learner's subjects; `learner` is the ID in small letters."""
        found = []
        for i in self._places.get(learner, ()):
            row = {name: column[i] for name, column in self._columns.items()}
            subject = self._subjects.get(self._code.of(row["subject"]), self._unlisted)
            found.append(self._line(row, subject, i))
        return found

    def _needed(self) -> set[str]:
        points = {f"points_{drop}" for drop in DROPS} | {"baseline_points", "target_points"}
        levels = {f"{what}_{drop}" for drop in DROPS for what in ("apl", "effort")}
        others = {"subject", "scale", "drop", "change", "status", "effort_change", "comment", "target", "forecast"}
        return points | levels | others | set(self._row_keys)

    def _line(self, row: Mapping[str, Any], subject: _Subject, place_on_progress: int) -> Line:
        scale = text_of(row["scale"]) or subject.scale
        efforts = [row[key] for key in _EFFORTS.values()]
        place = self._assessed.latest(efforts)
        latest = self._code.of(efforts[place - 1]) if place else ""
        status = row["status"] or None
        line = Line(
            name=text_of(row["subject"]),
            place=place_on_progress,
            scale=scale,
            core=subject.core,
            status=status,
            change=_number(row["change"]),
            drop=int(row["drop"]) if row["drop"] else None,
            effort_order=self._efforts.get(latest, (None, "", ""))[0],
            effort_change=_number(row["effort_change"]),
            points=tuple(_number(row[key]) for key in _POINTS.values()),
            baseline=_number(row["baseline_points"]),
            target=_number(row["target_points"]),
            comment=text_of(row["comment"]) or None,
        )
        line.item = self._item(line, row, subject, latest)
        return line

    def _item(self, line: Line, row: Mapping[str, Any], subject: _Subject, effort: str) -> dict[str, Any]:
        shown = self._shown
        item = subject.told | {key: shown[type(row[key])][row[key]] for key in self._row_keys}
        levels = [(drop, shown[type(row[key])][row[key]]) for drop, key in _LEVELS.items() if self._assessed(row[key])]
        known = self._efforts.get(effort, (None, "", ""))
        for key in _EFFORTS.values():
            said = self._efforts.get(self._code.of(row[key]))
            item[key] = said[1] if said else None
        current, target, forecast = levels[-1][1] if levels else None, item["target"], item["forecast"]
        item |= {
            "name": line.name,
            "current": current,
            "last": levels[-2][1] if len(levels) > 1 else None,
            "moved": _moved(line.change),
            "status": _status(line.status),
            "status_words": self._in_words.get(line.status or "", _not_known(line.status)),
            "status_mark": STATUS_MARKS.get(line.status or "", "–"),
            "effort": known[1] or None,
            "effort_meaning": known[2] or None,
            "current_meaning": self._label(line.scale, current),
            "last_meaning": self._label(line.scale, levels[-2][1] if len(levels) > 1 else None),
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
        if type(level) is not str:
            return self._labelled(scale, level)
        if (scale, level) not in self._said:
            self._said[scale, level] = self._labelled(scale, level)
        return self._said[scale, level]

    def _labelled(self, scale: str, level: Value) -> str | None:
        return self._labels.get((fold(scale), fold(text_of(level)))) or text_of(level) or None

    def _meaning(self, scale: str, current: Value, target: Value, forecast: Value) -> str:
        now = self._label(scale, current)
        words = f"Now {now}" if now else "Not yet assessed"
        if text_of(target):
            words += f"; the target is {self._label(scale, target)} by the end of {self._course_end}"
        if text_of(forecast):
            words += f"; we expect {self._label(scale, forecast)}"
        return words + "."

    def tolerance(self, scale: str) -> float:
        """How far off, in points, is still on the way on a scale."""
        return self._levels.tolerance(scale)

    def shares(self, year: Value) -> dict[int, float | None]:
        """The share of the course gone by at each drop for a learner of this year group."""
        return {drop: self._course.share(year, drop) for drop in DROPS}


def level_words(lines: Sequence[Line]) -> str | None:
    """What the levels of a learner's subjects are called, each once, in the order in which they stand; None for none.

    A level that is its own label, or a grade by its number, needs no words.
    """
    told: dict[str, str] = {}
    for line in lines:
        for key in ("target", "current", "last", "forecast"):
            level, label = text_of(line.item[key]), line.item[f"{key}_meaning"]
            if level and label and level not in told and _says_more(label, level):
                told[level] = label
    return "; ".join(f"{level}: {label}" for level, label in sorted(told.items())) or None


@lru_cache(maxsize=1024)
def _says_more(label: str, level: str) -> bool:
    return fold(label) not in (fold(level), f"grade {fold(level)}")


def _moved(change: float | None) -> str | None:
    return None if change is None else "Up" if change > 0 else "Down" if change < 0 else "Same"


def _not_known(status: str | None) -> str:
    """What a parent reads where the status is not known: short, since it stands in a narrow column."""
    return "not yet assessed" if status is None else "not yet known" if status in _NOT_YET else status.lower()


def _status(status: str | None) -> str:
    if status is None:
        return "Not yet assessed"
    return _NOT_YET.get(status, status)
