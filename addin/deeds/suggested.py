"""Groups that could be helped together, on a sheet of their own: what is marked there becomes rows of the tracker."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from addin.deeds import entries
from addin.deeds.actions import Action, Ask, Begin, KeepCopy, Opened, WriteSheet
from addin.deeds.written import typed_rows
from workbook.building.views.written_rows import Heading
from workbook.model import CannotDo

if TYPE_CHECKING:
    from workbook.measures.shared_reasons import Suggestion

SHEET = "Suggested groups"
_REASON, _NAME, _OWNER, _VALUE, _TAKE = "Shared reason", "Group name", "Owner", "Aim value", "Take in"
COLUMNS = (
    Heading(_REASON, 34),
    Heading("Type", 18),
    Heading("Aim", 14),
    Heading("Learners", 10, "figure"),
    Heading("Who", 64, "note"),
    Heading(_NAME, 28, "entry"),
    Heading(_OWNER, 18, "entry"),
    Heading(_VALUE, 10, "entry"),
    Heading(_TAKE, 9, "entry"),
)
_TABLES = ("Groups", "Interventions")


def lay_out(opened: Opened, on: date) -> Generator[Action, Any, None]:
    """List learners of a year group who share a reason and have no support; nothing where there are none."""
    found = _suggestions(opened, on)
    if not found and not (yield from typed_rows(SHEET)):
        return
    rows = [
        (
            one.name,
            one.kind,
            one.aim,
            len(one.learners),
            ", ".join(one.names),
            one.called(on),
            None,
            None,
            None,
        )
        for one in found
    ]
    purpose = "Learners of a year group who share a reason and have no support yet. Who goes well together is yours."
    then = "Put an x under Take in, then press Head of Year again: the group and its intervention become rows."
    line = then if rows else "No three learners share a reason without having support already."
    yield WriteSheet(SHEET, purpose, line, COLUMNS, rows, after="Head of Year")


def take_in(opened: Opened, on: date) -> Generator[Action, Any, str | None]:
    """Add what is marked on the sheet as rows of Groups and Interventions, once asked; None where nothing is."""
    marked = [row for row in (yield from typed_rows(SHEET)) if str(row.get(_TAKE) or "").strip()]
    if not marked:
        return None
    known = {one.name: one for one in _suggestions(opened, on)}
    chosen = [(known[str(row[_REASON])], row) for row in marked if str(row[_REASON]) in known]
    if not chosen:
        return "What was marked is no longer suggested: these learners have support now, or share the reason no more."
    rows = _rows(opened, chosen, on)
    names = ", ".join(dict.fromkeys(str(one["group"]) for one in rows["Groups"]))
    asked = f"Take in {names}: {len(rows['Groups']):,} rows on Groups and {len(chosen):,} on Interventions?"
    if (yield Ask(f"{asked} A copy of the tracker is kept before.", "yes_no")) != "yes":
        return "Nothing was changed."
    yield from entries.ready(opened, _TABLES)
    yield from entries.unchanged(opened, _TABLES)
    kept = yield KeepCopy()
    yield Begin(f"part of the groups may be in: the tracker as it was before is {kept}")
    for table in _TABLES:
        yield from entries.add(opened, table, rows[table])
    return f"Taken in: {names}. The tracker as it was before: {kept}."


def _suggestions(opened: Opened, on: date) -> list[Suggestion]:
    from workbook.measures.shared_reasons import suggestions

    return suggestions(opened.tracker, on)


def _rows(
    opened: Opened, chosen: Sequence[tuple[Suggestion, dict[str, Any]]], on: date
) -> dict[str, list[dict[str, Any]]]:
    """The rows of the chosen groups; CannotDo for a name that is taken, or an aim that is no number."""
    from workbook.measures.interventions import group_key

    taken = set(map(group_key, opened.tracker["Groups"]["group"]))
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _TABLES}
    for one, row in chosen:
        called = str(row.get(_NAME) or "").strip() or one.called(on)
        if group_key(called) in taken:
            raise CannotDo(f"There is a group {called} already: type another name on the sheet {SHEET}.")
        taken.add(group_key(called))
        value = row.get(_VALUE)
        try:
            aim = None if value in (None, "") else float(str(value))
        except ValueError as error:
            raise CannotDo(f"{_VALUE} {value} is not a number: correct it on the sheet {SHEET}.") from error
        for table, made in one.rows(on, called, str(row.get(_OWNER) or "").strip(), aim).items():
            rows[table] += made
    return rows
