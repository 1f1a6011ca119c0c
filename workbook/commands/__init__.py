"""The core's commands: parse, call, print. The only room of the core that prints or asks what day it is."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

#: Which module has which commands, in the order in which a newcomer meets them.
MODULES = {
    "demo": ("demo",),
    "make": ("new", "sample", "hand-on", "upgrade"),
    "import_": ("import",),
    "agreed": ("agreed",),
    "keep": ("backup", "restore", "undo"),
    "show": ("check", "progress", "flags", "attendance", "week"),
    "overview": ("head-of-year", "pd", "celebrate", "transition"),
    "update": ("update",),
    "reports": ("report", "template"),
    "hindsight": ("effect", "backtest"),
    "suggest": ("suggest",),
    "next_year": ("next-year",),
    "erasing": ("past", "erase", "about"),
    "group": ("gather", "group"),
}


def register(app: typer.Typer, asked: str = "") -> bool:
    """Add the core's commands to the command line, and say whether the one that is asked for is among them.

    Where it is, the others stay away but for those of its module: nobody waits for what is not used.
    """
    own = [module for module, commands in MODULES.items() if asked in commands]
    for module in own or MODULES:
        import_module(f"workbook.commands.{module}").register(app)
    return bool(own)
