"""An Excel that is not there, behind Microsoft's own library: a tracker in it, the add-in's pane beside it."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import to_excel
from playwright.sync_api import Browser, Page

from addin.web.parts import collect, pinned
from tests.web import LOCK, PARTS
from tests.web.browser import PATIENCE
from workbook.measures.entries_mark import NAME

HERE = Path(__file__).parent
LIBRARY = "package/dist/excel-web-16.00.js"
MARK = 4711
"""What the fake Excel says that the tracker's own mark of its entries is; it works no formulas out."""


@cache
def library() -> str:
    """What stands in for office.js: the workbook in memory, the bridge, Microsoft's Excel library, Office itself."""
    with tarfile.open(collect(PARTS, pinned(LOCK))["@microsoft/office-js"]) as packed:
        file = packed.extractfile(LIBRARY)
        assert file
        microsofts = file.read().decode("utf-8", "replace")
    ours = [(HERE / f"{name}.js").read_text("utf-8") for name in ("workbook", "bridge")]
    return "\n;\n".join([*ours, microsofts, (HERE / "office.js").read_text("utf-8")])


def seed(tracker: Path, **more: Any) -> dict[str, Any]:
    """A tracker as Excel holds it: numbers for dates, each cell with its format; read by openpyxl."""
    values, written = load_workbook(tracker, data_only=True), load_workbook(tracker)
    sheets = [_sheet(one, written[one.title]) for one in values.worksheets]
    return {
        "name": tracker.name,
        "sheets": sheets,
        "names": [{"name": NAME, "value": MARK}],
        "file": "/tracker.bin",
        **more,
    }


def _sheet(sheet: Any, written: Any) -> dict[str, Any]:
    cells = [
        [_cell(cell, formula) for cell, formula in zip(row, formulas, strict=True)]
        for row, formulas in zip(sheet.iter_rows(), written.iter_rows(), strict=True)
    ]
    return {
        "name": sheet.title, "visibility": sheet.sheet_state.capitalize(), "cells": cells,
        "merged": [str(one) for one in sheet.merged_cells.ranges],
        "hiddenRows": [number for number, one in sheet.row_dimensions.items() if one.hidden],
        "hiddenColumns": [n for one in sheet.column_dimensions.values() if one.hidden
                          for n in range(one.min, one.max + 1)],
        "tables": [_table(one) for one in sheet.tables.values()],
    }  # fmt: skip


def _cell(cell: Any, formula: Any) -> dict[str, Any]:
    value = cell.value
    told: dict[str, Any] = {}
    if isinstance(value, (date, datetime, time)):
        value = to_excel(value)
    if value is not None:
        told["value"] = value
    if cell.data_type == "e":
        told["error"] = True
    if formula.data_type == "f":
        told["formula"] = str(getattr(formula.value, "text", formula.value))
    if cell.number_format != "General":
        told["format"] = cell.number_format
    return told


def _table(table: Any) -> dict[str, Any]:
    left, top, right, bottom = range_boundaries(table.ref)
    return {"name": table.name, "row": top, "column": left, "rowCount": bottom - top + 1,
            "columnCount": right - left + 1, "showTotals": bool(table.totalsRowCount),
            "filtered": bool(table.autoFilter and table.autoFilter.filterColumn)}  # fmt: skip


_SHEET = """(name) => {
  const one = __workbook.worksheets.getItem(name);
  return JSON.stringify({
    cells: Array.from(one.grid, (row) => Array.from(row ?? [], (cell) => cell ?? {})),
    frozen: one.frozen, columns: one.columns, heights: one.heights,
    tables: one.tables.items.map(({ name, row, column, rowCount, columnCount }) =>
      ({ name, row, column, rowCount, columnCount })),
    rules: one.rules.map(({ address, custom }) => ({ address, ...custom.rule, ...custom.format.fill })),
  });
}"""
_RESTS = """() => document.querySelector("#question:not([hidden]) #asked:not(label)")
  || (window.over && document.body.dataset.busy !== "yes")"""


class Pane:
    """The task pane beside a tracker. ``trouble`` are the errors that the browser itself told of."""

    def __init__(self, page: Page) -> None:
        self.page, self.trouble = page, list[str]()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda one: self.trouble.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda one: self.trouble.append(str(one)))

    def press(self, button: str, answers: Sequence[str] = (), file: Path | Sequence[Path] | None = None) -> list[str]:
        """Press a button of the ribbon and answer its questions in turn; what it asked, then what it ended with."""
        page, asked, answers = self.page, [], list(answers)
        page.evaluate(
            "(name) => { window.over = false; __buttons[name]({ completed() { window.over = true; } }); }", button
        )
        if file is not None:
            page.set_input_files("#chosen", file)
        while True:
            page.wait_for_function(_RESTS)
            question = page.locator("#question:not([hidden]) #asked")
            if not question.count():
                break
            asked.append(question.inner_text())
            page.get_by_role("button", name=answers.pop(0), exact=True).click()
        return [*asked, self.trouble_told or self.words]

    @property
    def words(self) -> str:
        """What the pane says."""
        return self.page.inner_text("#words")

    @property
    def trouble_told(self) -> str:
        """The sentence that must not be missed."""
        return self.page.inner_text("#trouble")

    def stand(self, sheet: str, cells: str) -> None:
        """Select cells of a sheet."""
        self.page.evaluate(
            "([sheet, cells]) => __workbook.worksheets.getItem(sheet).getRange(cells).select()", [sheet, cells]
        )

    def here(self) -> str:
        """The selected cells."""
        return str(self.page.evaluate("__workbook.selection[0]?.address ?? ''"))

    def sheet(self, name: str) -> dict[str, Any]:
        """A sheet of the workbook as it stands: rows of cells, tables, frozen rows, widths."""
        return json.loads(self.page.evaluate(_SHEET, name))

    def names(self) -> list[str]:
        """The names of all sheets."""
        return list(self.page.evaluate("__workbook.worksheets.items.map(({ name }) => name)"))


@contextmanager
def excel(browser: Browser, address: str, tracker: Path, width: int = 350, **more: Any) -> Iterator[Pane]:
    """Excel with a tracker in it and the pane beside, ready."""
    page = browser.new_page(viewport={"width": width, "height": 700}, service_workers="block")
    page.add_init_script(f"window.__seed = {json.dumps(seed(tracker, **more))};")
    page.route(
        "https://appsforoffice.microsoft.com/**",
        lambda one: one.fulfill(content_type="text/javascript", body=library()),
    )
    page.route("**/tracker.bin", lambda one: one.fulfill(body=tracker.read_bytes()))
    pane = Pane(page)
    page.goto(f"{address}pane.html")
    page.wait_for_selector("html[data-ready]")
    yield pane
    page.close()
