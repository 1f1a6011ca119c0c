"""Work out what a file would change in a tracker, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter, defaultdict

from workbook.imports.difference import CellDifference, Difference, RowDifference, State, others
from workbook.imports.draft import Draft, Names
from workbook.imports.judge import Judge, fold
from workbook.imports.learners import learners_of
from workbook.imports.mapping import Literal, Map, Rows
from workbook.imports.parse import NotTaken, parsed
from workbook.imports.shapes import Finder, wanted_rows
from workbook.imports.source import Source
from workbook.imports.wanted import BLANK, Wanted, said_of_all
from workbook.imports.words import as_text, shown
from workbook.model import CannotDo, Sheet, Table, Tracker, Value, key_of, sheet
from workbook.model.settings import BY_NAME
from workbook.package.memory import left_in_peace
from workbook.reading.headings import folded


@left_in_peace()
def plan(tracker: Tracker, source: Source, plan_map: Map) -> Difference:
    """The difference that ``source``, read by a map, makes to ``tracker``, which stays as it is.

    What the map brings comes first, then its blocks of rows in order, so that later rows may name what earlier ones
    bring. Raises CannotDo where map and file, or map and tracker, do not fit.
    """
    draft = Draft(tracker)
    refused: list[RowDifference] = []
    finders: dict[int, Finder] = {}
    for name, choices in plan_map.lists.items():
        draft.add_choices(sheet("Lists"), key_of(name), choices)
    for one, rows in (*plan_map.brought, (sheet("Settings"), _settings(tracker, plan_map.settings))):
        _take_brought(draft, plan_map, one, rows)
    for block in plan_map.rows:
        finder = _finder(draft, finders)
        refused += _take_rows(draft, source, plan_map, block, finder)
    difference = Difference(tracker, draft.tracker, [*_differences(draft), *_each_once(refused)])
    difference.skipped = list(source.skipped)
    difference.found_by = dict(sum((one.learners.by for one in finders.values()), Counter()))
    difference.ignored = _ignored(source, plan_map)
    return difference


def _finder(draft: Draft, finders: dict[int, Finder]) -> Finder:
    """What finds learners in the draft; made anew only where a block before brought learners."""
    count = len(draft.tracker["Learners"])
    if count not in finders:
        codes = [as_text(code) for code in draft.tracker["Codes"]["code"] if code is not None]
        finders[count] = Finder(learners_of(draft.tracker), first_year(draft.before), codes)
    return finders[count]


def first_year(tracker: Tracker) -> int:
    """The calendar year in which a tracker's academic year starts."""
    return tracker.year[0].year


def _each_once(refused: list[RowDifference]) -> list[RowDifference]:
    """Rows refused for the learner they are about are told once, however many rows they would have made."""
    told: dict[tuple[object, ...], RowDifference] = {}
    for number, one in enumerate(refused):
        told.setdefault((one.source_row, one.reason) if one.about_learner else (number,), one)
    return list(told.values())


def _settings(tracker: Tracker, settings: Literal) -> tuple[Literal, ...]:
    """Rows of the Settings sheet; label and help come along where the tracker lacks the setting."""
    there = {fold(name) for name in tracker["Settings"]["name"]}
    return tuple(
        {"name": name, "value": value}
        | ({} if name in there else {"setting": BY_NAME[name].label, "what_it_does": BY_NAME[name].help})
        for name, value in settings.items()
    )


def _take_brought(draft: Draft, plan_map: Map, one: Sheet, rows: tuple[Literal, ...]) -> None:
    if not rows:
        return
    table = draft.table(one)
    names = draft.names(one, one.unique or tuple(rows[0]), bool(one.unique))
    judge = draft.judge()
    for row in rows:
        try:
            values = {key: parsed(value, one.by_key[key]) for key, value in row.items()}
            missing = [one.by_key[key].header for key in names.same if values.get(key) is None]
            if missing:
                raise NotTaken(f"{missing[0]} is missing")
            wipes = frozenset({"value"} if one.table == "Settings" else ())
            _take(draft, table, names, judge, Wanted(0, values, wipes))
        except NotTaken as reason:
            raise CannotDo(f"The map {plan_map.name} brings a row of {one.name} that cannot be: {reason}.") from reason


def _take_rows(draft: Draft, source: Source, plan_map: Map, block: Rows, finder: Finder) -> list[RowDifference]:
    """Take the rows of a block into the draft; those that are refused, with the reason."""
    table = draft.table(block.sheet)
    _refuse_lost_columns(draft, table, block)
    unique = bool(block.same)
    same = block.same or tuple(dict.fromkeys(("learner_id",) * bool(block.who) + tuple(block.columns)))
    names, judge = draft.names(block.sheet, same, unique), draft.judge()
    refused = []
    for wanted in wanted_rows(source, plan_map, block, finder):
        try:
            if wanted.reason:
                raise NotTaken(wanted.reason, *wanted.asks)
            _take(draft, table, names, judge, wanted)
        except NotTaken as reason:
            about = wanted.about_learner
            what = wanted.named if about and wanted.named else _what(block.sheet, wanted.values) or wanted.named
            refused.append(
                RowDifference(
                    State.REFUSED, block.sheet.name, block.sheet.table, wanted.number, None, what,
                    reason=str(reason), asks=reason.asks, about_learner=about,
                )
            )  # fmt: skip
    return refused


def _take(draft: Draft, table: Table, names: Names, judge: Judge, wanted: Wanted) -> None:
    one = table.sheet
    if names.unique:
        for key in names.same:
            if wanted.values.get(key) is None:
                raise NotTaken(f"{one.by_key[key].header} is blank")
    index = names.find(table, wanted.values)
    subject = wanted.values.get("subject")
    if subject is None and index is not None and "subject" in table.columns:
        subject = table["subject"][index]
    told = {key: value for key, value in wanted.new.items() if index is None and wanted.values.get(key) is None}
    values = judge.spelt(one, wanted.values | told, subject)
    if index is None:
        missing = [column for column in one.entry if column.required and values.get(column.key) is None]
        if missing:
            asks = [(column.header, BLANK) for column in missing if said_of_all(column)]
            blank = " and ".join(column.header for column in missing[:3])
            are, need = ("is", "one") if len(missing) == 1 else ("are", "them")
            raise NotTaken(f"{blank} {are} blank, and each {one.row_is} needs {need}", *asks)
        names.add(draft.put(table, None, values, wanted), values)
    else:
        stays = {*one.unique, *(key for key in wanted.gentle if table.columns[key][index] is not None)}
        kept = {key: value for key, value in values.items() if key not in stays}
        draft.put(table, index, kept, wanted)


def _refuse_lost_columns(draft: Draft, table: Table, block: Rows) -> None:
    """A column that the map fills must still be in the tracker."""
    for key in block.columns:
        if key not in table.letters:
            header = block.sheet.by_key[key].header
            raise CannotDo(
                f"{draft.before.name or 'The tracker'} has no column {header} on {block.sheet.name}: put the heading "
                "back, or leave the column out of the map."
            )


def _differences(draft: Draft) -> list[RowDifference]:
    """What became of each record that a row met, sheet by sheet."""
    found = []
    for name, touched in draft.touched.items():
        table, old = draft.tracker[name], draft.before.tables.get(name)
        count = len(old) if old else 0
        differing = _cell_differences(table, old)
        for index in sorted(touched):
            there, cells = index < count, tuple(differing.get(index, ()))
            state = (State.CHANGED if cells else State.UNCHANGED) if there else State.ADDED
            if cells and not table.sheet.unique:
                record = {cell.key: cell.new for cell in cells}
            else:
                keys = table.sheet.unique or table.columns
                record = {key: table.columns[key][index] for key in keys if key in table.columns}
            row, what = table.rows[index] if there else None, _what(table.sheet, record)
            found.append(RowDifference(state, table.sheet.name, name, touched[index], row, what, cells, index=index))
    return found


def _cell_differences(table: Table, old: Table | None) -> dict[int, list[CellDifference]]:
    """The cells that are others than before, by record; of a new record all that are filled."""
    found: dict[int, list[CellDifference]] = defaultdict(list)
    for key, values in table.columns.items():
        if key not in table.sheet.by_key:
            continue
        header, earlier = table.sheet.by_key[key].header, old.columns[key] if old else []
        for index in others(earlier, values):
            was = earlier[index] if index < len(earlier) else None
            if values[index] is not was:
                found[index].append(CellDifference(key, header, was, values[index]))
    return found


def _what(one: Sheet, values: dict[str, Value]) -> str:
    """The words that name a row: what makes it the only one of its kind, else its first few values."""
    keys = one.unique or tuple(values)[:3]
    texts = [shown(value).strip("“”") for key in keys if (value := values.get(key)) is not None]
    return ", ".join(texts)


def _ignored(source: Source, plan_map: Map) -> list[str]:
    """Headings of the file that the map does not speak of; left open where it speaks in patterns."""
    if any(block.each or block.marks for block in plan_map.rows):
        return []
    named = {folded(heading) for heading in plan_map.wanted()}
    return [heading for heading in source.headings if folded(heading) not in named]
