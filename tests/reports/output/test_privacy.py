"""A file about one learner carries no byte of another, however many come from one template."""

from __future__ import annotations

import io
import re
from typing import Any

from tests.reports.engine.making import VOCABULARY, make, parts
from tests.reports.output.test_one_workbook import full_sheet
from workbook.reports.engine.template import Template

LEARNERS = 240


def mark(number: int, what: str) -> str:
    return f"{what}~{number:03}~"


def context(number: int) -> dict[str, Any]:
    names = ("first_name", "surname", "comment", "id", "pronouns")
    learner: dict[str, Any] = {name: mark(number, name) for name in names}
    learner["pronouns"] = learner["pronouns"] if number % 2 else None
    drops = [{"name": mark(number, "drop"), "points": number + 0.5}] * (number % 3)
    listed = [
        {"name": mark(number, "subject"), "current": number, "comment": mark(number, "note"), "drop": drops}
        for _ in range(number % 5)
    ]
    return {"learner": learner, "subject": listed, "attendance": {"percent": mark(number, "percent")}}


def page(book: Any, sheet: Any) -> None:
    full_sheet(book, sheet)
    sheet.write("A30", "{{if learner.pronouns}}{{learner.pronouns}}")
    sheet.write("A31", "{{subject.name}}")
    sheet.write("B32", "{{subject.drop.name}}")
    sheet.write_comment("A31", "{{subject.comment}}")
    sheet.set_header("&L{{learner.surname}}")
    sheet.write_url("F1", "mailto:{{learner.id}}@example.org", string="Write", tip="{{learner.comment}}")
    book.set_properties({"title": "{{learner.first_name}}"})


def test_no_byte_of_another_learner() -> None:
    template = Template.open(make(page), VOCABULARY)
    for number in range(LEARNERS):
        content = b"".join(parts(template.render(context(number))).values())
        assert set(re.findall(rb"~([0-9]{3})~", content)) == {f"{number:03}".encode()}
        assert mark(number, "first_name").encode() in content


def test_reports_do_not_depend_on_those_made_before() -> None:
    source = make(page)
    used = Template.open(source, VOCABULARY)
    for number in range(12):
        used.render(context(number))
    for number in (3, 7, 11):
        assert used.render(context(number)) == Template.open(source, VOCABULARY).render(context(number))
    file = io.BytesIO()
    used.render_into(file, context(3))
    assert file.getvalue() == used.render(context(3))
