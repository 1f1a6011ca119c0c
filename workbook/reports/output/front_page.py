"""The first sheet of a workbook of reports: what it holds, and a link to each learner's sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.model.tracker import column_letter
from workbook.reading.references import prefix
from workbook.reports.engine.merge_styles import StyleBook
from workbook.reports.engine.values import CellFormat, escape

_INK, _MUTED, _LINE, _ACCENT = "1B2733", "5B6B7A", "D9E0E6", "1F5F7A"
_FIRST_ROW = 5
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page says: a title, a line below it, and the headings over each learner's line."""

    title: str = "Reports"
    purpose: str = "A report for each learner: choose a name to go to it."
    headings: Sequence[str] = ("Learner",)


class FrontPage:
    """The front page's looks, added to a workbook's styles, and its sheet."""

    def __init__(self, styles: StyleBook, front: Front) -> None:
        self._front = front
        self._title = styles.look({"b": "1", "sz": "18", "color": _ACCENT})
        self._purpose = styles.look({"sz": "11", "color": _MUTED})
        self._heading = styles.look({"b": "1", "sz": "11", "color": _ACCENT}, _ACCENT)
        self._link = styles.look({"u": "single", "sz": "11", "color": _ACCENT}, _LINE)
        self._plain = styles.look({"sz": "11", "color": _INK}, _LINE)

    def sheet(self, lines: Sequence[tuple[str, Sequence[object]]], selected: bool) -> bytes:
        """The sheet; each line is the name of the sheet it leads to and the values it shows, a name first."""
        front = self._front
        width = max([len(front.headings), *(len(values) for _, values in lines)])
        rows = [
            self._row(1, [front.title], self._title, self._title, 26),
            self._row(2, [front.purpose], self._purpose, self._purpose),
            self._row(_FIRST_ROW - 1, [*front.headings, *[""] * (width - len(front.headings))], *[self._heading] * 2),
        ]
        rows += [
            self._row(_FIRST_ROW + number, values, self._link, self._plain) for number, (_, values) in enumerate(lines)
        ]
        links = "".join(
            f'<hyperlink ref="A{_FIRST_ROW + number}" location="{escape(prefix(sheet))}A1"/>'
            for number, (sheet, _) in enumerate(lines)
        )
        view = '<sheetView showGridLines="0" workbookViewId="0"' + (' tabSelected="1">' if selected else ">")
        pane = f'<pane ySplit="{_FIRST_ROW - 1}" topLeftCell="A{_FIRST_ROW}" activePane="bottomLeft" state="frozen"/>'
        longest = max([20, *(len(str(values[0])) for _, values in lines)])
        columns = f'<col min="1" max="1" width="{min(longest + 3, 60)}" customWidth="1"/>'
        if width > 1:
            columns += f'<col min="2" max="{width}" width="18" customWidth="1"/>'
        xml = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}">'
            f'<sheetPr><tabColor rgb="FF{_ACCENT}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
            f"<sheetViews>{view}{pane}</sheetView></sheetViews><cols>{columns}</cols>"
            f"<sheetData>{''.join(rows)}</sheetData>"
            + (f"<hyperlinks>{links}</hyperlinks>" if links else "")
            + '<pageSetup paperSize="9" orientation="portrait" fitToHeight="0"/></worksheet>'
        )
        return xml.encode()

    def _row(self, number: int, values: Sequence[object], first: int, rest: int, height: int | None = None) -> str:
        cells = [
            f'<c r="{column_letter(column)}{number}" s="{first if column == 1 else rest}"{_FORMAT.cell(value)}'
            for column, value in enumerate(values, 1)
        ]
        tall = f' ht="{height}" customHeight="1"' if height else ""
        return f'<row r="{number}"{tall}>{"".join(cells)}</row>'


_FORMAT = CellFormat()
