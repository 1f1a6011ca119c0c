"""The Grid: every learner in every subject, the latest level with its mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from workbook.building.cells import TableSheet
from workbook.building.look import ACCENT, INK, STATUS, WHITE, Look
from workbook.building.tables.table import HEAD, set_up_print
from workbook.building.views.places import (
    Matter,
    helper,
    joined,
    line_where_filled,
    next_of,
    open_view,
    plain,
    purpose,
    put,
)
from workbook.model import CellError, Group, Value
from workbook.model.formulas import DROPS, literal, or_blank
from workbook.model.tracker import FIRST_ROW, column_letter

ROOM_FOR_LEARNERS = 400
_LEAST_SUBJECTS, _LEAST_OF_ONE = 12, 12
"""Room for learners and subjects that are typed or imported later, even into an empty tracker."""
_MOST_OF_ONE = 24
"""Subjects of one learner that the Grid can show."""
_WHO = ("Learner ID", "Learner", "Form", "Above", "Below")
_MARK_OF = {word.lower(): f" {mark}" for word, (_, mark) in STATUS.items()}


def write_grid(page: TableSheet, matter: Matter) -> None:
    """Learners down, subjects across; new learners and subjects come in by themselves while there is room."""
    subjects = [joined(value) for value in matter.values("Subjects", "subject")]
    across = max(_LEAST_SUBJECTS, len(subjects) + 2)
    rows, per = _rows_by_learner(matter)
    per = min(_MOST_OF_ONE, max(per + 2, _LEAST_OF_ONE))
    first, look = len(_WHO), matter.look
    widths = [11, 22, 8, 8, 8, *[12.5] * across]
    open_view(page, look, "Grid", purpose("Grid"), Group.DATA_DROP, widths)
    page.write_string(
        2,
        0,
        "Latest level:  "
        + "   ".join(f"{mark} {word}" for word, (_, mark) in STATUS.items())
        + "   no mark: no baseline, target or level to compare",
        look.muted(),
    )
    _write_heads(page, look, subjects, across, first)
    _write_rows(page, matter, rows, subjects, across, per)
    last = HEAD + _depth(matter)
    page.autofilter(HEAD - 1, 0, last - 1, first + across - 1)
    page.freeze_panes(HEAD, 3)
    set_up_print(page, "Grid", HEAD - 1)
    if learners := len(matter.tracker["Learners"]):
        page.print_area(0, 0, HEAD + learners - 1, first + max(1, len(subjects)) - 1)
    for fill, mark in STATUS.values():
        style = look.difference(bg_color=fill, font_color=INK)
        rule = {"type": "text", "criteria": "ends with", "value": mark, "format": style}
        page.conditional_format(HEAD, first, last - 1, first + across - 1, rule)
    right = column_letter(first + across)
    line_where_filled(page, look, f"A{FIRST_ROW}:{right}{last}", f"$A{FIRST_ROW}")
    named = look.difference(bg_color=ACCENT, font_color=WHITE)
    heads, head = f"{column_letter(first + 1)}{HEAD}:{right}{HEAD}", f"{column_letter(first + 1)}${HEAD}"
    page.conditional_format(heads, {"type": "formula", "criteria": f'={head}<>""', "format": named})
    start = first + across
    for number in range(start, start + 2 * per):
        page.set_column(number, number, 6, None, {"level": 1, "hidden": True})
    page.set_column(start + 2 * per, start + 2 * per, 3, None, {"collapsed": True})


def _depth(matter: Matter) -> int:
    learners = len(matter.tracker["Learners"])
    return max(ROOM_FOR_LEARNERS, learners + 20 + min(200, learners // 4))


def _write_heads(page: Any, look: Look, subjects: Sequence[str], across: int, first: int) -> None:
    page.set_row(HEAD - 1, 32)
    for number, words in enumerate(_WHO):
        page.write_string(HEAD - 1, number, words, look.header(False, number > 2))
    for number in range(across):
        formula = or_blank(f'INDEX(Subjects[Subject],{number + 1})&""')
        value = subjects[number] if number < len(subjects) else ""
        put(
            page, HEAD - 1, first + number, f"={formula}", value, look.format(bold=True, text_wrap=True, align="center")
        )


def _write_rows(
    page: TableSheet,
    matter: Matter,
    rows: dict[Value, list[int]],
    subjects: list[str],
    across: int,
    per: int,
) -> None:
    look, depth = matter.look, _depth(matter)
    shown = _Shown(matter)
    who = matter.values("Learners", "learner_id")
    mine = [rows.get(place, [])[:per] for place in range(1, len(who) + 1)] + [[]] * (depth - len(who))
    first = len(_WHO)
    start = first + across + 1  # the first helper column, from 1
    runs = [
        column_letter(start),
        column_letter(start + per - 1),
        column_letter(start + per),
        column_letter(start + 2 * per - 1),
    ]
    grid: list[list[Value]] = [[shown.cell(subject, places) for places in mine] for subject in subjects]
    grid += [[None] * depth for _ in range(across - len(subjects))]
    left, right = column_letter(first + 1), column_letter(first + across)
    middle = plain(look, align="center")
    columns: list[tuple[str, Any, list[Value]]] = [
        (_learner_id(), plain(look), [*who, *[None] * (depth - len(who))]),
        (_learner("Name"), plain(look, bold=True), _as_texts(matter.values("Learners", "name"), depth)),
        (_learner("Form"), middle, _as_texts(matter.values("Learners", "form"), depth)),
    ]
    for mark in (STATUS["Above"][1], STATUS["Below"][1]):
        counts: list[Value] = [sum(str(column[i] or "").endswith(mark) for column in grid) for i in range(depth)]
        style = plain(look, align="center", num_format="0;;")
        columns.append((f'=COUNTIF({left}{{row}}:{right}{{row}},"*{mark}")', style, counts))
    for number, cells in enumerate(grid):
        columns.append((_cell(column_letter(first + 1 + number), runs), middle, cells))
    columns += _helpers(look, mine, runs, per, start, shown)
    makers = [page.worked_out(column_letter(i), style, formula) for i, (formula, style, _) in enumerate(columns, 1)]
    page.put_records(FIRST_ROW, [values for _, _, values in columns], makers, [0.0] * depth)


def _learner_id() -> str:
    cell = f"INDEX(Learners[Learner ID],{{row}}-{HEAD})"
    return "=" + or_blank(f'IF({cell}="","",{cell})')


def _learner(header: str) -> str:
    return "=" + or_blank(f'INDEX(Learners[{header}],{{row}}-{HEAD})&""')


def _as_texts(values: Sequence[Value], depth: int) -> list[Value]:
    shown: list[Value] = [joined(value) or None for value in values]
    return shown + [None] * (depth - len(shown))


def _helpers(
    look: Look, mine: list[list[int]], runs: list[str], per: int, start: int, shown: _Shown
) -> list[tuple[str, Any, list[Value]]]:
    """For each learner the rows on Progress, then those rows' subjects."""
    columns: list[tuple[str, Any, list[Value]]] = []
    style = helper(look)
    for number in range(per):
        before = f"{column_letter(start + number - 1)}{{row}}" if number else ""
        formula = next_of("$A{row}", f"({{row}}-{HEAD})", "Progress[Learners row]", before)
        found: list[Value] = [places[number] if number < len(places) else None for places in mine]
        columns.append((formula, style, found))
    for number in range(per):
        place = f"{column_letter(start + number)}{{row}}"
        formula = f'=IF({place}="","",' + or_blank(f'INDEX(Progress[Subject],{place})&""') + ")"
        names: list[Value] = [
            joined(shown.subjects[places[number] - 1]) or None if number < len(places) else None for places in mine
        ]
        columns.append((formula, style, names))
    return columns


def _cell(letter: str, runs: list[str]) -> str:
    """The latest level of the learner in the subject at the head of the column, and the mark of its status."""
    rows, subjects = f"${runs[0]}{{row}}:${runs[1]}{{row}}", f"${runs[2]}{{row}}:${runs[3]}{{row}}"
    place = f"INDEX({rows},MATCH({literal(f'{letter}${HEAD}')},{subjects},0))"
    words, marks = (",".join(f'"{one}"' for one in group) for group in (_MARK_OF, _MARK_OF.values()))
    mark = or_blank(f"INDEX({{{marks}}},MATCH(INDEX(Progress[Status],{place}),{{{words}}},0))")
    level = f"INDEX(Progress[[APL {DROPS[0]}]:[APL {DROPS[-1]}]],{place},INDEX(Progress[Drop],{place}))"
    return f'=IF({letter}${HEAD}="","",' + or_blank(f"{level}&{mark}") + ")"


def _rows_by_learner(matter: Matter) -> tuple[dict[Value, list[int]], int]:
    """The places of each learner's rows on Progress, and the most that a learner has."""
    rows: dict[Value, list[int]] = defaultdict(list)
    for place, value in enumerate(matter.values("Progress", "learners_row"), start=1):
        rows[value].append(place)
    rows.pop(None, None)
    return rows, max((len(places) for places in rows.values()), default=0)


class _Shown:
    """What the cells of the grid say."""

    def __init__(self, matter: Matter) -> None:
        self.subjects = matter.values("Progress", "subject")
        self._folded = [joined(subject).lower() for subject in self.subjects]
        self._levels = [matter.values("Progress", f"apl_{drop}") for drop in DROPS]
        self._drops = matter.values("Progress", "drop")
        self._status = matter.values("Progress", "status")

    def cell(self, subject: str, places: Sequence[int]) -> str | None:
        """The latest level with its mark, None for nothing."""
        wanted = subject.lower()
        place = next((place - 1 for place in places if self._folded[place - 1] == wanted), None)
        if place is None or not wanted:
            return None
        drop = self._drops[place]
        if not isinstance(drop, int | float):
            return None
        level = self._levels[int(drop) - 1][place]
        if isinstance(level, CellError):
            return None
        return joined(level) + _MARK_OF.get(joined(self._status[place]).lower(), "")
