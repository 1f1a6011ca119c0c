"""To the right people: a copy for each contact, large print for those who read it, what the law asks for."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.commands.run import run
from tests.reports.content.college import AMIRA, FULL, ON, SAM, learner, progress, week
from tests.reports.content.college import tracker as college
from workbook.measures.snapshot import Snapshot
from workbook.reading.read import read
from workbook.reports.content.learner import contexts
from workbook.reports.content.statutory import lacking, not_printed
from workbook.reports.output.before_sending import questions
from workbook.reports.output.run import Manner, Run
from workbook.reports.output.template_files import find, open_template


def contacts(tracker: Path) -> dict[str, list[dict[str, object]]]:
    """Those with parental responsibility to whom reports are sent, by learner."""
    found: dict[str, list[dict[str, object]]] = {}
    for row in read(tracker)["Parents"].records():
        if row["parental_responsibility"] == "Yes" and row["send_reports"] == "Yes":
            found.setdefault(str(row["learner_id"]), []).append(row)
    return found


def test_each_contact_has_a_copy_with_the_name_on_it_where_the_template_names_one(
    tracker: Path, tmp_path: Path
) -> None:
    people = contacts(tracker)
    who = next(one for one, those in people.items() if len(those) == 2)
    assert "2 reports for 1 learner made" in run("report", tracker, "--out", tmp_path, "--learner", who).out
    made = sorted(tmp_path.glob("*.xlsx"))
    said = {str(openpyxl.load_workbook(path).active["A2"].value).rpartition(" · for ")[2] for path in made}
    assert len(made) == 2 and said == {str(one["name"]) for one in people[who]}
    assert run("report", tracker, "--out", tmp_path / "one", "--learner", who, "--one-copy").code == 0
    (one,) = (tmp_path / "one").glob("*.xlsx")
    assert " for " not in str(openpyxl.load_workbook(one).active["A2"].value)
    for option, count in ((), 1), (("--copies",), 2):  # a pack names nobody
        out = tmp_path / f"pack {count}"
        run("report", tracker, "--out", out, "--learner", who, "--template", "progress_day_pack", *option)
        assert len(list(out.glob("*.xlsx"))) == count


def test_large_print_is_for_those_at_home_who_read_it(tracker: Path, tmp_path: Path) -> None:
    large = {who for who, those in contacts(tracker).items() if any(one["large_print"] == "Yes" for one in those)}
    assert large
    told = run("report", tracker, "--out", tmp_path, "--large-print")
    assert "with nobody who reads large print" in told.out
    assert "large-print:" not in told.out, "they are being made in it"
    assert "large print (--large-print)." in run("report", tracker, "--out", tmp_path / "usual").out
    made = list(tmp_path.glob("*.xlsx"))
    assert {next(word for word in path.stem.split() if word.startswith("L1")) for path in made} <= large and made
    readers = {str(one["name"]) for who in large for one in contacts(tracker)[who] if one["large_print"] == "Yes"}
    assert {path.stem.rpartition(" to ")[2].removesuffix(" parent report large print") for path in made} <= readers
    page = openpyxl.load_workbook(made[0]).active
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (8, "landscape")
    assert page.page_setup.scale == 169 and not page.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize(
    "name", ["annual_report", "certificate", "attendance_letter", "form_summary", "learner_profile"]
)
def test_every_template_can_be_large_and_its_width_fits_the_paper(name: str, tracker: Path, tmp_path: Path) -> None:
    told = run(
        "report", tracker, "--out", tmp_path, "--template", name, "--learner", "L10002", "--large-print", "--all"
    )
    assert told.code == 0
    (path,) = tmp_path.glob("*.xlsx")
    page = openpyxl.load_workbook(path).worksheets[0]
    assert page.page_setup.scale >= 100
    last = openpyxl.utils.cell.range_boundaries(page.print_area.rpartition("!")[2].replace("$", ""))[2]
    widths = [one.width for one in page.column_dimensions.values() for at in range(one.min, one.max + 1) if at <= last]
    inches = sum(widths) * 5.25 / 72 * page.page_setup.scale / 100
    assert len(widths) == last
    assert inches <= 16.54 - page.page_margins.left - page.page_margins.right


def test_the_language_stands_on_the_cover_list(tracker: Path, tmp_path: Path) -> None:
    assert run("report", tracker, "--out", tmp_path, "--one-workbook", "--form", "10A").code == 0
    front = openpyxl.load_workbook(tmp_path / "parent report.xlsx").worksheets[0]
    rows = list(front.iter_rows(min_row=4, values_only=True))
    assert list(rows[0]) == ["Learner", "Form", "Learner ID", "For", "Language", "Large print"]
    told = {row[2:4]: [one or "" for one in row[4:]] for row in rows[1:]}
    known = {
        (who, str(one["name"])): [
            "" if one["language"] == "English" else one["language"], "Yes" if one["large_print"] == "Yes" else "",
        ]
        for who, those in contacts(tracker).items() for one in those
    }  # fmt: skip
    assert told == {key: known[key] for key in told} and len(told) > 12


def test_whom_nobody_is_to_be_sent_to_by_hand() -> None:
    """Amira has nobody, Sam one who must have no copy and one who has: by template, --all, --one-copy, --copies."""
    yes = {"parental_responsibility": "Yes", "send_reports": "Yes"}
    made = college(
        Learners=[AMIRA, SAM],
        Parents=[
            {"learner_id": "L2", "name": "Ms O", **yes},
            {"learner_id": "L2", "name": "Mr O", **yes, "send_reports": "Do not send"},
        ],
    )

    def reports(template: str, **how: bool) -> tuple[list[str], list[str], list[str]]:
        run = Run.of(Snapshot(made, ON), find(template), ["L1", "L2"], Manner(**how))  # type: ignore[arg-type]
        asked = [one.code for one in questions(made, ON, run) if one.code in ("nobody", "do-not-send", "no-copy")]
        return [name for name, _ in run.reports], [one.learner_id for one in run.left_out], asked

    amira, sam = "10A Amira Okafor L1", "10A Sam O'Neil L2"
    assert reports("parent_report") == ([amira, f"{sam} to Ms O"], [], ["no-copy", "nobody"])
    assert reports("annual_report", copies=False) == ([amira, sam], [], ["do-not-send", "nobody"])
    assert reports("progress_day_pack") == ([amira, sam], [], ["do-not-send", "nobody"])
    assert reports("progress_day_pack", copies=True) == ([amira, f"{sam} to Ms O"], [], ["no-copy", "nobody"])
    assert reports("attendance_letter") == ([], ["L1", "L2"], [])
    for template in ("parent_report", "annual_report", "progress_day_pack", "certificate"):
        run = Run.of(Snapshot(made, ON), find(template), ["L1"], Manner(everyone=True))
        (nobody,) = [one for one in questions(made, ON, run) if one.code == "nobody"]
        assert (nobody.name, nobody.sheet, nobody.cell) == ("Amira Okafor", "Learners", "A5")
    assert reports("attendance_letter", everyone=True) == ([amira, f"{sam} to Ms O"], [], ["no-copy", "nobody"])


def test_what_the_law_asks_for_by_hand() -> None:
    """Amira has all of it; Sam has a subject without a word, one without a level, no register, activity nor mentor."""
    sam = {**SAM, "mentor": None, "year": 11}
    made = college(
        Learners=[AMIRA, sam, learner("L3", "Kit", "Ash")],
        Progress=[
            progress("L1", "English", apl_1="APL3", comment="Reads a lot."),
            progress("L2", "English", apl_1="APL3"),
            progress("L2", "Maths"),
        ],
        Registers=[week("L1", ON.replace(day=7), FULL)],
        Achievements=[{"learner_id": "L1", "date": ON, "what": "Sang.", "type": "Kindness"}],
    )  # fmt: skip
    found: dict[str, list[str]] = {}
    for one in lacking(made, contexts(made, ON)):
        found.setdefault(one.learner_id, []).append(f"{one.code} {one.where}")
    at, row = made["Progress"].cell, made["Subjects"].cell
    assert found == {
        "L2": [f"law-subject Progress {at('comment', 1)}", f"law-qualification Subjects {row('qualification', 0)}",
               f"law-subject Progress {at('comment', 2)}", f"law-qualification Subjects {row('qualification', 1)}",
               "law-attendance Registers", "law-activities Achievements",
               f"law-discuss Learners {made['Learners'].cell('mentor', 1)}"],
        "L3": ["law-progress Progress", "law-attendance Registers", "law-activities Achievements"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("taken_out", "codes"),
    [
        ("", []),
        ("attendance.sentence", ["law-attendance"]),
        ("achievement", ["law-activities"]),
        ("mentor", ["law-discuss"]),
        ("subject", ["law-subject", "law-qualification"]),
        ("subject.qualification", ["law-qualification"]),
    ],
)
def test_a_template_that_leaves_out_a_part_of_the_law_is_told(taken_out: str, codes: list[str]) -> None:
    """Possible sessions still stand in its table of half terms; not the share of unauthorised ones."""
    names = {ask.name for ask in open_template(find("annual_report"))[0].asks()}
    left = {name for name in names if not taken_out or not (f"{name}.").startswith(f"{taken_out}.")}
    assert [one.code for one in not_printed(left, last_year=True)] == codes
    assert "law-qualification" not in {one.code for one in not_printed(left, last_year=False)}


def test_an_annual_report_is_asked_what_the_law_asks(tracker: Path, tmp_path: Path) -> None:
    stopped = run("report", tracker, "--out", tmp_path, "--template", "annual_report", "--strict")
    assert stopped.code == 1 and "law-activities" in stopped.out and "Nothing was made" in stopped.out
    assert "law-" not in run("report", tracker, "--out", tmp_path / "p").out
