"""The plain way, as a peer: the same questions asked of the same tracker with pandas and openpyxl alone.

`python benchmarks/plain_tracker.py check|flags TRACKER` prints how many problems or flags it counted. It reads the
same sheets and does less with them (a dozen checks for 62 kinds, eight rules for 26, no cells, no words).
"""

from __future__ import annotations

import sys

import pandas as pd

SHEETS = {
    "Learners": "Learner ID", "Parents": "Learner ID", "Progress": "Learner ID", "Registers": "Learner ID",
    "Behaviour": "Learner ID", "Contacts": "Learner ID", "Targets": "Learner ID", "Interventions": "Learner ID",
    "Achievements": "Learner ID", "PD evidence": "Learner ID", "Work experience": "Learner ID",
    "Transition": "Learner ID",
    "Groups": "Learner ID", "PD topics": "Topic", "Diary": "What", "Drops": "Drop", "Terms": "Name", "Lists": "Forms",
    "Subjects": "Subject", "Scales": "Scale", "Codes": "Code", "Effort": "Code", "Settings": "Setting",
}  # fmt: skip
DATES = {
    "Learners": ["Date of birth", "Started", "Left"], "Registers": ["Week"], "Behaviour": ["Date"],
    "Contacts": ["Date", "Follow-up due"], "Targets": ["Set on", "Due", "Reviewed"], "Diary": ["Date"],
    "Interventions": ["Start", "Review due", "End"], "Achievements": ["Date"], "PD evidence": ["Date"],
    "PD topics": ["Week"], "Work experience": ["Start", "End", "Visit"], "Transition": ["Applied", "Interview"],
}  # fmt: skip
MARKS = [f"{day} {half}" for day in ("Mon", "Tue", "Wed", "Thu", "Fri") for half in ("am", "pm")]
LEVELS = [f"APL {drop}" for drop in range(1, 7)]
EFFORTS = [f"Effort {drop}" for drop in range(1, 7)]


def read(path: str) -> dict[str, pd.DataFrame]:
    frames = pd.read_excel(
        path, sheet_name=list(SHEETS), header=3, engine="openpyxl", keep_default_na=False, na_values=[""]
    )
    return {name: frame.dropna(subset=[SHEETS[name]]) for name, frame in frames.items()}


def code(value: object) -> str:
    """A code as text: a column of digits with blanks comes as floats."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def check(book: dict[str, pd.DataFrame]) -> int:
    learners = set(book["Learners"]["Learner ID"])
    found = int(book["Learners"]["Learner ID"].duplicated().sum())
    for name, frame in book.items():
        if SHEETS[name] == "Learner ID":
            found += int((~frame["Learner ID"].isin(learners)).sum())
        for column in DATES.get(name, ()):
            found += int(pd.to_datetime(frame[column].dropna(), errors="coerce").isna().sum())
    progress = book["Progress"].merge(
        book["Subjects"][["Subject", "Scale"]], on="Subject", how="left", suffixes=("_row", "")
    )
    found += int(progress["Scale"].isna().sum() + progress.duplicated(["Learner ID", "Subject"]).sum())
    known = set(zip(book["Scales"]["Scale"], book["Scales"]["Level"].astype(str), strict=True))
    levels = progress.melt(["Scale"], ["Baseline", "Target", *LEVELS], value_name="level").dropna()
    found += sum(
        (scale, str(level)) not in known for scale, level in zip(levels["Scale"], levels["level"], strict=True)
    )
    efforts = progress[EFFORTS].stack().dropna().map(code)
    found += int((~efforts.isin(set(book["Effort"]["Code"].astype(str)))).sum())
    registers = book["Registers"]
    found += int(registers.duplicated(["Learner ID", "Week"]).sum())
    marks = registers[MARKS].stack()
    found += int((~marks.isin(set(book["Codes"]["Code"].astype(str)))).sum())
    return found


def flags(book: dict[str, pd.DataFrame]) -> int:
    classes = dict(zip(book["Codes"]["Code"].astype(str), book["Codes"]["Class"], strict=True))
    long = book["Registers"].melt(["Learner ID", "Week"], MARKS, value_name="mark").dropna()
    long["class"] = long["mark"].map(classes)
    attended = long["class"].isin(["Present", "Approved educational activity"])
    possible = attended | long["class"].isin(["Authorised absence", "Unauthorised absence"])
    per = pd.DataFrame({"id": long["Learner ID"], "a": attended, "p": possible, "late": long["mark"].isin(["L", "U"])})
    year = per.groupby("id").sum()
    rate = 100 * year["a"] / year["p"]
    raised = int((rate < 95).sum())
    weekly = per.assign(week=long["Week"]).groupby(["week", "id"]).sum()
    for measure, least in (("late", 3),):
        raised += int((weekly[measure].groupby("id").tail(2).groupby("id").sum() >= least).sum())
    progress = book["Progress"].merge(
        book["Subjects"][["Subject", "Scale", "Core"]], on="Subject", suffixes=("_row", "")
    )
    points = {(s, str(lv)): p for s, lv, p in book["Scales"][["Scale", "Level", "Points"]].itertuples(index=False)}
    for column in ["Baseline", "Target", *LEVELS]:
        progress[column] = [points.get((s, str(lv))) for s, lv in zip(progress["Scale"], progress[column], strict=True)]
    levels = progress[LEVELS].astype(float)
    latest = levels.ffill(axis=1).iloc[:, -1]
    drop = levels.notna().cumsum(axis=1).iloc[:, -1]
    share = (progress["Year"].astype(float) - 10 + drop / 6) / 2
    gap = latest - (progress["Baseline"] + (progress["Target"] - progress["Baseline"]) * share)
    change = levels.diff(axis=1).ffill(axis=1).iloc[:, -1]
    by = progress["Learner ID"]
    raised += int(((gap < -1).groupby(by).sum() >= 3).sum() + ((change < 0).groupby(by).sum() >= 2).sum())
    raised += int(((gap <= -1) & (progress["Core"] == "Yes")).groupby(by).any().sum())
    orders = dict(zip(book["Effort"]["Code"].astype(str), book["Effort"]["Order"], strict=True))
    effort = progress[EFFORTS].apply(lambda column: column.map(code, na_action="ignore").map(orders))
    raised += int((effort.ffill(axis=1).iloc[:, -1] == 1).groupby(by).any().sum())
    raised += int(((effort.diff(axis=1).ffill(axis=1).iloc[:, -1] < 0).groupby(by).sum() >= 2).sum())
    dates = pd.to_datetime(book["Behaviour"]["Date"])
    recent = book["Behaviour"][dates > dates.max() - pd.Timedelta(days=14)]
    return raised + int((recent["Learner ID"].value_counts() >= 3).sum())


if __name__ == "__main__":
    job, path = sys.argv[1:]
    print({"check": check, "flags": flags}[job](read(path)))
