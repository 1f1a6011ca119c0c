"""What the worksheet functions ask of whole tables: attendance, identifiers, school days, flags."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from math import inf
from typing import TYPE_CHECKING, Any

from addin.functions.ranges import Range, cells, records, shown
from workbook.model.problem import CannotDo
from workbook.model.vocabulary import CellError, Value

if TYPE_CHECKING:
    from workbook.measures.calendar import Calendar
    from workbook.measures.forecast import Ladder
    from workbook.measures.sessions import Tally

Records = list[dict[str, Value]]

_SHARES = ("attendance", "unauthorised_percent")
_COUNTS = ("possible", "attended", "authorised", "unauthorised", "late")
_JUDGED = ("persistent", "severe")
MEASURES = (*_SHARES, *_COUNTS, *_JUDGED)
_KEYS = {  # without these a range is not that table
    "Learners": ("learner_id",),
    "Progress": ("learner_id", "subject"),
    "Registers": ("learner_id", "week"),
    "Settings": ("name", "value"),
    "Subjects": ("subject", "scale"),
    "Scales": ("scale", "level", "points"),
    "Effort": ("code", "order"),
    "Codes": ("code", "class"),
    "Terms": ("kind", "start", "end"),
    "Drops": ("drop", "date"),
}


def attendance_of(rows: Range, codes: Records, measure: Value, early: float | None = None) -> Iterator[Any]:
    """A measure of attendance for each row of marks; blank for a row without marks.

    A blank or ``-`` is a mark still missing. A mark that is not a code is named instead of a figure. With fewer
    possible sessions than ``early`` (as a new tracker has it, unless told) nobody is called persistently absent.
    """
    from workbook.measures.sessions import Codes, tally
    from workbook.model import Tracker
    from workbook.model.excel import text
    from workbook.model.marks import is_missing

    wanted = "attendance" if measure is None else str(measure).strip().lower().replace(" ", "_")
    if wanted not in MEASURES:
        raise CannotDo(f"{shown(measure)} is not measured: choose one of {', '.join(MEASURES)}.")
    tracker = Tracker.of({"Codes": codes})
    known, enough = Codes(tracker), tracker.settings["early_sessions"] if early is None else early
    listed = {text(record["code"]).lower() for record in codes if record.get("code") is not None}

    @functools.cache
    def strange(mark: Value) -> bool:
        if isinstance(mark, (CellError, bool, date)):
            return True
        return not is_missing(mark) and text(mark).lower() not in listed

    for row in rows:
        wrong = next((mark for mark in row if strange(mark)), None)
        given = Counter(text(mark) for mark in row if not is_missing(mark)) if wrong is None else Counter[str]()
        if wrong is not None:
            yield f"{shown(wrong)} is not a code of the sheet Codes."
        elif not given:
            yield None
        else:
            yield _measured(tally(given, known), wanted, enough)


def _measured(one: Tally, wanted: str, early: float) -> Any:
    from workbook.measures.attendance import NO_SESSIONS, TOO_EARLY, is_too_early

    if wanted in _COUNTS:
        return getattr(one, wanted)
    if not one.possible:
        return NO_SESSIONS
    if wanted in _JUDGED and is_too_early(one, early):
        return TOO_EARLY
    figure = getattr(one, wanted)
    return round(figure, 2) if wanted in _SHARES else figure


def ladders(scales: Any) -> Callable[[Value, float | None], Ladder]:
    """The levels of a scale that a forecast may come to, by its name and the most points that can be reached.

    Without a name a level is a point. CannotDo for a scale that the table Scales does not have.
    """
    from workbook.measures.forecast import Ladder
    from workbook.measures.steps import levels_of
    from workbook.model import Tracker
    from workbook.model.excel import text

    given = [] if cells(scales) == [[None]] else records("Scales", scales, *_KEYS["Scales"])
    levels = levels_of(Tracker.of({"Scales": given})["Scales"])

    @functools.cache
    def ladder_of(scale: Value, top: float | None) -> Ladder:
        if scale is not None and text(scale).lower() not in levels:
            raise CannotDo(f"The scale {shown(scale)} is not on the sheet Scales.")
        return Ladder([] if scale is None else levels[text(scale).lower()], inf if top is None else top)

    return ladder_of


def upn_verdict(value: Value) -> str | None:
    """valid, temporary (a letter at the end), or what is wrong; a blank stays blank."""
    from workbook.reading.learner_numbers import upn_fault

    if value is None:
        return None
    if not isinstance(value, str) or isinstance(value, CellError):
        return f"A UPN is a text that begins with a letter, not {shown(value)}."
    fault = upn_fault(value)
    if fault:
        return f"Not a UPN: {fault}."
    return "temporary" if value.strip()[-1].isalpha() else "valid"


def uln_verdict(value: Value) -> str | None:
    """valid, temporary (9999999999: not yet known), or what is wrong; a blank stays blank."""
    from workbook.reading.learner_numbers import ULN_NOT_YET_KNOWN, uln_fault

    if value is None:
        return None
    if isinstance(value, (CellError, bool, date, float)):
        return f"A ULN is ten digits, not {shown(value)}."
    number = str(value).strip()
    fault = uln_fault(number)
    if fault:
        return f"Not a ULN: {fault}."
    return "temporary" if number == ULN_NOT_YET_KNOWN else "valid"


def calendar_of(terms: Records) -> Calendar:
    """The school days of the table Terms."""
    from workbook.measures.calendar import Calendar
    from workbook.model import Tracker

    calendar = Calendar(Tracker.of({"Terms": terms}))
    if not calendar.half_terms:
        raise CannotDo("The table Terms has no row of the kind Term with a start and an end.")
    return calendar


def flag_rows(entered: Mapping[str, Any], reference: Mapping[str, Any], on: date) -> Range:
    """A row for each flag that follows from these tables, in the order of the command ``flags``."""
    from workbook.measures.flags import flags
    from workbook.model import Tracker, defaults

    tables = {name: records(name, given, *_KEYS[name]) for name, given in entered.items()}
    new = defaults.new()
    for name, given in reference.items():
        if cells(given) != [[None]]:
            tables[name] = records(name, given, *_KEYS[name])
        elif name != "Subjects":
            tables[name] = list(new[name].records())
        else:
            tables[name] = _subjects(entered["Progress"])
    keys = ("learner_id", "code", "band", "value", "threshold", "data_date", "reason")
    rows = [[_in_cell(flag.as_row()[key]) for key in keys] for flag in flags(Tracker.of(tables), on)]
    return rows or [["No flags."]]


def _in_cell(value: Any) -> Any:
    """A value that Excel takes: a day as a moment."""
    return datetime.combine(value, time()) if isinstance(value, date) else value


def _subjects(progress: Any) -> Records:
    """The subjects of Progress with their scales, which the sheet shows in a column of its own."""
    from workbook.model import sheet
    from workbook.reading.headings import match_headings

    rows = cells(progress)
    found = match_headings(sheet("Progress"), rows[0]).columns
    if not {"subject", "scale"} <= set(found):
        raise CannotDo("Give Progress with its headings, Progress[#All], or the table Subjects as well.")
    pairs = {row[found["subject"] - 1]: row[found["scale"] - 1] for row in rows[1:]}
    return [{"subject": subject, "scale": scale} for subject, scale in pairs.items() if subject is not None]
