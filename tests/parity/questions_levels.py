"""Questions of levels: how a learner stands in a subject, effort, averages."""

from __future__ import annotations

from typing import Any

from addin.functions.declared import APL_STATUS
from tests.parity.asked import Answers, Asked
from tests.parity.college import Case
from tests.parity.questions import Question
from tests.parity.questions_records import SHOWN
from workbook.building.look import STATUS
from workbook.building.views.learner_live import TOP
from workbook.measures.computed_keys import scale_keys
from workbook.measures.levels import Levels
from workbook.model.formulas import DROPS

OF_WORDS = {"above": "Above", "on the way": "On", "at the target": "On", "a little below": "Just below",
            "below": "Below"}  # fmt: skip


def _status_of_sheet(asked: Asked) -> Answers:
    table = asked.tracker["Progress"]
    rows = zip(table["learner_id"], table["subject"], asked.column("Progress", "status", len(table)), strict=True)
    return {f"{str(who).strip()} {str(subject).strip()}": said for who, subject, said in rows if said}


def _status_of_report(asked: Asked) -> Answers:
    """The words of a report, as the status they stand for."""
    return {
        f"{who} {subject['name']}": OF_WORDS[said] if said in OF_WORDS else subject["status_words"]
        for who, one in asked.report.items()
        for subject in one["subject"]
        if (said := subject["status_words"]) in OF_WORDS
    }


def _status_of_function(asked: Asked) -> Answers:
    """APL_STATUS of the gap that progress has, beside the tolerance of the scale."""
    levels = Levels(asked.tracker, scale_keys(asked.tracker))
    scales = {row["subject"]: row["scale"] for row in asked.tracker["Subjects"].records()}
    tolerances = {str(subject): levels.tolerance(str(scale)) for subject, scale in scales.items()}
    rows = [row for row in asked.rows("progress") if row["gap"] is not None and _latest(asked, row)]
    said = APL_STATUS([[row["gap"]] for row in rows], [[0]], [[tolerances[row["subject"]]] for row in rows])
    return {f"{row['learner_id']} {row['subject']}": one for row, (one,) in zip(rows, said, strict=True)}


def _latest(asked: Asked, row: dict[str, Any]) -> bool:
    drops = (one["drop"] for one in asked.rows("progress") if _key(one) == _key(row))
    return bool(row["drop"] == max(drops))


def _key(row: dict[str, Any]) -> str:
    return f"{row['learner_id']} {row['subject']}"


def _status_of_grid(asked: Asked) -> Answers:
    """The marks of the Grid, as the status they stand for."""
    marks = {mark: word for word, (_, mark) in STATUS.items()}
    return {
        f"{who} {subject}": marks[cell[-1]]
        for who, cells in asked.grid().items()
        for subject, cell in cells.items()
        if cell[-1:] in marks
    }


def _status_by_hand(case: Case) -> Answers:
    """Subjects of learner 0 beside a target of 5, a tolerance of a sub-level; without a forecast there is none."""
    measure = case.settings.get("status_measure")
    if measure is None:
        return {f"{SHOWN} 111": "No baseline", f"{SHOWN} 113": "No target", f"{SHOWN} 110": "Check level"}
    beside = {100: "Above", 101: "On", 102: "On", 103: "Just below", 104: "Just below", 105: "Below", 106: "Below",
              107: "Just below", 112: "Above", 113: "No target"}  # fmt: skip
    if measure == "forecast against target":
        beside |= {104: "No forecast", 107: "No forecast"}
    return {f"{SHOWN} {subject}": word for subject, word in beside.items()}


def _counted(word: str, asked: Asked) -> int:
    """How many rows of learners on roll have a status."""
    here = {row["learner_id"] for row in asked.rows("attendance")}
    rows = asked.rows("progress")
    return sum(row["status"] == word and row["learner_id"] in here and _latest(asked, row) for row in rows)


def _lowest(case: Case) -> Answers:
    return {SHOWN: 1, "10005": 2, "10006": 2}


def _effort_of_report(asked: Asked) -> Answers:
    """In how many subjects a report has the label of the lowest effort there is."""
    rows = sorted((row["order"], row["label"]) for row in asked.tracker["Effort"].records())
    lowest = rows[0][1]
    counts = {who: sum(one["effort"] == lowest for one in said["subject"]) for who, said in asked.report.items()}
    return {who: count for who, count in counts.items() if count}


def _effort_of_view(asked: Asked) -> Answers:
    rows = sorted((row["order"], row["label"]) for row in asked.tracker["Effort"].records())
    return {SHOWN: sum(label == rows[0][1] for label in asked.subject_rows("K").values())}


def _averages(asked: Asked) -> list[list[float | None]]:
    """The two lines of the chart on the Learner view: the average, and what is expected."""
    row = next(n for n in range(TOP, 60) if str(asked.cell("Learner view", f"A{n}")).startswith("Average points"))
    lines = [[asked.cell("Learner view", f"{chr(67 + drop)}{at}") for drop in DROPS] for at in (row, row + 1)]
    return [[round(one, 2) if isinstance(one, float | int) else None for one in line] for line in lines]


def _averages_of_report(asked: Asked) -> list[list[float | None]]:
    drops = asked.report[SHOWN]["drop"]
    return [[one[key] for one in drops] for key in ("average", "expected")]


QUESTIONS = (
    Question(
        "how a learner stands in a subject",
        ("measures.levels.status_of", "Progress[Status]"),
        {
            "progress": lambda one: {_key(row): row["status"] for row in one.rows("progress") if _latest(one, row)},
            "Progress": _status_of_sheet,
            "report": _status_of_report,
            "Learner view": lambda one: {
                f"{SHOWN} {subject}": said for subject, said in one.subject_rows("N").items() if said
            },
            "Grid": _status_of_grid,
            "functions": _status_of_function,
        },
        _status_by_hand,
        each=True,
        partly=frozenset({"report", "Learner view", "Grid", "functions"}),
    ),
    Question(
        "how many are above, below, without a baseline",
        ("Progress[Status]",),
        {
            "progress": lambda one: [_counted(word, one) for word in ("Above", "Below", "No baseline")],
            "Start": lambda one: [
                one.start(words) for words in ("levels above", "levels below", "without a baseline")
            ],
        },
    ),
    Question(
        "in how many subjects a learner is below",
        ("Progress[Status]",),
        {
            "Form view": lambda one: one.form("K"),
            "flags": lambda one: one.flagged("progress_below"),
            "Grid": lambda one: {
                who: sum(cell.endswith("▼") for cell in cells.values()) for who, cells in one.grid().items()
            },
        },
        each=True,
        partly=frozenset({"flags"}),
    ),
    Question(
        "in how many subjects effort is the lowest",
        ("measures.effort.lowest_order", "measures.effort.EffortOrder"),
        {
            "flags": lambda one: one.flagged("effort_lowest"),
            "report": _effort_of_report,
            "Learner view": _effort_of_view,
        },
        _lowest,
        each=True,
        partly=frozenset({"Learner view"}),
    ),
    Question(
        "a learner's average at each drop, and what is expected",
        ("measures.average.averaged",),
        {"report": _averages_of_report, "Learner view": _averages},
    ),
)  # fmt: skip
