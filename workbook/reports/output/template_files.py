"""The templates that come with Mentorbook, and a mentor's own: found by name or by file, opened for their reader."""

from __future__ import annotations

import difflib
from importlib import resources
from pathlib import Path

from workbook.model import Audience, CannotDo
from workbook.package.guard import TEMPLATE
from workbook.package.parts import Package
from workbook.package.xml_tree import fromstring
from workbook.reports.content.audience import audience_of, refusals, refuse
from workbook.reports.content.names import terms, tree
from workbook.reports.engine.pictures import with_pictures
from workbook.reports.engine.template import Template

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
    raise CannotDo(f"There is no template called {name}: {hint}There are {', '.join(known)}, or give an .xlsx file.")


def reader_of(package: Package) -> Audience:
    """Who a template is for, by its document tags."""
    if package.find(_CORE) is None:
        return audience_of(None)
    root = fromstring(package.read(_CORE))
    return audience_of(root.findtext(_KEYWORDS))


def what_it_asks(path: Path) -> tuple[Audience, list[dict[str, str | None]]]:
    """Who a template is for; and of each value that it asks for sheet, place, token, meaning and problem (or None)."""
    package = Package.open(path, TEMPLATE)
    reader = reader_of(package)
    known = {term.name: term for term in terms()}
    audiences = {name: term.audience for name, term in known.items()}
    rows = []
    for ask in Template(package, tree(Audience.MENTOR)).asks():
        problem = ask.problem or next(iter(refusals([ask.token], audiences, reader)), None)
        meaning = known[ask.name].meaning if ask.name in known else None
        rows.append(
            {"sheet": ask.sheet, "place": ask.place, "token": ask.token, "meaning": meaning, "problem": problem}
        )
    return reader, rows


def open_template(path: Path, logo: bytes | None = None) -> tuple[Template, Audience]:
    """A template compiled for its reader, with the college's logo where it has a place for one.

    CannotDo where it asks for what that reader may not see.
    """
    package = Package.open(path, TEMPLATE)
    reader = reader_of(package)
    filled = with_pictures(package, {"college.logo": logo}) if logo else package
    template = Template(filled, tree(Audience.MENTOR))
    refuse((ask.token for ask in template.asks()), {term.name: term.audience for term in terms()}, reader)
    return template, reader
