"""openpyxl by hand: load the template, fill the cells, make room for the subjects and mend what does not follow.

openpyxl moves cells when rows are inserted, but not merged cells, heights, conditional formats, formulas or charts:
a careful user does that, so it is done here.
"""

from __future__ import annotations

import io
import re
from copy import copy
from typing import Any

import openpyxl
from clock import Job, file_name, sheet_name
from openpyxl.drawing.image import Image
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.worksheet import Worksheet
from page import FIELDS, FIRST, template

TOKEN = re.compile(r"\{\{(\w+)\.(\w+)\}\}")


def fill(sheet: Worksheet, learner: dict[str, Any]) -> None:
    """Fill a copy of the template's sheet for one learner."""
    subjects = learner["subject"]
    more = len(subjects) - 1
    merged = [area for area in sheet.merged_cells.ranges if area.min_row > FIRST]
    for area in merged:
        sheet.unmerge_cells(area.coord)
    heights = {row: one.height for row, one in sheet.row_dimensions.items() if row > FIRST and one.height}
    sheet.insert_rows(FIRST + 1, more)
    for area in merged:
        area.shift(row_shift=more)
        sheet.merge_cells(area.coord)
    for row in heights:
        sheet.row_dimensions[row].height = None
    for row, height in heights.items():
        sheet.row_dimensions[row + more].height = height
    styles = [copy(sheet.cell(FIRST, column)._style) for column in range(1, len(FIELDS) + 1)]
    for row, subject in enumerate(subjects, FIRST):
        for column, field in enumerate(FIELDS, 1):
            cell = sheet.cell(row, column)
            cell.value, cell._style = subject[field], copy(styles[column - 1])
    for cells in sheet.iter_rows():
        for cell in cells:
            if isinstance(cell.value, str) and "{{" in cell.value:
                group, name = TOKEN.fullmatch(cell.value).groups()
                cell.value = learner[group][name]
    for column in "DE":
        sheet[f"{column}{FIRST + more + 1}"] = f"=AVERAGE({column}{FIRST}:{column}{FIRST + more})"
    stretch(sheet, more)


def stretch(sheet: Worksheet, more: int) -> None:
    """Conditional formats and the chart over all subjects, the chart below them."""
    formats = sheet.conditional_formatting
    sheet.conditional_formatting = ConditionalFormattingList()
    for one in formats:
        column = str(one.sqref)[0]
        for rule in one.rules:
            sheet.conditional_formatting.add(f"{column}{FIRST}:{column}{FIRST + more}", rule)
    for chart in sheet._charts:
        chart.anchor._from.row += more
        chart.anchor.to.row += more
        for series, column in zip(chart.series, "DE", strict=True):
            quoted = "'" + sheet.title.replace("'", "''") + "'"
            series.cat.strRef.f = f"{quoted}!$A${FIRST}:$A${FIRST + more}"
            series.val.numRef.f = f"{quoted}!${column}${FIRST}:${column}${FIRST + more}"


def one_workbook(job: Job, source: bytes) -> None:
    """A sheet for each learner; `copy_worksheet` leaves out charts, pictures and conditional formats."""
    book = openpyxl.load_workbook(io.BytesIO(source))
    original = book.active
    picture = original._images[0]._data()
    for learner in job.learners():
        sheet = book.copy_worksheet(original)
        sheet.title = sheet_name(learner)
        again = openpyxl.load_workbook(io.BytesIO(source)).active  # a chart cannot be copied, only read again
        sheet.conditional_formatting, sheet._charts = again.conditional_formatting, again._charts
        image = Image(io.BytesIO(picture))
        image.anchor = again._images[0].anchor
        sheet.add_image(image)
        fill(sheet, learner)
    book.remove(original)
    book.save(job.folder / "all.xlsx")


def main() -> None:
    job = Job()
    source = template(lambda name: f"{{{{{name}}}}}")
    job.start()
    if job.mode == "workbook":
        one_workbook(job, source)
    else:
        for learner in job.learners():
            book = openpyxl.load_workbook(io.BytesIO(source))
            fill(book.active, learner)
            book.save(job.folder / f"{file_name(learner)}.xlsx")
    job.stop()


if __name__ == "__main__":
    main()
