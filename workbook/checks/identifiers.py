"""What is wrong with UPN and ULN, and the learner's own ID, in the cells of a tracker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from workbook.checks.findings import Finding, Judge, judged
from workbook.checks.kinds import (
    CAPITALS,
    LEARNER_UNKNOWN,
    LOOK_ALIKE,
    NUMBER_STORED,
    SPACES,
    ULN_INVALID,
    ULN_SCIENTIFIC,
    UPN_AUTHORITY,
    UPN_INVALID,
)
from workbook.checks.reference import Known
from workbook.checks.spelling import skeleton, text_of, tidy
from workbook.model.problem import Problem
from workbook.model.tracker import Table
from workbook.model.vocabulary import CellError, Column, Kind, Value
from workbook.reading.learner_numbers import uln_fault, upn_fault, upn_judged

_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_SHAPE_SHARE, _SHAPE_FROM = 0.8, 6


def judge_upn(value: Value) -> Finding | None:
    """What is wrong with a cell that should hold a UPN."""
    if isinstance(value, CellError):
        return None
    if not isinstance(value, str):
        return Finding(UPN_INVALID, None, {"why": "it begins with a letter"})
    fault, known_authority = upn_judged(value)
    if fault:
        meant = _upn_meant(value)
        return Finding(LOOK_ALIKE, meant) if meant else Finding(UPN_INVALID, None, {"why": fault})
    clean = value.strip().upper()
    if clean != value:
        return Finding(SPACES if value.strip() != value else CAPITALS, clean)
    return None if known_authority else Finding(UPN_AUTHORITY, None, {"authority": clean[1:4]})


def _upn_meant(value: str) -> str | None:
    """The UPN that was meant where letters stand for digits that look alike, or spaces were typed in it."""
    clean = "".join(value.split()).upper()
    meant = clean[:1] + skeleton(clean[1:12]) + clean[12:13].replace("O", "0").replace("I", "1")
    return meant if meant != value and not upn_fault(meant) else None


def judge_uln(value: Value) -> Finding | None:
    """What is wrong with a cell that should hold a ULN."""
    if isinstance(value, CellError):
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        text = str(value)
        if value >= 1e9 and (value % 1_000_000 == 0 or value >= 1e10):
            return Finding(ULN_SCIENTIFIC)
        if uln_fault(text) is None:
            return Finding(NUMBER_STORED, text)
        return Finding(ULN_INVALID, None, {"why": uln_fault(text)})
    if not isinstance(value, str):
        return Finding(ULN_INVALID, None, {"why": "it is ten digits and nothing else"})
    if _SCIENTIFIC.fullmatch(value.strip()):
        return Finding(ULN_SCIENTIFIC)
    fault = uln_fault(value)
    if fault is None:
        return Finding(SPACES, value.strip()) if value != value.strip() else None
    together = "".join(value.split())
    if together != value and uln_fault(together) is None:
        return Finding(SPACES, together)
    meant = skeleton(value)
    if meant != value and uln_fault(meant) is None:
        return Finding(LOOK_ALIKE, meant)
    return Finding(ULN_INVALID, None, {"why": fault})


def learner_judge(known: Known) -> Judge:
    """Judges IDs that must be on Learners."""

    def judge(value: Value) -> Finding | None:
        if isinstance(value, CellError):
            return None
        if value in known.learners and isinstance(value, str):
            return None
        if not isinstance(value, str):
            return Finding(NUMBER_STORED, _padded(text_of(value), known))
        found = known.learners.typed_otherwise(value)
        if found:
            return found
        return Finding(LEARNER_UNKNOWN, known.learners.nearest(value, 0.85))

    return judge


def _padded(text: str, known: Known) -> str | None:
    """The ID that a number was, with the zeros in front that it has lost."""
    if text in known.learners:
        return text
    return known.without_zeros.get(text)


def own_ids(table: Table) -> Iterator[Problem]:
    """IDs on Learners itself: stored as numbers, with spaces, or unlike all others because of a look-alike."""
    shapes = Counter(_shape(value) for value in table["learner_id"] if isinstance(value, str))
    shape, count = shapes.most_common(1)[0] if shapes else ("", 0)
    usual = shape if count >= max(_SHAPE_FROM, _SHAPE_SHARE * len(table)) else None

    def judge(value: Value) -> Finding | None:
        if isinstance(value, CellError):
            return None
        if not isinstance(value, str):
            return Finding(NUMBER_STORED, text_of(value).zfill(len(shape)) if usual else text_of(value))
        if tidy(value) != value:
            return Finding(SPACES, tidy(value))
        if usual and _shape(value) != usual:
            meant = _like(value, usual)
            if meant:
                return Finding(LOOK_ALIKE if meant.upper() != value.upper() else CAPITALS, meant)
        return None

    yield from judged(table, "learner_id", judge)


def _shape(text: str) -> str:
    return re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", re.sub(r"\d", "9", text)))


def _like(text: str, shape: str) -> str | None:
    """The text in a given shape, where look-alikes and capitals are all that differs."""
    if len(text) != len(shape):
        return None
    letters = {"0": "O", "1": "I", "5": "S", "8": "B"}
    meant = ""
    for letter, kind in zip(text, shape, strict=True):
        if kind == "9":
            letter = skeleton(letter) or letter
        elif kind in "Aa":
            letter = letters.get(letter, letter)
            letter = letter.upper() if kind == "A" else letter.lower()
        meant += letter
    return meant if _shape(meant) == shape else None


def identifiers(table: Table, column: Column, known: Known) -> Iterator[Problem]:
    """Problems of a column of identifiers."""
    if column.kind is Kind.UPN:
        yield from judged(table, column.key, judge_upn)
    elif column.kind is Kind.ULN:
        yield from judged(table, column.key, judge_uln)
    elif column.refers:
        yield from judged(table, column.key, learner_judge(known))
    else:
        yield from own_ids(table)
