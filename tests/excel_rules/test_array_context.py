"""The judge of array contexts: seen to find each kind of fault, then held against every formula of every writer."""

from __future__ import annotations

import pytest

from tests.excel_rules.array_context import Judge, faults
from tests.excel_rules.book import BookFile
from tests.excel_rules.writers import WHOLE_TRACKERS

FEWEST = 3_000
"""Formulas of a whole tracker, at least, so that none goes unread."""
NAMES = {"one": False, "many": True}
FINE = (
    "SUM(A1:A5)",
    'SUMPRODUCT((A1:A5>2)*(B1:B5="x"))',
    "SUMPRODUCT(--(LEN(A1:A5)>0))",
    'LOOKUP(2,1/(T[[#This Row],[APL 1]:[APL 6]]<>""),{1,2,3,4,5,6})',
    "AGGREGATE(15,6,ROW(A1:A9)/(A1:A9>1),1)",
    "MATCH(1,INDEX((A1:A3=1)*(B1:B3=2),0),0)",
    'IF(A1=1,T[[#This Row],[x y]],"")',
    'COUNTIFS(T[a],A1,T[b],">"&B1)',
    "INDEX(T[a],MATCH(A1,T[b],0))+1",
    "MAX(A1:A5)-one",
)
WRONG = (
    "A1:A5>2",
    "A1:A5",
    "SUM((A1:A5>2)*1)",
    "LEN(A1:A5)",
    "SUMPRODUCT(IF(A1:A5>1,1,0))",
    "SUMPRODUCT(IFERROR(A1:A5,0))",
    "SUMPRODUCT(CHOOSE({1,2},A1:A2,B1:B2))",
    "MATCH(1,(A1:A3=1)*(B1:B3=2),0)",
    "MAX(IF(A1:A5=1,B1:B5))",
    "AGGREGATE(9,6,A1:A5*B1:B5)",
    'T[a]&"x"',
    "many+1",
    "COUNTIFS(T[a],T[b])",
    "INDEX(T[a],0)*2",
    "T[[#This Row],[a]:[b]]=1",
    'OR(A1:A5="x")',
    "IFERROR(1/A1:A3,0)",
    "INDEX(A1:A5,B1:B5)",
    "TRIM(T[a])",
    "SUMPRODUCT(INDEX(A1:A5,B1:B5))",
)
IN_NAMES = {"IF(A1:A5>1,B1:B5)": True, "A1:A5*2": True, "INDEX(A1:A5,B1:B5)": False, "SUM(OFFSET(A1,B1:B5,0))": False}


@pytest.mark.parametrize("formula", FINE)
def test_what_excel_works_out_is_let_pass(formula: str) -> None:
    assert list(faults(formula, NAMES)) == []


@pytest.mark.parametrize("formula", WRONG)
def test_what_excel_does_not_work_out_is_found(formula: str) -> None:
    assert list(faults(formula, NAMES))


@pytest.mark.parametrize("formula", IN_NAMES)
def test_what_a_name_says_is_one_whole_array_context(formula: str) -> None:
    assert (list(faults(formula, NAMES, of_name=True)) == []) is IN_NAMES[formula]


@pytest.mark.slow
def test_no_formula_of_any_writer_asks_one_value_of_many_cells(written: dict[str, BookFile]) -> None:
    judge = Judge()
    read = {writer: judge.read(writer, book) for writer, book in written.items()}
    assert judge.wrong == []
    assert all(read[writer] > FEWEST for writer in WHOLE_TRACKERS)


PLACES = {
    "cell": ("c/{*}f", "SUM((A1:A5>2)*1)"),
    "rule": ("cfRule/{*}formula", 'OR(A1:A5="x")'),
    "list": ("dataValidation/{*}formula1", "A1:A5*2"),
    "name": ("definedName", "SUM(OFFSET(A1,B1:B5,0))"),
    "table column": ("calculatedColumnFormula", "LEN(A1:A5)"),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", PLACES)
def test_a_fault_in_each_kind_of_place_of_a_whole_tracker_is_found(written: dict[str, BookFile], kind: str) -> None:
    path, formula = PLACES[kind]
    book = BookFile(written["new"].path)
    trees = [book.workbook, *(tree for _, _, tree in book.sheets), *(tree for _, _, tree in book.tables)]
    place = next(found for tree in trees for found in tree.iterfind(f".//{{*}}{path}") if found.text)
    place.text = formula
    judge = Judge()
    judge.read("new", book)
    assert [one.text for _, one, _ in judge.wrong] == [formula]
