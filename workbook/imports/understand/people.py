"""Lists of learners."""

from __future__ import annotations

from dataclasses import replace

from workbook.imports.mapping import From, Rows
from workbook.imports.understand.columns import Columns
from workbook.imports.understand.lexicon import who_word
from workbook.imports.understand.records import Records
from workbook.imports.who import Who
from workbook.model import sheet

FIRST_ID = "L1001"
"""The ID of the first learner of a list that has none."""


def learners(columns: Columns, who: Who) -> tuple[Rows, ...]:
    """Rows of Learners: the ID as it stands, everything else by its heading; nothing is worked out from sex."""
    one = sheet("Learners")
    fixed = {"learner_id": From(columns=(who.id,))} if who.id else {}
    columns.take(who.id)
    rows = Records(columns, one, who).rows(fixed)
    if not rows:
        return ()
    found = dict(rows[0].columns)
    if not columns.facts.learners.all:
        return (_newcomers(columns, who, replace(rows[0], columns=found)),)
    whole = who.name or next((one for one in columns.free if who_word(one, "name") is not None), "")
    if whole and not {"first_name", "surname"} & set(found):
        known = columns.facts.learners
        new = any(known.identified("id", row.values.get(who.id), True) is None for row in columns.source.rows)
        new = new or "names" in columns.asker.given  # the same file again, whose answer does no harm
        found |= _from_whole_name(columns, whole) or (_of_new_ones(_from_words(columns, whole)) if new else {})
    return (replace(rows[0], columns=found),)


def _of_new_ones(names: dict[str, From]) -> dict[str, From]:
    """Names that are parted by words alone, for new learners: those who are there keep their own."""
    return {key: replace(one, if_blank=True) for key, one in names.items()}


def _newcomers(columns: Columns, who: Who, rows: Rows) -> Rows:
    """The rows of a list of learners for a tracker that has none: whole names parted, IDs given where it has none."""
    found = dict(rows.columns)
    whole = next((one for one in columns.free if who_word(one, "name") is not None), "")
    if whole and not {"first_name", "surname"} & set(found):
        found |= _from_whole_name(columns, whole) or _from_words(columns, whole)
    if who.id:
        return replace(rows, columns=found)
    columns.told.append(
        f"The list has no IDs, so learners are numbered {FIRST_ID}, and so on, in its order. Keep these: every sheet "
        "finds a learner by them."
    )
    return replace(rows, columns={"learner_id": From(number_from=FIRST_ID)} | found, who=None)


def _from_whole_name(columns: Columns, heading: str) -> dict[str, From]:
    """First name and surname from “Surname, Forename”; without a comma the order is not known, so nothing is taken."""
    if columns.share(heading, lambda value: str(value).count(",") == 1) < 1:
        return {}
    columns.take(heading)
    return {
        "surname": From(columns=(heading,), split=",", part=1),
        "first_name": From(columns=(heading,), split=",", part=2),
    }


def _from_words(columns: Columns, heading: str) -> dict[str, From]:
    """The same from words alone, once it is said which comes first; of three words or more the first is parted."""
    names = columns.values(heading)
    longest = max((len(str(name).split()) for name in names), default=0)
    answer = columns.asker.ask(
        "names",
        f"Names such as {names[0] if names else 'these'} in the column {heading}: which name stands first?",
        (("first name", ""), ("surname", "")),
    )
    if answer and longest > 2:
        columns.told.append(f"Of longer names in {heading}, the first word is the {answer}: look at these.")
    columns.take(heading)
    one, rest = From(columns=(heading,), split=" ", part=1), From(columns=(heading,), split=" ", part=2, rest=True)
    return {"surname": one, "first_name": rest} if answer == "surname" else {"first_name": one, "surname": rest}
