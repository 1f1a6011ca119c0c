"""Registers, incidents, praise, calls and lists of learners in many forms: the same rows come back, or a question."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.imports import shuffled_parents
from tests.imports.exports import tracker
from tests.imports.shuffled_records import export_of, outcome
from workbook.imports import State, read_import
from workbook.imports.map_writer import as_toml
from workbook.imports.words import as_text


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_an_export_comes_back_as_it_went_out_or_is_asked_about(tmp_path: Path, seed: int) -> None:
    assert outcome(tmp_path, seed) in ("same", "asked", "refused", "in part")


@pytest.mark.slow
def test_the_made_up_exports_come_in_and_are_not_all_refused(tmp_path: Path) -> None:
    """What these sixty seeds give was counted: a question or a refusal for a file so plain would be a step back."""
    assert {outcome(tmp_path, seed) for seed in range(60)} == {"same"}
    pages = (export_of(Random(seed))[2] for seed in range(60))
    assert all(page.wanted for page in pages if page.sheet != "Learners")


def test_a_new_address_beside_id_and_name_is_a_change_and_beside_a_name_alone_another_person(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Adno,Surname,Forename,Email,Reg\nA1,O'Neil,Zoë,z.oneil@college.example,10A\n", encoding="utf-8")
    one = read_import(tracker(), path).difference
    assert one and [as_text(cell.new) for row in one.rows for cell in row.cells] == ["z.oneil@college.example"]
    rows = "O'Neil,Zoë,z.oneil@college.example,APL4\nMarsh,Sam,s.marsh@college.example,APL4\n"
    path.write_text("Surname,Forename,Email,Maths Mar\n" + rows, encoding="utf-8")
    one = read_import(tracker(), path).difference
    assert one and [row.source_row for row in one.of(State.REFUSED)] == [2]


def test_a_list_of_known_learners_need_not_say_everything_a_new_one_needs(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Adno,Forename,Surname,Known As\nA1,Zoë,O'Neil,Zo\nA3,Sam,Marsh,\n", encoding="utf-8")
    one = read_import(tracker(), path)
    assert one.difference and one.map and one.map.rows[0].sheet.name == "Learners"
    assert [as_text(cell.new) for row in one.difference.rows for cell in row.cells] == ["Zo"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_contacts_come_back_as_they_went_out_and_no_court_order_without_a_word(tmp_path: Path, seed: int) -> None:
    assert shuffled_parents.outcome(tmp_path, seed) in ("same", "careful")


def test_a_kept_map_is_careful_with_the_next_file_too(tmp_path: Path) -> None:
    """Nobody was flagged when the map was kept; the next file flags a contact who has notes already."""
    head = "Adno,Contact Name,Relationship,Parental Responsibility,Send Reports,No Contact\n"
    path, kept = tmp_path / "contacts.csv", tmp_path / "map.toml"
    path.write_text(head + "A1,Ms D. O'Neil,Mother,Y,Yes,\n", encoding="utf-8")
    one = read_import(tracker(), path)
    assert one.map and one.questions == []
    kept.write_text(as_toml(one.map), encoding="utf-8")
    before = tracker()
    before["Parents"].columns["notes"][0] = "Rings on Fridays."
    path.write_text(head + "A1,Ms D. O'Neil,Mother,Y,Yes,Letters only\nA2,Mr B. Ray,Father,Y,Yes,Y\n", encoding="utf-8")
    difference = read_import(before, path, None, kept).difference
    assert difference
    table = difference.after["Parents"]
    assert table["send_reports"] == ["Do not send", "Do not send"]
    assert table["notes"] == ["Rings on Fridays.", "No Contact: Y"]
