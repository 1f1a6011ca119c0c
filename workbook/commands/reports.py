"""Commands that hand something out: report, template check."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands that hand something out."""
