"""The report to parents and carers: words first, then the subjects, attendance and the path so far."""

from __future__ import annotations

from pathlib import Path

from workbook.reports.design.page import ACCENT, CARE, CHART_WORDS, GOOD, GROUND, LEVEL, LINE, MUTED, SMALL, Page

WIDTHS = (25.0, 14.0, 14.0, 14.0, 14.0, 16.5, 14.0)
"""A tenth wider than the paper, so that the page is printed at nine tenths: ten subjects go on one, at nine points."""
CHART_HEIGHT = 180
_HEADERS = ("{{if subject}}Subject", "Target", "Now", "Before", "Forecast", "{{report.status_heading}}", "Effort")
_MEANINGS = (
    "{{if subject}}Target: the level to reach by the end of {{report.course_end}}. "
    "Now and Before: the last two levels. Forecast: what the teacher expects at the end. {{report.status_meaning}} "
    "Effort, best first: {{report.effort_words}}. Levels can go up and down between reports. "
    "{{report.vocational_meaning}}"
)


def make(path: Path) -> None:
    """Write the template."""
    with Page(path, "Parent report", WIDTHS, pages=0, margins=(0.5, 0.5, 0.4, 0.4)) as page:
        row = page.masthead(
            "{{learner.name}}",
            "Progress report · {{report.drop}} · Form {{learner.form}}{{report.copy_for}}",
            "{{academy.name}}",
            "{{report.date}}",
            split=4,
        )
        row = words(page, row)
        row, chart_at = attendance_and_path(page, row + 1)
        row = subjects(page, row + 1)
        row = reach_us(page, row + 1)
        page.sheet.print_area(0, 0, row - 1, page.last)
        head = page.chart_rows(row + 2)
        chart = page.progress_chart(head, head + 1, 0)
        chart.set_size({"width": 490, "height": CHART_HEIGHT})
        page.sheet.insert_chart(
            chart_at, 2, chart, {"x_offset": 12, "y_offset": 2, "object_position": 1, **CHART_WORDS}
        )


def words(page: Page, row: int) -> int:
    """Going well, to work on, and what each of us will do."""
    page.heading(row, "Going well")
    page.block(row + 1, "{{going_well}}", GOOD)
    page.heading(row + 2, "One or two things to work on")
    page.block(row + 3, "{{work_on}}", CARE)
    thirds = (
        (0, 1, "What we will do", "{{we_will}}"),
        (2, 4, "What {{learner.first_name}} will do", "{{learner_will}}"),
        (5, 6, "How you can help", "{{you_can_help}}"),
    )
    for first, last, heading, text in thirds:
        page.heading(row + 4, heading, first, last)
        page.block(row + 5, text, GROUND, first, last, points=44)
    return row + 6


def subjects(page: Page, row: int) -> int:
    """The table: a line of figures and the teacher's comment for each subject."""
    page.height(row - 1, 9)
    page.headers(row, _HEADERS)
    figures, comment = row + 1, row + 2
    top = {"top": 1, "top_color": LINE}
    page.put(figures, 0, 0, "{{subject.name}}", 19, bold=True, indent=1, text_wrap=True, **top)
    for column, token in ((1, "target"), (2, "current"), (3, "last"), (4, "forecast")):
        page.put(figures, column, column, f"{{{{subject.{token}}}}}", None, bold=token == "current", **LEVEL, **top)
    status = {"align": "center", "text_wrap": True}
    page.put(figures, 5, 5, "{{subject.status_mark}} {{subject.status_words}}", None, **status, **top)
    page.put(figures, 6, 6, "{{subject.effort}}", None, align="center", **top)
    page.status_fills(figures, figures, 5)
    text = "{{if subject.comment}}{{subject.comment}}"
    page.put(comment, 0, page.last, text, None, font_color=MUTED, font_size=10, text_wrap=True, indent=1, valign="top")
    meanings = {
        "font_size": 10,
        "font_color": MUTED,
        "text_wrap": True,
        "valign": "top",
        "top": 1,
        "top_color": LINE,
    }
    page.put(row + 3, 0, page.last, _MEANINGS, 26, **meanings)
    plain = {**meanings, "top": 0}
    page.put(row + 4, 0, page.last, "{{if report.level_words}}The levels: {{report.level_words}}.", None, **plain)
    return row + 5


def attendance_and_path(page: Page, row: int) -> tuple[int, int]:
    """Attendance in sentences at the left, the chart of progress at the right."""
    page.height(row - 1, 8)
    page.heading(row, "Attendance", 0, 1)
    page.heading(row, "{{chart.title}}", 2, page.last)
    text = "{{if chart.levels}}{{attendance.sentence}} {{attendance.late_sentence}}\n\n{{chart.sentence}}"
    page.put(row + 1, 0, 1, text, CHART_HEIGHT * 0.75 + 4, text_wrap=True, valign="top")
    text = "{{if not chart.levels}}{{attendance.sentence}} {{attendance.late_sentence}}"
    page.put(row + 2, 0, 1, text, 30, text_wrap=True, valign="top")
    page.put(row + 2, 2, page.last, "{{if not chart.levels}}{{chart.sentence}}", text_wrap=True, valign="top")
    return row + 3, row + 1


def reach_us(page: Page, row: int) -> int:
    """Whom to speak to and when we next meet."""
    line = {"top": 1, "top_color": ACCENT}
    text = "Talk to us: {{mentor.name}}, progress mentor · {{mentor.phone}} · {{mentor.email}}"
    page.put(row, 0, page.last, text, 22, bold=True, font_color=ACCENT, **line)
    text = "{{if report.next_progress_day}}The next Personal Progress Day is on {{report.next_progress_day}}."
    page.put(row + 1, 0, page.last, text, 17, font_size=SMALL + 1, num_format="d mmmm yyyy")
    return row + 2
