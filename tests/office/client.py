"""The judge's client, for the project's own Python: one LibreOffice per `Office`."""

from __future__ import annotations

import queue
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.office.running import PATIENCE, UNO_PYTHON, Refused, Running

DEEDS = Path(__file__).with_name("judge.py")

Value = str | float | None
Wanted = Iterable[str] | Mapping[str, str | None] | None


def what_is_missing() -> str:
    """Why the judge cannot work here, or an empty text when it can."""
    absent = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if (
        shutil.which(UNO_PYTHON) is None
        or subprocess.run([UNO_PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode
    ):
        absent.append("python3-uno")
    return f"LibreOffice is not complete: {', '.join(absent)} not found" if absent else ""


class OfficeError(Exception):
    """LibreOffice could not do what it was asked, died twice over it, or took too long."""


class ErrorValue(str):
    """An error in a cell: equal to its text, `ErrorValue("#N/A") == "#N/A"`, told apart by its type."""


@dataclass(frozen=True)
class Grid:
    """The values of a block of cells, by row; `first_row` and `first_column` count from 1."""

    rows: list[list[Value]]
    first_row: int
    first_column: int

    def __getitem__(self, address: str) -> Value:
        """The value of a cell such as "C5"."""
        letters, digits = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)", address).groups()  # type: ignore[union-attr]
        row, column = int(digits) - self.first_row, _column_number(letters) - self.first_column
        if row < 0 or column < 0:
            raise KeyError(f"{address} lies before the block")
        return self.rows[row][column]

    def column(self, letters: str) -> list[Value]:
        """The values of a column such as "C", from the block's first row to its last."""
        return [row[_column_number(letters) - self.first_column] for row in self.rows]


class Reading(dict[str, Grid]):
    """A `Grid` for each sheet, and how long LibreOffice took, in seconds."""

    seconds = 0.0  # the recalculation alone
    load_seconds = 0.0  # opening the file


class Office:
    """LibreOffice, headless, with a profile of its own, so that several may run at once.

    It starts at the first request, and again if it has died. A request that takes longer than `timeout`
    seconds ends it and raises OfficeError.
    """

    def __init__(self, timeout: float = PATIENCE, start: Callable[[], Running] = Running) -> None:
        self.timeout, self._start = timeout, start
        self.running: Running | None = None

    def __enter__(self) -> Office:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def recalculate(
        self,
        path: Path | str,
        sheets: Wanted = None,
        changes: Mapping[str, Mapping[str, Value]] | None = None,
    ) -> Reading:
        """What every cell holds when LibreOffice has worked all formulas out anew, stored values forgotten.

        `sheets` chooses sheets by name, or ranges as {sheet: "B5:D9"} (None for all of a sheet). `changes`
        {sheet: {cell: value}} are typed into a copy first, texts that begin with "=" as formulas. Numbers and
        dates come as float (a date as its serial), TRUE and FALSE as 1.0 and 0.0, a blank cell as None, a
        formula's empty text as "", an error as `ErrorValue`. LibreOffice says #VALUE! where Excel would say
        #NUM! or #REF! for an argument that it does not allow, and Err:522 for a circle.
        """
        answer = self._ask("recalculate", path=_absolute(path), sheets=_plain(sheets), changes=changes)
        reading = Reading(_grids(answer))
        reading.seconds, reading.load_seconds = answer["seconds"], answer["load_seconds"]
        return reading

    def formulas(self, path: Path | str, sheets: Wanted = None) -> Reading:
        """Every formula as LibreOffice spells it (`;` between arguments); None where a cell has none."""
        return Reading(_grids(self._ask("formulas", path=_absolute(path), sheets=_plain(sheets))))

    def resave(self, path: Path | str, out: Path | str, recalculated: bool = False) -> Path:
        """The workbook as LibreOffice saves it, as the ending of `out` says (.xlsx, .xlsm, .ods, .pdf)."""
        self._ask("store", path=_absolute(path), out=_absolute(out), recalculated=recalculated)
        return Path(out)

    def convert_to_pdf(self, path: Path | str, out: Path | str, recalculated: bool = False) -> Path:
        """The workbook as it prints, with its stored values unless it is to be recalculated."""
        return self.resave(path, Path(out).with_suffix(".pdf"), recalculated)

    def pictures(
        self,
        path: Path | str,
        out_dir: Path | str,
        dpi: int = 96,
        sheets: Iterable[str] | None = None,
        rows: int = 60,
        recalculated: bool = False,
    ) -> list[Path]:
        """A PNG of each visible sheet, named after it, as on a screen large enough for all its columns.

        Charts and images too, and the first `rows` rows. A hidden sheet is shown if asked for by name.
        """
        with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
            chosen = list(sheets) if sheets else None
            answer = self._ask(
                "screens",
                path=_absolute(path),
                out=folder,
                sheets=chosen,
                most_rows=rows,
                recalculated=recalculated,
            )
            made = [_picture(Path(pdf), Path(out_dir) / _file_name(name), dpi) for name, pdf in answer["made"]]
        return [page for pages in made for page in pages]

    def printed(self, path: Path | str, out_dir: Path | str, dpi: int = 96, recalculated: bool = False) -> list[Path]:
        """A PNG of each page as the workbook prints: NAME.png, or NAME-1.png, NAME-2.png and so on."""
        with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
            pdf = self.convert_to_pdf(path, Path(folder) / "printed.pdf", recalculated)
            return _picture(pdf, Path(out_dir) / Path(path).stem, dpi)

    def close(self, patience: float = 15) -> None:
        """End LibreOffice, after `patience` seconds by force, and remove its profile."""
        if self.running:
            self.running.close(patience)

    def _ask(self, deed: str, **request: Any) -> dict[str, Any]:
        """The answer to a deed. If LibreOffice has died, or dies over this, a new one gets one more try."""
        for last_try in (False, True):
            try:
                if self.running is None or self.running.ended:
                    self.running = self._start()
                return self.running.ask(DEEDS, deed, self.timeout, **request)
            except Refused as problem:
                raise OfficeError(str(problem)) from None
            except EOFError:
                self.close()
                if last_try:
                    raise OfficeError(f"LibreOffice died twice over {deed} of {request['path']}") from None
            except queue.Empty:
                self.close(patience=0)
                raise OfficeError(f"{deed} of {request['path']} took LibreOffice over {self.timeout} s") from None
        raise AssertionError


def _grids(answer: dict[str, Any]) -> dict[str, Grid]:
    grids = {}
    for name, found in answer["grids"].items():
        for row in found["rows"]:
            for i, value in enumerate(row):
                if isinstance(value, dict):
                    row[i] = ErrorValue(value["error"])
        grids[name] = Grid(**found)
    return grids


def _picture(pdf: Path, stem: Path, dpi: int) -> list[Path]:
    """PNGs of the pages of a PDF: STEM.png where it has one, else STEM-1.png and so on."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    pages = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(pages)], check=True, timeout=120)
    found = sorted(pdf.parent.glob(f"{pages.name}-*.png"))
    ends = [".png"] if len(found) == 1 else [f"-{n}.png" for n in range(1, len(found) + 1)]
    return [Path(shutil.move(page, f"{stem}{end}")) for page, end in zip(found, ends, strict=True)]


def _absolute(path: Path | str) -> str:
    return str(Path(path).resolve())


def _plain(sheets: Wanted) -> list[str] | dict[str, str | None] | None:
    return dict(sheets) if isinstance(sheets, Mapping) else list(sheets) if sheets else None


def _file_name(sheet: str) -> str:
    return re.sub(r"[^\w .-]", "_", sheet)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
