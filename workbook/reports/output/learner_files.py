"""A report file for each learner: readable names that every system takes, whole files or none."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from workbook.model import CannotDo
from workbook.package.file_names import RESERVED
from workbook.package.folders import make_folder
from workbook.package.locks import require_closed
from workbook.package.meanwhile import Spread, one_by_one
from workbook.package.run import refuse_input
from workbook.package.writing import settled, write_safely
from workbook.reports.engine.template import Template

LONGEST_NAME = 100
"""Characters of a file's name without its ending; OneDrive allows 400 for the whole path."""

_MARK = 9
"""Characters of a mark that tells long names apart, and of the blank before it."""
_KEPT_SIGNS = frozenset(" -_.,()&+'’")


def safe_name(text: str, longest: int = LONGEST_NAME) -> str:
    """`text` as the name of a file (no ending) on Windows, macOS, Linux and OneDrive; "report" if nothing is left."""
    name = unicodedata.normalize("NFC", text).translate(_SAFE)
    name = " ".join(name.split()).strip(" .").lstrip(" .-+")  # what begins with a sign reads as an option or a formula
    while ".." in name:
        name = name.replace("..", ".")
    while len(name) > longest or len(name.encode()) > 2 * longest:
        name = name[:-1].rstrip(" .")
    if RESERVED.fullmatch(name):
        name = f"_{name}"
    return name or "report"


class _SafeLetters(dict[int, str]):
    """What becomes of each letter, by its number; worked out once."""

    def __missing__(self, number: int) -> str:
        letter = chr(number)
        if letter in _KEPT_SIGNS or unicodedata.category(letter)[0] in "LMN":
            safe = letter
        else:
            safe = "-" if letter in "/\\:|" else " " if letter.isspace() else ""
        self[number] = safe
        return safe


_SAFE = _SafeLetters()


def safe_names(texts: Iterable[str], title: str = "") -> list[str]:
    """A safe name for each text, no two alike even where capitals do not count; later ones get a number.

    Names are stable when the texts are: put the learner ID into them. Each ends with `title`, whole however long the
    text is, so that no template's file takes the name of another's.
    """
    taken: set[str] = set()
    names = []
    ending = f" {safe_name(title, LONGEST_NAME // 2)}" if title else ""
    for text in texts:
        room = LONGEST_NAME - len(ending)
        kept = safe_name(text, room)
        if len(kept) < len(safe_name(text, len(text) + 1)):  # what is cut off may be all that tells two apart
            kept = f"{safe_name(text, room - _MARK)} {crc32(text.encode(errors='replace')):0{_MARK - 1}x}"
        stem = safe_name(f"{kept}{ending}")
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number})"
        taken.add(name.casefold())
        names.append(name)
    return names


def write_files(
    template: Template,
    names: Sequence[str],
    contexts: Iterable[Mapping[str, Any]],
    folder: Path,
    *,
    title: str = "",
    replace: bool = False,
    changed: bool = False,
    seal: Callable[[bytes], bytes] | None = None,
    spread: Spread = one_by_one,
) -> Iterator[Path]:
    """Write a report for each context, under its name and `title`, and give each file's path once it is whole.

    With `changed` reports that are there already, byte for byte, are passed over and the others written over. `seal`
    turns a report's bytes into those of a protected file, `spread` has the reports made. Nothing is written when the
    template asks for something unknown, or when a file is there already and neither `replace` nor `changed` is set:
    CannotDo. An interrupted run leaves whole files only and can be run again.
    """
    template.require_known()
    paths = report_paths(template, names, folder, title)
    require_free(paths, replace=replace or changed)
    if changed and seal:
        raise CannotDo("Protected reports look new each time: leave out --changed, or the password.")
    make_folder(folder)
    return _write(folder, paths, spread(template.render, contexts), changed, seal)


def report_paths(template: Template, names: Sequence[str], folder: Path, title: str = "") -> list[Path]:
    """The file of each report, in order."""
    return [folder / f"{name}{template.ending}" for name in safe_names(names, title)]


def require_free(paths: Sequence[Path], *, replace: bool) -> None:
    """Raise CannotDo where one of these files is there and may not be written over, is open, or is read by this run."""
    there = [path for path in paths if path.exists()]
    if there and not replace:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise CannotDo(f"{there[0]}{more} is already there: choose another folder or say --replace.")
    for path in paths:
        refuse_input(path)
    require_closed(*there)


def _write(
    folder: Path,
    paths: Sequence[Path],
    contents: Iterator[bytes],
    changed: bool,
    seal: Callable[[bytes], bytes] | None,
) -> Iterator[Path]:
    home = settled(folder)  # once: each file of many would look through all that are there
    for path, content in zip(paths, contents, strict=True):
        if changed and path.exists() and path.read_bytes() == content:
            continue
        write_safely(path, seal(content) if seal else content, replace=True, aside=True, home=home)
        yield path
