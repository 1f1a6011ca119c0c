"""What the command import prints: how the file was read, what would change, what is still to be answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from workbook.commands import output
from workbook.commands.output import how_many, say
from workbook.model import CannotDo

if TYPE_CHECKING:
    from workbook.imports import Difference, Import, Question, RowDifference

SHOWN = 12


def given(text: str) -> tuple[str, str]:
    """An answer of the command line, as the question's name and what was said; CannotDo for one that is none."""
    name, sign, value = text.rpartition("=")
    if not sign or not name.strip():
        raise CannotDo(f"An answer reads QUESTION=ANSWER, such as --answer drop=5, not {text}.")
    return name.strip(), value.strip()


def show_questions(found: Import, then: str = "import again") -> None:
    """Print the questions that must be answered before anything is written, and what to do ``then``."""
    for line in found.told:
        say(line)
    say(f"Nothing was written: answer first (all of them in one go), then {then}.")
    for one in found.questions:
        _show_question(one)


def show_import(found: Import, difference: Difference) -> None:
    """Print how a file was read, the first rows as they will stand, and how many rows become what."""
    from workbook.imports import State
    from workbook.imports.bring import preview

    _show_told(found)
    rows = [(name, *(counts[one] for one in State)) for name, counts in difference.counts().items()]
    if rows:
        output.table(("Sheet", "Added", "Changed", "Unchanged", "Refused"), rows)
    _show_some("As they will stand", [_previewed(one) for one in preview(difference) if one["state"] == State.ADDED])
    changed, refused = difference.of(State.CHANGED), difference.of(State.REFUSED)
    _show_some("Changed", [f"{_place(row)} ({row.what}): {'; '.join(map(str, row.cells))}" for row in changed])
    _show_some("Refused", [f"{_place(row)} ({row.what}): {row.reason}" for row in refused])
    _show_some("Skipped, as no record", [f"line {number}: {why}" for number, why in difference.skipped])
    if found.questions:
        say("These refused rows come in once it is said:")
        for one in found.questions[:SHOWN]:
            _show_question(one)


def _show_told(found: Import) -> None:
    for line in found.told:
        say(line)
    left = found.left_out or dict.fromkeys(found.difference.ignored if found.difference else (), "nothing asks for it")
    _show_some("Not taken", [f"{heading}: {why}" for heading, why in left.items()])


def _show_question(one: Question) -> None:
    say(f"  {one.words}")
    told = [f"{answer} ({means})" if means else answer for answer, means in one.choices[:SHOWN]]
    more = f" or one of {len(one.choices) - SHOWN} more" if len(one.choices) > SHOWN else ""
    say(f'      --answer "{one.name}=…"' + (f" with {', '.join(told)}{more}" if told else ""))


def _previewed(one: dict[str, Any]) -> str:
    from workbook.imports.bring import in_words

    return f"{one['sheet']}, {one['state']}, from line {one['source_row']}: {in_words(one)}"


def _show_some(heading: str, lines: Iterable[str]) -> None:
    found = list(lines)
    if not found:
        return
    say(f"{heading}:")
    for line in found[:SHOWN]:
        say(f"  {line}")
    if len(found) > SHOWN:
        say(f"  … and {how_many(len(found) - SHOWN, 'more', 'more')} (all with --json).")


def _place(row: RowDifference) -> str:
    return f"line {row.source_row}" if row.source_row else f"{row.sheet} row {row.row}"
