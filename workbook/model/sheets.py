"""All sheets that hold a table, in the order of their tabs."""

from __future__ import annotations

from workbook.model.learners import LEARNERS, PARENTS, SUBJECTS
from workbook.model.progress import PROGRESS, REGISTERS
from workbook.model.records import RECORDS, WORK_EXPERIENCE
from workbook.model.reference import REFERENCE
from workbook.model.vocabulary import Sheet
from workbook.model.vocational import VOCATIONAL_DAYS

_PLACE = RECORDS.index(WORK_EXPERIENCE)
_RECORDS = (*RECORDS[:_PLACE], VOCATIONAL_DAYS, *RECORDS[_PLACE:])
SHEETS: tuple[Sheet, ...] = (REGISTERS, PROGRESS, LEARNERS, PARENTS, SUBJECTS, *_RECORDS, *REFERENCE)
_BY_TABLE = {sheet.table: sheet for sheet in SHEETS}


def sheet(table: str) -> Sheet:
    """The sheet whose table is called ``table`` (``"PDtopics"``); KeyError if there is none."""
    return _BY_TABLE[table]
