"""What staff read about one learner on one page."""

from __future__ import annotations

from pathlib import Path

from workbook.reports.design.page import CARE, GOOD, LINE, MUTED, Page

WIDTHS = (25.0, 9.5, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0, 9.5, 15.0, 13.0)
_TOP = {"top": 1, "top_color": LINE}
_WRAP = {"text_wrap": True, **_TOP}


def learner_profile(path: Path) -> None:
    """Write the template, tagged for staff."""
    with Page(path, "Learner profile", WIDTHS, sheet="Profile", staff=True) as page:
        row = page.masthead(
            "{{learner.name}}",
            "Profile for staff, not to be handed on · Form {{learner.form}} · {{mentor.name}}",
            "{{academy.name}}",
            "{{report.date}}",
            split=8,
        )
        text = "{{learner.pronouns}} · {{learner.course}} on {{learner.vocational_day}} · Joined {{learner.started}}"
        page.put(row, 0, page.last, text, 20, font_color=MUTED, num_format="d mmmm yyyy")
        page.heading(row + 1, "Going well", 0, 5)
        page.heading(row + 1, "To work on", 6, page.last)
        page.block(row + 2, "{{going_well}}", GOOD, 0, 5, points=40)
        page.block(row + 2, "{{work_on}}", CARE, 6, page.last)
        row = _reasons(page, row + 3)
        row = _subjects(page, row)
        row = _attendance(page, row)
        row = _records(page, row)
        page.sheet.print_area(0, 0, row - 1, page.last)


def _reasons(page: Page, row: int) -> int:
    page.heading(row, "Reasons to look, to talk, to praise")
    page.put(row + 1, 0, 0, "{{flag.title}}", 16, bold=True, indent=1, **_WRAP)
    page.put(row + 1, 1, 7, "{{flag.reason}}", None, **_WRAP)
    page.put(row + 1, 8, page.last, "{{flag.to_do}}", None, font_color=MUTED, **_WRAP)
    page.put(row + 2, 0, page.last, "{{if not flag}}Nothing stands out.", 16, font_color=MUTED, indent=1)
    return row + 3


def _subjects(page: Page, row: int) -> int:
    page.heading(row, "Subjects, level by level")
    drops = tuple(str(drop) for drop in range(1, 7))
    page.headers(row + 1, ("Subject", "Start", *drops, "Target", "{{report.status_heading}}", "Effort"))
    page.put(row + 2, 0, 0, "{{subject.name}}", 16, bold=True, indent=1, **_WRAP)
    tokens = ("baseline", *(f"apl_{drop}" for drop in range(1, 7)), "target")
    for column, token in enumerate(tokens, start=1):
        page.put(row + 2, column, column, f"{{{{subject.{token}}}}}", None, align="center", **_TOP)
    page.put(row + 2, 9, 9, "{{subject.status_mark}} {{subject.status}}", None, align="center", shrink=True, **_TOP)
    page.put(row + 2, 10, 10, "{{subject.effort}}", None, align="center", **_TOP)
    page.status_fills(row + 2, row + 2, 9)
    return row + 3


def _attendance(page: Page, row: int) -> int:
    page.heading(row, "Attendance")
    text = "{{attendance.sentence}} {{attendance.late_sentence}} {{attendance.words}}"
    page.put(row + 1, 0, page.last, text, None, text_wrap=True)
    page.put(row + 2, 0, page.last, "{{if attendance.pattern}}{{attendance.pattern}}", 15, text_wrap=True)
    row += 1
    spans = ((0, 0), (1, 2), (3, 4), (5, 6), (7, 8), (9, 9), (10, 10))
    heads = ("Half term", "Possible", "Attended", "Authorised", "Unauthorised", "Attendance %", "Late")
    tokens = ("name", "possible", "attended", "authorised", "unauthorised", "percent", "late")
    for (first, last), head, token in zip(spans, heads, tokens, strict=True):
        look = {"align": "center"} if first else {"indent": 1}
        page.put(row + 2, first, last, head, 16, bold=True, font_size=9, font_color=MUTED, **look)
        figures = "0.0" if token == "percent" else "0"
        page.put(row + 3, first, last, f"{{{{half_term.{token}}}}}", 15, num_format=figures, **look, **_TOP)
    return row + 4


def _records(page: Page, row: int) -> int:
    page.heading(row, "In place now")
    page.put(row + 1, 0, 0, "{{intervention.type}}", 16, bold=True, indent=1, **_WRAP)
    page.put(row + 1, 1, 8, "{{intervention.for_parents}} {{intervention.reason}}", None, **_WRAP)
    text = "{{intervention.review_due}}"
    page.put(row + 1, 9, page.last, text, None, num_format='"review "d mmm yyyy', **_TOP)
    page.put(row + 2, 0, page.last, "{{if not intervention}}Nothing at the moment.", 16, font_color=MUTED, indent=1)
    page.heading(row + 3, "Open targets")
    page.put(row + 4, 0, 8, "{{open_target.target}}", 16, indent=1, **_WRAP)
    page.put(row + 4, 9, page.last, "{{open_target.due}}", None, num_format='"by "d mmm yyyy', **_TOP)
    contact = ("{{contact.with}}, {{contact.how}}", "{{contact.why}} ({{contact.by}})")
    row = _dated(page, row + 5, "Contacts", "contact.date", *contact)
    row = _dated(
        page, row, "Behaviour this year", "incident.date", "{{incident.type}}", "{{incident.restorative_action}}"
    )
    row = _dated(page, row, "Personal development", "evidence.date", "{{evidence.type}}", "{{evidence.topic}}")
    said = "{{vocational_week.effort}}", "{{vocational_week.comment}}"
    row = _dated(page, row, "Vocational days", "vocational_week.week", *said)
    return _ahead(page, row)


def _dated(page: Page, row: int, title: str, when: str, what: str, more: str) -> int:
    """A list by date; where there is nothing the page says so."""
    page.heading(row, title)
    page.put(row + 1, 0, 0, f"{{{{{when}}}}}", 15, num_format="d mmm yyyy", indent=1, **_TOP)
    page.put(row + 1, 1, 5, what, None, **_WRAP)
    page.put(row + 1, 6, page.last, more, None, **_WRAP)
    none = f"{{{{if not {when.partition('.')[0]}}}}}None recorded."
    page.put(row + 2, 0, page.last, none, 15, font_color=MUTED, indent=1)
    return row + 3


def _ahead(page: Page, row: int) -> int:
    """Work experience and what comes after the course."""
    page.heading(row, "Work experience and next step")
    page.put(row + 1, 0, 0, "{{placement.start}}", 15, num_format="d mmm yyyy", indent=1, **_TOP)
    page.put(row + 1, 1, page.last, "{{placement.employer}} ({{placement.sector}}), to {{placement.end}}", None,
             num_format="d mmm yyyy", **_WRAP)  # fmt: skip
    page.put(row + 2, 0, page.last, "{{if not placement}}No placement yet.", 15, font_color=MUTED, indent=1)
    text = (
        "{{if next_step.intended_destination}}Next step: {{next_step.intended_destination}} "
        "{{next_step.course_or_role}} {{next_step.provider}}"
    )
    page.put(row + 3, 0, page.last, text, 15, indent=1, **_WRAP)
    text = "{{if not next_step.intended_destination}}Next step: not known yet."
    page.put(row + 4, 0, page.last, text, 15, font_color=MUTED, indent=1)
    return row + 5
