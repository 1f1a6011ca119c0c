"""What `attendance --pattern` prints: sessions missed of those possible by part of the week, learner by learner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.commands import output
from workbook.commands.output import PLENTY, how_many, say
from workbook.commands.whose import theirs

if TYPE_CHECKING:
    from workbook.commands.opened import Opened


def show_patterns(one: Opened, among: set[str] | None, json: bool) -> None:
    """Print the patterns, those who missed most first; all rows as data."""
    from workbook.measures.patterns import FEW, OTHER, VOCATIONAL, WEEKDAYS, pattern_rows

    rows = theirs(pattern_rows(one.snapshot), among)
    if json:
        output.as_json(one.file.path, one.on, rows)
        return
    lines: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        lines.setdefault(row["learner_id"], {})[row["part"]] = row
    missed = {who: sum(line[day]["possible"] - line[day]["attended"] for day in WEEKDAYS if day in line)
              for who, line in lines.items()}  # fmt: skip
    first = sorted((who for who in lines if missed[who]), key=lambda who: -missed[who])[:PLENTY]
    say(f"Sessions missed of those possible up to {one.on:%d %B %Y}, {how_many(len(lines), 'learner')}.")
    say(f"Fewer than {FEW} missed are marked few: it may be chance.")
    if len(first) < len(lines):
        say(f"The {len(first)} who missed most (all with --json):")
    parts = (*WEEKDAYS, "am", "pm", VOCATIONAL, OTHER)
    headings = ("Learner", *(day[:3] for day in WEEKDAYS), "am", "pm", "Vocational", "Other", "")
    shown = [
        (who, *(_missed(lines[who].get(part)) for part in parts), "few" if missed[who] < FEW else "") for who in first
    ]
    output.table(headings, shown)


def _missed(row: dict[str, Any] | None) -> str:
    return f"{row['possible'] - row['attended']} of {row['possible']}" if row else ""
