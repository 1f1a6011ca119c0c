"""Code that makes the report templates in `templates/`, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbook.reports.design import annual_report, forms, letters, parent_report, progress_day, staff

TEMPLATES: dict[str, Callable[[Path], None]] = {
    "parent_report": parent_report.make,
    "annual_report": annual_report.make,
    "progress_day_pack": progress_day.make,
    "slot_timetable": forms.slot_timetable,
    "target_entry": progress_day.target_entry,
    "learner_profile": staff.learner_profile,
    "attendance_letter": letters.attendance_letter,
    "certificate": letters.certificate,
    "celebration_board": forms.celebration_board,
    "form_summary": forms.form_summary,
}
"""The code behind each template, by the template's name."""


def make_all(folder: Path) -> list[Path]:
    """Write every template into a folder; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / f"{name}.xlsx" for name in TEMPLATES]
    for path in made:
        TEMPLATES[path.stem](path)
    return made
