"""References found in formulas and moved with their rows, against formulas built from known pieces and a row model."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.formula import Tokenizer

from workbook.reports.engine.references import Reference, column_letters, column_number, parse, prefix, write
from workbook.reports.engine.rows import Each, Row, RowMap, RowSpec, tree

COLUMN = st.integers(1, 16_384).map(column_letters)
ROW = st.integers(1, 1_000_000)
DOLLAR = st.sampled_from(["", "$"])
NAME_LETTER = st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="[]:*?/\\")
SHEET = st.one_of(
    st.none(),
    st.text(NAME_LETTER, min_size=1, max_size=12),
    st.sampled_from(["Report", "My sheet", "O'Neil", "2026", "A1", "{{learner.name}}"]),
)  # fmt: skip


@dataclass(frozen=True)
class Ref:
    """A reference as a formula's author means it."""

    sheet: str | None
    left: str
    top: tuple[str, int]
    right: str = ""
    bottom: tuple[str, int] | None = None

    def text(self, down: int = 0) -> str:
        dollar, row = self.top
        written = prefix(self.sheet) + f"{self.left}{dollar}{row + down}"
        return f"{written}:{self.right}{self.bottom[0]}{self.bottom[1] + down}" if self.bottom else written


@st.composite
def references(draw: st.DrawFn) -> Ref:
    left = draw(DOLLAR) + draw(COLUMN)
    top = (draw(DOLLAR), draw(ROW))
    if draw(st.booleans()):
        return Ref(draw(SHEET), left, top)
    bottom = (draw(DOLLAR), top[1] + draw(st.integers(0, 500)))
    return Ref(draw(SHEET), left, top, draw(DOLLAR) + draw(COLUMN), bottom)


WORDS = st.sampled_from(
    ['"A1 and ""B2"""', "LOG10(1)", "Q1_2026", "TRUE", "1.5E3", "Marks[Now A1]", "Marks[[#This Row],[APL 1]]", "A1.x",
     "[1]Sheet1!A1", "'[Book.xlsx]A'!B2", "#N/A", "Rate", "XFE1", "A1048577", "ATAN2(1,2)", "{1,2;3,4}", "A:A", "é1"]
)  # fmt: skip
OPERATORS = st.sampled_from(["+", "-", "*", "&", "=", "<>", ">=", ",", " & ", "^"])


@given(st.lists(st.tuples(st.one_of(references(), WORDS), OPERATORS), min_size=1, max_size=6), st.integers(0, 40))
@settings(max_examples=300, deadline=None)
def test_every_reference_is_found_and_nothing_else(pieces: list[tuple[Ref | str, str]], down: int) -> None:
    def text(moved: int) -> str:
        return "SUM(" + "".join((p.text(moved) if isinstance(p, Ref) else p) + o for p, o in pieces) + "0)"

    def move(reference: Reference) -> str:
        return prefix(reference.sheet) + reference.write(reference.top + down, reference.bottom + down)

    assert write(parse(text(0)), move) == text(down)


def test_openpyxls_tokenizer_sees_the_same_references() -> None:
    for formula in (
        'IF(ISNUMBER(B5),SUM($B$5:B5)/COUNT(B$5:B$9),"B7")', "'My sheet'!A1+Sheet2!$C$3:$D$9*LOG10(A1)",
        "SUMIFS(Progress[Points],Progress[Learner ID],$A5)+INDEX(Lists!B2:C9,MATCH(A1,Lists!B2:B9,0),2)", "A1%+-B2^2",
    ):  # fmt: skip
        ranges = {t.value for t in Tokenizer("=" + formula).items if t.subtype == "RANGE" and "[" not in t.value}
        found = {_plain(part) for part in parse(formula) if isinstance(part, Reference)}
        assert found == {re.sub(r"'(\w+)'!", r"\1!", value) for value in ranges}


def _plain(reference: Reference) -> str:
    return re.sub(r"'(\w+)'!", r"\1!", prefix(reference.sheet)) + reference.write(reference.top, reference.bottom)


@given(st.integers(1, 16_384))
def test_column_letters(number: int) -> None:
    assert column_number(column_letters(number)) == number


def test_a_single_cell_knows_whether_it_is_handed_to_a_function_of_areas() -> None:
    formula = "SUM(A1,IF(B1>1,C1,(D1)))+AVERAGE( E1 )+F1+SUM(G1*2)+SUMPRODUCT(H1*I1)+COUNTIF(J1,K1)+MATCH(L1,M1,0)"
    found = "".join("ny"[part.gathers] for part in parse(formula) if isinstance(part, Reference))
    assert found == "ynnn" + "y" + "n" + "n" + "yy" + "yn" + "ny"


LISTS = st.sampled_from([(), (("s",),), (("s",), ("s", "d")), (("t",),)])


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[Row | Each], tuple[int, ...]]:
    """A tree of rows and counts enough for it."""
    specs = [RowSpec(number, draw(LISTS)) for number in range(1, draw(st.integers(2, 12))) if draw(st.integers(0, 4))]
    return tree(specs), tuple(draw(st.lists(st.integers(0, 3), min_size=200, max_size=200)))


@given(sheets(), st.integers(1, 14), st.integers(0, 6))
@settings(max_examples=300, deadline=None)
def test_rows_keep_their_order_and_areas_cover_all_that_their_rows_became(
    sheet: tuple[list[Row | Each], tuple[int, ...]], top: int, more: int
) -> None:
    rows = RowMap(*sheet)
    numbers = [placed.number for placed in rows.placed]
    assert numbers == sorted(set(numbers))
    known = set(_numbers(sheet[0]))
    expected = [placed.number for placed in rows.placed if top <= placed.template <= top + more]
    expected += [rows.plain(row) for row in range(top, top + more + 1) if row not in known]
    assert rows.span(top, top + more) == ((min(expected), max(expected)) if expected else None)
    covered = [row for first, last in rows.stretches(top, top + more) for row in range(first, last + 1)]
    assert covered == sorted(expected)
    free = [rows.plain(row) for row in range(1, 20) if row not in known]
    assert not set(free) & set(numbers) and free == sorted(set(free))


@given(sheets())
@settings(max_examples=200, deadline=None)
def test_copies_of_one_row_are_its_places(sheet: tuple[list[Row | Each], tuple[int, ...]]) -> None:
    rows = RowMap(*sheet)
    for number in _numbers(sheet[0]):
        places = [placed.number for placed in rows.placed if placed.template == number]
        assert [top for top, _, _ in rows.copies(number, number)] == places


def _numbers(nodes: list[Row | Each]) -> list[int]:
    return [n for node in nodes for n in ([node.number] if isinstance(node, Row) else _numbers(node.children))]
