"""All questions about a run's reports before they are sent: of words, of recipients, of what the law asks for."""

from __future__ import annotations

from datetime import date

from workbook.model import Tracker
from workbook.reports.content.proof import proof
from workbook.reports.content.questions import Proof
from workbook.reports.output.run import Run


def questions(tracker: Tracker, on: date, run: Run) -> list[Proof]:
    """The questions of a run for parents, none where nobody has a report."""
    found = proof(tracker, on, run.learners, run.asked, run.each_recipient)
    if run.large_print:
        found = [one for one in found if one.code != "large-print"]
    if not (run.statutory and run.reports):
        return found
    from workbook.reports.content.statutory import is_last_year, lacking, not_printed

    names = {ask.name for ask in run.template.asks()}
    found += not_printed(names, is_last_year(tracker, run.learners))
    return [*found, *lacking(tracker, (context for _, context in run.reports))]
