"""Rows of Progress that say again what an earlier row says: of several for a learner's subject the first counts.

The flags, the Grid and Status go by this; the name subject_again of `workbook.model.formulas` is the same as a formula.
Of rows of Registers `workbook.measures.sessions.rows_again` says it.
"""

from __future__ import annotations

from workbook.measures.computed_keys import subject_keys
from workbook.measures.learners import Learners
from workbook.model import Tracker
from workbook.model.excel import TextIndex, fold, is_error, text


def subjects_again(tracker: Tracker, learners: Learners) -> frozenset[int]:
    """The rows of Progress for a learner and subject that an earlier row has: none says how a learner stands."""
    return frozenset(row for rows in subjects_twice(tracker, learners) for row in rows[1:])


def subjects_twice(tracker: Tracker, learners: Learners) -> list[list[int]]:
    """The rows of Progress for each learner and subject that has several, from above; of subjects on Subjects."""
    table, known = tracker["Progress"], TextIndex(subject_keys(tracker))
    pairs = zip(table["learner_id"], table["subject"], strict=True)
    rows: dict[tuple[int, str], list[int]] = {}
    listed = {subject: not is_error(subject) and known.find(subject) is not None for subject in set(table["subject"])}
    for row, (value, subject) in enumerate(pairs):
        who = learners.find(value)
        if who is not None and listed[subject]:
            rows.setdefault((who, fold(text(subject))), []).append(row)
    return [several for several in rows.values() if len(several) > 1]
