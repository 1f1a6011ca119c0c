"""How sheets look: the colours, the few sizes of type, and a cell's format by its kind."""

from __future__ import annotations

from typing import Any, TypeAlias

from workbook.measures.levels import STATUS_MARKS
from workbook.model import Column, Group, Kind

Format: TypeAlias = Any  # xlsxwriter ships no types

FONT = "Calibri"
INK, MUTED, LINE, ACCENT, SOFT = "#1B2733", "#5B6B7A", "#D9E0E6", "#1F5F7A", "#EAF2F5"
WHITE, WORKED_OUT, WORKED_OUT_HEAD = "#FFFFFF", "#F4F6F8", "#5B6B7A"
TITLE, BODY, SMALL = 18, 10, 9

_FILLS = ("#D0E4F5", "#CCE8D6", "#FFE8B3", "#F6D7D2")
STATUS = {word: (fill, mark) for fill, (word, mark) in zip(_FILLS, STATUS_MARKS.items(), strict=True)}
"""Fill and mark of each status; the mark and the word stay when colours are lost in print."""
TO_CHASE, WRONG = "#FFE8B3", "#F6D7D2"
DARK_RED = "#8A2B1D"

TABS = {
    Group.EVERY_DAY: "#1F5F7A",
    Group.DATA_DROP: "#2F7A59",
    Group.PROGRESS_DAY: "#A0640A",
    Group.WHEN_NEEDED: "#6A5A9C",
    Group.SET_UP: "#5B6B7A",
}

# Typed values of these kinds are text even where they look like numbers or dates: 007, 9-8, 10E1, 4-.
AS_TEXT = {
    Kind.LEARNER,
    Kind.NAME,
    Kind.TEXT,
    Kind.CHOICE,
    Kind.YES_NO,
    Kind.LEVEL,
    Kind.EFFORT,
    Kind.MARK,
    Kind.UPN,
    Kind.ULN,
    Kind.PHONE,
}
CENTRED = {Kind.DATE, Kind.NUMBER, Kind.WHOLE, Kind.YES_NO, Kind.LEVEL, Kind.EFFORT, Kind.MARK}
WRAPPED = {Kind.NOTE}
DATE = "d mmm yyyy"


def number_format(column: Column) -> str:
    """The number format of a column's cells. A formula is never formatted as text, or editing it would freeze it."""
    if column.format:
        return column.format
    if column.kind is Kind.DATE:
        return DATE
    if column.kind is Kind.WHOLE:
        return "0"
    return "@" if column.kind in AS_TEXT and not column.computed else "General"


class Look:
    """The formats of one workbook; asking twice for the same properties gives the same format."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **properties: Any) -> Format:
        """A format with the house's type and ink unless ``properties`` say otherwise."""
        whole = {"font_name": FONT, "font_size": BODY, "font_color": INK, "valign": "vcenter", **properties}
        return self._cached(whole)

    def difference(self, **properties: Any) -> Format:
        """A format that changes only what ``properties`` name, for conditional formats."""
        return self._cached(properties)

    def _cached(self, properties: dict[str, Any]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def title(self) -> Format:
        """A sheet's title."""
        return self.format(font_size=TITLE, bold=True, font_color=ACCENT)

    def muted(self, **properties: Any) -> Format:
        """Words beside the matter."""
        return self.format(**{"font_color": MUTED, **properties})

    def link(self, **properties: Any) -> Format:
        """A link to another sheet."""
        return self.format(**{"font_color": ACCENT, "underline": 1, **properties})

    def band(self) -> Format:
        """A drop's name above its columns."""
        return self.muted(font_size=SMALL, align="center")

    def header(self, computed: bool = False, centred: bool = False) -> Format:
        """A column's heading; greyer above cells that work themselves out."""
        ground = WORKED_OUT_HEAD if computed else ACCENT
        return self.format(
            bold=True,
            font_color=WHITE,
            bg_color=ground,
            text_wrap=True,
            **_aligned(centred),
        )

    def cell(self, column: Column, **properties: Any) -> Format:
        """A cell of a table: white to type in, pale grey where it works itself out."""
        whole: dict[str, Any] = {
            "num_format": number_format(column),
            "bottom": 1,
            "bottom_color": LINE,
            **_aligned(column.kind in CENTRED),
        }
        if column.kind in WRAPPED:
            whole["text_wrap"] = True
        if column.computed:
            whole |= {"bg_color": WORKED_OUT, "font_color": INK if column.kind is Kind.NAME else MUTED}
        return self.format(**(whole | properties))

    def column(self, column: Column) -> Format:
        """What a cell below the table has before anything is typed, so that 007 or 9-8 stays text there too."""
        return self.format(num_format=number_format(column), **_aligned(column.kind in CENTRED))


def _aligned(centred: bool) -> dict[str, Any]:
    return {"align": "center"} if centred else {"align": "left", "indent": 1}
