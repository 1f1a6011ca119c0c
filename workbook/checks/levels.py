"""Levels and effort: each level must be on the scale of its row's subject, each effort code on the Effort sheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workbook.checks.findings import Finding, judged, put
from workbook.checks.kinds import BECAME_DATE, EFFORT_UNKNOWN, LEVEL_UNKNOWN, LEVEL_ZERO
from workbook.checks.reference import Known
from workbook.checks.spelling import Listed, bare, text_of
from workbook.checks.words import as_typed
from workbook.measures.distinct import where
from workbook.model.problem import Problem
from workbook.model.problem_kind import shortened
from workbook.model.tracker import Table
from workbook.model.vocabulary import CellError, Column, Kind, Value


def levels(table: Table, column: Column, known: Known) -> Iterator[Problem]:
    """Problems of a column of levels or of effort codes."""
    if column.kind is Kind.EFFORT:
        yield from judged(table, column.key, lambda value: _judge_effort(value, known))
        return
    pairs = list(zip(known.scales_of(table["subject"]), table[column.key], strict=True))
    for place, finding in where(pairs, lambda pair: judge_level(pair[1], pair[0], known)):
        yield put(table, column.key, place, finding)


def judge_level(value: Value, scale: str, known: Known) -> Finding | None:
    """What is wrong with a level on a scale; nothing where the scale is not known (that is reported elsewhere)."""
    listed = known.levels.get(bare(scale))
    if listed is None or value is None or isinstance(value, CellError):
        return None
    text = text_of(value)
    if not isinstance(value, (bool, date)) and (text in listed or bare(text) == known.not_assessed):
        return None
    words = {"scale": shortened(scale)}
    if isinstance(value, date):
        return Finding(BECAME_DATE, as_typed(value, listed))
    if text == "0":
        return Finding(LEVEL_ZERO, None, words)
    if isinstance(value, str):
        found = listed.typed_otherwise(value)
        if found:
            return found
    return Finding(LEVEL_UNKNOWN, _meant(text, listed), words)


def _meant(text: str, listed: Listed) -> str | None:
    """The level that was meant where a sign is on the wrong side or too much: ``-4``, ``4-``, ``APL 4``."""
    together = "".join(text.split())
    tries = [together, together.strip("+-") + together[:1], together.strip("+-"), together.lstrip("'=+")]
    meant = [one for one in tries if one and one in listed]
    if meant:
        return meant[0]
    if together.isdigit():  # 4 for APL4, where only one level ends so
        ends = [one for one in listed.texts if one.rstrip("0123456789") + together == one]
        return ends[0] if len(ends) == 1 else None
    return None


def _judge_effort(value: Value, known: Known) -> Finding | None:
    listed = known.efforts
    if not listed or isinstance(value, CellError) or (value in listed and not isinstance(value, bool)):
        return None
    if isinstance(value, date):
        return Finding(BECAME_DATE, as_typed(value, listed))
    found = listed.typed_otherwise(value) if isinstance(value, str) else None
    return found or Finding(EFFORT_UNKNOWN, None, {"choices": listed.in_words()})
