"""Reading a map: each word of it is known, or the nearest one is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.imports.map_brought import BroughtReader
from workbook.imports.mapping import From, Map, Marks, Rows, is_value, sheet_named
from workbook.imports.source import FileOptions
from workbook.imports.who import WHO, Who
from workbook.imports.words import as_text
from workbook.model import Sheet
from workbook.reading.headings import folded

_TOP = ("about", "answers", "file", "settings", "lists", "scale", "fixed", "rows")
_FILE = (
    "encoding", "delimiter", "sheet", "headings_row", "headings_rows", "dates", "decimal", "notes", "groups", "says",
    "rows", "fill",
)  # fmt: skip
_ROWS = ("into", "who", "columns", "each", "only", "same", "blanks", "only_filled", "marks")
_FROM = (
    "column",
    "columns",
    "join",
    "is",
    "number_from",
    "split",
    "part",
    "rest",
    "values",
    "words",
    "dates",
    "blank",
    "fractions",
    "new",
    "if_blank",
)
_MARKS = tuple(Marks.__dataclass_fields__)


class MapReader(BroughtReader):
    """Turns the tables of a map's TOML into a Map; ``name`` is for sentences, ``into`` the sheet of plain rows."""

    def file(self, told: Any) -> FileOptions:
        """What the map says of its file."""
        options = dict(self.known(told, _FILE, "[file]"))
        for key in ("dates", "groups", "says", "fill"):
            options[key] = self.texts(options.get(key, []), key)
        options["notes"] = self.one_of(options.get("notes", "keep"), ("keep", "skip"), "notes") == "skip"
        row = options.pop("headings_row", None)
        rows = options.get("headings_rows", [] if row is None else row)
        rows = rows if isinstance(rows, list) else [rows]
        if not all(isinstance(one, int) and one >= 1 for one in rows) or rows != sorted(set(rows)):
            raise self.cannot("headings_row should be the number of a row, from 1; headings_rows a list of them")
        lines = options.get("rows", [])
        if lines and (len(lines) != 2 or not all(isinstance(one, int) for one in lines) or not 0 < lines[0] < lines[1]):
            raise self.cannot("rows should be the first and the last line of the table, such as rows = [6, 20]")
        options |= {"headings_rows": tuple(rows), "rows": tuple(lines)}
        return FileOptions(**options)

    def who(self, told: Any) -> Who:
        """How the learner of a row is found."""
        one = dict(self.known(told, (*WHO, "answers"), "who"))
        answers = self.dictionary(one.pop("answers", {}), "answers of who")
        if not one or not all(isinstance(heading, str) for heading in one.values()):
            raise self.cannot('who should name columns of the file, such as who = { upn = "UPN", name = "Student" }')
        return Who(**one, answers=tuple(answers.items()))

    def rows(self, told: Any) -> Rows:
        """A [[rows]] block."""
        block = self.known(told, _ROWS, "[[rows]]")
        sheet = sheet_named(block["into"]) if "into" in block else self.into
        if sheet is None:
            raise self.cannot('[[rows]] should say into which sheet, such as into = "Progress"')
        wipe = self._wipes(block.get("blanks", "keep"), "blanks")
        columns = {
            self.key(sheet, heading): self.origin(one, heading, wipe)
            for heading, one in self.table(block.get("columns", {}), "columns").items()
        }
        marks = self.marks(block["marks"], sheet) if "marks" in block else None
        who = self.who(block["who"]) if "who" in block else None
        if not columns and not (who and marks):
            raise self.cannot(f"[[rows]] into {sheet.name} has no columns")
        same = tuple(self.key(sheet, one) for one in self.texts(block.get("same", []), "same")) or sheet.unique
        missing = [key for key in same if key not in columns and not (marks and key == "week")]
        missing = [key for key in missing if not (who and key == "learner_id")]
        if missing:
            header = sheet.by_key[missing[0]].header
            raise self.cannot(f"[[rows]] into {sheet.name} has no column {header}, which says what row is meant")
        only = self.table(block.get("only", {}), "only")
        return Rows(
            sheet,
            columns,
            self.each(block.get("each", {})),
            {heading: tuple(map(folded, self.texts(one, "only"))) for heading, one in only.items()},
            same,
            marks,
            who,
            bool(block.get("only_filled", False)),
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
        for key in ("fractions", "rest", "if_blank"):
            if not isinstance(one.get(key, False), bool):
                raise self.cannot(f"{key} of {heading} should be true or false")
        return From(
            columns=self.texts(one.get("column", one.get("columns", [])), f"column of {heading}"),
            join=str(one.get("join", " ")),
            constant=constant or None if isinstance(constant, str) else constant,
            number_from=number,
            split=str(one.get("split", "")),
            part=part,
            rest=one.get("rest", False),
            values=self.dictionary(one.get("values", {}), f"values of {heading}"),
            words=words,
            dates=self.texts(one.get("dates", []), f"dates of {heading}"),
            wipe=self._wipes(one["blank"], "blank") if "blank" in one else wipe,
            fractions=one.get("fractions", False),
            if_blank=one.get("if_blank", False),
            new=str(one.get("new", "")),
        )

    def each(self, told: Any) -> dict[str, dict[str, str] | str]:
        """Names and what they stand for: words in the headings, and what the sheet should say for them."""
        found: dict[str, dict[str, str] | str] = {}
        for name, values in self.table(told, "each").items():
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
        by_row = "date" in one and bool({"mark", "am", "pm", "text"} & set(one))
        by_heading = "headings" in one or bool(one.get("sessions"))
        if by_heading == by_row:
            raise self.cannot(
                '[rows.marks] should have headings = "{date} {half}" or sessions = true (a column for each session), '
                "or date with half and mark, or date with am and pm, or date with text"
            )
        if "headings" in one and not ("{date}" in one["headings"] and "{half}" in one["headings"]):
            raise self.cannot("headings of [rows.marks] should hold {date} and {half}")
        for key in ("dates", "am_words", "pm_words"):
            if key in one:
                one[key] = self.texts(one[key], key)
        for key in ("values", "am_values", "pm_values"):
            if key in one:
                one[key] = self.dictionary(one[key], key)
        return Marks(**one)

    def _wipes(self, told: Any, where: str) -> bool:
        return self.one_of(told, ("keep", "wipe"), where) == "wipe"

    def one_of(self, told: Any, words: tuple[str, ...], where: str) -> str:
        """One of a few words."""
        if told not in words:
            raise self.cannot(f"{where} should be {' or '.join(map(repr, words))}".replace("'", '"'))
        return str(told)


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
        {key: as_text(value) for key, value in reader.table(told.get("answers", {}), "[answers]").items()},
    )  # fmt: skip
