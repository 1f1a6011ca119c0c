"""A believable college to try things on, and faults planted in it to try the checks on."""

from __future__ import annotations

from workbook.sample.college_tracker import sample

__all__ = ["sample"]
