"""Who a report is for, and what it may therefore show: the audience of each column decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workbook.model import Audience, CannotDo, Column, Sheet
from workbook.reports.engine.tokens import Token, split

STAFF_TAG = "staff"
"""A template whose document tags hold this word is for staff; any other is for parents and carers."""


def audience_of(tags: str | None) -> Audience:
    """The audience of a template with these document tags (the keywords of File, Info in Excel)."""
    each = (tag.split() for tag in (tags or "").lower().replace(";", ",").split(","))
    words = [
        word for tag in each if tag[:1] != ["for"] or tag[1:2] == [STAFF_TAG] for word in tag
    ]  # “for …” says for whom it makes sense
    return Audience.MENTOR if STAFF_TAG in words else Audience.PARENT


def may_see(reader: Audience, what: Audience) -> bool:
    """Whether a reader of this audience may see it. What never leaves the tracker no report shows."""
    return what is not Audience.NEVER and (reader is Audience.MENTOR or what is Audience.PARENT)


def shown(sheet: Sheet, reader: Audience) -> tuple[Column, ...]:
    """The columns of a sheet that the reader may see."""
    return tuple(column for column in sheet.columns if may_see(reader, column.audience))


def refusals(asked: Iterable[str], terms: Mapping[str, Audience], reader: Audience) -> list[str]:
    """A sentence for each name that the template asks for and its reader may not see.

    A name comes with or without its braces, in a condition or not.
    """
    names = (_name(one) for one in asked)
    return [
        f"{{{{{name}}}}} is for mentors only and this template goes to parents and carers: take it out, or tag the "
        f"template “{STAFF_TAG}” if only staff will read it."
        for name in dict.fromkeys(names)
        if name in terms and not may_see(reader, terms[name])
    ]


def _name(asked: str) -> str:
    return next((part.name for part in split(asked) if isinstance(part, Token)), asked)


def refuse(asked: Iterable[str], terms: Mapping[str, Audience], reader: Audience) -> None:
    """CannotDo with the first refusal and how many more there are."""
    found = refusals(asked, terms, reader)
    if found:
        more = f" ({len(found) - 1} more like it.)" if len(found) > 1 else ""
        raise CannotDo(found[0] + more)
