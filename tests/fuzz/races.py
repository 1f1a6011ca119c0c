"""Two imports at once, and a tracker saved in another order between plan and write: right or refused, each time.

python -m tests.fuzz.races [--count 200] [--seed 1]
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.kills import fresh, prepare, start
from workbook.editing.edit import TableChange, edit
from workbook.reading.read import read


def first_names(book: Path) -> dict[object, object]:
    table = read(book)["Learners"]
    return dict(zip(table["learner_id"], table["first_name"], strict=True))


def two_at_once(prepared: Path, room: Path, chance: random.Random, takes: float) -> str:
    """Two imports that each change one learner: what both say they did is there, what one was refused is not."""
    fresh(prepared, room)
    before = first_names(room / "t.xlsx")
    words = []
    for learner in list(before)[:2]:
        rows = room / f"{learner}.csv"
        rows.write_text(f"Learner ID,First name\n{learner},Changed\n", encoding="utf-8")
        words.append((learner, ["import", room / "t.xlsx", rows, "--into", "Learners", "--replace"]))
    children = []
    for learner, command in words:
        children.append((learner, start(command, room)))
        time.sleep(chance.random() * takes / 2)
    right = dict(before)
    refused = 0
    for learner, child in children:
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
            right[learner] = "Changed"
        else:
            refused += 1
    if first_names(room / "t.xlsx") != right:
        return "WRONG"
    return f"right, {refused} refused"


def saved_between(prepared: Path, other: Path, room: Path, chance: random.Random, takes: float) -> str:
    """An import while somebody saves the tracker with its learners in another order."""
    learner = next(iter(first_names(fresh(prepared, room))))
    (room / "rows.csv").write_text(f"Learner ID,First name\n{learner},Changed\n", encoding="utf-8")
    child = start(["import", room / "t.xlsx", room / "rows.csv", "--into", "Learners", "--replace"], room)
    time.sleep(chance.random() * takes)
    (room / "theirs").write_bytes(other.read_bytes())
    (room / "theirs").replace(room / "t.xlsx")
    done = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    now = (room / "t.xlsx").read_bytes()
    if now == other.read_bytes():
        return "theirs came last" if done else "refused"
    right = first_names(other) | {learner: "Changed"}
    return "imported into theirs" if done and first_names(room / "t.xlsx") == right else "WRONG"


def turned_round(whole: Path, target: Path) -> Path:
    """The tracker with its learners in the opposite order."""
    table = read(whole)["Learners"]
    records = list(table.records())[::-1]
    edit(whole, target, {"Learners": TableChange(changed=dict(zip(table.rows, records, strict=True)))})
    return target


def main() -> int:
    """Read the options, race, and count."""
    options = argparse.ArgumentParser(prog="python -m tests.fuzz.races")
    options.add_argument("--count", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    told = options.parse_args()
    chance = random.Random(told.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared = prepare(folder / "prepared")
        other = turned_round(prepared / "t.xlsx", folder / "other.xlsx")
        fresh(prepared, folder / "room")
        began = time.monotonic()
        words = ["import", folder / "room/t.xlsx", folder / "room/rows.csv", "--into", "Learners", "--replace"]
        os.waitpid(start(words, folder / "room"), 0)
        takes = time.monotonic() - began
        at_once = Counter(two_at_once(prepared, folder / "room", chance, takes) for _ in range(told.count))
        print(f"two imports at once, {told.count} times: {dict(at_once)}", flush=True)
        between = Counter(saved_between(prepared, other, folder / "room", chance, takes) for _ in range(told.count))
        print(f"saved between plan and write, {told.count} times: {dict(between)}", flush=True)
    return bool(at_once["WRONG"] + between["WRONG"])


if __name__ == "__main__":
    raise SystemExit(main())
