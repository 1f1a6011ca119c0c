"""All questions about a run's reports before they are sent: of words, of recipients, of what the law asks for."""

from __future__ import annotations

from datetime import date

from workbook.model import Tracker
from workbook.reports.content.proof import proof
from workbook.reports.content.questions import Proof
from workbook.reports.content.statutory import lacking
from workbook.reports.output.run import Run


def questions(tracker: Tracker, on: date, run: Run) -> list[Proof]:
    """The questions of a run for parents, none where nobody has a report."""
    found = proof(tracker, on, run.learners, run.asked, run.each_recipient)
    return [*found, *lacking(tracker, (context for _, context in run.reports))] if run.statutory else found
