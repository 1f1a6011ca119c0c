"""All questions about a run's reports before they are sent: of words, of recipients, of what the law asks for."""

from __future__ import annotations

from datetime import date

from workbook.measures.progress_day import progress_days
from workbook.model import Tracker
from workbook.reports.content.proof import proof
from workbook.reports.content.questions import Proof
from workbook.reports.output.run import Run


def questions(tracker: Tracker, on: date, run: Run) -> list[Proof]:
    """The questions of a run for parents, none where nobody has a report."""
    found = proof(tracker, on, run.learners, run.asked, run.each_recipient)
    if run.large_print:
        found = [one for one in found if one.code != "large-print"]
    names = {ask.name for ask in run.template.asks()} if run.reports else set()
    if "report.progress_day" in names and progress_days(tracker, on)[0] is None:
        message = "No Progress Day is still to come, so no day stands on the packs, and filled ones cannot come back."
        cell = tracker["Drops"].cell("progress_day", max(len(tracker["Drops"]) - 1, 0))
        found.append(Proof("", "Drops", cell, "no-day", "", message, "Write its date under Progress Day."))
    if not (run.statutory and run.reports):
        return found
    from workbook.reports.content.statutory import is_last_year, lacking, not_printed

    found += not_printed(names, is_last_year(tracker, run.learners))
    return [*found, *lacking(tracker, (context for _, context in run.reports))]
