"""Is the tracker right: every problem with its cell, in a mentor's words."""

from workbook.checks.check import check

__all__ = ["check"]
