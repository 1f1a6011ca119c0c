"""The first sheet of a workbook as a page to look at, drawn from its cells: for a preview where there is no Excel."""

from __future__ import annotations

from typing import Any

from addin.web.door.picture.cells import Cells
from addin.web.door.picture.charts import drawings
from addin.web.door.picture.looks import Looks
from workbook.model import CannotDo
from workbook.package.parts import Package
from workbook.package.xml_tree import fromstring
from workbook.reading.outline import corners
from workbook.reports.engine.book import BookPart
from workbook.reports.engine.styles import Styles


def picture(content: bytes) -> dict[str, Any]:
    """Columns (pixels), rows (points, cells), looks, and what is drawn beside the cells, of the first sheet.

    A cell is ``{column, across, down, text, look}``: how many columns and rows it takes, the place of its look.
    """
    package = Package.open(content)
    book = BookPart(package)
    sheets = book.sheets()
    if not sheets:
        raise CannotDo("There is no sheet in this workbook to look at.")
    part, styles = sheets[0][1], book.linked("styles")
    cells = Cells(
        fromstring(package.read(part)),
        Looks(package, styles, book.linked("theme")),
        Styles(package, styles, book.epoch_1904),
        package.read(book.linked("sharedStrings") or "") if book.linked("sharedStrings") else None,
        book.epoch_1904,
    )
    rows, columns = cells.rows(), cells.widths()
    bottom, right = _printed(book)
    return {"columns": columns[:right], "rows": rows[:bottom], "looks": cells.used,
            "drawings": list(drawings(package, part)), "cut": cells.cut}  # fmt: skip


def _printed(book: BookPart) -> tuple[int | None, int | None]:
    """The last row and column of the first sheet's print area; None where it has none, or several."""
    for name in book.defined_names():
        if name.get("name") == "_xlnm.Print_Area" and name.get("localSheetId") == "0":
            area = corners((name.text or "").rpartition("!")[2].replace("$", ""))
            return (area[1], area[3]) if area else (None, None)
    return None, None
