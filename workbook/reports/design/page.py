"""What all templates share: colours, three sizes of one typeface, blocks of text, the chart of progress."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from xlsxwriter.chart import Chart
from xlsxwriter.format import Format

from workbook.building.in_english import EnglishWorkbook
from workbook.building.look import STATUS
from workbook.measures.levels import STATUS_MARKS

INK, MUTED, LINE, ACCENT, GROUND = "#1B2733", "#5B6B7A", "#D9E0E6", "#1F5F7A", "#EAF2F5"
GOOD, CARE = "#E6F3EA", "#FFF4DB"
DASHED = "#8A98A5"
STATUS_FILLS = {word: fill for word, (fill, _) in STATUS.items()}
LARGE, TEXT, SMALL = 22, 10.5, 9
HEADING = 12
LEVEL: dict[str, Any] = {"align": "center", "shrink": True}
"""A level: one line always, so that its sign stays with it, and smaller where its name is long."""
CHART_WORDS = {"description": "{{if chart.levels}}{{chart.described}}"}
"""The chart of progress for those who do not see it; without a level there is none."""

_MADE = datetime(2026, 9, 1)


class Page:
    """A template with one sheet, A4 and fitted to one page; `with Page(…) as page:` writes the file at the end.

    `tags` are further words that say what it is, `whose` is the name that the file's title ends with, `pages` how many
    pages a sheet may take before it is made smaller (0: as many as it needs).
    `suits` names the flags, lists or values of which a learner has one for whom the template makes sense.
    """

    def __init__(
        self,
        path: Path,
        title: str,
        widths: tuple[float, ...],
        *,
        sheet: str = "Report",
        staff: bool = False,
        suits: tuple[str, ...] = (),
        tags: tuple[str, ...] = (),
        whose: str = "learner.name",
        pages: int = 1,
        paper: int = 9,
        landscape: bool = False,
        margins: tuple[float, float, float, float] = (0.5, 0.5, 0.5, 0.55),
    ) -> None:
        self.book = EnglishWorkbook(str(path))
        self.book.set_properties(
            {
                "title": f"{title}: {{{{{whose}}}}}" if whose else title,
                "subject": "Mentorbook report template",
                "keywords": ", ".join(("staff" if staff else "parents", *tags, *(f"for {one}" for one in suits))),
                "created": _MADE,
            }
        )
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.book.formats[0].set_font_size(11)
        self._paper, self._landscape, self._margins, self._pages = paper, landscape, margins, pages
        self.new_sheet(sheet, widths)

    def new_sheet(self, name: str, widths: tuple[float, ...]) -> None:
        """Go on with a new sheet, which is a page of its own."""
        self.name, self.last = name, len(widths) - 1
        self.sheet = self.book.add_worksheet(name)
        self.sheet.hide_gridlines(2)
        self.sheet.set_paper(self._paper)
        if self._landscape:
            self.sheet.set_landscape()
        left, right, top, bottom = self._margins
        self.sheet.set_margins(left=left, right=right, top=top, bottom=bottom)
        self.sheet.center_horizontally()
        self.sheet.fit_to_pages(1, self._pages)
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width, self.format())

    def __enter__(self) -> Page:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            self.book.close()

    def format(self, **look: Any) -> Format:
        """A cell format: Calibri in ink, middle of the cell, unless told otherwise."""
        full = {"font_name": "Calibri", "font_size": TEXT, "font_color": INK, "valign": "vcenter"} | look
        if "indent" in full:
            full.setdefault("align", "left")  # an indent without an alignment counts for nothing
        key = tuple(sorted(full.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(dict(full))
        return self._formats[key]

    def height(self, row: int, points: float) -> None:
        """The least height of a row (counted from 0)."""
        self.sheet.set_row(row, points)

    def put(self, row: int, first: int, last: int, text: str, points: float | None = None, **look: Any) -> None:
        """`text` over the columns `first` to `last` of a row."""
        form = self.format(**look)
        if first == last:
            self.sheet.write_string(row, first, text, form)
        else:
            self.sheet.merge_range(row, first, row, last, "", form)
            self.sheet.write_string(row, first, text, form)
        if points:
            self.height(row, points)

    def heading(self, row: int, text: str, first: int = 0, last: int | None = None, points: float = 21) -> None:
        """A heading over a block."""
        end = self.last if last is None else last
        look = {"bold": True, "font_size": HEADING, "font_color": ACCENT, "valign": "bottom", "text_wrap": True}
        self.put(row, first, end, text, points, **look)

    def block(
        self, row: int, text: str, fill: str, first: int = 0, last: int | None = None, points: float = 24
    ) -> None:
        """A paragraph on a light ground, wrapped; its row grows with the text."""
        end = self.last if last is None else last
        self.put(row, first, end, text, points, text_wrap=True, bg_color=fill, indent=1)

    def masthead(self, left: str, under: str, right: str, under_right: str, split: int) -> int:
        """Name and date over a line in the accent; gives the next row."""
        self.put(0, 0, split, left, 33, bold=True, font_size=LARGE, font_color=ACCENT, text_wrap=True)
        self.put(0, split + 1, self.last, right, font_color=MUTED, align="right")
        line: dict[str, Any] = {"bottom": 2, "bottom_color": ACCENT, "font_color": MUTED, "text_wrap": True}
        self.put(1, 0, split, under, 21, **line)
        self.put(1, split + 1, self.last, under_right, align="right", num_format="d mmmm yyyy", **line)
        return 2

    def status_fills(self, first_row: int, last_row: int, column: int) -> None:
        """A light fill by the mark that stands before the words of a status."""
        area = (first_row, column, last_row, column)
        for mark, fill in zip(STATUS_MARKS.values(), STATUS_FILLS.values(), strict=True):
            rule = {
                "type": "text",
                "criteria": "begins with",
                "value": mark,
                "format": self.book.add_format({"bg_color": fill}),
                "stop_if_true": True,
            }
            self.sheet.conditional_format(*area, rule)

    def headers(self, row: int, texts: tuple[str, ...], left: tuple[int, ...] = (0,), points: float = 19) -> None:
        """A table's head in the accent, from the first column on; words of the columns `left` stand left."""
        for column, text in enumerate(texts):
            look: dict[str, Any] = {"align": "left"} if column in left else {"align": "center"}
            look |= {"indent": 1} if column == 0 else {}
            look |= {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "font_size": 10}
            self.put(row, column, column, text, points if column == 0 else None, **look)

    def progress_chart(self, head: int, row: int, first: int) -> Chart:
        """The chart of the `drop` rows: columns name, expected, average and the two labels from `first` on.

        `head` is the row whose cells name the two lines, as they are written at their ends.
        """
        chart = self.book.add_chart({"type": "line"})
        names = [self.name, row, first, row, first]
        expected = {"color": DASHED, "width": 1.75, "dash_type": "dash"}
        line = {"color": ACCENT, "width": 2.5}
        marker = {"type": "circle", "size": 6, "fill": {"color": ACCENT}, "border": {"color": "#FFFFFF"}}
        for column, look in ((1, {"line": expected}), (2, {"line": line, "marker": marker})):
            chart.add_series(
                {
                    "name": [self.name, head, first + column],
                    "categories": names,
                    "values": [self.name, row, first + column, row, first + column],
                    **look,
                }
            )
        for column, color in ((3, MUTED), (4, ACCENT)):
            label = {"series_name": True, "value": False, "position": "center"}
            label["font"] = {"name": "Calibri", "size": 9, "bold": column == 4, "color": color}
            chart.add_series(
                {
                    "name": [self.name, head, first + column],
                    "categories": names,
                    "values": [self.name, row, first + column, row, first + column],
                    "line": {"none": True},
                    "marker": {"type": "none"},
                    "data_labels": label,
                }
            )
        font = {"name": "Calibri", "size": 9, "color": MUTED, "bold": False}
        chart.set_legend({"none": True})
        chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
        chart.set_plotarea({"fill": {"none": True}, "border": {"none": True}})
        chart.set_x_axis({"num_font": font, "line": {"color": LINE}, "major_tick_mark": "none"})
        chart.set_y_axis(
            {
                "num_font": font,
                "num_format": "General",
                "major_unit": 1,  # a level
                "line": {"none": True},
                "major_tick_mark": "none",
                "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.5}},
            }
        )
        chart.show_blanks_as("gap")
        return chart

    def chart_rows(self, row: int, first: int = 0) -> int:
        """The figures behind the chart, below the printed page; gives the row of names over the `drop` row."""
        muted: dict[str, Any] = {"font_color": MUTED, "font_size": SMALL}
        self.put(row, first, first, "Figures behind the chart", None, bold=True, **muted)
        head = row + 1
        titles = ("", "Way to the target", "{{learner.first_name}}", "{{chart.expected}}", "{{chart.learner}}")
        for column, title in enumerate(titles):
            self.put(head, first + column, first + column, title, None, **muted)
        tokens = ("name", "expected", "average", "expected_label", "learner_label")
        for column, token in enumerate(tokens):
            look: dict[str, Any] = {**muted, **({} if column == 0 else {"num_format": "0.0", "align": "center"})}
            self.put(head + 1, first + column, first + column, f"{{{{drop.{token}}}}}", None, **look)
        return head
