"""What each ribbon button does: the function that bears a button's id in ribbon.xml.

VBA calls ``addin.desktop.host.buttons.check()`` and the like in the Excel that the button was pressed in.
"""

from __future__ import annotations

from addin.desktop.host.buttons_agreed import agreed_targets
from addin.desktop.host.buttons_check import check, next_problem
from addin.desktop.host.buttons_data import backup, import_file, restore
from addin.desktop.host.buttons_help import about, doctor, guide
from addin.desktop.host.buttons_progress import head_of_year, my_week, start_drop, update_flags
from addin.desktop.host.buttons_reports import (
    choose_template,
    form_summary,
    open_reports,
    progress_day,
    report_everyone,
    report_form,
    report_learner,
    report_selected,
)

__all__ = [
    "about",
    "agreed_targets",
    "backup",
    "check",
    "choose_template",
    "doctor",
    "form_summary",
    "guide",
    "head_of_year",
    "import_file",
    "my_week",
    "next_problem",
    "open_reports",
    "progress_day",
    "report_everyone",
    "report_form",
    "report_learner",
    "report_selected",
    "restore",
    "start_drop",
    "update_flags",
]
