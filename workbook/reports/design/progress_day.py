"""The pack for a Personal Progress Day: a talk sheet that both sides fill in, and a page for three new targets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from workbook.reports.design.page import CARE, CHART_WORDS, GOOD, GROUND, LEVEL, LINE, MUTED, Page

_TOP = {"top": 1, "top_color": LINE}
_BOX = {"border": 1, "border_color": LINE, "valign": "top"}
TALK = (23.0, 12.0, 15.0, 13.0, 2.0, 19.0, 16.0)
TARGETS = (5.0, 14.0, 38.0, 15.0, 28.0)
ENTRY = (11.0, 22.0, 12.0, 14.0, 40.0, 28.0, 28.0, 12.0, 20.0)
_KEEP = ("keep", "change", "done")
_NEW = 3
"""Targets that there is room for."""


def make(path: Path) -> None:
    """Write the template: two sheets, a page each."""
    with Page(path, "Progress Day pack", TALK, sheet="Talk sheet") as page:
        _talk(page)
        page.new_sheet("New targets", TARGETS)
        _targets(page)


def _talk(page: Page) -> None:
    row = page.masthead(
        "{{learner.name}}",
        "Personal Progress Day · Form {{learner.form}} · {{learner.learner_id}}",
        "{{academy.name}}",
        "{{report.progress_day}}",
        split=3,
    )
    page.heading(row, "Going well", 0, 3)
    page.heading(row, "To work on", 5, page.last)
    page.block(row + 1, "{{going_well}}", GOOD, 0, 3, points=48)
    page.block(row + 1, "{{work_on}}", CARE, 5, page.last)
    row = _last_targets(page, row + 2)
    row, chart_at = _subjects(page, row)
    row = _questions(page, row)
    page.sheet.print_area(0, 0, row - 1, page.last)
    head = page.chart_rows(row + 2)
    chart = page.progress_chart(head, head + 1, 0)
    chart.set_size({"width": 268, "height": 116})  # and as much more as the subjects' rows become
    page.sheet.insert_chart(chart_at, 4, chart, {"x_offset": 2, "y_offset": 2, "object_position": 1, **CHART_WORDS})


def _last_targets(page: Page, row: int) -> int:
    page.heading(row, "The last targets, and how they stand")
    page.put(row + 1, 0, 4, "{{target.target}}", 16, indent=1, text_wrap=True, **_TOP)
    page.put(row + 1, 5, 5, "{{target.due}}", None, align="center", num_format='"by "d mmm yyyy', **_TOP)
    page.put(row + 1, 6, 6, "{{target.status}}", None, align="center", bold=True, **_TOP)
    page.put(
        row + 2, 0, page.last, "{{if not target}}No target yet: today we set the first ones.", 16, font_color=MUTED
    )
    return row + 3


def _subjects(page: Page, row: int) -> tuple[int, int]:
    """Where the subjects stand, beside the chart, and attendance under them; gives the next row and the chart's."""
    page.heading(row, "Subjects now", 0, 3)
    page.heading(row, "Progress", 5, page.last)
    page.headers(row + 1, ("Subject", "Now", "{{report.status_heading}}", "Effort"))
    page.put(row + 2, 0, 0, "{{subject.name}}", 17, bold=True, indent=1, text_wrap=True, **_TOP)
    page.put(row + 2, 1, 1, "{{subject.current}}", None, **LEVEL, **_TOP)
    page.put(row + 2, 2, 2, "{{subject.status_mark}} {{subject.status_words}}", None, align="center", text_wrap=True,
             **_TOP)  # fmt: skip
    page.put(row + 2, 3, 3, "{{subject.effort}}", None, align="center", **_TOP)
    page.status_fills(row + 2, row + 2, 2)
    page.height(row + 3, 58)
    page.put(row + 3, 0, 3, "{{chart.sentence}}", None, font_color=MUTED, text_wrap=True, **_TOP)
    page.heading(row + 4, "Attendance")
    page.put(row + 5, 0, page.last, "{{attendance.sentence}} {{attendance.late_sentence}}", 17, text_wrap=True)
    return row + 6, row + 1


def _questions(page: Page, row: int) -> int:
    """Boxes to write in by hand."""
    asked = (
        ("{{learner.first_name}}: what am I proud of?", "At home: what do we notice?"),
        ("{{learner.first_name}}: what gets in the way?", "What would help?"),
    )
    for left, right in asked:
        for first, last, text in ((0, 3, left), (5, page.last, right)):
            page.heading(row, text, first, last)
            page.put(row + 1, first, last, "", 86, **_BOX)
        row += 2
    return row


def _targets(page: Page) -> None:
    row = page.masthead("Three new targets", "Personal Progress Day", "{{academy.name}}", "{{mentor.name}}", split=2)
    row = _whose(page, row)
    text = "One thing each: what, how much, by when. Small enough to manage, big enough to be proud of."
    page.put(row, 0, page.last, text, 26, font_color=MUTED)
    page.headers(row + 1, ("No.", "Area", "What I will do", "By when", "How home can help"), left=(1, 2, 3, 4))
    for number in range(1, _NEW + 1):
        page.put(row + 1 + number, 0, 0, str(number), 104, bold=True, align="center", **(_BOX | {"valign": "vcenter"}))
        for column in range(1, page.last + 1):
            look: dict[str, Any] = {"num_format": "d mmm yyyy", "align": "left"} if column == 3 else {}
            page.put(row + 1 + number, column, column, "", None, text_wrap=True, **look, **_BOX)
    row += 5
    row = _from_before(page, row)
    page.heading(row, "We have talked about this together", points=34)
    for offset, who in enumerate(("{{learner.first_name}}", "Parent or carer", "{{mentor.name}}, progress mentor")):
        page.put(row + 1 + offset, 0, 2, who, 48, valign="bottom")
        page.put(row + 1 + offset, 3, 4, "", None, bottom=1, bottom_color=MUTED)
    page.height(row + 4, 16)
    plain: dict[str, Any] = {"num_format": "d mmmm yyyy", "bg_color": GROUND, "indent": 1}
    text = "{{if report.look_again}}We look at these targets again on {{report.look_again}}."
    page.put(row + 5, 0, page.last, text, 40, **plain)
    page.put(row + 6, 0, page.last, "{{if not report.look_again}}We look at these targets again on:", 40, **plain)
    page.sheet.print_area(0, 0, row + 6, page.last)


def _from_before(page: Page, row: int) -> int:
    """The targets that are still open, to keep, change or tick off; `workbook.imports.packs` reads these headings."""
    page.heading(row, "Still open from before", 0, 2, points=30)
    small: dict[str, Any] = {"font_size": 9, "font_color": MUTED, "align": "center", "valign": "bottom"}
    page.put(row, 3, 3, "By when", None, **small)
    page.put(row, 4, 4, "Keep, change or done?", None, **small)
    page.put(row + 1, 0, 2, "{{open_target.target}}", 18, indent=1, text_wrap=True, **_TOP)
    page.put(row + 1, 3, 3, "{{open_target.due}}", None, align="center", num_format="d mmm yyyy", **_TOP)
    page.put(row + 1, 4, 4, "keep · change · done", None, align="center", font_color=MUTED, **_TOP)
    page.sheet.data_validation(row + 1, 4, row + 1, 4, {"validate": "list", "source": list(_KEEP)})
    text = "{{if open_target}}Keep: it goes on until the date beside it. Change: a new target above takes its place."
    page.put(row + 2, 0, page.last, text, 20, font_size=9, font_color=MUTED, indent=1)
    page.put(row + 3, 0, page.last, "{{if not open_target}}Nothing is open.", 18, font_color=MUTED, indent=1)
    return row + 4


def _whose(page: Page, row: int) -> int:
    """Whose pack it is, and of which day, in cells of their own: by them its targets find back into the tracker."""
    said = (("Learner", "{{learner.name}}", "Form", "{{learner.form}}"),
            ("Learner ID", "{{learner.learner_id}}", "Set on", "{{report.progress_day}}"))  # fmt: skip
    for offset, (one, text, other, value) in enumerate(said):
        muted: dict[str, Any] = {"font_color": MUTED, "font_size": 9}
        page.put(row + offset, 0, 1, one, 18, indent=1, **muted)
        page.put(row + offset, 2, 2, text, None, bold=True)
        page.put(row + offset, 3, 3, other, None, **muted)
        page.put(row + offset, 4, 4, value, None, bold=True, align="left", num_format="d mmm yyyy")
    return row + len(said)


def target_entry(path: Path) -> None:
    """Write the entry sheet of a form: lines for each learner, for typing in what was agreed on paper.

    Three are for new targets; one for each that is still open asks what becomes of it, and `workbook.imports.packs`
    knows it by the words in its column Area.
    """
    with Page(
        path, "Progress Day entry sheet", ENTRY, sheet="Targets agreed", staff=True, landscape=True, whose="form.name"
    ) as page:
        row = page.masthead(
            "Targets agreed, Form {{form.name}}",
            "Type in what stands on the packs, then bring it in with Agreed targets. Lines left blank are passed over.",
            "{{academy.name}} · {{form.mentor}}",
            "{{report.progress_day}}",
            split=5,
        )
        heads = ("Learner ID", "Learner", "Set on", "Area", "Target", "Learner's words", "How home can help", "Due",
                 "Keep, change or done?")  # fmt: skip
        page.headers(row, heads, left=tuple(range(len(heads))))
        for line, kept in ((row + 1, "{{if not agreed_line.target}}"), (row + 2, "{{if agreed_line.target}}")):
            tokens = (kept + "{{agreed_line.learner_id}}", "{{agreed_line.name}}", "{{report.progress_day}}")
            for column, token in enumerate(tokens):
                look: dict[str, Any] = {"num_format": "d mmm yyyy"} if column == 2 else {}
                page.put(line, column, column, token, 24, align="left", font_color=MUTED, **look, **_TOP)
        _new_line(page, row + 1)
        _open_line(page, row + 2)
        page.sheet.print_area(0, 0, row + 2, page.last)
        page.sheet.repeat_rows(row)
        page.sheet.fit_to_pages(1, 0)
        page.sheet.freeze_panes(row + 1, 2)


def _new_line(page: Page, row: int) -> None:
    """Cells for a new target."""
    for column in range(3, page.last):
        look: dict[str, Any] = {"num_format": "d mmm yyyy"} if column == page.last - 1 else {}
        page.put(row, column, column, "", None, text_wrap=True, align="left", **look, **_BOX)
    page.put(row, page.last, page.last, "", None, **_TOP)


def _open_line(page: Page, row: int) -> None:
    """A target that is still open: what it is, and cells for until when, and for what becomes of it."""
    plain: dict[str, Any] = {"text_wrap": True, "align": "left", "font_color": MUTED, **_TOP}
    for column, text in ((3, "from before"), (4, "{{agreed_line.target}}"), (5, ""), (6, "")):
        page.put(row, column, column, text, None, **plain)
    due, said = page.last - 1, page.last
    box: dict[str, Any] = {"align": "left", **_BOX, "valign": "vcenter"}
    page.put(row, due, due, "{{agreed_line.due}}", None, num_format="d mmm yyyy", **box)
    page.put(row, said, said, "keep · change · done", None, font_color=MUTED, **box)
    page.sheet.data_validation(row, said, row, said, {"validate": "list", "source": list(_KEEP)})
