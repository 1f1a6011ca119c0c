"""Every button, in the order of a mentor's day: what it is told, and what it must leave behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from addin.desktop.prove.kinds import marks


@dataclass(frozen=True)
class Pressed:
    """A button, what the ribbon tells it, and what is there afterwards: a sheet in front, files, words in a box."""

    button: str
    told: dict[str, Any] = field(default_factory=dict)
    sheet: str = ""
    files: str = ""
    words: str = ""


def presses(folder: Path) -> tuple[Pressed, ...]:
    """The presses on a tracker that stands in a folder, files in which begin with what the buttons bring in."""
    copy, own = folder / "the copy.xlsx", folder / "a template of my own.xlsx"
    entry = folder / "reports" / "target entry" / "Form 10A target entry.xlsx"
    certificate = {"template": "certificate"}
    return (
        Pressed("guide", sheet="Guide"),
        Pressed("about", words="xlwings"),
        Pressed("doctor", words="."),
        Pressed("check", sheet="Problems"),
        Pressed("next_problem"),
        Pressed("update_flags", sheet="Flags"),
        Pressed("my_week", sheet="My week"),
        Pressed("head_of_year", sheet="Head of Year"),
        Pressed("celebrate", sheet="Celebration"),
        Pressed("record_contact", sheet="Contacts"),
        Pressed("record_target", words="Targets"),  # one of the faults of a sample is a filter on that sheet
        Pressed("record_intervention", sheet="Interventions"),
        Pressed("start_drop", sheet="Progress"),
        Pressed("report_learner", certificate, files="reports/certificate/*.xlsx"),
        Pressed("report_selected", certificate | {"pdf": True}, files="reports/certificate/*.pdf"),
        Pressed("report_form", {"template": "learner_profile"}, files="reports/learner profile/*.xlsx"),
        Pressed("report_everyone", certificate | {"sheets": True}, words="behind the sheets of this workbook"),
        Pressed("progress_day", files="reports/slot timetable/*.xlsx"),
        Pressed("agreed_targets", {"path": str(entry)}, words="does not have"),
        Pressed("form_summary", files="reports/form summary/*.xlsx"),
        Pressed("choose_template", {"path": str(own)}, words="ready to use"),
        Pressed("open_reports"),
        Pressed("backup", files="backups/*.xlsx"),
        Pressed("import_file", {"path": str(marks(folder))}, words="changed"),
        Pressed("restore", {"path": str(copy)}, sheet="Restore"),
        Pressed("next_year", sheet="Next year"),
        Pressed("next_year", files="* 2027-28.xlsx"),
    )
