"""Questions of people and records: on roll, targets, interventions, contacts, flags, whom to see first."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from functools import partial
from typing import Any

from tests.parity.asked import Answers, Asked, day
from tests.parity.college import DAY, FORM, WEEK
from tests.parity.questions import Question
from workbook.building.views.form import MOST
from workbook.building.views.learner_lists import CONTACTS, INTERVENTIONS, TARGETS
from workbook.building.views.learner_live import PEOPLE

SHOWN = "10000"
"""The learner on the Learner view."""
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
HERE = FORM - 2  # one has left, one has yet to start


def _number(pattern: str, said: object) -> int:
    found = re.search(pattern, str(said))
    assert found, said
    return int(found[1])


def _counted(asked: Asked, sheet: str, what: str) -> Answers:
    """How many things of a kind the week has for each learner."""
    rows = (row for row in asked.rows("week") if row["sheet"] == sheet and row["what"].startswith(what))
    return dict(Counter(row["learner_id"] for row in rows if row["learner_id"]))


def _met(asked: Asked) -> Answers:
    """The targets that a report says were met."""
    found = {}
    for who, one in asked.report.items():
        said = re.search(r"met (a target|(\w+) targets) that we agreed", one["going_well"])
        if said:
            found[who] = NUMBERS[said[2]] if said[2] else 1
    return found


def _last_contacts_in_week(asked: Asked) -> Answers:
    """The day of the last contact that the week tells with a conversation; None where it tells none."""
    found: Answers = {}
    for row in asked.rows("week"):
        if row["what"].startswith(("Talk", "Look at how")):
            said = re.match(r"(\d+) (\w+)", row["last_contact"] or "")
            days = [WEEK + timedelta(days=n) for n in range(365)]
            found[row["learner_id"]] = (
                next(one for one in days if f"{one.day} {one:%B}" == f"{said[1]} {said[2]}") if said else None
            )
    return found


def _concerns(asked: Asked) -> Answers:
    kinds = ("concern", "care")
    return dict(Counter(row["learner_id"] for row in asked.rows("flags") if row["nature"] in kinds))


def _listed(asked: Asked, sheet: str, column: str, kind: tuple[str, Any]) -> list[str]:
    """The learners of a written sheet in its order, each once: of the rows where a column begins with words."""
    rows = (row for row in range(5, 400) if str(asked.cell(sheet, f"{kind[0]}{row}")).startswith(kind[1]))
    return list(dict.fromkeys(who for row in rows if (who := str(asked.cell(sheet, f"{column}{row}")))))


def _standing(asked: Asked, standing: str) -> list[str]:
    """The learners with a standing in the order of the flags, each once."""
    return list(dict.fromkeys(row["learner_id"] for row in asked.rows("flags") if row["standing"] == standing))


def _week_of(asked: Asked, what: Any) -> list[str]:
    """The learners of a kind of thing to do in the order of the week."""
    return [row["learner_id"] for row in asked.rows("week") if row["what"].startswith(what)]


QUESTIONS = (
    Question(
        "how many are on roll",
        ("measures.learners.Learners.on_roll", "Learners[On roll]"),
        {
            "attendance": lambda one: len(one.rows("attendance")),
            "attendance, in words": lambda one: _number(r"of (\d+) learners up to", one.ran("attendance").out),
            "flags, in words": lambda one: _number(r"flags for \d+ of (\d+) learners", one.ran("flags").out),
            "report": lambda one: len(one.report),
            "Start": lambda one: one.start("learners on roll"),
        },
        lambda case: HERE,
    ),
    Question(
        "how many of a form are on roll",
        ("Learners[On roll]",),
        {
            "Form view": lambda one: MOST + _number(r"(\d+) more have no room", one.cell("Form view", "E3")),
            "Learner view": lambda one: PEOPLE + _number(r"(\d+) more learners", one.cell("Learner view", "K3")),
            "attendance": lambda one: len(one.ran("attendance", "--form", str(one.case.form), "--json").rows),
        },
        lambda case: HERE - 1,
    ),
    Question(
        "registers that nobody took",
        ("measures.week_registers.registers_never_taken",),
        {
            "week": lambda one: [
                (row["what"], row["reason"]) for row in one.rows("week") if "never taken" in row["what"]
            ],
        },
        lambda case: [
            (f"1 register of {case.key(12)} never taken", "Thu 10 Jun pm."),
            (  # from 5 October to 28 May, 138 school days of the half terms, or 169 weekdays less week 7
                f"{276 if case.terms else 338} registers of {case.form} never taken",
                f"Mon 5 Oct am, Mon 5 Oct pm, Tue 6 Oct am and {273 if case.terms else 335} more.",
            ),
        ],
    ),
    Question(
        "open targets of a learner",
        ("measures.targets.is_open", "Targets[Still open]"),
        {
            "Form view": lambda one: one.form("L"),
            "report": lambda one: {who: len(said["open_target"]) for who, said in one.report.items()},
            "week": lambda one: _counted(one, "Targets", "Look at the target"),
            "Learner view": lambda one: {SHOWN: len(one.listed("Open targets", TARGETS))},
        },
        lambda case: {SHOWN: 4, "10005": 1},
        each=True,
        partly=frozenset({"week", "Learner view"}),  # the target of 10005 has no day on which it is due
    ),
    Question(
        "open targets in all",
        ("Targets[Still open]",),
        {
            "Start": lambda one: one.start("open targets"),
            "report": lambda one: sum(len(said["open_target"]) for said in one.report.values()),
        },
        lambda case: 5,
    ),
    Question(
        "how many days an open target is late",
        ("measures.targets.is_open",),
        {
            "flags": lambda one: one.flagged("target_overdue"),
            "week": lambda one: {
                row["learner_id"]: _number(r"(\d+) days late", row["reason"])
                for row in one.rows("week")
                if row["sheet"] == "Targets"
            },
        },
        lambda case: {SHOWN: (DAY - WEEK).days},
        each=True,
    ),
    Question(
        "targets met lately",
        ("measures.targets.met_lately",),
        {"flags": lambda one: one.flagged("target_met"), "report": _met},
        lambda case: {SHOWN: 2},
        each=True,
    ),
    Question(
        "interventions in place for a learner",
        ("measures.interventions.is_running", "measures.interventions.is_member", "Interventions[Running]",
         "Groups[In group]"),
        {
            "Form view": lambda one: one.form("M"),
            "report": lambda one: {who: len(said["intervention"]) for who, said in one.report.items()},
            "Learner view": lambda one: {SHOWN: len(one.listed("In place now", INTERVENTIONS))},
            "flags": lambda one: dict.fromkeys(one.flagged("no_intervention"), 0),
        },
        lambda case: {SHOWN: 3, "10005": 1, "10004": 0, "10006": 0},
        each=True,
        partly=frozenset({"Learner view", "flags"}),
    ),
    Question(
        "interventions in place in all",
        ("Interventions[Running]",),
        {"Start": lambda one: one.start("interventions in place")},
        lambda case: 4,
    ),
    Question(
        "how many days a review is late",
        ("measures.interventions.awaits_review",),
        {
            "flags": lambda one: one.flagged("review_overdue"),
            "week": lambda one: {
                row["learner_id"]: _number(r"(\d+) days late", row["reason"])
                for row in one.rows("week")
                if row["sheet"] == "Interventions" and row["part"] == "overdue"
            },
        },
        lambda case: {SHOWN: 28},
        each=True,
    ),
    Question(
        "the last contact of the year so far",
        ("measures.contacts.contact_day", "model.questions.CONTACT_COUNTS", "model.questions.CONTACTS_COUNTED"),
        {
            "Form view": lambda one: {who: day(said) for who, said in one.form("N").items()},
            "report": lambda one: {
                who: said["contact"][0]["date"] if said["contact"] else None for who, said in one.report.items()
            },
            "Learner view": lambda one: {SHOWN: one.listed("Latest contacts", CONTACTS)[0]},
            "week": _last_contacts_in_week,
            "flags": lambda one: {
                who: next(date.fromisoformat(row["answered"]) for row in one.rows("flags") if row["learner_id"] == who)
                for who in ("10005",)
            },
        },
        lambda case: {SHOWN: WEEK + timedelta(days=5), "10005": DAY - timedelta(days=3), "10006": None},
        each=True,
        partly=frozenset({"Learner view", "week", "flags"}),
    ),
    Question(
        "concerns of a learner",
        ("Flags[Band]",),
        {
            "flags": _concerns,
            "Form view": lambda one: {who: said for who, said in one.form("O").items() if said},
        },
        each=True,
    ),
    Question(
        "how many on the Form view have a concern",
        ("Flags[Band]",),
        {
            "flags": lambda one: len([who for who in _concerns(one) if who in one.form("O")]),
            "Form view": lambda one: _number(r"(\d+) with a concern", one.cell("Form view", "E3")),
        },
    ),
    Question(
        "flags of a learner",
        ("measures.flags.found_in", "measures.flags.flags_of"),
        {
            "flags": lambda one: dict(Counter(row["learner_id"] for row in one.rows("flags"))),
            "report": lambda one: {who: len(said["flag"]) for who, said in one.report.items()},
            "the sheet Flags": lambda one: dict(
                Counter(who for row in range(5, 400) if (who := str(one.cell("Flags", f"A{row}"))))
            ),
        },
        each=True,
    ),
    Question(
        "how many flags there are",
        ("Flags[Learner ID]",),
        {"flags": lambda one: len(one.rows("flags")), "Start": lambda one: one.start("flags")},
    ),
    *(
        Question(
            asks,
            ("measures.mentor_list.lists_of",),
            {
                "flags": partial(_standing, standing=standing),
                "week": partial(_week_of, what=what),
                "the sheet Flags": partial(_listed, sheet="Flags", column="A", kind=("F", standing.capitalize())),
                "the sheet My week": partial(_listed, sheet="My week", column="J", kind=("B", what)),
            },
        )
        for asks, standing, what in (
            ("whom to see first", "this week", ("Talk with", "Look at how", "Say hello")),
            ("whom to praise", "strength", "Say what went well"),
        )
    ),
    Question(
        "what the Head of Year should know of",
        ("measures.mentor_list.lists_of",),
        {
            "flags": lambda one: {row["head_of_year"] for row in one.rows("flags") if row["head_of_year"]},
            "the sheet Flags": lambda one: {
                said for row in range(5, 400) if (said := str(one.cell("Flags", f"M{row}")))
            },
        },
    ),
    Question(
        "whose concerns a contact answers",
        ("measures.answer.answers",),
        {
            "flags": lambda one: {who for row in one.rows("flags") if row["answered"] for who in [row["learner_id"]]},
            "flags, standing": lambda one: {
                row["learner_id"] for row in one.rows("flags") if row["standing"] == "answered"
            },
            "the sheet Flags": lambda one: {
                str(one.cell("Flags", f"A{row}")) for row in range(5, 400) if one.cell("Flags", f"K{row}")
            },
        },
        lambda case: {"10005"},
    ),
)  # fmt: skip
