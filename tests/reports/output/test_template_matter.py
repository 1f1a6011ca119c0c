"""What a template may not carry to parents, what is taken out of reports, and what is no template."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.template_mutants import run
from tests.reports.engine.making import make, parts, rezip
from tests.reports.output.matter_cases import CASES, OFFICE, SHEET, page, saved, with_formula, with_link
from workbook.model import Audience, CannotDo
from workbook.reports.content.names import tree
from workbook.reports.engine.formula_matter import WORDS
from workbook.reports.engine.tokens import Vocabulary
from workbook.reports.output.template_files import find, names, open_template, what_it_asks


def test_every_word_has_its_case() -> None:
    assert CASES.keys() == WORDS.keys()


@pytest.mark.parametrize(("word", "content"), [(word, each) for word, found in CASES.items() for each in found])
def test_matter_is_listed_with_its_place_and_refused_for_parents(word: str, content: bytes, tmp_path: Path) -> None:
    path = saved(tmp_path, content)
    _, rows = what_it_asks(path)
    listed = [row for row in rows if row["allow"] == word]
    assert listed and all(row["place"] and f"--allow {word}" in (row["problem"] or "") for row in listed)
    with pytest.raises(CannotDo, match=f"--allow {word}"):
        open_template(path)
    allowed = {word, "macros"} if word == "macros" else {word}
    open_template(path, allow=allowed)
    assert not any(row["problem"] for row in what_it_asks(path, allowed)[1])
    staff = parts(content)
    keywords = b"<cp:keywords>staff</cp:keywords></cp:coreProperties>"
    staff["docProps/core.xml"] = staff["docProps/core.xml"].replace(b"</cp:coreProperties>", keywords)
    open_template(saved(tmp_path, rezip(staff), "staff.xlsx"))


@pytest.mark.parametrize(
    "formula",
    ['HYPERLINK("https://college.test/","Our page")', '"WEBSERVICE(1)"&A1', "Webservice_1+A1", '"a|b!"', "SUM(T[a|b])",
     'HYPERLINK("#Report!A1","up")'],
)  # fmt: skip
def test_harmless_formulas_are_not_held_up(formula: str, tmp_path: Path) -> None:
    open_template(saved(tmp_path, with_formula(formula)))


def test_addresses_that_are_typed_out_or_write_a_mail_are_harmless(tmp_path: Path) -> None:
    for target in ("https://college.test/", "mailto:{{mentor.email}}", "{{mentor.email}}", "%7B%7Bmentor.email%7D%7D"):
        open_template(saved(tmp_path, with_link("hyperlink", target, SHEET, external=True)))


def test_an_unknown_word_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="--allow everything means nothing: the words are web, hyperlink"):
        open_template(saved(tmp_path, make(page)), allow=["everything"])


def test_who_made_the_template_is_in_no_report(tmp_path: Path) -> None:
    content = parts(make(page))
    printer = (
        f'<Relationship Id="rId78" Type="{OFFICE}printerSettings" Target="../printerSettings/printerSettings1.bin"/>'
    )
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    content[rels] = content[rels].replace(b"</Relationships>", printer.encode() + b"</Relationships>")
    content["xl/printerSettings/printerSettings1.bin"] = rb"\\college-server\Pat Smith"
    xmlns = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    sheet = content[SHEET].replace(b"<legacyDrawing", b'<pageSetup r:id="rId78" orientation="portrait"/><legacyDrawing')
    assert xmlns in sheet and b"pageSetup" in sheet
    content[SHEET] = sheet
    path = saved(tmp_path, rezip(content))
    places = {row["place"] for row in what_it_asks(path)[1] if row["allow"]}
    assert {"creator", "lastModifiedBy", "Company", "Manager", "xl/printerSettings/printerSettings1.bin"} <= places
    template, _, _ = open_template(path)
    report = parts(template.render({"learner": {"first_name": "Amira"}}))
    assert not any(
        secret in data for data in report.values() for secret in (b"Pat", b"Kim", b"The College", b"college-server")
    )
    assert (
        b"<dc:title>Report</dc:title>" in report["docProps/core.xml"] and b"created" not in report["docProps/core.xml"]
    )
    assert (
        not any("printerSettings" in name for name in report) and b'pageSetup orientation="portrait"' in report[SHEET]
    )


def test_what_tells_of_its_maker_or_of_others_goes_by_whatever_name(tmp_path: Path) -> None:
    """Each stood in every report: a picture of the filled page, left parts, folders, scenarios, a note's beginning."""
    content = parts(make(page))
    root, note = content["_rels/.rels"], content["xl/comments1.xml"]
    links = (
        ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg"),
        ("http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin", "sig/origin.sigs"),
        (f"{OFFICE}custom-properties", "docProps/custom.xml"),
    )
    more = "".join(f'<Relationship Id="q{n}" Type="{kind}" Target="{part}"/>' for n, (kind, part) in enumerate(links))
    content["_rels/.rels"] = root.replace(b"</Relationships>", more.encode() + b"</Relationships>")
    content["docProps/thumbnail.jpeg"] = content["sig/origin.sigs"] = content["xl/old/sheet9.xml"] = b"Secret"
    content["docProps/custom.xml"] = (
        b'<Properties xmlns="c" xmlns:vt="v"><property name="_AuthorEmail"><vt:lpwstr>Secret</vt:lpwstr></property>'
        b'<property name="Of"><vt:lpwstr>{{learner.first_name}}</vt:lpwstr></property></Properties>'
    )
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
        b"<workbookPr", b'<fileSharing userName="Secret"/><a:absPath xmlns:a="a" url="C:/Secret/"/><workbookPr'
    )
    content[SHEET] = content[SHEET].replace(
        b"<legacyDrawing", b'<scenarios><scenario user="Secret"/></scenarios><legacyDrawing'
    )
    content["xl/notes/n.xml"] = note.replace(b"Pat Smith", b"Secret").replace(b"A note", b"Secret:\nA note")
    del content["xl/comments1.xml"]
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    content[rels] = content[rels].replace(b"../comments1.xml", b"../notes/n.xml")
    template, _, _ = open_template(saved(tmp_path, rezip(content)))
    report = parts(template.render({"learner": {"first_name": "Amira"}}))
    assert [name for name, data in report.items() if b"Secret" in data] == []
    assert b"A note" in report["xl/notes/n.xml"] and b"Amira" in report["docProps/custom.xml"]
    places = {row["place"] for row in what_it_asks(tmp_path / "t.xlsx")[1]}
    assert {"docProps/thumbnail.jpeg", "sig/origin.sigs", "xl/old/sheet9.xml", "_AuthorEmail"} <= places


def test_a_tracker_and_a_workbook_without_names_are_no_templates(tmp_path: Path) -> None:
    def tracker(book: Any, sheet: Any) -> None:
        sheet.write("F1", "{{learner.first_name}}")
        sheet.add_table("A4:B6", {"name": "Registers", "columns": [{"header": "Learner ID"}, {"header": "Week"}]})

    def targets(book: Any, sheet: Any) -> None:  # a template may well have a table of this name
        page(book, sheet)
        sheet.add_table("A4:B6", {"name": "Targets", "columns": [{"header": "Target"}, {"header": "Due"}]})

    for opener in (open_template, what_it_asks):
        with pytest.raises(CannotDo, match=r"is a tracker, not a template.*Report holds the table Registers"):
            opener(saved(tmp_path, make(tracker)))
        with pytest.raises(CannotDo, match="asks for nothing"):
            opener(saved(tmp_path, make(lambda book, sheet: sheet.write("A1", "Hello"))))
        opener(saved(tmp_path, make(targets)))


@pytest.mark.parametrize("name", names())
def test_our_own_templates_carry_nothing(name: str) -> None:
    _, rows = what_it_asks(find(name))
    assert not any(row["problem"] or row["allow"] for row in rows)


@pytest.mark.parametrize("outside", ["../../evil.txt", "/abs.txt", "xl\\..\\..\\evil.txt"])
def test_parts_that_lie_outside_are_refused_by_both(outside: str, tmp_path: Path) -> None:
    path = saved(tmp_path, make(page))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(outside, "x")
    for opener in (open_template, what_it_asks):
        with pytest.raises(CannotDo, match="outside it"):
            opener(path)


@pytest.mark.parametrize(
    ("part", "old", "new", "sentence"),
    [
        (SHEET, rb'<row r="1"', b'<row r="x"', "row 'x' is no row"),
        (SHEET, rb'<row r="1"', b'<row r="-1"', "row '-1' is no row"),
        (SHEET, rb"<v>0</v>", b"<v>-1</v>", "cell A1 lacks its text"),
        (SHEET, rb"<v>0</v>", b"<v>7</v>", "cell A1 lacks its text"),
        ("xl/styles.xml", rb"<fonts ", b"<", r"xl/styles.xml"),
        ("xl/styles.xml", rb'numFmtId="0"', b'numFmtId="x"', "styles"),
        ("docProps/core.xml", rb"</cp:coreProperties>", b"", "docProps/core.xml"),
        ("[Content_Types].xml", rb"</Types>", b"", r"\[Content_Types\].xml"),
        ("xl/_rels/workbook.xml.rels", rb"</Relationships>", b"", "xl/_rels/workbook.xml.rels"),
    ],
)
def test_what_cannot_be_read_is_named_by_both(part: str, old: bytes, new: bytes, sentence: str, tmp_path: Path) -> None:
    content = parts(make(page))
    assert re.search(old, content[part])
    content[part] = re.sub(old, new, content[part])
    path = saved(tmp_path, rezip(content))
    said = []
    for opener in (open_template, what_it_asks):
        with pytest.raises(CannotDo, match=sentence) as refusal:
            opener(path)
        said.append(str(refusal.value))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("old", "new"),
    [(rb't="s"><v>1</v>', b't="d"><v>2026-01-01</v>'), (rb'<c r="B1"', b'<c r="B1" s="999"'),
     (rb'<c r="B1"', b'<c r="B1" s="x"'), (rb't="s"><v>1</v>', b't="zz"><v>1</v>')],
)  # fmt: skip
def test_odd_cells_that_are_not_filled_are_carried_as_they_are(old: bytes, new: bytes, tmp_path: Path) -> None:
    content = parts(make(lambda book, sheet: sheet.write_row("A1", ["{{learner.first_name}}", "plain"])))
    content[SHEET] = re.sub(old, new, content[SHEET])
    assert new in content[SHEET]
    path = saved(tmp_path, rezip(content))
    what_it_asks(path)
    template, _, _ = open_template(path)
    assert new.partition(b' s="')[0] in parts(template.render(Vocabulary(tree(Audience.MENTOR)).example(1)))[SHEET]


@pytest.mark.slow
def test_mutants_never_stumble_and_both_commands_agree() -> None:
    outcomes = run(seed=2026, count=40)
    assert set(outcomes) <= {"made", "refused"} and outcomes["made"] >= 10
