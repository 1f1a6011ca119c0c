"""Every report of a whole college, searched in every part for every other learner and for what only mentors may see."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest

from workbook.measures.data_date import last_date
from workbook.model import SHEETS, Audience, Kind, Tracker
from workbook.reports.content.learner import Context, contexts
from workbook.reports.output.template_files import open_template
from workbook.sample import sample

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[3]
OF_PEOPLE = ("Learners", "Parents")


@pytest.fixture(scope="module")
def college() -> Tracker:
    return sample(learners=120)


@pytest.fixture(scope="module")
def said(college: Tracker) -> list[Context]:
    return list(contexts(college, last_date(college)))


def parts_of(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(workbook)) as package:
        return {name: package.read(name) for name in package.namelist()}


def text_of(report: bytes, template: dict[str, bytes]) -> str:
    """Every part but those that are the template's own, byte for byte."""
    parts = {name: part for name, part in parts_of(report).items() if template.get(name) != part}
    return unescape("\n".join([*parts, *(part.decode("utf-8", "replace") for part in parts.values())]))


def contacts(college: Tracker) -> dict[str, set[str]]:
    """Emails, phones, addresses and names of the people around each learner."""
    found: dict[str, set[str]] = {}
    for table in OF_PEOPLE:
        for row in college[table].records():
            keys = ("email", "phone", "address", "name", "upn", "uln")
            found.setdefault(row["learner_id"], set()).update(str(row[key]) for key in keys if row.get(key))
    return found


def secrets(college: Tracker) -> dict[str, set[str]]:
    """What stands in columns that parents may not see, where it is long enough to be told from other words."""
    found: dict[str, set[str]] = {}
    for one in SHEETS:
        if "learner_id" not in one.by_key:
            continue
        keys = [c.key for c in one.entry if c.audience is not Audience.PARENT and c.kind in (Kind.NOTE, Kind.TEXT)]
        for row in college[one.table].records():
            words = {str(row[key]) for key in keys if row.get(key) and len(str(row[key])) > 12}
            found.setdefault(row["learner_id"], set()).update(words)
    return found


class Searched:
    """A report's text, searched quickly: a phrase can only be there if its longest word is."""

    def __init__(self, text: str) -> None:
        self.text, self.words = text, set(re.findall(r"\w+", text))

    def __contains__(self, phrase: str) -> bool:
        return longest_word(phrase) in self.words and phrase in self.text


@cache
def longest_word(phrase: str) -> str:
    return max(re.findall(r"\w+", phrase), key=len, default="")


@pytest.mark.parametrize("name", ["parent_report", "annual_report", "certificate", "progress_day_pack"])
def test_no_byte_of_another_learner_and_of_mentors_columns(name: str, college: Tracker, said: list[Context]) -> None:
    path = ROOT / "templates" / f"{name}.xlsx"
    template, reader, _ = open_template(path)
    own_parts = parts_of(path.read_bytes())
    assert reader is Audience.PARENT
    people = {one["learner"]["learner_id"]: (one["learner"]["name"], one["learner"]["full_name"]) for one in said}
    around, hidden = contacts(college), secrets(college)
    shown = {one["mentor"]["name"] for one in said}  # who logged a row may also be whom to ring
    shown |= {text for one in said for text in (one["we_will"], one["going_well"], one["you_can_help"])}
    for context in said:
        own = context["learner"]["learner_id"]
        text = Searched(text_of(template.render(context), own_parts))
        assert any(name in text for name in people[own])
        assert {word for word in text.words if re.fullmatch(r"L\d{5}", word)} <= {own}
        others = {name for learner, names in people.items() if learner != own for name in names} - {*people[own]}
        assert not [name for name in others if name in text]
        theirs = {word for learner, words in around.items() if learner != own for word in words}
        assert not [word for word in theirs - around[own] if word in text]
        mine = {word for word in hidden.get(own, ()) if not any(word in known for known in shown)}
        assert not [word for word in mine if word in text]
