"""What a file's effort codes mean: the tracker's own codes and labels, unless a key in the file says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from workbook.imports.judge import fold
from workbook.imports.parse import is_dash
from workbook.imports.understand.columns import Columns
from workbook.imports.understand.questions import LEAVE_OUT
from workbook.imports.words import as_text, shown
from workbook.model import Value
from workbook.reading.headings import folded

#: The answer for a file whose numbers of effort are not those of the tracker.
_ANOTHER = "another scale"
_MOST_ASKED = 10
_NOT_SAID = (LEAVE_OUT, "the cell stays as it is")

_KEY = re.compile(
    r"(?<![\w.])([A-E]|\d)\s*(?:=|-|–|:|\bis\b|\bmeans\b)\s*([A-Za-z][A-Za-z ]{2,30}?)"
    r"(?=\s*(?:[,;.()|/]|$|\b\d\s*[=:–-]))"
)
_BEST = re.compile(r"\b(?:best|highest|outstanding|excellent|exceptional|always|very good)\b", re.IGNORECASE)
_WORST = re.compile(
    r"\b(?:worst|lowest|poor|concern|unacceptable|inadequate|needs? support|never|rarely)\b", re.IGNORECASE
)


class EffortWords:
    """Translates effort; asks once where the key of the file does not agree with the tracker."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.asker, self.facts = columns.asker, columns.facts
        self._by_file: dict[str, str] | None = None

    def values(self, values: Iterable[Value]) -> dict[str, str]:
        """The translations of values of effort, by folded value; asked where most of them are no codes."""
        if self._by_file is None:
            self._by_file = self._from_key()
        told = {**self._by_file, **self.asker.values("Effort")}
        texts = list(dict.fromkeys(as_text(one) for one in values if one is not None and not is_dash(as_text(one))))
        unknown = [one for one in texts if not self.facts.is_effort(one)]
        another = self._goes_on(texts) or folded(self.asker.given.get("effort", ("", ""))[1]) == _ANOTHER
        asked = sorted(texts) if another else unknown if 2 * len(unknown) > len(texts) else []
        if len(asked) <= _MOST_ASKED:
            choices = [(code, label) for code, label, _ in self.facts.efforts]
            for one in asked:
                if folded(one) not in told:
                    self.asker.ask(f"Effort: {one}", f"What does the effort {shown(one)} mean?", [*choices, _NOT_SAID])
        there = set(map(folded, texts))
        return {key: value for key, value in told.items() if key in there}

    def _goes_on(self, texts: list[str]) -> bool:
        """Whether numbers of a file go on above those of the tracker and are on a scale of their own; asked."""
        codes = {int(code) for code, _, _ in self.facts.efforts if code.isdecimal()}
        found = {int(text) for text in texts if text.isdecimal() and len(text) < 3}
        above = sorted(one for one in found if codes and one > max(codes))
        if not above or above != list(range(max(codes) + 1, max(found) + 1)):
            return False  # 7 alone, where 4 is the highest, is a slip
        top = max(self.facts.efforts, key=lambda one: one[2])
        answer = self.asker.ask(
            "effort",
            f"The effort of the file goes up to {max(found)}, and that of the tracker to {max(codes)}. Does {top[0]} "
            f"mean {top[1]} in the file too?",
            (
                ("as in the tracker", f"the codes come in as they stand, and {above[0]} is refused"),
                (_ANOTHER, "then each of its numbers is asked about"),
            ),
        )
        return answer == _ANOTHER

    def _from_key(self) -> dict[str, str]:
        key = dict(self._key())
        if not key or not self.facts.efforts:
            return {}
        own = {code: label for code, label, _ in self.facts.efforts}
        by_label = {fold(label): code for code, label in own.items()}
        agrees = all(
            fold(own.get(code)) == fold(label) for code, label in key.items() if code in own and fold(label) in by_label
        )
        if agrees and not self._turned(key):
            return {}
        shown = ", ".join(f"{code} = {label}" for code, label in key.items())
        codes = [code for code, _, _ in sorted(self.facts.efforts, key=lambda one: one[2])]
        if all(fold(label) in by_label for label in key.values()):
            turned = {folded(code): by_label[fold(label)] for code, label in key.items()}
        else:
            turned = {folded(code): other for code, other in zip(codes, reversed(codes), strict=True)}
        best = max(self.facts.efforts, key=lambda one: one[2])
        answer = self.asker.ask(
            "effort",
            f"The file says of effort: {shown}. In the tracker {best[0]} is {best[1]}, the best. How are they meant?",
            (
                ("as in the file", ", ".join(f"{code} becomes {own}" for code, own in turned.items())),
                ("as in the tracker", "the codes come in as they stand"),
            ),
        )
        return turned if answer == "as in the file" else {}

    def _turned(self, key: dict[str, str]) -> bool:
        """Whether the key puts best where the tracker puts worst."""
        order = {code: rank for code, _, rank in self.facts.efforts}
        best = [order[code] for code, label in key.items() if code in order and _BEST.search(label)]
        worst = [order[code] for code, label in key.items() if code in order and _WORST.search(label)]
        top, bottom = max(order.values(), default=0), min(order.values(), default=0)
        return any(rank == bottom for rank in best) or any(rank == top for rank in worst)

    def _key(self) -> Iterator[tuple[str, str]]:
        """Codes and what a key in titles, headings or lines of one cell says of them."""
        for text in self._texts():
            if re.search(r"\b(?:atl|a2l|effort|attitude|key|engagement|best|1)\b", text, re.IGNORECASE):
                for code, label in _KEY.findall(text):
                    yield code, " ".join(label.split())

    def _texts(self) -> Iterator[str]:
        yield from self.columns.source.titles
        yield from self.columns.source.notes
        for heading in self.columns.source.headings:
            if re.search(r"\b1\b", heading):
                yield as_text(heading)
