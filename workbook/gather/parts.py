"""The parts of a set: parquet files of one tracker each, written whole or not at all, and the list of them.

A tracker's learners stand in parts of their own, so what is worked out for a learner needs no other part. A part's name
holds the digest of the file it was read from; the list is written last, so that a set is always one that was finished.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.gather.kept import DAY, FIGURE, ORIGIN, TABLES, TEXT, WHOLE, YES
from workbook.model import CannotDo
from workbook.package.beside import beside, sweep
from workbook.package.folders import make_folder

if TYPE_CHECKING:
    import pyarrow as pa

LIST = "set.json"
FORMAT = 2
NEEDS_SCALE = (
    'Sets of many trackers need more packages: python -m pip install "mentorbook[scale]" brings them, then try again.'
)
PERSONS = ("learner_id", "mentor")
"""What says who somebody is, in any table."""

READ, NOT_TRACKER, REFUSED = "read", "not a tracker", "refused"


@dataclass(frozen=True)
class Source:
    """A workbook below the folder: what became of it, the digest it was read at, and its tables' row counts."""

    file: str
    state: str
    digest: str = ""
    why: str = ""
    year: str = ""
    on: str = ""
    learners: int = 0
    problems: int = 0
    rows: Mapping[str, int] | None = None

    @property
    def stem(self) -> str:
        """The name of this tracker's parts: the place of the file and what was read, so that neither is mixed up."""
        return f"{hashlib.sha256(self.file.encode()).hexdigest()[:16]}-{self.digest[:16]}"


@dataclass(frozen=True)
class SetList:
    """What a set holds: its sources in order, and how they were read (the same words give the same set)."""

    sources: tuple[Source, ...]
    how: Mapping[str, str]

    def tables(self, folder: Path) -> dict[str, list[str]]:
        """The parts of each table, as paths; a table without rows anywhere has none."""
        return {
            name: [
                str(folder / name / f"{one.stem}.parquet") for one in self.sources if one.rows and one.rows.get(name)
            ]
            for name in TABLES
        }


def load(folder: Path) -> SetList:
    """The list of a set. Raises CannotDo where the folder holds none, or one of a later version."""
    try:
        told = json.loads((folder / LIST).read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            raise CannotDo(f"{folder.name} was made by another version of Mentorbook: gather it anew.")
        return SetList(tuple(Source(**one) for one in told["sources"]), told["how"])
    except FileNotFoundError as error:
        raise CannotDo(f"{folder} holds no set: make one with mentorbook gather FOLDER --out {folder}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CannotDo(
            f"The list of the set {folder.name} cannot be read: gather it anew into a new folder."
        ) from error


def save(folder: Path, kept: SetList) -> None:
    """Write the list, then take away the parts that it does not name."""
    told = {"format": FORMAT, "how": dict(kept.how), "sources": [asdict(one) for one in kept.sources]}
    coming = beside(folder / LIST)
    coming.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    coming.replace(folder / LIST)
    named = {path for paths in kept.tables(folder).values() for path in paths}
    for table in TABLES:
        sweep(folder / table)
        for path in (folder / table).glob("*.parquet"):
            if str(path) not in named:
                path.unlink()


def write_tables(
    folder: Path, source: Source, tables: Iterable[tuple[str, list[dict[str, Any]]]], secret: bytes | None
) -> Source:
    """Write the parts of one tracker; gives its source with the row counts."""
    counts = {}
    for name, rows in tables:
        counts[name] = len(rows)
        if rows:
            _write(folder / name / f"{source.stem}.parquet", arrow_table(name, rows, source, secret))
    return replace(source, rows=counts)


def arrow_table(name: str, rows: list[dict[str, Any]], source: Source, secret: bytes | None) -> pa.Table:
    """Rows of a table of a set, with where they came from; persons as keys where there is a secret."""
    import pyarrow as pa

    kinds = {TEXT: pa.string(), WHOLE: pa.int32(), FIGURE: pa.float64(), DAY: pa.date32(), YES: pa.bool_()}
    origin = {"file": source.file, "academic_year": source.year}
    columns = {}
    for key, kind in (ORIGIN | TABLES[name].columns).items():
        values = [origin[key]] * len(rows) if key in origin else [row.get(key) for row in rows]
        if secret is not None and key in PERSONS:
            values = [None if one is None else key_for(one, secret) for one in values]
        columns[key] = pa.array(values, kinds[kind])
    return pa.table(columns)


def key_for(person: str, secret: bytes) -> str:
    """A key that stands for a person: the same for the same secret, and nothing without it (HMAC, RFC 2104)."""
    return hmac.new(secret, person.strip().casefold().encode(), hashlib.sha256).hexdigest()[:20]


def _write(path: Path, table: pa.Table) -> None:
    from pyarrow import parquet

    make_folder(path.parent)
    coming = beside(path)
    try:
        parquet.write_table(table, coming, compression="zstd")
        coming.replace(path)
    finally:
        coming.unlink(missing_ok=True)


def forget(folder: Path, people: Iterable[str], secret: bytes | None = None) -> dict[str, int]:
    """Take every row about these learners out of a set; gives how many rows went from each table.

    The trackers they came from are not touched: a set gathered anew from them holds the learners again.
    """
    import pyarrow.compute as pc
    from pyarrow import parquet

    kept = load(folder)
    asked = pc_values([key_for(one, secret) if secret is not None else one.strip().lower() for one in people])
    gone: dict[str, int] = {}
    sources = []
    for source in kept.sources:
        counts, learners = dict(source.rows or {}), source.learners
        for name in (name for name, many in counts.items() if many and "learner_id" in TABLES[name].columns):
            path = folder / name / f"{source.stem}.parquet"
            table = parquet.read_table(path)
            theirs = pc.fill_null(pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(table["learner_id"])), asked), False)
            left = table.filter(pc.invert(theirs))
            went = table.num_rows - left.num_rows
            if went:
                gone[name] = gone.get(name, 0) + went
                counts[name] = left.num_rows
                learners -= went if name == "learners" else 0
                _write(path, left)
        sources.append(replace(source, rows=counts, learners=learners) if source.rows else source)
    save(folder, SetList(tuple(sources), kept.how))
    return gone


def pc_values(asked: list[str]) -> Any:
    """Texts as pyarrow looks them up."""
    import pyarrow as pa

    return pa.array(asked, pa.string())


_BACKUP = re.compile(r" \(backup \d{4}-\d\d-\d\d(?: \d+)?\)$")


def workbooks_below(folder: Path, out: Path) -> Iterator[Path]:
    """Every workbook below a folder that may be a tracker, in order: no lock file, no dated backup, nothing hidden."""
    for place, inner, names in os.walk(folder):
        inner[:] = sorted(
            one for one in inner if not one.startswith(".") and Path(place, one).resolve() != out.resolve()
        )
        for name in sorted(names):
            path = Path(place, name)
            hidden = name.startswith((".", "~$"))
            if path.suffix.lower() in (".xlsx", ".xlsm") and not hidden and not _BACKUP.search(path.stem):
                yield path
