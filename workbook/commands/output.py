"""How results are shown: JSON that is the same every day, or plain text with a table."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbook.commands.ending import harmless
from workbook.package.file_names import require_name
from workbook.package.run import current, may_write, only_shows

if TYPE_CHECKING:
    from workbook.imports import Difference
    from workbook.package.guard import GuardedFile
    from workbook.reports.content.questions import Proof


def _writes(given: Any) -> Any:
    if given:
        if isinstance(given, Path):
            require_name(given)
        may_write(given if isinstance(given, Path) else None)
    return given


def _shows(given: bool) -> bool:
    if given:
        only_shows()
    return given


def _day_typed(text: str) -> datetime:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(ValueError):
            return datetime.strptime(text.strip(), form)
    raise typer.BadParameter(f"{text} is no date: write it as 31/01/2027 or 2027-01-31.")


def file_to_make(metavar: str, about: str) -> Any:
    """An option for the file, or the folder, that a command makes."""
    return typer.Option("--out", metavar=metavar, help=about, callback=_writes)


def writing_over(about: str) -> Any:
    """An option that lets a command write over what is there."""
    return typer.Option("--replace", help=about, callback=_writes)


Json = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
On = Annotated[
    datetime | None,
    typer.Option("--on", parser=_day_typed, metavar="DATE", help="Take this as the day of the figures."),
]
TrackerFile = Annotated[Path, typer.Argument(metavar="TRACKER", help="The tracker, an .xlsx or .xlsm file.")]
Replace = Annotated[bool, writing_over("Write over a file that is there already.")]
TakeBack = Annotated[bool, writing_over("Bring it back into the tracker; a dated backup is kept.")]
InPlace = Annotated[bool, writing_over("Change the tracker; a dated backup is kept.")]
Result = Annotated[Path | None, file_to_make("NEW.xlsx", "Write the result here.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.", callback=_shows)]

DONE, FOUND, WRONG = 0, 1, 2
PLENTY = 40


def day(on: datetime | None) -> date | None:
    """The day of an ``--on`` option."""
    return on.date() if on else None


def as_json(tracker: Path, on: date | None, rows: Sequence[Mapping[str, Any]], **more: Any) -> None:
    """Print rows as the contract has it: ``{"tracker": …, "on": …, "rows": [{…}]}``; blanks are null."""
    told = {"tracker": str(tracker), "on": on.isoformat() if on else None, **more, "rows": rows}
    plainly = "utf" not in (getattr(sys.stdout, "encoding", None) or "utf-8").lower()  # then no letter may be lost
    text = json.dumps(told, ensure_ascii=plainly, default=_plain, separators=(",", ":"))
    sys.stdout.write(re.sub(r"[\x7f-\x9f]", lambda sign: f"\\u{ord(sign[0]):04x}", text) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    return str(value)


def records(frame: Any, keys: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of a pandas frame as dictionaries with these keys, missing figures as None and whole ones as int."""
    columns = []
    for key in keys:
        series = frame[key]
        values = series.astype(object).where(series.notna(), None).tolist()
        columns.append([int(v) if isinstance(v, float) and v.is_integer() and key in _WHOLE else v for v in values])
    return [dict(zip(keys, line, strict=True)) for line in zip(*columns, strict=True)]


_ONE_LINE = 60
"""Letters of a cell in a column of a table that is not wrapped."""
_WHOLE = frozenset({"drop", "possible", "attended", "authorised", "unauthorised", "late"})


def table(headings: Sequence[str], rows: Iterable[Sequence[Any]], wrap: str | None = None) -> None:
    """Print a table; numbers to the right, ``wrap`` names the column that takes what width is left."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 132)
    lines = [list(row) for row in rows]
    shown = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for at, heading in enumerate(headings):
        number = any(isinstance(line[at], (int, float)) for line in lines)
        shown.add_column(heading, justify="right" if number else "left", no_wrap=heading != wrap)
    for line in lines:
        shown.add_row(*(_text(value, heading == wrap) for heading, value in zip(headings, line, strict=True)))
    console.print(shown)


def _text(value: Any, wraps: bool) -> str:
    """A cell of a table; what stands in a column of one line is cut, or it would push the others out of sight."""
    from rich.markup import escape

    from workbook.model.problem_kind import shortened, visible

    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "\u2212")
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    words = str(value)
    if not wraps:
        words = visible(words) if len(words) <= _ONE_LINE else shortened(words)
    return escape(harmless(words))


def write_difference(read: GuardedFile, tracker: Path, difference: Difference, out: Path | None, replace: bool) -> str:
    """Write what a difference brings to ``out``, else into the tracker itself; gives the sentence that says so."""
    from workbook.commands.beside import aside, beside, spread
    from workbook.editing.edit import edit
    from workbook.measures.anew import results_after

    changes = difference.changes(partial(results_after, aside=aside))
    backup = edit(read, out or tracker, changes, replace=replace, on=date.today(), beside=beside, spread=spread)
    return f"Written to {out or tracker}." + (f" As it was before: {backup.name}." if backup else "")


def say_kept() -> None:
    """Print which backups the run has kept, if any."""
    run = current()
    for backup in run.kept[:1] if run else ():
        more = f" and {len(run.kept) - 1:,} more" if run and len(run.kept) > 1 else ""
        say(f"As it was before: {backup}{more}.")


def say(sentence: str) -> None:
    """Print a sentence for a person."""
    print(harmless(sentence))


def ask(questions: Iterable[Proof], when: str) -> int:
    """Print what to look at before something leaves, the gravest first; gives how many are more than information."""
    from workbook.reports.content.questions import GROUPS, INFORMATION, kinds_of

    kinds: dict[str, list[Proof]] = defaultdict(list)
    for question in questions:
        kinds[question.code].append(question)
    count = sum(len(found) for found in kinds.values() if found[0].group != INFORMATION)
    if kinds:
        say(f"{when}, {how_many(count, 'thing')} to look at:" if count else f"{when}:")
    for group in GROUPS:
        here = [code for code in kinds_of(group) if code in kinds]
        if here:
            say(f"  {group} ({sum(len(kinds[code]) for code in here):,}):")
        for code in here:
            _ask_kind(code, kinds[code])
    return count


def _ask_kind(code: str, found: Sequence[Proof]) -> None:
    """The first question of a kind, and where the others are."""
    from workbook.model.problem_kind import shortened

    first = found[0]
    whose = f"{first.name} ({shortened(first.learner_id)}), " if first.name else ""
    how = " (--large-print)" if code == "large-print" else ""
    say(f"    {code}: {whose}{first.where}: {first.message} {first.fix.removesuffix('.')}{how}.")
    if len(found) > 1:
        others = (f"{one.name or shortened(one.learner_id)} {one.where}".lstrip() for one in found[1:4])
        say(f"      … and {len(found) - 1:,} more like it: {', '.join(others)}{' …' if len(found) > 4 else ''}")


def how_many(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: ``1 problem``, ``2 problems``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


@contextmanager
def progress(what: str, total: int) -> Iterator[Any]:
    """A progress bar on a terminal, nothing elsewhere; gives a function to call after each piece of work."""
    if not sys.stderr.isatty() or total < 2:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def counted(what: str) -> Iterator[Callable[[int, int], None]]:
    """The same for work that finds out on its way how much there is: it hears how much is done, of how much."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
