"""Large print: no page may be cut down its side, in Excel or in LibreOffice, which draws columns wider."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from workbook.package.parts import Package, rewrite
from workbook.reports.engine.large_print import in_large_print

TEMPLATES = sorted((Path(__file__).parents[3] / "templates").glob("*.xlsx"))
ACROSS = 16.54 * 72
"""A3 across in points."""
OFFICE = 5.6
"""Points of a character's width as LibreOffice prints them: 119.3 characters at 169 per cent were too wide for A3 less
an inch (so above 5.55), 116.6 at 172 were not (so at most 5.58)."""


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.stem for path in TEMPLATES])
def test_a_sheet_is_enlarged_no_further_than_its_width_goes(path: Path) -> None:
    made = io.BytesIO()
    rewrite(in_large_print(Package(path.read_bytes())), {}, made)
    for page in openpyxl.load_workbook(made):
        last = range_boundaries(page.print_area.replace("$", "").split("!")[-1])[2]
        widths = {}
        for one in page.column_dimensions.values():
            widths |= dict.fromkeys(range(one.min, one.max + 1), one.width)
        width = sum(widths[column] for column in range(1, last + 1))
        room = ACROSS - 72 * (page.page_margins.left + page.page_margins.right)
        assert 0.5 < page.page_setup.scale / 100 <= room / (width * OFFICE), page.title
