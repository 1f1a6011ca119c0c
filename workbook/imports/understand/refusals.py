"""Files that are right and yet hold nothing for a tracker: what they are, and what to export instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbook.imports.learners import Learners
from workbook.imports.names import readings
from workbook.imports.sessions import session_of, week_in, without_weekday
from workbook.imports.source import Page, Source
from workbook.imports.understand.lexicon import DATE_COLUMNS, plain, who_word
from workbook.imports.words import as_text
from workbook.imports.workbook_files import NO_RESULT
from workbook.model import CannotDo, Value
from workbook.model.problem_kind import shortened

#: Headings of a report of who joined an online meeting.
_OF_MEETINGS = {
    "first join",
    "last leave",
    "in meeting duration",
    "join time",
    "leave time",
    "total duration",
    "duration",
}
#: Headings of sums of attendance, with a percentage or a count of sessions for each learner.
_OF_SUMS = re.compile(
    r"(?:(?:possible|attended|present|authorised|unauthorised|auth|unauth|total|overall|roll call) ?"
    r"(?:sessions?|marks|abs(?:ences?)?|attendances?|minutes|lates?)?|(?:overall |whole )?%? ?(?:att|attend|attendance|"
    r"presents?|absen(?:t|ce))(?: ?(?:%|percentage|rate))?|attendances?|aea|lates?(?: (?:before|after) reg\w*)?"
    r"|minutes late|absences?|sessions (?:missed|lost))"
)
_OF_LESSONS = re.compile(r"(?:mon|tue|wed|thu|fri)[a-z]* ?(?:[lp]|lesson|period|per)? ?\d|(?:lesson|period|per|p) ?\d")
_SHARE = re.compile(r"\d{1,3}(?:[.,]\d+)? ?%?")
_OF_SHARES = re.compile(r"att|%|percent|presen|absen")
_LONG_MARKS = re.compile(r"(?=(?:.*[/\\]){8})[A-Z0-9/\\#-]{21,}")
_MARKS = re.compile(r"[/\\]")
_OF_COUNTS = re.compile(r"\b(?:points|positives?|negatives?|total|incidents|events|merits|count|number)\b")
#: A register of each class, with the time at which the lesson begins.
_CLASSES, _TIMES = {"register", "class", "class code", "group", "course", "course code", "subject"}, {
    "start time", "time", "lesson time", "slot", "start", "begins",
}  # fmt: skip
_LESSON_COLUMNS = {"period", "lesson", "lesson period", "session"}


def refuse_unworked_headings(source: Source) -> None:
    """Raise CannotDo where nobody can know what a column is called."""
    if any(NO_RESULT in heading for heading in source.headings):
        raise CannotDo(
            f"A heading of {source.name} is a formula whose result the file does not hold: open it in Excel and save "
            "it, then import it again."
        )


def without_headings(pages: Sequence[Page], across: bool) -> CannotDo:
    """The refusal of a file without a row of headings, with what to do: of one whose learners stand ``across`` the
    page to turn it round, of a table pasted from a PDF to part its columns.
    """
    if across:
        return CannotDo(
            f"{pages[0].file} has its learners side by side: turn it round so that each has a row (in Excel: copy, "
            "Paste Special, Transpose), and import that."
        )
    texts = [str(cell) for page in pages for row in page.cells[:40] for cell in row if as_text(cell).strip()]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    apart = sum(bool(re.search(r"\S(?: {2,}|\t)\S", line)) for line in lines)
    if apart > 1 and 2 * apart >= len(lines):
        one = len(texts) == 1
        rows = "paste it anew with one click on a cell, so that each line is a row; then " if one else ""
        return CannotDo(
            f"{pages[0].file} has its columns in one {'cell' if one else 'column'}, parted by blanks, as a table "
            f"copied from a PDF has: in Excel {rows}select the column, choose Data, Text to Columns, Fixed width, "
            "save, and import it again."
        )
    if not texts:
        return CannotDo(f"{pages[0].file} is empty: check the export, and take it again.")
    return CannotDo(
        f"{pages[0].file} has no row that reads like headings of a sheet: check that it is the right file, or "
        "write a map (docs/import.md)."
    )


def why_learners_in_lines(source: Source, known: Learners) -> str:
    """Why a file is not taken whose learners stand in lines above their rows; empty for another."""
    for text in (*source.titles, *source.notes):
        if any(known.named(readings(one)) for one in (text, text.partition(":")[2]) if one):
            return (
                f"{source.name} names its learners in lines of their own ({shortened(text)}): write the name into each "
                "of their rows, in a column, and import it again."
            )
    return ""


def nobody_found(source: Source, known: Learners) -> CannotDo:
    """The refusal of a file none of whose rows find a learner: it has nothing that could, or speaks of others."""
    if lines := why_learners_in_lines(source, known):
        return CannotDo(lines)
    for heading in source.headings:
        values = [as_text(row.values.get(heading)) for row in source.rows if row.values.get(heading) is not None]
        if values and any(who_word(heading, role) is not None for role in ("id", "upn", "uln", "email", "name")):
            told = ", ".join(map(shortened, values[:3])) + (" …" if len(values) > 3 else "")
            return CannotDo(
                f"No row of {source.name} is about a learner of this tracker ({heading} says {told}): check that it is "
                "the right file, and that these learners are on Learners."
            )
    return CannotDo(
        f"{source.name} has no column that finds a learner of this tracker "
        f"(it has {', '.join(source.headings[:8])}): a Learner ID, UPN, ULN, email or name is needed."
    )


def no_sheet_fits(source: Source, known: Learners, nobody: bool) -> CannotDo:
    """The refusal of a file that fits no sheet; ``nobody`` says that no row of it finds a learner."""
    identified = any(who_word(one, role) is not None for role in ("id", "upn", "uln") for one in source.headings)
    why = why_nothing(source) or why_no_records(source) or why_learners_in_lines(source, known)
    if nobody and identified and not why:
        return nobody_found(source, known)
    return CannotDo(
        why
        or f"{source.name} fits no sheet of a tracker (it has {', '.join(source.headings[:8])}): say which "
        "sheet it belongs into (--into), or write a map (docs/import.md)."
    )


def refuse_meetings(source: Source) -> None:
    """CannotDo for a report of who joined an online meeting, whose rows name learners and hold nothing else."""
    if len(_OF_MEETINGS & {plain(one) for one in source.headings}) > 1:
        raise CannotDo(
            f"{source.name} is the attendance report of an online meeting: it says who was there and for how "
            "long, which no sheet of a tracker takes. Marks of a session belong on Registers."
        )


def why_nothing(source: Source) -> str:
    """What a file is that no sheet takes, in one sentence with what to do; empty where that is not known."""
    for heading in source.headings:
        session = session_of(without_weekday(heading))
        if session and not isinstance(session[0], int) and session_of(heading) is None:
            return f"{source.name} says {heading}, and that day is a {session[0]:%A}: correct the heading."
    long = next((one for one in source.headings if _holds_long_marks(source, one)), "")
    if long:
        return (
            f"{source.name} has the marks of several weeks in one text ({long}): export a week at a time, or a column "
            "for each session."
        )
    lessons = [one for one in source.headings if _OF_LESSONS.fullmatch(plain(one))]
    lessons = lessons if len(lessons) > 2 else [one for one in source.headings if _numbers_lessons(source, one)]
    if not lessons and any(plain(one) in _CLASSES for one in source.headings):
        lessons = [one for one in source.headings if plain(one) in _TIMES]
    if lessons:
        return (
            f"{source.name} has a mark for each lesson ({', '.join(lessons[:3])}), and Registers has two a day: "
            "export the session marks, am and pm."
        )
    sums = [one for one in source.headings if _OF_SUMS.fullmatch(plain(one)) or is_share(source, one)]
    marks = any(_MARKS.search(as_text(value)) for row in source.rows[:40] for value in row.values.values())
    if (len(sums) > 1 or any(is_share(source, one) for one in sums)) and not marks:
        return (
            f"{source.name} holds sums of attendance ({', '.join(sums[:3])}). A tracker works these out itself from "
            "the marks: export the register with a mark for each session, am and pm."
        )
    return ""


def why_no_records(source: Source) -> str:
    """What a file is that counts incidents or points and tells of none; empty for another."""
    counted = [one for one in source.headings if _OF_COUNTS.search(plain(one)) and _numbers(source, one)]
    counted = [one for one in counted if who_word(one, "id") is None]
    if not counted or any(plain(one) in DATE_COLUMNS for one in source.headings):
        return ""
    return (
        f"{source.name} counts points or incidents ({', '.join(counted[:3])}) and says of none when and what it was: "
        "export a list with a line for each, with its date and type."
    )


def refuse_side_by_side(source: Source, known: Learners) -> None:
    """CannotDo for two tables that stand side by side, each with learners of its own."""
    for heading in source.headings:
        again = f"{heading} (2)"
        pairs = [(row.values.get(heading), row.values.get(again)) for row in source.rows if again in source.headings]
        both = [(_finds(known, one), _finds(known, two)) for one, two in pairs]
        if sum(bool(two) and one != two for one, two in both) * 2 > len(both):
            raise CannotDo(
                f"{source.name} has two tables side by side, each with a column {heading}: put one below the other, or "
                "each on a sheet of its own, and import it again."
            )


def _finds(known: Learners, value: Value) -> str:
    """The ID of the learner whom an identifier or a name finds; empty for none."""
    text = as_text(value)
    found = next(filter(None, (known.identified(key, text) for key in ("id", "upn", "uln", "email"))), None)
    named = known.named(readings(text)) if found is None and 3 < len(text) < 80 else []
    return found.id if found else named[0].id if named else ""


def _holds_long_marks(source: Source, heading: str) -> bool:
    """Whether a column holds texts of more marks than a week has."""
    texts = [as_text(row.values.get(heading)) for row in source.rows[:40]]
    return any(_LONG_MARKS.fullmatch(re.sub(r"\s", "", text)) for text in texts)


def is_share(source: Source, heading: str) -> bool:
    """Whether a column of a day, a week or of attendance holds percentages."""
    of_sums = _OF_SUMS.fullmatch(plain(heading)) and _OF_SHARES.search(plain(heading))
    of_days = session_of(without_weekday(heading)) or session_of(heading) or week_in([heading], (), 2000)
    if not (of_sums or of_days):
        return False
    texts = [as_text(row.values.get(heading)).strip() for row in source.rows if row.values.get(heading) is not None]
    return bool(texts) and all(_SHARE.fullmatch(text) for text in texts) and any(len(text) > 1 for text in texts)


def _numbers(source: Source, heading: str) -> bool:
    """Whether a column holds nothing but numbers."""
    texts = [as_text(row.values.get(heading)) for row in source.rows if row.values.get(heading) is not None]
    return bool(texts) and all(re.fullmatch(r"[-+]?\d+(?:\.\d+)?", text) for text in texts)


def _numbers_lessons(source: Source, heading: str) -> bool:
    """Whether a column counts lessons: 1 to 5 and not only the two sessions of a day."""
    if plain(heading) not in _LESSON_COLUMNS:
        return False
    told = {match[1] for row in source.rows if (match := re.search(r"(\d)$", as_text(row.values.get(heading))))}
    return len(told) > 2
