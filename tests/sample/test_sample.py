"""The sample is the same for the same seed, holds together, and its registers look like England's."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.gb import upn

from tests.conftest import ROOT
from workbook.measures.data_date import last_date
from workbook.measures.flags import flags
from workbook.model import CannotDo, Kind, Tracker
from workbook.model.formulas import SESSIONS
from workbook.model.rules import RULES
from workbook.model.vocabulary import key_of
from workbook.sample import sample
from workbook.sample.registers import PUBLISHED, PUBLISHED_PERSISTENT

MARKS = [key_of(session) for session in SESSIONS]
ABSENT = {"C", "C1", "C2", "E", "I", "J1", "M", "R", "S", "T", "G", "N", "O", "U"}


def fingerprint(tracker: Tracker) -> str:
    """All values of all tables in a few letters; repr keeps texts, numbers and dates apart."""
    parts = [repr((name, table.columns, table.rows)) for name, table in tracker.tables.items()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@pytest.fixture(scope="module")
def large() -> Tracker:
    """1,200 learners, five times a college: rare codes are often enough, and forms more than an alphabet has."""
    return sample(1200, seed=3)


def test_the_same_seed_gives_the_same_tracker_and_another_seed_another():
    assert fingerprint(sample(12, seed=5)) == fingerprint(sample(12, seed=5))
    assert fingerprint(sample(12, seed=5)) != fingerprint(sample(12, seed=6))


def test_the_order_of_pythons_hashes_does_not_matter():
    code = (
        "from workbook.sample import sample; made = sample(12, seed=5).tables.items();"
        "print([(name, table.columns, table.rows) for name, table in made])"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(prints) == 1


def test_240_learners_stand_in_twelve_forms_of_two_years(whole: Tracker):
    forms = Counter(whole["Learners"]["form"])
    assert sorted(forms) == sorted(f"{year}{letter}" for year in (10, 11) for letter in "ABCDEF")
    assert set(forms.values()) == {20}
    assert all(str(form).startswith(str(year)) for form, year in _pairs(whole, "Learners", "form", "year"))


def test_each_learner_has_eight_subjects_and_the_course_of_their_row(whole: Tracker):
    vocational = {row["subject"] for row in whole["Subjects"].records() if row["vocational"] == "Yes"}
    course = dict(_pairs(whole, "Learners", "learner_id", "course"))
    taken = defaultdict(list)
    for learner, subject in _pairs(whole, "Progress", "learner_id", "subject"):
        taken[learner].append(subject)
    for learner, subjects in taken.items():
        assert len(subjects) == len(set(subjects)) == 9
        assert [one for one in subjects if one in vocational] == [course[learner]]


def test_no_sheet_is_empty_and_four_drops_are_filled(whole: Tracker):
    assert all(len(table) for table in whole.tables.values())
    progress = whole["Progress"]
    for drop in (1, 2, 3, 4):
        assert sum(level is not None for level in progress[f"apl_{drop}"]) > 0.9 * len(progress)
    assert not any(progress["apl_5"]) and not any(progress["effort_5"])


@pytest.mark.slow
def test_codes_occur_as_often_as_published(whole: Tracker, large: Tracker):
    """Frequent codes within a fifth on 240 learners, all but the rarest within a third on 1,200."""
    for tracker, tolerance, from_share in ((whole, 0.2, 2.0), (large, 0.35, 0.05)):
        counts = Counter(mark for key in MARKS for mark in tracker["Registers"][key])
        possible = sum(count for code, count in counts.items() if code in PUBLISHED)
        for code, share in PUBLISHED.items():
            if share >= from_share and code != "N":
                assert 100 * counts[code] / possible == pytest.approx(share, rel=tolerance), code
        assert set(counts) <= set(tracker["Codes"]["code"])


def test_no_reason_yet_is_used_in_the_last_week_only(whole: Tracker):
    weeks = {week for key in MARKS for mark, week in _pairs(whole, "Registers", key, "week") if mark == "N"}
    assert weeks == {max(whole["Registers"]["week"])}


def test_absence_clusters(whole: Tracker):
    missed: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in whole["Registers"].records():
        marks = [row[key] for key in MARKS if row[key] in PUBLISHED]
        missed[row["learner_id"]][0] += sum(mark in ABSENT for mark in marks)
        missed[row["learner_id"]][1] += len(marks)
    persistent = sum(10 * absent >= possible for absent, possible in missed.values() if possible) / len(missed)
    assert PUBLISHED_PERSISTENT - 4 < 100 * persistent < 36
    by_most = sorted((absent for absent, _ in missed.values()), reverse=True)
    assert sum(by_most[:60]) > 0.55 * sum(by_most)


def test_placements_and_the_mark_w_agree(whole: Tracker):
    placed = {
        (row["learner_id"], row["start"] - timedelta(days=row["start"].weekday()))
        for row in whole["Workexperience"].records()
    }
    marked = {
        (row["learner_id"], row["week"])
        for row in whole["Registers"].records()
        if any(row[key] == "W" for key in MARKS)
    }
    last = max(whole["Registers"]["week"])
    assert marked and marked == {one for one in placed if one[1] <= last}


def test_effort_progress_and_attendance_hang_together(whole: Tracker):
    """The quarter with the best effort misses fewer sessions than the quarter with the least."""
    effort: dict[str, list[int]] = defaultdict(list)
    for learner, code in _pairs(whole, "Progress", "learner_id", "effort_3"):
        if code:
            effort[learner].append(int(code))
    absent: Counter[str] = Counter()
    for row in whole["Registers"].records():
        absent[row["learner_id"]] += sum(row[key] in ABSENT for key in MARKS)
    ranked = sorted(effort, key=lambda learner: sum(effort[learner]) / len(effort[learner]))
    quarter = len(ranked) // 4
    assert sum(map(absent.__getitem__, ranked[:quarter])) > 2 * sum(map(absent.__getitem__, ranked[-quarter:]))


def test_names_are_hard_and_two_learners_share_one(whole: Tracker):
    names = Counter(_pairs(whole, "Learners", "first_name", "surname"))
    everything = "".join(first + last for first, last in names)
    assert any(not letter.isascii() for letter in everything) and "'" in everything and "-" in everything
    assert max(names.values()) == 2


def test_phones_and_addresses_belong_to_nobody(whole: Tracker):
    for row in whole["Parents"].records():
        assert re.fullmatch(r"07700 900\d{3}|0113 496 0\d{3}", row["phone"])
        assert row["email"] is None or row["email"].endswith(".example")
    assert all(email.endswith(".example") for email in whole["Learners"]["email"])
    assert any(row["send_reports"] == "Do not send" for row in whole["Parents"].records())


def test_comments_are_short_and_name_the_learner(whole: Tracker):
    called = {row["learner_id"]: row["preferred_name"] or row["first_name"] for row in whole["Learners"].records()}
    pronouns = dict(_pairs(whole, "Learners", "learner_id", "pronouns"))
    comments = [row for row in whole["Progress"].records() if row["comment"]]
    for row in comments:
        text = row["comment"]
        assert called[row["learner_id"]] in text and len(text) <= 400 and "{" not in text
        assert all(len(sentence.split()) <= 20 for sentence in re.split(r"(?<=[.!?]) ", text))
        words = set(re.findall(r"[a-z]+", text.lower()))
        if pronouns[row["learner_id"]] == "she/her":
            assert not words & {"he", "him", "his"}
        elif pronouns[row["learner_id"]] == "he/him":
            assert not words & {"she", "her", "hers"}
        else:
            assert not words & {"he", "him", "his", "she", "her", "hers"}
    assert len({row["comment"] for row in comments}) > 0.95 * len(comments)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 60), st.sampled_from(["2024-25", "2026-27", "2031-32"]))
def test_every_seed_size_and_year_holds_together(seed: int, learners: int, year: str):
    tracker = sample(learners, seed, year)
    rows = list(tracker["Learners"].records())
    ids = [row["learner_id"] for row in rows]
    assert len(rows) == learners == len(set(ids)) == len({row["upn"] for row in rows})
    assert all(upn.is_valid(row["upn"]) for row in rows)
    assert all(_uln_adds_up(row["uln"]) for row in rows)
    known = [row["uln"] for row in rows if row["uln"] != "9999999999"]
    assert len(known) == len(set(known))
    _choices_are_listed(tracker)
    _levels_are_on_their_scale(tracker)
    _dates_lie_within_the_stay(tracker)
    codes = set(tracker["Codes"]["code"])
    assert all(mark in codes for key in MARKS for mark in tracker["Registers"][key])


def test_a_number_of_learners_that_is_none_is_refused():
    for learners in (0, -1, 10**6):
        with pytest.raises(CannotDo):
            sample(learners)


@pytest.mark.slow
def test_a_large_college_has_more_forms_each_in_its_list(large: Tracker):
    forms = set(large["Learners"]["form"])
    assert len(forms) == 60 and forms <= set(large["Lists"]["forms"])
    assert {"10AA", "11AA"} <= forms


def _pairs(tracker: Tracker, table: str, *keys: str):
    return list(zip(*(tracker[table][key] for key in keys), strict=True))


def _uln_adds_up(uln: str) -> bool:
    """Learning Records Service: the sum of the digits times 10 to 1 leaves 10 when divided by 11; nines are unknown."""
    if uln == "9999999999":
        return True
    total = sum(int(digit) * weight for digit, weight in zip(uln, range(10, 0, -1), strict=True))
    return uln[0] != "0" and total % 11 == 10


def _choices_are_listed(tracker: Tracker) -> None:
    for table in tracker.tables.values():
        for column in table.sheet.entry:
            if column.choices:
                listed = set(tracker["Lists"][key_of(column.choices)])
                assert {one for one in table[column.key] if one is not None} <= listed, column.header
            if column.required:
                assert None not in table[column.key], (table.sheet.name, column.header)
            if column.refers:
                where, key = column.refers.split(".")
                assert {one for one in table[column.key] if one is not None} <= set(tracker[where][key])
        if table.sheet.unique:
            named = list(zip(*(table[key] for key in table.sheet.unique), strict=True))
            assert len(named) == len(set(named)), table.sheet.name


def _levels_are_on_their_scale(tracker: Tracker) -> None:
    levels = defaultdict(set)
    for scale, level in _pairs(tracker, "Scales", "scale", "level"):
        levels[scale].add(level)
    scale_of = dict(_pairs(tracker, "Subjects", "subject", "scale"))
    keys = [column.key for column in tracker["Progress"].sheet.entry if column.kind is Kind.LEVEL]
    for row in tracker["Progress"].records():
        given_ = {row[key] for key in keys} - {None, "N/A"}
        assert given_ <= levels[scale_of[row["subject"]]]


PLANNED = {"due", "review_due", "follow_up_due", "start", "end", "week", "reports_due", "progress_day", "visit"}


def _dates_lie_within_the_stay(tracker: Tracker) -> None:
    """What has happened lies between the learner's first and last day and before the end of the registers."""
    stay = {row["learner_id"]: (row["started"], row["left"] or date.max) for row in tracker["Learners"].records()}
    last = max(tracker["Registers"]["week"]) + timedelta(days=4)
    for name, table in tracker.tables.items():
        if "learner_id" not in table.columns or name == "Learners":
            continue
        for column in table.sheet.entry:
            if column.kind is not Kind.DATE:
                continue
            for learner, day in _pairs(tracker, name, "learner_id", column.key):
                if day is None or learner is None:
                    continue
                first, left = stay[learner]
                if column.key == "week":
                    first -= timedelta(days=first.weekday())
                assert first <= day <= left, (name, column.header, learner)
                assert day <= last or column.key in PLANNED, (name, column.header, learner)


def test_every_flag_rule_occurs_and_none_floods(whole: Tracker):
    """But for the rule on low levels, which is off until a college sets its line."""
    marked = defaultdict(set)
    for flag in flags(whole, last_date(whole)):
        marked[flag.code].add(flag.learner_id)
    assert {rule.code for rule in RULES} - set(marked) == {"low_level"}
    assert all(len(learners) <= 0.37 * 240 for learners in marked.values())
