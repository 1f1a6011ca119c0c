"""The core's commands: parse, call, print. The only room of the core that prints or asks what day it is."""

from __future__ import annotations

import typer

from workbook.commands import bring, demo, learn, look, make, reports


def register(app: typer.Typer) -> None:
    """Add the core's commands to the command line, in the order in which a newcomer meets them."""
    for room in (demo, make, bring, look, reports, learn):
        room.register(app)
