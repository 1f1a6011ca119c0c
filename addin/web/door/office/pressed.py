"""A deed that was begun by a button: what it knows of the workbook, and what the page was asked last."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from addin.deeds import actions
from addin.web.door.office import snapshot

Told = dict[str, Any]


@dataclass
class Pressed:
    """A deed on its way: what was read last, and what the page was asked last."""

    work: actions.Deed
    told: Told | None = None
    opened: actions.Opened | None = None
    asked: actions.Action | None = None
    saves: bool = True
    files: list[str] = field(default_factory=list)

    @property
    def read(self) -> tuple[Told, actions.Opened]:
        """The workbook as it was told of, and the tracker in it."""
        if self.told is None or self.opened is None:
            raise RuntimeError("a deed reads before it writes")
        return self.told, self.opened

    def table(self, name: str) -> str:
        """The name by which Excel knows a table of the tracker."""
        known = self.told and self.opened and snapshot.table_name(self.told, self.opened, name)
        return known or name
