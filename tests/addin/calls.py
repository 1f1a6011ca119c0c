"""Calls of every worksheet function over a whole sample tracker, with what the command line says of the same file.

Each call is a formula for a cell; `answers` works it out in plain Python, the test of the bridge in LibreOffice. What
a formula needs besides the tracker's tables (shares, bounds, identifiers, days) stands on a sheet of its own, Extra.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

import mentorbook
from addin.desktop.xlam.functions_shown import Sheets
from addin.functions import declared as functions
from workbook.measures.computed import computed
from workbook.model import Tracker
from workbook.reading.read import read

Rows = list[list[Any]]
WHOLE = "[[#Headers],[#Data]]"
FLAG_TABLES = ("Learners", "Progress", "Registers", "Settings")
FLAG_REFERENCE = ("Subjects", "Scales", "Effort", "Codes", "Terms", "Drops")
# Rules that the tables handed to APL_FLAGS decide; the others need Behaviour, Contacts, Targets and so on.
FROM_TABLES = (
    "attendance_head attendance_talk attendance_look attendance_fall lates unauthorised progress_below core_below "
    "progress_fell low_level report_missing effort_lowest effort_dropped improved effort_up attendance_up full_week "
    "streak"
).split()


@dataclass
class Calls:
    """A tracker file and the calls on it."""

    path: Path

    @cached_property
    def tracker(self) -> Tracker:
        return read(self.path)

    @cached_property
    def sheets(self) -> Sheets:
        return Sheets(self.tracker)

    def command(self, name: str) -> dict[str, Any]:
        """What a command prints as JSON."""
        done = CliRunner().invoke(mentorbook.app, [name, str(self.path), "--json"])
        return json.loads(done.stdout)

    @cached_property
    def progress(self) -> list[dict[str, Any]]:
        return self.command("progress")["rows"]

    @cached_property
    def latest(self) -> dict[tuple[str, str], dict[str, Any]]:
        """The command's row of the latest drop of each learner and subject."""
        return {(row["learner_id"], row["subject"]): row for row in self.progress}

    @cached_property
    def keys(self) -> list[tuple[str, str]]:
        """Learner and subject of each row of Progress."""
        table = self.tracker["Progress"]
        return list(zip(table["learner_id"], table["subject"], strict=True))  # type: ignore[arg-type]

    @cached_property
    def extra(self) -> Rows:
        """The sheet Extra: A share, B tolerance, C:H shares by drop, I lowest, J highest, K UPN, L ULN, M:N days."""
        tracker, done = self.tracker, computed(self.tracker)
        elapsed = dict(zip(tracker["Drops"]["drop"], done["Drops"]["elapsed"], strict=True))
        first, years = tracker.settings["first_year"], tracker.settings["course_years"]
        scales: dict[Any, list[Any]] = {}
        tolerance: dict[Any, Any] = {}
        table = tracker["Scales"]
        for scale, points, off in zip(table["scale"], table["points"], table["tolerance"], strict=True):
            scales.setdefault(scale, []).append(points)
            tolerance.setdefault(scale, off or 0)
        foundation = {
            subject
            for subject, tier in zip(tracker["Subjects"]["subject"], tracker["Subjects"]["tier"], strict=True)
            if tier == "Foundation"
        }
        upns, ulns = (tracker["Learners"][key] for key in ("upn", "uln"))
        start, rows = tracker.year[0], []
        for place, (year, scale, drop, (_, subject)) in enumerate(
            zip(*(done["Progress"][key] for key in ("year", "scale", "drop")), self.keys, strict=True)
        ):
            shares = [(year - first + gone) / years if gone is not None else None for gone in elapsed.values()]
            top = [points for points in scales[scale] if subject not in foundation or points <= 5]
            spoilt = place % 50 == 7
            upn, uln = str(upns[place % len(upns)]), str(ulns[place % len(ulns)])
            rows.append(
                [shares[drop - 1] if drop else None, tolerance[scale], *(shares + [None] * 6)[:6], min(scales[scale]),
                 max(top), ("B" if upn[0] == "A" else "A") + upn[1:] if spoilt else upn,
                 uln[:-1] + str((int(uln[-1]) + 1) % 10) if spoilt else uln,
                 start, start + dt.timedelta(days=place % 300)]
            )  # fmt: skip
        return rows

    @cached_property
    def formulas(self) -> dict[str, tuple[str, int, int]]:
        """The formula of each call, how many columns and rows its answer has."""
        count = len(self.keys)

        def extra(first: str, last: str = "") -> str:
            return f"Extra!{first}1:{last or first}{count}"

        on = dt.date.fromisoformat(self.command("flags")["on"])
        flags = ",".join(f"{name}{WHOLE}" for name in FLAG_TABLES)
        reference = ",".join(f"{name}{WHOLE}" for name in FLAG_REFERENCE)
        registers = len(self.tracker["Registers"])
        points = "Progress[[Points 1]:[Points 6]]"
        return {
            "APL_POINTS": (f"Progress[[APL 1]:[APL 6]],Progress[Scale],Scales{WHOLE},not_assessed", 6, count),
            "APL_EXPECTED": (f"Progress[Baseline points],Progress[Target points],{extra('A')}", 1, count),
            "APL_STATUS": (f"Progress[Points],Progress[Expected],{extra('B')}", 1, count),
            "APL_CHANGE": (points, 1, count),
            "APL_FORECAST": (
                f"{points},{extra('C', 'H')},Progress[Scale],Scales{WHOLE},course_years,{extra('J')}",
                3,
                count,
            ),
            "ATTENDANCE": (f'Registers[[Mon am]:[Fri pm]],Codes{WHOLE},"attended"', 1, registers),
            "UPN_CHECK": (extra("K"), 1, count),
            "ULN_CHECK": (extra("L"), 1, count),
            "SCHOOL_DAYS": (f"{extra('M')},{extra('N')},Terms{WHOLE}", 1, count),
            "APL_FLAGS": (f"{flags},DATE({on.year},{on.month},{on.day}),{reference}", 7, len(self.flags)),
        }

    @cached_property
    def flags(self) -> list[dict[str, Any]]:
        """The command's flags of the rules that APL_FLAGS knows."""
        return [row for row in self.command("flags")["rows"] if row["code"] in FROM_TABLES]

    def arguments(self, name: str) -> list[Any]:
        """The arguments of a call as ranges."""
        return [self._range(one) for one in _apart(self.formulas[name][0])]

    def _range(self, written: str) -> Any:
        if not written.startswith("Extra!"):
            return self.sheets.value(written)
        first, last = (ord(end[0]) - ord("A") for end in written[6:].split(":"))
        return [row[first : last + 1] for row in self.extra]

    def answer(self, name: str) -> Rows:
        """What the function gives in plain Python."""
        return getattr(functions, name)(*self.arguments(name))


def _apart(written: str) -> list[str]:
    """Arguments between commas that stand in no bracket."""
    parts, depth = [""], 0
    for letter in written:
        depth += (letter in "[(") - (letter in "])")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
