"""A tracker made by an earlier version brought up to this one, in its own package, losing nothing.

Columns, settings and formulas that came since are added where they belong; what a college has made of its tracker
(own columns and sheets, charts, formats, macros) is carried byte for byte. Before the result is kept, every typed
cell is read again and compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from workbook.building.tables.names import SHARED_NAMES, row_names
from workbook.editing.edit import TableChange, edit, workbook_parts
from workbook.editing.sheet import open_sheet
from workbook.editing.table import find_table
from workbook.measures.computed import computed
from workbook.model import SHEETS, CannotDo, Tracker, Value, defaults
from workbook.model.settings import BY_NAME
from workbook.package import xml_tree as etree
from workbook.package.guard import GuardedFile, open_guarded
from workbook.package.parts import Package, rewrite
from workbook.package.private import private_folder
from workbook.package.writing import write_safely
from workbook.reading.outline import read_book
from workbook.reading.read import read
from workbook.upgrade import week
from workbook.upgrade.live_cells import ASKED
from workbook.upgrade.views import put_views
from workbook.upgrade.wider import WiderTable

_NAMED_BEFORE = frozenset({"year_starts", "year_ends"})
"""Names that the first version had already, so that they are no college's own."""


@dataclass
class Upgraded:
    """What an upgrade added, by sheet; settings by name; names that formulas share; sheets added; views made anew;
    views left, since changed; what a Start that is left tells rightly from now on.
    """

    columns: dict[str, list[str]] = field(default_factory=dict)
    formulas: dict[str, list[str]] = field(default_factory=dict)
    settings: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    views: list[str] = field(default_factory=list)
    own_views: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    backup: Path | None = None

    def __bool__(self) -> bool:
        added = self.columns or self.formulas or self.settings or self.names or self.sheets
        return bool(added or self.views or self.mended)


def upgrade(source: Path | GuardedFile, target: Path, *, replace: bool = False, on: date | None = None) -> Upgraded:
    """Write ``source`` with all that this version has to ``target``, which may be the same with ``replace``.

    ``on`` dates the backup. A tracker that has everything is not touched, and nothing is written. Raises CannotDo,
    with nothing lost, where it cannot be done.
    """
    file = source if isinstance(source, GuardedFile) else open_guarded(source)
    ending = file.path.suffix
    if ending.lower() != target.suffix.lower():
        raise CannotDo(f"{target.name} must end in {ending}, as {file.path.name} does: give it another name.")
    before = read(file)
    done = Upgraded()
    with private_folder() as folder:
        staged = folder / f"settings{ending}"
        done.settings = [str(row["name"]) for row in _missing_settings(before)]
        if done.settings:
            edit(file, staged, {"Settings": TableChange(added=list(_missing_settings(before)))})
        result = folder / f"tracker{ending}"
        _widen(open_guarded(staged) if done.settings else file, result, done)
        wide = open_guarded(result) if done else file
        wide, undressed = _with_the_week(wide, folder / f"week{ending}", done)
        new = done.columns | {name: [] for name in undressed}
        views = put_views(wide, read(wide), folder, folder / f"whole{ending}", new)
        done.sheets, done.views = views.added, [*views.replaced, *(f"the dropdowns of {name}" for name in undressed)]
        done.own_views += views.left
        done.mended = list(dict.fromkeys(ASKED[name][1] for name in views.mended))
        if not done:
            return done
        if views.added or views.replaced or views.mended or new:
            result = folder / f"whole{ending}"
        _require_same(before, read(result))
        data = result.read_bytes()
    done.backup = write_safely(target, data, replace=replace, source=file, on=on)
    return done


def _with_the_week(file: GuardedFile, target: Path, done: Upgraded) -> tuple[GuardedFile, list[str]]:
    """The file with the columns of My week that it lacks, and its name where only its dropdowns are missing.

    My week is named among the views that are left where something stands in the way of new columns.
    """
    missing = week.lacking(file)
    if missing and not week.widen(file, target):
        done.own_views.append(week.NAME)
        return file, []
    if missing:
        done.columns[week.NAME] = missing
        return open_guarded(target), []
    return file, [week.NAME] if week.without_dropdowns(file) else []


def _missing_settings(tracker: Tracker) -> Iterator[dict[str, Value]]:
    """Rows of the settings that came since; none where the tracker has no such sheet."""
    if "Settings" not in tracker.tables:
        return
    known = {str(name).strip().lower() for name in tracker["Settings"]["name"]}
    yield from (row for row in defaults.settings() if row["name"] not in known)


def _widen(file: GuardedFile, target: Path, done: Upgraded) -> None:
    """Write the file with wider tables, new formulas and the names that they use."""
    package, book = Package(file), read_book(file)
    tracker = read(file)
    figures = computed(tracker)
    parts: dict[str, bytes] = {}
    names = {name: text[1:] for name, text in SHARED_NAMES.items()}
    for one in SHEETS:
        if one.table not in tracker.tables:
            continue
        table = find_table(package, book.sheets, one, file.path.name)
        sheet = table.sheet_part
        wider = WiderTable(table, open_sheet(parts.get(sheet.part) or package.read(sheet.part), sheet.name))
        quoted = "'" + sheet.name.replace("'", "''") + "'"
        names |= {name: text[1:] for name, text in row_names(quoted, one.table, wider.letters())}
        if wider:
            wider.write(tracker[one.table], figures[one.table])
            parts[sheet.part] = wider.text.to_xml()
            parts[table.part] = etree.tostring(table.root, xml_declaration=True, encoding="UTF-8", standalone=True)
            if wider.missing:
                done.columns[one.name] = [column.header for column in wider.missing]
            if wider.renewed:
                done.formulas[one.name] = wider.renewed
    known = _names_known(package)
    if _are_ours(known, names) and not names.keys() <= known:
        done.names = sorted(names.keys() - known)
    if not (parts or done.settings or done.names):
        return
    settings = _setting_cells(tracker)
    parts |= workbook_parts(package, lambda root: _define(root, names, settings))
    with target.open("wb") as out:
        rewrite(package, parts, out)


def _names_known(package: Package) -> set[str]:
    """The names of the workbook, in small letters."""
    main = next(link.target for link in package.relationships() if link.kind == "officeDocument")
    nodes = package.tree(main).iter("{*}definedName")
    return {one.get("name", "").lower() for one in nodes if one.get("localSheetId") is None}


def _are_ours(known: Collection[str], names: Collection[str]) -> bool:
    """Whether a workbook's names are ours: upgraded before, or made by a version that has most of this one's."""
    return sum(name in known for name in names) > len(names) / 2


def _setting_cells(tracker: Tracker) -> dict[str, str]:
    table = tracker["Settings"]
    named = list(zip(table["name"], table.rows, strict=True))
    cells = {str(name).strip().lower(): f"Settings!${table.letters['value']}${row}" for name, row in reversed(named)}
    return {name: cell for name, cell in cells.items() if name in BY_NAME}


def _define(root: etree.Element, names: dict[str, str], settings: dict[str, str]) -> None:
    """Set the names that rows share, and point each setting's name to its cell where it did not look at one."""
    main = root.tag[: root.tag.rindex("}") + 1]
    holder = root.find(main + "definedNames")
    if holder is None:
        holder = etree.Element(main + "definedNames")
        sheets = root.find(main + "sheets")
        root.insert(root.index(sheets) + 1 if sheets is not None else 0, holder)
    known = {one.get("name", "").lower(): one for one in holder if one.get("localSheetId") is None}
    ours = _are_ours(known, names)
    for name, text in (names | settings).items():
        if name in known:
            if name in names and not ours and name not in _NAMED_BEFORE:
                raise CannotDo(
                    f"The workbook has a name of its own, {name}, that formulas of this version use: call it something "
                    "else in Excel (Formulas, Name Manager), save, then upgrade again."
                )
            if name in names or "!" not in (known[name].text or ""):
                known[name].text = text
        else:
            etree.sub_element(holder, main + "definedName", name=name).text = text


def _require_same(before: Tracker, after: Tracker) -> None:
    """Every typed cell of the tracker before is in the tracker after; CannotDo, which nobody should ever see."""
    for name, table in before.tables.items():
        new = after[name]
        for key, values in table.columns.items():
            if new.columns.get(key, [])[: len(values)] != values or new.rows[: len(values)] != table.rows:
                raise CannotDo(f"The upgrade would not keep the column {key} of {name}, so nothing was changed.")
