"""What a template may not carry to parents unless somebody says so, and what is no template at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from workbook.model import SHEETS, Audience, CannotDo
from workbook.package.parts import Package
from workbook.reports.engine.book import BookPart
from workbook.reports.engine.formula_matter import WORDS, Matter
from workbook.reports.engine.markup import named, parse
from workbook.reports.engine.matter import matter_in

_KEY = "learner id"
"""The heading that each of a tracker's tables about learners has."""


def known_words(allow: Collection[str]) -> frozenset[str]:
    """The words of matter that are allowed, in small letters; CannotDo for one that means nothing."""
    words = frozenset(word.strip().lower() for word in allow)
    unknown = sorted(words - WORDS.keys())
    if unknown:
        raise CannotDo(f"--allow {unknown[0]} means nothing: the words are {', '.join(WORDS)}.")
    return words


def refused(matter: Matter, reader: Audience, allowed: Collection[str]) -> str | None:
    """Why a template may not carry it to its reader, or None."""
    if reader is Audience.MENTOR or matter.word in allowed:
        return None
    return (
        f"{matter.what[0].upper()}{matter.what[1:]} does not go to parents: take it out, or say "
        f"--allow {matter.word} if you know what it does."
    )


def require_harmless(package: Package, reader: Audience, allowed: Collection[str]) -> None:
    """Raise CannotDo where the template carries to parents what nobody has allowed, with its place."""
    found: Sequence[Matter] = [each for each in matter_in(package) if refused(each, reader, allowed)]
    if found:
        first = found[0]
        more = f" (and {len(found) - 1} more: see `template check`)" if len(found) > 1 else ""
        raise CannotDo(f"{first.sheet} {first.place}: {refused(first, reader, allowed)}{more}")


def require_template(package: Package, name: Path) -> None:
    """Raise CannotDo for a tracker: reports made from it would hold every learner."""
    ours = {sheet.table.lower() for sheet in SHEETS}
    for sheet, part in BookPart(package).sheets():
        for link in package.relationships(part):
            if link.kind != "table" or not package.find(link.target):
                continue
            root = parse(package.read(link.target), link.target)
            headings = {column.get("name", "").strip().lower() for column in named(root, "tableColumn")}
            table = root.get("displayName", "")
            if table.lower() in ours and _KEY in headings:
                raise CannotDo(
                    f"{name.name} is a tracker, not a template: its sheet {sheet} holds the table {table}, and every "
                    "report made from it would hold every learner. Name a template, or copy one page of it into a new "
                    "workbook."
                )


def require_names(asked: int, name: Path) -> None:
    """Raise CannotDo for a template that asks for nothing: each report would be the same sheet."""
    if not asked:
        raise CannotDo(
            f"{name.name} asks for nothing, so every report would be the same: write names such as "
            "{{learner.first_name}} into its cells (docs/templates.md lists them)."
        )
