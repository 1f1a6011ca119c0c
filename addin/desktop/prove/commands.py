"""The command for the college's IT: addin prove."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from workbook.commands.output import DONE, FOUND, file_to_make, say

Folder = Annotated[Path, file_to_make("DIR", "The folder for the page; this one if left out.")]


def prove(out: Folder = Path()) -> None:
    """Try everything once in this computer's Excel, and write a page of what holds and what differs."""
    from addin.desktop.prove.page import page
    from addin.desktop.prove.proof import State
    from addin.desktop.prove.run import prove as try_all
    from workbook.model import CannotDo

    if not out.is_dir():
        raise CannotDo(f"The folder {out} does not exist: make it first.")
    proof = try_all(lambda what: say(f"  {what}"))
    path = out / "mentorbook-in-excel.html"
    path.write_text(page(proof, date.today()), encoding="utf-8")
    path.with_suffix(".json").write_text(proof.as_json() + "\n", encoding="utf-8")
    differs = proof.count(State.DIFFERS)
    say(f"{proof.count(State.HOLDS)} of {len(proof.trials)} trials hold, {differs} differ. Written to {path}.")
    raise typer.Exit(FOUND if differs else DONE)
