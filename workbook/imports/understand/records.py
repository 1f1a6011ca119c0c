"""Records of any other sheet: incidents, contacts, achievements, learners, and sheets under their own headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from workbook.imports.judge import fold
from workbook.imports.mapping import From, Rows, own_headings
from workbook.imports.parse import number_in
from workbook.imports.shapes import ABOVE, BELOW
from workbook.imports.understand.columns import Columns
from workbook.imports.understand.lexicon import place_in, plain
from workbook.imports.understand.numbers import are_fractions, settle_decimal
from workbook.imports.understand.records_words import FORM_TIMES, RECORD_WORDS
from workbook.imports.wanted import BLANK, said_of_all
from workbook.imports.who import Who
from workbook.imports.words import as_text, shown
from workbook.model import Column, Kind, Sheet, Value
from workbook.model.choices import takes_anything
from workbook.reading.headings import folded

_FROM_LEARNERS = "learner_id"


class Records:
    """Makes the rows of one sheet that a file holds: by the sheet's own headings, their synonyms, and the values."""

    def __init__(self, columns: Columns, one: Sheet, who: Who | None) -> None:
        self.columns, self.sheet, self.who = columns, one, who
        self.facts, self.asker = columns.facts, columns.asker

    def rows(self, fixed: Mapping[str, From] | None = None) -> tuple[Rows, ...]:
        """The block of the map; none where no column of the sheet is in the file."""
        found = dict(fixed or {})
        taken = self._own(found) | self._synonyms(found)
        self._by_values(found)
        self._said_in_what(found)
        self._say_why_not(found)
        if not found or not (taken or fixed):
            return ()
        if self.who and _FROM_LEARNERS in self.sheet.by_key and self.sheet.table != "Learners":
            found.pop(_FROM_LEARNERS, None)
        numbers = [self.sheet.by_key[key].kind in (Kind.NUMBER, Kind.WHOLE) for key in found]
        points = self._points() if self.sheet.table == "Behaviour" else None
        headings = [
            one.columns[0] for one, number in zip(found.values(), numbers, strict=True) if number and one.columns
        ]
        settle_decimal(self.columns, [*headings, *filter(None, (points,))])
        columns = {key: self._origin(self.sheet.by_key[key], one) for key, one in found.items()}
        columns |= self._said_of_all(columns)
        only = self._incidents(points) if points else {}
        who = self.who if _FROM_LEARNERS in self.sheet.by_key else None
        block = Rows(self.sheet, columns, only=only, same=self.sheet.unique, who=who)
        return tuple(self._percentages(block)) if "aim_value" in columns else (block,)

    def _own(self, found: dict[str, From]) -> int:
        known = own_headings(self.sheet)
        count = 0
        for heading in list(self.columns.free):
            column = known.get(folded(heading))
            if not column or column.computed or column.key in found or self._said_better(column, heading):
                continue
            if self._fits(column, heading):
                found[column.key] = From(columns=(heading,))
                self.columns.take(heading)
                count += 1
        return count

    def _said_better(self, column: Column, heading: str) -> bool:
        """Whether the sheet's own heading holds none of its choices and another does: Type says only “negative”."""
        words = RECORD_WORDS.get(self.sheet.table, {}).get(column.key, ())
        if not column.choices or not self.columns.values(heading) or self._known(column, heading):
            return False
        others = [one for one in self.columns.free if one != heading and place_in(one, words) is not None]
        return any(self._known(column, one) for one in others)

    def _synonyms(self, found: dict[str, From]) -> int:
        count = 0
        words = RECORD_WORDS.get(self.sheet.table, {})
        for key, named in words.items():
            if key in found:
                continue
            column = self.sheet.by_key[key]
            ranked = [
                (-self._known(column, one), place, one)
                for one in self.columns.free
                if (place := place_in(one, named)) is not None
            ]
            for *_, heading in sorted(ranked):
                if self._fits(column, heading):
                    found[key] = From(columns=(heading,))
                    self.columns.take(heading)
                    count += 1
                    if plain(heading) in FORM_TIMES:
                        self.columns.told.append(f"{column.header} is {heading}, as the form asks for no date itself.")
                    break
        return count

    def _known(self, column: Column, heading: str) -> float:
        """The share of a column's values that are choices of the list which a column of the sheet has."""
        if not column.choices:
            return 0.0
        known = self.facts.list_of(column.choices)
        return self.columns.share(heading, lambda value: not known.isdisjoint(_chosen(value)))

    def _by_values(self, found: dict[str, From]) -> None:
        """Columns whose values are choices of a list that has no column yet."""
        for column in self.sheet.entry:
            if column.key in found or not column.choices or self.sheet.table == "Learners":
                continue
            known = self.facts.list_of(column.choices)
            for heading in list(self.columns.free):
                several = len(self.columns.values(heading)) > 1 and len(known) > 2
                if several and _share_in(self.columns.distinct(heading), known) >= 0.75:
                    found[column.key] = From(columns=(heading,))
                    self.columns.take(heading)
                    self.columns.told.append(f"{heading} is {column.header}, by its values.")
                    break

    def _said_of_all(self, found: Mapping[str, From]) -> dict[str, From]:
        """What an answer says of all new rows that leave a column of a list blank."""
        told: dict[str, From] = {}
        for column in self.sheet.entry:
            said = self.asker.values(column.header).get(BLANK) if said_of_all(column) else None
            if said and column.key not in found:
                told[column.key] = From(constant=said, if_blank=True)
            elif said and self.sheet.unique:
                told[column.key] = replace(found[column.key], new=said)
            elif said:  # rows without a name of their own are known again by all they say
                told[column.key] = replace(found[column.key], values={**found[column.key].values, "": said})
        return told

    def _say_why_not(self, found: Mapping[str, From]) -> None:
        """Tell of columns with values that the sheet does not take: consent that says Yes, a tutor who is no mentor."""
        for key, named in RECORD_WORDS.get(self.sheet.table, {}).items():
            column = self.sheet.by_key[key]
            if key in found or not (column.kind is Kind.DATE or column.choices):
                continue
            for heading in list(self.columns.free):
                if place_in(heading, (column.header.casefold(), *named)) is None or not self.columns.values(heading):
                    continue
                said = shown(self.columns.values(heading)[0])
                if column.kind is Kind.DATE:
                    self.columns.leave_out(heading, f"{column.header} is a date, and this says {said}")
                elif not takes_anything(self.facts.tracker, str(column.choices)):
                    self.columns.leave_out(heading, f"{said} is not in the list {column.choices}")

    def _said_in_what(self, found: dict[str, From]) -> None:
        """An achievement of which only a reason such as Kindness is said is of that type."""
        what = found.get("what")
        if self.sheet.table == "Achievements" and what and "type" not in found:
            known = self.facts.list_of(str(self.sheet.by_key["type"].choices))
            if what.columns and _share_in(self.columns.distinct(what.columns[0]), known) >= 0.75:
                found["type"] = what

    def _fits(self, column: Column, heading: str) -> bool:
        """Whether the values of a column are of the kind that a column of the sheet wants: dates, lists, texts."""
        values = self.columns.values(heading)
        if not values:
            return True
        if column.kind is Kind.DATE:
            return self.columns.share(heading, _like_date) >= 0.5
        if column.kind is Kind.CHOICE and self.sheet.table in RECORD_WORDS and folded(heading) != folded(column.header):
            likely = self._known(column, heading) or self._says_plainly(column, heading)
            if not likely and takes_anything(self.facts.tracker, str(column.choices)):
                people = self.columns.share(heading, _like_a_person) >= 0.5
                return people == (column.choices == "Mentors") and self.columns.share(heading, _short) > 0.5
            return likely > 0 or (column.required and self.columns.share(heading, _short) > 0.5)
        if column.key == "logged_by" or column.key == "by":
            return not self.columns.share(heading, lambda value: "@" in as_text(value))
        return True

    def _says_plainly(self, column: Column, heading: str) -> bool:
        """Whether a heading is all but that of a column with a list, such as Destination: its words are then asked
        about, and not left out.
        """
        place = place_in(heading, RECORD_WORDS[self.sheet.table].get(column.key, ()))
        listed = not takes_anything(self.facts.tracker, str(column.choices))
        return listed and place in (0, 1) and self.columns.share(heading, _short) > 0.5

    def _origin(self, column: Column, origin: From) -> From:
        headings = origin.columns
        if column.kind is Kind.DATE:
            return replace(origin, dates=self.columns.dates(headings))
        if column.kind in (Kind.CHOICE, Kind.YES_NO, Kind.LEVEL, Kind.EFFORT, Kind.MARK):
            return replace(origin, values={**origin.values, **self.asker.values(column.header)})
        return origin

    def _percentages(self, block: Rows) -> Iterator[Rows]:
        """The block as it is, or parted where only the rows of one aim measure hold fractions of 100."""
        value, measure = block.columns["aim_value"], block.columns.get("aim_measure", From())
        if not measure.columns:
            yield self._with_fractions(block, self.columns.values(value.columns[0]))
            return
        heading = measure.columns[0]
        said: dict[bool, dict[str, list[Value]]] = {True: {}, False: {}}
        for row in self.columns.source.rows:
            text = folded(as_text(row.values.get(heading)))
            meant = measure.values.get(text, text)
            said["%" in meant or "percent" in meant].setdefault(text, []).append(row.values.get(value.columns[0]))
        percent = [one for ones in said[True].values() for one in ones]
        parted = self._with_fractions(block, percent)
        if parted == block or not said[False]:
            yield parted
            return
        yield replace(parted, only={**block.only, heading: tuple(said[True])})
        yield replace(block, only={**block.only, heading: tuple(said[False])})

    def _with_fractions(self, block: Rows, values: list[Value]) -> Rows:
        value = block.columns["aim_value"]
        if not are_fractions(self.columns, values, value.columns[0]):
            return block
        return replace(block, columns={**block.columns, "aim_value": replace(value, fractions=True)})

    def _points(self) -> str | None:
        """The column of points, by which praise and incidents are told apart."""
        return self.columns.named(("points", "behaviour points", "score", "conduct points", "severity", "total points"))

    def _incidents(self, points: str) -> dict[str, tuple[str, ...]]:
        """Only the incidents where praise stands among them, told apart by the sign of the points."""
        signs: dict[str, set[str]] = {"below 0": set(), "above 0": set(), "0": set()}
        known = self.facts.list_of("Behaviour types")
        typed: dict[str, int] = {"below 0": 0, "above 0": 0, "0": 0}
        for row in self.columns.source.rows:
            text = as_text(row.values.get(points))
            number = number_in(row.values.get(points), self.columns.decimal)
            if number is None:
                continue
            sign = "below 0" if number < 0 else "above 0" if number > 0 else "0"
            signs[sign].add(folded(text))
            typed[sign] += any(fold(value) in known for value in row.values.values())
        if not (signs["below 0"] and signs["above 0"]):
            return {}
        if typed["below 0"] and not typed["above 0"]:
            kept: str | None = "below 0"
        elif typed["above 0"] and not typed["below 0"]:
            kept = "above 0"
        else:
            kept = self.asker.ask(
                "points", f"{points} stand above and below 0, praise and incidents together. Which are the incidents?",
                (("below 0", ""), ("above 0", ""), ("all", "")),
            )  # fmt: skip
        if kept in (None, "all"):
            return {}
        other = "above 0" if kept == "below 0" else "below 0"
        self.columns.told.append(
            f"Rows with points {other} are praise and no incidents: they are left out here (see --into Achievements)."
        )
        return {points: ("", "0", BELOW if kept == "below 0" else ABOVE)}


def _like_date(value: Value) -> bool:
    from workbook.reading.written_dates import read_date, serial_date

    text = as_text(value)
    if hasattr(value, "year") or (text.isdecimal() and len(text) < 9 and serial_date(float(text)) is not None):
        return True
    return any(char.isdigit() for char in text) and (
        read_date(text, (), 2000) is not None or read_date(text, ("month first",), 2000) is not None
        or (len(text) <= 20 and sum(char in "/-. " for char in text) >= 2)
    )  # fmt: skip


def _share_in(texts: list[str], known: set[str]) -> float:
    return sum(not known.isdisjoint(_chosen(text)) for text in texts) / len(texts)


def _chosen(value: Value) -> list[str]:
    """The choices that a cell holds: itself, or the several of a form that parts them by semicolons."""
    return [fold(value), *(fold(one) for one in as_text(value).split(";") if one.strip())]


def _like_a_person(value: Value) -> bool:
    """Whether a text reads like a name of staff, such as J. Oak or Mrs Elm, and not like a form."""
    text = as_text(value).strip()
    return not any(char.isdigit() for char in text) and any(char in text for char in " .")


def _short(value: Value) -> bool:
    return isinstance(value, str) and len(value) <= 40
