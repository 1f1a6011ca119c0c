"""References of every kind, found and moved: against formulas built from known pieces and openpyxl's own judgement."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from openpyxl.formula import Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from workbook.reading.outline import column_number
from workbook.reading.references import Name, Reference, parse, prefix, shifted, write

COLUMN = st.integers(1, 16_384).map(get_column_letter)
ROW = st.integers(1, 1_000_000)
DOLLAR = st.sampled_from(["", "$"])
NAME_LETTER = st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="[]:*?/\\")
PREFIXES = ("Report!", "'My sheet'!", "'O''Neil'!", "'2026'!", "'A1'!", "Autumn:Summer!", "'My A:My B'!", "[1]Sheet!",
            "'[Book 2.xlsx]A'!", "[1]Autumn:Summer!", "'{{learner.name}}'!")  # fmt: skip
PREFIX = st.one_of(st.just(""), st.sampled_from(PREFIXES), st.text(NAME_LETTER, min_size=1, max_size=9).map(prefix))


@dataclass(frozen=True)
class Ref:
    """A reference as a formula's author means it: how it reads when all that is not fixed goes down and right."""

    prefix: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, int], ...]

    def text(self, down: int = 0, right: int = 0) -> str:
        right *= {c for _, c in self.columns} != {1, 16_384}  # whole rows, which Excel leaves however they are written
        columns = sorted((c + right * (not dollar), dollar) for dollar, c in self.columns)
        rows = sorted((r + down * (not dollar), dollar) for dollar, r in self.rows)
        if any(c > 16_384 for c, _ in columns) or any(r > 1_048_576 for r, _ in rows):
            return "#REF!"
        ends = [[f"{dollar}{get_column_letter(c)}" for c, dollar in columns], [f"{dollar}{r}" for r, dollar in rows]]
        return self.prefix + ":".join("".join(end) for end in zip(*(end for end in ends if end), strict=True))


@st.composite
def references(draw: st.DrawFn) -> Ref:
    count = draw(st.integers(1, 2))
    columns = tuple((draw(DOLLAR), draw(st.integers(1, 16_384))) for _ in range(count))
    rows = tuple((draw(DOLLAR), draw(ROW)) for _ in range(count))
    if count == 2:  # ends that stand at one place may carry their $ either way round
        assume(columns[0][1] != columns[1][1] and rows[0][1] != rows[1][1])
        kind = draw(st.sampled_from(["area", "columns", "rows"]))
        columns, rows = (() if kind == "rows" else columns), (() if kind == "columns" else rows)
    return Ref(draw(PREFIX), columns, rows)


WORDS = st.sampled_from(
    ['"A1 and ""B2"""', "LOG10(1)", "Q1_2026", "TRUE", "1.5E3", "Marks[Now A1]", "Marks[[#This Row],[APL 1]]", "A1.x",
     "Marks[[#Headers],[A1]:[B'[2']]]", "Marks[#All]", "#N/A", "Rate", "XFE1", "A1048577", "ATAN2(1,2)", "{1,2;3,4}",
     "é1", "R1C1", "RC[-1]", "DAYS360(1,2)", "Report!#REF!", "'My sheet'!Rate", "[1]!Rate", "_xlpm.a1", "Marks[@A1]"]
)  # fmt: skip
OPERATORS = st.sampled_from(["+", "-", "*", "&", "=", "<>", ">=", ",", " & ", "^", " "])


@given(
    st.lists(st.tuples(st.one_of(references(), WORDS), OPERATORS), min_size=1, max_size=6),
    st.integers(0, 40),
    st.integers(0, 30),
)
@example([(Ref("", (("", 1), ("", 16_384)), (("", 1), ("", 2))), "+")], 0, 1)
@settings(max_examples=120, deadline=None)
def test_every_reference_is_found_and_nothing_else(pieces: list[tuple[Ref | str, str]], down: int, right: int) -> None:
    for at in ((0, 0), (down, right)):
        start = "SUM(" + "".join((p.text() if isinstance(p, Ref) else p) + o for p, o in pieces) + "0)"
        end = "SUM(" + "".join((p.text(*at) if isinstance(p, Ref) else p) + o for p, o in pieces) + "0)"
        assert write(shifted(parse(start), *at), lambda reference: reference.text) == end


@given(references(), st.integers(0, 40), st.integers(0, 30))
@settings(max_examples=100, deadline=None)
def test_openpyxl_fills_formulas_the_same_way(reference: Ref, down: int, right: int) -> None:
    assume({c for _, c in reference.columns} != {1, 16_384})  # whole rows, which openpyxl moves beyond the sheet
    formula = f'SUM({reference.text()},LOG10(2))&"A1"'
    target = f"{get_column_letter(2 + right)}{2 + down}"
    theirs = Translator("=" + formula, "B2").translate_formula(target)[1:]
    ours = write(shifted(parse(formula), down, right), lambda each: each.text)
    if "#REF!" in theirs:
        assert "#REF!" in ours
    else:  # openpyxl leaves ends that have passed each other as they are
        assert _corners(ours) == _corners(theirs)


def _corners(formula: str) -> list[tuple[str | None, frozenset[str], int, int]]:
    found = [part for part in parse(formula) if isinstance(part, Reference)]
    return [(p.sheet, frozenset(p.columns), p.top, p.bottom) for p in found]


def test_openpyxls_tokenizer_sees_the_same_references() -> None:
    for formula in (
        'IF(ISNUMBER(B5),SUM($B$5:B5)/COUNT(B$5:B$9),"B7")', "'My sheet'!A1+Sheet2!$C$3:$D$9*LOG10(A1)",
        "SUMIFS(Progress[Points],Progress[Learner ID],$A5)+INDEX(Lists!B2:C9,MATCH(A1,Lists!B2:B9,0),2)", "A1%+-B2^2",
        "SUM(B:$B,$1:3,Autumn:Summer!A1,'My A:My B'!B2,[1]S!C3,Marks)", "VLOOKUP(A1,Marks,2,FALSE)+Report!Rate",
    ):  # fmt: skip
        ranges = {t.value for t in Tokenizer("=" + formula).items if t.subtype == "RANGE" and "[[" not in t.value}
        found = {
            p.text if isinstance(p, Reference) else p.prefix + p.text for p in parse(formula) if not isinstance(p, str)
        }
        assert found == {re.sub(r"^(Progress)\[.*", r"\1", value) for value in ranges}


@pytest.mark.parametrize(
    ("formula", "filled"),
    [
        ("SUM(Data!B:B)", "SUM(Data!D:D)"),
        ("SUM(Data!$B:B)", "SUM(Data!$B:D)"),
        ("SUM(B:$B)", "SUM($B:D)"),
        ("SUM(1:1,$1:1)", "SUM(4:4,$1:4)"),
        ("F:F 2:2", "H:H 5:5"),
        ("A1#+@A1", "C4#+@C4"),
        ("SUM(A1:A1048576,XFD1)", "SUM(C1:C1048576,#REF!)"),
        ("SUM(A1:INDEX(B:B,3))", "SUM(C4:INDEX(D:D,3))"),
        ("Report!A1:Report!B2", "Report!C4:Report!D5"),
        ('"unfinished A1', '"unfinished A1'),
        ("'unfinished A1", "'unfinished C4"),
        ("'A1 x'!#SPILL!+A1", "'A1 x'!#SPILL!+C4"),
    ],
)
def test_formulas_filled_two_columns_right_and_three_rows_down(formula: str, filled: str) -> None:
    assert write(shifted(parse(formula), 3, 2), lambda reference: reference.text) == filled


@given(st.text("AB1$:!'\"[]#(),. x", max_size=30))
@example("1$x:A")  # a dollar sign does not begin a reference in the middle of what is none
@example("xxxx$3:1")
@settings(max_examples=120, deadline=None)
def test_whatever_is_typed_reads_as_it_did(formula: str) -> None:
    parts = parse(formula)
    pieces = [part for part in parts if isinstance(part, str)]
    assert all(piece in formula for piece in pieces)
    again = write(parts, lambda reference: reference.text)
    assert parse(again) == parts


def test_tables_and_names_are_names_with_or_without_brackets() -> None:
    formula = 'VLOOKUP("Marks",Marks,2)+COUNTA(Marks[Marks])+Report!Rate+TRUE+Marks(1)'
    assert [part for part in parse(formula) if isinstance(part, Name)] == [
        Name("Marks"), Name("Marks"), Name("Rate", "Report!", "Report"),
    ]  # fmt: skip


@given(st.integers(1, 16_384))
def test_column_letters(number: int) -> None:
    assert column_number(get_column_letter(number)) == number


def test_a_single_cell_knows_whether_it_is_handed_to_a_function_of_areas() -> None:
    formula = "SUM(A1,IF(B1>1,C1,(D1)))+AVERAGE( E1 )+F1+SUM(G1*2)+SUMPRODUCT(H1*I1)+COUNTIF(J1,K1)+MATCH(L1,M1,0)"
    found = "".join("ny"[part.gathers] for part in parse(formula) if isinstance(part, Reference))
    assert found == "ynnn" + "y" + "n" + "n" + "yy" + "yn" + "ny"
