"""Groups that share a reason: laid out beside the Head of Year's page, and what is marked there becomes rows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from addin.deeds import actions, suggested
from addin.deeds.written import HEAD
from workbook.measures.data_date import last_date
from workbook.measures.shared_reasons import suggestions
from workbook.model import CannotDo, Tracker
from workbook.sample import sample


class Host:
    """Carries a deed's actions out on a tracker in memory; what is written is kept to look at."""

    def __init__(self, tracker: Tracker, answer: str = "yes") -> None:
        self.tracker, self.answer = tracker, answer
        self.sheets: dict[str, list[list[Any]]] = {}
        self.asked: list[str] = []
        self.written: dict[str, list[list[Any]]] = {}

    def opened(self) -> actions.Opened:
        names = {name: table.sheet.name for name, table in self.tracker.tables.items()}
        return actions.Opened("t.xlsx", self.tracker, names)

    def run(self, deed: Any) -> Any:
        answer = None
        try:
            while True:
                answer = self.carried_out(deed.send(answer))
        except StopIteration as end:
            return end.value

    def carried_out(self, action: actions.Action) -> Any:
        match action:
            case actions.Read():
                return self.opened()
            case actions.Lines(sheet=name):
                return self.sheets.get(name)
            case actions.Ask(words=words):
                self.asked.append(words)
                return self.answer
            case actions.Holds(tables=names):
                return [
                    actions.Held(n, HEAD, self.tracker[n].rows[-1] if self.tracker[n].rows else HEAD) for n in names
                ]
            case actions.KeepCopy():
                return "t copy.xlsx in backups"
            case actions.WriteSheet():
                heads = [one.header for one in action.headings]
                self.sheets[action.name] = [[], [], [action.line], heads, *map(list, action.rows)]
            case actions.WriteRows():
                self.written[action.table] = [row for block in action.blocks for row in block.values]
        return None


@pytest.fixture(scope="module")
def college() -> tuple[Tracker, date]:
    made = sample(60, 1)
    return made, last_date(made)


def test_what_is_suggested_is_laid_out_and_nothing_is_written(college: tuple[Tracker, date]) -> None:
    tracker, on = college
    host = Host(tracker)
    host.run(suggested.lay_out(host.opened(), on))
    rows = host.sheets[suggested.SHEET][HEAD:]
    wanted = suggestions(tracker, on)
    assert wanted and [(row[0], row[3]) for row in rows] == [(one.name, len(one.learners)) for one in wanted]
    assert host.run(suggested.take_in(host.opened(), on)) is None and not host.written and not host.asked


def test_what_is_marked_becomes_a_group_and_its_intervention_once_asked(college: tuple[Tracker, date]) -> None:
    tracker, on = college
    first = suggestions(tracker, on)[0]
    host = Host(tracker, answer="no")
    host.run(suggested.lay_out(host.opened(), on))
    row = host.sheets[suggested.SHEET][HEAD]
    row[5:9] = ["Early birds", "J. Sample", 95, "x"]
    assert host.run(suggested.take_in(host.opened(), on)) == "Nothing was changed." and not host.written
    host.answer = "yes"
    told = host.run(suggested.take_in(host.opened(), on))
    assert told.startswith("Taken in: Early birds.") and "t copy.xlsx" in told
    assert f"{len(first.learners)} rows on Groups and 1 on Interventions" in host.asked[-1]
    members = host.written["Groups"]
    assert {cell for one in members for cell in one if cell in first.learners} == set(first.learners)
    assert {"Early birds", first.kind, first.aim, 95.0} <= {
        cell for one in host.written["Interventions"] for cell in one
    }


def test_a_name_that_is_taken_and_an_aim_that_is_no_number_are_refused(college: tuple[Tracker, date]) -> None:
    tracker, on = college
    host = Host(tracker)
    host.run(suggested.lay_out(host.opened(), on))
    row = host.sheets[suggested.SHEET][HEAD]
    row[5:9] = [next(one for one in tracker["Groups"]["group"] if one), None, None, "x"]
    with pytest.raises(CannotDo, match="already"):
        host.run(suggested.take_in(host.opened(), on))
    row[5:9] = ["New", None, "all", "x"]
    with pytest.raises(CannotDo, match="not a number"):
        host.run(suggested.take_in(host.opened(), on))
    row[0] = "Something that nobody shares"
    assert "no longer suggested" in host.run(suggested.take_in(host.opened(), on))
    assert not host.written
