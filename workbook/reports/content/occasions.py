"""How often a template is filled: for each learner, for each person a letter goes to, or for each form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from workbook.measures.learners import Learners
from workbook.model import Audience, Tracker
from workbook.reports.content.forms import form_contexts
from workbook.reports.content.learner import Context, contexts
from workbook.reports.content.names import is_for_forms, is_for_recipients


def occasions(
    tracker: Tracker, on: date, learner_ids: Sequence[str], asked: Iterable[str], reader: Audience
) -> Iterator[tuple[str, Context]]:
    """(name for a file, what to fill in) for each report that a template makes for these learners.

    `asked` are the names the template asks for. One that asks for a form's names comes once for each form of the
    learners; one that asks for the recipient once for each person the learner's reports go to.
    """
    names = list(asked)
    if is_for_forms(names):
        wanted = {text.strip().casefold() for text in learner_ids}
        people = [one for one in Learners(tracker).all if one.learner_id.casefold() in wanted and one.on_roll(on)]
        for context in form_contexts(tracker, on, sorted({one.form for one in people if one.form})):
            yield f"Form {context['form']['name']}", context
        return
    each = is_for_recipients(names)
    for context in contexts(tracker, on, learner_ids, reader=reader, each_recipient=each):
        learner = context["learner"]
        words = (learner["form"], learner["name"], learner["learner_id"], "to" if each else "")
        name = " ".join(str(word) for word in words if word)
        yield (f"{name} {context['recipient']['name']}" if each else name), context
