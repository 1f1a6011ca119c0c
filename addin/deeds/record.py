"""Recording something about any learner: a new row of Contacts, Targets or Interventions, what is known filled in."""

from __future__ import annotations

from datetime import date

from addin.deeds import entries
from addin.deeds.actions import Ask, Begin, Deed, GoTo, Read, Step, button
from addin.deeds.progress import mentor_of, people
from addin.deeds.whom import learners_selected

_FIRST = {"Contact": "summary", "Target": "target", "Intervention": "type"}
"""The column that a mentor goes on with."""
_NAMED = 5


@button
def record_contact() -> Deed:
    """Begin a contact with the selected learner, or with each of them."""
    return _record("Contact")


@button
def record_target() -> Deed:
    """Begin a target for the selected learner, or for each of them."""
    return _record("Target")


@button
def record_intervention() -> Deed:
    """Begin an intervention for the selected learner, or for each of them."""
    return _record("Intervention")


def _record(kind: str) -> Deed:
    """Add a row for each selected learner and go to the first cell to fill in; a row begun today is gone on with."""
    from workbook.measures.order import conversations
    from workbook.measures.week_entries import TABLE_OF, begin, begun, known

    opened = yield Read()
    learners, name, on = (yield from learners_selected(opened)), TABLE_OF[kind], date.today()
    yield from entries.ready(opened, [name])
    table = opened.tracker.tables[name]
    yield Step("looking what is known")
    about, mentor = known(conversations(opened.tracker, on)), (yield from mentor_of(opened))
    rows = [begin(opened.tracker, kind, one, on, about, mentor) for one in learners]
    there = begun(opened.tracker, name, rows[0])
    new = [row for row in rows if begun(opened.tracker, name, row) is None]
    if len(rows) > 1 and new:
        whom = [f"{people(opened)[row['learner_id']][0] or ''} {row['learner_id']}".strip() for row in new]
        more = f" and {len(whom) - _NAMED} more" if len(whom) > _NAMED else ""
        words = f"Add {len(new)} rows to {table.sheet.name}, for {', '.join(whom[:_NAMED])}{more}?"
        if (yield Ask(words)) != "yes":
            return "Nothing was changed."
    row = None if there is None else table.rows[there]
    if new:
        yield from entries.unchanged(opened, [name])
        yield Begin(f"rows may have been added at the end of {table.sheet.name}")
        first = yield from entries.add(opened, name, new)
        row = row or first
    yield GoTo(opened.sheets[name], f"{table.letters[_FIRST[kind]]}{row}")
    return None
