"""Formulas of many kinds over repeated rows, worked out by LibreOffice and by hand, for lists of all lengths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.office import Office
from tests.reports.engine.making import VOCABULARY, make
from workbook.reports.engine.template import Template

SHAPES = [(), (0,), (1,), (3,), (0, 0), (2, 0, 1), (0, 4), (1, 1, 1, 1), (5, 0, 0, 2)]
"""How many drops each subject has, subject by subject."""


def page(book: Any, sheet: Any) -> None:
    sheet.write("A1", "{{if learner.pronouns}}{{learner.pronouns}}")
    sheet.write_row("A3", ["Subject", "Now", "Target", "Gap", "Share", "So far", "Drops"])
    sheet.write_row("A4", ["{{subject.name}}", "{{subject.current}}", "{{subject.target}}"])
    sheet.write_formula("D4", "=C4-B4")
    sheet.write_formula("E4", "=IF(SUM(B$4:B$4)=0,0,B4/SUM(B$4:B$4))")
    sheet.write_formula("F4", "=SUM(B$3:B4)")
    sheet.write_formula("G4", "=SUM(C5:C5)")
    sheet.write_row("B5", ["{{subject.drop.name}}", "{{subject.drop.points}}"])
    sheet.write("A6", "All")
    sheet.write_formula("B6", "=SUM(B4:B4)")
    sheet.write_formula("C6", "=SUM(C5)")
    sheet.write_formula("D6", '=MAX(B4)&"/"&COUNT(B4:B5)')
    sheet.write_formula("E6", '=IFERROR(INDEX(A4:A4,MATCH(MAX(B4:B4),B4:B4,0)),"none")')
    sheet.write_formula("F6", "=SUM(Points)-SUM(B4)")
    sheet.write_formula("G6", '=COUNTIF(B4:B4,">=3")+B6')
    sheet.write_formula("H6", "=SUM((B4,C4))+SUM((B4))")
    sheet.write_formula("I6", "=SUM(IF(B4>=3,B4,0))")
    sheet.write_formula("J6", '=ROWS(C4)&"/"&COUNTBLANK(A5)&"/"&COUNTIF(A4,"<>x")&"/"&SUM(IF(A4="S0",0,1))')
    sheet.write_formula("K6", "=SUMPRODUCT(--(A4<>0))+SUM(B4*2)+ROUND(SUM(B4),0)")
    book.define_name("Points", "=Report!$B$4")  # grows over the drops' names too, which are text
    other = book.add_worksheet("Other")
    other.write_formula("A1", "=SUM(Report!B4:B4)+Report!C6")
    other.write_formula("A2", "=COUNTA(Report!A3:A6)")


def learner(shape: tuple[int, ...], number: int) -> dict[str, Any]:
    subjects = [
        {
            "name": f"S{index}",
            "current": index * 2 + 1,
            "target": 6,
            "drop": [{"name": f"D{drop}", "points": drop + index + 0.5} for drop in range(drops)],
        }
        for index, drops in enumerate(shape)
    ]
    return {"learner": {"pronouns": "they" if number % 2 else None}, "subject": subjects}


@pytest.mark.office
def test_sums_by_hand(office: Office, tmp_path: Path) -> None:
    template = Template.open(make(page), VOCABULARY)
    for number, shape in enumerate(SHAPES):
        context = learner(shape, number)
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(template.render(context))
        read = office.recalculate(path)
        rows = [[value if value != "" else None for value in row] for row in read["Report"].rows]
        start = next(at for at, row in enumerate(rows) if row[0] == "Subject") + 1
        check(rows[start:], context["subject"])
        now = [subject["current"] for subject in context["subject"]]
        points = [drop["points"] for subject in context["subject"] for drop in subject["drop"]]
        assert read["Other"]["A1"] == sum(now) + sum(points)
        assert read["Other"]["A2"] == len(now) + 2


def check(rows: list[list[Any]], subjects: list[dict[str, Any]]) -> None:
    at, so_far = 0, 0
    now = [subject["current"] for subject in subjects]
    for subject in subjects:
        so_far += subject["current"]
        points = [drop["points"] for drop in subject["drop"]]
        expected = [subject["name"], subject["current"], 6, 6 - subject["current"], subject["current"] / sum(now)]
        assert rows[at][0] == expected[0] and rows[at][1:5] == pytest.approx(expected[1:])
        assert rows[at][5] == so_far
        assert rows[at][6] == sum(points)
        assert [row[2] for row in rows[at + 1 : at + 1 + len(points)]] == points
        at += 1 + len(points)
    last = rows[at]
    assert last[:3] == ["All", sum(now), sum(drop["points"] for subject in subjects for drop in subject["drop"])]
    assert last[3] == f"{max(now, default=0)}/{len(now)}"
    assert last[4] == (subjects[-1]["name"] if subjects else "none")
    many = [value for value in now if value >= 3]
    assert last[7:9] == [sum(now) * 2 + 6 * len(now), sum(many)]
    drops = sum(len(subject["drop"]) for subject in subjects)
    assert last[9] == f"{len(now)}/{drops}/{len(now)}/{max(len(now) - 1, 0)}"
    assert last[10] == len(now) + 3 * sum(now)
    assert (last[5], last[6]) == (0, sum(1 for value in now if value >= 3) + sum(now))
