"""The turn of the year: next year's tracker made beside the open one, once it is shown what moves up.

The first press lays out what can be wished for on a sheet; the next one reads it, asks, and makes the new tracker,
which has no such sheet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.deeds.actions import WriteSheet
from addin.deeds.written import HEAD
from addin.desktop.host import excel, written
from addin.desktop.host.press import Press
from addin.desktop.host.reports_run import own_folder
from workbook.building.views.written_rows import Heading
from workbook.model import CannotDo, Tracker
from workbook.next_year.turn import Plan, Wish
from workbook.package.guard import GuardedFile

if TYPE_CHECKING:
    import xlwings as xw

SHEET = "Next year"
COLUMNS = (
    Heading("What", 52),
    Heading("Now", 14),
    Heading("Then", 30, "entry"),
    Heading("Learners", 10, "figure"),
)
_FORM, _BASELINES, _STAY = "Form", "Last levels become baselines (Yes or No)", "IDs of learners who repeat the year"
_LINE = "Nothing has been made yet. Change what is to be different under Then, then press Next year again."
_YEAR = re.compile(r"\s*20\d\d-\d\d\s*")


def next_year(press: Press) -> str | None:
    """Lay out what can be wished for; then show who moves up, and make the new year's tracker beside this one."""
    from workbook.commands.next_year import makers
    from workbook.fewer.take import without_sheet
    from workbook.next_year.turn import next_year as turned
    from workbook.next_year.turn import planned
    from workbook.package.writing import write_safely

    press.pace.step("reading the tracker")
    file, tracker = _read(press)
    page = {one.name.casefold(): one for one in press.book.sheets}.get(SHEET.casefold())
    name = Path(press.book.name)
    plan = planned(tracker, _wish(page) if page is not None else Wish())
    target = own_folder(press.book) / f"{_YEAR.sub(' ', name.stem).strip()} {plan.year}{name.suffix or '.xlsx'}"
    if target.exists():
        raise CannotDo(f"{target.name} is there already: move it to another folder, then press again.")
    if page is None:
        purpose = "What is to be different in the new year's tracker."
        written.write_sheet(press.book, WriteSheet(SHEET, purpose, _LINE, COLUMNS, _rows(plan), None))
        return None
    if press.ask(_question(plan, target.name)) != "yes":
        return f"Nothing was made. The sheet {SHEET} is still there to change, or to delete."
    press.pace.step("making the new tracker")
    whole, made = turned(without_sheet(file, SHEET), plan, makers())
    target.parent.mkdir(parents=True, exist_ok=True)
    write_safely(target, whole.data, on=date.today())
    return (
        f"Made {target.name} in {target.parent} with {len(made['Learners']):,} learners. This tracker is as it was; "
        f"its sheet {SHEET} can be deleted. In the new one check Terms and Drops, then add the new learners."
    )


def _read(press: Press) -> tuple[GuardedFile, Tracker]:
    """The open workbook as a file, and the tracker in it."""
    from workbook.package.guard import guarded
    from workbook.package.private import private_folder
    from workbook.reading.read import read

    name = Path(press.book.name)
    with private_folder() as room:
        copy = room / f"tracker{name.suffix or '.xlsx'}"
        excel.save_copy(press.book, copy)
        file = guarded(copy.read_bytes(), name)
    return file, read(file)


def _rows(plan: Plan) -> list[tuple[Any, ...]]:
    forms = Counter(
        str(form)
        for row, form in zip(plan.tracker["Learners"].rows, plan.tracker["Learners"]["form"], strict=True)
        if row not in plan.gone["Learners"]
    )
    rows: list[tuple[Any, ...]] = [(_FORM, old, new, forms[old]) for old, new in plan.forms.items()]
    return [*rows, (_BASELINES, None, "No", None), (_STAY, None, None, None)]


def _wish(page: xw.Sheet) -> Wish:
    """What was typed on the sheet; CannotDo for an answer that is neither Yes nor No."""
    last = page.used_range.last_cell.row
    rows: Sequence[Sequence[Any]] = page.range((HEAD + 1, 1), (max(last, HEAD + 1), 3)).options(ndim=2).value
    said = [(_said(what), _said(now), _said(then)) for what, now, then in rows]
    forms = {now: then for what, now, then in said if what == _FORM and now and then}
    answers = {what: then for what, _, then in said}
    baselines = answers.get(_BASELINES, "").casefold()
    if baselines not in ("", "yes", "no"):
        raise CannotDo(f"{_BASELINES}: {answers[_BASELINES]} is neither. Type Yes or No on the sheet {SHEET}.")
    stay = tuple(one for one in re.split(r"[,;\s]+", answers.get(_STAY, "")) if one)
    return Wish(forms, stay, baselines == "yes")


def _said(value: Any) -> str:
    """A cell as a text; Excel tells a form called 11 as 11.0."""
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value).strip()


def _question(plan: Plan, name: str) -> str:
    forms = "\n".join(f"  {old} becomes {new}" for old, new in list(plan.forms.items())[:20])
    behind = "\n".join(f"  {count:,}: {why}" for why, count in Counter(plan.behind.values()).items())
    stays = f"Who stays in this tracker:\n{behind}\n\n" if behind else ""
    levels = "Last levels become baselines. " if any(key == "baseline" for _, key in plan.why) else ""
    return (
        f"Next year's tracker, {name}:\n\n{forms}\n\n{stays}{levels}Open targets, interventions, parents and next "
        "steps come along; registers, levels and diary start empty. This tracker stays as it is.\n\nMake it?"
    )
