"""backup, restore, undo: what was written last goes, what a mentor typed since stays; chosen rows come back."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.commands.run import refused, run
from workbook.editing.edit import TableChange, edit
from workbook.package.backups import backups_of
from workbook.reading.read import read

pytestmark = pytest.mark.slow

LEARNER = "first_name"


@pytest.fixture
def book(tracker: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(tracker, tmp_path / "My tracker.xlsx"))


def names(book: Path) -> dict[object, object]:
    table = read(book)["Learners"]
    return dict(zip(table["learner_id"], table[LEARNER], strict=True))


def bring(book: Path, text: str) -> None:
    rows = book.with_name("rows.csv")
    rows.write_text(text, encoding="utf-8")
    assert run("import", book, rows, "--into", "Learners", "--replace").code == 0


def test_undo_takes_back_the_import_and_leaves_what_was_typed_since(book: Path) -> None:
    before, rows = names(book), len(read(book)["Learners"])
    one, two, three = list(before)[:3]
    bring(book, f"Learner ID,First name,Surname,Year,Form\n{one},Wrong,,,\n{two},Wronger,,,\nL99998,New,Girl,10,10A\n")
    assert names(book)[one] == "Wrong" and len(names(book)) == rows + 1
    places = dict(zip(read(book)["Learners"]["learner_id"], read(book)["Learners"].rows, strict=True))
    typed = {places[two]: {LEARNER: "Right"}, places[three]: {LEARNER: "Typed"}}
    edit(book, other := book.with_name("edited.xlsx"), {"Learners": TableChange(typed)})
    other.replace(book)  # as Excel saves it
    shown = run("undo", book)
    assert shown.code == 1 and "Nothing was written" in shown.out and "Wrong" in shown.out
    assert "1 row changed again since then, and will stay" in shown.out and "Right" not in names(book)[one]  # type: ignore[operator]
    assert run("undo", book, "--replace").code == 0
    assert names(book) == before | {two: "Right", three: "Typed"}


def test_undo_takes_back_the_written_sheets_as_they_were(book: Path) -> None:
    before = book.read_bytes()
    assert run("update", book, "--replace").code == 0 and book.read_bytes() != before
    assert "changed no entry" in run("undo", book).out and run("undo", book, "--replace").code == 0
    assert book.read_bytes() == before


def test_without_anything_written_there_is_nothing_to_undo(book: Path) -> None:
    assert "can be taken back" in refused(run("undo", book))
    assert "no backup beside" in refused(run("restore", book))


def test_chosen_rows_come_back_from_a_backup(book: Path) -> None:
    before = names(book)
    one, two = list(before)[:2]
    assert run("backup", book).code == 0
    bring(book, f"Learner ID,First name\n{one},Wrong\n{two},Wronger\n")
    kept = backups_of(book)[-1][2]
    shown = run("restore", book, "--from", kept)
    assert shown.code == 1 and "differs from" in shown.out and "in 2 rows" in shown.out
    assert run("restore", book, "--from", kept, "--take", "2", "--replace").code == 0
    assert names(book) == before | {one: "Wrong"}
    assert "rows 1 to 1" in refused(run("restore", book, "--from", kept, "--take", "7", "--replace"))
    assert run("restore", book, "--from", kept, "--take", "all", "--replace").code == 0
    assert names(book) == before and "the same rows" in run("restore", book, "--from", kept).out


def test_a_lost_row_comes_back(book: Path) -> None:
    table = read(book)["Behaviour"]
    row, gone = table.rows[1], {key: values[1] for key, values in table.columns.items()}
    assert run("backup", book).code == 0
    edit(
        book, book, {"Behaviour": TableChange({row: dict.fromkeys(table.columns)})}, replace=True, on=date(2026, 9, 14)
    )
    kept = next(path for day, _, path in backups_of(book) if day.year >= 2026 and day != date(2026, 9, 14))
    assert run("restore", book, "--from", kept, "--take", "all", "--replace").code == 0
    assert gone in list(read(book)["Behaviour"].records())


def test_every_command_that_writes_keeps_the_ring_that_settings_ask_for(book: Path) -> None:
    """Only backup, import and restore took old backups away; a mentor who runs update each week had hundreds."""
    learner = next(iter(names(book)))
    old = [book.with_name(f"My tracker (backup {day}).xlsx") for day in ("2019-09-02", "2020-09-02", "2021-09-02")]
    for words in (("update", book, "--replace"), ("undo", book, "--replace"), ("update", book, "--replace"),
                  ("erase", book, "--learner", learner, "--replace")):  # fmt: skip
        for one in old:
            shutil.copy(book, one)
        assert run(*words).code == 0
        assert not any(one.exists() for one in old), words
    assert len(backups_of(book)) == 4, "of today: fewer than Settings keep"
    to_come = book.with_name("My tracker (backup 2999-01-01).xlsx")
    shutil.copy(book, to_come)
    assert run("backup", book).code == 0
    assert to_come.exists() and len(backups_of(book)) == 6, "a clock that was wrong takes nothing away"
