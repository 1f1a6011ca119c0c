"""Gaps between groups that the college names itself: a Head of Year's duty, and nobody else's to read.

A group is a column of the college's own on Learners, named in Settings or asked for. Who has Yes, or any word but No,
is in it; where the column says No to some, a blank is not known and left out, else a blank is No. Each gap is a
difference with its interval and both numbers. Numbers under six are hidden, and whatever would let them be worked out
from totals. No flag, no order and no report asks this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbook.measures.intervals import means_apart, shares_apart
from workbook.measures.learners import word
from workbook.measures.small_numbers import LEAST, gives_away, hidden
from workbook.measures.standing import Standing
from workbook.model import CannotDo, Tracker
from workbook.model.excel import fold, is_error
from workbook.model.vocabulary import key_of

_NO = {"no", "n", "false", "0", "none", "-", "–"}
COUNTED = {"persistent": "persistent absence", "with_concern": "a concern", "below": "below in a subject"}
TOO_FEW = f"fewer than {LEAST}, or a number that would give such a one away"
ALL_ALIKE = "nobody is told apart by this column"


@dataclass(frozen=True)
class Gap:
    """A group beside all others in one measure, in percent; ``low`` to ``high`` is the 95% interval of ``difference``.

    What is None is not told; ``words`` then says why.
    """

    column: str
    measure: str
    n: int | None = None
    others: int | None = None
    value: float | None = None
    others_value: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    words: str | None = None


def compared_columns(tracker: Tracker) -> list[str]:
    """The headings that the setting names, in order."""
    named = str(tracker.settings["compared_groups"] or "")
    return list(dict.fromkeys(one.strip() for one in named.split(",") if one.strip()))


def is_compared(tracker: Tracker, name: str) -> bool:
    """Whether a heading is a column of Learners that the college has added."""
    table, key = tracker["Learners"], key_of(name)
    return key in table.columns and key not in table.sheet.by_key


def gaps(tracker: Tracker, rows: Sequence[Standing], columns: Sequence[str]) -> list[Gap]:
    """The gaps of each column among learners on roll; CannotDo for a column that is not there, or not the college's.

    What is told of a column does not depend on which others are asked for: all of the college's own count, those that
    Settings name first, then as they stand on the sheet. So asking again with another choice tells nothing more.
    """
    splits = {key_of(name): (name, *_split(tracker, rows, name)) for name in columns}
    told = _Told(rows)
    found: dict[str, list[Gap]] = {}
    for key in _in_order(tracker, splits):
        name, inside, outside = splits[key] if key in splits else (key, *_split(tracker, rows, key))
        found[key] = list(_gaps(name, inside, outside, told))
    return [gap for name in dict.fromkeys(map(key_of, columns)) for gap in found[name]]


def _in_order(tracker: Tracker, asked: Mapping[str, object]) -> list[str]:
    """The keys of all of the college's own columns, those of Settings first."""
    table = tracker["Learners"]
    own = [key for key in table.columns if key not in table.sheet.by_key and key == key_of(key)]
    named = [key for key in map(key_of, compared_columns(tracker)) if key in own]
    return list(dict.fromkeys([*named, *own, *asked]))


class _Told:
    """Whose sums have been told: sets of learners, and of those among them who are counted, and who are not."""

    def __init__(self, rows: Sequence[Standing]) -> None:
        values = [("learner_id", None)]
        values += [(what, one) for what in ("form", "mentor", "year") for one in {getattr(row, what) for row in rows}]
        parts = [[one for one in rows if value is None or getattr(one, what) == value] for what, value in values]
        self._sets: dict[str, list[list[str]]] = {}
        self.add(parts)
        for count in COUNTED:
            self.add(parts, count)

    def add(self, parts: Sequence[Sequence[Standing]], count: str = "") -> None:
        """Note that sums over these sets are told: of all in them, or of who is counted."""
        for key, sets in self._of(parts, count).items():
            self._sets.setdefault(key, []).extend(sets)

    def give_away(self, parts: Sequence[Sequence[Standing]], count: str = "") -> bool:
        """Whether these sets, beside all told before, would let a small one be worked out."""
        return any(gives_away(sets, self._sets.get(key, ())) for key, sets in self._of(parts, count).items())

    def _of(self, parts: Sequence[Sequence[Standing]], count: str) -> dict[str, list[list[str]]]:
        if not count:
            return {"": [[one.learner_id for one in part] for part in parts]}
        return {
            f"{count} {holds}": [[one.learner_id for one in part if (count in one.holds) is holds] for part in parts]
            for holds in (True, False)
        }


def _split(tracker: Tracker, rows: Sequence[Standing], name: str) -> tuple[list[Standing], list[Standing]]:
    """Who is in a group, and who is not; those of whom it is not known are in neither."""
    table, key = tracker["Learners"], key_of(name)
    if key in table.sheet.by_key:
        raise CannotDo(f"{name} is a column of Mentorbook's own: name one that your college has added to Learners.")
    if key not in table.columns:
        raise CannotDo(
            f"Learners has no column {name}: add it, or mend Groups compared for the Head of Year in Settings."
        )
    said: dict[str, str | None] = {}
    for who, value in zip(table["learner_id"], table[key], strict=True):
        said.setdefault(fold(word(who)), None if is_error(value) else fold(word(value)))
    blank_is_no = not any(value in _NO for value in said.values())
    inside, outside = [], []
    for one in rows:
        value = said.get(fold(one.learner_id))
        if value in _NO or (value == "" and blank_is_no):
            outside.append(one)
        elif value:
            inside.append(one)
    return inside, outside


def _gaps(name: str, inside: list[Standing], outside: list[Standing], told: _Told) -> Iterator[Gap]:
    if not inside or not outside:
        yield Gap(name, "attendance", words=ALL_ALIKE)
        return
    both = (inside, outside)
    sizes = [len(part) for part in both]
    if any(hidden(sizes)) or told.give_away(both):
        yield Gap(name, "attendance", words=TOO_FEW)
        return
    told.add(both)
    yield _attendance(name, inside, outside)
    for count, words in COUNTED.items():
        hits = [sum(count in one.holds for one in part) for part in both]
        if any(hidden(hits, sizes)) or told.give_away(both, count):
            yield Gap(name, words, sizes[0], sizes[1], words=TOO_FEW)
        else:
            told.add(both, count)
            shares = [100 * hit / of for hit, of in zip(hits, sizes, strict=True)]
            apart = (100 * figure for figure in shares_apart(hits[0], sizes[0], hits[1], sizes[1]))
            yield _gap(name, words, sizes, shares, tuple(apart))


def _attendance(name: str, inside: list[Standing], outside: list[Standing]) -> Gap:
    """Each learner's own attendance counts alike; those without a possible session are not in it."""
    values = [[100 * one.attended / one.possible for one in part if one.possible] for part in (inside, outside)]
    sizes = [len(part) for part in values]
    if min(sizes) < LEAST or any(
        0 < len(part) - size < LEAST for part, size in zip((inside, outside), sizes, strict=True)
    ):
        return Gap(name, "attendance", words=TOO_FEW)
    means = [sum(part) / len(part) for part in values]
    return _gap(name, "attendance", sizes, means, means_apart(*values))


def _gap(name: str, measure: str, sizes: Sequence[int], values: Sequence[float], apart: Sequence[float]) -> Gap:
    n, others = sizes
    value, others_value, difference, low, high = (round(one, 1) + 0.0 for one in (*values, *apart))
    return Gap(name, measure, n, others, value, others_value, difference, low, high)


def as_figures(gap: Gap) -> Mapping[str, Any]:
    """The gap's figures by column, as the Head of Year's page has them."""
    return {"learners": gap.n, "others": gap.others, "value": gap.value, "others_value": gap.others_value,
            "difference": gap.difference, "low": gap.low, "high": gap.high, "words": gap.words}  # fmt: skip
