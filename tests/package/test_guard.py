"""What the one door refuses, whoever asks: names, sizes and addresses that no workbook of Excel has."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from tests.package.test_package import zipped
from tests.reading.bad_files import learners
from tests.trackers import write_tracker
from workbook.checks import check
from workbook.imports import read_source
from workbook.model import CannotDo
from workbook.package import addresses
from workbook.package.addresses import LAST_COLUMN, LAST_ROW, far_address
from workbook.package.guard import TEMPLATE
from workbook.package.parts import Package
from workbook.package.xml_tree import XMLSyntaxError, fromstring
from workbook.reading.read import read

columns = st.integers(1, 27**5).map(lambda n: get_column_letter(n) if n <= 18_278 else "A" * (n % 4 + 4))


@given(columns, st.integers(1, 10**8), st.sampled_from(["{}", "A1:{}", "{}:B2", "A1 {} C3"]), st.sampled_from("'\""))
@example("XFD", LAST_ROW, "{}", '"')
@example("XFE", 1, "A1:{}", '"')
@example("A", LAST_ROW + 1, "{}", "'")
def test_far_is_what_lies_beyond_the_last_cell_and_nothing_else(column: str, row: int, area: str, quote: str) -> None:
    """Judged by openpyxl's numbering of columns."""
    numbers = {get_column_letter(number): number for number in (1, LAST_COLUMN)} | {column: _number(column)}
    far = numbers[column] > LAST_COLUMN or row > LAST_ROW
    for name in ("r", "ref", "sqref"):
        text = f"<c {name}={quote}{area.format(f'{column}{row}')}{quote} s={quote}1{quote}/>"
        assert bool(far_address(text.encode())) is far, text


@given(
    st.lists(
        st.sampled_from([*"rA1:='\" \n\t<>$", " r=", "ref=", " sqref=", "activeCell", '"XFE1', "A1048577", '"B2"']),
        max_size=9,
    )
)
def test_a_quick_look_finds_what_a_long_one_does(pieces: list[str]) -> None:
    xml = "".join(pieces).encode()
    assert (far_address(xml) is None) is (addresses._PLACE.search(xml) is None)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@pytest.mark.parametrize(
    ("xml", "far"),
    [
        (b'<row r="1048577">', True),
        (b'<row r="1048576">', False),
        (b"<definedName name='x'>Sheet1!$A$1:$XFE$9</definedName>", True),
        (b"<definedName name='x'>Sheet1!$1:$2000000</definedName>", True),
        (b"<definedName name='x'>Sheet1!$A$1:$XFD$1048576+TOTAL2026</definedName>", False),
        (b'<table ref="A4:ZZZZ9"/>', True),
        (b'<mergeCell ref="B2:C99999999"/>', True),
        (b'<mergeCell ref="A:XFD"/>', False),
        (b"<t>ZZZZZ1</t>", False),
    ],
)
def test_where_an_address_counts(xml: bytes, far: bool) -> None:
    assert bool(far_address(xml)) is far


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tracker(tmp_path_factory.mktemp("guard") / "t.xlsx", learners())


def changed(book: Path, target: Path, part: str, old: bytes, new: bytes) -> Path:
    """A copy of a workbook with the first ``old`` in one part replaced."""
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name)
            assert name != part or old in data
            out.writestr(name, data.replace(old, new, 1) if name == part else data)
    return target


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="ZZZZZ1"><v>1</v></c>',
        b'<c r="XFE9"><v>1</v></c>',
        b"<c s='0' r='zzzzz1'><v>1</v></c>",
        b'<c r="A1048577"><v>1</v></c>',
        b'<c r="A9999999999999999999"><v>1</v></c>',
    ],
)
def test_a_far_cell_is_refused_before_a_reader_sees_it(small: Path, tmp_path: Path, cell: bytes) -> None:
    part = learners_part(small)
    spoilt = changed(small, tmp_path / "far.xlsx", part, b"</row></sheetData>", cell + b"</row></sheetData>")
    for reading in (read, lambda path: read_source(path), lambda path: Package.open(path).read(part)):
        with pytest.raises(CannotDo, match=r"beyond the last\s+cell|damaged"):
            reading(spoilt)


def learners_part(book: Path) -> str:
    with zipfile.ZipFile(book) as parts:
        return next(
            name
            for name in parts.namelist()
            if name.startswith("xl/worksheets/sheet") and b"</row></sheetData>" in parts.read(name)
        )


def test_a_few_cells_far_apart_are_refused_and_a_full_sheet_is_not(tmp_path: Path) -> None:
    def book(rows: bytes) -> Path:
        source = tmp_path / "b.xlsx"
        main = b'<workbook xmlns:r="r"><sheets><sheet name="a" r:id="i"/></sheets></workbook>'
        link = b'<Relationships><Relationship Id="i" Type="x/%s" Target="%s"/></Relationships>'
        source.write_bytes(
            zipped(
                {
                    "_rels/.rels": link % (b"officeDocument", b"xl/workbook.xml"),
                    "xl/workbook.xml": main,
                    "xl/_rels/workbook.xml.rels": link % (b"worksheet", b"worksheets/sheet1.xml"),
                    "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>%s</sheetData></worksheet>" % rows,
                }
            )
        )
        return source

    steps = b"".join(b'<row r="%d"><c r="AAA%d"><v>1</v></c></row>' % (row, row) for row in range(1, LAST_ROW, 4_000))
    with pytest.raises(CannotDo, match="rows apart"):
        read_source(book(steps))
    dates = b'<row r="1"><c r="A1" t="str"><v>When</v></c></row><row r="2"><c r="A2"><v>-1E15</v></c></row>'
    assert [row.values for row in read_source(book(dates)).rows] == [{"When": -1_000_000_000_000_000}]


def test_a_date_that_excel_does_not_have_is_a_thing_to_mend(small: Path, tmp_path: Path) -> None:
    """Such a number panics in the reader of values, which is no Exception."""
    with zipfile.ZipFile(small) as parts:
        part, cell = next(
            (name, found)
            for name in parts.namelist()
            if name.startswith("xl/worksheets/") and (found := date_cell(parts.read(name)))
        )
    for number in (b"-1E15", b"1E300", b"-3", b"2958466"):
        spoilt = changed(small, tmp_path / "d.xlsx", part, cell, cell.rpartition(b"<v>")[0] + b"<v>" + number + b"</v>")
        found = check(read(spoilt))
        assert any("date" in one.message for one in found), number


def date_cell(xml: bytes) -> bytes | None:
    found = re.search(rb'<c r="[A-Z]+5" s="\d+"><v>4[56]\d{3}</v>', xml)
    return found[0] if found else None


@pytest.mark.parametrize("name", ["../x", "xl/../../x", "/abs.txt", "C:\\x", "..\\x", "xl/./x"])
def test_a_part_that_would_land_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(CannotDo, match="outside it"):
        Package.open(zipped({name: b"x"}))


def test_a_part_twice_also_in_other_letters_is_refused() -> None:
    with pytest.raises(CannotDo, match="same part twice"):
        Package.open(zipped({"xl/a.xml": b"1", "XL/A.xml": b"2"}))


def test_a_template_may_hold_less_than_a_tracker() -> None:
    large = zipped({"xl/a.xml": bytes(TEMPLATE.part // 2), "xl/b.bin": bytes(9)})
    Package.open(large)
    with pytest.raises(CannotDo, match="unpack to far more"):
        Package.open(zipped({f"xl/{n}.bin": bytes(30 << 20) for n in range(5)}), TEMPLATE)
    with pytest.raises(CannotDo, match="unpack to far more"):
        Package.open(zipped({f"xl/{n}.bin": b"" for n in range(TEMPLATE.parts + 1)}), TEMPLATE)


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (b"<a>", "no element found|mismatched"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
        (b"<a>" * 300 + b"</a>" * 300, "too deep"),
        (b"<?xml version='1.0' encoding='klingon'?><a/>", "encoding"),
        (b"<?xml version='1.0' encoding='shift_jis'?><a/>", "encoding"),
        (b"", "no element"),
    ],
)
def test_xml_that_cannot_be_read_is_refused_with_its_part(xml: bytes, why: str) -> None:
    with pytest.raises(XMLSyntaxError, match=why):
        fromstring(xml)
    with pytest.raises(CannotDo, match=r"The part xl/a\.xml"):
        Package.open(zipped({"xl/a.xml": xml})).tree("xl/a.xml")


@given(st.binary(max_size=200))
def test_no_bytes_open_the_door_by_force(tail: bytes) -> None:
    start = io.BytesIO(zipped({"xl/workbook.xml": b"<workbook/>"})).getvalue()
    for content in (tail, b"PK\x03\x04" + tail, start[: len(start) // 2] + tail, start + tail):
        try:
            package = Package.open(content)
            for name in package.names:
                package.read(name)
        except CannotDo:
            pass
