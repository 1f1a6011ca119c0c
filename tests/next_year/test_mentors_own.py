"""A tracker that a mentor has made her own comes through the year's turn cell by cell, as another library reads it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from tests.commands.run import run
from tests.keeping import by_hand
from tests.seen import seen
from workbook.model import SHEETS, key_of
from workbook.next_year.turn import Wish, planned
from workbook.reading.read import read

YELLOW = PatternFill("solid", fgColor="FFFF00")


def own(path: Path) -> Path:
    """Own columns and sheets, own formulas, a hidden row, colours, notes, a renamed heading."""
    book = openpyxl.load_workbook(by_hand.write(path))
    learners, targets = book["Learners"], book["Targets"]
    heads = {cell.value: cell for cell in learners[4]}
    heads["Pronouns"].value = "Says"
    next(one for one in learners.tables["Learners"].tableColumns if one.name == "Pronouns").name = "Says"
    learners[f"{heads['Pronouns'].column_letter}6"] = "they"
    learners.row_dimensions[6].hidden = True
    targets["F5"].comment, targets["F5"].fill = Comment("ask her aunt", "J"), YELLOW
    plan = book.create_sheet("My plan")
    plan.append(["Term", "What", "Done"])
    plan.append(["Autumn", "Ring every family", "=COUNTA(Learners!A5:A10)"])
    plan["B4"], plan["B4"].fill, plan["C4"] = 2.5, YELLOW, "=B4*2"
    plan.merge_cells("A6:C6")
    plan["A6"] = "Remember the trip"
    book.save(path)
    return path


def a_sample(path: Path) -> Path:
    """The tracker of the demo, smaller."""
    assert run("sample", path, "--learners", 12).code == 0
    return path


def rows_of(sheet: Any, table: str) -> tuple[dict[str, int], list[int]]:
    """The columns of a table by heading, and its rows."""
    area = sheet.tables[table].ref
    cells = sheet[area]
    return {str(cell.value): cell.column for cell in cells[0]}, [row[0].row for row in cells[1:]]


Turned = Callable[[Callable[[Path], Path]], tuple[Path, Path]]


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Turned:
    """A tracker and the one of its next year, made once."""

    @cache
    def turn(made_by: Callable[[Path], Path]) -> tuple[Path, Path]:
        folder = tmp_path_factory.mktemp("years")
        old, new = made_by(folder / "old.xlsx"), folder / "new.xlsx"
        assert run("next-year", old, "--out", new).code == 0
        return old, new

    return turn


@pytest.mark.slow
@pytest.mark.parametrize("made_by", [own, a_sample])
def test_every_entry_cell_is_kept_changed_as_planned_or_left_with_its_reason(
    turned: Turned, made_by: Callable[[Path], Path]
) -> None:
    old, new = turned(made_by)
    plan = planned(read(old), Wish())
    before, after = seen(old), seen(new)
    compared = 0
    for one in SHEETS:
        if one.table == "Lists":
            continue  # forms that are new are put in
        (columns, rows), (there, made) = (rows_of(book[one.name], one.table) for book in (before, after))
        assert columns == there, one.name
        kept = [row for row in rows if row not in plan.gone.get(one.table, {})]
        for row, to in zip(kept, made[: len(kept)], strict=True):
            changed = plan.changed.get(one.table, {}).get(row, {})
            for heading, column in columns.items():
                known = one.by_key.get(key_of(heading))
                if known is not None and known.computed:
                    continue
                cells = [book[one.name].cell(place, column) for book, place in ((before, row), (after, to))]
                was, now = (getattr(cell.value, "date", lambda value=cell.value: value)() for cell in cells)
                wanted = changed.get(key_of(heading), was)
                assert now == getattr(wanted, "date", lambda value=wanted: value)(), (one.name, heading, row)
                looks = [(cell.fill.fgColor.rgb, cell.comment and cell.comment.text) for cell in cells]
                assert looks[0] == looks[1], (one.name, heading, row)
                compared += was is not None
    told = run("next-year", old, "--json").rows
    lists = sum(int(str(row["cells"])) for row in told if row["sheet"] == "Lists")
    stayed = [row for row in told if row["becomes"] == "stays behind"]
    emptied = sum(len([1 for value in cells.values() if value is None]) for rows in plan.changed.values()
                  for cells in rows.values())  # fmt: skip
    gone = sum(int(str(row["cells"])) for row in stayed)
    assert compared + gone - emptied == sum(int(str(row["cells"])) for row in told) - lists
    assert all(row["why"] for row in stayed)


@pytest.mark.slow
def test_sheets_of_her_own_are_as_they_were_and_no_row_is_hidden_any_more(turned: Turned) -> None:
    old, new = turned(own)
    before, after, stored = (seen(path, data_only=stored) for path, stored in
                             ((old, False), (new, False), (new, True)))  # fmt: skip
    one, other = before["My plan"], after["My plan"]
    moved = {"C2": "=COUNTA(Learners!A5:A8)"}  # two of six learners leave
    for row in one.iter_rows():
        for cell in row:
            now = other[cell.coordinate]
            assert now.value == moved.get(cell.coordinate, cell.value) and now.fill.fgColor.rgb == cell.fill.fgColor.rgb
    assert [str(area) for area in other.merged_cells.ranges] == ["A6:C6"]
    assert [stored["My plan"][cell].value for cell in ("C2", "C4")] == [4, 5]
    learners = after["Learners"]  # rows have moved, so one that is hidden would now hide somebody else
    assert not [number for number, row in learners.row_dimensions.items() if row.hidden]
    assert "A102" in [learners.cell(number, 1).value for number in range(5, 9)]
