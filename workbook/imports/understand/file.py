"""Understand a file: its page, its headings, the sheet it belongs into, and the map by which its rows come in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from workbook.imports.judge import fold
from workbook.imports.mapping import From, Map, Rows, own_headings
from workbook.imports.source import FileOptions, Page, Source
from workbook.imports.understand import parents, people
from workbook.imports.understand.columns import Columns, who_of
from workbook.imports.understand.facts import Facts
from workbook.imports.understand.layout import Finder, Layout
from workbook.imports.understand.lexicon import MARK_COLUMNS, plain
from workbook.imports.understand.pages import layout_of, with_names_above
from workbook.imports.understand.phrases import Phrases
from workbook.imports.understand.progress import Marks
from workbook.imports.understand.questions import Asker, Question, Trying
from workbook.imports.understand.records import Records
from workbook.imports.understand.refusals import (
    is_share,
    no_sheet_fits,
    nobody_found,
    refuse_meetings,
    refuse_side_by_side,
    refuse_unworked_headings,
    why_no_records,
    why_nothing,
)
from workbook.imports.understand.registers import Registers
from workbook.imports.who import Who
from workbook.imports.words import as_text, shown
from workbook.imports.workbook_files import NoResult
from workbook.model import SHEETS, CannotDo, Sheet, Tracker, Value
from workbook.reading.headings import folded

_SAMPLE = 40
#: Register marks in one text, a few sessions or more.
_STRING = re.compile(r"(?=.*[/\\])[A-Z/\\#. -]{6,}")
#: Sheets that a file is never taken for unless it is said: what they hold sets the tracker up.
_SAID_ONLY = {"Settings", "Lists", "Codes", "Scales", "Effort"}

#: Sheets alike in all but their words: a file is one of them if at least one of its choices is known.
_BY_WORDS = {"Behaviour", "Achievements", "Contacts", "Interventions"}

#: What a list of learners says beyond who they are.
_SAID_OF_LEARNERS = {
    "preferred_name", "pronouns", "date_of_birth", "year", "form", "mentor", "started", "left", "course",
    "vocational_day", "email",
}  # fmt: skip
#: What is said of contacts, and of nobody else whom a file may name beside its learners.
_SAID_OF_CONTACTS = {"relation", "parental_responsibility", "phone", "address", "send_reports"}


@dataclass
class Understood:
    """What was found out. ``map`` brings the rows in; while ``questions`` are open that must be answered it is None.

    ``told`` says in words what was assumed, ``left_out`` why each other column is not brought in.
    """

    map: Map | None
    source: Source
    sheet: Sheet
    questions: list[Question]
    told: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    asker: Asker = field(default_factory=lambda: Asker({}))


@dataclass
class _Attempt:
    """One reading of a file, as rows of one sheet."""

    sheet: Sheet
    rows: tuple[Rows, ...]
    columns: Columns
    who: Who | None
    says: tuple[str, ...] = ()

    @property
    def worth(self) -> float:
        """How much of the file this reading understands; 0 where what a row of the sheet must have is not there."""
        if not self.rows or self._of_no_subject():
            return 0
        needed = {one.key for one in self.sheet.entry if one.required}
        if self.sheet.table == "Parents":  # what else a new contact needs, one who is there has already
            needed = {"learner_id", "name"} if self._of_contacts() else {"relation"}
        there = set(self.rows[0].columns) | ({"learner_id"} if self.who else set())
        there |= {"week"} if self.rows[0].marks else set()
        headings = self.columns.source.headings
        if self.sheet.table == "Learners" and self._of_known_learners():
            needed = {"learner_id"}
        if needed - there:
            return 0
        who = len(set(self.who.columns())) if self.who and self.sheet.table != "Learners" else 0
        used = len(headings) - len(self.columns.free) - len(self.columns.left_out) - who
        if self.rows[0].marks and not self.rows[0].columns:
            used += 4
        own, worth, known_words = own_headings(self.sheet), float(used), 0.0
        for key, origin in self.rows[0].columns.items():
            if (choices := self.sheet.by_key[key].choices) and origin.columns:
                known = self.columns.facts.list_of(choices)
                share = self.columns.share(origin.columns[0], partial(_among, known))
                worth, known_words = worth + 2 * share - 0.5, known_words + share
        if self.sheet.table in _BY_WORDS and not known_words:
            return 0
        return worth + 0.5 * sum(folded(one) in own for one in headings)

    def _of_no_subject(self) -> bool:
        """Whether these would be comments of which nothing says the subject: many a file has comments."""
        told = {key for one in self.rows for key in one.columns}
        return (
            self.sheet.table == "Progress" and told <= {"subject", "comment"} and "subject" in self.columns.asker.open
        )

    def _of_contacts(self) -> bool:
        """Whether anything says that the people of a file are somebody's contacts, and not staff who filled it in."""
        found = self.rows[0].columns
        named = [heading for one in found.values() for heading in one.columns]
        return bool(set(found) & _SAID_OF_CONTACTS) or any(parents.of_a_contact(one) for one in named)

    def _of_known_learners(self) -> bool:
        """Whether the file lists learners who are there, and says more of them than who they are, in words known."""
        if self.who is None or len(self.columns.free) * 2 > len(self.columns.source.headings):
            return False
        if any(self._more_than_a_list(one) for one in self.columns.free):
            return False
        said = set(self.rows[0].columns) & _SAID_OF_LEARNERS
        if said <= {"form", "year"} and any(is_share(self.columns.source, one) for one in self.columns.free):
            return False
        known = self.columns.facts.learners
        found = sum(bool(known.identified("id", row.values.get(self.who.id), True)) for row in self.columns.source.rows)
        return bool(said) and found * 2 > len(self.columns.source.rows)

    def _more_than_a_list(self, heading: str) -> bool:
        """Whether a column that nothing was made of holds marks: a file of marks is no list of learners."""
        text = plain(heading)
        return (
            text in MARK_COLUMNS or self.columns.share(heading, lambda value: _STRING.fullmatch(as_text(value))) > 0.5
        )


def _among(known: set[str], value: Value) -> bool:
    return fold(value) in known


def understand(
    pages: Sequence[Page], tracker: Tracker, into: Sheet | None = None, answers: Mapping[str, str] | None = None,
    options: FileOptions | None = None, left_over: bool = False,
) -> Understood:  # fmt: skip
    """Understand a file's pages as rows of ``into``, or of the sheet that fits, by what a tracker knows.

    ``left_over`` answers that nothing asks for are passed over. Raises CannotDo where no row reads like headings,
    nothing says who the rows are about, or no sheet fits.
    """
    facts = Facts(tracker)
    phrases = Phrases(facts)
    asker = Asker(answers or {}, left_over)
    layout = layout_of(pages, Finder(facts, phrases), asker, options or FileOptions())
    if layout is None:
        return Understood(
            None, Source(pages[0].file, [], []), into or SHEETS[0], list(asker.open.values()), asker=asker
        )
    layout = with_names_above(layout, asker)
    source = layout.source()
    refuse_unworked_headings(source)
    refuse_meetings(source)
    refuse_side_by_side(source, facts.learners)
    if not source.rows:
        raise CannotDo(f"{source.name} has headings and no rows below them: check the export, and take it again.")
    one = into or _sheet(source, facts, phrases, asker)
    if one is None:
        return Understood(None, source, SHEETS[0], list(asker.open.values()), asker=asker)
    found = _attempt(one, source, facts, phrases, asker)
    if not found.rows and not asker.open:
        raise _not_understood(source, one)
    open_ = list(asker.open.values())
    map_ = None if open_ else _map(found, layout, phrases, asker)
    left_out = found.columns.left_out | {
        heading: _why_left(heading, one, phrases, found.columns) for heading in found.columns.free if heading != "Group"
    }
    return Understood(map_, source, one, open_, found.columns.told, left_out, asker)


def _sheet(source: Source, facts: Facts, phrases: Phrases, asker: Asker) -> Sheet | None:
    """The sheet of which a file understands most; asked where two fit alike."""
    sample = replace(source, rows=source.rows[:_SAMPLE])
    worth: list[tuple[float, Sheet]] = []
    for one in SHEETS:
        if one.name in _SAID_ONLY:
            continue
        tried = _attempt(one, sample, facts, phrases, Trying(dict(asker.given.values())), lenient=True)
        if tried.worth >= (1 if one.table == "Progress" else 2):
            worth.append((tried.worth, one))
    if len(worth) > 1:  # most files say who their learners are; it is what else they say that counts
        worth = [(value, one) for value, one in worth if one.table != "Learners"]
    worth.sort(key=lambda pair: -pair[0])
    if not worth:
        nobody = who_of(Columns(sample, facts, Trying({})), "Progress") is None
        raise no_sheet_fits(source, facts.learners, nobody)
    best = [one for value, one in worth if value > worth[0][0] - 0.75]
    if len(best) == 1:
        return best[0]
    answer = asker.ask(
        "sheet", f"The file may belong into {' or '.join(one.name for one in best)}. Which sheet takes its rows?",
        [(one.name, one.purpose) for one in best],
    )  # fmt: skip
    return next((one for one in best if one.name == answer), None)


def _attempt(
    one: Sheet, source: Source, facts: Facts, phrases: Phrases, asker: Asker, lenient: bool = False
) -> _Attempt:
    columns = Columns(source, facts, asker)
    about_learner = "learner_id" in one.by_key
    if (one.table == "Parents" and "Language" not in source.headings) or about_learner:
        columns.leave_out_sensitive()
    who = who_of(columns, one.table) if about_learner else None
    if who is not None and not (set(who.columns()) - {who.form, who.year, who.born}) and one.table != "Learners":
        who = None
    if about_learner and who is None and one.by_key["learner_id"].required:
        if lenient:
            return _Attempt(one, (), columns, None)
        raise nobody_found(source, facts.learners)
    if one.table == "Progress" and who:
        marks = Marks(columns, phrases, who)
        return _Attempt(one, marks.rows() or _plain(columns, one, who), columns, who)
    if one.table == "Registers" and who:
        return _Attempt(one, Registers(columns, who).rows(), columns, who)
    if one.table == "Learners" and who:
        return _Attempt(one, people.learners(columns, who), columns, who)
    if one.table == "Parents" and who:
        return _Attempt(one, parents.parents(columns, who), columns, who)
    return _Attempt(one, Records(columns, one, who).rows(), columns, who)


def _plain(columns: Columns, one: Sheet, who: Who) -> tuple[Rows, ...]:
    """Columns of Progress that hold no marks of a drop, such as Baseline source, beside the subject."""
    rows = Records(columns, one, who).rows()
    return rows if rows and "subject" in rows[0].columns else ()


def _map(found: _Attempt, layout: Layout, phrases: Phrases, asker: Asker) -> Map:
    options = layout.options
    if found.sheet.table in ("Learners",) or not found.who:
        options = replace(options, notes=bool(found.who), groups=options.groups if found.who else ())
    if found.columns.decimal != ".":
        options = replace(options, decimal=found.columns.decimal)
    says = tuple(one for one in dict.fromkeys(found.columns.says) if one)
    rows = tuple(replace(one, columns=_tidied(one.columns)) for one in found.rows)
    return Map(layout.page.file, rows, replace(options, says=says), answers=dict(asker.used))


def _tidied(columns: Mapping[str, From]) -> dict[str, From]:
    """The columns in the order of the sheet, what names a row first."""
    return dict(columns)


def _why_left(heading: str, one: Sheet, phrases: Phrases, columns: Columns) -> str:
    part = phrases.part(heading)
    if columns.share(heading, lambda value: isinstance(value, NoResult)) == 1:
        why = "whose results are not in the file: open it in Excel and save it"
        if part.measure or part.drops is not None or any(folded(heading) == folded(c.header) for c in one.entry):
            raise CannotDo(f"{heading} is a formula in every row of {columns.source.name}, {why}.")
        return f"its cells are formulas {why}"
    if one.table == "Progress" and part.rest not in ("date", "8", "") and (part.measure or part.drops is not None):
        words = part.rest.split()
        known = max((size for size in (1, 2, 3) if phrases.facts.subjects_of(" ".join(words[:size]))), default=0)
        rest = " ".join(words[known:])
        return f"Progress has no column for {shown(rest)}" if known else f"{shown(rest)} is no subject of this tracker"
    if one.table == "Progress" and part.measure and not part.subjects:
        return "it does not say of which subject it is"
    return f"nothing on {one.name} asks for it"


def _not_understood(source: Source, one: Sheet) -> CannotDo:
    why = why_nothing(source) if one.table == "Registers" else ""
    why = why or (why_no_records(source) if one.table in _BY_WORDS else "")
    others, known = ", ".join(source.headings[:8]), ", ".join(column.header for column in one.entry[:6])
    return CannotDo(
        why
        or f"No column of {source.name} was understood as one of {one.name}. It has {others}: name them as the sheet "
        f"does ({known} …), or write a map (docs/import.md)."
    )
