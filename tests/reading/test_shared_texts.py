"""Shared texts taken apart at once are those that the reader of values gives."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.reading.test_usual_rows import file_of
from workbook.reading.cell_values import Values, sheet_of
from workbook.reading.outline import Book
from workbook.reading.shared_texts import plain_texts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PIECES = st.sampled_from(
    ["a", "Zoë", " ", "\u00a0", "\n", "\t", "\r", "&amp;", "&lt;", "&quot;", "&#10;", "&apos;", "amp;", "_x000D_", "_",
     "\u3042", "]]", ">", "</t></si><si><t>", "<!-- -->"]
)  # fmt: skip
ITEMS = st.tuples(
    st.sampled_from(["<t>%</t>", '<t xml:space="preserve">%</t>', "<t/>", "<r><t>%</t></r>", "<t>%</t><phoneticPr/>"]),
    st.lists(PIECES, max_size=4).map("".join),
).map(lambda one: one[0].replace("%", one[1]))


def shared(items: list[str]) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{MAIN}" count="9">'
    return (head + "".join(f"<si>{item}</si>" for item in items) + "</sst>").encode()


def read(xml: bytes, count: int) -> list[str]:
    """The texts as the reader of values gives them."""
    values = Values(file_of(""), Book((), None, None, False))
    values._shared["sharedStrings"] = xml
    rows = [b'<row r="%d"><c r="A%d" t="s"><v>%d</v></c></row>' % (at + 1, at + 1, at) for at in range(count)]
    (grid,) = values.grids([sheet_of(rows)])
    return [str(row[0]) for row in grid] + [""] * (count - len(grid))


@settings(max_examples=150, deadline=None)
@given(st.lists(ITEMS, max_size=5))
@example(["<t> a </t>", "<t>Health &amp; Social Care</t>"])
@example(["<t>&amp;lt;</t>", '<t xml:space="preserve"> </t>', "<t/>", "<t></t>"])
@example(["<t>&#10;</t>", "<t>a</t>"])
@example(["<t>a_x000D_</t>"])
def test_texts_are_those_the_reader_of_values_gives(items: list[str]) -> None:
    xml = shared(items)
    texts = plain_texts(xml)
    assert texts is None or texts == read(xml, len(texts))


def test_the_usual_ones_are_taken_apart() -> None:
    items = ["<t>Zoë &amp; O'Neil</t>", "<t> 10A </t>", '<t xml:space="preserve"> b\n</t>', "<t/>", "<t>c</t>"]
    assert plain_texts(shared(items)) == ["Zoë & O'Neil", "10A", " b\n", "", "c"] == read(shared(items), 5)
    assert plain_texts(shared(["<r><t>a</t></r><r><t>b</t></r>"])) is None
    assert plain_texts(b"") is None
