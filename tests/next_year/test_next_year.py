"""The year's turn loses no cell: each is kept, changed or left behind with its reason, in a file that opens clean."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from tests.commands.run import refused, run
from tests.keeping import by_hand
from tests.seen import seen
from workbook.fewer.own_formulas import own_results
from workbook.measures.computed import computed
from workbook.model import SHEETS
from workbook.package.guard import guarded
from workbook.reading.read import read


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    folder = tmp_path_factory.mktemp("year")
    old, new = by_hand.write(folder / "old.xlsx"), folder / "new.xlsx"
    before = old.read_bytes()
    ran = run("next-year", old, "--out", new, "--form", "Oak=Elm", "--baselines")
    assert ran.code == 0, ran
    assert old.read_bytes() == before, "the old tracker is the archive"
    return old, new, ran.out


def filled(path: Path) -> Counter[str]:
    """The filled entry cells of each sheet, as another library counts them: the oracle of the account."""
    book, found = seen(path), Counter[str]()
    for one in SHEETS:
        sheet = book[one.name]
        area = sheet.tables[one.table].ref
        head, *rows = sheet[area]
        own = [
            n for n, cell in enumerate(head) if not ((column := one.by_key.get(key(cell.value))) and column.computed)
        ]
        for row in rows:
            found[one.name] += sum(row[n].value is not None for n in own)
    return found


def key(heading: object) -> str:
    from workbook.model import key_of

    return key_of(str(heading))


def account(path: Path, *words: str) -> list[dict[str, object]]:
    return run("next-year", path, "--json", *words).rows


def test_every_filled_cell_is_accounted_for_once(made: tuple[Path, Path, str]) -> None:
    told = account(made[0], "--form", "Oak=Elm", "--baselines")
    before, after = Counter[str](), Counter[str]()
    for row in told:
        before[str(row["sheet"])] += int(str(row["cells"]))
        after[str(row["sheet"])] += int(str(row["cells"])) if row["becomes"] != "stays behind" else 0
    assert {name: count for name, count in filled(made[0]).items() if count} == dict(before)
    there = filled(made[1])
    new = {"11A", "Elm"} - set(read(made[0])["Lists"]["forms"])
    assert "Elm" in new and there["Lists"] == after.pop("Lists") + len(new), "forms that the list did not have"
    assert {name: there[name] for name in after} == dict(after)
    assert all(row["why"] for row in told if row["becomes"] != "kept")


def test_who_moves_up_and_what_comes_along(made: tuple[Path, Path, str]) -> None:
    new = read(made[1])
    learners = new["Learners"]
    people = list(zip(learners["learner_id"], learners["year"], learners["form"], strict=True))
    assert people == [(by_hand.ID, 11, "11A"), ("A102", 11, "11A"), ("A105", 11, "Elm"), ("0017", 11, "11A")]
    assert learners.columns["house"] == ["Red", "Blue", 7, "Blue"]
    assert [len(new[name]) for name in ("Registers", "Diary", "Behaviour", "Parents", "Transition")] == [0, 0, 0, 3, 1]
    assert new["Targets"]["learner_id"] == ["A102", by_hand.ID] and new["Targets"].columns["room"] == ["R1", "R3"]
    assert new["Interventions"]["group"] == ["Breakfast"], "nobody is left in the other group"
    assert new["Contacts"]["summary"] == ["will ring again"], "its follow-up is open"
    progress = new["Progress"]
    assert set(progress["baseline"]) == {"4"} and set(progress["target"]) == {"6"}
    assert all(one is None for drop in range(1, 7) for one in progress[f"apl_{drop}"])
    assert new.settings["academic_year"] == "2027-28" and new.settings["destination_by"] == date(2028, 3, 31)
    assert new["Terms"]["start"][0] == date(2027, 8, 31) and new["Drops"]["drop"] == [1, 2, 3, 4, 5, 6]
    assert "Elm" in new["Lists"]["forms"]


def test_the_new_tracker_is_clean_and_its_figures_right(made: tuple[Path, Path, str]) -> None:
    checked = run("check", made[1])
    assert checked.code == 0, checked.out
    tracker, stored = read(made[1]), seen(made[1], data_only=True)
    figures = computed(tracker)
    for one in SHEETS:
        for column in one.computed:
            letter = tracker[one.table].letters[column.key]
            shown = [stored[one.name][f"{letter}{row}"].value for row in tracker[one.table].rows]
            wanted = figures[one.table][column.key]
            assert all(
                a == b or (a in (None, "") and b is None) or isinstance(a, date)
                for a, b in zip(shown, wanted, strict=True)
            )
    own = seen(made[1])["Trips"]
    assert own["A3"].value == "A102" and own["E3"].value == "=#REF!", "Cornelia left; sheets of one's own stay"
    assert seen(made[1])["Form view"]["C3"].value in ("11A", "Elm")


def test_formulas_of_ones_own_have_their_results(made: tuple[Path, Path, str]) -> None:
    """By hand: four come along, all in Year 11; the first is Zephyrine; the trip took 18 pounds."""
    trips = seen(made[1], data_only=True)["Trips"]
    assert [trips[cell].value for cell in ("E2", "E3", "E4", "E5", "K1")] == ["Zephyrine", "#REF!", 44, 1, "Report"]


def test_a_formula_is_worked_out_or_waits(made: tuple[Path, Path, str]) -> None:
    """What Excel gives, worked out by hand; what changes from day to day or nobody knows is no result."""
    told = {
        'COUNTIF(Learners[Form],"11A")': ("", "3"), 'COUNTIFS(Registers[Learner ID],"A102")': ("", "0"),
        'IFERROR(INDEX(Learners[Surname],MATCH("A102",Learners[Learner ID],0)),"-")': ("str", "Oakley"),
        "1/0": ("e", "#DIV/0!"), 'IF(own="","none","some")': ("str", "some"), 'A1&"x<"': ("str", "3x&lt;"),
        "AND(A1=3,TRUE)": ("b", "1"), "TODAY()-DATE(2026,9,1)": None, "NOSUCH(1)": None,
    }  # fmt: skip
    formulas = {f"A{row}": formula for row, formula in enumerate(told, start=1)}
    book, whole = openpyxl.load_workbook(made[1]), io.BytesIO()
    own = book.create_sheet("Own")
    for cell, formula in formulas.items():
        own[cell] = f"={formula}"
    book.defined_names["own"] = DefinedName("own", attr_text="Trips!$A$3")
    book.save(whole)
    found = own_results(guarded(whole.getvalue(), made[1]), {"Own": formulas})["Own"]
    assert [found.get(cell) for cell in formulas] == list(told.values())


@pytest.mark.slow
def test_twice_gives_the_same_bytes_and_without_out_nothing_is_written(
    made: tuple[Path, Path, str], tmp_path: Path
) -> None:
    again = tmp_path / "again.xlsx"
    run("next-year", made[0], "--out", again, "--form", "Oak=Elm", "--baselines")
    assert again.read_bytes() == made[1].read_bytes()
    shown = run("next-year", made[0])
    assert shown.code == 1 and "Nothing was written" in shown.out and "10A" in shown.out and "11A" in shown.out


def test_refusals_are_one_sentence(made: tuple[Path, Path, str], tmp_path: Path) -> None:
    old = made[0]
    assert "10Z" in refused(run("next-year", old, "--form", "10Z=11Z", "--out", tmp_path / "x.xlsx"))
    assert "10A=11A" in refused(run("next-year", old, "--form", "10A", "--out", tmp_path / "x.xlsx"))
    assert "already" in refused(run("next-year", old, "--out", made[1]))
    assert "A999" in refused(run("next-year", old, "--stay", "A999"))
    assert not (tmp_path / "x.xlsx").exists()


@pytest.mark.office
def test_libreoffice_opens_it_and_works_out_the_same(made: tuple[Path, Path, str], office) -> None:  # type: ignore[no-untyped-def]
    tracker = read(made[1])
    worked = office.recalculate(made[1], ["Learners", "Progress", "Terms", "Grid"])
    figures = computed(tracker)
    for name, key in (
        ("Learners", "name"),
        ("Learners", "on_roll"),
        ("Progress", "form"),
        ("Progress", "baseline_points"),
    ):
        letter = tracker[name].letters[key]
        shown = [worked[name][f"{letter}{row}"] for row in tracker[name].rows]
        assert shown == [("" if one is None else one) for one in figures[name][key]], (name, key)
