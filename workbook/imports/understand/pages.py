"""Which page of a file, and which table of a page, is to come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbook.imports.source import FileOptions, Page
from workbook.imports.understand.layout import Finder, Layout
from workbook.imports.understand.lexicon import who_word
from workbook.imports.understand.questions import LEAVE_OUT, Asker
from workbook.imports.understand.refusals import without_headings

_NAMING = ("id", "upn", "uln", "email", "name", "surname", "first_name", "called")
_BESIDE = ("form", "year", "born")


def layout_of(pages: Sequence[Page], finder: Finder, asker: Asker, options: FileOptions) -> Layout | None:
    """The table that holds the rows; None while it is asked which of several.

    Raises CannotDo where no row of the file reads like headings.
    """
    found = [(page, ones) for page in pages if (ones := _about(finder, page, options))]
    if not found:
        raise without_headings(pages, any(map(finder.across, pages)))
    about = [one for one in found if any(table.learners for table in one[1])] or found
    tables = about[0][1]
    if len(about) > 1:
        names = [page.name for page, _ in about]
        words = f"Several sheets of the file hold rows: {', '.join(names)}. Which one is to come in now?"
        answer = asker.ask(
            "page", f"{words} (Import the file again for each of the others.)",
            [(page.name, _count(sum(one.learners for one in tables))) for page, tables in about],
        )  # fmt: skip
        tables = next((ones for page, ones in about if page.name == answer), [])
    if len(tables) < 2:
        return tables[0] if tables else None
    lines = [f"line {one.options.headings_rows[0]}" for one in tables]
    answer = asker.ask(
        "table",
        f"Several tables stand one below the other, with headings in {' and '.join(lines)}. Which one is to come in "
        "now? (Import the file again for each of the others.)",
        [(line, _named(one)) for line, one in zip(lines, tables, strict=True)],
    )
    return next((one for line, one in zip(lines, tables, strict=True) if line == answer), None)


def with_names_above(layout: Layout, asker: Asker) -> Layout:
    """The layout, with names that stand once for several lines said of each; asked where a table looks like that."""
    source = layout.source()
    who = [one for one in source.headings if any(who_word(one, role) is not None for role in _NAMING)]
    nameless = [row for row in source.rows if all(row.values[heading] is None for heading in who)]
    if not who or len(nameless) < 2 or 4 * len(nameless) < len(source.rows) or nameless[0] is source.rows[0]:
        return layout
    lines = ", ".join(str(row.number) for row in nameless[:4]) + (" …" if len(nameless) > 4 else "")
    answer = asker.ask(
        "lines without a name",
        f"Lines {lines} name nobody, and stand below lines that do. Are they of the learner above them?",
        (("the learner above", "a table that is grouped by learner"), (LEAVE_OUT, "these lines are refused")),
    )
    if answer in (None, LEAVE_OUT):
        return layout
    beside = [one for one in source.headings if any(who_word(one, role) is not None for role in _BESIDE)]
    beside = [one for one in beside if one not in who and all(row.values[one] is None for row in nameless)]
    return replace(layout, options=replace(layout.options, fill=(*who, *beside)))


def _about(finder: Finder, page: Page, options: FileOptions) -> list[Layout]:
    """The tables of a page that hold rows about learners, else those that have headings."""
    found = [one for table in finder.tables(page) if (one := finder.layout(table, options))]
    return [one for one in found if one.learners] or found


def _named(one: Layout) -> str:
    """A table by its title and how many learners it has."""
    title = " ".join(one.source().titles[: -1 if one.page.name else None])
    return f"{title[:60]}: {_count(one.learners)}" if title else _count(one.learners)


def _count(learners: int) -> str:
    return "1 row" if learners == 1 else f"{learners} rows"
