"""What a deed can ask of the Excel that it is done in, as plain actions.

A deed is a generator: it yields an action, a host carries it out and sends back the answer, if there is one. So what a
button does is written once, and each host knows only how to read and how to carry out.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from workbook.building.views.written_rows import Heading
from workbook.model import Tracker

if TYPE_CHECKING:
    from workbook.measures.snapshot import Snapshot
    from workbook.reports.output.run import Run

Rows: TypeAlias = Sequence[Sequence[Any]]
Deed: TypeAlias = Generator["Action", Any, "str | None"]
"""What a button does; the sentence it ends with is shown, nothing is shown for None."""
D = TypeVar("D", bound=Callable[..., Deed])
BUTTONS: dict[str, Callable[..., Deed]] = {}
"""Each deed by its button's id in ribbon.xml."""


def button(deed: D) -> D:
    """Mark what the button does that is called as this function is."""
    BUTTONS[deed.__name__] = deed
    return deed


@dataclass(frozen=True)
class Held:
    """How a table of the tracker stands in the workbook, where rows are to be put into it.

    ``header_row`` and ``last_row`` are the table's own, None where the rows are no table.
    """

    sheet: str
    header_row: int | None = None
    last_row: int | None = None
    protected: bool = False
    filtered: bool = False
    totals: bool = False


@dataclass(frozen=True)
class Opened:
    """The open tracker as it was read: its name, its tables, and under which name each has its sheet."""

    name: str
    tracker: Tracker
    sheets: Mapping[str, str]

    @cached_property
    def snapshot(self) -> Snapshot:
        """The tracker as it stands on the last day of its data."""
        from workbook.measures.data_date import last_date
        from workbook.measures.snapshot import Snapshot

        return Snapshot(self.tracker, last_date(self.tracker))


@dataclass(frozen=True)
class Place:
    """Where one stands: the sheet, the first row and column selected, every row selected that is seen."""

    sheet: str
    row: int
    column: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Block:
    """Values for cells that lie together. ``formats`` are number formats to be set before, by place in a row."""

    row: int
    column: int
    values: Rows
    formats: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """Reports that were made: how many, where in words (after "made"), and what lies beside them, as a sentence."""

    count: int
    where: str
    beside: str = ""


class Action:
    """Something that a host carries out; each kind says what its answer is."""


@dataclass(frozen=True)
class Read(Action):
    """Read the open tracker: an `Opened`. ``structure`` also finds what only the workbook itself shows, as problems;
    ``only`` names the tables that are wanted. CannotDo for what is no tracker.
    """

    structure: bool = False
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Where(Action):
    """Where one stands: a `Place`, or None where no cells are selected."""


@dataclass(frozen=True)
class Sheets(Action):
    """The names of all sheets: a list."""


@dataclass(frozen=True)
class Cells(Action):
    """Rows of a sheet as they stand: a list of rows of ``width`` typed values, errors as `CellError`."""

    sheet: str
    rows: tuple[int, ...]
    width: int


@dataclass(frozen=True)
class Lines(Action):
    """A sheet that Mentorbook wrote, from its first row on: a list of rows of typed values, errors as text; None if
    it is not there.
    """

    sheet: str


@dataclass(frozen=True)
class Holds(Action):
    """How tables stand in the workbook: a list of `Held`. CannotDo where nothing typed could be kept at all."""

    tables: tuple[str, ...]


@dataclass(frozen=True)
class UserName(Action):
    """The name that Excel knows its user by; empty where it does not tell."""


@dataclass(frozen=True)
class LiveMark(Action):
    """The number by which the tracker itself tells that entries have changed, as Excel works it out now, or None."""


@dataclass(frozen=True)
class Versions(Action):
    """What works together here: lines of words."""


@dataclass(frozen=True)
class Step(Action):
    """Tell how far the work is; here the user may stop it."""

    words: str
    done: int | None = None
    total: int | None = None


@dataclass(frozen=True)
class WriteSheet(Action):
    """Fill the sheet of a name with a table under a title, made behind ``after`` if it is not there, and show it."""

    name: str
    purpose: str
    line: str
    headings: tuple[Heading, ...]
    rows: Rows
    after: str | None = None


@dataclass(frozen=True)
class Marks(Action):
    """Put these keys of problems beside the sheet Problems, and see that these tables show marks."""

    keys: tuple[str, ...]
    tables: Mapping[str, str]
    """The name of each table's sheet."""


@dataclass(frozen=True)
class Show(Action):
    """Show these sheets where they are hidden."""

    sheets: tuple[str, ...]


@dataclass(frozen=True)
class GoTo(Action):
    """Show a sheet and select a cell of it; only the sheet where no cell is named."""

    sheet: str
    cell: str = ""


@dataclass(frozen=True)
class Note(Action):
    """Leave a sentence where it can be read while one goes on."""

    words: str


@dataclass(frozen=True)
class Ask(Action):
    """Ask the user: ``yes``, ``no``, ``cancel`` or ``ok`` comes back."""

    words: str
    buttons: str = "yes_no"


@dataclass(frozen=True)
class Beside(Action):
    """The other workbooks in the folder of a file that was chosen: a list of paths; none where folders are not seen."""

    path: str


@dataclass(frozen=True)
class Begin(Action):
    """From here on entries are written: what is to be said of them if it goes wrong half-way."""

    words: str


@dataclass(frozen=True)
class WriteRows(Action):
    """Write blocks into the table of a name. Where it must grow, it does, down to ``last`` and over nothing else: its
    look and ``formulas`` (by column number) come along. CannotDo where something is in the way.
    """

    table: str
    blocks: tuple[Block, ...]
    first: int = 0
    last: int = 0
    formulas: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fold(Action):
    """Fold columns of a sheet away, and show others."""

    sheet: str
    away: tuple[str, ...]
    shown: tuple[str, ...]


@dataclass(frozen=True)
class KeepCopy(Action):
    """Keep a copy of the workbook as it is now: where it is, in words ("… in …"). CannotDo where none can be kept."""


@dataclass(frozen=True)
class OpenBeside(Action):
    """Open a copy for reading, beside the tracker: whether that could be done."""

    path: str


@dataclass(frozen=True)
class TemplateChosen(Action):
    """A template of the mentor's own is good: from now on it is the chosen one."""

    path: str


@dataclass(frozen=True)
class Replaced(Action):
    """Which reports of a run are there already: how many, and where in words."""

    run: Run


@dataclass(frozen=True)
class MakeReports(Action):
    """Make the reports of a run: a `Made`; None where the one was opened instead, which ``show`` asks for.

    ``sheets`` puts them behind the sheets of this workbook, otherwise each is a file, with a PDF where wanted.
    """

    run: Run
    pdf: bool = False
    sheets: bool = False
    show: bool = False


@dataclass(frozen=True)
class RoomForSheets(Action):
    """CannotDo where no sheet can be added to the workbook."""
