"""The documentation page on templates, written from what the code declares, so that it cannot grow old."""

from __future__ import annotations

from collections.abc import Iterator

from workbook.model import Audience
from workbook.reports.content.audience import STAFF_TAG
from workbook.reports.content.names import COPY_FOR, FORM_GROUPS, LISTS, Term, terms
from workbook.reports.content.questions import GROUPS, kinds_of, proof_kinds
from workbook.reports.design.about import ABOUT
from workbook.reports.engine.formula_matter import WORDS

_INTRODUCTION = f"""# Report templates

A template is an ordinary Excel workbook. Write, draw and colour it as you like; where something about the learner
belongs, write its name in double braces: `{{{{learner.first_name}}}}`. Mentorbook fills a copy for every learner and
leaves everything else as you made it.

* **Values.** `{{{{attendance.percent}}}}` alone in a cell stays a number, `{{{{report.date}}}}` a date: the cell's own
  number format decides how it looks. Inside a sentence it is written in that format too. Attendance counts from 0 to
  100; under Excel's % format 92.4 reads 92%.
* **Rows that repeat.** A row with a name from a list, such as `{{{{subject.name}}}}`, comes once for each item. Rows
  next to each other that name the same list repeat together. All that stands below moves down; charts, conditional
  formats and the print area grow with it.
* **Formulas.** `=SUM(B5)`, `=AVERAGE(B5)` or `=SUM(IF(B5>3,1))` below a row 5 that repeats means all its rows,
  `=B5*2` the first of them, and inside the row each its own. A count over no rows is 0.
* **Rows that depend.** `{{{{if subject.comment}}}}` keeps its row only where there is a comment,
  `{{{{if not target}}}}` only where there is no target. Write it into any cell of the row. The word No is nothing.
* **Words between dots.** Of `Form {{{{learner.form}}}} · {{{{mentor.name}}}}` a stretch between middle dots ( · )
  whose names all have no value is left out, and its dot with it.
* **Charts and pictures.** Their alternative text is filled too, for screen readers: `{{{{chart.described}}}}`. Where it
  begins with a condition, such as `{{{{if chart.levels}}}}`, they stand only where it holds.
* **Rows that grow.** A row whose text wraps gets as high as the learner's text needs, and never lower than you made it.
* **Who reads it.** A template goes to parents and carers unless its tags (File, Info, Tags) hold the word
  `{STAFF_TAG}`. For parents, names marked *mentors* below are refused, with the reason.
* **A logo.** A picture whose alternative text is `{{{{college.logo}}}}` becomes the one given with `--logo PICTURE`.
* **How often.** A template with a name of a form (`{{{{member.name}}}}`) is filled once for each form, any other
  once for each learner. One that names whom it is for (`{{{{{COPY_FOR}}}}}`, or any `{{{{recipient.…}}}}`) comes once
  for each contact with parental responsibility to whom reports are sent. Where there is none, a letter that speaks to
  the recipient is left out, and any other comes once without a name. `--copies` and `--one-copy` overrule the template.
* **The law.** With the tag `statutory` it is asked before sending whether all is there that the law wants in an annual
  report: on the page, and for each learner.
* **For whom.** A tag that begins with `for` says for whom the template makes sense: `for Persistent absence` (a flag,
  by title or code), `for to_celebrate` or `for not next_step.accepted` (a name, as after `if`). Tags stand between
  commas or semicolons, and of several one is enough. The others are left out and named; `--all` makes theirs too.

`mentorbook template check FILE.xlsx` lists what a template asks for and what is not known.
`mentorbook report TRACKER.xlsx --out FOLDER --template FILE.xlsx` fills it.
"""

_TITLES = {
    "": "Sentences",
    "learner": "The learner",
    "subject": "Subjects (a row for each)",
    "attendance": "Attendance",
    "report": "The report",
    "mentor": "Whom to speak to",
    "recipient": "Who gets the report",
    "chart": "The chart of progress",
    "next_step": "The next step",
    "form": "The form",
}


def templates_page() -> str:
    """`docs/templates.md` as it should be."""
    parts = [_INTRODUCTION, *("\n".join(part) for part in (_ours(), _names(), _proofs(), _matter()))]
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _ours() -> Iterator[str]:
    yield "## The templates that come with Mentorbook\n"
    yield "They are in the folder `templates`, made by `python -m workbook.reports.design`. Copy one and change it.\n"
    for name, (title, use) in ABOUT.items():
        yield f"### {title}\n"
        yield f"{use}\n"
        yield f"`--template {name}`\n"
        yield f"![{title}](pictures/report_{name}.png)\n"


def _names() -> Iterator[str]:
    yield "## Names\n"
    yield "Most names are the headings of the tracker's columns in small letters, with `_` for a blank.\n"
    groups: dict[str, list[Term]] = {}
    for term in terms():
        groups.setdefault(term.name.rpartition(".")[0], []).append(term)
    order = [*(group for group in _TITLES if group in groups), *(group for group in groups if group not in _TITLES)]
    for group in order:
        yield f"### {_title(group)}\n"
        yield "| name | meaning | example | for |"
        yield "| --- | --- | --- | --- |"
        for term in groups[group]:
            who = "mentors" if term.audience is Audience.MENTOR else "all"
            yield f"| `{{{{{term.name}}}}}` | {term.meaning} | {term.example} | {who} |"
        yield ""


def _title(group: str) -> str:
    known = _TITLES.get(group)
    if known is None:
        known = f"{group.replace('_', ' ').replace('.', ', ').capitalize()} (a row for each)"
    if group in LISTS:
        known += f": {LISTS[group]}"
    return known + (", once a form" if group in FORM_GROUPS and group != "form" else "")


def _proofs() -> Iterator[str]:
    yield "## Before sending\n"
    yield "`mentorbook report` lists what to look at before reports go out, of what the template prints. `--seen KIND`"
    yield "answers a kind for a run; `--strict` stops while anything but information is left.\n"
    what = proof_kinds()
    for group in GROUPS:
        yield f"**{group}**\n"
        yield from (f"* `{code}`: {what[code]}" for code in kinds_of(group))
        yield ""


def _matter() -> Iterator[str]:
    yield "## What a template may carry\n"
    yield "A report goes to a family's computer, so what runs, reaches out or comes from elsewhere does not go with it."
    yield "`mentorbook template check` lists it with its place. A template for parents and carers that holds any of it"
    yield "is refused unless `--allow WORD` names it (once for each word); templates for staff are not.\n"
    yield "| word | what |"
    yield "| --- | --- |"
    for word, what in WORDS.items():
        yield f"| `{word}` | {what} |"
    yield "\nAuthor, editor, company, dates, folders, comments' authors, a printer's settings, labels, signatures, the"
    yield "picture of the first page, properties without a name in braces, and parts that nothing uses are taken out of"
    yield "every report."
    yield "A tracker is no template, since every report would hold every learner; nor is a workbook without any name."


if __name__ == "__main__":
    import sys
    from pathlib import Path

    Path(sys.argv[1] if len(sys.argv) > 1 else "docs/templates.md").write_text(templates_page(), encoding="utf-8")
