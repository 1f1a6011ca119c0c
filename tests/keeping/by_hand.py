"""A tracker as a mentor has made it own: own columns, sheets, notes, colours, names, a pivot, another program's parts.

Zephyrine Quillfeather (ZQ-71) stands in every place that a workbook has for a word.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from workbook.building.tracker import build
from workbook.measures.computed import computed
from workbook.model import Tracker, defaults, sheet
from workbook.model.tracker import Table

NAME, ID = "Zephyrine Quillfeather", "ZQ-71"
PAGE = "reads a page a day"
PHONE, SHARED_PHONE = "07700 900123", "07700 900999"
SECRETS = (
    ID, "Zephyrine", "Quillfeather", "Zeph ", "B801200005001", "9276308686", "z.quillfeather@college.example",
    "Ottoline Quillfeather", "ottoline@home.example", PHONE, "3 Harmonium Row", "kicked the harmonium", "sings alto",
    "rang Ottoline", "reads a page a day",
)  # fmt: skip
LEARNERS: list[dict[str, Any]] = [
    {"learner_id": ID, "first_name": "Zephyrine", "surname": "Quillfeather", "preferred_name": "Zeph", "year": 10,
     "form": "10A", "upn": "B801200005001", "uln": "9276308686", "email": "z.quillfeather@college.example",
     "notes": "sings alto", "mentor": "J. Sample", "date_of_birth": date(2011, 10, 4)},
    {"learner_id": "A102", "first_name": "Bertram", "surname": "Oakley", "year": 10, "form": "10A"},
    {"learner_id": "A103", "first_name": "Cornelia", "surname": "Marsh", "year": 11, "form": "11A"},
    {"learner_id": "A104", "first_name": "Dorian", "surname": "Vale", "year": 10, "form": "10A",
     "left": date(2026, 12, 1)},
    {"learner_id": "A105", "first_name": "Esme", "surname": "Fenwick", "year": 10, "form": "Oak"},
    {"learner_id": "0017", "first_name": "Farid", "surname": "Nazari", "year": 10, "form": "10A"},
]  # fmt: skip
RECORDS: dict[str, list[dict[str, Any]]] = {
    "Learners": LEARNERS,
    "Parents": [
        {"learner_id": ID, "name": "Ottoline Quillfeather", "parental_responsibility": "Yes", "phone": PHONE,
         "email": "ottoline@home.example", "address": "3 Harmonium Row", "send_reports": "Yes"},
        {"learner_id": ID, "name": "Pat Elsewhere", "parental_responsibility": "Yes", "phone": SHARED_PHONE,
         "send_reports": "Yes"},
        {"learner_id": "A102", "name": "Pat Elsewhere", "parental_responsibility": "Yes", "phone": SHARED_PHONE,
         "send_reports": "Yes"},
    ],
    "Subjects": [{"subject": name, "scale": "GCSE 9-1", "core": "Yes"} for name in ("English", "Maths")],
    "Progress": [
        {"learner_id": one["learner_id"], "subject": subject, "baseline": "3", "baseline_source": "KS2", "target": "6",
         "apl_1": "3", "apl_2": "4", "effort_1": "3", "comment": PAGE if one["learner_id"] == ID else "ok"}
        for one in LEARNERS
        for subject in ("English", "Maths")
    ],
    "Registers": [
        {"learner_id": one["learner_id"], "week": week, "mon_am": "/", "mon_pm": "\\", "tue_am": "N"}
        for one in LEARNERS
        for week in (date(2026, 9, 7), date(2026, 9, 14))
    ],
    "Behaviour": [{"learner_id": ID, "date": date(2026, 9, 8), "type": "Disruption",
                   "what_happened": "kicked the harmonium"}],
    "Contacts": [
        {"learner_id": ID, "date": date(2026, 9, 9), "with": "Home", "summary": "rang Ottoline"},
        {"learner_id": "A102", "date": date(2027, 7, 12), "with": "Home", "summary": "will ring again",
         "follow_up_due": date(2027, 9, 6)},
    ],
    "Targets": [
        {"learner_id": "A102", "set_on": date(2026, 10, 2), "target": "Come on time", "due": date(2027, 2, 1)},
        {"learner_id": "A105", "set_on": date(2026, 10, 2), "target": "Hand in", "due": date(2026, 12, 1),
         "status": "Met"},
        {"learner_id": ID, "set_on": date(2026, 10, 2), "target": "reads a page a day", "due": date(2027, 2, 1)},
    ],
    "Groups": [{"group": "Breakfast", "learner_id": "A102"}, {"group": "Breakfast", "learner_id": ID},
               {"group": "Leavers", "learner_id": "A103"}],
    "Interventions": [
        {"group": "Breakfast", "type": "Attendance", "start": date(2027, 6, 7), "review_due": date(2027, 9, 20)},
        {"group": "Leavers", "type": "Careers", "start": date(2027, 6, 7), "review_due": date(2027, 9, 20)},
        {"learner_id": "A105", "type": "Academic", "start": date(2026, 10, 5), "end": date(2026, 12, 4),
         "outcome": "Worked"},
    ],
    "Transition": [{"learner_id": "A102", "intended_destination": "Apprenticeship"}],
    "Diary": [{"date": date(2026, 9, 10), "type": "Meeting", "what": f"See {NAME}'s mother"}],
}  # fmt: skip


def tracker(*, named_elsewhere: bool = False) -> Tracker:
    """What the tracker holds; with ``named_elsewhere`` another learner's note names Zephyrine."""
    made = defaults.new("2026-27")
    for name, rows in RECORDS.items():
        made.tables[name] = Table.of(sheet(name), rows)
    made["Learners"].columns["House"] = ["Red", "Blue", "Red", None, 7, "Blue"]
    made["Targets"].columns["Room"] = ["R1", "R2", "R3"]
    if named_elsewhere:
        made["Contacts"].columns["summary"][1] = f"argued with {NAME}"
    return made


def write(path: Path, *, named_elsewhere: bool = False) -> Path:
    """The tracker as a file, with everything that a mentor and Excel may have put beside the tables."""
    path.write_bytes(_written(named_elsewhere))
    return path


@cache
def _written(named_elsewhere: bool) -> bytes:
    made = tracker(named_elsewhere=named_elsewhere)
    with tempfile.TemporaryDirectory() as folder:
        book = openpyxl.load_workbook(build(Path(folder) / "tracker.xlsx", made, computed(made)))
    _trips(book)
    learners = book["Learners"]
    learners["C5"].comment, learners["C6"].comment = Comment(f"{NAME} sings alto", "J"), Comment("plays chess", "J")
    learners["D6"].fill = PatternFill("solid", fgColor="FFFF00")
    learners["Q5"].hyperlink = "mailto:z.quillfeather@college.example"
    learners.conditional_formatting.add("D6:D10", FormulaRule(formula=["$D6=$D$7"], fill=PatternFill(bgColor="FF0000")))
    book.defined_names["best_voice"] = DefinedName("best_voice", attr_text=f'"{NAME}"')
    book.defined_names["third"] = DefinedName("third", attr_text="Learners!$C$7")
    book.properties.subject = f"All about {NAME}"
    book.properties.keywords = ID
    book.custom_doc_props.append(StringProperty(name="Case", value=ID))
    own = book.create_sheet(NAME)
    own["A1"], own["A2"] = "Report", "kicked the harmonium"
    book["Trips"]["K1"] = f"='{NAME}'!A1"
    whole = io.BytesIO()
    book.save(whole)
    return _with_parts(whole.getvalue())


def _trips(book: Any) -> None:
    trips = book.create_sheet("Trips")
    for row in (("ID", "Who", "Paid"), (ID, NAME, 5), ("A102", "Bertram Oakley", 6), ("A105", "Esme Fenwick", 7)):
        trips.append(row)
    trips["A6"] = f"Ask {NAME} for the form"
    trips["A6"].comment = Comment(f"{ID} owes 2 pounds", "J")
    trips["E2"], trips["E3"] = "=Learners!C5", "=Learners!C7"
    trips["E4"] = "=SUM(Learners!H5:H10)"
    trips["E5"] = f'=COUNTIF(A2:A9,"{ID}")'
    trips["H2"] = "stays"
    trips.oddHeader.center.text = f"For {NAME}"
    rule = DataValidation(type="list", formula1=f'"{NAME},Bertram Oakley"')
    rule.add("I2:I9")
    trips.add_data_validation(rule)
    chart = BarChart()
    chart.title = f"Levels of {NAME}"
    chart.add_data(Reference(trips, min_col=3, min_row=1, max_row=4), titles_from_data=True)
    trips.add_chart(chart, "M2")


_PIVOT = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels"
PARTS = {
    "xl/pivotCache/pivotCacheDefinition1.xml": f'<pivotCacheDefinition xmlns="{_PIVOT}" xmlns:r="{_LINK}" r:id="rId1" '
    'recordCount="2"><cacheSource type="worksheet"><worksheetSource name="Learners"/></cacheSource><cacheFields '
    f'count="1"><cacheField name="Surname"><sharedItems count="2"><s v="Quillfeather"/><s v="Oakley"/></sharedItems>'
    "</cacheField></cacheFields></pivotCacheDefinition>",
    _RELS: '<Relationships xmlns="http://schemas.openxmlformats.org/'
    f'package/2006/relationships"><Relationship Id="rId1" Type="{_LINK}/pivotCacheRecords" Target='
    '"pivotCacheRecords1.xml"/></Relationships>',
    "xl/pivotCache/pivotCacheRecords1.xml": f'<pivotCacheRecords xmlns="{_PIVOT}" count="2"><r><s v="sings alto"/></r>'
    '<r><x v="1"/></r></pivotCacheRecords>',
    "xl/externalLinks/externalLink9.xml": f'<externalLink xmlns="{_PIVOT}"><externalBook><sheetDataSet><sheetData '
    f'sheetId="0"><row r="1"><cell r="A1"><v>{ID}</v></cell><cell r="B1"><v>sings alto</v></cell></row><row r="2">'
    '<cell r="A2"><v>A102</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>',
    "customXml/item1.xml": f"<case><who>{NAME}</who></case>",
}
_KIND = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "xl/pivotCache/pivotCacheDefinition1.xml": "spreadsheetml.pivotCacheDefinition",
    "xl/pivotCache/pivotCacheRecords1.xml": "spreadsheetml.pivotCacheRecords",
    "xl/externalLinks/externalLink9.xml": "spreadsheetml.externalLink",
}


def _with_parts(data: bytes) -> bytes:
    """The file with a pivot's cache, figures of another workbook and XML of another program."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "[Content_Types].xml":
                more = "".join(
                    f'<Override PartName="/{part}" ContentType="{_KIND}.{kind}+xml"/>' for part, kind in _TYPES.items()
                )
                text = text.replace(b"</Types>", more.encode() + b"</Types>")
            new.writestr(name, text)
        for name, told in PARTS.items():
            new.writestr(name, told)
    return out.getvalue()


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def found_in(path: Path, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """The words that a part of the file still holds, in either encoding: part and word."""
    found = []
    for name, data in {**parts_of(path), "the file itself": path.read_bytes()}.items():
        data = data.lower()
        for word in words:
            spelt = word.lower().encode(), word.lower().encode("utf-16-le")
            if any(one in data for one in spelt):
                found.append((name, word))
    return found
