"""The sending list of a run: who is to get which file, how, in which language, in large print. Nothing is sent."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from unicodedata import normalize

from workbook.measures.learners import id_key
from workbook.model import Tracker
from workbook.package.writing import write_safely
from workbook.reports.content.recipients import UNNAMED, gets_reports
from workbook.reports.content.subjects import text_of
from workbook.reports.output.run import Run

HEADINGS = (
    "Learner",
    "Learner ID",
    "Form",
    "To",
    "Relation",
    "How",
    "Email",
    "Address",
    "Language",
    "Large print",
    "File",
)
_WIDTHS = (26, 12, 8, 26, 12, 22, 32, 36, 14, 12, 60)
_ON_A_COPY = ("relation", "address", "language", "large_print")
_CONTACT = ("name", "relation", "email", "address", "language", "large_print")
_MADE = datetime(2026, 9, 1)
"""The same list has the same bytes, whenever and wherever it is made."""
_ACTS = ("=", "+", "-", "@")
"""A text that begins with one of these is a formula to a program that opens a CSV file."""


def sending_rows(tracker: Tracker, run: Run, files: Sequence[Path]) -> Iterator[tuple[str, ...]]:
    """A line for each person and file; those with nobody to send to and those left out come too, with the reason."""
    contacts: dict[str, list[dict[str, str]]] = {}
    for row in tracker["Parents"].records():
        if gets_reports(row):
            key = id_key(row.get("learner_id"))
            contacts.setdefault(key, []).append({name: text_of(row.get(name)) for name in _CONTACT})
    for (_, context), file in zip(run.reports, files, strict=True):
        if "learner" not in context:
            continue
        learner = context["learner"]
        who = (learner["name"], text_of(learner["learner_id"]), text_of(learner["form"]))
        people = contacts.get(id_key(who[1]), [])
        if run.each_recipient:
            people = [one for one in people if _is(one, context["recipient"])]
        for one in people:
            yield (*who, one["name"], one["relation"], _how(one), *(one[key] for key in _CONTACT[2:]), file.name)
        if not people:
            yield (*who, "", "", "hand over: nobody to send to", "", "", "", "", file.name)
    for out in run.left_out:
        yield (out.name, out.learner_id, "", "", "", f"no report: {out.why}", "", "", "", "", "")


def _is(contact: Mapping[str, str], recipient: Mapping[str, Any]) -> bool:
    """Whether a copy is this contact's: two of one name differ by what else stands on the copy."""
    named = (contact["name"] or UNNAMED) == text_of(recipient["name"])
    return named and all(contact[key] == text_of(recipient[key]) for key in _ON_A_COPY)


def _how(contact: dict[str, Any]) -> str:
    return "email" if contact["email"] else "post" if contact["address"] else "hand over: no address"


def _acts(text: str) -> bool:
    """Whether a program may take the text for a formula: some pass over blanks before it, some know wide signs too."""
    return normalize("NFKC", text.lstrip()).startswith(_ACTS)


def write_sending_list(rows: Sequence[Sequence[str]], folder: Path, title: str, *, replace: bool) -> list[Path]:
    """Write the list as a workbook to read and as CSV for a mail merge; gives both files."""
    from workbook.building.in_english import EnglishWorkbook

    sheet_file, text = BytesIO(), StringIO()
    book = EnglishWorkbook(sheet_file, {"in_memory": True})
    book.set_properties({"title": f"Sending list: {title}", "created": _MADE})
    sheet = book.add_worksheet("Sending list")
    for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        for line, row in enumerate(rows, start=1):
            sheet.write_string(line, column, row[column])
        sheet.write_string(0, column, heading)
    if rows:
        columns = [{"header": heading} for heading in HEADINGS]
        sheet.add_table(0, 0, len(rows), len(HEADINGS) - 1, {"columns": columns, "style": "Table Style Light 1"})
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows([f"'{one}" if _acts(one) else one for one in row] for row in rows)
    made = [folder / f"Sending list - {title}{ending}" for ending in (".xlsx", ".csv")]
    contents = (sheet_file.getvalue(), text.getvalue().encode("utf-8-sig"))
    for path, content in zip(made, contents, strict=True):
        write_safely(path, content, replace=replace, aside=True)
    return made
