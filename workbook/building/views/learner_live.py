"""Who the Learner view shows: the formulas that find a learner's figures, and the same in Python for a new file."""

from __future__ import annotations

from typing import TypeAlias

from workbook.building.views.form import chosen_form
from workbook.building.views.places import Matter, filled_up, joined, on_roll_in, same_text
from workbook.model import CellError, Value, excel
from workbook.model.formulas import DROPS, literal, or_blank
from workbook.model.questions import in_form

Live: TypeAlias = tuple[str, Value]
"""A formula and what it gives."""

SUBJECTS, PEOPLE = 16, 60
"""The most subjects and the most learners of a form that the view can show."""
TOP = 10
"""The row of the first subject, counted from 1."""
# Helper columns, to the right of all that is shown, and two helper cells.
FORM_ROW, LABEL, ROW, POINTS_1 = "Q", "R", "S", "X"
PLACE, WHO = "$S$3", "$T$3"


class Behind:
    """The chosen learner: the formulas that find things, and what they find in a new file."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.form = chosen_form(matter)
        self.members = on_roll_in(matter, self.form)
        self.people = filled_up(self.members, PEOPLE)
        self.place = self.people[0]
        self.who = matter.values("Learners", "learner_id")[self.place - 1] if self.place else None
        self.label = self.label_of(self.place)
        self.all_rows = self.rows_of("Progress")
        self.rows = filled_up(self.all_rows, SUBJECTS)

    def rows_of(self, table: str) -> list[int]:
        """The places (from 1) of the learner's rows in a table."""
        whose = enumerate(self.matter.values(table, "learners_row"), 1)
        return [row for row, place in whose if self.place and place == self.place]

    def asked(self) -> Live:
        """What to choose, or what has no room here and where it is."""
        if not self.form:
            said = "Choose a form, then a learner."
        elif not self.place:
            said = f"Choose a learner of form {self.form} from the list."
        else:
            subjects, people = len(self.all_rows) - SUBJECTS, len(self.members) - PEOPLE
            more = [f"{subjects} more subjects have no room here: see Progress. "] if subjects > 0 else []
            more += [f"{people} more learners of the form are on Learners."] if people > 0 else []
            said = "".join(more)
        choose = 'IF($B$3="","Choose a form, then a learner.","Choose a learner of form "&$B$3&" from the list.")'
        rows = f"COUNTIF(Progress[Learners row],{PLACE})-{SUBJECTS}"
        members = f"SUMPRODUCT({in_form('$B$3')})-{PEOPLE}"
        subjects_more = f'IF({rows}>0,{rows}&" more subjects have no room here: see Progress. ","")'
        people_more = f'IFERROR(IF({members}>0,{members}&" more learners of the form are on Learners.",""),"")'
        return f'=IF({PLACE}="",{choose},{subjects_more}&{people_more})', said

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
        total = {
            key: f"SUMIFS(Registers[{key}],Registers[Learners row],{PLACE})"
            for key in ("Possible", "Attended", "Unauthorised", "Late")
        }
        formula = (
            f'=IF({PLACE}="","",IF({total["Possible"]}=0,"No possible sessions yet.","Attended "&{total["Attended"]}'
            f'&" of "&{total["Possible"]}&" possible sessions ("&TEXT({total["Attended"]}/{total["Possible"]},"0.0%")'
            f'&"), "&{total["Unauthorised"]}&" unauthorised, "&{total["Late"]}&" late."))'
        )
        sums = dict.fromkeys(total, 0.0)
        ids = self.matter.values("Registers", "learners_row")
        for key in total:
            values = self.matter.values("Registers", key.lower())
            sums[key] = sum(
                v
                for i, v in zip(ids, values, strict=True)
                if self.place and i == self.place and isinstance(v, int | float)
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
        spot, place = f"${ROW}{TOP + number}", self.rows[number]
        headers = ["Subject", "Baseline", "Target", *(f"APL {drop}" for drop in DROPS), "Forecast"]
        cells = [self.progress(header, spot, place) for header in headers]
        cells.append(self._effort(spot, place))
        return cells + [self.progress(header, spot, place, False) for header in ("Gap", "Change", "Status")]

    def progress(self, header: str, spot: str, place: int | None, text: bool = True) -> Live:
        """A column of Progress in the row whose place stands in cell ``spot``."""
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
        return formula, self.effort_word(held[-1]) if held else None

    def effort_word(self, code: Value) -> Value:
        """What an effort code means in a word; None for one that is not on Effort."""
        keys, labels = self.matter.values("Effort", "key"), self.matter.values("Effort", "label")
        return next((label for key, label in zip(keys, labels, strict=True) if same_text(key, joined(code))), None)

    def share(self, drop: int) -> float | None:
        """The share of the course gone by at a drop for the learner; None where that is not known."""
        numbers, gone = self.matter.values("Drops", "drop"), self.matter.values("Drops", "elapsed")
        elapsed = next((e for d, e in zip(numbers, gone, strict=True) if d == drop), None)
        year = self.matter.values("Learners", "year")[self.place - 1] if self.place else None
        if not isinstance(elapsed, int | float) or not excel.is_number(year):
            return None
        settings = self.matter.tracker.settings
        share: float = (excel.number(year) - settings["first_year"] + elapsed) / settings["course_years"]
        return max(0.0, min(1.0, share))
