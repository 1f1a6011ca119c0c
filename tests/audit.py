"""Open XML audit, for today's Excel: a validator takes a second to make, so that each process makes one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from openxml_audit import FileFormat, OpenXmlValidator
from openxml_audit.errors import ValidationError


@cache
def _auditor() -> OpenXmlValidator:
    return OpenXmlValidator(FileFormat.MICROSOFT_365)


def errors_in(path: Path) -> list[ValidationError]:
    """What it calls an error in a workbook."""
    return _auditor().validate(path).errors
