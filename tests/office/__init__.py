"""LibreOffice as a judge: recalculates workbooks, tells what their cells say, makes PDF and pictures."""

from tests.office.client import Office, what_is_missing

__all__ = ["Office", "what_is_missing"]
