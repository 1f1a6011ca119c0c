"""What stands behind the Learner view: its helper cells, its formulas, and the same in Python."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

from workbook.files.build_table import HEAD, Laid
from workbook.files.views import Matter, helper, joined, next_row, places, put, same_text
from workbook.files.views_form import chosen_form
from workbook.model import CellError, Value
from workbook.model.formulas import DROPS, literal, or_blank
from workbook.model.tracker import FIRST_ROW, as_date, column_letter

Live: TypeAlias = tuple[str, Value]
"""A formula and what it gives."""

SUBJECTS, TARGETS, CONTACTS, INTERVENTIONS, HOME = 12, 4, 4, 3, 3
TOP = 10
"""The row of the first subject, counted from 1."""
_PEOPLE = 60
_DISTINCT = 40
# Helper columns, to the right of all that is shown.
_FORM_ROW, _LABEL, _ROW, _SCALE, _COUNT, _BASE, _AIM, _P1 = (column_letter(n) for n in range(17, 25))
_DROP, _NAME, _POINTS, _EXPECTED = (column_letter(n) for n in range(31, 35))
_LIST, _SCALES, _GROUPS = "AJ", "AK", "AL"
PLACE, WHO, MAIN = "$S$3", "$T$3", "$U$3"
_FIRST, _LAST = 17, 38


def column_number(letters: str) -> int:
    """``A`` is 0, ``AA`` is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def place_of(address: str) -> tuple[int, int]:
    """``$S$3`` as row and column, counted from 0."""
    _, letters, row = address.split("$")
    return int(row) - 1, column_number(letters)


class Behind:
    """The chosen learner: the formulas that find things, and what they find in a new file."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.form = chosen_form(matter)
        self.people = places(matter.values("Learners", "form"), self.form, _PEOPLE)
        self.place = self.people[0]
        self.who = self.learner("learner_id")
        self.label = self.label_of(self.place)
        self.rows = places(matter.values("Progress", "learner_id"), self.who, SUBJECTS)
        self.main = self._main_scale()

    def learner(self, key: str) -> str | None:
        """A column of the chosen learner as text."""
        return joined(self.matter.values("Learners", key)[self.place - 1]) or None if self.place else None

    def label_of(self, place: int | None) -> str:
        """What the list of learners says: name and ID."""
        if not place:
            return ""
        name, who = (joined(self.matter.values("Learners", key)[place - 1]) for key in ("name", "learner_id"))
        return f"{name} ({who})"

    def of_learner(self, header: str) -> str:
        """The formula of a column of the chosen learner."""
        return f'=IF({PLACE}="","",' + or_blank(f'INDEX(Learners[{header}],{PLACE})&""') + ")"

    def about(self) -> Live:
        """Form, year, mentor and course in a line."""
        parts = (("Form ", "Form"), ("year ", "Year"), ("mentor ", "Mentor"), ("", "Course"), ("on ", "Vocational day"))
        keys = ("form", "year", "mentor", "course", "vocational_day")
        pieces = []
        for number, (words, header) in enumerate(parts):
            lead = " " if header == "Vocational day" else ", " if number else ""
            cell = f"INDEX(Learners[{header}],{PLACE})"
            pieces.append(f'IF({cell}="","","{lead}{words}"&{cell})')
        said = ""
        for number, ((words, header), key) in enumerate(zip(parts, keys, strict=True)):
            lead = " " if header == "Vocational day" else ", " if number else ""
            value = self.learner(key)
            said += f"{lead}{words}{value}" if value else ""
        return f'=IF({PLACE}="","",' + or_blank("&".join(pieces)) + ")", said

    def attendance(self) -> Live:
        """The year's attendance in a sentence."""
        crit = f'"="&{literal(WHO)}'
        total = {
            key: f"SUMIFS(Registers[{key}],Registers[Learner ID],{crit})"
            for key in ("Possible", "Attended", "Unauthorised", "Late")
        }
        formula = (
            f'=IF({PLACE}="","",IF({total["Possible"]}=0,"No possible sessions yet.","Attended "&{total["Attended"]}'
            f'&" of "&{total["Possible"]}&" possible sessions ("&TEXT({total["Attended"]}/{total["Possible"]},"0.0%")'
            f'&"), "&{total["Unauthorised"]}&" unauthorised, "&{total["Late"]}&" late."))'
        )
        sums = {key: 0.0 for key in total}
        ids = self.matter.values("Registers", "learner_id")
        for key in total:
            values = self.matter.values("Registers", key.lower())
            sums[key] = sum(
                v for i, v in zip(ids, values, strict=True) if same_text(i, self.who) and isinstance(v, int | float)
            )
        if not self.place:
            return formula, None
        if not sums["Possible"]:
            return formula, "No possible sessions yet."
        share = int(1000 * sums["Attended"] / sums["Possible"] + 0.5) / 10
        words = {key: f"{value:g}" for key, value in sums.items()}
        return formula, (
            f"Attended {words['Attended']} of {words['Possible']} possible sessions ({share:.1f}%), "
            f"{words['Unauthorised']} unauthorised, {words['Late']} late."
        )

    def drop_name(self, drop: int) -> Live:
        """The name of a data drop."""
        numbers, names = self.matter.values("Drops", "drop"), self.matter.values("Drops", "name")
        name = next((joined(n) for d, n in zip(numbers, names, strict=True) if d == drop), "")
        found = f'INDEX(Drops[Name],MATCH({drop},Drops[Drop],0))&""'
        return f"={or_blank(found)}", name

    def subject_row(self, number: int) -> list[Live]:
        """The cells of one subject, left to right."""
        spot, place = f"${_ROW}{TOP + number}", self.rows[number]
        headers = ["Subject", "Baseline", "Target", *(f"APL {drop}" for drop in DROPS), "Forecast"]
        cells = [self._progress(header, spot, place) for header in headers]
        cells.append(self._effort(spot, place))
        return cells + [self._progress(header, spot, place, False) for header in ("Gap", "Change", "Status")]

    def _progress(self, header: str, spot: str, place: int | None, text: bool = True) -> Live:
        end = '&""' if text else ""
        formula = f'=IF({spot}="","",' + or_blank(f"INDEX(Progress[{header}],{spot}){end}") + ")"
        if not place:
            return formula, None
        value = self.matter.values("Progress", header.lower().replace(" ", "_"))[place - 1]
        return formula, (joined(value) or None) if text else value

    def _effort(self, spot: str, place: int | None) -> Live:
        """The label of the latest effort code."""
        run = f"INDEX(Progress[[Effort {DROPS[0]}]:[Effort {DROPS[-1]}]],{spot},0)"
        code = f'LOOKUP(2,1/(({run}<>"")*({run}<>not_assessed)),{run})'
        formula = f'=IF({spot}="","",' + or_blank(f"INDEX(Effort[Label],MATCH({literal(code)},Effort[Key],0))") + ")"
        if not place:
            return formula, None
        values = [self.matter.values("Progress", f"effort_{drop}")[place - 1] for drop in DROPS]
        not_assessed = self.matter.tracker.settings["not_assessed"]
        held = [v for v in values if v is not None and not isinstance(v, CellError) and not same_text(v, not_assessed)]
        keys, labels = self.matter.values("Effort", "key"), self.matter.values("Effort", "label")
        found = (label for key, label in zip(keys, labels, strict=True) if held and same_text(key, joined(held[-1])))
        return formula, next(found, None)

    def chart_title(self) -> Live:
        """The heading above the chart."""
        words = f"Average points at each drop, scale {self.main}" if self.main else "Average points at each drop"
        return f'="Average points at each drop"&IF({MAIN}="","",", scale "&{MAIN})', words

    def chart_ranges(self) -> tuple[str, str, str]:
        """Names, points and expected points of the drops."""
        return tuple(  # type: ignore[return-value]
            f"='Learner view'!${letter}${TOP}:${letter}${TOP + len(DROPS) - 1}"
            for letter in (_NAME, _POINTS, _EXPECTED)
        )

    def _column(self, key: str) -> list[Value]:
        """A column of Progress for the rows of the learner, None where there is no row."""
        values = self.matter.values("Progress", key)
        return [values[place - 1] if place else None for place in self.rows]

    def _main_scale(self) -> str | None:
        scales = [joined(value).lower() for value in self._column("scale")]
        counts = [scales.count(scale) if scale else 0 for scale in scales]
        if not any(counts):
            return None
        return joined(self._column("scale")[counts.index(max(counts))])

    def averages(self, drop: int) -> tuple[Value, Value]:
        """Average points and expected points at a drop over the subjects of the main scale."""
        scales, points = self._column("scale"), self._column(f"points_{drop}")
        base, aim = self._column("baseline_points"), self._column("target_points")
        rows = [row for row in zip(scales, points, base, aim, strict=True) if same_text(row[0], self.main)]
        full = [row for row in rows if all(isinstance(value, int | float) for value in row[2:])]
        mine = [row[1] for row in full if isinstance(row[1], int | float)] or [
            row[1] for row in rows if isinstance(row[1], int | float)
        ]
        share = self._share(drop)
        points_now: Value = sum(mine) / len(mine) if mine else CellError("#N/A")
        if not full or share is None:
            return points_now, CellError("#N/A")
        start, end = (sum(row[i] for row in full) / len(full) for i in (2, 3))  # type: ignore[misc]
        return points_now, start + (end - start) * share

    def _share(self, drop: int) -> float | None:
        numbers, gone = self.matter.values("Drops", "drop"), self.matter.values("Drops", "elapsed")
        elapsed = next((e for d, e in zip(numbers, gone, strict=True) if d == drop), None)
        year = next((value for value in self._column("year") if isinstance(value, int | float)), None)
        if not isinstance(elapsed, int | float) or year is None or isinstance(year, bool):
            return None
        settings = self.matter.tracker.settings
        return max(0.0, min(1.0, (year - settings["first_year"] + elapsed) / settings["course_years"]))

    def target_row(self, number: int) -> tuple[Live, Live]:
        """An open target: when it is due, and what it is; the earliest first."""
        who, status = self.matter.values("Targets", "learner_id"), self.matter.values("Targets", "status")
        held = [same_text(w, self.who) and same_text(s, "Open") for w, s in zip(who, status, strict=True)]
        return self._line("Targets", "Due", held, 1 + number, ("Target",), False)

    def contact_row(self, number: int) -> tuple[Live, Live]:
        """A contact: when, and what about; the latest first."""
        held = [same_text(w, self.who) for w in self.matter.values("Contacts", "learner_id")]
        return self._line("Contacts", "Date", held, 1 + TARGETS + number, ("With", "Why", "Summary"), True)

    def intervention_row(self, number: int) -> tuple[Live, Live]:
        """An intervention without an end: when it is reviewed, and what it is."""
        who, end = self.matter.values("Interventions", "learner_id"), self.matter.values("Interventions", "end")
        held = [same_text(w, self.who) and e is None for w, e in zip(who, end, strict=True)]
        at = 1 + TARGETS + CONTACTS + number
        return self._line("Interventions", "Review due", held, at, ("Type", "Reason", "Owner"), False)

    def _line(
        self, table: str, dated: str, held: list[bool], at: int, headers: tuple[str, ...], newest: bool
    ) -> tuple[Live, Live]:
        laid = self.matter.laid[table]
        spot = f"${_LIST}${TOP + at - 1}"
        row = self.list_rows(table, dated, held, newest)
        number = at - 1 - _START[table]
        place = row[number] if number < len(row) else None
        keys = [laid.sheet.columns[laid.number(header) - 1].key for header in headers]
        cells = [f"INDEX({_whole(laid, key)},{spot})" for key in keys]
        words = '&" · "&'.join(cells)
        said = [joined(self.matter.values(table, key)[place]) for key in keys] if place is not None else []
        day = _whole(laid, laid.sheet.columns[laid.number(dated) - 1].key)
        when = self.matter.values(table, dated.lower().replace(" ", "_"))[place] if place is not None else None
        left = f'=IF({spot}="","",IF(INDEX({day},{spot})="","no date",INDEX({day},{spot})))'
        return (left, None if place is None else when or "no date"), (
            f'=IF({spot}="","",{or_blank(words)})',
            " · ".join(said) if place is not None else None,
        )

    def list_rows(self, table: str, dated: str, held: list[bool], newest: bool) -> list[int]:
        """The places (from 0) of the rows a list shows, by date; a row whose date is a text is left out."""
        days = self.matter.values(table, dated.lower().replace(" ", "_"))
        found = []
        for place, (there, value) in enumerate(zip(held, days, strict=True)):
            day = as_date(value)
            if there and (day or value is None):
                found.append(((day or date(1899, 12, 30)).toordinal(), place))
        return [place for _, place in sorted(found, reverse=newest)]

    def home_row(self, number: int) -> tuple[Live, Live]:
        """A contact of the learner: relation, then name and phone."""
        found = places(self.matter.values("Parents", "learner_id"), self.who, HOME)
        place, spot = found[number], f"${_LIST}${TOP + _START['Parents'] + number}"
        cell = {header: f"INDEX(Parents[{header}],{spot})" for header in ("Relation", "Name", "Phone")}
        left = f'=IF({spot}="","",' + or_blank(f'{cell["Relation"]}&""') + ")"
        right = f'=IF({spot}="","",' + or_blank(f'{cell["Name"]}&" · "&{cell["Phone"]}') + ")"
        if not place:
            return (left, None), (right, None)
        relation, name, phone = (
            joined(self.matter.values("Parents", k)[place - 1]) for k in ("relation", "name", "phone")
        )
        return (left, relation or None), (right, f"{name} · {phone}")


_START = {
    "Targets": 0,
    "Contacts": TARGETS,
    "Interventions": TARGETS + CONTACTS,
    "Parents": TARGETS + CONTACTS + INTERVENTIONS,
}


def _whole(laid: Laid, key: str) -> str:
    """A whole column of a sheet, for finding a cell by its row."""
    letter = laid.letter(key)
    return f"{laid.sheet.name}!${letter}:${letter}"


def write_behind(page: Any, matter: Matter, behind: Behind) -> None:
    """The helper cells, folded away to the right, and the lists that dropdowns need without repeats."""
    style = helper(matter.look)

    def cell(letters: str, row: int, formula: str, value: Value) -> None:
        put(page, row - 1, column_number(letters), formula, value, style)

    _write_people(cell, behind)
    _write_points(cell, behind)
    _write_chart_cells(cell, behind)
    _write_list_cells(cell, behind)
    for letter, table, key in ((_SCALES, "Scales", "scale"), (_GROUPS, "Groups", "group")):
        _write_distinct(cell, matter, letter, table, key)
    for number in range(_FIRST - 1, _LAST):
        page.set_column(number, number, 9, None, {"level": 1, "hidden": True})
    page.set_column(_LAST, _LAST, 3, None, {"collapsed": True})
    names = {
        "learners_of_form": (_LABEL, _PEOPLE),
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
        before = f"{_FORM_ROW}{row - 1}" if number else ""
        cell(_FORM_ROW, row, next_row("$B$3", "Learners[Form]", before), place)
        spot = f"{_FORM_ROW}{row}"
        label = f'INDEX(Learners[Name],{spot})&" ("&INDEX(Learners[Learner ID],{spot})&")"'
        cell(_LABEL, row, f'=IF({spot}="","",{or_blank(label)})', behind.label_of(place) or None)
    last = FIRST_ROW + _PEOPLE - 1
    run, labels = f"${_FORM_ROW}${FIRST_ROW}:${_FORM_ROW}${last}", f"${_LABEL}${FIRST_ROW}:${_LABEL}${last}"
    cell("S", 3, "=" + or_blank(f'IF($F$3="","",INDEX({run},MATCH({literal("$F$3")},{labels},0)))'), behind.place)
    cell("T", 3, behind.of_learner("Learner ID"), behind.who)
    counts = f"${_COUNT}${TOP}:${_COUNT}${TOP + SUBJECTS - 1}"
    scales = f"${_SCALE}${TOP}:${_SCALE}${TOP + SUBJECTS - 1}"
    cell("U", 3, f'=IF(MAX({counts})=0,"",INDEX({scales},MATCH(MAX({counts}),{counts},0)))', behind.main)


def _write_points(cell: Any, behind: Behind) -> None:
    scales = f"${_SCALE}${TOP}:${_SCALE}${TOP + SUBJECTS - 1}"
    shown = behind._column("scale")
    keys = {_BASE: "Baseline points", _AIM: "Target points"}
    keys |= {column_letter(column_number(_P1) + drop): f"Points {drop}" for drop in DROPS}
    for number, place in enumerate(behind.rows):
        row = TOP + number
        before = f"{_ROW}{row - 1}" if number else ""
        cell(_ROW, row, next_row(WHO, "Progress[Learner ID]", before), place)
        spot = f"${_ROW}{row}"
        cell(_SCALE, row, *behind._progress("Scale", spot, place))
        same = sum(same_text(shown[number], other) for other in shown)
        cell(_COUNT, row, f'=IF({_SCALE}{row}="",0,SUMPRODUCT(({scales}={_SCALE}{row})*1))', same)
        for letter, header in keys.items():
            cell(letter, row, *behind._progress(header, spot, place, False))


def _write_chart_cells(cell: Any, behind: Behind) -> None:
    def run(letter: str) -> str:
        return f"${letter}${TOP}:${letter}${TOP + SUBJECTS - 1}"

    main = f'"="&{literal(MAIN)}'
    scale, base, aim = run(_SCALE), run(_BASE), run(_AIM)
    only = f'{scale},{main},{base},">-1000",{aim},">-1000"'
    start, end = (f"AVERAGEIFS({values},{only})" for values in (base, aim))
    year = f"INDEX(Learners[Year],{PLACE})"
    for number, drop in enumerate(DROPS):
        row = TOP + number
        points = run(column_letter(column_number(_P1) + drop))
        cell(_DROP, row, f"={drop}", drop)
        cell(_NAME, row, *behind.drop_name(drop))
        mine, expected = behind.averages(drop)
        cell(
            _POINTS,
            row,
            f"=IFERROR(AVERAGEIFS({points},{only}),IFERROR(AVERAGEIFS({points},{scale},{main}),NA()))",
            mine,
        )
        gone = f"INDEX(Drops[Elapsed],MATCH({drop},Drops[Drop],0))"
        share = f"MAX(0,MIN(1,({year}-first_year+{gone})/course_years))"
        cell(_EXPECTED, row, f"=IFERROR({start}+({end}-{start})*{share},NA())", expected)


def _write_list_cells(cell: Any, behind: Behind) -> None:
    """The sheet rows of targets, contacts and interventions by date, and the places of contacts at home."""
    lists = (
        ("Targets", "Due", '*(Targets[Status]="Open")', TARGETS, False),
        ("Contacts", "Date", "", CONTACTS, True),
        ("Interventions", "Review due", '*(Interventions[End]="")', INTERVENTIONS, False),
    )
    values = behind.matter.values
    for table, dated, more, count, newest in lists:
        who = values(table, "learner_id")
        held = [same_text(one, behind.who) for one in who]
        if table == "Targets":
            held = [h and same_text(s, "Open") for h, s in zip(held, values(table, "status"), strict=True)]
        if table == "Interventions":
            held = [h and e is None for h, e in zip(held, values(table, "end"), strict=True)]
        found = behind.list_rows(table, dated, held, newest)
        kind = 14 if newest else 15
        for number in range(count):
            key = (
                f"_xlfn.AGGREGATE({kind},6,(INT({table}[{dated}])+ROW({table}[{dated}])/10^7)"
                f"/(({table}[Learner ID]={WHO}){more}),{number + 1})"
            )
            formula = f'=IF({WHO}="","",' + or_blank(f"ROUND(MOD({key},1)*10^7,0)") + ")"
            place = FIRST_ROW + found[number] if number < len(found) else None
            cell(_LIST, TOP + _START[table] + number, formula, place)
    home = places(values("Parents", "learner_id"), behind.who, HOME)
    for number, place in enumerate(home):
        row = TOP + _START["Parents"] + number
        cell(_LIST, row, next_row(WHO, "Parents[Learner ID]", f"{_LIST}{row - 1}" if number else ""), place)


def _write_distinct(cell: Any, matter: Matter, letter: str, table: str, key: str) -> None:
    """Each text of a column once, in order, for a dropdown without repeats."""
    seen: dict[str, str] = {}
    for value in matter.values(table, key):
        if isinstance(value, str) and not isinstance(value, CellError):
            seen.setdefault(value.lower(), value)
    header = matter.laid[table].sheet.by_key[key].header
    words = list(seen.values())
    for number in range(_DISTINCT):
        row = FIRST_ROW + number
        above = f"{letter}${FIRST_ROW - 1}:{letter}{row - 1}"
        formula = or_blank(f'INDEX({table}[{header}],MATCH(0,INDEX(COUNTIF({above},{table}[{header}]),0),0))&""')
        cell(letter, row, f"={formula}", words[number] if number < len(words) else None)


__all__ = [
    "CONTACTS",
    "HEAD",
    "HOME",
    "INTERVENTIONS",
    "PLACE",
    "SUBJECTS",
    "TARGETS",
    "TOP",
    "Behind",
    "place_of",
    "write_behind",
]
