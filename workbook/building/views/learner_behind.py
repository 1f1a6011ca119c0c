"""The helper cells of the Learner view, folded away to the right, and the lists that dropdowns need without repeats."""

from __future__ import annotations

from typing import Any

from workbook.building.views.form import of_their_groups
from workbook.building.views.learner_average import AIM, BASE, SCALE, Averages
from workbook.building.views.learner_lists import (
    CONTACTS,
    HOME,
    INTERVENTIONS,
    LIST,
    START,
    TARGETS,
    VOCATIONAL,
    held_rows,
    list_rows,
)
from workbook.building.views.learner_live import FORM_ROW, LABEL, PEOPLE, PLACE, POINTS_1, ROW, TOP, WHO, Behind
from workbook.building.views.learner_pattern import write_sessions
from workbook.building.views.places import Matter, filled_up, helper, joined, next_of, next_on_roll, put
from workbook.model import Value
from workbook.model.formulas import DROPS, literal, or_blank
from workbook.model.questions import CONTACT_COUNTS, DAYS
from workbook.model.tracker import FIRST_ROW, column_letter
from workbook.reading.outline import column_number

_SCALES, _GROUPS = "AK", "AL"
_DISTINCT = 40
_FIRST, _LAST = 17, 38


def write_behind(page: Any, matter: Matter, behind: Behind, averages: Averages) -> None:
    """The helper cells, folded away to the right, and the lists that dropdowns need without repeats."""
    style = helper(matter.look)

    def cell(letters: str, row: int, formula: str, value: Value) -> None:
        put(page, row - 1, column_number(letters) - 1, formula, value, style)

    _write_people(cell, behind)
    cell("U", 3, averages.main_formula(), averages.main)
    _write_points(cell, behind, averages)
    _write_list_cells(cell, behind)
    write_sessions(cell, behind)
    for letter, table, key in ((_SCALES, "Scales", "scale"), (_GROUPS, "Groups", "group")):
        _write_distinct(cell, matter, letter, table, key)
    for number in range(_FIRST - 1, _LAST):
        page.set_column(number, number, 9, None, {"level": 1, "hidden": True})
    page.set_column(_LAST, _LAST, 3, None, {"collapsed": True})
    names = {
        "learners_of_form": (LABEL, PEOPLE),
        "scale_names": (_SCALES, _DISTINCT),
        "group_names": (_GROUPS, _DISTINCT),
    }
    for name, (letter, count) in names.items():
        run = f"'Learner view'!${letter}${FIRST_ROW}:${letter}${FIRST_ROW + count - 1}"
        first = f"'Learner view'!${letter}${FIRST_ROW}"
        matter.book.define_name(name, f'={first}:INDEX({run},MAX(1,COUNTIF({run},"?*")))')


def _write_people(cell: Any, behind: Behind) -> None:
    for number, place in enumerate(behind.people):
        row = FIRST_ROW + number
        cell(FORM_ROW, row, next_on_roll("$B$3", number + 1), place)
        spot = f"{FORM_ROW}{row}"
        label = f'INDEX(Learners[Name],{spot})&" ("&INDEX(Learners[Learner ID],{spot})&")"'
        cell(LABEL, row, f'=IF({spot}="","",{or_blank(label)})', behind.label_of(place) or None)
    last = FIRST_ROW + PEOPLE - 1
    run, labels = f"${FORM_ROW}${FIRST_ROW}:${FORM_ROW}${last}", f"${LABEL}${FIRST_ROW}:${LABEL}${last}"
    cell("S", 3, "=" + or_blank(f'IF($F$3="","",INDEX({run},MATCH({literal("$F$3")},{labels},0)))'), behind.place)
    found = f"INDEX(Learners[Learner ID],{PLACE})"
    cell("T", 3, f'=IF({PLACE}="","",{or_blank(found)})', behind.who)


def _write_points(cell: Any, behind: Behind, averages: Averages) -> None:
    """The places of the learner's rows on Progress, their points, and which of them the averages are over."""
    keys = {BASE: "Baseline points", AIM: "Target points"}
    keys |= {column_letter(column_number(POINTS_1) + drop - 1): f"Points {drop}" for drop in DROPS}
    for letter, row, formula, value in averages.usual_cells():
        cell(letter, row, formula, value)
    for number, place in enumerate(averages.rows):
        row = TOP + number
        before = f"{ROW}{row - 1}" if number else ""
        cell(ROW, row, next_of(WHO, PLACE, "Progress[Learners row]", before), place)
        spot = f"${ROW}{row}"
        cell(SCALE, row, *behind.progress("Scale", spot, place))
        for letter, header in keys.items():
            cell(letter, row, *behind.progress(header, spot, place, False))
        for letter, formula, value in averages.cells(number):
            cell(letter, row, formula, value)


_TABLES = ("Targets", "Contacts", "Interventions", "Vocationaldays")


def _write_list_cells(cell: Any, behind: Behind) -> None:
    """The sheet rows of targets, contacts and interventions by date, and the places of contacts at home."""
    mine = {table: f"({table}[Learners row]={PLACE})" for table in _TABLES}
    running = f'(({mine["Interventions"]}*(Interventions[Running]="Yes")+{of_their_groups(PLACE)})>0)'
    lists = (
        ("Targets", "Due", f'{mine["Targets"]}*(Targets[Still open]="Yes")', TARGETS, False),
        ("Contacts", "Date", f"{mine['Contacts']}*{CONTACT_COUNTS}", CONTACTS, True),
        ("Interventions", "Review due", running, INTERVENTIONS, False),
        ("Vocationaldays", "Week", mine["Vocationaldays"], VOCATIONAL, True),
    )
    for table, dated, condition, count, newest in lists:
        held = held_rows(behind, table)
        found = list_rows(behind, table, dated, held, newest)
        kind = 14 if newest else 15
        days = DAYS.get(table, f"INT({table}[{dated}])")
        for number in range(count):
            tie = f"ROW({table}[{dated}])/10^7"
            key = f"_xlfn.AGGREGATE({kind},6,({days}+{tie})/({condition}),{number + 1})"
            formula = f'=IF({WHO}="","",' + or_blank(f"ROUND(MOD({key},1)*10^7,0)") + ")"
            place = FIRST_ROW + found[number] if number < len(found) else None
            cell(LIST, TOP + START[table] + number, formula, place)
    home = filled_up(behind.rows_of("Parents"), HOME)
    for number, place in enumerate(home):
        row = TOP + START["Parents"] + number
        cell(LIST, row, next_of(WHO, PLACE, "Parents[Learners row]", f"{LIST}{row - 1}" if number else ""), place)


def _write_distinct(cell: Any, matter: Matter, letter: str, table: str, key: str) -> None:
    """Each text of a column once, in order, for a dropdown without repeats; the first row's is the first."""
    typed = list(map(joined, matter.values(table, key)))
    seen: dict[str, str] = {}
    for word in filter(None, typed):
        seen.setdefault(word.lower(), word)
    words = list(seen.values())
    if typed and not typed[0]:
        words.insert(0, "")
    header = matter.laid[table].sheet.by_key[key].header
    for number in range(_DISTINCT):
        row = FIRST_ROW + number
        above = f"{letter}${FIRST_ROW - 1}:{letter}{row - 1}"
        text = literal(f'{table}[{header}]&""')
        place = f'MATCH(0,INDEX(COUNTIF({above},"="&{text}),0),0)' if number else "1"
        formula = or_blank(f'INDEX({table}[{header}],{place})&""')
        cell(letter, row, f"={formula}", (words[number] or None) if number < len(words) else None)
