from __future__ import annotations

import pytest

from workbook.model import Audience, CannotDo
from workbook.reports.content import names
from workbook.reports.content.audience import audience_of, refusals, refuse
from workbook.reports.content.names import terms

KNOWN = {term.name: term.audience for term in terms()}


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (None, Audience.PARENT),
        ("", Audience.PARENT),
        ("parents", Audience.PARENT),
        ("staffing", Audience.PARENT),
        ("staff", Audience.MENTOR),
        ("Reports; Staff", Audience.MENTOR),
        ("for staff only", Audience.MENTOR),
    ],
)
def test_a_template_is_for_parents_unless_its_tags_say_staff(tags: str | None, expected: Audience) -> None:
    assert audience_of(tags) is expected


def test_a_parent_template_is_refused_a_mentor_s_column_with_the_reason() -> None:
    asked = ["learner.first_name", "{{subject.points}}", "{{if flag.reason}}", "{{ Subject.Points }}"]
    found = refusals(asked, KNOWN, Audience.PARENT)
    assert [one.split(" ")[0] for one in found] == ["{{subject.points}}", "{{flag.reason}}"]
    assert "mentors only" in found[0]
    assert refusals(asked, KNOWN, Audience.MENTOR) == []
    with pytest.raises(CannotDo, match="1 more like it"):
        refuse(asked, KNOWN, Audience.PARENT)
    refuse(["{{learner.name}}"], KNOWN, Audience.PARENT)


@pytest.mark.parametrize(
    ("reader", "seen"), [(Audience.PARENT, [Audience.PARENT]), (Audience.MENTOR, [Audience.PARENT, Audience.MENTOR])]
)
def test_a_name_that_follows_from_the_rest_is_filled_in_for_who_may_see_it(reader, seen, monkeypatch):
    made = tuple(names.Term(f"{one}.x", "", one, of=lambda told: len(told["subject"])) for one in Audience)
    monkeypatch.setattr(names, "_DECLARED", made)
    context = {"subject": [1, 2], **{str(one): {} for one in Audience}}
    names.fill_in(context, reader)
    assert {one for one in Audience if context[str(one)] == {"x": 2}} == set(seen)
