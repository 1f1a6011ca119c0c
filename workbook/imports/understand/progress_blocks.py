"""The blocks of a map that bring marks in: one for each subject, drop and measure that need one of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from workbook.imports.mapping import From, Rows
from workbook.imports.parse import NotTaken, is_dash
from workbook.imports.source import GROUP, SourceRow
from workbook.imports.understand.columns import Columns
from workbook.imports.understand.effort import EffortWords
from workbook.imports.understand.progress_questions import MarkQuestions
from workbook.imports.understand.questions import LEAVE_OUT
from workbook.imports.who import Who, find
from workbook.imports.words import as_text, shown
from workbook.model import CellError, Value, sheet
from workbook.model.problem_kind import shortened
from workbook.reading.headings import folded

_SHEET = "Progress"
ALWAYS = {"target": "target", "forecast": "forecast", "baseline": "baseline", "comment": "comment",
          "source": "baseline_source"}  # fmt: skip
BY_DROP = {"current": "apl", "effort": "effort"}
_LEVELS = ("current", "target", "forecast", "baseline")


@dataclass(frozen=True)
class Cell:
    """A column of the file for one subject ("" for the subject that each row says) and one column of Progress."""

    subject: str
    key: str
    measure: str
    heading: str


class Blocks:
    """Makes blocks of rows from the columns that hold marks."""

    def __init__(self, columns: Columns, ask: MarkQuestions, who: Who) -> None:
        self.columns, self.ask, self.who = columns, ask, who
        self.facts, self.asker, self.phrases = columns.facts, columns.asker, ask.phrases
        self.effort = EffortWords(columns)
        self._rows = [row for row in columns.source.rows if self._about_somebody(row)]

    def _about_somebody(self, row: SourceRow) -> bool:
        """Whether a row finds its learner: of others nothing has to be asked, they are refused."""
        try:
            return find(self.who, row.values, self.facts.learners) is not None
        except NotTaken:
            return False

    def by_drop(
        self, heading: str, cells: list[Cell], subject: str | None
    ) -> Iterator[tuple[tuple[str, ...], list[Cell]]]:
        """For each drop or measure that rows say: the values that say so, and what the columns are on those rows."""
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        unsaid = any(one.key in ("apl_", "effort_") for one in cells)  # by headings, which may say the drop themselves
        for text in self.columns.distinct(heading):
            part = self.phrases.part(text)
            if part.understood and (heading in (GROUP, subject) or not part.subjects):
                drop = self.ask.drop(part.drops, part.when) if part.drops is not None else ""
                if part.measure in ALWAYS or drop or not unsaid:
                    groups[part.measure or "current", drop].append(text)
                elif part.drops is None and self.ask.file_drop():
                    groups[part.measure or "current", self.ask.file_drop()].append(text)
            else:
                choices = [*((str(one), name) for one, (name, _) in self.facts.drops.items()), (LEAVE_OUT, "")]
                answer = self.asker.ask(
                    f"drop {text}", f"Which data drop is {shown(text)} in the column {shortened(heading)}?", choices
                )
                if answer and answer != LEAVE_OUT:
                    groups["current", answer].append(text)
        for (measure, drop), texts in groups.items():
            moved = [self._moved(one, measure, drop) for one in cells]
            yield tuple(map(folded, texts)), [one for one in moved if one is not None]

    def _moved(self, one: Cell, measure: str, drop: str) -> Cell | None:
        """What a column is on rows of a measure and a drop; None for effort of which nothing says the drop."""
        if one.measure == "current":
            own = one.key.removeprefix("apl_") or drop
            return replace(one, key=ALWAYS.get(measure) or f"{BY_DROP[measure]}_{own}", measure=measure)
        if one.key == "effort_":
            return replace(one, key=f"effort_{drop}") if drop else None
        return one

    def by_measure(
        self, heading: str | None, cells: list[Cell]
    ) -> Iterator[tuple[dict[str, tuple[str, ...]], list[Cell]]]:
        """The same for a column that says the measure only, beside one of drops: which rows, and what is on them."""
        if heading is None:
            yield {}, cells
            return
        groups: dict[str, list[str]] = defaultdict(list)
        for text in self.columns.distinct(heading):
            part = self.phrases.part(text)
            measure: str | None = part.measure if part.understood else None
            if measure is None:
                choices = [*((one, "") for one in (*BY_DROP, *ALWAYS) if one != "source"), (LEAVE_OUT, "")]
                question = f"What is {shown(text)} in the column {shortened(heading)}?"
                measure = self.asker.ask(f"measure {text}", question, choices)
            if measure and measure != LEAVE_OUT:
                groups[measure].append(text)
        for measure, texts in groups.items():
            moved = [self._moved(one, measure, "") for one in cells]
            yield {heading: tuple(map(folded, texts))}, [one for one in moved if one is not None]

    def blocks(self, cells: list[Cell], subject: str | None, only: dict[str, tuple[str, ...]]) -> Iterator[Rows]:
        """The blocks for columns of the file; ``only`` are the rows of the file that they are for."""
        by_subject: dict[str, list[Cell]] = defaultdict(list)
        for one in cells:
            by_subject[one.subject].append(one)
        for name, own in by_subject.items():
            if name:
                yield self._block(own, From(constant=name), name, only)
            elif subject:
                yield from self._long(own, subject, only)

    def _long(self, cells: list[Cell], subject: str, only: dict[str, tuple[str, ...]]) -> Iterator[Rows]:
        """Rows that say their subject: one block, or one a subject where values mean another level in each."""
        values: dict[str, str] = {}
        of_subject: dict[str, list[str]] = defaultdict(list)
        for text in self.columns.distinct(subject):
            if folded(text) not in only.get(subject, (folded(text),)):
                continue  # lines that name both a subject and a drop
            fitting = self.ask.subject_values(text)
            name = fitting[0] if len(fitting) == 1 else self.ask.which_subject(text, fitting) if fitting else ""
            if name is not None and name:
                values[folded(text)] = name
                of_subject[name].append(folded(text))
            elif name == "":
                of_subject[""].append(folded(text))
            else:
                self.columns.told.append(f"Rows of {text} are left out until it is said which subject they are.")
        origin = From(columns=(subject,), values={key: name for key, name in values.items() if key != folded(name)})
        levels = {
            name: self._levels(name, self._of(cells, _LEVELS, only | {subject: tuple(texts)}))
            for name, texts in of_subject.items() if name
        }  # fmt: skip
        if not any(levels.values()):
            wanted = {subject: tuple(text for texts in of_subject.values() for text in texts)}
            whole = len(wanted[subject]) == len(self.columns.distinct(subject))
            yield self._block(cells, origin, "", only if whole else only | wanted, check=False)
            return
        for name, texts in of_subject.items():
            yield self._block(cells, origin, name, only | {subject: tuple(texts)}, levels.get(name, {}))

    def _of(self, cells: list[Cell], measures: Collection[str], only: dict[str, tuple[str, ...]]) -> list[Value]:
        """The values of some measures on the rows that a block is for."""
        headings = [one.heading for one in cells if one.measure in measures]
        return [
            row.values.get(heading)
            for row in self._rows
            if all(folded(as_text(row.values.get(column))) in words for column, words in only.items())
            for heading in headings
        ]

    def _block(
        self, cells: list[Cell], subject: From, name: str, only: dict[str, tuple[str, ...]],
        levels: dict[str, str] | None = None, check: bool = True,
    ) -> Rows:  # fmt: skip
        if levels is None:
            levels = self._levels(name, self._of(cells, _LEVELS, only)) if check else {}
        columns: dict[str, From] = {"subject": subject}
        for one in cells:
            values = levels if one.measure in _LEVELS else {}
            if one.measure == "effort":
                values = self.effort.values(self._of([one], ("effort",), only))
            columns[one.key] = From(columns=(one.heading,), values=values)
        return Rows(sheet(_SHEET), columns, only=only, same=sheet(_SHEET).unique, who=self.who, only_filled=True)

    def _levels(self, subject: str, values: list[Value]) -> dict[str, str]:
        """What values that are no levels mean: bare numbers on a scale of other names are asked about."""
        told = self.asker.values(subject)
        texts = {
            as_text(value)
            for value in values
            if value is not None and not isinstance(value, CellError) and not is_dash(as_text(value))
        }
        numbers = {
            text: level
            for text in sorted(texts)
            if not self.facts.is_level(subject, text) and (level := self.facts.level_for_number(subject, text))
        }
        if numbers:
            text, level = next(iter(numbers.items()))
            kind = re.sub(r"\d", "", level)
            answer = self.asker.ask(
                f"levels {kind}", f"{subject} is on a scale of levels such as {level}, and the file says {text}. "
                f"Does {text} mean {level}?",
                (("yes", f"{text} is {level}"), ("no", "these rows are refused")),
            )  # fmt: skip
            if answer == "yes":
                told = {**numbers, **told}
        return told
