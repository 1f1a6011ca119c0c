"""Forms, mentors and courses come from what is typed; a slip is still seen. Expected answers are written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.ground import clean
from workbook.checks import check
from workbook.model import Table, Tracker, defaults, sheet


def found(forms: list[Any], mentors: list[Any] | None = None, lists: tuple[str, ...] = ()) -> list[tuple[str, Any]]:
    """Code and suggestion of what check says of the column Form and Mentor of learners with these values."""
    tracker = defaults.new()
    people = clean()["Learners"][:2]
    rows = [
        people[0] | {"learner_id": f"L{at}", "form": form, "mentor": (mentors or ["J. Sample"] * len(forms))[at],
                     "upn": None, "uln": None, "email": None, "year": 10}
        for at, form in enumerate(forms)
    ]  # fmt: skip
    tracker.tables["Learners"] = Table.of(sheet("Learners"), rows)
    kept = list(tracker["Lists"].records())
    for row, form in zip(kept, lists, strict=False):
        row["forms"] = form
    tracker.tables["Lists"] = Table.of(sheet("Lists"), kept)
    return of_choices(tracker)


def of_choices(tracker: Tracker) -> list[tuple[str, Any]]:
    letters = {tracker["Learners"].letters[key] for key in ("form", "mentor")}
    return [
        (one.code, one.suggestion)
        for one in check(tracker)
        if one.sheet == "Learners" and one.cell.rstrip("0123456789") in letters
    ]


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (["10X", "10X", "11Blue"], []),  # whatever a college calls its forms
        (["Tutor 1", "Tutor 1", "Tutor 1", "Tutor 2"], []),  # another number is another form
        (["10A", "10A", "10a"], [("capitals", "10A")]),
        (["10a", "10a", "10A"], [("capitals", "10a")]),  # most of them decide
        (["10A", "10A", "1OA"], [("look-alike", "10A")]),
        (["10A", "10A", "10A "], [("spaces", "10A")]),
        (["10A", 100], [("became-scientific", "10E1")]),  # typed as 10E1
    ],
)
def test_a_typed_form_is_enough_and_a_slip_is_seen(forms: list[Any], expected: list[tuple[str, Any]]) -> None:
    assert found(forms) == expected


def test_a_name_nearly_as_another_is_asked_about_only_where_it_stands_once() -> None:
    many = ["J. Walnutter"] * 4
    assert found(["10A"] * 5, [*many, "J. Walnuter"]) == [("choice-unknown", "J. Walnutter")]
    assert found(["10A"] * 6, [*many, "J. Walnuter", "J. Walnuter"]) == []
    assert found(["10A"] * 5, [*many, "K. Oak"]) == []


def test_beside_a_list_of_the_colleges_own_one_learner_alone_is_asked_about() -> None:
    assert found(["10A", "10A", "10G"], lists=("10A", "10B")) == [("choice-unknown", None)]
    assert found(["10A", "10G", "10G"], lists=("10A", "10B")) == []
    assert found(["10a", "10a", "10A"], lists=("10A",)) == [("capitals", "10A"), ("capitals", "10A")]
