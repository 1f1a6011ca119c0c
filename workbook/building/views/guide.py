"""The Guide: the first ten minutes, how the usual jobs are done, what words, marks and flags mean."""

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

TEN_MINUTES = (
    ("1 min", "Start", "Where everything is, and the first steps: set-up in order, each done or to do."),
    ("1 min", "Learners", "White cells are yours to type in. Grey cells work themselves out; leave them alone."),
    (
        "2 min",
        "My week",
        "Read from the top: whom to see first, why, the last contact and a next step. Then what is due, with its cell.",
    ),
    (
        "2 min",
        "My week",
        "After a conversation, type in the framed cells beside the name: Record, With or kind, In words, Next date. "
        "Press My week again: it is on Contacts, and the learner "
        "comes back when the answer has run out or things get worse.",
    ),
    ("1 min", "Learner view", "Choose a form, then a learner: levels, attendance, targets and contacts on a page."),
    (
        "1 min",
        "Registers",
        "A mark for each session. A hatched cell is a mark still missing.",
    ),
    ("1 min", "Progress", "Once a data drop: the level and effort of each subject. The Grid shows where gaps are."),
    (
        "1 min",
        "Problems",
        "Press Check, or run mentorbook check: each line has a cell and how to mend it.",
    ),
)
JOBS = (
    ("Before a Progress Day", "Read the Learner view with the learner, then write three targets on Targets."),
    (
        "A conversation elsewhere",
        "Press New contact in the learner's row on any sheet, or add a row to Contacts. “Seen, no action” answers too.",
    ),
    ("A new learner", "Add a row to Learners, then to Progress for each subject. The lists everywhere follow."),
    ("A new form or mentor", "Type it on Learners; every list has it at once."),
    ("Another word in a list", "Add it at the end of its column on Lists (right-click any tab, Unhide, Lists)."),
    ("A form on paper", "Form view prints a page. Elsewhere choose the form in the filter of Form first, then print."),
    ("A sheet you cannot see", "Sheets seldom used are folded away: right-click any tab, then Unhide."),
    ("Your own levels", "Replace the levels on Scales. Order and points decide, never the letters of a level."),
    ("Not assessed", "Type the word that Settings gives for it. It is never counted; a blank is not a zero."),
    ("A new school year", "Set the dates on Terms and Drops and the year on Settings, and clear what is over."),
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
_WIDTHS = (26, 15, 12, 10, 60, 40, 46)
_PAGE = 4
"""The column (from 0) to which the first page reaches; the flags below it need all of them."""


def write_guide(page: Any, matter: Matter) -> None:
    """A page to begin with: ten minutes, jobs, words. Below it every flag, its threshold and how often it is raised."""
    look = matter.look
    open_view(page, look, "Guide", purpose("Guide"), Group.SET_UP, _WIDTHS)
    row = _write_ten_minutes(page, look, 3)
    row = _write_list(page, look, row + 1, "How to do it", JOBS)
    row = _write_status(page, look, row + 1)
    page.set_h_pagebreaks([row + 1])
    _write_flags(page, matter, row + 1)
    page.freeze_panes(2, 0)


def _title(page: Any, look: Look, row: int, words: str, to: int = _PAGE) -> None:
    for column in range(to + 1):
        page.write_string(row, column, words if not column else "", section(look))


def _write_ten_minutes(page: Any, look: Look, row: int) -> int:
    """The sheets to look at, in order, with how long it takes; each name leads there."""
    _title(page, look, row, "Your first ten minutes")
    room = sum(_WIDTHS[1 : _PAGE + 1]) - 2
    for number, (minutes, sheet, words) in enumerate(TEN_MINUTES, 1):
        row += 1
        name = f"{number}  {sheet}  ({minutes})"
        page.write_url(row, 0, f"internal:'{sheet}'!A1", look.link(underline=0, bold=True, valign="top"), name)
        wrap = look.format(text_wrap=True, valign="top")
        page.merge_range(row, 1, row, _PAGE, words, wrap)
        height = row_heights([([words], room)], 1, ROW_POINTS, BODY)[0]
        page.set_row(row, height or ROW_POINTS)
    return row + 1


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
    pairs = reversed(list(zip(names, values, strict=True)))  # of two rows the first counts
    typed = {str(name).strip().lower(): value for name, value in pairs}
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
