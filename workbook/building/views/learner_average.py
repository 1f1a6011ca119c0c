"""The averages under the subjects of the Learner view: which subjects count, as helper cells, and the two lines.

The rule is that of `workbook.measures.average`; the helper cells beside the rows say it as formulas. A row of helper
cells holds a subject, also one that the view itself has no room for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from workbook.building.views.learner_live import PLACE, POINTS_1, TOP, Behind, Live
from workbook.building.views.places import filled_up, joined
from workbook.measures.average import Averaged, averaged, mean
from workbook.model import CellError, Value
from workbook.model.excel import fold
from workbook.model.formulas import DROPS, literal
from workbook.model.tracker import column_letter
from workbook.reading.outline import column_number

HELD = 24
"""Subjects that an average may be over, more than the view shows."""
SCALE, COUNT, BASE, AIM = "T", "U", "V", "W"
HAS, STEP, COUNTS = "AD", "AG", "AH"
"""How many levels a subject has; 2 for one of the main scale with baseline and target, 1 for one without; 2 for one
that has a level at each usual drop, 1 for one that has not."""
MAIN = "$U$3"
_POINTS = {drop: column_letter(column_number(POINTS_1) + drop - 1) for drop in DROPS}
_USUAL = TOP - 1
"""The row that says of each drop whether most of the subjects have a level there."""
_NOTHING = CellError("#N/A")


@dataclass(frozen=True)
class _Subject:
    """A row of Progress as far as the average needs it."""

    scale: str
    points: tuple[float | None, ...]
    baseline: float | None
    target: float | None


class Averages:
    """The chosen learner's averages: helper cells, and the two lines that the chart draws."""

    def __init__(self, behind: Behind) -> None:
        self._behind = behind
        self.rows = filled_up(behind.all_rows, HELD)

    def column(self, key: str) -> list[Value]:
        """A column of Progress for the rows of the learner, None where there is no row."""
        values = self._behind.matter.values("Progress", key)
        return [values[place - 1] if place else None for place in self.rows]

    @cached_property
    def _subjects(self) -> list[_Subject]:
        points = zip(*(map(_figure, self.column(f"points_{drop}")) for drop in DROPS), strict=True)
        ends = (map(_figure, self.column(key)) for key in ("baseline_points", "target_points"))
        return [_Subject(*one) for one in zip(map(joined, self.column("scale")), points, *ends, strict=True)]

    @cached_property
    def _averaged(self) -> Averaged[_Subject]:
        return averaged(self._subjects)

    @property
    def main(self) -> str | None:
        """The scale of the average."""
        return self._averaged.candidates[0].scale if self._averaged.candidates else None

    def main_formula(self) -> str:
        """The same as a formula."""
        return f'=IF(MAX({_run(COUNT)})=0,"",INDEX({_run(SCALE)},MATCH(MAX({_run(COUNT)}),{_run(COUNT)},0)))'

    def usual_cells(self) -> Iterator[tuple[str, int, str, Value]]:
        """For each drop whether most of the subjects have a level there: column, row, formula, figure."""
        there, all_ = f"{_run(STEP)},MAX(1,{_run(STEP)})", f"COUNTIF({_run(STEP)},MAX(1,{_run(STEP)}))"
        for drop, letter in _POINTS.items():
            formula = f'=IF(2*COUNTIFS({there},{_run(letter)},">-1000")>{all_},1,0)'
            yield letter, _USUAL, formula, int(drop in self._averaged.usual)

    def cells(self, number: int) -> Iterator[tuple[str, str, Value]]:
        """The helper cells that say whether a subject counts: column, formula, figure."""
        row, one, found = TOP + number, self._subjects[number], self._averaged
        levels = f"{_POINTS[1]}{row}:{_POINTS[6]}{row}"
        yield HAS, f"=COUNT({levels})", sum(points is not None for points in one.points)
        same = f'COUNTIFS({_run(SCALE)},"="&{literal(f"{SCALE}{row}")},{_run(HAS)},">0")'
        count = sum(_has(other) and fold(other.scale) == fold(one.scale) for other in self._subjects)
        formula = f'=IF(OR({SCALE}{row}="",{HAS}{row}=0),0,{same})'
        yield COUNT, formula, count if one.scale and _has(one) else 0
        step = f"=IF(AND({HAS}{row}>0,{SCALE}{row}={MAIN}),1+ISNUMBER({BASE}{row})*ISNUMBER({AIM}{row}),0)"
        yield STEP, step, self._step(one)
        lacking = f"SUMPRODUCT(${_POINTS[1]}${_USUAL}:${_POINTS[6]}${_USUAL}*NOT(ISNUMBER({levels})))"
        inside = any(one is other for other in found.candidates)
        counts = f"=IF({STEP}{row}=MAX(1,{_run(STEP)}),IF({lacking}=0,2,1),0)"
        yield COUNTS, counts, 0 if not inside else 1 + found.is_whole(one)

    def _step(self, one: _Subject) -> int:
        if not _has(one) or fold(one.scale) != fold(self.main or ""):
            return 0
        return 1 + (one.baseline is not None and one.target is not None)

    def title(self) -> Live:
        """The name of the line of averages under the subjects."""
        words = f"Average points, {self.main}" if self.main else "Average points"
        return f'="Average points"&IF({MAIN}="","",", "&{MAIN})', words

    def average(self, drop: int) -> Live:
        """Average points at a drop."""
        found = mean([one.points[drop - 1] for one in self._averaged.subjects])
        return f"=IFERROR({_over(_POINTS[drop])},NA())", _NOTHING if found is None else found

    def expected(self, drop: int) -> Live:
        """Where the average of the same subjects should stand at a drop; nothing where they are without targets."""
        gone = f"INDEX(Drops[Elapsed],MATCH({drop},Drops[Drop],0))"
        share = f"MAX(0,MIN(1,(INDEX(Learners[Year],{PLACE})-first_year+{gone})/course_years))"
        formula = f"=IF(MAX({_run(STEP)})<2,NA(),IFERROR({_over(BASE)}+({_over(AIM)}-{_over(BASE)})*{share},NA()))"
        found = self._averaged
        start, end = (mean([getattr(one, key) for one in found.subjects]) for key in ("baseline", "target"))
        share_now = self._behind.share(drop)
        if not found.aimed or start is None or end is None or share_now is None:
            return formula, _NOTHING
        return formula, start + (end - start) * share_now


def _run(letter: str) -> str:
    return f"${letter}${TOP}:${letter}${TOP + HELD - 1}"


def _over(letter: str) -> str:
    """The average of a column over the subjects that count."""
    return f"AVERAGEIFS({_run(letter)},{_run(COUNTS)},MAX(1,{_run(COUNTS)}))"


def _figure(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _has(one: _Subject) -> bool:
    return any(points is not None for points in one.points)
