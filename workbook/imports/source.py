"""The file that rows come from: its pages of cells, and the headings and rows that a page is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from unicodedata import category, normalize

from workbook.imports.merged import Merged, days_spelt, reach_down, reach_over
from workbook.imports.notes import group_of, why_no_record
from workbook.imports.other_kinds import kind_of, tables_of
from workbook.imports.text_files import read_text
from workbook.imports.words import nearest
from workbook.imports.workbook_files import BookOfRows
from workbook.model import CannotDo, CellError, Value
from workbook.reading.headings import folded

_ROWS_WITH_HEADINGS = 30
GROUP = "Group"
_MORE_CELLS = (
    "The line has more cells than there are headings: put quotation marks round the cell that has a comma, or "
    "whatever parts the cells, in it"
)


@dataclass(frozen=True)
class FileOptions:
    """What a map says about its file; None where it is to be found out. Rows are counted from 1.

    ``notes`` leaves out rows that are no records (totals, repeated headings, lines of one cell); of these, rows that
    say one of ``groups`` give the rows below them that word in the column Group. ``says`` are words that must stand
    above the headings or be the sheet's name: a map made for one data drop refuses the file of the next. ``rows`` are
    the first and last line of the table, where a page holds several. A row in which all of ``fill`` are blank has them
    from the row above.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    headings_rows: tuple[int, ...] = ()
    dates: tuple[str, ...] = ()
    decimal: str = "."
    notes: bool = False
    groups: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    fill: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceRow:
    """A row of the file: its number as a spreadsheet counts it, its place among the rows, its values by heading, and
    why none of them can be relied on, if so.
    """

    number: int
    place: int
    values: dict[str, Value]
    fault: str = ""


@dataclass(frozen=True)
class Page:
    """The cells of a text file or of one sheet, tidied; ``name`` is the sheet's, ``rows`` those of one table of it."""

    file: str
    name: str
    cells: list[list[Value]]
    merged: tuple[Merged, ...] = ()
    told: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass
class Source:
    """A file's headings, each once (a second Grade is ``Grade (2)``), and its rows; blank rows are left out.

    ``titles`` are the texts above the headings, the sheet's name last; ``skipped`` gives rows that are no records,
    with the reason in words, ``notes`` what stands in them.
    """

    name: str
    headings: list[str]
    rows: list[SourceRow]
    titles: list[str] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    told: tuple[str, ...] = ()
    by_folded: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.by_folded = {folded(heading): heading for heading in reversed(self.headings)}

    def find(self, heading: str) -> str | None:
        """The heading as the file spells it; None where there is none."""
        return self.by_folded.get(folded(heading))

    def heading(self, heading: str) -> str:
        """The heading as the file spells it; CannotDo, naming the nearest, where there is none."""
        found = self.find(heading)
        if found is None:
            raise CannotDo(f"{self.name} has no column {heading}{nearest(heading, self.headings)}.")
        return found


def read_source(path: Path, options: FileOptions | None = None, wanted: Iterable[str] = ()) -> Source:
    """The rows of a file of any kind that is read; ``wanted`` are headings by which the row of headings is known.

    Raises CannotDo where the file cannot be read or has no rows.
    """
    options = options or FileOptions()
    page = read_pages(path, options)[0]
    if not options.headings_rows:
        at = _heading_row(page.cells, {folded(one) for one in wanted})
        options = options if at is None else replace(options, headings_rows=(at + 1,))
    return source_of(page, options)


def read_pages(path: Path, options: FileOptions | None = None) -> list[Page]:
    """The pages of a file that can be seen, in order; only the one that ``options`` name, if they name one."""
    options = options or FileOptions()
    kind = kind_of(path)
    if kind not in ("text", "book"):
        tables = tables_of(path, kind)
        if options.sheet and options.sheet not in (names := [name for name, _, _ in tables]):
            raise CannotDo(f"{path.name} has no sheet {options.sheet}{nearest(options.sheet, names)}.")
        return [
            Page(path.name, name, _tidied(cells), merged)
            for name, cells, merged in tables
            if options.sheet in (None, name)
        ]
    if kind == "text":
        cells, told = read_text(path, options.encoding, options.delimiter)
        return [Page(path.name, "", _tidied(cells), told=tuple(told))]
    book = BookOfRows(path)
    names = [options.sheet] if options.sheet else book.names
    pages = []
    for name in names:
        cells, merged = book.cells(name)
        pages.append(Page(path.name, name, _tidied(cells), tuple(merged)))
    if not pages:
        raise CannotDo(f"{path.name} has no sheet that can be seen: check that it is the right file.")
    return pages


def source_of(page: Page, options: FileOptions) -> Source:
    """The headings and rows of a page, whose rows of headings are known; CannotDo where there are none."""
    page = rows_of(page, options.rows) if options.rows else page
    at = [row - 1 for row in options.headings_rows]
    if not at or at[-1] >= len(page.cells) or not any(any(page.cells[row]) for row in at):
        raise CannotDo(f"{page.file} has no row of headings: check that it is the right file and sheet.")
    headings = joined_headings(page, at)
    source = Source(page.file, [one for one in headings if one], [], titles_of(page, at[0]), told=page.told)
    missing = [one for one in options.says if _words(one) not in _words(" | ".join(source.titles))]
    if missing:
        raise CannotDo(
            f"{page.file} does not say {missing[0]} above its headings, for which the map was made: import it without "
            "the map, or correct says in the map."
        )
    if options.groups and GROUP not in source.headings:
        source.headings.append(GROUP)
        source.by_folded[folded(GROUP)] = GROUP
    _fill(source, page, headings, at, options)
    return source


def rows_of(page: Page, rows: Sequence[int]) -> Page:
    """A page with the lines from the first to the last of ``rows`` alone, each in its place."""
    first, last = rows
    return replace(page, cells=[*([] for _ in range(first - 1)), *page.cells[first - 1 : last]], rows=(first, last))


def _words(text: str) -> str:
    """A text as its words alone, for finding one in another."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _fill(source: Source, page: Page, headings: list[str], at: list[int], options: FileOptions) -> None:
    group: Value = None
    above: dict[str, Value] = {}
    repeats = [page.cells[row] for row in at]
    rows = reach_down(page.cells, page.merged, at[-1] + 1)
    longer = _longer(page, headings, at)
    for number, cells in enumerate(rows[at[-1] + 1 :], start=at[-1] + 2):
        if all(cell is None for cell in cells):
            continue
        if options.notes and (why := why_no_record(cells, repeats, headings)):
            found = group_of(cells, options.groups)
            group = found or group
            source.skipped.append((number, f"names the group {found}" if found else why))
            source.notes.append(" ".join(str(cell) for cell in cells if isinstance(cell, str)))
            above = {}
            continue
        filled = [*cells, *[None] * (len(headings) - len(cells))]
        values = {heading: value for heading, value in zip(headings, filled, strict=False) if heading}
        if options.groups:
            values.setdefault(GROUP, group)
        if all(values.get(heading) is None for heading in options.fill):
            values |= above
        above = {heading: values.get(heading) for heading in options.fill}
        source.rows.append(SourceRow(number, len(source.rows), values, _MORE_CELLS if number in longer else ""))


def _longer(page: Page, headings: list[str], at: list[int]) -> set[int]:
    """The lines of a text that have more cells than its headings, since a comma in a name parted it; by number.

    Lines that all end in the same blank cells are as long as they should be.
    """
    if not page.told:
        return set()
    width = max((place for place, heading in enumerate(headings, start=1) if heading), default=0)
    rows = [(number, cells) for number, cells in enumerate(page.cells[at[-1] + 1 :], start=at[-1] + 2) if any(cells)]
    most = max(len(page.cells[row]) for row in at)
    beyond = any(cell is not None for _, cells in rows for cell in cells[width:])
    usual = Counter(len(cells) for _, cells in rows).most_common(1)
    return {
        number for number, cells in rows
        if len(cells) > most and (beyond or len(cells) != usual[0][0])
    }  # fmt: skip


def titles_of(page: Page, above: int) -> list[str]:
    """The texts above a row, then the sheet's name: what a file says of itself before its headings."""
    texts = [str(cell) for row in page.cells[:above] for cell in row if isinstance(cell, str)]
    return [*(" ".join(one.split()) for one in texts), *([page.name] if page.name else [])]


def joined_headings(page: Page, at: Sequence[int]) -> list[str]:
    """The headings of a page that stand on one or several rows; those above reach over what stands below them."""
    width = max(len(page.cells[row]) for row in at)
    texts = [[_as_heading(cell) for cell in page.cells[row]] + [""] * (width - len(page.cells[row])) for row in at]
    for upper, row in enumerate(at[:-1]):
        reach_over(page.merged, row, texts[upper], texts[upper + 1 :])
    texts = list(map(days_spelt, texts))
    joined = [" ".join(filter(None, (line[column] for line in texts))) for column in range(width)]
    return _each_once(joined)


def _as_heading(cell: Value) -> str:
    if hasattr(cell, "strftime"):
        return f"{cell:%d/%m/%Y}"
    return " ".join(str(cell).split()) if cell is not None else ""


def _each_once(texts: Sequence[str]) -> list[str]:
    """Headings as texts; the second of a kind gets a number, a blank stays blank."""
    seen: Counter[str] = Counter()
    headings = []
    for text in texts:
        seen[folded(text)] += bool(text)
        headings.append(f"{text} ({seen[folded(text)]})" if seen[folded(text)] > 1 else text)
    return headings


def _heading_row(grid: Sequence[Sequence[Value]], wanted: set[str]) -> int | None:
    """The row, of the first few, with most of the wanted headings; where there are none, the first with two words."""
    rows = range(min(len(grid), _ROWS_WITH_HEADINGS))
    counts = {row: len(wanted & {folded(cell) for cell in grid[row]}) for row in rows}
    best = max(rows, key=lambda row: (counts[row], -row), default=None)
    if best is not None and counts[best]:
        return best
    filled = {row: sum(cell is not None for cell in grid[row]) for row in rows}
    return next((row for row in rows if filled[row] > 1), next((row for row in rows if filled[row]), None))


def _tidied(cells: Sequence[Sequence[Value]]) -> list[list[Value]]:
    return [[tidy(value) for value in row] for row in cells]


def tidy(value: Value) -> Value:
    """A value of a file without what nobody typed on purpose: outer spaces, control characters; a blank is None."""
    if not isinstance(value, str) or isinstance(value, CellError):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\u00a0", " ")
    if not text.isprintable():
        text = "".join(letter for letter in text if letter in "\n\t" or not _invisible(letter))
    if not text.isascii():
        text = normalize("NFC", text)  # an accent that stands apart from its letter is found by no formula
    return text.strip() or None


def _invisible(letter: str) -> bool:
    """Characters that no cell should hold: controls, half characters, marks of direction or at the start of a file.

    What joins letters (of Persian names, of pictures) stays.
    """
    joins = letter in "\u200c\u200d" or letter >= "\U000e0000"
    return (category(letter) in ("Cc", "Cf", "Cs") and not joins) or letter in "\ufffe\uffff"
