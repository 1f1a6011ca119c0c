"""Tiny templates for the report engine's tests: one feature each, made with XlsxWriter, read back with openpyxl."""

from __future__ import annotations

import io
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from openpyxl.workbook import Workbook

from tests.audit import errors_in
from workbook.reports.engine.template import Template

VOCABULARY: dict[str, Any] = {
    "learner": {"id": 0, "first_name": 0, "surname": 0, "pronouns": 0, "comment": 0, "born": 0},
    "report": {"date": 0},
    "mentor": {"email": 0},
    "attendance": {"percent": 0, "attended": 0},
    "subject": [{"name": 0, "current": 0, "target": 0, "comment": 0, "link": 0, "drop": [{"name": 0, "points": 0}]}],
    "target": [{"area": 0}],
}

Build = Callable[[xlsxwriter.Workbook, Any], None]


def make(build: Build, *, sheet: str = "Report", **options: Any) -> bytes:
    """A workbook of one sheet that `build(book, sheet)` fills."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, **options})
    build(book, book.add_worksheet(sheet))
    book.close()
    return file.getvalue()


def subjects(*names: str, **more: Any) -> list[dict[str, Any]]:
    """Subjects with points counting from 1 and a target of 5."""
    return [{"name": name, "current": index + 1, "target": 5, **more} for index, name in enumerate(names)]


def render(build: Build | bytes, context: dict[str, Any], **options: Any) -> bytes:
    """The report made from a template, checked by openxml-audit: nothing new against the template."""
    source = build if isinstance(build, bytes) else make(build, **options)
    report = Template.open(source, VOCABULARY).render(context)
    assert audit(report) <= audit(source), sorted(audit(report) - audit(source))
    return report


@lru_cache(maxsize=64)  # a template serves many reports
def audit(content: bytes) -> set[str]:
    """What openxml-audit calls an error, for today's Excel."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / "report.xlsx"
        path.write_bytes(content)
        return {f"{error.part_uri} {error.description}" for error in errors_in(path)}


def read(report: bytes) -> Workbook:
    """The report as openpyxl sees it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(report))


def cells(report: bytes, sheet: str = "Report") -> dict[str, Any]:
    """Address to value or formula, blanks left out."""
    return {c.coordinate: c.value for row in read(report)[sheet].iter_rows() for c in row if c.value is not None}


def part(report: bytes, name: str) -> str:
    """The text of one part."""
    return zipfile.ZipFile(io.BytesIO(report)).read(name).decode()


def rezip(content: dict[str, bytes]) -> bytes:
    """A package of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return file.getvalue()


def parts(report: bytes) -> dict[str, bytes]:
    """Every part, unpacked."""
    archive = zipfile.ZipFile(io.BytesIO(report))
    return {name: archive.read(name) for name in archive.namelist()}
