"""The annual report, with what the law asks for (The Education (Pupil Information) (England) Regulations 2005):
general progress, achievements in subjects and activities with strengths and needs, attendance with possible sessions
and unauthorised absence, and how to discuss it.
"""

from __future__ import annotations

from pathlib import Path

from workbook.reports.design.page import ACCENT, CARE, GOOD, LEVEL, LINE, MUTED, Page
from workbook.reports.engine.properties import STATUTORY_TAG

WIDTHS = (24.5, 19.0, 13.5, 13.5, 13.5, 16.0, 14.0)
_HEADERS = (
    "{{if subject}}Subject",
    "Qualification",
    "Target",
    "Now",
    "Forecast",
    "{{report.status_heading}}",
    "Effort",
)
_TOP = {"top": 1, "top_color": LINE}


def make(path: Path) -> None:
    """Write the template."""
    with Page(path, "Annual report", WIDTHS, tags=(STATUTORY_TAG,), pages=0) as page:
        row = page.masthead(
            "{{learner.full_name}}",
            "Annual report · {{report.year}} · Form {{learner.form}} · Year {{learner.year}}{{report.copy_for}}",
            "{{academy.name}}",
            "{{report.date}}",
            split=4,
        )
        page.heading(row, "General progress and strengths")
        page.block(row + 1, "{{going_well}}", GOOD)
        page.heading(row + 2, "Needs, and what we are doing")
        page.block(row + 3, "{{work_on}} {{we_will}}", CARE)
        row = _subjects(page, row + 4)
        row = _activities(page, row)
        row = _attendance(page, row)
        row = _next(page, row)
        page.sheet.print_area(0, 0, row - 1, page.last)


def _subjects(page: Page, row: int) -> int:
    page.heading(row, "Subjects and qualifications")
    page.headers(row + 1, _HEADERS)
    figures = row + 2
    page.put(figures, 0, 0, "{{subject.name}}", 18, bold=True, indent=1, text_wrap=True, **_TOP)
    for column, token in enumerate(("qualification", "target", "current", "forecast"), start=1):
        page.put(
            figures,
            column,
            column,
            f"{{{{subject.{token}}}}}",
            None,
            bold=token == "current",
            **(LEVEL if column > 1 else {"align": "center", "text_wrap": True}),
            **_TOP,
        )
    page.put(figures, 5, 5, "{{subject.status_mark}} {{subject.status_words}}", None, align="center", text_wrap=True,
             **_TOP)  # fmt: skip
    page.put(figures, 6, 6, "{{subject.effort}}", None, align="center", **_TOP)
    page.status_fills(figures, figures, 5)
    look = {"font_size": 10, "font_color": MUTED, "text_wrap": True, "indent": 1, "valign": "top"}
    page.put(row + 3, 0, page.last, "{{if subject.comment}}{{subject.comment}}", None, **look)
    text = (
        "{{if subject}}Targets are for the end of {{report.course_end}}; forecasts are what teachers expect by then. "
        "{{report.status_meaning}} Effort, best first: {{report.effort_words}}."
    )
    small = {"font_size": 10, "font_color": MUTED, "text_wrap": True, "valign": "top"}
    page.put(row + 4, 0, page.last, text, None, **small, **_TOP)
    page.put(row + 5, 0, page.last, "{{if report.level_words}}The levels: {{report.level_words}}.", None, **small)
    text = "{{if not subject}}No subjects yet."
    page.put(row + 6, 0, page.last, text, 16, indent=1, font_color=MUTED)
    return row + 7


def _activities(page: Page, row: int) -> int:
    page.heading(row, "Achievements and activities")
    page.put(row + 1, 0, 0, "{{achievement.date}}", 16, num_format="d mmmm yyyy", indent=1, **_TOP)
    page.put(row + 1, 1, page.last, "{{achievement.what}}", None, text_wrap=True, **_TOP)
    page.put(row + 2, 0, 0, "Work experience", 16, indent=1, **_TOP)
    text = "{{placement.employer}} ({{placement.sector}}), {{placement.start}} to {{placement.end}}"
    page.put(row + 2, 1, page.last, text, None, text_wrap=True, num_format="d mmmm yyyy", **_TOP)
    text = "{{if not achievement}}None recorded yet this year."
    page.put(row + 3, 0, page.last, text, 16, indent=1, font_color=MUTED)
    return row + 4


def _attendance(page: Page, row: int) -> int:
    page.heading(row, "Attendance")
    text = "{{attendance.sentence}} {{attendance.late_sentence}}"
    page.put(row + 1, 0, page.last, text, None, text_wrap=True, valign="top")
    head = (
        "{{if half_term}}Half term",
        "Possible sessions",
        "Attended",
        "Authorised",
        "Unauthorised",
        "Attendance %",
        "Late",
    )
    for column, header in enumerate(head):
        align = "left" if column == 0 else "center"
        look = {"bold": True, "font_size": 9, "font_color": MUTED, "align": align, "indent": int(column == 0)}
        page.put(row + 2, column, column, header, 16, **look)
    tokens = ("name", "possible", "attended", "authorised", "unauthorised", "percent", "late")
    for column, token in enumerate(tokens):
        look = {"align": "left", "indent": 1} if column == 0 else {"align": "center", "num_format": "0"}
        if token == "percent":
            look["num_format"] = "0.0"
        page.put(row + 3, column, column, f"{{{{half_term.{token}}}}}", 15, **look, **_TOP)
    return row + 4


def _next(page: Page, row: int) -> int:
    page.heading(row, "Next steps and how to discuss this report")
    text = (
        "{{if next_step.intended_destination}}{{learner.first_name}} is aiming for: {{next_step.intended_destination}} "
        "{{next_step.course_or_role}} {{next_step.provider}}"
    )
    page.put(row + 1, 0, page.last, text, 16, text_wrap=True)
    text = "To talk about this report ask for {{mentor.name}}, progress mentor · {{mentor.phone}} · {{mentor.email}}"
    page.put(row + 2, 0, page.last, text, 20, text_wrap=True, bold=True, font_color=ACCENT)
    return row + 3
