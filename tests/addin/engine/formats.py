"""What hangs on the engine's ranges: fonts, lines, conditional formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import xlwings as xw
from xlwings import base_classes

from tests.addin.engine import com

if TYPE_CHECKING:
    from tests.addin.engine.cells import Range

RULES: dict[tuple[int, str], list[dict[str, Any]]] = {}
"""The conditional formats that were added, by document and sheet."""


class Font(base_classes.Font):
    """The font of a range: colour, size, name and weight are set, as Excel calls them."""

    _WHERE = {"color": "CharColor", "size": "CharHeight", "name": "CharFontName", "bold": "CharWeight"}

    def __init__(self, cells: Range) -> None:
        object.__setattr__(self, "cells", cells)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self._WHERE:
            value = com.number_of(value) if name == "color" else 150.0 if value is True else value
            self.cells.change("look", name=self._WHERE[name], value=100.0 if value is False else value)


class Borders(base_classes.Borders):
    """The lines of a range, as far as they lie below its rows."""

    def __init__(self, cells: Range) -> None:
        self.cells = cells

    def set(self, which: Sequence[str], *, line_style: str, weight: str, color: Any) -> None:
        assert set(which) <= {"inside_horizontal", "edge_bottom"}
        if "inside_horizontal" in which and self.cells.shape[0] == 1:
            raise xw.XlwingsError("Exception occurred: 'Unable to set the LineStyle property of the Border class'")
        self.cells.change("lines", color=com.number_of(color))


class Rules(base_classes.ConditionalFormats):
    """The conditional formats of a range, as far as they are formulas."""

    def __init__(self, cells: Range) -> None:
        self.cells = cells
        self.kept = RULES.setdefault((cells.sheet.book.doc, cells.sheet.name), [])

    def __len__(self) -> int:
        return len(self.kept)

    def __iter__(self) -> Iterator[Rule]:
        return (Rule(one) for one in list(self.kept))

    def __call__(self, key: int) -> Rule:
        return Rule(self.kept[key - 1])

    def add_custom(self, spec: dict[str, Any]) -> Rule:
        if len(spec["formula"]) > 255:
            raise xw.XlwingsError("Exception occurred: Microsoft Excel, 'A formula of a format has 255 characters.'")
        fill = com.number_of(spec["fill_color"]) if spec.get("fill_color") else 0xFFFFFF
        self.cells.change("add_rule", formula=spec["formula"], fill=fill)
        self.kept.append(spec)
        return Rule(spec)


class Rule(base_classes.ConditionalFormat):
    def __init__(self, spec: dict[str, Any]) -> None:
        self.spec = spec

    @property
    def formula(self) -> str:
        return self.spec["formula"]
