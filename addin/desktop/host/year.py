"""The turn of the year: next year's tracker made beside the open one, once it is shown what moves up."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

from addin.desktop.host import excel
from addin.desktop.host.press import Press
from addin.desktop.host.reports_run import own_folder
from workbook.model import CannotDo
from workbook.next_year.turn import Plan

_YEAR = re.compile(r"\s*20\d\d-\d\d\s*")


def next_year(press: Press) -> str:
    """Show who moves up and which forms get another name, and make the new year's tracker beside this one."""
    from workbook.commands.next_year import makers
    from workbook.next_year.turn import Wish, planned
    from workbook.next_year.turn import next_year as turned
    from workbook.package.guard import guarded
    from workbook.package.private import private_folder
    from workbook.package.writing import write_safely
    from workbook.reading.read import read

    press.pace.step("reading the tracker")
    name = Path(press.book.name)
    with private_folder() as room:
        copy = room / f"tracker{name.suffix or '.xlsx'}"
        excel.save_copy(press.book, copy)
        file = guarded(copy.read_bytes(), name)
    plan = planned(read(file), Wish())
    target = own_folder(press.book) / f"{_YEAR.sub(' ', name.stem).strip()} {plan.year}{name.suffix or '.xlsx'}"
    if target.exists():
        raise CannotDo(f"{target.name} is there already: move it to another folder, then press again.")
    if press.ask(_question(plan, target.name)) != "yes":
        return "Nothing was made."
    press.pace.step("making the new tracker")
    whole, made = turned(file, plan, makers())
    target.parent.mkdir(parents=True, exist_ok=True)
    write_safely(target, whole.data, on=date.today())
    return (
        f"Made {target.name} in {target.parent} with {len(made['Learners']):,} learners. This tracker is as it was. "
        "In the new one check Terms and Drops, then add the new learners."
    )


def _question(plan: Plan, name: str) -> str:
    forms = "\n".join(f"  {old} becomes {new}" for old, new in list(plan.forms.items())[:20])
    behind = "\n".join(f"  {count:,}: {why}" for why, count in Counter(plan.behind.values()).items())
    stays = f"Who stays in this tracker:\n{behind}\n\n" if behind else ""
    return (
        f"Next year's tracker, {name}:\n\n{forms}\n\n{stays}Open targets, interventions, parents and next steps come "
        "along; registers, levels and diary start empty. This tracker stays as it is. Other names for forms: "
        "mentorbook next-year --form.\n\nMake it?"
    )
