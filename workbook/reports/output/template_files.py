"""The templates that come with Mentorbook, and a mentor's own: found by name or by file, opened for their reader."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from importlib import resources
from pathlib import Path

from workbook.model import Audience, CannotDo
from workbook.package.guard import TEMPLATE
from workbook.package.parts import Package
from workbook.reports.content.audience import audience_of, refusals, refuse
from workbook.reports.content.names import terms, tree
from workbook.reports.content.purpose import Purpose
from workbook.reports.engine.large_print import in_large_print
from workbook.reports.engine.markup import parse
from workbook.reports.engine.matter import matter_in
from workbook.reports.engine.personal import personal_in, without_traces
from workbook.reports.engine.pictures import with_pictures
from workbook.reports.engine.properties import STATUTORY_TAG
from workbook.reports.engine.template import Template
from workbook.reports.engine.tokens import Vocabulary
from workbook.reports.output.template_matter import (
    known_words,
    refused,
    require_harmless,
    require_names,
    require_template,
)

_KEYWORDS = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords"
_CORE = "docProps/core.xml"


def names() -> list[str]:
    """The names of the templates that come with Mentorbook, such as ``parent_report``."""
    found = (one.name for one in resources.files("workbook.templates").iterdir())
    return sorted(name.removesuffix(".xlsx") for name in found if name.endswith(".xlsx"))


def find(name: str) -> Path:
    """The file of a template: a path as it is given, or one of ours by name; CannotDo names what there is."""
    own = Path(name)
    if own.suffix.lower() in (".xlsx", ".xlsm"):
        if own.is_file():
            return own
        raise CannotDo(f"There is no template {name}: check the path.")
    known = names()
    wanted = name.strip().lower().replace(" ", "_").replace("-", "_")
    if wanted in known:
        return Path(str(resources.files("workbook.templates") / f"{wanted}.xlsx"))
    near = difflib.get_close_matches(wanted, known, 1)
    hint = f"did you mean {near[0]}? " if near else ""
    there = f"{'There' if hint else 'there'} are {', '.join(known)}, or give an .xlsx file."
    raise CannotDo(f"There is no template called {name}: {hint}{there}")


def reader_of(package: Package) -> Audience:
    """Who reads a template, by its document tags."""
    return audience_of(_tags(package))


def is_statutory(path: Path) -> bool:
    """Whether a template's tags say that the law names what must be in it."""
    tags = _tags(Package.open(path, TEMPLATE)) or ""
    return STATUTORY_TAG in (tag.strip().lower() for tag in tags.replace(";", ",").split(","))


def _tags(package: Package) -> str | None:
    """The document tags (the keywords of File, Info in Excel)."""
    return parse(package.read(_CORE), _CORE).findtext(_KEYWORDS) if package.find(_CORE) is not None else None


def what_it_asks(path: Path, allow: Collection[str] = ()) -> tuple[Audience, list[dict[str, str | None]]]:
    """Who a template is for; and of each value that it asks for sheet, place, token, meaning and problem (or None).

    What it carries beside words and figures follows, with its word as `allow`. CannotDo for what is no template, and
    where no report could be made though every value is known.
    """
    package, reader, template = _opened(path)
    known = {term.name: term for term in terms()}
    audiences = {name: term.audience for name, term in known.items()}
    rows: list[dict[str, str | None]] = []
    for ask in template.asks():
        problem = ask.problem or next(iter(refusals([ask.token], audiences, reader)), None)
        meaning = known[ask.name].meaning if ask.name in known else None
        rows.append(_row(ask.sheet, ask.place, ask.token, meaning, problem))
    asked = [ask.token for ask in template.asks()]
    tags = Purpose.of(_tags(package))
    for tag, problem in tags.problems(Vocabulary(tree(reader)), asked):
        rows.append(_row("File, Info", "Tags", tag, None if problem else "for whom it makes sense", problem))
    if not any(row["problem"] for row in rows):
        template.prepare()
    allowed = known_words(allow)
    for each in matter_in(package):
        rows.append(_row(each.sheet, each.place, each.word, each.what, refused(each, reader, allowed), each.word))
    for each in personal_in(package):
        rows.append(_row(each.sheet, each.place, each.word, f"{each.what}: left out of reports", None, each.word))
    return reader, rows


def _row(
    sheet: str, place: str, token: str, meaning: str | None, problem: str | None, allow: str | None = None
) -> dict[str, str | None]:
    return {"sheet": sheet, "place": place, "token": token, "meaning": meaning, "problem": problem, "allow": allow}


def _opened(path: Path, logo: bytes | None = None, large_print: bool = False) -> tuple[Package, Audience, Template]:
    """A template's package as it came, its reader, and the template made ready; CannotDo for what is none."""
    package = Package.open(path, TEMPLATE)
    reader = reader_of(package)
    require_template(package, path)
    own = without_traces(package)
    if large_print:
        own = in_large_print(own)
    template = Template(with_pictures(own, {"college.logo": logo}) if logo else own, tree(Audience.MENTOR))
    require_names(len(template.asks()), path)
    return package, reader, template


def open_template(
    path: Path, logo: bytes | None = None, allow: Collection[str] = (), large_print: bool = False
) -> tuple[Template, Audience, Purpose]:
    """A template compiled for its reader, with the college's logo where it has a place for one, without its author, in
    large print if wanted; beside it who reads it and for whom it makes sense.

    CannotDo where it asks for what that reader may not see, or carries to parents what `allow` does not name.
    """
    allowed = known_words(allow)
    package, reader, template = _opened(path, logo, large_print)
    asked = [ask.token for ask in template.asks()]
    refuse(asked, {term.name: term.audience for term in terms()}, reader)
    purpose = Purpose.of(_tags(package))
    purpose.require_known(Vocabulary(tree(reader)), asked)
    require_harmless(package, reader, allowed)
    return template, reader, purpose
