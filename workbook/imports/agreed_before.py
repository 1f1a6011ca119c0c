"""The targets from before on a filled pack: which row of Targets each is, and what keep, change or done makes of it.

Keep: it stays open, until the date that stands beside it. Change: a new target of the pack takes its place, and it is
dropped. Done: it was met. The words of the column Status are taken too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from workbook.imports.packs import Line, Refusal
from workbook.imports.source import tidy
from workbook.imports.words import as_text, shown
from workbook.model import Table, Tracker, Value
from workbook.model.lists import LISTS
from workbook.reading.headings import folded
from workbook.reading.written_dates import read_date

_KEPT, _CHANGED = "Open", "Dropped"
_SAID = {"keep": _KEPT, "kept": _KEPT, "change": _CHANGED, "changed": _CHANGED, "done": "Met"}
_SAID |= {one.casefold(): one for one in LISTS["Target status"]}


def spoken_of(tracker: Tracker, lines: Sequence[Line], refused: list[Refusal]) -> Iterator[Line]:
    """The lines, with each target from before as the row of Targets that it is; what is wrong is added to `refused`."""
    table, rows = tracker["Targets"], dict[tuple[str, str], list[int]]()
    for row, (who, target) in enumerate(zip(table["learner_id"], table["target"], strict=True)):
        rows.setdefault((_key(who), _key(target)), []).append(row)
    renewed = {line.pack for line in lines if not line.before and line.values["target"] is not None}
    for line in lines:
        if not line.before:
            yield line
            continue
        there = rows.get((_key(line.values["learner_id"]), _key(line.values["target"])), [])
        found = _meant(table, there, line)
        if not line.said:
            refused += _unsaid(table, there, found, line)
            continue
        status = _SAID.get(_key(line.values["status"]))
        wrong = _wrong(table, found, status, line, line.pack in renewed)
        if wrong:
            refused.append(line.refused(*wrong))
        else:
            own = {key: table[key][found[0]] for key in ("set_on", "target")}
            due = line.values["due"] if status == _KEPT else None
            new = {"due": due, "status": status, "reviewed": line.values["set_on"]}
            yield replace(line, values=line.values | own | new)


def _meant(table: Table, there: Sequence[int], line: Line) -> list[int]:
    """The rows a line may mean: of those set before, the ones due as it says if any, the last set of these."""
    agreed_on, due = as_day(line.values["set_on"]), as_day(line.values["due"])
    found = [row for row in there if agreed_on is None or as_day(table["set_on"][row]) != agreed_on]
    found = [row for row in found if as_day(table["due"][row]) == due] or found
    days = {row: as_day(table["set_on"][row]) or date.min for row in found}
    return [row for row in found if days[row] == max(days.values())]


def _unsaid(table: Table, there: Sequence[int], found: Sequence[int], line: Line) -> list[Refusal]:
    """What is wrong with a line that has other words or another date only: what becomes of the target is not said.

    A target that was looked at on that day has its answer already, from another file.
    """
    if line.values["target"] is not None and not there:
        why = f"{shown(line.values['target'])} is no target that was set before: write a new one on a line for new ones"
        return [line.refused("target", why)]
    due, day = line.values["due"], as_day(line.values["set_on"])
    settled = any(
        as_day(due) == as_day(table["due"][row]) or (day and (as_day(table["reviewed"][row]) or date.min) >= day)
        for row in found
    )
    if due is None or settled or not found:
        return []
    why = f"{line.headings['due']} was changed to {shown(due)}, and none of keep, change and done was chosen"
    return [line.refused("status", why)]


def _wrong(table: Table, found: Sequence[int], status: str | None, line: Line, renewed: bool) -> tuple[str, str] | None:
    """Which value of a line cannot be taken, and why; None where all is well."""
    who = as_text(line.values["learner_id"])
    if status is None:
        return "status", f"{shown(line.values['status'])} is none of keep, change and done"
    if not found:
        return "target", f"{shown(line.values['target'])} is not among the targets of {who} on Targets"
    if len(found) > 1:
        return (
            "target",
            f"{shown(line.values['target'])} stands twice among the targets of {who}: mend one of them first",
        )
    if table["set_on"][found[0]] is None:
        return "target", f"this target has no Set on: fill in {table.cell('set_on', found[0])} on Targets first"
    if status == _CHANGED and _key(line.values["status"]).startswith("change") and not renewed:
        return "status", "“change” needs a new target in its place: write it among the new ones"
    return None


def _key(value: Value) -> str:
    return folded(as_text(tidy(value)))


def as_day(value: Value) -> date | None:
    """A date, or one written out; None for anything else."""
    return read_date(value) if isinstance(value, str) else value if isinstance(value, date) else None
