"""Spoilt files of a stated seed through every command: each ends as promised. Thousands: python -m tests.fuzz."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.excel_rules.writers import writing_commands
from tests.fuzz.__main__ import all_of
from tests.fuzz.kills import NOT_KILLED, WRITING
from tests.fuzz.mutators import TEXT, WORKBOOK, parts_of, together
from tests.fuzz.running import MEGABYTES, go, smallest
from tests.fuzz.subjects import Subject, subjects

SEED, COUNT = 20261127, 18
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path("/proc/self/statm").exists(),
        reason="only on Linux: each spoilt file has a process of its own, measured",
    ),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Subject]:
    return subjects(tmp_path_factory.mktemp("fuzz"))


def test_every_command_ends_as_promised_whatever_it_reads(made: list[Subject], tmp_path: Path) -> None:
    outcomes = list(all_of(made, SEED, range(COUNT), tmp_path, 1))
    assert len(outcomes) == COUNT
    assert not [one for one in outcomes if not one[-1].good]
    assert {"done", "found", "refused"} <= {one[-1].word for one in outcomes}, "all of one kind would prove little"


def test_what_the_tests_themselves_hold_is_not_counted(made: list[Subject], tmp_path: Path) -> None:
    held = bytearray(b"x") * (MEGABYTES << 20)
    outcome = go(("check", "{}"), made[0].file, tmp_path)
    assert outcome.word == "done", (len(held), outcome)
    assert outcome.megabytes < MEGABYTES / 2


def test_mutators_spoil_and_do_so_alike_for_the_same_chance(made: list[Subject]) -> None:
    for subject in (made[0], made[2]):  # a tracker, which has all that can be spoilt, and a text
        whole = subject.file.read_bytes()
        for name, mutator in (WORKBOOK if subject.mutators is WORKBOOK else TEXT).items():
            spoilt = {mutator(whole, random.Random(number)) for number in range(2)}
            assert spoilt == {mutator(whole, random.Random(number)) for number in range(2)}, name
            assert spoilt != {whole}, name


def test_a_smallest_file_still_comes_to_the_same_end(made: list[Subject], tmp_path: Path) -> None:
    tracker = made[0]
    whole = parts_of(tracker.file.read_bytes())
    parts = {name: whole[name][:3000] for name in ("[Content_Types].xml", "xl/styles.xml")}
    small = smallest(tracker, together(parts), ("check", "{}"), tmp_path, "refused")
    assert len(small) < len(together(parts)) / 2


def test_every_command_that_writes_a_workbook_can_be_killed_by_hand() -> None:
    killed = {command for command in writing_commands() if any(f"{one} ".startswith(f"{command} ") for one in WRITING)}
    assert writing_commands() - killed == set(NOT_KILLED)
