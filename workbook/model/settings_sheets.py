"""Sheets that another program would take for its settings or for code to run, and so have no place in a tracker.

xlwings, through which the buttons reach Python, knows such sheets: ``xlwings.conf`` and those that end like it say
which program is started, ``….py`` hold code. Mentorbook never reads them; a workbook that has one is refused, since
another program on the same computer may.
"""

from __future__ import annotations

from collections.abc import Iterable

_ENDINGS = (".conf", ".py")


def settings_sheets(names: Iterable[str]) -> list[str]:
    """Those of a workbook's sheet names that a program would take for settings or code."""
    return [name for name in names if name.strip().casefold().endswith(_ENDINGS)]


def refusal(book: str, sheet: str) -> str:
    """What to tell who wants to work with a workbook that has such a sheet."""
    return (
        f"{book} has a sheet {sheet}, which programs take for settings or code to run, so nothing was done with it: "
        "delete that sheet (right-click a tab, Unhide, if it is hidden), or use a copy without it."
    )
