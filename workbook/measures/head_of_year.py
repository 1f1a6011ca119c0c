"""The Head of Year's page of a tracker: everybody, half terms, drops, forms, mentors, subjects, flags, support, gaps.

Each line is a part and a name with those figures that make sense for it; the rest is blank. Learners are counted as
`workbook.measures.standing` has them, so a set gathered from the tracker gives the same figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbook.measures.calendar import HalfTerm
from workbook.measures.data_date import drop_names
from workbook.measures.effort import EFFORT_KEYS, EffortOrder
from workbook.measures.flags import Found, counts
from workbook.measures.gaps import as_figures, compared_columns, gaps, is_compared
from workbook.measures.interventions import awaits_review, group_key, is_running
from workbook.measures.learners import word
from workbook.measures.levels import STATUS_MARKS
from workbook.measures.progress import progress_rows
from workbook.measures.sessions import Tally
from workbook.measures.snapshot import Snapshot
from workbook.measures.standing import Standing, added_up, by_group, figures_of, standings
from workbook.model import Tracker
from workbook.model.excel import fold
from workbook.model.formulas import DROPS
from workbook.model.rules import Band
from workbook.model.tracker import as_date

EVERYBODY, HALF_TERM, DROP, YEAR, FORM, MENTOR, SUBJECT, BAND, FLAG, SUPPORT, GAP = (
    "Everybody", "Half term", "Data drop", "Year group", "Form", "Mentor", "Subject", "Band", "Flag", "Support", "Gap",
)  # fmt: skip
HALF_TERMS = 6
"""Lines that half terms and drops have each, so that charts find them; one that has not come is blank."""
LEVELS = {word: f"levels_{word.lower().replace(' ', '_')}" for word in STATUS_MARKS}
"""The column in which levels of each status are counted."""
KEYS = (
    "part", "name", "learners", "attendance", "unauthorised_percent", "persistent", "severe", "with_concern",
    "to_talk_to", "head_of_year", "below", "below_before", "supported", "review_overdue", *LEVELS.values(), "effort",
    "others", "value", "others_value", "difference", "low", "high", "words",
)  # fmt: skip
_BANDS = {
    Band.HEAD_OF_YEAR: "Head of Year", Band.TALK: "Talk", Band.LOOK: "Look", Band.CARE: "Care",
    Band.INFORMATION: "For information", Band.STRENGTH: "Strength",
}  # fmt: skip
_GRAVER = {Band.TALK: (Band.HEAD_OF_YEAR,), Band.LOOK: (Band.HEAD_OF_YEAR, Band.TALK)}


@dataclass(frozen=True)
class Line:
    """A line of the page: ``figures`` by the keys of `KEYS`."""

    part: str
    name: str
    figures: dict[str, Any] = field(default_factory=dict)

    def as_row(self) -> dict[str, Any]:
        """The line by column, as commands print it."""
        known = {"part": self.part, "name": self.name, **self.figures}
        return {key: known.get(key) for key in KEYS}


def head_of_year(found: Found, columns: Sequence[str] | None = None) -> list[Line]:
    """The page on the day of the flags; ``columns`` are the groups to compare, else those that Settings names.

    Raises CannotDo for a column that Learners has not, or that is not the college's own.
    """
    snapshot = found.snapshot
    progress = progress_rows(snapshot.tracker)
    rows, levels = standings(found, progress), _Levels(snapshot, progress)
    bands = _bands(found)
    return [
        _group(EVERYBODY, "All learners on roll", rows, levels),
        *_half_terms(snapshot),
        *levels.drops(),
        *bands[: len(_BANDS)],
        *(
            _group(part, name or "(blank)", mine, levels)
            for part, what in ((YEAR, "year"), (FORM, "form"), (MENTOR, "mentor"))
            for name, mine in by_group(rows, what).items()
        ),
        *levels.subjects(),
        *bands[len(_BANDS) :],
        *_support(snapshot),
        *_gaps(snapshot.tracker, rows, columns),
    ]


def _gaps(tracker: Tracker, rows: Sequence[Standing], columns: Sequence[str] | None) -> Iterator[Line]:
    """A line for each gap. What is asked for must be there; of what Settings names, it is said what is not."""
    asked = compared_columns(tracker) if columns is None else columns
    known = [one for one in asked if columns is not None or is_compared(tracker, one)]
    for gap in gaps(tracker, rows, known):
        yield Line(GAP, f"{gap.column}: {gap.measure}", dict(as_figures(gap)))
    for name in asked:
        if name not in known:
            yield Line(GAP, f"{name}: no such column of your own", {"words": "Learners has no such column"})


def _group(part: str, name: str, rows: Sequence[Standing], levels: _Levels) -> Line:
    figures = {key: value for key, value in figures_of(added_up(rows)).items() if key in KEYS}
    own = levels.of({fold(one.learner_id) for one in rows})
    return Line(part, name, {"learners": len(rows), **figures, **own})


def _half_terms(snapshot: Snapshot) -> Iterator[Line]:
    terms: list[HalfTerm] = snapshot.calendar.half_terms
    for term in terms:
        tallies = snapshot.sessions.tallies(snapshot.sessions.between(term.start, term.end))
        mine = [tallies[place] for place in snapshot.here if tallies[place].possible]
        yield Line(HALF_TERM, term.name or f"from {term.start.day} {term.start:%B}", _sessions(mine))
    for number in range(len(terms), HALF_TERMS):
        yield Line(HALF_TERM, f"half term {number + 1}")


def _sessions(tallies: Sequence[Tally]) -> dict[str, Any]:
    possible = sum(one.possible for one in tallies)
    if not possible:
        return {}
    attended, unauthorised = (sum(getattr(one, key) for one in tallies) for key in ("attended", "unauthorised"))
    rates = (round(100 * part / possible, 2) for part in (attended, unauthorised))
    return {"learners": len(tallies), **dict(zip(("attendance", "unauthorised_percent"), rates, strict=True))}


class _Levels:
    """The levels and efforts of learners on roll: by drop, by subject, and of some learners at their latest."""

    def __init__(self, snapshot: Snapshot, progress: Sequence[dict[str, Any]]) -> None:
        self._snapshot = snapshot
        here = {fold(snapshot.learners.all[place].learner_id) for place in snapshot.here}
        self._rows = [row for row in progress if fold(row["learner_id"]) in here]
        self._latest = [row for row in self._rows if row["latest"]]
        self._of: dict[str, tuple[list[dict[str, Any]], list[float | None]]] = {}
        for row in self._latest:
            self._of.setdefault(fold(row["learner_id"]), ([], []))[0].append(row)
        order = EffortOrder(snapshot.tracker, snapshot.figures["Effort"]["key"])
        self._efforts = [
            (fold(snapshot.learners.all[learner].learner_id), fold(word(subject)), [order(cell) for cell in cells])
            for learner, _, subject, *cells in snapshot.records("Progress", "subject", *EFFORT_KEYS)
        ]
        for who, _, efforts in self._efforts:
            self._of.setdefault(who, ([], []))[1].append(_last(efforts))

    def of(self, who: set[str]) -> dict[str, Any]:
        """The latest levels by status, and the mean of the latest efforts, of learners by ID."""
        theirs = [self._of[one] for one in who if one in self._of]
        rows = [row for mine, _ in theirs for row in mine]
        return _statuses(rows) | _effort([one for _, efforts in theirs for one in efforts])

    def drops(self) -> Iterator[Line]:
        """A line for each drop: its levels by status, and the mean of its efforts."""
        names = drop_names(self._snapshot.tracker)
        for drop in DROPS:
            rows = [row for row in self._rows if row["drop"] == drop]
            efforts = _effort([efforts[drop - 1] for _, _, efforts in self._efforts])
            known = {"learners": len({fold(row["learner_id"]) for row in rows}), **_statuses(rows)} if rows else {}
            yield Line(DROP, names[drop], known | efforts)

    def subjects(self) -> Iterator[Line]:
        """A line for each subject with a level, in the order of their names: the latest levels by status."""
        subjects: dict[str, list[dict[str, Any]]] = {}
        for row in self._latest:
            subjects.setdefault(fold(row["subject"]), []).append(row)
        for name, rows in sorted(subjects.items()):
            last = [_last(efforts) for _, subject, efforts in self._efforts if subject == name]
            learners = len({fold(row["learner_id"]) for row in rows})
            yield Line(SUBJECT, rows[0]["subject"], {"learners": learners, **_statuses(rows), **_effort(last)})


def _last(efforts: Sequence[float | None]) -> float | None:
    return next((one for one in reversed(efforts) if one is not None), None)


def _effort(orders: Sequence[float | None]) -> dict[str, Any]:
    """The mean place on the Effort sheet; nothing where nobody has one."""
    known = [one for one in orders if one is not None]
    return {"effort": round(sum(known) / len(known), 2)} if known else {}


def _statuses(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {key: sum(row["status"] == status for row in rows) for status, key in LEVELS.items()}


def _bands(found: Found) -> list[Line]:
    """How many learners each band holds, then each rule that marks any.

    Whoever has concerns counts once among them, under the gravest: those to talk to are Talk and Head of Year together.
    """
    bands: dict[str, set[Band]] = {}
    for flag in found.flags:
        bands.setdefault(flag.learner_id, set()).add(flag.band)
    held = Counter(
        band for mine in bands.values() for band in mine if not any(graver in mine for graver in _GRAVER.get(band, ()))
    )
    return [
        *(Line(BAND, name, {"learners": held[band]}) for band, name in _BANDS.items()),
        *(Line(FLAG, one.title, {"learners": one.flagged}) for one in counts(found.flags, len(found.snapshot.here))),
    ]


def _support(snapshot: Snapshot) -> Iterator[Line]:
    """Each type of intervention: how many learners it reaches, how many are in place, how many reviews are overdue."""
    table = snapshot.tracker["Interventions"]
    here = set(snapshot.here)
    kinds: dict[str, list[tuple[set[int], bool, bool]]] = {}
    names: dict[str, str] = {}
    keys = ("type", "learner_id", "group", "start", "end", "review_due", "outcome")
    for kind, learner_id, group, start, end, due, outcome in zip(*(table[key] for key in keys), strict=True):
        learner = snapshot.learners.find(learner_id)
        reached = {learner} & here if learner is not None else snapshot.members.get(group_key(group), set()) & here
        day = as_date(due)
        overdue = bool(day and day < snapshot.on and awaits_review(end, outcome, snapshot.on))
        running = is_running(start, end, snapshot.on)
        if reached and (running or overdue):
            name = word(kind) or "(blank)"
            kinds.setdefault(fold(name), []).append((reached, running, overdue))
            names.setdefault(fold(name), name)
    for key, rows in sorted(kinds.items()):
        reached = set().union(*(mine for mine, running, _ in rows if running))
        yield Line(SUPPORT, names[key], {"learners": len(reached), "supported": sum(running for _, running, _ in rows),
                                         "review_overdue": sum(overdue for *_, overdue in rows)})  # fmt: skip
