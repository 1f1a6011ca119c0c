"""Exports made from a tracker, shuffled and renamed as systems do it: the same rows come back, or a question does."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.imports import exports
from workbook.imports import Import, State, read_import
from workbook.imports.understand.lexicon import MEASURES, SHORT_SUBJECTS, WHO_WORDS, plain
from workbook.imports.words import as_text
from workbook.model import CannotDo, Tracker

BEFORE = exports.tracker()
DROPS = {1: ("Autumn 1", "DC1", "Oct", "HT1", "October 2026"), 4: ("Spring 1", "DP4", "January", "Jan 27", "HT3"),
         5: ("Spring 2", "DD5", "Mar", "Data Drop 5", "HT4")}  # fmt: skip
LEVELS = {"APL": ["APL2", "APL5", "N/A"], "Combined Science": ["4-3", "6-6"], "GCSE 9-1": ["4", "7"],
          "Level 1/2 Tech": ["L1P", "L2D*"]}  # fmt: skip


def names_of(subject: str) -> list[str]:
    """Names that mean one subject of the tracker and no other."""
    short = SHORT_SUBJECTS.get(plain(subject), ())
    others = {word for name, words in SHORT_SUBJECTS.items() if name != plain(subject) for word in words}
    return [subject, subject.upper(), *(one.title() for one in short if one not in others)]


Cells = set[tuple[str, str, str, str]]


def export_of(rng: Random, tables: int = 1) -> tuple[bytes, list[Cells]]:
    """A mark sheet in one of many forms, or several of them one below the other, and the cells that each holds:
    learner, subject, column, value.
    """
    grids, wanted = zip(*(_table(rng) for _ in range(tables)), strict=True)
    grid = [row for place, one in enumerate(grids) for row in ([[""]] * (place and rng.randint(0, 1)) + one)]
    delimiter, encoding = rng.choice(",;\t"), rng.choice(["utf-8", "utf-8-sig", "utf-16"])
    text = "\n".join(delimiter.join(_quoted(cell) for cell in row) for row in grid) + "\n"
    return text.encode(encoding), list(wanted)


def _table(rng: Random) -> tuple[list[list[str]], Cells]:
    learners = rng.sample(exports.LEARNERS, rng.randint(2, 6))
    subjects = rng.sample(exports.SUBJECTS, rng.randint(1, 4))
    drop = rng.choice(list(DROPS))
    measures = rng.sample(["current", "target", "forecast", "effort"], rng.randint(1, 3))
    keys = {"current": f"apl_{drop}", "effort": f"effort_{drop}", "target": "target", "forecast": "forecast"}
    words = {one: rng.choice(MEASURES[one]) for one in measures}
    marks: dict[tuple[str, str, str], str] = {}
    for who in learners:
        for subject in subjects:
            for one in measures:
                if rng.random() < 0.85:
                    value = str(rng.randint(1, 4)) if one == "effort" else rng.choice(LEVELS[subject["scale"]])
                    marks[who["learner_id"], subject["subject"], one] = value
    wide = rng.random() < 0.7
    who_columns = _who_columns(rng)
    grid = _wide(rng, learners, subjects, measures, words, marks, who_columns, drop) if wide else _long(
        rng, learners, subjects, measures, words, marks, who_columns, drop)  # fmt: skip
    return grid, {(who, subject, keys[one], value) for (who, subject, one), value in marks.items()}


def _quoted(cell: str) -> str:
    return f'"{cell}"' if any(sign in cell for sign in ',;\t"\n') else cell


def _who_columns(rng: Random) -> list[tuple[str, Any]]:
    """Headings and how each is filled; always enough to tell all learners apart."""

    def whole(one: dict[str, Any]) -> str:
        return f"{one['surname']}, {one['first_name']}" if comma else f"{one['first_name']} {one['surname']}"

    comma = rng.random() < 0.6
    by_id = (rng.choice(WHO_WORDS["id"][:8]).title(), lambda one: one["learner_id"])
    form = (rng.choice(("Reg", "Form", "Tutor Group", "Registration Form")), lambda one: one["form"])
    name = (rng.choice(("Name", "Student", "Pupil Name", "Legal Name", "Full name")), whole)
    parts = [(rng.choice(("Surname", "Last Name", "Legal Surname")), lambda one: one["surname"]),
             (rng.choice(("Forename", "First name", "Legal Forename")), lambda one: one["first_name"])]  # fmt: skip
    return rng.choice(
        [[by_id], [by_id, name], [by_id, *parts, form], [name, form], [*parts, form], [form, by_id, name]]
    )


def _frame(rng: Random, rows: list[list[str]], headings: list[list[str]], titles: list[str]) -> list[list[str]]:
    width = len(headings[0])
    grid = [[title] + [""] * (width - 1) for title in titles] + (
        [[""] * width] if titles and rng.random() < 0.5 else []
    )
    grid += headings
    for place, row in enumerate(rows):
        if place and rng.random() < 0.1:
            grid.append([""] * width)
        if place and rng.random() < 0.1:
            grid += headings
        grid.append(row)
    if rng.random() < 0.3:
        grid.append(["Average"] + [str(rng.randint(1, 4)) for _ in range(width - 1)])
    if rng.random() < 0.3:
        grid.append(["Page 1 of 1"] + [""] * (width - 1))
    if rng.random() < 0.2:
        grid = [[*row, "", ""] for row in grid]
    return grid


def _wide(rng: Random, learners: Any, subjects: Any, measures: Any, words: Any, marks: Any, who: Any, drop: int) -> Any:
    two_rows = rng.random() < 0.4
    in_title = rng.random() < 0.5
    when = "" if in_title else rng.choice(DROPS[drop])
    titles = ["Example College", f"Year 10 {rng.choice(DROPS[drop])}"] if in_title else rng.choice([[], ["Mark sheet"]])
    called = {one["subject"]: rng.choice(names_of(one["subject"])) for one in subjects}
    columns = [(one["subject"], measure) for one in subjects for measure in measures]
    said = {"current": when, "effort": when, "target": "", "forecast": ""}
    if two_rows:
        above = [""] * len(who)
        last = None
        for subject, _ in columns:
            above.append(called[subject] if subject != last else "")
            last = subject
        below = [one for one, _ in who] + [f"{said[m]} {words[m]}".strip().title() for _, m in columns]
        headings = [above, below]
    else:
        rng.shuffle(columns)
        headings = [
            [one for one, _ in who] + [f"{called[s]} {said[m]} {words[m]}".replace("  ", " ") for s, m in columns]
        ]
    rows = [
        [fill(one) for _, fill in who] + [marks.get((one["learner_id"], s, m), "") for s, m in columns]
        for one in learners
    ]
    rng.shuffle(rows)
    return _frame(rng, rows, headings, titles)


def _long(rng: Random, learners: Any, subjects: Any, measures: Any, words: Any, marks: Any, who: Any, drop: int) -> Any:
    called = {one["subject"]: rng.choice(names_of(one["subject"])) for one in subjects}
    dropped = rng.random() < 0.5
    heads = (
        [one for one, _ in who]
        + ["Subject"]
        + (["Assessment"] if dropped else [])
        + [words[m].title() for m in measures]
    )
    rows = [
        [fill(one) for _, fill in who] + [called[s["subject"]]] + ([DROPS[drop][0]] if dropped else [])
        + [marks.get((one["learner_id"], s["subject"], m), "") for m in measures]
        for one in learners for s in subjects
    ]  # fmt: skip
    rng.shuffle(rows)
    return _frame(rng, rows, [heads], [] if dropped else [f"Data collection {drop}"])


def outcome(folder: Path, seed: int, before: Tracker = BEFORE, tables: int = 1) -> str:
    """What an export of this seed came to: "same", "asked" or "refused"; anything else is an error with the file.

    Of several tables each is asked for in turn, and must bring in its own cells alone.
    """
    data, wanted = export_of(Random(seed), tables)
    path = folder / "export.csv"
    path.write_bytes(data)
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8")
    try:
        one = read_import(before, path)
    except CannotDo as why:
        assert str(why)
        return "refused"
    asked = next((one for one in one.questions if one.name == "table"), None)
    if asked is None or tables == 1:
        return _judged(one, set().union(*wanted), text)
    assert len(asked.choices) == tables, text
    told = [
        _judged(read_import(before, path, None, None, {"table": line}), cells, text)
        for (line, _), cells in zip(asked.choices, wanted, strict=True)
    ]
    return "same" if set(told) == {"same"} else told[0]


def _judged(one: Import, wanted: Cells, text: str) -> str:
    if one.difference is None:
        assert one.questions
        return "asked"
    got = set()
    for row in one.difference.rows:
        if row.state in (State.ADDED, State.CHANGED):
            assert row.table == "Progress" and row.index is not None, text
            table = one.difference.after["Progress"]
            who, subject = table["learner_id"][row.index], table["subject"][row.index]
            got |= {(who, subject, cell.key, as_text(cell.new)) for cell in row.cells
                    if cell.key not in ("learner_id", "subject")}  # fmt: skip
    assert got <= wanted, f"rows that the file does not say: {sorted(got - wanted)}\n{text}"
    if got == wanted:
        return "same"
    assert one.difference.of(State.REFUSED), f"lost without a word: {sorted(wanted - got)}\n{text}\n{one.left_out}"
    return "refused"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_an_export_comes_back_as_it_went_out_or_is_asked_about(tmp_path: Path, seed: int) -> None:
    assert outcome(tmp_path, seed) in ("same", "asked", "refused")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**9))
def test_one_of_two_tables_brings_in_its_own_cells_alone(tmp_path: Path, seed: int) -> None:
    assert outcome(tmp_path, seed, tables=2) in ("same", "asked", "refused")


if __name__ == "__main__":  # python -m tests.imports.test_shuffled FIRST_SEED COUNT [TABLES]
    first, count, tables = map(int, (*sys.argv[1:], 1)[:3])
    with tempfile.TemporaryDirectory() as name:
        print(Counter(outcome(Path(name), seed, tables=tables) for seed in range(first, first + count)))
