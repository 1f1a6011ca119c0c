"""Reading a map: each word of it is known, or the nearest one is named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from workbook.imports.mapping import From, Literal, Map, Marks, Rows, is_value, own_headings, sheet_named
from workbook.imports.source import FileOptions
from workbook.imports.words import as_text, nearest
from workbook.model import CannotDo, Sheet, Value
from workbook.model.lists import LISTS
from workbook.model.settings import SETTINGS, Setting
from workbook.model.vocabulary import Kind
from workbook.reading.headings import folded

_TOP = ("about", "file", "settings", "lists", "scale", "fixed", "rows")
_FILE = ("encoding", "delimiter", "sheet", "headings_row", "dates", "decimal")
_ROWS = ("into", "columns", "each", "only", "same", "blanks", "marks")
_FROM = ("column", "columns", "join", "is", "number_from", "split", "part", "values", "words", "dates", "blank")
_SCALE = ("name", "levels", "points", "labels", "label", "pass_from", "tolerance")
_MARKS = tuple(Marks.__dataclass_fields__)


class MapReader:
    """Turns the tables of a map's TOML into a Map; ``name`` is for sentences, ``into`` the sheet of plain rows."""

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

    def file(self, told: Any) -> FileOptions:
        """What the map says of its file."""
        options = dict(self.known(told, _FILE, "[file]"))
        options["dates"] = self.texts(options.get("dates", []), "dates")
        row = options.get("headings_row", 1)
        if not isinstance(row, int) or row < 1:
            raise self.cannot("headings_row should be the number of a row, from 1")
        return FileOptions(**options)

    def rows(self, told: Any) -> Rows:
        """A [[rows]] block."""
        block = self.known(told, _ROWS, "[[rows]]")
        sheet = sheet_named(block["into"]) if "into" in block else self.into
        if sheet is None:
            raise self.cannot('[[rows]] should say into which sheet, such as into = "Progress"')
        wipe = self._wipes(block.get("blanks", "keep"), "blanks")
        columns = {
            self.key(sheet, heading): self.origin(one, heading, wipe)
            for heading, one in self._table(block.get("columns", {}), "columns").items()
        }
        marks = self.marks(block["marks"], sheet) if "marks" in block else None
        if not columns:
            raise self.cannot(f"[[rows]] into {sheet.name} has no columns")
        same = tuple(self.key(sheet, one) for one in self.texts(block.get("same", []), "same")) or sheet.unique
        missing = [key for key in same if key not in columns and not (marks and key == "week")]
        if missing:
            header = sheet.by_key[missing[0]].header
            raise self.cannot(f"[[rows]] into {sheet.name} has no column {header}, which says what row is meant")
        only = self._table(block.get("only", {}), "only")
        return Rows(
            sheet,
            columns,
            self.each(block.get("each", {})),
            {heading: tuple(map(folded, self.texts(one, "only"))) for heading, one in only.items()},
            same,
            marks,
        )

    def origin(self, told: Any, heading: str, wipe: bool) -> From:
        """Where the cells of a column come from; a text alone is a column of the file."""
        if isinstance(told, str):
            return From(columns=(told,), wipe=wipe)
        one = self.known(told, _FROM, f"the column {heading}")
        sources = [key for key in ("column", "columns", "is", "number_from") if key in one]
        if len(sources) != 1:
            raise self.cannot(f"the column {heading} should have one of column, columns, is and number_from")
        number = one.get("number_from", "")
        if "number_from" in one and not (isinstance(number, str) and number[-1:].isdigit()):
            raise self.cannot(f'number_from of {heading} should be a first number such as "S001"')
        constant = one.get("is")
        if constant is not None and not is_value(constant):
            raise self.cannot(f"is of {heading} should be a single value")
        words, part = one.get("words", ""), one.get("part", 1)
        if words and (not isinstance(words, str) or "{}" not in words):
            raise self.cannot(f'words of {heading} should hold {{}} where the value goes, such as "{{}} absences"')
        if not isinstance(part, int) or part == 0:
            raise self.cannot(f"part of {heading} should be a number such as 1, or -1 for the last")
        return From(
            columns=self.texts(one.get("column", one.get("columns", [])), f"column of {heading}"),
            join=str(one.get("join", " ")),
            constant=constant or None if isinstance(constant, str) else constant,
            number_from=number,
            split=str(one.get("split", "")),
            part=part,
            values=self.dictionary(one.get("values", {}), f"values of {heading}"),
            words=words,
            dates=self.texts(one.get("dates", []), f"dates of {heading}"),
            wipe=self._wipes(one["blank"], "blank") if "blank" in one else wipe,
        )

    def each(self, told: Any) -> dict[str, dict[str, str] | str]:
        """Names and what they stand for: words in the headings, and what the sheet should say for them."""
        found: dict[str, dict[str, str] | str] = {}
        for name, values in self._table(told, "each").items():
            if isinstance(values, dict):
                found[name] = {key: as_text(value) for key, value in values.items()}
            elif isinstance(values, str):
                if f"{{{name}}}" not in values:
                    raise self.cannot(f'each.{name} should hold {{{name}}}, such as "{{{name}}} APL"')
                found[name] = values
            else:
                found[name] = {one: one for one in self.texts(values, f"each.{name}")}
        return found

    def marks(self, told: Any, sheet: Sheet) -> Marks:
        """How the file holds register marks."""
        one = dict(self.known(told, _MARKS, "[rows.marks]"))
        if sheet.table != "Registers":
            raise self.cannot(f"[rows.marks] belongs to rows into Registers, not {sheet.name}")
        by_row = "date" in one and ({"half", "mark"} <= set(one) or bool({"am", "pm"} & set(one)))
        by_heading = "headings" in one
        if by_heading == by_row:
            raise self.cannot(
                '[rows.marks] should have headings = "{date} {half}" (a column for each session), or date with half '
                "and mark, or date with am and pm"
            )
        if by_heading and not ("{date}" in one["headings"] and "{half}" in one["headings"]):
            raise self.cannot("headings of [rows.marks] should hold {date} and {half}")
        for key in ("dates", "am_words", "pm_words"):
            if key in one:
                one[key] = self.texts(one[key], key)
        for key in ("values", "am_values", "pm_values"):
            if key in one:
                one[key] = self.dictionary(one[key], key)
        return Marks(**one)

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
            row = self._table(told_row, "a row of [[fixed]]")
            if not all(is_value(value) for value in row.values()):
                raise self.cannot(f"a row of [[fixed]] into {sheet.name} holds something that is no single value")
            rows.append({self.key(sheet, heading): value for heading, value in row.items()})
        return sheet, tuple(rows)

    def settings(self, told: Any) -> dict[str, Value]:
        """Settings by name; "" turns one off."""
        by_name = {folded(one.label): one for one in SETTINGS} | {one.name: one for one in SETTINGS}
        found: dict[str, Value] = {}
        for key, value in self._table(told, "[settings]").items():
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
        for key, choices in self._table(told, "[lists]").items():
            if folded(key) not in by_folded:
                raise self.cannot(f"there is no list {key}{nearest(key, LISTS)}")
            found[by_folded[folded(key)]] = self.texts(choices, key)
        return found

    def key(self, sheet: Sheet, heading: str) -> str:
        """The key of a column of a sheet that people type in."""
        column = own_headings(sheet).get(folded(heading)) or sheet.by_key.get(heading)
        if column is None:
            known = [one.header for one in sheet.entry]
            raise self.cannot(f"{sheet.name} has no column {heading}{nearest(heading, known)}")
        if column.computed:
            raise self.cannot(f"{column.header} of {sheet.name} works itself out and takes nothing")
        return column.key

    def _table(self, told: Any, where: str) -> Mapping[str, Any]:
        if not isinstance(told, dict):
            raise self.cannot(f"{where} should be a table of settings in square or curly brackets")
        return told

    def _wipes(self, told: Any, where: str) -> bool:
        if told not in ("keep", "wipe"):
            raise self.cannot(f'{where} should be "keep" or "wipe"')
        return bool(told == "wipe")


def map_of(told: Mapping[str, Any], name: str, into: str | None) -> Map:
    """The map that a TOML text tells; CannotDo for anything in it that is not known."""
    reader = MapReader(name, sheet_named(into) if into else None)
    reader.known(told, _TOP, "the map")
    for key in ("scale", "fixed", "rows"):
        if not isinstance(told.get(key, []), list):
            raise reader.cannot(f"write [[{key}]] with double brackets")
    rows = tuple(reader.rows(one) for one in told.get("rows", []))
    brought = [(sheet_named("Scales"), tuple(reader.scale(one))) for one in told.get("scale", [])]
    brought += [reader.fixed(one) for one in told.get("fixed", [])]
    sheets = [one.sheet.name for one in rows] + [sheet.name for sheet, _ in brought]
    if into and sheet_named(into).name not in sheets:
        others = ", ".join(dict.fromkeys(sheets))
        raise reader.cannot(f"it brings nothing into {sheet_named(into).name}, but into {others}")
    return Map(
        name, rows, reader.file(told.get("file", {})), tuple(brought), reader.settings(told.get("settings", {})),
        reader.lists(told.get("lists", {})),
    )  # fmt: skip


def _whole(number: Any) -> Any:
    return int(number) if isinstance(number, float) and number.is_integer() else number
