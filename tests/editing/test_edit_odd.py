"""Trackers that other programs have saved, or that stand in the way: dealt with, or refused in a sentence."""

from __future__ import annotations

import re
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.editing.edit_workbook import NEW, SCORE, TWICE, audit, make_workbook, opened
from workbook.commands import beside
from workbook.editing import sheet as editing
from workbook.editing.edit import TableChange, edit
from workbook.model import CannotDo
from workbook.reading.read import read


@pytest.fixture
def tracker(tmp_path: Path) -> Path:
    return make_workbook(tmp_path / "tracker.xlsx")


def test_a_prefixed_sheet_and_a_table_below_are_dealt_with(tracker: Path, tmp_path: Path) -> None:
    prefixed, out = tmp_path / "prefixed.xlsx", tmp_path / "out.xlsx"
    with zipfile.ZipFile(tracker) as old, zipfile.ZipFile(prefixed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start = data.index(b"<worksheet")
                body = re.sub(rb"<extLst>.*?</extLst>", b"", data[start:])
                body = body.replace(b"</", b"</\0").replace(b"<", b"<x:").replace(b"<x:/\0", b"</x:")
                data = data[:start] + body.replace(b"xmlns=", b"xmlns:x=")
            new.writestr(name, data)
    edit(prefixed, out, {"Learners": TableChange(changed={5: {"form": "10A"}}, added=[NEW])})
    page = opened(out)
    assert [page.cell(n, 9).value for n in (5, 6, 7)] == ["10A", "11A", "10C"]


def test_the_order_of_calculation_goes_when_rows_come(tracker: Path, tmp_path: Path) -> None:
    with_chain, out = tmp_path / "chain.xlsx", tmp_path / "out.xlsx"
    with zipfile.ZipFile(tracker) as old, zipfile.ZipFile(with_chain, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "[Content_Types].xml":
                kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
                part = b'<Override PartName="/xl/calcChain.xml" ContentType="%s"/></Types>' % kind
                data = data.replace(b"</Types>", part)
            if name == "xl/_rels/workbook.xml.rels":
                kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
                link = b'<Relationship Id="rId99" Type="%s" Target="calcChain.xml"/></Relationships>' % kind
                data = data.replace(b"</Relationships>", link)
            new.writestr(name, data)
        main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        new.writestr("xl/calcChain.xml", b'<calcChain xmlns="%s"><c r="B5" i="1"/></calcChain>' % main)
    edit(with_chain, out, {"Learners": TableChange(added=[NEW])})
    names = zipfile.ZipFile(out).namelist()
    assert "xl/calcChain.xml" not in names
    assert b"calcChain" not in zipfile.ZipFile(out).read("[Content_Types].xml")
    assert audit(out) <= audit(tracker)


def test_what_stands_below_the_table_is_not_written_over(tracker: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(tracker)
    book["Learners"]["C8"] = "my sum"
    book.save(tmp_path / "below.xlsx")
    with pytest.raises(CannotDo, match="Something stands below the table of Learners, in C8"):
        edit(tmp_path / "below.xlsx", tmp_path / "out.xlsx", {"Learners": TableChange(added=[NEW] * 2)})
    edit(tmp_path / "below.xlsx", tmp_path / "out.xlsx", {"Learners": TableChange(added=[NEW])})


def rewritten(tracker: Path, part: str, change: Any) -> Path:
    """A copy of the tracker in which one part's text is another."""
    copy = tracker.with_name("rewritten.xlsx")
    with zipfile.ZipFile(tracker) as old, zipfile.ZipFile(copy, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()) if name == part else data)
    return copy


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"),
        lambda text: re.sub(r'<(c) r="[A-Z]+\d+"|<(row) r="5"', r"<\1\2", text),
        lambda text: text.replace("<sheetData>", "<sheetData><!-- saved by hand -->"),
    ],
)
def test_rare_spellings_of_a_sheet(tracker: Path, tmp_path: Path, change: Any) -> None:
    odd, out = rewritten(tracker, "xl/worksheets/sheet2.xml", change), tmp_path / "out.xlsx"
    row = {"learner_id": "S002", "date": date(2026, 9, 8), "type": "Phone"}
    edit(odd, out, {"Behaviour": TableChange({5: {"where": "Yard"}}, [row])})
    assert read(out)["Behaviour"]["learner_id"] == ["0012", "S002"]
    assert read(out)["Behaviour"]["where"] == ["Yard", None]


def test_a_totals_row_is_in_the_way(tracker: Path, tmp_path: Path) -> None:
    with_totals = rewritten(
        tracker, "xl/tables/table1.xml", lambda text: text.replace('totalsRowShown="0"', 'totalsRowCount="1"')
    )
    with pytest.raises(CannotDo, match="has a totals row"):
        edit(with_totals, tmp_path / "out.xlsx", {"Learners": TableChange(added=[NEW])})


def test_merged_cells_below_are_in_the_way(tracker: Path, tmp_path: Path) -> None:
    cells = '</sheetData><mergeCells count="1"><mergeCell ref="B7:C8"/></mergeCells>'
    merged = rewritten(tracker, "xl/worksheets/sheet1.xml", lambda text: text.replace("</sheetData>", cells))
    with pytest.raises(CannotDo, match="the cells B7:C8 are merged"):
        edit(merged, tmp_path / "out.xlsx", {"Learners": TableChange(added=[NEW])})


def shared(text: str) -> str:
    """The user's own formulas as Excel shares them among the cells of a column."""
    text = text.replace(f"<f>{SCORE}5*2</f>", f'<f t="shared" ref="{TWICE}5:{TWICE}6" si="3">{SCORE}5*2</f>')
    return text.replace(f"<f>{SCORE}6*2</f>", '<f t="shared" si="3"/>')


def test_formulas_that_cells_share(tracker: Path, tmp_path: Path) -> None:
    odd, out = rewritten(tracker, "xl/worksheets/sheet1.xml", shared), tmp_path / "out.xlsx"
    edit(odd, out, {"Learners": TableChange({6: {"year": 10}}, [NEW])})
    page = opened(out)
    assert [page[f"{TWICE}{number}"].value for number in (5, 6, 7)] == [f"={SCORE}5*2", f"={SCORE}6*2", f"={SCORE}7*2"]


def test_a_typed_cell_does_not_break_a_formula_that_others_share(tracker: Path, tmp_path: Path) -> None:
    def spoilt(text: str) -> str:
        formula = r'<c r="I5"\1><f t="shared" ref="I5:I6" si="9">H5</f><v>1</v>'
        return re.sub(r'<c r="I5"([^>]*?) t="s"><v>\d+</v>', formula, text)

    odd = rewritten(tracker, "xl/worksheets/sheet1.xml", spoilt)
    with pytest.raises(CannotDo, match="I5 holds a formula that other cells share"):
        edit(odd, tmp_path / "out.xlsx", {"Learners": TableChange({5: {"form": "10C"}})})


def test_a_formula_that_someone_wrote_over_is_left_for_the_check(tracker: Path, tmp_path: Path) -> None:
    odd = rewritten(
        tracker,
        "xl/worksheets/sheet1.xml",
        lambda text: re.sub(r'(<c r="B5"[^>]*>)<f>.*?</f><v></v>', r"\1<v>7</v>", text),
    )
    edit(odd, tmp_path / "out.xlsx", {"Learners": TableChange({5: {"form": "10D", "name": "Zoë O'Neil"}})})
    assert opened(tmp_path / "out.xlsx")["B5"].value == 7
    assert "formula-overwritten" in {problem.code for problem in read(tmp_path / "out.xlsx").problems}


def test_an_array_formula_belongs_to_its_own_cell(tracker: Path, tmp_path: Path) -> None:
    def arrays(text: str) -> str:
        return text.replace(
            f"<calculatedColumnFormula>{SCORE}5*2", '<calculatedColumnFormula array="1">SUM(Learners[Year])'
        )

    odd, out = rewritten(tracker, "xl/tables/table1.xml", arrays), tmp_path / "out.xlsx"
    edit(odd, out, {"Learners": TableChange(added=[NEW])})
    formula = opened(out)[f"{TWICE}7"].value
    assert (formula.ref, formula.text) == (f"{TWICE}7", "=SUM(Learners[Year])")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are split off on Linux only")
@pytest.mark.parametrize("day", [None, date(2011, 9, 1)])
def test_rows_written_by_two_processes_are_those_that_one_writes(
    tmp_path: Path, day: date | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Changed and new ones, blank ones filled, and dates in rows of the second one, for which the styles grow."""
    rows = [{"learner_id": f"S{n:03}", "first_name": "Ada", "surname": "Example", "year": 10} for n in range(20)]
    tracker = make_workbook(tmp_path / "tracker.xlsx", {"Learners": rows}, blank_rows=2)
    values: list[Any] = [{"notes": "Hello"}, {"notes": day or "Hello"}]
    change = TableChange(
        {row: values[9 < row < 17] for row in range(6, 24, 3)}, [{"learner_id": f"N{n}"} | values[0] for n in range(9)]
    )
    edit(tracker, tmp_path / "one.xlsx", {"Learners": change})
    monkeypatch.setattr(beside, "_can_split", lambda: True)
    monkeypatch.setattr(beside, "WORTH", 1)
    monkeypatch.setattr(editing, "_AT_ONCE", 2)
    edit(tracker, tmp_path / "two.xlsx", {"Learners": change}, beside=beside.beside, spread=beside.spread)
    assert (tmp_path / "two.xlsx").read_bytes() == (tmp_path / "one.xlsx").read_bytes()
    assert len(read(tmp_path / "two.xlsx")["Learners"]) == 29
