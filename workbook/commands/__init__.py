"""The core's commands: parse, call, print. The only room of the core that prints or asks what day it is."""

from __future__ import annotations

import typer

from workbook.commands import agreed, demo, erasing, group, make, next_year, overview, reports, suggest, update
from workbook.commands import hindsight as learn
from workbook.commands import import_ as bring
from workbook.commands import keep as safe
from workbook.commands import show as look


def register(app: typer.Typer) -> None:
    """Add the core's commands to the command line, in the order in which a newcomer meets them."""
    for room in (
        demo,
        make,
        bring,
        agreed,
        safe,
        look,
        overview,
        update,
        reports,
        learn,
        suggest,
        next_year,
        erasing,
        group,
    ):
        room.register(app)
