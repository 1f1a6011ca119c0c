from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.content.college import ON
from workbook.reports.content.wording import (
    MOST_WORDS,
    Person,
    about,
    choose,
    day_and_month,
    listed,
    number,
    say,
    sentence,
    sessions,
    word_count,
)

SHE, HE, THEY = Person.of("Amira", "she/her"), Person.of("Sam", "he/him"), Person.of("Kit", "they/them")


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (SHE, "She is here, she puts her bag down, we see her. Amira’s day: she has time."),
        (HE, "He is here, he puts his bag down, we see him. Sam’s day: he has time."),
        (THEY, "They are here, they put their bag down, we see them. Kit’s day: they have time."),
        (Person.of("Kit"), "They are here, they put their bag down, we see them. Kit’s day: they have time."),
        (Person.of("Kit", "xe/xem"), "They are here, they put their bag down, we see them. Kit’s day: they have time."),
    ],
)
def test_pronouns_and_verbs_agree(person: Person, expected: str) -> None:
    pattern = "{They} {are} here, {they} put{s} {their} bag down, we see {them}. {names} day: {they} {have} time."
    assert say(person, pattern) == expected


@pytest.mark.parametrize("cell", ["She/Her", "she, her", "she/they", " SHE "])
def test_the_first_pronoun_counts_however_it_is_typed(cell: str) -> None:
    assert Person.of("Amira", cell).their == "her"


def test_the_first_sentence_has_the_name_for_the_pronoun() -> None:
    assert say(THEY.named(), "{They} {are} ahead and {have} time.") == "Kit is ahead and has time."
    assert say(Person.of("McKenzie").named(), "{Their} effort") == "McKenzie’s effort"


def test_lists_and_counts_in_words() -> None:
    assert listed(["Art"]) == "Art"
    assert listed(["Art", "Maths"]) == "Art and Maths"
    assert listed(["Art", "English", "Maths"]) == "Art, English and Maths"
    assert [number(count) for count in (1, 10, 11)] == ["one", "ten", "11"]
    assert [sessions(count) for count in (1, 6, 1200)] == ["1 session", "6 sessions", "1,200 sessions"]
    assert day_and_month(ON, year=True) == "18 December 2026"


def test_what_people_type_becomes_a_sentence() -> None:
    assert sentence("  Ask for   help ") == "Ask for help."
    assert sentence("Well done!") == "Well done!"
    assert sentence("") == ""


def test_many_subjects_become_a_count() -> None:
    assert about(SHE, "{name} moved up in {subjects}.", ["A", "B", "C", "D"]) == "Amira moved up in four subjects."


@given(st.lists(st.text("abc ", min_size=1, max_size=40).map(str.strip).filter(bool), min_size=1, max_size=12))
def test_a_sentence_about_subjects_is_short_unless_one_name_is_long(subjects: list[str]) -> None:
    written = about(SHE, "At the moment {name} is ahead of where we hoped in {subjects}.", subjects)
    assert word_count(written) <= MOST_WORDS or len(subjects) == 1


def test_the_words_vary_over_learners_and_never_from_run_to_run() -> None:
    ways = ("one", "two", "three")
    chosen = [choose(ways, f"L{i}", "topic") for i in range(300)]
    assert chosen == [choose(ways, f"L{i}", "topic") for i in range(300)]
    assert all(chosen.count(way) > 60 for way in ways)
