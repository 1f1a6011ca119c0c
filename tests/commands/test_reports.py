"""The report command: who gets one, where they go, and what is refused before anything is written."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msoffcrypto
import openpyxl
import pypdf
import pytest

from tests.commands.run import refused, run


def learners_of(tracker: Path, form: str) -> list[str]:
    sheet = openpyxl.load_workbook(tracker, read_only=True, data_only=True)["Learners"]
    rows = list(sheet.iter_rows(min_row=4, values_only=True))
    at = {heading: place for place, heading in enumerate(rows[0])}
    return [str(row[at["Learner ID"]]) for row in rows[1:] if row[at["Form"]] == form and not row[at["Left"]]]


def test_a_form_gets_a_file_each_that_names_its_learner(tracker: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("report", tracker, "--out", out, "--form", "10A", "--one-copy").code == 0
    ids = learners_of(tracker, "10A")
    files = sorted(out.iterdir())
    assert ids and len(files) == len(ids)
    for learner in ids:
        assert sum(f" {learner} " in path.name for path in files) == 1


def test_reports_that_have_not_changed_are_passed_over(tracker: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("report", tracker, "--out", out, "--form", "10A")
    first = min(out.iterdir())
    whole = first.read_bytes()
    first.write_bytes(b"scribbled over")
    assert "is already there" in refused(run("report", tracker, "--out", out, "--form", "10A"))
    assert "1 report made" in run("report", tracker, "--out", out, "--form", "10A", "--changed").out
    assert first.read_bytes() == whole


def test_one_workbook_has_a_front_page_and_a_sheet_each(tracker: Path, tmp_path: Path) -> None:
    assert run("report", tracker, "--out", tmp_path, "--form", "10A", "--one-workbook", "--one-copy").code == 0
    book = openpyxl.load_workbook(tmp_path / "parent report.xlsx")
    ids = learners_of(tracker, "10A")
    assert len(book.sheetnames) == 1 + len(ids)
    for learner in ids:
        assert sum(learner in name for name in book.sheetnames) == 1


def test_a_copy_of_the_tracker_takes_them_and_the_tracker_stays(tracker: Path, tmp_path: Path) -> None:
    before = tracker.read_bytes()
    assert run("report", tracker, "--out", tmp_path, "--form", "10A", "--into", "copy.xlsx").code == 0
    assert tracker.read_bytes() == before
    own = openpyxl.load_workbook(tracker, read_only=True).sheetnames
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx", read_only=True).sheetnames[: len(own)] == own


def test_a_password_really_locks_the_file(tracker: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("horse-battery\n", encoding="utf-8")
    learner = learners_of(tracker, "10A")[0]
    plain, locked = tmp_path / "plain", tmp_path / "locked"
    run("report", tracker, "--out", plain, "--learner", learner)
    run("report", tracker, "--out", locked, "--learner", learner, "--password-file", secret)
    file = next(locked.iterdir())
    with file.open("rb") as sealed:
        book = msoffcrypto.OfficeFile(sealed)
        assert book.is_encrypted()
        with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
            book.load_key(password="horse-batterz", verify_password=True)
        book.load_key(password="horse-battery", verify_password=True)
        opened = io.BytesIO()
        book.decrypt(opened)
    assert opened.getvalue() == next(plain.iterdir()).read_bytes()
    secret.write_text("short\n", encoding="utf-8")
    assert "shorter" in refused(run("report", tracker, "--out", locked, "--password-file", secret))


@pytest.mark.office
def test_pdfs_with_a_password_and_one_of_all_pages(tracker: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("horse-battery\n", encoding="utf-8")
    who = [word for one in learners_of(tracker, "10A")[:2] for word in ("--learner", one)]
    out = tmp_path / "out"
    ran = run("report", tracker, "--out", out, *who, "--one-copy", "--pdf", "--password-file", secret)
    assert ran.code == 0
    pages = [pypdf.PdfReader(path, password="horse-battery") for path in sorted(out.glob("10A*.pdf"))]
    for page in pages:  # tagged, with the learner's name as its title, though protected
        told = page.trailer["/Root"]
        assert "/StructTreeRoot" in told and told["/MarkInfo"]["/Marked"] and told["/Lang"] == "en-GB"
    assert len({page.metadata.title for page in pages}) == len(pages)
    assert all(str(page.metadata.title).startswith("Parent report: ") for page in pages)
    whole = pypdf.PdfReader(out / "All - parent report.pdf")
    assert whole.is_encrypted and whole.decrypt("horse-batterz") == 0 and whole.decrypt("horse-battery")
    assert (whole.metadata.title, whole.trailer["/Root"]["/Lang"]) == ("All pages: parent report", "en-GB")
    assert len(whole.pages) == 2
    assert len(list(out.glob("*.pdf"))) == 3
    assert all(pypdf.PdfReader(path).is_encrypted for path in out.glob("*.pdf"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--form", "99Z"), "10A"),
        (("--learner", "nobody"), "nobody"),
        (("--template", "parnt_report"), "did you mean parent_report"),
        (("--flag", "lazyness"), "attendance_look"),
        (("--flag", "persistant absence"), "did you mean Persistent absence?"),
        (("--flag", "absence"), "did you mean Severe absence or Persistent absence or Unauthorised absence?"),
        (("--mentor", "A. Stranger"), "Nobody fits"),
    ],
)
def test_what_is_not_there_is_refused_before_anything_is_written(
    options: tuple[str, str], words: str, tracker: Path, tmp_path: Path
) -> None:
    assert words in refused(run("report", tracker, "--out", tmp_path / "out", *options))
    assert not (tmp_path / "out").exists()


def test_a_sending_list_has_a_line_for_each_person(tracker: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ran = run("report", tracker, "--out", out, "--form", "10A", "--template", "attendance_letter", "--sending-list")
    assert ran.code == 0 and "Nothing is sent by Mentorbook." in ran.out
    rows = list(csv.DictReader((out / "Sending list - attendance letter.csv").open(encoding="utf-8-sig")))
    files = {row["File"] for row in rows if row["File"]}
    assert files == {path.name for path in out.glob("10A *.xlsx")}
    assert {row["Learner ID"] for row in rows} == set(learners_of(tracker, "10A"))
    parents = openpyxl.load_workbook(tracker, read_only=True, data_only=True)["Parents"]
    table = list(parents.iter_rows(min_row=4, values_only=True))
    at = {heading: place for place, heading in enumerate(table[0])}
    for row in rows:
        if row["File"]:
            assert row["To"] in row["File"]
            known = [
                one for one in table[1:] if (one[at["Learner ID"]], one[at["Name"]]) == (row["Learner ID"], row["To"])
            ]
            assert [(one[at["Email"]] or "", one[at["Language"]] or "") for one in known] == [
                (row["Email"], row["Language"])
            ]
        else:
            assert row["How"].startswith("no report: without flag")


def test_strict_makes_nothing_while_there_are_questions(tmp_path: Path, tracker: Path) -> None:
    ran = run("report", tracker, "--out", tmp_path / "out", "--strict")
    assert ran.code == 1 and "Before you send them" in ran.out
    assert not (tmp_path / "out").exists()


def test_template_check_lists_what_a_template_asks_for() -> None:
    ran = run("template", "check", "parent_report", "--json")
    assert ran.code == 0
    assert {"{{learner.name}}", "{{going_well}}"} <= {row["token"] for row in ran.rows}


def test_template_check_says_what_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    book = openpyxl.Workbook()
    book.active["B7"] = "Dear {{learner.frist_name}}"
    book.active["B8"] = "{{learner.notes}}"
    book.save(path)
    ran = run("template", "check", path, "--json")
    assert ran.code == 1
    problems = {row["place"]: row["problem"] for row in ran.rows}
    assert "learner.first_name" in problems["B7"]
    assert problems["B8"]
