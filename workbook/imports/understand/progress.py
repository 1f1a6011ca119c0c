"""Marks: levels, targets, forecasts, effort and comments, one row a learner or one a learner and subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from workbook.imports.mapping import Rows
from workbook.imports.parse import YES_NO
from workbook.imports.source import GROUP
from workbook.imports.understand.columns import Columns
from workbook.imports.understand.lexicon import DROP_COLUMNS, SUBJECT_COLUMNS, place_in, plain
from workbook.imports.understand.phrases import Part, Phrases
from workbook.imports.understand.progress_blocks import ALWAYS, BY_DROP, Blocks, Cell
from workbook.imports.understand.progress_questions import MarkQuestions
from workbook.imports.who import Who
from workbook.imports.words import as_text
from workbook.model import Value, sheet

_SHEET = "Progress"


class Marks:
    """Makes the rows of Progress that a file holds."""

    def __init__(self, columns: Columns, phrases: Phrases, who: Who) -> None:
        self.columns, self.phrases = columns, phrases
        self.facts, self.asker, self.titles = columns.facts, columns.asker, columns.source.titles
        self.ask = MarkQuestions(columns, phrases)
        self.made = Blocks(columns, self.ask, who)
        self._said, self._some_say = frozenset[int](), False

    def rows(self) -> tuple[Rows, ...]:
        """The blocks of the map; none where the file holds no marks."""
        subject = self._subject_column()
        drops = self._drop_column(subject)
        for heading in (subject, drops):
            if heading:
                self.columns.take(heading)
        drops, measures = self._drops_and_measures(drops) if drops else (None, None)
        cells = list(self._cells(subject, drops))
        if not cells:
            return ()
        self.columns.take(*(one.heading for one in cells))
        blocks: list[Rows] = []
        if drops:
            for values, moved in self.made.by_drop(drops, cells, subject):
                for more, own in self.made.by_measure(measures, moved):
                    blocks += self.made.blocks(own, subject, {drops: values} | more)
        else:
            blocks += self.made.blocks(cells, subject, {})
        return tuple(blocks)

    # --- which column is what ------------------------------------------------------------------------------------

    def _has_subjects(self, subject: str | None) -> bool:
        return any(self.phrases.part(one).subjects for one in self.columns.free if one != subject)

    def _subject_column(self) -> str | None:
        """The column that says each row's subject; the group where rows of one cell name subjects."""

        def fits(value: Value) -> bool:
            return bool(self.ask.subject_values(as_text(value)))

        ranked = sorted(
            (place, one) for one in self.columns.free if (place := place_in(one, SUBJECT_COLUMNS)) is not None
        )
        for _, one in ranked:
            if self.columns.share(one, fits) >= 0.5 and (one != GROUP or one in self.columns.free):
                return self._unless_titled(one)
        return self._by_values(fits)

    def _unless_titled(self, heading: str) -> str | None:
        """A column of subjects; asked where it is a course or class and the title names a subject that it has not."""
        titled, _ = self.phrases.subjects_in_titles(self.titles)
        told = {one for text in self.columns.distinct(heading) for one in self.ask.subject_values(text)}
        if plain(heading).startswith("subject") or heading == GROUP or len(titled) != 1 or titled[0] in told:
            return heading
        own = f"as in {heading}"
        answer = self.asker.ask(
            "subject",
            f"The title says {titled[0]}, and {heading} says {', '.join(sorted(told)[:3])}. Which are these marks of?",
            ((titled[0], "all of them"), (own, "each row's own")),
        )
        return None if answer == titled[0] else heading

    def _by_values(self, fits: Callable[[Value], bool]) -> str | None:
        """A column of another name that holds subjects, where nothing else says them; asked about."""
        if self._has_subjects(None) or self.phrases.subjects_in_titles(self.titles)[0]:
            return None
        for one in self.columns.free:
            if self.phrases.part(one).measure or len(self.columns.values(one)) < 2:
                continue
            if self.columns.share(one, fits) >= 0.8:
                if self._says_more(one):
                    return one
                own = f"as in {one}"
                answer = self.asker.ask(
                    "subject",
                    f"The file does not say its subject, and {one} holds names of subjects. Which are these marks of?",
                    [(own, "each row's own"), *((subject, "") for subject in self.facts.subjects)],
                )
                return None if answer and answer != own else one
        return None

    def _drop_column(self, subject: str | None) -> str | None:
        """The column that says for each row which drop, or which measure, its grade is."""

        def fits(value: Value) -> bool:
            part = self.phrases.part(as_text(value))
            return part.understood and not part.subjects

        more = subject if subject and self._says_more(subject) else None
        return self.columns.named(DROP_COLUMNS, fits) or more or self._drops_of_groups() or self._measures_by_values()

    def _says_more(self, heading: str) -> bool:
        """Whether the values of a column say drop or measure besides their subject: Ma Spr2 Curr."""
        parts = [self.phrases.part(text) for text in self.columns.distinct(heading)]
        return any(part.drops is not None or part.measure for part in parts if part.subjects)

    def _measures_by_values(self) -> str | None:
        """A column of whatever name of which every value says a measure and nothing else."""
        for heading in self.columns.free:
            parts = list(map(self.phrases.part, self.columns.distinct(heading)))
            if len(parts) > 1 and all(one.measure and not one.rest and not one.subjects for one in parts):
                return heading
        return None

    def _drops_and_measures(self, one: str) -> tuple[str, str | None]:
        """The column of drops, and the one beside it that says the measure of each row, where there are two."""
        drops, measures = self._tells(one)
        if drops is measures:
            return one, None
        free = (heading for heading in self.columns.free if place_in(heading, DROP_COLUMNS) is not None)
        other = next((heading for heading in free if self._tells(heading) == (measures, drops)), None)
        if other is None and drops:
            other = self._measures_by_values()
        if other is None:
            return one, None
        self.columns.take(other)
        return (one, other) if drops else (other, one)

    def _tells(self, heading: str) -> tuple[bool, bool]:
        """Whether the values of a column say data drops, and whether they say measures."""
        parts = list(map(self.phrases.part, self.columns.distinct(heading)))
        known = [part for part in parts if part.understood and not part.subjects]
        if 2 * len(known) < len(parts):
            return False, False
        return any(part.drops for part in known), any(part.measure for part in known)

    def _drops_of_groups(self) -> str | None:
        """The column of lines among the rows, where these say data drops."""
        told = any(self.phrases.part(one).drops for one in self.columns.distinct(GROUP))
        return GROUP if told and GROUP in self.columns.source.headings else None

    def _cells(self, subject: str | None, drops: str | None) -> Iterator[Cell]:
        """What each heading is: the first pass finds headings of marks, the second settles what is open."""
        parts: dict[str, Part] = {}
        for heading in self.columns.free:
            part = self.phrases.part(heading)
            if part.understood and self._holds_marks(part, heading):
                parts[heading] = part
        said = {part.drops for part in parts.values() if part.drops is not None}
        self._said = next(iter(said)) if len(said) == 1 else frozenset[int]()
        self._some_say = bool(said)
        named = {heading: part for heading, part in parts.items() if part.subjects}
        if named and not subject:
            parts = named = self._beside(parts)
        alone = "" if subject or named else self._one_subject(parts)
        if alone is None:
            alone = "?"  # a question is open then: the others are found too
        plain_measure = self._plain_measure(parts.values())
        found: dict[tuple[str, str], list[tuple[Cell, Part]]] = defaultdict(list)
        for heading, part in parts.items():
            own = self._subject_of(part, heading) if part.subjects else alone
            measure = part.measure or plain_measure
            if own is None or not measure:
                continue
            key = ALWAYS.get(measure) or self._key(measure, part, heading, bool(drops))
            if key:
                found[own, key].append((Cell(own, key, measure, heading), part))
        yield from self._without_doubles(found)

    def _beside(self, parts: dict[str, Part]) -> dict[str, Part]:
        """The columns that name their subject, and those that stand beside one and belong to it: Maths, Effort, Art,
        Effort. One that stands there once, with several subjects, belongs to none of them.
        """
        found, beside = dict[str, Part](), defaultdict[str, dict[str, Part]](dict)
        last: Part | None = None
        alone = len({part.subjects for part in parts.values() if part.subjects}) == 1
        first = next(part for part in parts.values() if part.subjects)
        for heading, part in parts.items():
            if part.subjects:
                found[heading] = last = part
            elif part.measure and (near := last or (first if alone else None)):
                drops, when = (near.drops, near.when) if part.drops is None else (part.drops, part.when)
                beside[plain(heading)][heading] = replace(part, subjects=near.subjects, drops=drops, when=when)
        for several in beside.values():
            subjects = {part.subjects for part in several.values()}
            if alone or len(subjects) == len(several) > 1:
                found |= several
        return {heading: found[heading] for heading in parts if heading in found}

    def _holds_marks(self, part: Part, heading: str) -> bool:
        values = self.columns.values(heading)
        if part.measure in ("comment", "source"):
            return True
        texts = [as_text(value) for value in values]
        if texts and part.measure != "effort" and all(text.lower() in YES_NO for text in texts):
            return False  # on track: Yes
        if part.measure != "baseline" and (
            not texts or any(len(one) <= 14 or self.facts.is_effort(one) for one in texts)
        ):
            return True  # and a score of another test is no level to begin with
        return any(self.facts.is_level(one, value) for value in values for one in part.subjects or self.facts.subjects)

    def _one_subject(self, parts: Iterable[Part] | dict[str, Part]) -> str | None:
        """The subject of a file that names it only in its title; asked where it does not."""
        if not parts:
            return ""
        fitting, said = self.phrases.subjects_in_titles(self.titles)
        self.columns.says += said.split(", ")
        if len(fitting) == 1:
            self.columns.told.append(f"The subject is {fitting[0]}, as the title says.")
            return fitting[0]
        words = "The file does not say its subject." if not fitting else f"The title names {' and '.join(fitting)}."
        choices = [(one, "") for one in fitting or self.facts.subjects]
        return self.asker.ask("subject", f"{words} Which subject are these marks of?", choices)

    def _plain_measure(self, parts: Iterable[Part]) -> str:
        """What a heading without a measure holds: the level now, unless the title speaks of something else."""
        if all(part.measure for part in parts):
            return "current"
        titled = self.phrases.measure_in_titles(self.titles)
        if titled in ("", "current", "comment"):
            return "current"
        answer = self.asker.ask(
            "measure", f"The title speaks of {titled}. Are these the levels now, or is it the {titled}?",
            (("current", "the levels at a data drop"), (titled, f"the column {titled.capitalize()}")),
        )  # fmt: skip
        return answer or ""

    def _subject_of(self, part: Part, heading: str) -> str | None:
        assert part.subjects
        if len(part.subjects) == 1:
            return part.subjects[0]
        words = next((word for word in plain(heading).split() if len(self.facts.subjects_of(word)) > 1), plain(heading))
        return self.ask.which_subject(words, part.subjects)

    def _key(self, measure: str, part: Part, heading: str, by_row: bool) -> str:
        if by_row and part.drops is None:
            return f"{BY_DROP[measure]}_"
        if part.drops is None and measure == "effort" and len(self._said) == 1:
            titled, _ = self.phrases.drops_in_titles(self.titles)
            if titled is None or titled >= self._said:  # effort beside the one drop of which the file speaks
                return f"{BY_DROP[measure]}_{next(iter(self._said))}"
        told = part.drops is not None
        drop = self.ask.drop(part.drops, part.when) if told else self.ask.file_drop(heading if self._some_say else "")
        return f"{BY_DROP[measure]}_{drop or '?' + part.when}"  # a question is open then: the others are found too

    def _without_doubles(self, found: dict[tuple[str, str], list[tuple[Cell, Part]]]) -> Iterator[Cell]:
        """One column of the file for each cell; asked once for all subjects where several could be it."""
        for (_, key), told in found.items():
            several = [pair for pair in told if self.columns.values(pair[0].heading)] or told[:1]
            levels = [pair for pair in several if self._holds_levels(pair[0])]
            several = levels if len(levels) == 1 else several  # beside a score
            if len(several) > 1:
                header = sheet(_SHEET).by_key[key].header if key in sheet(_SHEET).by_key else key.strip("_").upper()
                says = [self._says(part, cell.heading) for cell, part in several]
                if len(set(says)) < len(several):
                    says = [cell.heading for cell, _ in several]
                answer = self.asker.ask(
                    f"column {header}", f"Several columns could be {header}: {', '.join(says)}. Which one is it?",
                    [(one, "") for one in says],
                )  # fmt: skip
                several = [pair for pair, one in zip(several, says, strict=True) if one == answer]
            yield from (cell for cell, _ in several)

    def _holds_levels(self, cell: Cell) -> bool:
        """Whether any value of a column is a level of its subject, or of one where each row says it."""
        subjects = [cell.subject] if cell.subject in self.facts.subjects else list(self.facts.subjects)
        values = self.columns.values(cell.heading)
        return any(self.facts.is_level(one, value) for value in values for one in subjects)

    def _says(self, part: Part, heading: str) -> str:
        return " ".join(filter(None, (part.when, part.measure_words))) or heading
