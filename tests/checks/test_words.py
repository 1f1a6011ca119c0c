"""What a cell holds, as a sentence shows it; words that look the same and are not."""

from __future__ import annotations

import pytest

from workbook.checks.words import judge_text
from workbook.imports.words import shown as said_of_a_file
from workbook.model import Value
from workbook.model.problem_kind import shown_as


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1e300, "1E+300"),
        (0.1 + 0.2, "0.3"),
        (123456789012345678.0, "123456789012346000"),
        (True, "TRUE"),
        ("a\tb\nc", "“a b c”"),
        ("L\u200b1\x07", "“L▯1▯”"),
        ("\u202eabc", "“▯abc”"),
        ("x" * 30_000, f"“{'x' * 40}…”"),
    ],
)
def test_a_value_in_a_sentence_is_short_whole_to_see_and_on_one_line(value: Value, shown: str) -> None:
    assert shown_as(value) == shown == said_of_a_file(value)


@pytest.mark.parametrize("typed", ["e\u0301cole", "\u00e9cole\u200b", "\u202e\u00e9cole", "\u00e9cole\x07"])
def test_a_word_that_only_looks_the_same_is_told_with_the_one_to_type(typed: str) -> None:
    """No formula finds the one where the other is meant."""
    found = judge_text(typed)
    assert found and (found.kind.code, found.suggestion) == ("spaces", "\u00e9cole")
