"""A letter about attendance, and a certificate of celebration."""

from __future__ import annotations

from pathlib import Path

from workbook.reports.design.page import ACCENT, GROUND, INK, LINE, MUTED, Page

LETTER = (30.0, 15.0, 15.0, 15.0, 18.0)
CERTIFICATE = (24.0, 92.0, 24.0)
_LOW_ATTENDANCE = ("Severe absence", "Persistent absence", "Attendance to watch")
_TOP = {"top": 1, "top_color": LINE}


def attendance_letter(path: Path) -> None:
    """Write the letter: what is, why it matters, what we offer; no threat, no blame."""
    with Page(
        path, "Attendance letter", LETTER, sheet="Letter", suits=_LOW_ATTENDANCE, margins=(0.8, 0.8, 0.7, 0.7)
    ) as page:
        page.put(0, 0, 2, "{{academy.name}}", 30, bold=True, font_size=18, font_color=ACCENT)
        page.put(0, 3, 4, "{{report.date}}", None, align="right", font_color=MUTED, num_format="d mmmm yyyy")
        page.put(1, 0, 4, "{{college.name}} · {{mentor.phone}} · {{mentor.email}}", 20, font_color=MUTED, bottom=2,
                 bottom_color=ACCENT)  # fmt: skip
        page.put(3, 0, 4, "{{recipient.name}}", 18)
        page.put(4, 0, 4, "{{if recipient.address}}{{recipient.address}}", 18, text_wrap=True)
        paragraphs = (
            "Dear {{recipient.dear}}",
            "I am writing about {{learner.names}} attendance, because we would like to help. {{attendance.sentence}}",
            "Every session counts: what is missed has to be caught up, and it is easier to keep up than to catch up.",
        )
        for row, text in enumerate(paragraphs, start=6):
            page.put(row, 0, 4, text, 26, text_wrap=True)
        page.heading(9, "{{if half_term}}So far this year", points=28)
        page.headers(10, ("{{if half_term}}Half term", "Possible sessions", "Attended", "Unauthorised", "Attendance %"))
        tokens = ("name", "possible", "attended", "unauthorised", "percent")
        for column, token in enumerate(tokens):
            look = {"indent": 1} if column == 0 else {"align": "center", "num_format": "0.0" if column == 4 else "0"}
            page.put(11, column, column, f"{{{{half_term.{token}}}}}", 18, **look, **_TOP)
        page.put(12, 0, 4, "{{if attendance.pattern}}{{attendance.pattern}}", 26, text_wrap=True, font_color=MUTED)
        closing = (
            "Please tell us what makes coming in difficult at the moment. We can look at the journey, at lessons, at "
            "friendships or at the start of the day, and find a way together.",
            "Would you ring me, or write, so that we can find a time to talk with {{learner.first_name}}?",
            "Yours sincerely",
        )
        page.height(13, 10)
        for row, text in enumerate(closing, start=14):
            page.put(row, 0, 4, text, 26, text_wrap=True)
        page.height(17, 44)
        page.put(18, 0, 4, "{{mentor.name}}", 18, bold=True)
        page.put(19, 0, 4, "Progress mentor, Form {{learner.form}}", 18, font_color=MUTED)
        page.sheet.print_area(0, 0, 19, 4)


def certificate(path: Path) -> None:
    """Write the certificate: landscape, for reading out and for the wall at home."""
    with Page(
        path,
        "Certificate",
        CERTIFICATE,
        sheet="Certificate",
        suits=("to_celebrate",),
        landscape=True,
        margins=(0.4, 0.4, 0.4, 0.4),
    ) as page:
        page.sheet.center_vertically()
        frame = {"align": "center"}
        for row, points in enumerate((26, 58, 30, 74, 30)):
            page.height(row, points)
        page.put(0, 0, 2, "", None, top=5, top_color=ACCENT)
        page.put(1, 0, 2, "Certificate of celebration", None, font_size=40, bold=True, font_color=ACCENT, **frame)
        page.put(2, 0, 2, "{{academy.name}} is proud of", None, font_size=16, font_color=MUTED, **frame)
        page.put(
            3, 0, 2, "{{learner.full_name}}", None, font_size=44, bold=True, font_color=INK, text_wrap=True, **frame
        )
        page.put(4, 0, 2, "Form {{learner.form}} · {{report.year}}", None, font_size=16, font_color=MUTED, **frame)
        page.height(5, 18)
        text = "{{to_celebrate.what}}"
        page.put(6, 1, 1, text, 34, font_size=18, text_wrap=True, bg_color=GROUND, **frame)
        text = "{{if not to_celebrate}}{{going_well}}"
        page.put(7, 1, 1, text, 34, font_size=18, text_wrap=True, bg_color=GROUND, **frame)
        page.height(8, 54)
        page.put(9, 1, 1, "{{mentor.name}}, progress mentor", 22, font_size=14, top=1, top_color=MUTED, **frame)
        page.put(10, 1, 1, "{{report.date}}", 20, font_size=14, font_color=MUTED, num_format="d mmmm yyyy", **frame)
        page.put(11, 0, 2, "", 26, bottom=5, bottom_color=ACCENT)
        page.sheet.print_area(0, 0, 11, 2)
