"""The sheet PD coverage: one form's learners against the topics that have begun, all of it live."""

from __future__ import annotations

from typing import Any

from workbook.building.look import ACCENT, STATUS, Look
from workbook.building.tables.table import HEAD, set_up_print
from workbook.building.views.form import MOST, chosen_form, printed
from workbook.building.views.places import (
    Matter,
    chooser,
    filled_up,
    helper,
    joined,
    line_where_filled,
    next_on_roll,
    on_roll_in,
    open_view,
    plain,
    purpose,
    put,
)
from workbook.measures.data_date import last_date
from workbook.measures.pd import Topic, begun, proven
from workbook.measures.snapshot import Snapshot
from workbook.model import Group, Value
from workbook.model.excel import fold
from workbook.model.formulas import literal, or_blank
from workbook.model.tracker import column_letter

NAME = "PD coverage"
SHOWN = 24
"""So many topics have a column, those begun last; the counts are of all that have begun."""
ON_A_PAGE = 22
"""So many learners fit a printed page."""
YES, NO, OTHERS = "●", "○", "–"
_HEADS = (("Learner ID", 11), ("Learner", 24), ("With evidence", 10), ("Topics begun", 10), ("Covered", 10))
_CHOSEN = "$C$3"
_FIRST = len(_HEADS)
_WHOLE, _TOP = HEAD, HEAD + 1
"""The line of the whole form, and that of its first learner, from 0."""
_PLACE, _YEAR = column_letter(_FIRST + SHOWN + 1), column_letter(_FIRST + SHOWN + 2)
_YEARS = f"${_YEAR}${_TOP + 1}:${_YEAR}${_TOP + MOST}"
_NUMBERS = _TOP + MOST + 1
"""The hidden line with each shown topic's row on PD topics, from 0."""
_BEGUN = 'ISNUMBER(PDtopics[Week])*(PDtopics[Week]<data_date+1)*(PDtopics[Week]>=year_starts-6)*(PDtopics[Topic]<>"")'
_EVERY_YEAR = "(ISNUMBER(PDtopics[Year group])=FALSE)"
_FORMS = f"{_BEGUN}*(({_EVERY_YEAR}+(COUNTIF({_YEARS},PDtopics[Year group])>0))>0)"


def write_pd_coverage(page: Any, matter: Matter) -> None:
    """A line for the form and one for each learner, a column for each topic."""
    look, form = matter.look, chosen_form(matter)
    open_view(page, look, NAME, purpose(NAME), Group.WHEN_NEEDED, [*(width for _, width in _HEADS), *[4.3] * SHOWN])
    page.write_string(2, 1, "Form", look.format(bold=True, align="right", indent=1))
    page.write_string(2, 2, form, chooser(look))
    page.data_validation(2, 2, 2, 2, {"validate": "list", "source": "=choice_forms", "error_type": "warning"})
    page.write_string(2, 4, f"{YES} evidence   {NO} none yet   {OTHERS} not for this year group", look.muted())
    about = _About(matter, on_roll_in(matter, form)[:MOST])
    _write_heads(page, look, about)
    for number in range(MOST):
        _write_learner(page, look, _TOP + number, number, about)
    _write_whole(page, look, about)
    _colour(page, look)
    for column in (_FIRST + SHOWN, _FIRST + SHOWN + 1):
        page.set_column(column, column, 6, None, {"level": 1, "hidden": True})
    page.set_column(_FIRST + SHOWN + 2, _FIRST + SHOWN + 2, 3, None, {"collapsed": True})
    page.freeze_panes(_TOP, 2)
    set_up_print(page, NAME, HEAD - 1)
    page.print_area(0, 0, _TOP + printed(matter, ON_A_PAGE) - 1, _FIRST + SHOWN - 1)


class _About:
    """What the view shows, worked out as its formulas work it out."""

    def __init__(self, matter: Matter, places: list[int]) -> None:
        self._matter = matter
        snapshot = Snapshot(matter.tracker, last_date(matter.tracker))
        self.places = filled_up(places, MOST)
        ids = matter.values("Learners", "learner_id")
        found = [snapshot.learners.find(ids[place - 1]) for place in places]
        self.learners = [None if one is None else snapshot.learners.all[one] for one in found]
        self._at = found
        self._known = proven(snapshot)
        everything = begun(snapshot)
        theirs = [one for one in everything if one.year is None or one.year in {self.year(n) for n in range(MOST)}]
        self.topics: list[Topic | None] = [*theirs[-SHOWN:], *[None] * (SHOWN - len(theirs))]
        self.theirs, self._begun = len(theirs), everything

    def year(self, number: int) -> float | None:
        """The year group of a learner of the form."""
        one = self.learners[number] if number < len(self.learners) else None
        return one.year if one else None

    def text(self, key: str, number: int) -> str | None:
        """A column of Learners as text."""
        place = self.places[number]
        return joined(self._matter.values("Learners", key)[place - 1]) or None if place else None

    def cell(self, number: int, topic: Topic | None) -> str | None:
        """The mark of a learner for a topic."""
        learner = self.learners[number] if number < len(self.learners) else None
        if learner is None or topic is None:
            return None
        if not topic.is_for(learner):
            return OTHERS
        return YES if (self._at[number], fold(topic.name)) in self._known else NO

    def counts(self, number: int) -> tuple[int | None, int | None]:
        """How many topics have evidence, of how many that have begun for the learner."""
        learner = self.learners[number] if number < len(self.learners) else None
        if learner is None:
            return None, None
        mine = [one for one in self._begun if one.is_for(learner)]
        return sum(self.cell(number, one) == YES for one in mine), len(mine)


def _write_heads(page: Any, look: Look, about: _About) -> None:
    page.set_row(HEAD - 1, 165)
    head, middle = (
        look.format(bold=True, font_color=ACCENT, text_wrap=True, valign="bottom", **aligned)
        for aligned in ({"indent": 1}, {"align": "center"})
    )
    for number, (words, _) in enumerate(_HEADS):
        page.write_string(HEAD - 1, number, words, head if number < 2 else middle)
    count = f"${_PLACE}${_NUMBERS + 1}"
    put(page, _NUMBERS, _FIRST + SHOWN, f"=SUMPRODUCT(ISNUMBER(1/({_FORMS}))*1)", about.theirs, helper(look))
    rows = "(ROW(PDtopics[Topic])-ROW(INDEX(PDtopics[Topic],1))+1)"
    style = look.format(bold=True, rotation=90, valign="bottom", align="center", text_wrap=True, font_size=9)
    for number, topic in enumerate(about.topics):
        spot = f"{column_letter(_FIRST + number + 1)}${_NUMBERS + 1}"
        which = f"_xlfn.AGGREGATE(15,6,{rows}/({_FORMS}),{number + 1}+MAX(0,{count}-{SHOWN}))"
        put(page, _NUMBERS, _FIRST + number, f"={or_blank(which)}", topic.row + 1 if topic else None, helper(look))
        name = f'=IF({spot}="","",INDEX(PDtopics[Topic],{spot})&"")'
        put(page, HEAD - 1, _FIRST + number, name, topic.name if topic else None, style)
    page.set_row(_NUMBERS, None, None, {"hidden": True})


def _write_learner(page: Any, look: Look, row: int, number: int, about: _About) -> None:
    at, place = row + 1, about.places[number]
    spot, year = f"${_PLACE}{at}", f"${_YEAR}{at}"
    put(page, row, _FIRST + SHOWN, next_on_roll(_CHOSEN, number + 1), place, helper(look))
    grade = f"INDEX(Learners[Year],{spot})"
    put(
        page,
        row,
        _FIRST + SHOWN + 1,
        f'=IF({spot}="","",IF(ISNUMBER({grade}),{grade},""))',
        about.year(number),
        helper(look),
    )
    for column, (header, key) in enumerate((("Learner ID", "learner_id"), ("Name", "name"))):
        formula = f'=IF({spot}="","",' + or_blank(f'INDEX(Learners[{header}],{spot})&""') + ")"
        put(page, row, column, formula, about.text(key, number), plain(look, bold=column == 1))
    mine = f"ISNUMBER(1/({_BEGUN}*(({_EVERY_YEAR}+(PDtopics[Year group]={year}))>0)))"
    has = _evidence(spot, "PDtopics[Topic]")
    done, of = about.counts(number)
    middle, share = plain(look, align="center"), plain(look, align="center", num_format="0%")
    cells: list[tuple[str, Value, Any]] = [
        (f"SUMPRODUCT({mine}*({has}>0))", done, middle),
        (f"SUMPRODUCT({mine}*1)", of, middle),
        (f'IF(D{at}=0,"",C{at}/D{at})', done / of if done is not None and of else None, share),
    ]
    for column, (formula, value, style) in enumerate(cells, start=2):
        put(page, row, column, f'=IF({spot}="","",{formula})', value, style)
    for column, topic in enumerate(about.topics, start=_FIRST):
        letter = column_letter(column + 1)
        which, head = f"{letter}${_NUMBERS + 1}", f"{letter}${HEAD}"
        group = f"INDEX(PDtopics[Year group],{which})"
        mark = f'IF({_evidence(spot, head)}>0,"{YES}","{NO}")'
        formula = f'=IF(OR({spot}="",{which}=""),"",IF(ISNUMBER({group}),IF({group}={year},{mark},"{OTHERS}"),{mark}))'
        put(page, row, column, formula, about.cell(number, topic), middle)


def _evidence(spot: str, topic: str) -> str:
    """How many rows of evidence the learner whose place stands in a cell has for a topic up to the data date."""
    return (
        f'COUNTIFS(PDevidence[Learners row],{spot},PDevidence[Topic],"="&{literal(topic)},'
        'PDevidence[Date],"<"&(data_date+1))'
    )


def _write_whole(page: Any, look: Look, about: _About) -> None:
    """The form in a line: sums, and the share of its learners with evidence for each topic."""
    first, last = _TOP + 1, _TOP + MOST
    strong = {"bold": True, "bottom": 1, "bottom_color": ACCENT, "align": "center"}
    page.write_blank(_WHOLE, 0, None, look.format(bottom=1, bottom_color=ACCENT))
    page.write_string(_WHOLE, 1, "The whole form", look.format(bold=True, bottom=1, bottom_color=ACCENT, indent=1))
    counts = [about.counts(number) for number in range(MOST)]
    done, of = (sum(pair[part] or 0 for pair in counts) for part in (0, 1))
    put(page, _WHOLE, 2, f"=SUM(C{first}:C{last})", done, look.format(**strong))
    put(page, _WHOLE, 3, f"=SUM(D{first}:D{last})", of, look.format(**strong))
    share = look.format(num_format="0%", **strong)
    at = _WHOLE + 1
    put(page, _WHOLE, 4, f'=IF(D{at}=0,"",C{at}/D{at})', done / of if of else None, share)
    small = look.format(num_format="0%", font_size=8, **strong)
    for column, topic in enumerate(about.topics, start=_FIRST):
        letter = column_letter(column + 1)
        yes, no = (f'COUNTIF({letter}{first}:{letter}{last},"{mark}")' for mark in (YES, NO))
        marks = [about.cell(number, topic) for number in range(MOST)]
        have, lack = marks.count(YES), marks.count(NO)
        value = have / (have + lack) if have + lack else None
        put(page, _WHOLE, column, f'=IF({yes}+{no}=0,"",{yes}/({yes}+{no}))', value, small)


def _colour(page: Any, look: Look) -> None:
    first, last = _TOP + 1, _TOP + MOST
    area = f"{column_letter(_FIRST + 1)}{first}:{column_letter(_FIRST + SHOWN)}{last}"
    style = look.difference(bg_color=STATUS["On"][0])
    page.conditional_format(area, {"type": "cell", "criteria": "==", "value": f'"{YES}"', "format": style})
    line_where_filled(page, look, f"A{first}:{column_letter(_FIRST + SHOWN)}{last}", f"$A{first}")
