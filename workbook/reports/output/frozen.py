"""The record of a run: what was made of which bytes and for whom, as draft, proofed or final; and what changed since.

A record lies beside the reports. It keeps no sentence of a report, only a check sum of what each name said, so that the
next run can tell which learner's report says something else, and where. A final run is frozen: nothing is written over
it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.model import CannotDo, Tracker
from workbook.package.file_bytes import require_ordinary
from workbook.package.writing import write_safely
from workbook.reports.engine.rows import look_up
from workbook.reports.engine.tokens import tokens_in

if TYPE_CHECKING:
    from workbook.reports.output.run import Run

DRAFT, PROOFED, FINAL = STATES = ("draft", "proofed", "final")
_OF_THE_DAY = ("report.date", "report.copy_for")
"""What differs from run to run without the report saying anything else."""
_SHOWN = 8


@dataclass
class Sent:
    """One report: its file with a check sum of its bytes (a PDF beside it too), for whom, and what it said by name."""

    report: str
    learner_id: str
    name: str
    files: dict[str, str]
    to: list[str]
    said: dict[str, str] = field(default_factory=dict)
    where: list[str] = field(default_factory=list)
    """The emails and addresses of these people; an older record has none."""


@dataclass
class Record:
    """A run as it was made."""

    title: str
    state: str
    on: str
    reports: list[Sent]


def record_file(folder: Path, title: str) -> Path:
    """Where a run's record lies."""
    return folder / f"Run record - {title}.json"


def known_state(state: str) -> str:
    """A state as it is written; CannotDo for none."""
    word = state.strip().lower()
    if word not in STATES:
        raise CannotDo(f"--state {state} means nothing: the states are {', '.join(STATES)}.")
    return word


def last(folder: Path, title: str) -> Record | None:
    """The record in a folder; None where there is none. CannotDo for one that cannot be read."""
    path = record_file(folder, title)
    if not path.exists():
        return None
    try:
        require_ordinary(path, "record of a run")
        held = json.loads(path.read_text(encoding="utf-8"))  # no input of the run, which writes it anew
        return Record(held["title"], held["state"], held["on"], [Sent(**one) for one in held["reports"]])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotDo(f"{path} cannot be read as the record of a run: take it out of the folder.") from error


def refuse_final(folder: Path, title: str) -> None:
    """Raise CannotDo where a folder holds a final run of this title."""
    record = last(folder, title)
    if record and record.state == FINAL:
        raise CannotDo(f"The {title} in {folder} is final since {record.on}: choose another folder, nothing was made.")


def record_of(run: Run, files: Sequence[Path], tracker: Tracker, on: date, state: str) -> Record:
    """The record of a run whose files are there, one for each report."""
    from workbook.reports.output.sending_list import HEADINGS, sending_rows

    to: dict[tuple[str, str], list[str]] = {}
    where: dict[tuple[str, str], list[str]] = {}
    at = {heading: place for place, heading in enumerate(HEADINGS)}
    for row in sending_rows(tracker, run, files):
        who = f"{row[at['To']]} ({row[at['How']]})" if row[at["To"]] else row[at["How"]]
        key = row[at["Learner ID"]], row[at["File"]]
        to.setdefault(key, []).append(who)
        where.setdefault(key, []).append(row[at["Email"]] or row[at["Address"]])
    names = _names(run)
    sent = []
    for (name, context), file in zip(run.reports, files, strict=True):
        learner = context.get("learner", {})
        who = str(learner.get("learner_id") or "")
        found = {path.name: _sum(path.read_bytes()) for path in (file, file.with_suffix(".pdf")) if path.exists()}
        said = {one: _sum(_said(one, context)) for one in names}
        told = str(learner.get("name") or name)
        key = who, file.name
        sent.append(Sent(name, who, told, found, to.get(key, []), said, where.get(key, [])))
    return Record(run.title, state, on.isoformat(), sent)


def _names(run: Run) -> list[str]:
    """The names whose values a run's template prints, a list by its own name."""
    found = (token.path for ask in run.template.asks() for token in tokens_in(ask.token))
    lists = run.template.vocabulary.lists
    firsts = (next((path[:end] for end in range(1, len(path) + 1) if path[:end] in lists), path) for path in found)
    return sorted({".".join(path) for path in firsts} - set(_OF_THE_DAY))


def _said(name: str, context: Mapping[str, Any]) -> bytes:
    return repr(look_up(tuple(name.split(".")), context, {})).encode()


def _sum(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def keep(record: Record, folder: Path) -> Path:
    """Write a record beside its reports, over an earlier one that is not final."""
    path = record_file(folder, record.title)
    write_safely(path, json.dumps(asdict(record), indent=1, ensure_ascii=False).encode(), replace=True)
    return path


def _goes_elsewhere(now: Sent, before: Sent) -> bool:
    return now.to != before.to or (bool(before.where) and now.where != before.where)


def _whereto(one: Sent) -> str:
    """Whom a report goes to, and at which address."""
    places = zip_longest(one.to, one.where, fillvalue="")
    return ", ".join(f"{who}, {place}" if place else who for who, place in places) or "nobody"


def changes(before: Record, now: Record) -> Iterator[str]:
    """What a run says otherwise than one before it, a sentence for each thing; one if nothing changed."""
    old, new = ({one.report: one for one in record.reports} for record in (before, now))
    since = f"Since the {before.state} run of {before.on}"
    differing = {
        name: sorted(key for key in new[name].said if new[name].said[key] != old[name].said.get(key))
        for name in new
        if name in old
    }
    changed = {name: keys for name, keys in differing.items() if keys}
    others = {name for name in new if name in old and _goes_elsewhere(new[name], old[name])}
    added, gone = [new[name] for name in new if name not in old], [old[name] for name in old if name not in new]
    if not (changed or others or added or gone):
        yield f"{since} nothing changed."
        return
    yield f"{since}: {len(changed)} say something else, {len(added)} are new, {len(gone)} are no longer made."
    told = [f"{new[name].name}: {', '.join(keys)}" for name, keys in changed.items()]
    told += [f"{new[name].name}: goes to {_whereto(new[name])}" for name in new if name in others]
    told += [f"{one.name}: new" for one in added] + [f"{one.name}: no longer made" for one in gone]
    yield from (f"  {line}" for line in told[:_SHOWN])
    if len(told) > _SHOWN:
        yield f"  … and {len(told) - _SHOWN} more"
