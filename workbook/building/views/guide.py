"""The Guide: what marks, words and flags mean, and how the usual jobs are done."""

from __future__ import annotations

from typing import Any

from workbook.building.heights import row_heights
from workbook.building.look import BODY, STATUS, Look
from workbook.building.tables.table import ROW_POINTS
from workbook.building.views.places import Matter, figure, open_view, purpose, put, section
from workbook.building.views.written_rows import BAND_WORDS
from workbook.model import Group
from workbook.model.rules import RULES
from workbook.model.settings import BY_NAME

JOBS = (
    ("Each day", "Mark the registers, note incidents and contacts, then look at My week."),
    (
        "A data drop",
        "Paste or type the levels and effort codes of the drop on Progress, then look at the Grid for gaps.",
    ),
    ("Before a Progress Day", "Read the Learner view with the learner, then write three targets on Targets."),
    (
        "After a conversation",
        "Type it beside the list on My week, or add a row to Contacts. “Seen, no action” with a reason answers too.",
    ),
    ("A new learner", "Add a row to Learners, then to Progress for each subject. The lists everywhere follow."),
    ("A new school year", "Set the dates on Terms and Drops, the year on Settings, and clear what is over."),
    ("Your own levels", "Replace the levels on Scales. Order and points decide, never the letters of a level."),
    ("A word in a list", "Add it at the end of its column on Lists; every dropdown has it at once."),
    (
        "Not assessed",
        "Type the word that Settings gives for it. It is never counted as a level; a blank is not a zero.",
    ),
    ("Safeguarding", "Never in this workbook: see the safeguarding lead."),
)
STATUS_WORDS = {
    "Above": "Ahead by at least the tolerance of the scale.",
    "On": "Within the tolerance of the scale.",
    "Just below": "Behind by more than the tolerance, by one point at most.",
    "Below": "Behind by more than a point.",
}
OTHER_WORDS = (
    (
        "No baseline",
        "There is no starting point, so there is nothing to compare. It is not a fault and raises no flag.",
    ),
    ("No target", "There is no target yet."),
    ("Check level", "The level is not on the scale of the subject; the cell is underlined in red."),
    ("Hatched cell", "A register mark that is missing: neither present nor absent until it is filled in."),
)
_WIDTHS = (28, 17, 13, 12, 66, 46, 60)


def write_guide(page: Any, matter: Matter) -> None:
    """Jobs, words, then every flag with its threshold and how often it is raised."""
    look = matter.look
    open_view(page, look, "Guide", purpose("Guide"), Group.SET_UP, _WIDTHS)
    row = _write_list(page, look, 3, "How to do it", JOBS)
    row = _write_status(page, look, row + 1)
    _write_flags(page, matter, row + 1)
    page.freeze_panes(2, 0)


def _title(page: Any, look: Look, row: int, words: str, to: int = 4) -> None:
    for column in range(to + 1):
        page.write_string(row, column, words if not column else "", section(look))


def _write_list(page: Any, look: Look, row: int, title: str, lines: tuple[tuple[str, str], ...]) -> int:
    _title(page, look, row, title)
    for first, words in lines:
        row += 1
        page.write_string(row, 0, first, look.format(bold=True))
        page.write_string(row, 1, words, look.format())
    return row + 1


def _write_status(page: Any, look: Look, row: int) -> int:
    _title(page, look, row, "Words and marks")
    for word, (fill, mark) in STATUS.items():
        row += 1
        page.write_string(row, 0, f"{mark} {word}", look.format(bg_color=fill, bold=True))
        page.write_string(row, 1, STATUS_WORDS[word], look.format())
    for word, meaning in OTHER_WORDS:
        row += 1
        page.write_string(row, 0, word, look.format(bold=True))
        page.write_string(row, 1, meaning, look.format())
    row += 1
    page.write_string(row, 0, "What is compared", look.format(bold=True))
    return row + 1


def _write_flags(page: Any, matter: Matter, row: int) -> None:
    look = matter.look
    measure = matter.tracker.settings["status_measure"]
    put(page, row - 2, 1, "=status_measure", measure, look.format())
    _title(page, look, row, "Flags: one reason asks for a look, two or more for a talk", len(_WIDTHS) - 1)
    row += 1
    for column, words in enumerate(
        ("Flag", "Band", "Threshold", "Raised", "What it says", "Why it matters", "What to do")
    ):
        page.write_string(row, column, words, look.header(False, column in (2, 3)))
    page.set_row(row, 22)
    names, values = matter.values("Settings", "name"), matter.values("Settings", "value")
    typed = {str(name).strip().lower(): value for name, value in zip(names, values, strict=True)}
    for rule in RULES:
        row += 1
        limit = typed.get(rule.setting, BY_NAME[rule.setting].default)
        words = rule.outline
        wrap = figure(look, text_wrap=True)
        page.write_string(row, 0, rule.title, figure(look, bold=True))
        page.write_string(row, 1, BAND_WORDS[rule.band], figure(look))
        is_date = BY_NAME[rule.setting].kind.value == "date"
        style = figure(look, align="center", num_format="d mmm yyyy" if is_date else "General")
        put(page, row, 2, f'=IF({rule.setting}="","off",{rule.setting})', "off" if limit is None else limit, style)
        raised = sum(flag.code == rule.code for flag in matter.flags)
        count = figure(look, align="center", num_format="0;;–")
        put(page, row, 3, f'=COUNTIF(Flags[Flag],"{rule.title}")', raised, count)
        texts = (words, rule.why, rule.do)
        for column, text in enumerate(texts, start=4):
            page.write_string(row, column, text, wrap)
        notes = [([text], width) for text, width in zip(texts, _WIDTHS[4:], strict=True)]
        height = row_heights(notes, 1, ROW_POINTS, BODY)[0]
        if height:
            page.set_row(row, height)
    row += 2
    learners = sum(value is not None for value in matter.values("Learners", "learner_id"))
    put(
        page,
        row,
        0,
        '="Counted among "&COUNTA(Learners[Learner ID])&" learners."',
        f"Counted among {learners} learners.",
        look.muted(),
    )
    page.write_string(
        row + 1,
        0,
        "Thresholds are yours to change on Settings. Whatever a flag says, the mentor decides.",
        look.muted(),
    )
