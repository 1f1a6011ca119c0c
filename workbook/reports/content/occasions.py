"""How often a template is filled: for each learner, for each person a letter goes to, or for each form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from workbook.measures.learners import id_key
from workbook.measures.snapshot import Snapshot
from workbook.model import Audience
from workbook.reports.content.learner import Context, contexts_of
from workbook.reports.content.names import is_addressed, is_for_forms, is_for_recipients, printed
from workbook.reports.content.purpose import LeftOut, Purpose

_HARMLESS = re.compile(r"[\w&+'’-](?:[\w .,()&+'’-]*[\w,()&+'’-])?")
"""An ID that a file's name can hold as it is."""
_SIGNS = re.compile(r"\W+")


def occasions(
    snapshot: Snapshot,
    learner_ids: Sequence[str],
    asked: Iterable[str],
    reader: Audience,
    purpose: Purpose | None = None,
    left_out: list[LeftOut] | None = None,
    copies: bool | None = None,
    everyone: bool = False,
) -> Iterator[tuple[str, Context]]:
    """(name for a file, what to fill in) for each report that a template makes for these learners.

    `asked` are the names the template asks for. One that asks for a form's names comes once for each form of the
    learners; one that names whom a copy is for once for each person the learner's reports go to, which `copies`
    overrules either way. Learners whom the template's `purpose` does not fit are noted in `left_out`, and those with
    nobody to write to; unless it is for `everyone`.
    """
    names = list(asked)
    if is_for_forms(names):
        from workbook.reports.content.forms import form_contexts, forms

        wanted = {id_key(text) for text in learner_ids}
        people = [one for one in snapshot.learners.all if id_key(one.learner_id) in wanted and one.on_roll(snapshot.on)]
        every = forms(snapshot)
        for context in form_contexts(snapshot, sorted({one.form for one in people if one.form})):
            yield f"Form {_form_in_a_name(context['form']['name'], every)}", context
        return
    suited = contexts_of(
        snapshot,
        learner_ids,
        reader=reader,
        each_recipient=is_for_recipients(names) if copies is None else copies,
        also_for_nobody=everyone or not is_addressed(names),
        purpose=None if everyone else purpose,
        left_out=left_out,
        needed=printed([*names, *(purpose.asked if purpose else ())]),
    )
    for context in suited:
        learner = context["learner"]
        name = " ".join(str(word) for word in (learner["form"], learner["name"], _id_in_a_name(learner)) if word)
        yield (f"{name} to {context['recipient']['name']}" if context["report"]["copy_for"] else name), context


def _id_in_a_name(learner: Context) -> str:
    """The ID as a file's name can hold it: with a mark of its own where a sign of it has no place there."""
    typed = str(learner["learner_id"])
    return typed if _HARMLESS.fullmatch(typed) else _marked(typed)


def _form_in_a_name(form: str, every: Iterable[str]) -> str:
    """The form as a file's name can hold it: with a mark where another form would read the same, as 10/1 and 10-1."""
    alike = [one for one in every if _SIGNS.sub("-", one) == _SIGNS.sub("-", form)]
    return form if len(alike) < 2 else _marked(form)


def _marked(text: str) -> str:
    return f"{text} {crc32(text.encode(errors='replace')):08x}"
