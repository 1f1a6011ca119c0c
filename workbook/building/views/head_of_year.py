"""The sheet Head of Year: a line for each form, mentor, subject and flag, under three charts that Excel draws."""

from __future__ import annotations

from typing import Any

from workbook.building.look import ACCENT, INK, LINE, STATUS, TABS
from workbook.building.tables.table import HEAD, set_up_print
from workbook.building.views.places import Matter
from workbook.building.views.written import write_line, write_list
from workbook.building.views.written_rows import HEAD_OF_YEAR
from workbook.measures.head_of_year import BAND, DROP, HALF_TERM
from workbook.model import Group

NAME = "Head of Year"
_CHARTS = 232
"""Points of the row that the charts lie over."""
_FILLS = {"Levels above": STATUS["Above"][0], "Levels on": STATUS["On"][0],
          "Levels just below": STATUS["Just below"][0], "Levels below": STATUS["Below"][0]}  # fmt: skip


def write_head_of_year(page: Any, matter: Matter) -> None:
    """The lines, and above them attendance by half term, levels by drop, learners by band."""
    rows = list(matter.lists.get(NAME, ()))
    write_list(page, matter, NAME, HEAD_OF_YEAR, rows, Group.DATA_DROP)
    page.set_row(HEAD - 1, 44)
    page.freeze_panes(0, 2)
    set_up_print(page, NAME, HEAD - 1)
    page.set_tab_color(TABS[Group.DATA_DROP])
    write_line(page, matter, NAME, len(rows), valign="top")
    if not rows:
        return
    style = matter.look.difference(top=1, top_color=ACCENT)
    first, last, right = HEAD + 1, HEAD + len(rows), len(HEAD_OF_YEAR) - 1
    rule = {"type": "formula", "criteria": f"=$A{first}<>$A{first - 1}", "format": style}
    page.conditional_format(HEAD, 0, last - 1, right, rule)
    page.set_row(2, _CHARTS)
    _chart(page, matter, "line", "Attendance by half term, %", rows, HALF_TERM, ("Attendance %",), 0, 440)
    _chart(page, matter, "column", "Levels by data drop", rows, DROP, tuple(_FILLS), 450, 520)
    _chart(page, matter, "bar", "Learners by band", rows, BAND, ("Learners",), 980, 440)


def _chart(
    page: Any, matter: Matter, kind: str, title: str, rows: list[tuple[Any, ...]], part: str, what: tuple[str, ...],
    left: int, width: int,
) -> None:  # fmt: skip
    """A chart of a part of the lines, which always stands in the same rows."""
    places = [number for number, row in enumerate(rows, HEAD) if row[0] == part]
    columns = {one.header: place for place, one in enumerate(HEAD_OF_YEAR)}
    chart = matter.book.add_chart({"type": kind, "subtype": "percent_stacked"} if len(what) > 1 else {"type": kind})
    for header in what:
        colour = _FILLS.get(header, ACCENT)
        series: dict[str, Any] = {
            "name": [NAME, HEAD - 1, columns[header]],
            "categories": [NAME, places[0], 1, places[-1], 1],
            "values": [NAME, places[0], columns[header], places[-1], columns[header]],
            "fill": {"color": colour},
            "border": {"color": LINE},
            "gap": 60,
        }
        if kind == "line":
            labels = {"value": True, "position": "above", "num_format": "0.0"}
            series |= {"line": {"color": colour, "width": 2.25}, "data_labels": labels,
                       "marker": {"type": "circle", "size": 6, "fill": {"color": colour}}}  # fmt: skip
            series.pop("border")
        elif len(what) == 1:
            series["data_labels"] = {"value": True}
        chart.add_series(series)
    grid = {"visible": True, "line": {"color": LINE}}
    chart.set_title({"name": title, "name_font": {"size": 11, "color": INK}, "overlay": False})
    chart.set_x_axis({"line": {"color": LINE}, "major_gridlines": {"visible": kind == "bar", "line": {"color": LINE}}})
    scale = _scale([row[columns[what[0]]] for row in rows if row[0] == part]) if kind == "line" else {}
    chart.set_y_axis({"line": {"none": True}, "major_gridlines": {"visible": False} if kind == "bar" else grid,
                      "reverse": kind == "bar", **scale})  # fmt: skip
    chart.set_legend({"position": "bottom"} if len(what) > 1 else {"none": True})
    chart.set_size({"width": width, "height": 276})
    page.insert_chart(2, 0, chart, {"x_offset": left + 8, "y_offset": 24, "description": title, "object_position": 2})


def _scale(values: list[Any]) -> dict[str, float]:
    """From well under the lowest percentage to 100, so that a small change looks small."""
    known = [value for value in values if isinstance(value, int | float)]
    return {"min": max(0, min(75, min(known, default=100) // 5 * 5 - 5)), "max": 100}
