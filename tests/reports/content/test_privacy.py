from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.content.college import AMIRA, ON, SAM, tracker
from workbook.model import SHEETS, Audience, Column, Kind, Sheet
from workbook.reports.content.audience import may_see, shown
from workbook.reports.content.learner import Context, contexts, tree
from workbook.reports.content.names import FORM_GROUPS, LISTS, terms

ABOUT_LEARNERS = [one for one in SHEETS if "learner_id" in one.by_key and one.table != "Registers"]
SECRET = (Kind.TEXT, Kind.NOTE, Kind.NAME, Kind.EMAIL, Kind.PHONE, Kind.LINK, Kind.CHOICE, Kind.UPN, Kind.ULN)
# What a formula or a rule reads, so that a made-up word would only break the case; none is shown to parents.
READ = {"parental_responsibility", "send_reports", "group", "type"}


def secrets(of: Sheet, audience: Audience) -> list[Column]:
    return [c for c in of.entry if c.audience is audience and c.kind in SECRET and c.key not in READ]


def rows(table: Sheet, learner: str, marker: str) -> dict[str, Any]:
    """A row whose every text cell names its column and audience."""
    row: dict[str, Any] = {}
    for column in table.entry:
        if column.kind is Kind.DATE:
            row[column.key] = ON
        elif column.kind in SECRET and column.key not in READ:
            row[column.key] = f"{column.audience.name} {table.table}.{column.key} {marker}"
    return {**row, "learner_id": learner}


def full_tracker(marker: str = "x") -> Any:
    made = {one.table: [rows(one, "L1", marker), rows(one, "L2", f"OTHER{marker}")] for one in ABOUT_LEARNERS}
    for row in made["Parents"]:
        row |= {"parental_responsibility": "Yes", "send_reports": "Yes"}
    made["Interventions"] = [{**row, "start": ON, "end": None, "type": "Careers"} for row in made["Interventions"]]
    made["Learners"] = [{**row, **base, "left": None} for row, base in zip(made["Learners"], (AMIRA, SAM), strict=True)]
    made["Progress"] = [{**row, "subject": "English"} for row in made["Progress"]]
    made["Targets"] += [{**row, "status": "Open"} for row in made["Targets"]]
    made["Groups"] = []
    return tracker(**made)


@given(st.text("abcdefgh", min_size=1, max_size=8))
@settings(max_examples=15, deadline=None)
def test_no_word_of_a_mentor_s_column_or_of_another_learner_is_in_a_parent_s_context(marker: str) -> None:
    first, second = contexts(full_tracker(marker), ON)
    for context in (first, second):
        assert "MENTOR" not in repr(context)
        assert "NEVER" not in repr(context)
    assert "PARENT" in repr(first) and f"OTHER{marker}" in repr(second)
    assert "OTHER" not in repr(first)
    assert "Okafor" not in repr(second)


def test_staff_see_a_mentor_s_columns_and_still_nothing_that_never_leaves() -> None:
    first, _ = contexts(full_tracker(), ON, reader=Audience.MENTOR)
    assert "MENTOR" in repr(first)
    assert "NEVER" not in repr(first)
    assert "OTHER" not in repr(first)


def test_columns_that_never_leave_have_no_name() -> None:
    never = {c.key for one in SHEETS for c in one.columns if c.audience is Audience.NEVER}
    named = {term.name.rsplit(".", 1)[-1] for term in terms()}
    assert {"upn", "uln", "what_happened"} <= never
    assert not {"upn", "uln", "what_happened", "summary", "notes"} & named


def test_what_is_shown_follows_the_column() -> None:
    for one in SHEETS:
        for column in one.columns:
            assert (column in shown(one, Audience.PARENT)) == (column.audience is Audience.PARENT)
            assert (column in shown(one, Audience.MENTOR)) == (column.audience is not Audience.NEVER)
    assert not may_see(Audience.MENTOR, Audience.NEVER)


def shape(value: Any, path: str = "") -> set[str]:
    """Every dotted name that a context or a tree holds."""
    if isinstance(value, dict):
        return {name for key, inner in value.items() for name in shape(inner, f"{path}.{key}".lstrip("."))}
    if isinstance(value, list):
        return {name for inner in value for name in shape(inner, path)}
    return {path}


def test_every_name_of_the_vocabulary_is_filled_and_nothing_else_is() -> None:
    for reader in (Audience.PARENT, Audience.MENTOR):
        context: Context = next(contexts(full_tracker(), ON, reader=reader))
        context.pop("flag", None)  # as many as the rules find, perhaps none
        named = {name for name in shape(tree(reader)) if name.split(".")[0] not in {"flag", *FORM_GROUPS}}
        there = shape(context) | {name for name in named if name.startswith(("half_term.", "subject.drop."))}
        assert named - there == set()
        assert there - named == set()


def test_every_list_is_a_list_in_the_tree() -> None:
    for name in LISTS:
        node: Any = tree()
        for step in name.split("."):
            node = node[0][step] if isinstance(node, list) else node[step]
        assert isinstance(node, list) and len(node) == 1
