"""Attendance by day on the Learner view: two helper columns count the sessions of the week, a sentence tells them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbook.building.views.learner_live import PLACE, TOP, Behind, Live
from workbook.building.views.places import joined
from workbook.measures.patterns import told, told_by_formula
from workbook.measures.sessions import Tally
from workbook.model.formulas import SESSIONS, literal
from workbook.model.vocabulary import key_of

_POSSIBLE, _ATTENDED = "AE", "AF"
_COLUMNS = ((_POSSIBLE, "Counts possible"), (_ATTENDED, "Counts attended"))


def write_sessions(cell: Any, behind: Behind) -> None:
    """How many sessions of each place in the week were possible and attended."""
    week = _week(behind)
    for letter, counts in _COLUMNS:
        for number, session in enumerate(SESSIONS):
            marks = f"ISNUMBER(MATCH({literal(f'Registers[{session}]')},Codes[{counts}],0))"
            held = f'(Registers[Learners row]={PLACE})*(MID(Registers[Sessions],{number + 1},1)="1")'
            formula = f'=IF({PLACE}="",0,SUMPRODUCT({held}*{marks}))'
            tally = week[number]
            cell(letter, TOP + number, formula, tally.possible if letter == _POSSIBLE else tally.attended)


def pattern(behind: Behind) -> Live:
    """The sentence on weekdays, half days and the vocational day."""
    possible, attended = ([f"${letter}${TOP + n}" for n in range(len(SESSIONS))] for letter, _ in _COLUMNS)
    formula = told_by_formula(possible, attended, f'INDEX(Learners[Vocational day],{PLACE})&""')
    day = behind.learner("vocational_day") or ""
    early = behind.matter.tracker.settings["early_sessions"]
    return f'=IF({PLACE}="","",{formula})', told(_week(behind), day, early) or None


def _week(behind: Behind) -> Sequence[Tally]:
    """The ten tallies of the chosen learner, of all weeks on Registers."""
    values = behind.matter.values
    counted = [set(map(_folded, values("Codes", key_of(header)))) for _, header in _COLUMNS]
    rows = [place - 1 for place in behind.rows_of("Registers")]
    open_sessions = [joined(values("Registers", "sessions")[row]) for row in rows]
    found = []
    for number, session in enumerate(SESSIONS):
        marks = values("Registers", key_of(session))
        held = [_folded(marks[row]) for row, day in zip(rows, open_sessions, strict=True) if day[number:][:1] == "1"]
        possible, attended = (sum(mark in codes for mark in held) for codes in counted)
        found.append(Tally(possible, attended, 0, 0))
    return found


def _folded(value: Any) -> str:
    return joined(value).lower()
