"""Learners, or rows past their time, erased from a tracker: from every part of its file, or told where they are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from workbook.editing.edit import Changes
from workbook.fewer.finish import Makers, finished
from workbook.fewer.own_formulas import own_worked_out
from workbook.keeping.elsewhere import Place, cleared, still_there
from workbook.keeping.person import words_of
from workbook.measures.computed_keys import learner_names
from workbook.measures.learners import id_key
from workbook.measures.past import Past
from workbook.model import CannotDo, Tracker
from workbook.package.guard import GuardedFile


@dataclass
class Erased:
    """A workbook after an erasure: how many rows went by sheet, what else was emptied or changed, what is left."""

    file: GuardedFile
    learners: int
    rows: dict[str, int]
    emptied: list[Place] = field(default_factory=list)
    replaced: list[Place] = field(default_factory=list)
    left: list[Place] = field(default_factory=list)


def rows_about(tracker: Tracker, ids: Iterable[str], past: Iterable[Past] = ()) -> dict[str, set[int]]:
    """The rows of each table that are about these learners, and those past their time."""
    wanted = set(map(id_key, ids))
    rows: dict[str, set[int]] = {
        name: {row for row, one in zip(table.rows, table["learner_id"], strict=True) if id_key(one) in wanted}
        for name, table in tracker.tables.items()
        if "learner_id" in table.sheet.by_key and wanted
    }
    for one in past:
        if not one.whole_learner:
            rows.setdefault(one.table, set()).add(one.row)
    return {name: found for name, found in rows.items() if found}


def erased(
    file: GuardedFile,
    tracker: Tracker,
    ids: Collection[str],
    makers: Makers,
    on: date,
    past: Iterable[Past] = (),
    changes: Changes | None = None,
) -> Erased:
    """The workbook in ``file``, which ``tracker`` was read from, without these learners and rows past their time.

    ``changes`` are entries to take in on the way. CannotDo for an ID that is in no row, or with nothing to erase.
    """
    past = list(past)
    for one in ids:
        if not rows_about(tracker, [one]):
            raise CannotDo(f"Learner {one} is on no sheet of this tracker: check the ID.")
    rows = rows_about(tracker, ids, past)
    if not rows:
        raise CannotDo("Nothing is to be erased: name a learner, or see mentorbook past for what is past its time.")
    words = words_of(tracker, ids)
    names = _everyone(tracker, ids)
    whole, left = finished(file, rows, lambda _: changes or {}, makers, on, lambda text: any(n in text for n in names))
    _require_others(tracker, left, rows, changes or {})
    counts = {tracker[name].sheet.name: len(found) for name, found in rows.items()}
    done = Erased(whole, len(set(map(id_key, ids))), counts)
    if not ids:
        done.file = own_worked_out(whole)
        return done
    stay = [str(one) for one in left["Learners"]["learner_id"] if one is not None]
    clean = cleared(whole, left, words, words_of(tracker, stay))
    done.file, done.emptied, done.replaced = own_worked_out(clean.file), clean.emptied, clean.replaced
    done.left = clean.left + _unforeseen(done.file, clean.left, still_there(done.file, words))
    return done


def _everyone(tracker: Tracker, ids: Collection[str]) -> list[str]:
    """The names and IDs of these learners, as a list on a sheet would show them."""
    wanted, found = set(map(id_key, ids)), list[str]()
    for learner, name in zip(tracker["Learners"]["learner_id"], learner_names(tracker), strict=True):
        if id_key(learner) in wanted:
            found += [str(learner), str(name or "")]
    return [one for one in found if len(one) > 1]


def _unforeseen(file: GuardedFile, left: Collection[Place], there: Mapping[str, int]) -> list[Place]:
    """Parts that still hold a word although nobody was told of a cell of theirs."""
    told = any(one.sheet and not one.what.endswith("may name") for one in left)
    cells = ("xl/worksheets/", "xl/sharedstrings", "xl/comments", "xl/threadedcomments")
    return [
        Place("", "", f"{name} still holds one of their words")
        for name in there
        if not (told and name.lower().startswith(cells)) and not any(name in one.what for one in left)
    ]


def _require_others(before: Tracker, after: Tracker, rows: Mapping[str, Collection[int]], changes: Changes) -> None:
    """Every entry of everybody else is as it was; CannotDo, which nobody should ever see."""
    for name, table in before.tables.items():
        keep = [place for place, row in enumerate(table.rows) if row not in rows.get(name, ())]
        for key, values in table.columns.items():
            new = after[name].columns.get(key, [])[: len(keep)]
            if [values[place] for place in keep] != new and not changes.get(name):
                raise CannotDo(f"The column {key} of {name} would not stay as it is, so nothing was erased.")


def record(done: Erased, on: date, why: str, reference: str = "") -> str:
    """The line that records an erasure, without any of the data: the day, why, and how much went."""
    rows = ", ".join(f"{sheet} {count}" for sheet, count in sorted(Counter(done.rows).items()))
    told = (
        f"{len(done.emptied)} cells of own sheets emptied, {len(done.replaced)} texts changed, "
        f"{len(done.left)} places left to a person."
    )
    named = f" (reference {reference})" if reference else ""
    learners = f"{done.learners} learner{'s' * (done.learners != 1)}" if done.learners else "rows"
    return f"{on.isoformat()}{named}: {learners} erased, {why}. Rows: {rows}. {told}\n"
