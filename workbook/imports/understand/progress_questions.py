"""What the marks of a file leave open: which subject, which data drop."""

from __future__ import annotations

from collections.abc import Iterable

from workbook.imports.understand.columns import Columns
from workbook.imports.understand.phrases import Phrases
from workbook.imports.understand.questions import LEAVE_OUT
from workbook.imports.words import shown


class MarkQuestions:
    """Settles subjects and drops, and asks where they are not clear."""

    def __init__(self, columns: Columns, phrases: Phrases) -> None:
        self.columns, self.phrases = columns, phrases
        self.facts, self.asker, self.titles = columns.facts, columns.asker, columns.source.titles

    def subject_values(self, text: str) -> tuple[str, ...]:
        """The subjects that a value of a column may mean."""
        part = self.phrases.part(text)
        return part.subjects or () if not part.rest else ()

    def which_subject(self, words: str, subjects: Iterable[str]) -> str | None:
        """The one of several subjects that words mean; None until it is said."""
        answer = self.asker.ask(
            f"subject {words}",
            f"{shown(words)} fits {' and '.join(subjects)}. Which is it?",
            [*((one, "") for one in subjects), (LEAVE_OUT, "these marks are not brought in")],
        )
        return None if answer == LEAVE_OUT else answer

    def file_drop(self, heading: str = "") -> str:
        """The drop that the file says above its headings; asked where it says none, or two.

        ``heading`` is one that says no drop while others do.
        """
        drops, words = self.phrases.drops_in_titles(self.titles)
        if drops is not None and len(drops) == 1:
            (drop,) = drops
            note = (
                f"The data drop is {drop} ({self.facts.drops[drop][0]}), as the file says above its headings ({words})."
            )
            if note not in self.columns.told:
                self.columns.told.append(note)
        self.columns.says += words.split(", ")
        return self.drop(drops, words, heading)

    def drop(self, drops: frozenset[int] | None, words: str, heading: str = "") -> str:
        """The number of the drop that words mean, as a text; empty until it is said."""
        if drops is not None and len(drops) == 1:
            return str(next(iter(drops)))
        choices = [(str(one), self.facts.drops[one][0]) for one in sorted(drops or self.facts.drops)]
        if not drops:
            said = (
                f"{shown(words)} fits none of the data drops."
                if words
                else f"{heading or 'The file'} does not say its data drop."
            )
        else:
            said = f"{shown(words)} fits several data drops: {' and '.join(name for _, name in choices)}."
        return self.asker.ask(f"drop {words}".strip(), f"{said} Which one are these marks of?", choices) or ""
