"""Whom a command looks at: the same options everywhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from workbook.measures.snapshot import Snapshot

Form = Annotated[str | None, typer.Option("--form", metavar="FORM", help="Only this form.")]
Mentor = Annotated[str | None, typer.Option("--mentor", metavar="NAME", help="Only this mentor's learners.")]
Year = Annotated[int | None, typer.Option("--year", metavar="YEAR", help="Only this year group.")]
LearnerIds = Annotated[list[str] | None, typer.Option("--learner", metavar="ID", help="Only this learner.")]


def narrowed(form: str | None, mentor: str | None, year: int | None, learner: Collection[str] | None) -> bool:
    """Whether anything narrows the choice."""
    return form is not None or mentor is not None or year is not None or bool(learner)


def chosen(
    snapshot: Snapshot, form: str | None, mentor: str | None, year: int | None, learner: list[str] | None
) -> set[str]:
    """The IDs of the learners meant, in small letters."""
    from workbook.measures.learners import id_key
    from workbook.measures.who import Who

    return set(map(id_key, Who(form, learner or (), year, mentor).choose(snapshot)))


def theirs(rows: Sequence[dict[str, Any]], among: set[str] | None) -> list[dict[str, Any]]:
    """The rows about these learners; all where nobody was chosen."""
    from workbook.measures.learners import id_key

    return [row for row in rows if among is None or id_key(row["learner_id"]) in among]
