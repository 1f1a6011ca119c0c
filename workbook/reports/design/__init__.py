"""Code that makes the report templates in `templates/`, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbook.reports.design import parent_report

TEMPLATES: dict[str, Callable[[Path], None]] = {
    "parent_report": parent_report.make,
}
"""The code behind each template, by the template's name."""


def make_all(folder: Path) -> list[Path]:
    """Write every template into a folder; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / f"{name}.xlsx" for name in TEMPLATES]
    for path in made:
        TEMPLATES[path.stem](path)
    return made
