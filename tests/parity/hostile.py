"""Trackers full of what people really leave in cells, and worse, from a seed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from workbook.model import SHEETS, CellError, Tracker, Value, defaults
from workbook.model.formulas import DROPS, SESSIONS
from workbook.model.vocabulary import key_of

ROWS = 420
Records = list[dict[str, Any]]

ERRORS = tuple(CellError(code) for code in ("#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"))
LONG = "x" * 200  # LibreOffice also finds texts of over 255 letters, Excel does not
ODD: tuple[Value, ...] = (
    None, None, None, *ERRORS, 0, 1, 4, 4.5, -1, 0.1 + 0.2, 1e-7, 1e15, 123456789012,
    date(2026, 10, 1), datetime(2026, 10, 1, 9, 30), "4", "4.0", "0", " ", "*", "?", "~", "~*", "a*", "=1+1", "=NA()",
    ">5", "<>", "<", "-", "#", "'", '"', "TRUE", "true", "1E3", "007", "N/A", "n/a", "N/A ", " N/A",
    "\u00a0", "é", "É", LONG,
)  # fmt: skip


def spoilt(random: Random, words: tuple[Value, ...], odd: float) -> Value:
    """One of ``words``, now and then with other capitals, spaces or wildcards, or something else altogether."""
    if random.random() < odd:
        return random.choice(ODD)
    value = random.choice(words)
    if isinstance(value, str) and not isinstance(value, CellError) and value and random.random() < odd:
        ways = (value.lower(), value.upper(), value + " ", " " + value, value[:-1] + "?", value[:-1] + "*", "~" + value)
        return random.choice(ways)
    return value


class Hostile:
    """Makes the records of one hostile tracker."""

    def __init__(self, seed: int, odd: float = 0.12) -> None:
        self.random = Random(seed)
        self.odd = odd

    def pick(self, *words: Value) -> Value:
        return spoilt(self.random, words, self.odd)

    def records(self, rows: int = ROWS) -> dict[str, Records]:
        """Records for every sheet, with at least ``rows`` in each that has a computed column, a third of them where
        others look things up: LibreOffice's time grows with the one times the other.
        """
        few = rows // 3
        new = {table: list(whole.records()) for table, whole in defaults.new().tables.items()}
        made = {"Settings": new["Settings"], "Lists": new["Lists"], "Terms": new["Terms"]}
        made["Scales"] = self._scales(new["Scales"], few)
        made["Effort"] = self._effort(new["Effort"], few)
        made["Codes"] = self._codes(new["Codes"], few)
        made["Drops"] = self._drops(new["Drops"], few)
        made["Learners"] = self._learners(rows)
        made["Subjects"] = self._subjects(new["Scales"], rows)
        made["Progress"] = self._progress(rows, new["Scales"])
        made["Registers"] = self._registers(rows)
        for one in SHEETS:
            if one.table not in made:
                made[one.table] = [{"learner_id": self._who()} for _ in range(rows)] if "learner" in one.by_key else []
        return made

    def _who(self) -> Value:
        return self.pick(*(f"L{n}" for n in range(40)), "L*", "~L", ">5", "=1+1", "007", "L1 ", "L?", "É1")

    def _learners(self, rows: int) -> Records:
        first = [f"L{n}" for n in range(30)] + ["L*", "~L", ">5", "=1+1", "007", "L?", "É1", "l3", 7, LONG]
        ids: list[Value] = [*first, *(self._who() for _ in range(rows - len(first)))]
        return [
            {
                "learner_id": one,
                "first_name": self.pick("Zoë", "Mary  Ann", " Al ", "D'Arcy", "Ash"),
                "surname": self.pick("O’Neill", "de la  Cruz", "Smith", "Łuk", "X"),
                "preferred_name": self.pick(None, None, "Z", "  ", "Max"),
                "year": self.pick(10, 11, 10, 11, 9, 12, 10.5, "10"),
                "form": self.pick("10A", "11B", "10E1", 10, None),
            }
            for one in ids
        ]

    def _subjects(self, scales: Records, rows: int) -> Records:
        names = sorted({row["scale"] for row in scales})
        plain = [{"subject": f"Subject {n}", "scale": names[n % len(names)]} for n in range(18)]
        odd: Records = [
            {"subject": "Art*", "scale": "APL"},
            {"subject": "Art", "scale": "GCSE 9-1"},
            {"subject": "subject 1", "scale": "GCSE fine"},
            {"subject": 5, "scale": "APL"},
            {"subject": "No scale", "scale": None},
            {"subject": "Lost", "scale": "Gone"},
            {"subject": "Broken", "scale": CellError("#REF!")},
            {"subject": "Number", "scale": 4},
            {"subject": "Lower", "scale": "apl"},
            {"subject": "Spaced", "scale": "APL "},
        ]
        names = ("S", "T", "s", 7, 7.5, "~*?", " ", "Subject 1 ", "7", CellError("#DIV/0!"), None, "L" * 300)
        more: Records = [
            {"subject": self.pick("S", "T", 7, "Art~"), "scale": self.pick("APL")}
            for _ in range(rows - len(plain) - len(odd))
        ]
        return plain + odd + more

    def _subject(self) -> Value:
        odd = ("Art*", "Art", "subject 1", 5, "No scale", "Lost", "Broken", "Number", "Lower", "Spaced", "Art?")
        plain = tuple(f"Subject {self.random.randrange(18)}" for _ in range(40))
        return self.pick(*plain, *odd)

    def _progress(self, rows: int, scales: Records) -> Records:
        by_scale: dict[str, list[str]] = {}
        for row in scales:
            by_scale.setdefault(row["scale"], []).append(row["level"])
        pools = [tuple(levels) for _, levels in sorted(by_scale.items())]

        def row() -> dict[str, Any]:
            number = self.random.randrange(18)
            subject = f"Subject {number}" if self.random.random() < 0.75 else self._subject()
            levels: tuple[Value, ...] = pools[number % len(pools)]
            given = self.random.choice((0, 1, 2, 3, 4, 5, 6, 6, 6))
            record: dict[str, Any] = {
                "learner_id": self._who(),
                "subject": subject,
                "baseline": self.pick(*levels, None),
                "target": self.pick(*levels, *levels, None),
                "forecast": self.pick(*levels, None),
            }
            for drop in DROPS:
                blank = drop > given or self.random.random() < 0.15
                record[f"apl_{drop}"] = None if blank else self.pick(*levels, "N/A")
                record[f"effort_{drop}"] = None if blank else self.pick("1", "2", "3", "4", 1, 2, "N/A", "4 ")
            return record

        return [row() for _ in range(rows)]

    def _registers(self, rows: int) -> Records:
        marks: tuple[Value, ...] = (*"//////\\\\\\\\LKVPWBCEIMRSTGNOUDQXZ#HJYF-", "C1", "J1", "Y4", "Y1", "/\\", "l")
        start = date(2026, 9, 7)
        return [
            {
                "learner_id": self._who(),
                "week": self.pick(start + timedelta(weeks=n % 30)),
                **{key_of(session): self.pick(*marks) for session in SESSIONS},
            }
            for n in range(rows)
        ]

    def _scales(self, real: Records, rows: int) -> Records:
        more: Records = [
            {
                "scale": self.pick("APL", "GCSE fine", "Own", "apl"),
                "level": self.pick("APL4", "apl1", "X", 4, "L2D*", "L2?", "~", "9-8"),
                "order": n,
                "points": self.pick(1, 2.5, 0, -1, "3", 1 / 3),
                "tolerance": self.pick(0.5, "x", None, 0),
            }
            for n in range(rows - len(real))
        ]
        return [*real, *more]

    def _effort(self, real: Records, rows: int) -> Records:
        more: Records = [
            {"code": self.pick("5", 5, "A*", "a", "~", "1"), "order": self.pick(5, "5", None, 0.5), "label": "x"}
            for _ in range(rows - len(real))
        ]
        return [*real, *more]

    def _codes(self, real: Records, rows: int) -> Records:
        classes = tuple(sorted({row["class"] for row in real}))
        more: Records = [
            {
                "code": self.pick("A1", "*", "?", "~", 5, "ab", "q2"),
                "class": self.pick(*classes, "present", "Present ", "Late"),
                "late": self.pick("Yes", "No", "yes", None),
            }
            for _ in range(rows - len(real))
        ]
        return [*real, *more]

    def _drops(self, real: Records, rows: int) -> Records:
        start = date(2026, 8, 20)
        more: Records = [
            {
                "drop": self.pick(1, 3, 7, "2", 2.5),
                "name": "x",
                "date": self.pick(start + timedelta(days=self.random.randrange(370))),
            }
            for _ in range(rows - len(real))
        ]
        return [*real, *more]


def tracker(seed: int, settings: dict[str, Value] | None = None, change: Any = None, rows: int = ROWS) -> Tracker:
    """A hostile tracker with these settings; ``change`` may alter its records first."""
    records = Hostile(seed).records(rows)
    for row in records["Settings"]:
        if settings and row["name"] in settings:
            row["value"] = settings[row["name"]]
    if change:
        change(records)
    return Tracker.of(records)
