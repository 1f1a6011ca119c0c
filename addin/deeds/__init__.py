"""What each button does, written once: a deed reads the open tracker and asks for plain actions (`actions`).

It knows no Excel: a host carries the actions out, that of the desktop through xlwings, that of the web add-in through
Office.js.
"""

from __future__ import annotations

from collections.abc import Callable

from addin.deeds import agreed, check, data, help, progress, reports
from addin.deeds.actions import Deed

DEEDS: dict[str, Callable[..., Deed]] = {
    one.__name__: one
    for one in (
        check.check,
        check.next_problem,
        progress.update_flags,
        progress.my_week,
        progress.head_of_year,
        progress.celebrate,
        progress.start_drop,
        reports.report_learner,
        reports.report_selected,
        reports.report_form,
        reports.report_everyone,
        reports.progress_day,
        agreed.agreed_targets,
        reports.form_summary,
        reports.choose_template,
        data.import_file,
        data.backup,
        data.restore,
        help.guide,
        help.about,
    )
}
"""Each deed by its button's id in ribbon.xml. The desktop has a few of its own that ask of the computer."""
