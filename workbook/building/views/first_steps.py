"""First steps: what a new tracker asks for, in order, each with done or not by formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workbook.building.look import ACCENT, INK, LINE, MUTED, TO_CHASE
from workbook.building.views.places import Matter, put
from workbook.model import CellError, Value, defaults
from workbook.model.excel import serial
from workbook.model.formulas import SESSIONS
from workbook.model.settings import BY_NAME
from workbook.model.tracker import as_date
from workbook.model.vocabulary import key_of

DONE, TO_DO = "✓ done", "○ to do"
FITS = "x"
"""What is typed where that which came with the tracker fits as it is."""
WORKED_OUT = "As of"
"""How the line over My week begins once the sheet was worked out."""
_WRITTEN = "My week"


@dataclass(frozen=True)
class Step:
    """A step: the sheet it leads to, what to do there, and by what it is seen to be done.

    ``formula`` is TRUE once it is done, ``done`` the same in Python. A step that ``came`` filled is done too where a
    mentor says that it fits.
    """

    sheet: str
    words: str
    formula: str
    done: bool
    came: bool = False


def steps(matter: Matter) -> list[Step]:
    """The steps from an empty tracker to the first flags."""
    entered = [
        Step("Subjects", "A row for each subject, with its scale. Core is Yes for English and maths.",
             "COUNTA(Subjects[Subject])>0", _any(matter, "Subjects", "subject")),
        Step("Learners", "A row for each learner: ID, names, year, form, mentor. The lists follow what you type.",
             "COUNTA(Learners[Learner ID])>0", _any(matter, "Learners", "learner_id")),
        Step("Progress", "A row for each learner and subject: baseline, target, and the level and effort of each drop.",
             _levels(), any(_any(matter, "Progress", f"apl_{n}") for n in range(1, 7))),
        Step("Registers", "A row for each learner and week: a mark for each session, typed or brought in by Import.",
             "COUNTA(Registers[[Mon am]:[Fri pm]])>0",
             any(_any(matter, "Registers", key_of(one)) for one in SESSIONS)),
    ]  # fmt: skip
    worked_out = Step(
        _WRITTEN,
        "Press My week in the Mentorbook tab, or run mentorbook update: now it says whom to see, and why.",
        f"LEFT('{_WRITTEN}'!$A$3,{len(WORKED_OUT)})=\"{WORKED_OUT}\"" if _has(matter, _WRITTEN) else "FALSE",
        matter.on is not None or bool(matter.week),
    )
    return [*_came(matter), *entered, worked_out]


def _came(matter: Matter) -> list[Step]:
    """The steps about what came with the tracker as a guess or a placeholder: done once it is another."""
    came = defaults.new()
    year = matter.tracker.bounds[0].year
    terms = _days(defaults.terms(year), "start", "end")
    drops = _days(defaults.drops(year), "date")
    points = round(sum(float(str(one)) for one in came["Scales"]["points"]), 2)
    effort = sum(len(str(one)) for key in ("label", "descriptor") for one in came["Effort"][key])
    placeholders = {name: str(BY_NAME[name].default) for name in ("phone", "email", "college")}
    settings = matter.tracker.settings
    held = {key: matter.values(*key.split(".")) for key in _READ}
    replaced = ",".join(f'{name}<>"{words}"' for name, words in placeholders.items())
    words_of_effort = sum(len(str(one)) for key in ("label", "descriptor") for one in held[f"Effort.{key}"] if one)
    given = sum(_numbers(held["Scales.points"]))
    short = sum(isinstance(one, str) and len(one) == 4 and one[:3].upper() == "APL" for one in held["Scales.level"])
    return [
        Step("Settings", "The name, phone and e-mail of your Academy: they stand on every report.",
             f'AND({replaced},phone&email<>"")',
             all(_text(settings[name]).lower() != words.lower() for name, words in placeholders.items())
             and bool(_text(settings["phone"]) + _text(settings["email"])), True),
        Step("Terms", "Your half terms and closed days. Those that came are a guess.",
             f"AND(SUM(Terms[From])>0,SUM(Terms[Start])+SUM(Terms[End])<>{terms})",
             any(_numbers(held["Terms.from"]))
             and sum(_numbers(held["Terms.start"])) + sum(_numbers(held["Terms.end"])) != terms, True),
        Step("Drops", "The days on which levels are given. Those that came are a guess.",
             f"AND(COUNT(Drops[Date])>0,SUM(Drops[Date])<>{drops})",
             sum(_numbers(held["Drops.date"])) not in (0, drops), True),
        Step("Scales", "Your Academy's levels and what each is worth. Those that came are placeholders.",
             f'AND(COUNTA(Scales[Level])>0,OR(ROUND(SUM(Scales[Points]),2)<>{points:g},COUNTIF(Scales[Level],"APL?")<>9))',
             any(one is not None for one in held["Scales.level"]) and (round(given, 2) != points or short != 9), True),
        Step("Effort", "Your Academy's words for effort. Those that came are placeholders.",
             "AND(COUNTA(Effort[Code])>0,SUMPRODUCT(LEN(Effort[Label]))+SUMPRODUCT(LEN(Effort[Descriptor]))"
             f"<>{effort})",
             any(one is not None for one in held["Effort.code"]) and words_of_effort != effort, True),
    ]  # fmt: skip


_READ = (
    "Terms.from", "Terms.start", "Terms.end", "Drops.date", "Scales.level", "Scales.points", "Effort.code",
    "Effort.label", "Effort.descriptor",
)  # fmt: skip


def _any(matter: Matter, table: str, key: str) -> bool:
    return any(value is not None for value in matter.values(table, key))


def _has(matter: Matter, name: str) -> bool:
    return matter.book.get_worksheet_by_name(name) is not None


def _levels() -> str:
    return "+".join(f"COUNTA(Progress[APL {number}])" for number in range(1, 7)) + ">0"


def _days(rows: list[dict[str, Any]], *keys: str) -> int:
    return int(sum(serial(row[key]) for row in rows for key in keys))


def _numbers(values: list[Value]) -> list[float]:
    """Numbers and dates of a column, as SUM takes them."""
    days = [as_date(value) if not isinstance(value, str) else None for value in values]
    found = [float(serial(day)) for day in days if day]
    return found + [float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)]


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, CellError) else str(value)


def all_done(matter: Matter) -> bool:
    """Whether a tracker is set up: then the steps no longer stand first."""
    return all(one.done or (one.came and in_use(matter)) for one in steps(matter))


def in_use(matter: Matter) -> bool:
    """Whether somebody works with the tracker already, so that what came with it evidently fits."""
    return all(_any(matter, *key) for key in (("Learners", "learner_id"), ("Progress", "apl_1")))


def write_steps(page: Any, matter: Matter, row: int) -> int:
    """The steps from ``row`` (from 0) on, in columns E to H; the row after them."""
    look, first = matter.look, row + 1
    under = {"bottom": 2, "bottom_color": ACCENT}
    all_steps = steps(matter)
    fits = {one.sheet for one in all_steps if one.came and not one.done and in_use(matter)}
    last = first + len(all_steps) - 1
    done = sum(one.done or one.sheet in fits for one in all_steps)
    area = f"$G${first + 1}:$G${last + 1}"
    counted = f'="First steps: "&COUNTIF({area},"{DONE}")&" of {len(all_steps)} done"'
    head = look.format(bold=True, font_color=ACCENT, **under)
    put(page, row, 4, counted, f"First steps: {done} of {len(all_steps)} done", head)
    page.write_string(row, 5, "In this order. About an hour, less where you bring lists in.", look.muted(**under))
    page.write_blank(row, 6, None, look.format(**under))
    page.write_string(row, 7, "fits as it came: x", look.muted(align="center", font_size=9, **under))
    line = {"bottom": 1, "bottom_color": LINE}
    for number, one in enumerate(all_steps, 1):
        row += 1
        words = f"{number}  {one.sheet}"
        page.write_url(row, 4, f"internal:'{one.sheet}'!A1", look.link(underline=0, bold=True, **line), words)
        page.write_string(row, 5, one.words, look.format(font_color=INK, **line))
        fitting = f'OR(TRIM($H{row + 1})<>"",{one.formula})' if one.came else one.formula
        state = DONE if one.done or one.sheet in fits else TO_DO
        style = look.format(align="right", indent=1, **line)
        put(page, row, 6, f'=IF(IFERROR({fitting},FALSE),"{DONE}","{TO_DO}")', state, style)
        if one.came:
            box = look.format(border=1, border_color=ACCENT, align="center", num_format="@")
            page.write(row, 7, FITS if one.sheet in fits else None, box)
    if any(one.came for one in all_steps):
        page.data_validation(first, 7, first + sum(one.came for one in all_steps) - 1, 7, {
            "validate": "list", "source": [FITS], "error_type": "warning", "input_title": "Fits as it came",
            "input_message": "Type x if what stands on that sheet is right for your Academy as it is.",
        })  # fmt: skip
    _colour(page, matter, first + 1, last + 1)
    return row + 2


def _colour(page: Any, matter: Matter, top: int, last: int) -> None:
    """The next step stands out; what is done steps back."""
    area = f"E{top}:G{last}"
    following = f'AND($G{top}="{TO_DO}",COUNTIF($G${top}:$G{top},"{TO_DO}")=1)'
    for criteria, style in (
        (following, {"bg_color": TO_CHASE, "bold": True}),
        (f'$G{top}="{DONE}"', {"font_color": MUTED}),
    ):
        page.conditional_format(
            area, {"type": "formula", "criteria": f"={criteria}", "format": matter.look.difference(**style)}
        )
