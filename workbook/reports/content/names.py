"""Every name a template can ask for: most are columns of the tracker, the rest are declared here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from workbook.model import Audience, Column, sheet
from workbook.reports.content.audience import may_see
from workbook.reports.engine.tokens import OfHundred, tokens_in

PARENT, MENTOR = Audience.PARENT, Audience.MENTOR


class Term(NamedTuple):
    """A name in a template: `{{subject.comment}}`, what it gives, who may see it, an example."""

    name: str
    meaning: str
    audience: Audience = PARENT
    example: str = ""
    of_hundred: bool = False
    """Do its values count from 0 to 100, so that under a % format 92 must read 92%?"""
    of: Callable[[Mapping[str, Any]], Any] | None = None
    """Its value, where it follows from all else that a learner's report says."""


LISTS = {
    "subject": "a learner's subjects, in the order of the Subjects sheet",
    "subject.drop": "the data drops of a subject that have a level or an effort",
    "drop": "the year's data drops, for a chart of progress",
    "target": "the learner's targets, the newest eight",
    "open_target": "the targets that are still open, by date",
    "achievement": "achievements of this year, the newest eight",
    "to_celebrate": "achievements of this year that have not been celebrated yet, the newest eight",
    "evidence": "evidence of personal development, the newest eight",
    "vocational_week": "what the department says of the vocational days, the newest eight",
    "placement": "work experience placements",
    "intervention": "what is in place for the learner now, alone or in a group",
    "half_term": "attendance by half term",
    "contact": "contacts with home and others, the newest eight",
    "contact_person": "parents and carers",
    "incident": "behaviour incidents of this year, the newest eight",
    "flag": "reasons to look or to talk, and strengths",
    "member": "the learners of a form, by surname",
    "agreed_line": "lines for what each learner of a form agrees: three for new targets, then one for each still open",
    "slot": "the slots of a form's Progress Day, in their order",
    "form_subject": "the subjects of a form, and how its learners stand in each",
    "celebration": "achievements of a form's learners, newest first",
}
"""What repeats a row, and what each row then stands for."""

TABLES = {
    "target": "Targets",
    "open_target": "Targets",
    "achievement": "Achievements",
    "to_celebrate": "Achievements",
    "evidence": "PDevidence",
    "vocational_week": "Vocationaldays",
    "placement": "Workexperience",
    "intervention": "Interventions",
    "contact": "Contacts",
    "contact_person": "Parents",
    "incident": "Behaviour",
}
"""The lists whose items are rows of a sheet, column for column."""

_KEYS_LEFT_OUT = {"learner_id", "learner", "learners_row", "form", "year", "path", "drop"}
STAFF_LISTS = {"contact", "contact_person", "incident", "flag"}

_DECLARED = (
    Term("academy.name", "The Academy, from Settings.", example="14+ Academies"),
    Term("college.name", "The college, from Settings.", example="Example College"),
    Term("mentor.name", "The learner's progress mentor.", example="J. Sample"),
    Term("mentor.phone", "Phone for parents and carers, from Settings.", example="0113 000 0000"),
    Term("mentor.email", "Email for parents and carers, from Settings.", example="mentors@college.example"),
    Term("report.date", "The day the report speaks of.", example="12 February 2027"),
    Term("report.drop", "The latest data drop with a level.", example="Spring 1"),
    Term("report.year", "The academic year.", example="2026-27"),
    Term("report.copy_for", "Whom a copy is for, where each contact gets one.", example=" · for Ms A. Okafor"),
    Term("report.level_words", "What the learner's levels are called.", example="APL4: Academy Progress Level 4; …"),
    Term("report.course_end", "The year group in which courses end.", example="Year 11"),
    Term("report.next_progress_day", "The next Personal Progress Day.", example="19 March 2027"),
    Term("report.progress_day", "The Progress Day that a pack is for: today's or the next.", example="19 March 2027"),
    Term("report.look_again", "The Progress Day after that, when targets are looked at again.", example="25 June 2027"),
    Term("report.status_heading", "A heading for the status: what it compares.", example="On the way?"),
    Term("report.status_meaning", "What the status compares.", example="The status sets the level now beside …"),
    Term("report.vocational_meaning", "How units are awarded, where there are any.", example="Vocational …"),
    Term("report.effort_words", "The words for effort, best first.", example="Excellent, Good or Needs support"),
    Term("report.subjects", "How many subjects the learner takes.", example="9", of=lambda one: len(one["subject"])),
    Term("learner.first_name", "What the learner likes to be called.", example="Amira"),
    Term("learner.full_name", "First name and surname as on official records.", example="Amira Okafor"),
    Term("learner.names", "The first name with ’s.", example="Amira’s"),
    Term("learner.they", "She, he or they, in small letters.", example="she"),
    Term("learner.them", "Her, him or them.", example="her"),
    Term("learner.their", "Her, his or their.", example="her"),
    Term("learner.they_first", "She, he or they at the start of a sentence.", example="She"),
    Term("learner.their_first", "Her, his or their at the start of a sentence.", example="Her"),
    Term("learner.are", "Is or are, after the pronoun.", example="is"),
    Term("learner.have", "Has or have, after the pronoun.", example="has"),
    Term("recipient.name", "Whom the report is sent to.", example="Ms A. Okafor"),
    Term("recipient.dear", "The name for Dear …; parent or carer where there are several.", example="Ms A. Okafor"),
    Term("recipient.relation", "Who that is to the learner.", example="Mother"),
    Term("recipient.address", "Their address.", example="1 Example Street, Leeds"),
    Term("recipient.language", "Their language.", example="English"),
    Term("recipient.large_print", "Yes if they read large print.", example="No"),
    Term("going_well", "What goes well, in sentences.", example="Amira has moved up in Science."),
    Term("work_on", "One or two things to work on.", example="Maths is not yet where we hoped."),
    Term("we_will", "What the Academy will do.", example="A short maths session every Tuesday."),
    Term("learner_will", "What the learner will do: the open targets.", example="Start each task within two minutes."),
    Term("you_can_help", "How home can help.", example="Ask Amira to show you one maths question."),
    Term("attendance.possible", "Possible sessions this year.", example="190"),
    Term("attendance.attended", "Sessions attended.", example="171"),
    Term("attendance.missed", "Possible sessions not attended.", example="19"),
    Term("attendance.authorised", "Sessions missed with leave.", example="13"),
    Term("attendance.unauthorised", "Sessions missed without leave.", example="6"),
    Term("attendance.late", "Sessions begun late.", example="4"),
    Term("attendance.percent", "Attendance, 0 to 100.", example="90", of_hundred=True),
    Term("attendance.unauthorised_percent", "Unauthorised sessions out of a hundred.", example="3.2", of_hundred=True),
    Term("attendance.sentence", "Attendance in sentences.", example="Amira has attended 171 of 190 …"),
    Term("attendance.late_sentence", "Lateness in a sentence.", example="4 sessions began late."),
    Term("attendance.pattern", "What was missed by weekday, half day, vocational day.", example="Sessions missed: …"),
    Term("chart.title", "A title for the chart of progress.", example="Average level in eight subjects …"),
    Term("chart.learner", "What the learner's line is called: a long first name gives way.", example="Amira"),
    Term("chart.expected", "What the dashed line is called.", example="Way to the targets"),
    Term(
        "chart.sentence",
        "What the chart shows beyond its title; blank without a way to the targets.",
        example="On average over eight subjects …",
    ),
    Term("chart.levels", "Whether there is a level to draw.", example="yes"),
    Term("chart.described", "The chart in words, figures included, for its alternative text.", example="Line chart. …"),
    Term("drop.number", "1 to 6.", example="3"),
    Term("drop.name", "The data drop's name.", example="Spring 1"),
    Term("drop.date", "Its date.", example="5 February 2027"),
    Term("drop.average", "The learner's average points in comparable subjects.", example="4.4"),
    Term("drop.expected", "Where the path to the targets stands then.", example="4.6"),
    Term("drop.learner_label", "Where the chart writes beside the learner's line.", example="4.2"),
    Term("drop.expected_label", "Where the chart writes beside the dashed line.", example="5.1"),
    Term("subject.name", "The subject.", example="English"),
    Term("subject.current", "The level at the latest drop.", example="APL5"),
    Term("subject.last", "The level at the drop before.", example="APL4"),
    Term("subject.moved", "Up, down or same since the drop before, in a word.", example="Up"),
    Term("subject.status", "Above, On, Just below or Below; or what is not yet known.", example="Just below"),
    Term("subject.status_words", "The status as a parent reads it.", example="a little below"),
    Term("subject.status_mark", "The status as a mark.", example="▽"),
    Term("subject.effort", "The latest effort, as a word.", example="Good"),
    Term("subject.effort_meaning", "What that effort looks like in class.", example="Usually ready, tries hard …"),
    Term("subject.current_meaning", "The level now, in words.", example="Grade 5"),
    Term("subject.last_meaning", "The level at the drop before, in words.", example="Grade 4"),
    Term("subject.target_meaning", "The target, in words.", example="Grade 6"),
    Term("subject.forecast_meaning", "The forecast, in words.", example="Grade 6"),
    Term("subject.meaning", "Level, target and forecast in words.", example="Now Grade 5; the target is Grade 6 …"),
    Term("subject.drop.name", "The data drop's name.", example="Spring 1"),
    Term("subject.drop.level", "The level then.", example="APL5"),
    Term("subject.drop.effort", "The effort then, as a word.", example="Good"),
    Term("half_term.name", "The half term.", example="Autumn 1"),
    Term("half_term.possible", "Possible sessions.", example="74"),
    Term("half_term.attended", "Sessions attended.", example="70"),
    Term("half_term.authorised", "Sessions missed with leave.", example="3"),
    Term("half_term.unauthorised", "Sessions missed without leave.", example="1"),
    Term("half_term.late", "Sessions begun late.", example="2"),
    Term("half_term.percent", "Attendance, 0 to 100.", example="94.6", of_hundred=True),
    Term("attendance.words", "Persistent or severe absence, or blank.", MENTOR, "Persistent absence"),
    Term("flag.reason", "The reason in words.", MENTOR, "Attendance this year is 88.4%, under 95%."),
    Term("flag.band", "Look, talk, Head of Year, care, information or strength.", MENTOR, "talk"),
    Term("flag.title", "The rule's name.", MENTOR, "Persistent absence"),
    Term("flag.to_do", "What to do.", MENTOR, "Talk with the learner and home."),
    Term("form.name", "The form.", MENTOR, "10A"),
    Term("form.mentor", "Its progress mentor.", MENTOR, "J. Sample"),
    Term("form.learners", "How many learners it has.", MENTOR, "20"),
    Term("form.attendance", "Its attendance so far, 0 to 100.", MENTOR, "93.4", of_hundred=True),
    Term("form.sentence", "How the form stands, in a sentence.", MENTOR, "3 learners need a conversation …"),
    Term("member.name", "The learner.", MENTOR, "Amira Okafor"),
    Term("member.first_name", "What the learner likes to be called.", MENTOR, "Amira"),
    Term("member.attendance", "Attendance this year, 0 to 100.", MENTOR, "96.5", of_hundred=True),
    Term("member.late", "Sessions begun late.", MENTOR, "3"),
    Term("member.well", "Subjects above or on.", MENTOR, "7"),
    Term("member.below", "Subjects just below or below.", MENTOR, "2"),
    Term("member.going_well", "What goes well.", MENTOR, "Amira has moved up in Science."),
    Term("member.work_on", "What to work on.", MENTOR, "Maths is not yet where we hoped."),
    Term("member.band", "Talk, look or a dash.", MENTOR, "Talk"),
    Term("member.reasons", "Why, in a few words.", MENTOR, "Levels fell; Often late"),
    Term("member.slot", "When the learner comes on Progress Day.", MENTOR, "09:15"),
    Term("member.learner_id", "The learner's ID.", MENTOR, "L10001"),
    Term("member.open_targets", "Targets still open.", MENTOR, "2"),
    Term("member.needs", "Language of home and large print, where they matter.", MENTOR, "Polish; large print"),
    Term("agreed_line.learner_id", "The learner's ID.", MENTOR, "L10001"),
    Term("agreed_line.name", "The learner.", MENTOR, "Amira Okafor"),
    Term("agreed_line.target", "A target still open; blank for new ones.", MENTOR, "Start in two minutes"),
    Term("agreed_line.due", "By when it is to be met.", MENTOR, "5 February 2027"),
    Term("slot.time", "When a learner comes on Progress Day, by Settings.", MENTOR, "09:15"),
    Term("slot.room", "Where, if Settings names rooms.", MENTOR, "B12"),
    Term("slot.learner_id", "The learner's ID.", MENTOR, "L10001"),
    Term("slot.name", "The learner.", MENTOR, "Amira Okafor"),
    Term("slot.prepare", "Language, large print, and when brothers and sisters come.", MENTOR, "with Sam at 09:30"),
    Term("form_subject.name", "The subject.", MENTOR, "English"),
    Term("form_subject.above", "Learners above.", MENTOR, "4"),
    Term("form_subject.on", "Learners on.", MENTOR, "9"),
    Term("form_subject.just_below", "Learners just below.", MENTOR, "5"),
    Term("form_subject.below", "Learners below.", MENTOR, "2"),
    Term("form_subject.not_known", "Learners whose status is not known yet.", MENTOR, "0"),
    Term("celebration.name", "The learner.", MENTOR, "Amira Okafor"),
    Term("celebration.what", "What went well.", MENTOR, "Amira was in the winning quiz team."),
    Term("celebration.type", "What kind.", MENTOR, "Competition"),
    Term("celebration.date", "When.", MENTOR, "10 December 2026"),
)  # fmt: skip
COPY_FOR = "report.copy_for"
"""A template with this name names whom a copy is for, so that each of them has one."""
FORM_GROUPS = frozenset({"form", "member", "agreed_line", "slot", "form_subject", "celebration"})
"""Names that speak of a form: a template that asks for one is filled once a form, never for a learner's home."""

_EXAMPLES = {"date": "5 February 2027", "number": "4.5", "whole number": "3", "yes or no": "Yes", "level": "APL5"}


def _from_column(group: str, column: Column, key: str | None = None) -> Term:
    audience = MENTOR if group in STAFF_LISTS and column.audience is PARENT else column.audience
    return Term(f"{group}.{key or column.key}", column.help, audience, _EXAMPLES.get(column.kind.value, ""))


def _columns(group: str, table: str) -> Iterator[Term]:
    computed_too = table in ("Progress", "Learners")
    for column in sheet(table).columns if computed_too else sheet(table).entry:
        if group == "subject" and column.key == "subject":
            continue  # its name is {{subject.name}}
        if column.key not in _KEYS_LEFT_OUT or (group == "learner" and column.key != "learner"):
            yield _from_column(group, column)


def is_for_forms(names: Iterable[str]) -> bool:
    """Whether a template that asks for these names (with or without braces) is filled once for each form."""
    return not FORM_GROUPS.isdisjoint(map(_group, names))


def is_for_recipients(names: Iterable[str]) -> bool:
    """Whether a template that asks for these names is filled once for each person a learner's reports go to."""
    return any(_bare(name) == COPY_FOR or _group(name) == "recipient" for name in names)


def is_addressed(names: Iterable[str]) -> bool:
    """Whether a template that asks for these names speaks to the one it is sent to, and says nothing without one."""
    return "recipient" in map(_group, names)


def printed(asked: Iterable[str]) -> frozenset[str]:
    """What a template prints that asks for these names, with or without braces: each spelt as it is declared, its list
    or group too.
    """
    written = (name if "{{" in name else f"{{{{{name}}}}}" for name in asked)
    paths = {token.path for name in written for token in tokens_in(name)}
    return frozenset(".".join(path[:end]) for path in paths for end in range(1, len(path) + 1))


def _group(name: str) -> str:
    return _bare(name).split(".")[0].strip()


def _bare(name: str) -> str:
    return name.strip("{} ").lower().removeprefix("if ").removeprefix("not ").strip()


@cache
def terms() -> tuple[Term, ...]:
    """Every name but those of columns that never leave the tracker, sorted by group as the documentation lists them."""
    found = {term.name: term for term in _DECLARED}
    groups = [("learner", "Learners"), ("subject", "Subjects"), ("subject", "Progress"), ("next_step", "Transition")]
    for group, table in (*groups, *TABLES.items()):
        for term in _columns(group, table):
            found.setdefault(term.name, term)
    return tuple(term for term in found.values() if term.audience is not Audience.NEVER)


def fill_in(context: dict[str, Any], reader: Audience) -> None:
    """Put the values of names that follow from the rest into what a learner's report says."""
    for term in _DECLARED:
        if term.of and may_see(reader, term.audience):
            group, _, key = term.name.rpartition(".")
            (context[group] if group else context)[key] = term.of(context)


def tree(reader: Audience = MENTOR) -> dict[str, Any]:
    """The names a reader's template may ask for, shaped like what fills it: groups as mappings, lists as lists."""
    root: dict[str, Any] = {}
    for term in terms():
        if not may_see(reader, term.audience):
            continue
        node, path = root, ""
        *above, last = term.name.split(".")
        for step in above:
            path = f"{path}.{step}".lstrip(".")
            child = node.setdefault(step, [{}] if path in LISTS else {})
            node = child[0] if isinstance(child, list) else child
        node[last] = OfHundred(term.example) if term.of_hundred else term.example
    return root
