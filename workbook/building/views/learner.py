"""The Learner view: one learner on a page, chosen by form and name; what it shows is laid out here."""

from __future__ import annotations

from typing import Any

from workbook.building.look import ACCENT, DARK_RED, DATE, LINE, MUTED, WHITE, Look
from workbook.building.tables.rules import colour_status
from workbook.building.tables.table import set_up_print
from workbook.building.views.learner_average import Averages
from workbook.building.views.learner_behind import write_behind
from workbook.building.views.learner_lists import (
    CONTACTS,
    HOME,
    INTERVENTIONS,
    TARGETS,
    VOCATIONAL,
    contact_row,
    home_row,
    intervention_row,
    list_title,
    target_row,
    vocational_row,
)
from workbook.building.views.learner_live import SUBJECTS, TOP, Behind
from workbook.building.views.learner_pattern import pattern
from workbook.building.views.places import (
    Matter,
    chooser,
    figure,
    line_where_filled,
    open_view,
    plain,
    purpose,
    put,
    section,
)
from workbook.model import Group
from workbook.model.formulas import DROPS
from workbook.model.tracker import column_letter

_WIDTHS = (28, 10, 10, *[10] * 6, 10, 15, 9, 9, 15)
_LAST = len(_WIDTHS) - 1
_RIGHT = 7
"""The first column of the lists beside the chart, from 0."""
_HEADS = (
    "Subject",
    "Baseline",
    "Target",
    *(f"APL {drop}" for drop in DROPS),
    "Forecast",
    "Effort",
    "Gap",
    "Change",
    "Status",
)
_AVERAGES = TOP + SUBJECTS
"""The row of the average points, counted from 1; what is expected stands below it."""
_CHART_TOP = _AVERAGES + 3


def write_learner_view(page: Any, matter: Matter) -> None:
    """Who it is, attendance, subjects, a chart, targets, contacts, what is in place, home."""
    look = matter.look
    open_view(page, look, "Learner view", purpose("Learner view"), Group.PROGRESS_DAY, _WIDTHS)
    behind = Behind(matter)
    averages = Averages(behind)
    write_behind(page, matter, behind, averages)
    _write_choice(page, look, behind)
    _write_about(page, look, behind)
    _write_subjects(page, look, behind)
    _write_averages(page, look, averages)
    _write_chart(page, matter, behind)
    _write_lists(page, look, behind)
    page.freeze_panes(3, 0)
    set_up_print(page, "Learner view", -1)
    page.set_portrait()
    page.fit_to_pages(1, 1)
    page.print_area(0, 0, _CHART_TOP + 28, _LAST)


def _write_choice(page: Any, look: Look, behind: Behind) -> None:
    page.set_row(2, 21)
    page.write_string(2, 0, "Form", look.format(bold=True, align="right", indent=1))
    page.merge_range(2, 1, 2, 2, behind.form, chooser(look))
    page.merge_range(2, 3, 2, 4, "Learner", look.format(bold=True, align="right", indent=1))
    page.merge_range(2, 5, 2, 9, behind.label, chooser(look))
    page.data_validation(2, 1, 2, 2, {"validate": "list", "source": "=choice_forms", "error_type": "warning"})
    page.data_validation(
        2,
        5,
        2,
        9,
        {
            "validate": "list",
            "source": "=learners_of_form",
            "error_type": "warning",
            "error_message": "Choose the form first, then a learner of that form.",
        },
    )
    style = look.format(bold=True, font_color=DARK_RED, indent=1)
    put(page, 2, 10, *behind.asked(), style)


def _write_about(page: Any, look: Look, behind: Behind) -> None:
    page.set_row(3, 28)
    put(
        page,
        3,
        0,
        behind.of_learner("Name"),
        behind.learner("name"),
        look.format(font_size=18, bold=True, font_color=ACCENT),
    )
    formula, words = behind.about()
    put(page, 4, 0, formula, words, look.format(font_color=MUTED))
    formula, words = behind.attendance()
    put(page, 5, 0, formula, words, look.format(bold=True))
    page.set_row(6, 30)
    wrapped = look.format(font_color=MUTED, text_wrap=True, valign="top")
    page.merge_range(6, 0, 6, _LAST, "", wrapped)
    put(page, 6, 0, *pattern(behind), wrapped)


def _write_subjects(page: Any, look: Look, behind: Behind) -> None:
    band = look.format(font_size=9, font_color=MUTED, align="center")
    for drop in DROPS:
        formula, name = behind.drop_name(drop)
        put(page, TOP - 3, 2 + drop, formula, name, band)
    page.set_row(TOP - 2, 22)
    for number, words in enumerate(_HEADS):
        page.write_string(TOP - 2, number, words, look.header(False, number > 0))
    for number in range(SUBJECTS):
        for column, (formula, value) in enumerate(behind.subject_row(number)):
            style: dict[str, Any] = {"align": "center"} if column else {"bold": True, "indent": 1}
            if _HEADS[column] in ("Gap", "Change"):
                style["num_format"] = "+0.0;\u22120.0;0.0"
            put(page, TOP - 1 + number, column, formula, value, plain(look, **style))
    last = column_letter(len(_HEADS))
    colour_status(page, look, f"{last}{TOP}:{last}{TOP + SUBJECTS - 1}")
    line_where_filled(page, look, f"A{TOP}:{last}{TOP + SUBJECTS - 1}", f"$A{TOP}")


def _write_averages(page: Any, look: Look, averages: Averages) -> None:
    """Two lines under the subjects, which the chart draws; a drop without levels shows nothing."""
    ours = {"bold": True, "font_color": ACCENT, "top": 1, "top_color": ACCENT}
    rows = (
        (_AVERAGES - 1, ours, averages.average),
        (_AVERAGES, {"font_color": MUTED}, averages.expected),
    )
    put(page, _AVERAGES - 1, 0, *averages.title(), look.format(indent=1, **ours))
    page.write_string(_AVERAGES, 0, "Expected on the way to the target", look.format(indent=1, font_color=MUTED))
    for column in (1, 2):
        page.write_blank(_AVERAGES - 1, column, None, look.format(**ours))
    for row, style, formulas in rows:
        for drop in DROPS:
            put(page, row, 2 + drop, *formulas(drop), look.format(align="center", num_format="0.0", **style))
    first, last = column_letter(2 + DROPS[0] + 1), column_letter(2 + DROPS[-1] + 1)
    none = look.difference(font_color=WHITE)
    rule = {"type": "formula", "criteria": f"=ISNA({first}{_AVERAGES})", "format": none}
    page.conditional_format(f"{first}{_AVERAGES}:{last}{_AVERAGES + 1}", rule)


def _write_chart(page: Any, matter: Matter, behind: Behind) -> None:
    look, row = matter.look, _CHART_TOP - 1
    for column in range(_RIGHT - 1):
        page.write_blank(row, column, None, section(look))
    page.write_string(row, 0, "Progress over the year", section(look))
    chart = matter.book.add_chart({"type": "line"})
    first, last = column_letter(2 + DROPS[0] + 1), column_letter(2 + DROPS[-1] + 1)
    names, points, expected = (
        f"='Learner view'!${first}${at}:${last}${at}" for at in (TOP - 2, _AVERAGES, _AVERAGES + 1)
    )
    common = {"categories": names}
    grey = {"color": "#8A97A3", "width": 2, "dash_type": "dash"}
    chart.add_series({**common, "name": "Expected", "values": expected, "line": grey, "marker": {"type": "none"}})
    mark = {"type": "circle", "size": 7, "fill": {"color": ACCENT}, "border": {"color": ACCENT}}
    labels = {
        "value": True,
        "position": "above",
        "num_format": "0.0",
        "font": {"size": 9, "color": ACCENT, "bold": True},
    }
    chart.add_series(
        {
            **common,
            "name": "Average points",
            "values": points,
            "line": {"color": ACCENT, "width": 2.75},
            "marker": mark,
            "data_labels": labels,
        }
    )
    font = {"name": "Calibri", "size": 9, "color": MUTED}
    chart.set_x_axis({"num_font": font, "line": {"color": LINE}, "major_tick_mark": "none"})
    grid = {"visible": True, "line": {"color": LINE, "width": 0.75}}
    chart.set_y_axis({"num_font": font, "line": {"none": True}, "major_gridlines": grid, "num_format": "0.0"})
    chart.set_legend({"position": "top", "font": font})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.show_blanks_as("span")  # said outright: left unsaid, some programs draw a missing point as 0
    chart.set_size({"width": 600, "height": 420})
    page.insert_chart(
        row + 1,
        0,
        chart,
        {
            "x_offset": 2,
            "y_offset": 4,
            "object_position": 2,
            "description": "Average points at each drop beside what is expected.",
        },
    )


def _write_lists(page: Any, look: Look, behind: Behind) -> None:
    row = _CHART_TOP - 1
    lists = (
        ("Open targets", TARGETS, target_row, True),
        ("Latest contacts", CONTACTS, contact_row, True),
        ("In place now", INTERVENTIONS, intervention_row, False),
        ("Vocational days", VOCATIONAL, vocational_row, True),
        ("Home", HOME, home_row, False),
    )
    left = figure(look, num_format=DATE, bold=True)
    right = look.format(text_wrap=True, bottom=1, bottom_color=LINE)
    for title, count, line, tall in lists:
        for column in range(_RIGHT, _LAST + 1):
            page.write_string(row, column, "", section(look))
        put(page, row, _RIGHT, *list_title(behind, title, count), section(look))
        for number in range(count):
            row += 1
            if tall:
                page.set_row(row, 30)
            (when, when_value), (what, what_value) = line(behind, number)
            page.merge_range(row, _RIGHT, row, _RIGHT + 1, "", left)
            put(page, row, _RIGHT, when, when_value, left)
            page.merge_range(row, _RIGHT + 2, row, _LAST, "", right)
            put(page, row, _RIGHT + 2, what, what_value, right)
        row += 2 if title != "Home" else 0
