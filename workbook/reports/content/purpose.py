"""For whom a template makes sense: what its document tags say behind the word `for`.

A tag such as `for Attendance to watch` names a flag by its title or code, `for to_celebrate` or
`for not next_step.accepted` a name as a row's condition would. Of several tags one is enough; without any the template
is for everyone. A tag that is meant so and says it otherwise is told, since a letter would go to everybody.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from workbook.model import CannotDo
from workbook.model.problem_kind import shortened
from workbook.model.rules import RULES, Rule, rule_called
from workbook.reports.content.names import LISTS, is_for_forms, terms
from workbook.reports.engine.rows import is_so, look_up
from workbook.reports.engine.tokens import Token, Vocabulary, tokens_in

_NOT = re.compile(r"not\s+", re.IGNORECASE)
_FLAGS = {words.casefold(): words for rule in RULES for words in (rule.title, rule.code)}
_TAG = re.compile(r"for\s+((?!staff\b)\S.*)", re.IGNORECASE | re.DOTALL)


class LeftOut(NamedTuple):
    """A learner for whom a template makes no sense, and why in a few words."""

    learner_id: str
    name: str
    why: str


def by_reason(left_out: Iterable[LeftOut], most: int = 8) -> Iterator[str]:
    """A sentence for each reason for which learners are left out, with the first of them by name."""
    reasons: dict[str, list[str]] = {}
    for one in left_out:
        reasons.setdefault(one.why, []).append(f"{shortened(one.name)} ({shortened(one.learner_id)})")
    for why, names in reasons.items():
        more = f" and {len(names) - most:,} more" if len(names) > most else ""
        who = f"{len(names):,} learner{'' if len(names) == 1 else 's'}"
        yield f"{who} left out, {why}: {', '.join(names[:most])}{more}."


class _Wish(NamedTuple):
    """One tag: a flag, or a name with whether it is to be there."""

    written: str
    rule: Rule | None
    token: Token

    @property
    def words(self) -> str:
        if self.rule:
            return f"“{self.rule.title}”"
        known = {term.name: term.meaning for term in terms()} | LISTS
        about = known.get(self.token.name, self.token.name.replace("_", " ").replace(".", " "))
        about = about.split(",")[0].rstrip(".")
        return f"{about[:1].lower()}{about[1:]}"

    @property
    def wanted(self) -> bool:
        return not _NOT.match(self.written)

    def holds(self, context: Mapping[str, Any], flags: Collection[str]) -> bool:
        if self.rule:
            return (self.rule.code in flags) == self.wanted
        return is_so(look_up(self.token.path, context, {})) == self.token.wanted


class Purpose(NamedTuple):
    """What a template's tags say of for whom it makes sense."""

    wishes: Sequence[_Wish] = ()
    strays: Sequence[str] = ()
    """Tags that name a flag and do not begin with `for`."""

    @classmethod
    def of(cls, tags: str | None) -> Purpose:
        """The purpose in a template's document tags, which stand between commas or semicolons."""
        every = [" ".join(tag.split()) for tag in re.split("[,;]", tags or "")]
        found = [_TAG.fullmatch(tag) for tag in every]
        strays = [tag for tag, one in zip(every, found, strict=True) if not one and _flag_at_end(tag)]
        return cls([_wish(one[1]) for one in found if one], strays)

    def problems(self, vocabulary: Vocabulary, asked: Collection[str]) -> list[tuple[str, str | None]]:
        """(tag, what is wrong with it or None) for each tag; `vocabulary` holds what the template's reader may see."""
        if self.wishes and is_for_forms(asked):
            wrong = "This template is filled once a form, so it cannot be for some learners only: take the tag out."
            return [(f"for {one.written}", wrong) for one in self.wishes]
        told = [
            (tag, f"The tag “{tag}” does not begin with “for”, so the template would be for everyone: write it as "
             f"“for {_flag_at_end(tag)}”, or take it out.")
            for tag in self.strays
        ]  # fmt: skip
        return [*told, *((f"for {one.written}", self._problem(one, vocabulary)) for one in self.wishes)]

    @staticmethod
    def _problem(one: _Wish, vocabulary: Vocabulary) -> str | None:
        if one.rule or vocabulary.problem(one.token) is None:
            return None
        what = f"“for {one.written}” names neither a flag nor a name that its reader may see"
        if re.search(r"\b(and|or)\b", one.written, re.IGNORECASE):
            return (
                f"{what}: a tag holds one of them, and of several tags, each with “for”, one is enough. Mend the tag."
            )
        near = difflib.get_close_matches(_NOT.sub("", one.written).casefold(), _FLAGS, n=1, cutoff=0.7)
        hint = f"did you mean “for {_FLAGS[near[0]]}”? If not, " if near else ""
        return f"{what}: {hint}mend the tag."

    def require_known(self, vocabulary: Vocabulary, asked: Collection[str]) -> None:
        """Raise CannotDo for the first tag that means nothing."""
        for _, problem in self.problems(vocabulary, asked):
            if problem:
                raise CannotDo(problem)

    @property
    def asked(self) -> list[str]:
        """The names it looks at."""
        return [one.token.name for one in self.wishes if not one.rule]

    @property
    def by_flag(self) -> bool:
        """Whether it takes flags to say whom the template is for."""
        return any(one.rule for one in self.wishes)

    def suits(self, context: Mapping[str, Any], flags: Collection[str]) -> bool:
        """Whether the template makes sense for a learner with this context and the flags of these codes."""
        return not self.wishes or any(one.holds(context, flags) for one in self.wishes)

    @property
    def lacking(self) -> str:
        """Why a learner is left out, such as `without flag “Severe absence” or “Often late”`."""
        lacked, had = ([one for one in self.wishes if one.wanted is wanted] for wanted in (True, False))
        told = (("with", had, "and"), ("without", lacked, "or"))
        return " and ".join(f"{word} {_listed(them, between)}" for word, them, between in told if them)


def _listed(wishes: Sequence[_Wish], between: str) -> str:
    each = [one.words for one in wishes]
    first = next((place for place, one in enumerate(wishes) if one.rule), None)
    if first is not None:
        each[first] = f"flag {each[first]}"
    return f"{', '.join(each[:-1])} {between} {each[-1]}" if len(each) > 1 else "".join(each)


def _wish(written: str) -> _Wish:
    rule = rule_called(written) or rule_called(_NOT.sub("", written))
    return _Wish(written, rule, tokens_in(f"{{{{if {written}}}}}")[0])


def _flag_at_end(tag: str) -> str | None:
    """The flag that the last words of a tag name, such as of `fro Severe absence`."""
    words = tag.rstrip(":").split()
    ends = (" ".join(words[place:]).strip(":“”\"'") for place in range(len(words)))
    return next((end for end in ends if rule_called(end)), None)
