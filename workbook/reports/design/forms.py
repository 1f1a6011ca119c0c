"""What is made once for a form: its summary, its Progress Day timetable, the board that celebrates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbook.reports.design.page import ACCENT, GROUND, INK, LINE, MUTED, STATUS_FILLS, Page

SUMMARY = (26.0, 12.0, 8.0, 11.0, 11.0, 10.0, 11.0, 46.0)
TIMETABLE = (8.0, 9.0, 26.0, 30.0, 20.0, 16.0)
BOARD = (56.0, 116.0, 36.0)
_A3 = 8
_TOP = {"top": 1, "top_color": LINE}
_STATUS = tuple(STATUS_FILLS)


def form_summary(path: Path) -> None:
    """Write the summary: landscape, the form in one sentence, a bar for each subject, a line for each learner."""
    with Page(path, "Form summary", SUMMARY, sheet="Form", staff=True, landscape=True, whose="form.name") as page:
        row = page.masthead(
            "Form {{form.name}}",
            "{{form.sentence}} Attendance so far: {{form.attendance}}%.",
            "{{academy.name}} · {{form.mentor}}",
            "{{report.date}}",
            split=6,
        )
        page.height(row, 8)
        page.headers(
            row + 1,
            ("Learner", "Attendance %", "Late", "On or above", "Below", "Targets", "Look or talk", "Why"),
            left=(0, 7),
        )
        tokens = ("name", "attendance", "late", "well", "below", "open_targets", "band", "reasons")
        for column, token in enumerate(tokens):
            look: dict[str, Any] = (
                {"indent": 1, "bold": True} if column == 0 else {"align": "left" if column == 7 else "center"}
            )
            if token == "attendance":
                look["num_format"] = "0.0"
            page.put(row + 2, column, column, f"{{{{member.{token}}}}}", 15.5, text_wrap=column == 7, **look, **_TOP)
        talk = page.book.add_format({"bold": True, "bg_color": STATUS_FILLS["Just below"]})
        rule = {"type": "cell", "criteria": "==", "value": '"Talk"', "format": talk}
        page.sheet.conditional_format(row + 2, 6, row + 2, 6, rule)
        page.heading(row + 3, "Subjects: how many learners are above, on, just below and below", points=26)
        page.height(row + 4, 264)
        page.sheet.print_area(0, 0, row + 4, page.last)
        _subject_chart(page, row + 4, row + 7)


def _subject_chart(page: Page, at: int, figures: int) -> None:
    muted = {"font_color": MUTED, "font_size": 9}
    page.put(figures - 1, 0, 0, "Figures behind the chart", None, bold=True, **muted)
    for column, word in enumerate(_STATUS, start=1):
        page.put(figures, column, column, word, None, **muted)
        token = word.lower().replace(" ", "_")
        page.put(figures + 1, column, column, f"{{{{form_subject.{token}}}}}", None, **muted)
    page.put(figures + 1, 0, 0, "{{form_subject.name}}", None, **muted)
    chart = page.book.add_chart({"type": "bar", "subtype": "stacked"})
    font = {"name": "Calibri", "size": 9, "color": MUTED, "bold": False}
    for column, word in enumerate(_STATUS, start=1):
        chart.add_series(
            {
                "name": [page.name, figures, column],
                "categories": [page.name, figures + 1, 0, figures + 1, 0],
                "values": [page.name, figures + 1, column, figures + 1, column],
                "fill": {"color": STATUS_FILLS[word]},
                "border": {"color": INK, "width": 0.5},
                "gap": 35,
                "data_labels": {"value": True, "num_format": "0;;", "font": {**font, "color": INK}},
            }
        )
    chart.set_legend({"position": "top", "font": font})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_y_axis(
        {
            "num_font": font,
            "line": {"color": LINE},
            "major_tick_mark": "none",
            "major_gridlines": {"visible": False},
            "reverse": True,
        }
    )
    chart.set_size({"width": 950, "height": 346})
    words = {"description": "Bar chart: for each subject how many learners of form {{form.name}} are above, on, below."}
    page.sheet.insert_chart(at, 0, chart, {"x_offset": 4, "y_offset": 2, "object_position": 1, **words})


def slot_timetable(path: Path) -> None:
    """Write the timetable of a Progress Day: a line for each learner, with room to note who came."""
    with Page(path, "Progress Day timetable", TIMETABLE, sheet="Timetable", staff=True, whose="form.name") as page:
        row = page.masthead(
            "Progress Day, Form {{form.name}}",
            "{{form.mentor}}",
            "{{academy.name}}",
            "{{report.progress_day}}",
            split=3,
        )
        page.height(row, 8)
        page.headers(row + 1, ("Time", "Room", "Learner", "To prepare", "Who came", "Note"), left=(0, 1, 2, 3, 4, 5))
        page.put(row + 2, 0, 0, "{{slot.time}}", 27, bold=True, indent=1, **_TOP)
        page.put(row + 2, 1, 1, "{{slot.room}}", None, text_wrap=True, **_TOP)
        page.put(row + 2, 2, 2, "{{slot.name}}", None, text_wrap=True, **_TOP)
        page.put(row + 2, 3, 3, "{{slot.prepare}}", None, font_color=MUTED, text_wrap=True, **_TOP)
        for column in (4, 5):
            page.put(row + 2, column, column, "", None, left=1, left_color=LINE, **_TOP)
        text = "{{form.learners}} learners. Change the times as families need; the usual ones are on Settings."
        page.put(row + 3, 0, page.last, text, 22, font_color=MUTED, font_size=9, **_TOP)
        page.sheet.print_area(0, 0, row + 3, page.last)


def celebration_board(path: Path) -> None:
    """Write the board for the wall: A3, large letters, what went well lately."""
    with Page(
        path, "Celebration board", BOARD, sheet="Board", staff=True, paper=_A3, landscape=True, whose="form.name"
    ) as page:
        page.put(0, 0, 1, "We celebrate", 96, font_size=72, bold=True, font_color=ACCENT)
        page.put(0, 2, 2, "Form {{form.name}}", None, font_size=36, font_color=MUTED, align="right")
        page.put(1, 0, 2, "", 10, top=5, top_color=ACCENT)
        page.put(
            2, 0, 0, "{{celebration.name}}", 56, font_size=30, bold=True, text_wrap=True, bottom=1, bottom_color=LINE
        )
        page.put(2, 1, 1, "{{celebration.what}}", None, font_size=30, text_wrap=True, bottom=1, bottom_color=LINE)
        look = {"font_size": 20, "font_color": MUTED, "align": "right", "bottom": 1, "bottom_color": LINE}
        page.put(2, 2, 2, "{{celebration.type}}", None, text_wrap=True, **look)
        text = "{{if not celebration}}The first one could be yours."
        page.put(3, 0, 2, text, 56, font_size=30, bg_color=GROUND, indent=1)
        page.put(
            4, 0, 2, "{{academy.name}} · {{report.date}}", 40, font_size=16, font_color=MUTED, num_format="mmmm yyyy"
        )
        page.sheet.print_area(0, 0, 4, 2)
