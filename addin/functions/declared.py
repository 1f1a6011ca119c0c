"""The worksheet functions: whole ranges in, arrays out.

Blank stays blank, an error is a sentence that says what is wrong, and today's date is an argument, so nothing is
volatile. The rules are those of `workbook`; what stands here is how a range becomes their question and their answer
a range. The names of arguments are VBA's too, so none may be one of its own words (`scale`, `from`, `to`, `on`).
"""

from __future__ import annotations

import functools
from typing import Any

from addin.functions.declaring import function, range_
from addin.functions.ranges import (
    Range,
    answering,
    cells,
    column,
    day_in,
    height,
    in_rows,
    number_in,
    records,
    shown,
    single,
)
from workbook.model.problem import CannotDo
from workbook.model.vocabulary import CellError


@function
@range_("levels", "The levels, as many rows and columns as you like, such as the columns APL 1 to APL 6.")
@range_("scale_name", "The name of the scale: one cell for all rows, or a column with one for each row.")
@range_("scales", "The whole table Scales with its headings: Scales[#All].")
@range_("not_assessed", "The word for not assessed; left out, it is N/A.")
@answering
def APL_POINTS(levels: Any, scale_name: Any, scales: Any, not_assessed: Any = None) -> Range:  # noqa: N802
    """Points of levels on their scale; blank for a blank or a level not assessed."""
    from workbook.measures.computed_keys import scale_keys
    from workbook.measures.levels import Levels
    from workbook.model import Tracker

    typed = cells(levels)
    word = single(not_assessed)
    settings = [] if word is None else [{"name": "not_assessed", "value": word}]
    tracker = Tracker.of({"Scales": records("Scales", scales, "scale", "level", "points"), "Settings": settings})
    worth = Levels(tracker, scale_keys(tracker))
    known = {str(name) for name in tracker["Scales"]["scale"]}

    @functools.cache
    def points(scale: str, level: Any) -> Any:
        found = worth.points(scale, level)
        if found is not None or level is None:
            return found
        if isinstance(level, CellError):
            return f"The level is {shown(level)}."
        if not worth.assessed(level):
            return None
        if scale not in known:
            return f"The scale {shown(scale)} is not on the sheet Scales."
        return f"{shown(level)} is not a level of the scale {scale}."

    names = column(scale_name, len(typed), "The scale")
    return [
        [points("" if name is None else str(name), level) for level in row]
        for name, row in zip(names, typed, strict=True)
    ]


@function
@range_("baseline", "Points where the learner started.")
@range_("target", "Points aimed at for the end of the course.")
@range_("share", "Share of the course gone by, 0 to 1.")
@answering
def APL_EXPECTED(baseline: Any, target: Any, share: Any) -> Range:  # noqa: N802
    """Points expected by now: on the straight path from baseline to target."""
    from workbook.measures.levels import expected_points

    return _by_row(expected_points, Baseline=baseline, Target=target, Share=share)


@function
@range_("points", "Points now.")
@range_("expected", "Points expected (APL_EXPECTED), or the target's points.")
@range_("tolerance", "How many points off still count as on track: one cell, or one for each row.")
@answering
def APL_STATUS(points: Any, expected: Any, tolerance: Any = None) -> Range:  # noqa: N802
    """Above, On, Just below or Below; blank where a figure is missing."""
    from workbook.measures.levels import difference, status_of

    def status(now: float | None, wanted: float | None, off: float | None) -> str | None:
        gap = difference(now, wanted)
        return None if gap is None else status_of(gap, off or 0)

    return _by_row(status, Points=points, Expected=expected, Tolerance=tolerance)


@function
@range_("points", "Points drop by drop, a row for each learner and subject: Points 1 to Points 6.")
@answering
def APL_CHANGE(points: Any) -> Range:  # noqa: N802
    """Points of the latest drop less those of the drop before that has any; blank with fewer than two."""
    from workbook.measures.levels import difference

    def change(row: list[Any]) -> Any:
        given = [figure for figure in _figures(row, "Points") if figure is not None]
        return difference(given[-1], given[-2]) if len(given) > 1 else None

    return in_rows(_told(change, row) for row in cells(points))


@function
@range_("points", "Points drop by drop, a row for each learner and subject.")
@range_("shares", "Share of the course gone by at each drop, 0 to 1: one row for all, or one for each row.")
@range_(
    "scale_name", "The name of the scale: one cell for all rows, or one for each row; left out, a level is a point."
)
@range_("scales", "The whole table Scales with its headings: Scales[#All].")
@range_("years", "The length of the course in years, the setting course_years; left out, 2.")
@range_("highest", "The most points that can be reached, such as 5 in Foundation tier; left out, those of the scale.")
@answering
def APL_FORECAST(  # noqa: N802
    points: Any, shares: Any, scale_name: Any = None, scales: Any = None, years: Any = None, highest: Any = None
) -> Range:
    """An estimate of the points at the end: estimate, low, high; blank without three drops over half a year."""
    from addin.functions.tables import ladders
    from workbook.measures.forecast import estimate

    rows, when = cells(points), cells(shares)
    if len(when) == 1:
        when *= len(rows)
    if len(when) != len(rows) or len(when[0]) != len(rows[0]):
        raise CannotDo("The shares must be as many as the drops: one row for all, or one for each row.")
    ladder_of, length = ladders(scales), number_in(single(years), "The length of the course") or 2

    def forecast(row: list[Any], share: list[Any], scale: Any, top: Any) -> list[Any]:
        given = zip(_figures(row, "Points"), _figures(share, "Share"), strict=True)
        known = [(figure, gone) for figure, gone in given if figure is not None and gone is not None]
        worth, gone = tuple(figure for figure, _ in known), tuple(gone for _, gone in known)
        found = estimate(worth, gone, length, ladder_of(scale, number_in(top, "Highest")))
        return [None] * 3 if found is None else [found.points, found.low, found.high]

    ends = (column(scale_name, len(rows), "The scale"), column(highest, len(rows), "The highest"))
    answers = (_told(forecast, *of_row) for of_row in zip(rows, when, *ends, strict=True))
    return [answer if isinstance(answer, list) else [answer, None, None] for answer in answers]


@function
@range_("marks", "Register marks, a row for each week or learner: Mon am to Fri pm.")
@range_("codes", "The whole table Codes with its headings: Codes[#All].")
@range_("measure", "attendance (in percent), unauthorised_percent, or one of: possible, attended, authorised, "
        "unauthorised, late, persistent, severe.")  # fmt: skip
@range_("early", "Fewer possible sessions than this are too early to judge persistent or severe; left out, 20.")
@answering
def ATTENDANCE(  # noqa: N802
    marks: Any, codes: Any, measure: Any = "attendance", early: Any = None
) -> Range:  # fmt: skip
    """Attendance of each row of marks; blank where there is no mark."""
    from addin.functions.tables import attendance_of

    enough = number_in(single(early), "The number of sessions")
    return in_rows(attendance_of(cells(marks), records("Codes", codes, "code", "class"), single(measure), enough))


@function
@range_("upn", "Unique Pupil Numbers, as many cells as you like.")
@answering
def UPN_CHECK(upn: Any) -> Range:  # noqa: N802
    """valid, temporary, or what is wrong with each UPN."""
    from addin.functions.tables import upn_verdict

    return [[upn_verdict(value) for value in row] for row in cells(upn)]


@function
@range_("uln", "Unique Learner Numbers, as many cells as you like.")
@answering
def ULN_CHECK(uln: Any) -> Range:  # noqa: N802
    """valid, temporary, or what is wrong with each ULN."""
    from addin.functions.tables import uln_verdict

    return [[uln_verdict(value) for value in row] for row in cells(uln)]


@function
@range_("first_day", "From this day on: one cell, or one for each row.")
@range_("last_day", "Up to and including this day: one cell, or one for each row.")
@range_("terms", "The whole table Terms with its headings: Terms[#All].")
@answering
def SCHOOL_DAYS(first_day: Any, last_day: Any, terms: Any) -> Range:  # noqa: N802
    """How many school days lie between two days, both included."""
    from addin.functions.tables import calendar_of

    calendar = calendar_of(records("Terms", terms, "kind", "start", "end"))

    def days(first: Any, last: Any) -> int | None:
        start, end = day_in(first, "The first day"), day_in(last, "The last day")
        return None if start is None or end is None else len(calendar.school_days(start, end))

    rows = height(first_day, last_day)
    ends = (column(first_day, rows, "The first day"), column(last_day, rows, "The last day"))
    return in_rows(_told(days, *of_row) for of_row in zip(*ends, strict=True))


@function
@range_("learners", "The whole table Learners with its headings: Learners[#All].")
@range_("progress", "The whole table Progress with its headings: Progress[#All].")
@range_("registers", "The whole table Registers with its headings: Registers[#All].")
@range_("settings", "The whole table Settings with its headings: Settings[#All].")
@range_("on_date", "The day the flags are for, such as TODAY().")
@range_("subjects", "The whole table Subjects; left out, scales are read from Progress and no subject is core.")
@range_("scales", "The whole table Scales; left out, the scales of a new tracker.")
@range_("effort", "The whole table Effort; left out, that of a new tracker.")
@range_("codes", "The whole table Codes; left out, that of a new tracker.")
@range_("terms", "The whole table Terms; left out, that of a new tracker.")
@range_("drops", "The whole table Drops; left out, that of a new tracker.")
@answering
def APL_FLAGS(  # noqa: N802
    learners: Any, progress: Any, registers: Any, settings: Any, on_date: Any, subjects: Any = None,
    scales: Any = None, effort: Any = None, codes: Any = None, terms: Any = None, drops: Any = None,
) -> Range:  # fmt: skip
    """A row for each flag of attendance, progress and effort: learner, code, band, value, threshold, date, reason."""
    from addin.functions.tables import flag_rows

    day = day_in(single(on_date), "The day")
    if day is None:
        raise CannotDo("Give the day the flags are for, such as TODAY().")
    entered = {"Learners": learners, "Progress": progress, "Registers": registers, "Settings": settings}
    reference = {"Subjects": subjects, "Scales": scales, "Effort": effort, "Codes": codes, "Terms": terms,
                 "Drops": drops}  # fmt: skip
    return flag_rows(entered, reference, day)


def _by_row(rule: Any, **given: Any) -> Range:
    """A rule applied row by row to columns of figures; a single cell counts for every row."""
    rows = height(*given.values())
    columns = [column(values, rows, what) for what, values in given.items()]

    def figure(*of_row: Any) -> Any:
        return rule(*(number_in(value, what) for value, what in zip(of_row, given, strict=True)))

    return in_rows(_told(figure, *of_row) for of_row in zip(*columns, strict=True))


def _figures(row: list[Any], what: str) -> list[float | None]:
    return [number_in(value, what) for value in row]


def _told(rule: Any, *of_row: Any) -> Any:
    """What a rule gives for a row, or in words why it gives nothing."""
    try:
        return rule(*of_row)
    except CannotDo as why:
        return str(why)
