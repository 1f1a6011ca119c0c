"""Made-up learners for the reports, a line of JSON each, as a sample tracker gives them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from workbook.measures.data_date import last_date
from workbook.reports.content.learner import contexts
from workbook.sample import sample


def write_learners(path: Path, count: int) -> None:
    """A file of `count` learners who are at the Academy."""
    tracker = sample(count + count // 20)  # some have left
    made = 0
    with path.open("w", encoding="utf-8") as file:
        for context in contexts(tracker, last_date(tracker)):
            file.write(json.dumps(_page(context), ensure_ascii=False) + "\n")
            made += 1
            if made == count:
                return
    raise SystemExit(f"The sample has {made} learners, not {count}.")


def _page(context: dict[str, Any]) -> dict[str, Any]:
    """What the page asks for; numbers are numbers, the date is in words, since JSON has none."""
    learner, day = context["learner"], context["report"]["date"]
    subjects = [_subject(one) for one in context["subject"]]
    comment = " ".join(one["comment"] for one in context["subject"][:2] if one["comment"])
    return {
        "learner": {key: learner[key] for key in ("name", "learner_id", "form")} | {"comment": comment},
        "mentor": {"name": context["mentor"]["name"]},
        "report": {"date": f"{day.day} {day:%B %Y}"},
        "attendance": {key: context["attendance"][key] for key in ("percent", "attended", "possible", "sentence")},
        "subject": subjects,
    }


def _subject(one: dict[str, Any]) -> dict[str, Any]:
    now, target = _points(one["current"]), _points(one["target"])
    comment = (one["comment"] or "").split(". ")[0]
    figures = {"points": now, "expected": round(target * 0.8, 1)}
    return (
        {key: one[key] or "" for key in ("name", "target", "current", "status", "effort")}
        | figures
        | {"comment": comment}
    )


def _points(level: Any) -> float:
    digits = re.findall(r"[0-9]+", str(level))
    return sum(map(int, digits)) / len(digits) if digits else 0.0
