"""What a map brings of its own: scales, fixed rows, settings, choices of lists."""

from __future__ import annotations

from typing import Any

from workbook.imports.map_words import MapWords
from workbook.imports.mapping import Literal, is_value, sheet_named
from workbook.imports.words import as_text, nearest
from workbook.model import Sheet, Value
from workbook.model.lists import LISTS
from workbook.model.setting import Setting
from workbook.model.settings import SETTINGS
from workbook.model.vocabulary import Kind
from workbook.reading.headings import folded

_SCALE = ("name", "levels", "points", "labels", "label", "pass_from", "tolerance")


class BroughtReader(MapWords):
    """Reads the blocks of a map that do not speak of the file."""

    def scale(self, told: Any) -> list[Literal]:
        """The rows of Scales that a [[scale]] stands for; points are the levels' own numbers, else 1, 2, 3 …"""
        one = self.known(told, _SCALE, "[[scale]]")
        levels = [as_text(level) for level in one.get("levels", [])]
        if not levels or not isinstance(one.get("name"), str):
            raise self.cannot("[[scale]] should have a name and its levels, low to high")
        numbers = [float(level) for level in levels if level.replace(".", "", 1).isdigit()]
        points = one.get("points") or (numbers if len(numbers) == len(levels) else list(range(1, len(levels) + 1)))
        labels = one.get("labels") or [one.get("label", "{}").replace("{}", level) for level in levels]
        if len(points) != len(levels) or len(labels) != len(levels):
            raise self.cannot(f"the scale {one['name']} should have as many points and labels as levels")
        first = as_text(one["pass_from"]) if "pass_from" in one else None
        if first is not None and first not in levels:
            raise self.cannot(f"pass_from of {one['name']} is no level of it{nearest(first, levels)}")
        return [
            {
                "scale": one["name"], "level": level, "order": order, "points": _whole(point),
                "label_for_parents": label, "active": "Yes", "tolerance": one.get("tolerance", 0.5),
                "pass": None if first is None else "Yes" if order > levels.index(first) else "No",
            }
            for order, (level, point, label) in enumerate(zip(levels, points, labels, strict=True), start=1)
        ]  # fmt: skip

    def fixed(self, told: Any) -> tuple[Sheet, tuple[Literal, ...]]:
        """Rows that the map brings of its own."""
        block = self.known(told, ("into", "rows"), "[[fixed]]")
        if "into" not in block or not isinstance(block.get("rows"), list):
            raise self.cannot('[[fixed]] should say into = "Subjects" and rows = [{ … }]')
        sheet = sheet_named(block["into"])
        rows = []
        for told_row in block["rows"]:
            row = self.table(told_row, "a row of [[fixed]]")
            if not all(is_value(value) for value in row.values()):
                raise self.cannot(f"a row of [[fixed]] into {sheet.name} holds something that is no single value")
            rows.append({self.key(sheet, heading): value for heading, value in row.items()})
        return sheet, tuple(rows)

    def settings(self, told: Any) -> dict[str, Value]:
        """Settings by name; "" turns one off."""
        by_name = {folded(one.label): one for one in SETTINGS} | {one.name: one for one in SETTINGS}
        found: dict[str, Value] = {}
        for key, value in self.table(told, "[settings]").items():
            setting = by_name.get(key) or by_name.get(folded(key))
            if setting is None:
                raise self.cannot(f"there is no setting {key}{nearest(key, [one.name for one in SETTINGS])}")
            found[setting.name] = self._setting(setting, value)
        return found

    def _setting(self, setting: Setting, value: Any) -> Value:
        if value == "":
            return None
        if isinstance(value, bool):
            value = as_text(value)
        number = isinstance(value, (int, float))
        low, high = setting.low, setting.high
        inside = not number or ((low is None or value >= low) and (high is None or value <= high))
        named = not setting.choices or value in setting.choices
        if not is_value(value) or number != (setting.kind is Kind.NUMBER) or not inside or not named:
            choices = f" (there are {', '.join(setting.choices)})" if setting.choices else ""
            raise self.cannot(f"the setting {setting.name} cannot be {value}{choices}")
        return value  # type: ignore[no-any-return]

    def lists(self, told: Any) -> dict[str, tuple[str, ...]]:
        """Choices to add, by the list's name."""
        by_folded = {folded(name): name for name in LISTS}
        found = {}
        for key, choices in self.table(told, "[lists]").items():
            if folded(key) not in by_folded:
                raise self.cannot(f"there is no list {key}{nearest(key, LISTS)}")
            found[by_folded[folded(key)]] = self.texts(choices, key)
        return found


def _whole(number: Any) -> Any:
    return int(number) if isinstance(number, float) and number.is_integer() else number
