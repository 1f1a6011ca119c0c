"""The lists beside the chart of the Learner view: open targets, contacts, what is in place, contacts at home."""

from __future__ import annotations

from workbook.building.tables.table import Laid
from workbook.building.views.form import running, running_rows
from workbook.building.views.learner_live import PLACE, TOP, Behind, Live
from workbook.building.views.places import filled_up, joined
from workbook.model.excel import FIRST_DAY
from workbook.model.formulas import look_up, or_blank
from workbook.model.questions import CONTACTS_COUNTED
from workbook.model.tracker import as_date

TARGETS, CONTACTS, INTERVENTIONS, VOCATIONAL, HOME = 4, 4, 3, 2, 3
"""How many lines each list has."""
LIST = "AJ"
"""The helper column that holds the rows the lists show."""
START = {
    "Targets": 0,
    "Contacts": TARGETS,
    "Interventions": TARGETS + CONTACTS,
    "Vocationaldays": TARGETS + CONTACTS + INTERVENTIONS,
    "Parents": TARGETS + CONTACTS + INTERVENTIONS + VOCATIONAL,
}


def target_row(behind: Behind, number: int) -> tuple[Live, Live]:
    """An open target: when it is due, and what it is; the earliest first."""
    held = held_rows(behind, "Targets")
    return _line(behind, "Targets", "Due", held, 1 + number, ("Target",), False)


def contact_row(behind: Behind, number: int) -> tuple[Live, Live]:
    """A contact: when, and what about; the latest first."""
    held = held_rows(behind, "Contacts")
    return _line(behind, "Contacts", "Date", held, 1 + TARGETS + number, ("With", "Why", "Summary"), True)


def intervention_row(behind: Behind, number: int) -> tuple[Live, Live]:
    """An intervention that is in place: when it is reviewed, and what it is."""
    held = held_rows(behind, "Interventions")
    at = 1 + TARGETS + CONTACTS + number
    return _line(behind, "Interventions", "Review due", held, at, ("Type", "Reason", "Owner"), False)


def vocational_row(behind: Behind, number: int) -> tuple[Live, Live]:
    """A vocational day: its week, and what the department says; the latest first."""
    held = held_rows(behind, "Vocationaldays")
    at = 1 + START["Vocationaldays"] + number
    return _line(behind, "Vocationaldays", "Week", held, at, ("Effort", "Comment"), True)


def _line(
    behind: Behind, table: str, dated: str, held: list[bool], at: int, headers: tuple[str, ...], newest: bool
) -> tuple[Live, Live]:
    laid = behind.matter.laid[table]
    spot = f"${LIST}${TOP + at - 1}"
    row = list_rows(behind, table, dated, held, newest)
    number = at - 1 - START[table]
    place = row[number] if number < len(row) else None
    keys = [laid.sheet.columns[laid.number(header) - 1].key for header in headers]
    cells = [_in_a_word(key, f"INDEX({whole(laid, key)},{spot})") for key in keys]
    words = '&" · "&'.join(cells)
    values = [(key, behind.matter.values(table, key)[place]) for key in keys] if place is not None else []
    said = [joined((behind.effort_word(one) if key == "effort" else None) or one) for key, one in values]
    day = whole(laid, laid.sheet.columns[laid.number(dated) - 1].key)
    when = behind.matter.values(table, dated.lower().replace(" ", "_"))[place] if place is not None else None
    left = f'=IF({spot}="","",IF(INDEX({day},{spot})="","no date",INDEX({day},{spot})))'
    return (left, None if place is None else when or "no date"), (
        f'=IF({spot}="","",{or_blank(words)})',
        " · ".join(said) if place is not None else None,
    )


def _in_a_word(key: str, cell: str) -> str:
    """A cell as a parent reads it: the word for an effort code, as far as Effort has one."""
    if key != "effort":
        return cell
    return f"IFERROR({look_up(cell, 'Effort[Key]', 'Effort[Label]')},{cell})"


def held_rows(behind: Behind, table: str) -> list[bool]:
    """Which rows of a table a list is about: the learner's open targets, contacts, or what is in place for them."""
    values = behind.matter.values
    if table == "Interventions":
        running = set(running_rows(behind.matter, behind.place))
        return [row in running for row in range(len(values(table, "learners_row")))]
    mine = [bool(behind.place) and place == behind.place for place in values(table, "learners_row")]
    if table == "Targets":
        return [own and still == "Yes" for own, still in zip(mine, values(table, "still_open"), strict=True)]
    if table == "Contacts":
        days = map(behind.matter.contact_day, values(table, "date"))
        return [own and day is not None for own, day in zip(mine, days, strict=True)]
    return mine


def list_title(behind: Behind, title: str, most: int) -> Live:
    """The title of a list, and how many more there are than it shows and where."""
    table = {"Open targets": "Targets", "Latest contacts": "Contacts", "In place now": "Interventions",
             "Vocational days": "Vocationaldays"}.get(title)  # fmt: skip
    where, count = table or "Parents", 0
    name = behind.matter.laid[where].sheet.name
    if table:
        count = sum(held_rows(behind, table))
    elif behind.place:
        count = len(behind.rows_of("Parents"))
    total = {
        "Targets": f'COUNTIFS(Targets[Learners row],{PLACE},Targets[Still open],"Yes")',
        "Contacts": f"COUNTIFS(Contacts[Learners row],{PLACE},{CONTACTS_COUNTED})",
        "Interventions": f"({running(PLACE)})",
        "Vocationaldays": f"COUNTIF(Vocationaldays[Learners row],{PLACE})",
        "Parents": f"COUNTIF(Parents[Learners row],{PLACE})",
    }[where]
    words = f"{title} ({count - most} more on {name})" if count > most else title
    more = f'IF({total}>{most}," ("&({total}-{most})&" more on {name})","")'
    return f'="{title}"&IF({PLACE}="","",{more})', words


def list_rows(behind: Behind, table: str, dated: str, held: list[bool], newest: bool) -> list[int]:
    """The places (from 0) of the rows a list shows, by date; what has none, or words for it, is the earliest."""
    days = behind.matter.values(table, dated.lower().replace(" ", "_"))
    found = []
    for place, (there, value) in enumerate(zip(held, days, strict=True)):
        if there:
            found.append(((as_date(value) or FIRST_DAY).toordinal(), place))
    return [place for _, place in sorted(found, reverse=newest)]


def home_row(behind: Behind, number: int) -> tuple[Live, Live]:
    """A contact of the learner: relation, then name and phone."""
    found = filled_up(behind.rows_of("Parents"), HOME)
    place, spot = found[number], f"${LIST}${TOP + START['Parents'] + number}"
    cell = {header: f"INDEX(Parents[{header}],{spot})" for header in ("Relation", "Name", "Phone")}
    left = f'=IF({spot}="","",' + or_blank(f'{cell["Relation"]}&""') + ")"
    right = f'=IF({spot}="","",' + or_blank(f'{cell["Name"]}&" · "&{cell["Phone"]}') + ")"
    if not place:
        return (left, None), (right, None)
    relation, name, phone = (
        joined(behind.matter.values("Parents", k)[place - 1]) for k in ("relation", "name", "phone")
    )
    return (left, relation or None), (right, f"{name} · {phone}")


def whole(laid: Laid, key: str) -> str:
    """A whole column of a sheet, for finding a cell by its row."""
    letter = laid.letter(key)
    name = f"'{laid.sheet.name}'" if " " in laid.sheet.name else laid.sheet.name
    return f"{name}!${letter}:${letter}"
