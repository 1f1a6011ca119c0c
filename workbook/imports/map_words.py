"""Words of a map, each of which is known or refused with the nearest one that is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from workbook.imports.mapping import is_value, own_headings
from workbook.imports.words import as_text, nearest
from workbook.model import CannotDo, Sheet
from workbook.reading.headings import folded


class MapWords:
    """Reads single words of a map's TOML; ``name`` is for sentences, ``into`` the sheet of plain rows."""

    def __init__(self, name: str, into: Sheet | None) -> None:
        self.name, self.into = name, into

    def cannot(self, words: str) -> CannotDo:
        """A refusal that names the map."""
        return CannotDo(f"The map {self.name}: {words}.")

    def known(self, told: Any, names: Collection[str], where: str) -> dict[str, Any]:
        """A table whose keys are all among ``names``."""
        if not isinstance(told, dict):
            raise self.cannot(f"{where} should be a table of settings in square or curly brackets")
        for key in told:
            if key not in names:
                raise self.cannot(f"{where} has no setting {key}{nearest(key, names)}")
        return told

    def texts(self, told: Any, where: str) -> tuple[str, ...]:
        """One text or several."""
        texts = [told] if isinstance(told, str) else told
        if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
            raise self.cannot(f"{where} should be a text or a list of texts")
        return tuple(texts)

    def dictionary(self, told: Any, where: str) -> dict[str, str]:
        """A table of translations, by folded text."""
        if not isinstance(told, dict) or not all(is_value(one) for one in told.values()):
            raise self.cannot(f'{where} should read like {{"A" = "/", "-" = ""}}')
        return {folded(key): as_text(value) for key, value in told.items()}

    def key(self, sheet: Sheet, heading: str) -> str:
        """The key of a column of a sheet that people type in."""
        column = own_headings(sheet).get(folded(heading)) or sheet.by_key.get(heading)
        if column is None:
            known = [one.header for one in sheet.entry]
            raise self.cannot(f"{sheet.name} has no column {heading}{nearest(heading, known)}")
        if column.computed:
            raise self.cannot(f"{column.header} of {sheet.name} works itself out and takes nothing")
        return column.key

    def table(self, told: Any, where: str) -> Mapping[str, Any]:
        """A table of settings whose keys are the map's own."""
        if not isinstance(told, dict):
            raise self.cannot(f"{where} should be a table of settings in square or curly brackets")
        return told
