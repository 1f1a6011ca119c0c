"""Monday's list in the browser: of each mentor whom to see first and why, and what waits."""

from __future__ import annotations

from datetime import date
from typing import Any

from addin.web.door.opened import current
from workbook.measures.mentor_list import MentorList, Noticed, lists_of
from workbook.measures.order import Conversation

_TALKS = ("now", "looks_now", "next", "looks", "answered", "severe")
_NOTICED = ("hello", "quiet", "strengths", "more_strengths")


def monday(on: str) -> dict[str, Any]:
    """The list of each mentor as `workbook.measures.mentor_list` gives it, by the same names."""
    one, day = current(), date.fromisoformat(on)
    lists = one.once(("monday", day), lambda: [_list(each) for each in lists_of(one.found(day))])
    return {"data": {"on": day, "lists": lists}}


def _list(one: MentorList) -> dict[str, Any]:
    talks = {name: [_conversation(each) for each in getattr(one, name)] for name in _TALKS}
    noticed = {name: [_noticed(each) for each in getattr(one, name)] for name in _NOTICED}
    return {"mentor": one.mentor, "line": one.line, **talks, **noticed}


def _conversation(one: Conversation) -> dict[str, Any]:
    return {"learner_id": one.learner_id, "tier": one.tier.name.lower(), "why_now": one.why_now,
            "waiting": one.waiting, "reasons": _reasons(one)}  # fmt: skip


def _noticed(one: Noticed) -> dict[str, Any]:
    return {"learner_id": one.learner_id, "quiet": one.quiet, "reasons": _reasons(one)}


def _reasons(one: Conversation | Noticed) -> list[dict[str, Any]]:
    return [{"reason": flag.reason, "new": flag.new} for flag in one.flags]


DEEDS = {"monday": monday}
