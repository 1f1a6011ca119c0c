"""Questions of days and sessions: the data day, the year, school days, attendance, what is missing, too early."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

from addin.functions.declared import ATTENDANCE, SCHOOL_DAYS
from tests.parity.asked import FIRST, Answers, Asked, day
from tests.parity.college import DAY, KEYS, WEEK, WEEKS, Case
from tests.parity.questions import Question
from tests.parity.questions_records import SHOWN
from workbook.building.views.form import MOST
from workbook.building.views.start import COUNTS
from workbook.model import Table
from workbook.model.formulas import DROPS
from workbook.model.settings import BY_NAME

DAYS = [WEEK + timedelta(weeks=week, days=n) for week in WEEKS for n in range(5)]
FIGURES = ("possible", "attended", "unauthorised", "late")


def _whole(table: Table) -> list[list[Any]]:
    """A table with its headings, as a function is given it."""
    columns = [column for column in table.sheet.columns if column.key in table.columns]
    return [[one.header for one in columns], *map(list, zip(*(table[one.key] for one in columns), strict=True))]


# Days


def _year_of_check(asked: Asked) -> tuple[date, date]:
    """The first and last of the days at its edges that are not called outside the year."""
    cells = asked.problems("Drops", "date-outside-year") + asked.problems("Drops", "date-swapped")
    outside = {int(cell[1:]) - FIRST for cell in cells}
    inside = [one for n, one in enumerate(asked.tracker["Drops"]["date"]) if n not in outside and n >= len(DROPS)]
    return inside[0], inside[-1]


def _school_days_of_function(asked: Asked) -> set[date]:
    days = [[one] for one in DAYS]
    said = SCHOOL_DAYS(days, days, _whole(asked.tracker["Terms"]))
    return {one for one, (count,) in zip(DAYS, said, strict=True) if count}


def _school_days_of_sheet(asked: Asked) -> set[date]:
    """The days on which learner 4, who is there all year, has sessions."""
    table = asked.tracker["Registers"]
    rows = [n for n, who in enumerate(table["learner_id"]) if str(who).strip() == "10004"]
    held = asked.column("Registers", "sessions", len(table))
    return {
        table["week"][row] + timedelta(days=n)
        for row in rows
        for n in range(5)
        if str(held[row]).zfill(10)[2 * n] == "1"
    }


def _school_days_of_check(asked: Asked) -> set[date]:
    """Those on which a mark of learner 4 is not said to have no session."""
    table = asked.tracker["Registers"]
    without = set()
    for cell in asked.problems("Registers", "mark-without-session"):
        if asked.whose("Registers", cell) == "10004":
            letters = cell.rstrip("0123456789")
            key = next(key for key, letter in table.letters.items() if letter == letters)
            row = int(cell[len(letters) :]) - FIRST
            without.add(table["week"][row] + timedelta(days=KEYS.index(key) // 2))
    return set(DAYS) - without


def _school_days(case: Case) -> set[date]:
    return {one for one in DAYS if not (case.terms and date(2026, 10, 26) <= one <= date(2026, 10, 30))}


# Sessions


def _figures(case: Case) -> Answers:
    """Possible, attended, unauthorised, late: week by week by hand. Week 7 is a holiday, if there are terms."""
    leave = case.terms and case.settings.get("leave_out_study_leave") == "Yes"
    year_11 = 4 + (not case.terms) + (not leave)
    year_10 = 5 + (not case.terms)
    return {
        "10000": (8 * year_11, 6 * year_11, 2 * year_11, 0),
        "10002": (10, 10, 0, 0),
        "10060": (3, 3, 0, 0),
        "10003": (8 * year_11 - 4, 6 * year_11 - 3, 2 * year_11 - 1, 0),
        "10004": (8 * year_10, 6 * year_10, 2 * year_10, 0),
        "10005": (10 * year_11, 9 * year_11, year_11, 3 * year_11),
        "10006": (10 * year_11, 0, 10 * year_11, 0),
        "10007": (8, 6, 2, 0),
        "10008": (8 * year_11, 6 * year_11, 2 * year_11, 0),
        "10010": (0, 0, 0, 0),
    }


def _figures_of_form(asked: Asked) -> Answers:
    rows = (asked.form(letter) for letter in "DEFG")
    possible, share, unauthorised, late = rows
    return {
        who: (possible[who], round((share[who] or 0) * possible[who]), unauthorised[who], late[who]) for who in possible
    }


def _figures_of_learner(asked: Asked) -> Answers:
    said = re.fullmatch(
        r"Attended (\d+) of (\d+) possible sessions \(([\d.]+)%\), (\d+) unauthorised, (\d+) late\.",
        str(asked.cell("Learner view", "A6")),
    )
    assert said
    attended, possible, unauthorised, late = (int(said[n]) for n in (1, 2, 4, 5))
    assert said[3] == f"{100 * attended / possible:.1f}"
    return {SHOWN: (possible, attended, unauthorised, late)}


def _figures_of_registers(asked: Asked) -> Answers:
    found: Answers = {}
    columns = [asked.column("Registers", key, len(asked.tracker["Registers"])) for key in FIGURES]
    for who, *row in zip(asked.tracker["Registers"]["learner_id"], *columns, strict=True):
        held = found.setdefault(str(who).strip(), (0, 0, 0, 0))
        found[str(who).strip()] = tuple(a + (b or 0) for a, b in zip(held, row, strict=True))
    return found


def _figures_of_function(asked: Asked) -> Answers:
    """The weeks of learner 4 that count as a whole, in one row."""
    table = asked.tracker["Registers"]
    marks: list[Any] = []
    for n, who in enumerate(table["learner_id"]):
        if str(who).strip() == "10004" and table["week"][n] - WEEK != timedelta(weeks=7 if asked.case.terms else -1):
            marks += [table[key][n] for key in KEYS]
    codes = _whole(asked.tracker["Codes"])
    return {"10004": tuple(ATTENDANCE([marks], codes, measure)[0][0] for measure in FIGURES)}


def _figures_of_half_terms(asked: Asked) -> Answers:
    """The half terms of a report, added up."""
    if not asked.case.terms:
        assert not any(one["half_term"] for one in asked.report.values())
        return _figures_of_registers(asked)
    return {who: tuple(sum(term[key] for term in one["half_term"]) for key in FIGURES)
            for who, one in asked.report.items()}  # fmt: skip


def _marked(asked: Asked) -> Answers:
    """Who is marked on the Form view as persistently absent."""
    if asked.office:
        rows = {str(asked.cell("Form view", f"A{row}")).removesuffix(".0"): row for row in range(FIRST, FIRST + MOST)}
        return {who: bool(asked.cell("Form view", f"Z{row}")) for who, row in rows.items()}
    early, limit = BY_NAME["early_sessions"].default, BY_NAME["attendance_talk"].default
    possible, share = asked.form("D"), asked.form("E")
    return {who: possible[who] >= early and round(100 * (share[who] or 0), 10) <= limit for who in possible
            if possible[who]}  # fmt: skip


def _persistent(case: Case) -> Answers:
    """A tenth missed, or more, of at least twenty sessions; who has none at all is not judged."""
    return {who: possible >= 20 and 10 * (possible - attended) >= possible
            for who, (possible, attended, *_) in _figures(case).items() if possible}  # fmt: skip


def _missing_of_check(asked: Asked) -> Answers:
    return dict(Counter(asked.whose("Registers", cell) for cell in asked.problems("Registers", "mark-missing")))


def _missing_of_week(asked: Asked) -> Answers:
    """The marks to chase of the learners who have a row in each week."""
    said = ((row["learner_id"], re.match(r"(\d+) marks? missing", row["what"])) for row in asked.rows("week"))
    return {who: int(found[1]) for who, found in said if found and who in ("10000", "10003", "10004", "10008")}


def _missing(case: Case) -> Answers:
    """Two of each week's ten: of a Tuesday and a Wednesday."""
    figures = _figures(case)
    missing = {who: figures[who][0] // 4 for who in ("10000", "10004", "10007", "10008")}
    return missing | {"10003": missing["10000"] - 2, "10060": 1}


QUESTIONS = (
    Question(
        "the last day of the data",
        ("measures.data_date.last_date", "measures.data_date.DATA_DATE"),
        {
            "attendance": lambda one: one.on("attendance"),
            "flags": lambda one: one.on("flags"),
            "progress": lambda one: one.on("progress"),
            "Start": lambda one: day(one.cell("Start", f"B{FIRST + len(COUNTS) + 1}")),
        },
        lambda case: DAY,
    ),
    Question(
        "the academic year",
        ("year_starts", "year_ends", "model.academic_year.bounds", "model.academic_year.stretched"),
        {
            "tracker": lambda one: one.tracker.year,
            "check": _year_of_check,
            "formulas": lambda one: (
                (day(one.cell("Guide", "Z1")), day(one.cell("Guide", "Z2"))) if one.office else one.tracker.year
            ),
        },
        lambda case: (date(2026, 9, 1), date(2027, 8, 31)),
    ),
    Question(
        "which days are school days",
        ("measures.calendar.Calendar", "measures.roll.Roll", "Registers[Sessions]"),
        {
            "check": _school_days_of_check,
            "Registers": _school_days_of_sheet,
            "functions": lambda one: _school_days_of_function(one) if one.case.terms else set(DAYS),
        },
        _school_days,
    ),
    Question(
        "possible, attended, unauthorised and late sessions",
        ("measures.sessions.Sessions", "measures.attendance.attendance_rows", "Registers[Possible]"),
        {
            "attendance": lambda one: {
                row["learner_id"]: tuple(row[key] for key in FIGURES) for row in one.rows("attendance")
            },
            "report": lambda one: {
                who: tuple(said["attendance"][key] for key in FIGURES) for who, said in one.report.items()
            },
            "report, by half term": _figures_of_half_terms,
            "Form view": _figures_of_form,
            "Learner view": _figures_of_learner,
            "Registers": _figures_of_registers,
            "functions": _figures_of_function,
        },
        _figures,
        each=True,
        partly=frozenset({"Form view", "Learner view", "functions", "Registers", "report, by half term"}),
    ),
    Question(
        "whether it is too early to judge attendance",
        ("measures.attendance.is_too_early",),
        {
            "attendance": lambda one: {
                row["learner_id"]: row["too_early"] for row in one.rows("attendance") if row["possible"]
            },
            "report": lambda one: {
                who: "too early" in said["attendance"]["sentence"]
                for who, said in one.report.items()
                if said["attendance"]["possible"]
            },
            "functions": lambda one: {
                "10007": ATTENDANCE([list("/\\/  OO///")], _whole(one.tracker["Codes"]), "severe")[0][0] == "too early"
            },
        },
        lambda case: {who: 0 < figures[0] < 20 for who, figures in _figures(case).items() if figures[0]},
        each=True,
        partly=frozenset({"functions"}),
    ),
    Question(
        "whose absence is persistent",
        ("measures.sessions.Tally.persistent",),
        {
            "attendance": lambda one: {
                row["learner_id"]: row["persistent"] and not row["too_early"]
                for row in one.rows("attendance")
                if row["possible"]
            },
            "flags": lambda one: dict.fromkeys(one.flagged("attendance_talk") | one.flagged("attendance_head"), True),
            "report": lambda one: {
                who: bool(said["attendance"]["words"])
                for who, said in one.report.items()
                if said["attendance"]["possible"]
            },
            "Form view": _marked,
        },
        _persistent,
        each=True,
        partly=frozenset({"flags", "Form view"}),
    ),
    Question(
        "missing marks of a learner",
        ("model.marks.is_missing", "model.marks.missing"),
        {
            "attendance": lambda one: {
                row["learner_id"]: row["missing"] for row in one.rows("attendance") if row["missing"]
            },
            "check": _missing_of_check,
            "week": _missing_of_week,
        },
        _missing,
        each=True,
        partly=frozenset({"week"}),
    ),
    Question(
        "missing marks in all",
        ("Registers[Missing]",),
        {
            "attendance": lambda one: sum(row["missing"] for row in one.rows("attendance")),
            "Start": lambda one: one.start("missing register marks"),
        },
        lambda case: sum(_missing(case).values()),
    ),
)  # fmt: skip
