"""What register marks of a file mean: the tracker's own codes, with words beside them, or what somebody says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from workbook.imports.judge import fold
from workbook.imports.mapping import Marks
from workbook.imports.parse import is_dash
from workbook.imports.sessions import marks_in
from workbook.imports.understand.columns import Columns
from workbook.imports.understand.questions import LEAVE_OUT
from workbook.imports.words import as_text, shown
from workbook.model.problem_kind import shortened

_OTHER_PRESENT = {"p", "present", "1", "✓", "✔", "y", "yes", "x"}
_CODE_FIRST = re.compile(r"(?P<code>[^\s:=–-]{1,2})(?: *[-–:=] *| +)\D.+")
#: A mark of one who came late, with how many minutes.
_MINUTES = re.compile(r"(?P<code>[A-Za-z]) ?[( ] ?\d{1,3} ?(?:m|mins?|minutes)?\)?")
_CODE_LAST = re.compile(r".+ ?[(\[](?P<code>\S{1,2})[)\]]")
#: What marks of other systems mean most often, offered first.
USUAL = ("L", "N", "O", "I", "M")


class MarkWords:
    """Tells what marks mean; asks where most of them are no codes, or P and A are those of another list."""

    def __init__(self, columns: Columns) -> None:
        self.columns, self.facts, self.asker = columns, columns.facts, columns.asker
        self.codes = {*self.facts.codes, "P", "A", "X"}

    def in_columns(self, told: Mapping[str, tuple[object, str]]) -> Marks:
        """What the marks in columns mean, by heading and the half that each is of; none for both."""
        counted: Counter[str] = Counter()
        worded: dict[str, str] = {}
        for heading, (_, half) in told.items():
            for text in map(as_text, self.columns.values(heading)):
                pair = [] if half else next(iter(marks_in(text, self.codes, 2)), [])
                code = self.code_in(text) if half else ""
                worded |= {text: code} if code else {}
                counted.update([code or text] if half else filter(None, pair))
        return of_words(self.of(counted), worded)

    def code_in(self, text: str) -> str:
        """The code of a mark that stands with its words: “N - No reason yet”, “Present (/)”, or the words alone."""
        known = {fold(code): code for code in self.facts.codes}
        if fold(text) in known:
            return ""
        meanings = self.facts.tracker["Codes"]
        late = _MINUTES.fullmatch(text)
        if late and any(
            fold(code) == fold(late["code"]) and fold(one) == "yes"
            for code, one in zip(meanings["code"], meanings["late"], strict=True)
        ):
            return known[fold(late["code"])]
        match = _CODE_FIRST.fullmatch(text) or _CODE_LAST.fullmatch(text)
        named = dict(zip(map(fold, meanings["meaning"]), map(as_text, meanings["code"]), strict=True))
        return (known.get(fold(match["code"]), "") if match else "") or named.get(fold(text), "")

    def of(self, counted: Counter[str]) -> Marks:
        """What marks mean that are no codes, or other codes than they look: P for present is a sporting activity."""
        known = {fold(code) for code in self.facts.codes}
        both = {key: value for key, value in self.asker.values("Mark").items() if value not in ("/\\", "present")}
        halves = {key: value for key, value in self.asker.values("Mark").items() if value in ("/\\", "present")}
        total = sum(counted.values()) or 1
        strange = {text: count for text, count in counted.items() if fold(text) not in known and not is_dash(text)}
        slashes = counted["/"] + counted["\\"]
        present = [text for text in counted if fold(text) in _OTHER_PRESENT and (fold(text) == "p" or text in strange)]
        unlike = not slashes and any(counted[text] * 3 >= total for text in present)
        lists_of_classes = bool(counted["P"] + counted["p"]) and any(fold(text) == "a" for text in strange)
        if unlike or lists_of_classes or sum(strange.values()) * 2 > total:
            asked = [text for text in counted if text in strange or (text in present and fold(text) == "p")]
            for text in asked[:12]:
                self._ask(text)
        if halves:
            return Marks(values=both, am_values=dict.fromkeys(halves, "/"), pm_values=dict.fromkeys(halves, "\\"))
        return Marks(values=both)

    def _ask(self, text: str) -> None:
        meanings = self.facts.tracker["Codes"]
        choices = [("present", "/ in the morning, \\ in the afternoon")]
        told = {as_text(code): as_text(one) for code, one in zip(meanings["code"], meanings["meaning"], strict=True)}
        choices += sorted(told.items(), key=lambda one: one[0] not in USUAL)
        own = next((words for code, words in choices[1:] if fold(code) == fold(text)), "")
        known = (
            f"in the code list {shortened(text)} is {shown(own)}" if own else f"{shortened(text)} is no register code"
        )
        self.asker.ask(
            f"Mark: {text}", f"What does the mark {shortened(text)} mean ({known})?", [*choices, (LEAVE_OUT, "no mark")]
        )


def of_words(marks: Marks, worded: Mapping[str, str]) -> Marks:
    """The translations of marks for values that hold a mark with its words."""

    def moved(told: Mapping[str, str], same: bool) -> dict[str, str]:
        own = {text: told.get(fold(code), code if same else "") for text, code in worded.items()}
        return {**told, **{fold(text): mark for text, mark in own.items() if mark}}

    values, am, pm = moved(marks.values, True), moved(marks.am_values, False), moved(marks.pm_values, False)
    return replace(marks, values=values, am_values=am, pm_values=pm)
