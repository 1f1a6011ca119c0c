"""Which notes of the tracker stand on a report, by the names that its template asks for."""

from __future__ import annotations

from collections.abc import Iterable

from workbook.reports.content.names import TABLES

_SENTENCES: dict[str, set[tuple[str, str]]] = {
    "going_well": {("Achievements", "what")},
    "we_will": {("Interventions", "for_parents")},
    "learner_will": {("Targets", "target")},
    "you_can_help": {("Targets", "how_home_can_help")},
}
"""The notes that go into the sentences of a report."""


def printed_notes(asked: Iterable[str]) -> set[tuple[str, str]]:
    """The (table, column) of each note that stands on a report with these names."""
    found: set[tuple[str, str]] = set()
    for name in asked:
        group, _, key = name.strip("{} ").lower().removeprefix("if ").removeprefix("not ").strip().rpartition(".")
        found |= _SENTENCES.get(key, set()) if not group or group == "member" else set()
        found.add((TABLES.get(group) or ("Progress" if group == "subject" else ""), key))
        found |= {("Achievements", "what")} if group == "celebration" else set()
    return found
