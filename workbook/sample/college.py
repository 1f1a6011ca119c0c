"""The college of the sample: its subjects and courses, how forms are named, who mentors them."""

from __future__ import annotations

from random import Random

from workbook.model.tracker import column_letter
from workbook.sample.names import SURNAMES

LEARNERS_IN_A_FORM = 20
YEARS = (10, 11)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")

# subject, scale, qualification, core, tier, line for parents
_SUBJECTS = (
    ("English Language", "APL", "GCSE", "Yes", "Not tiered", "Two papers at the end of Year 11, and a spoken part."),
    ("Mathematics", "APL", "GCSE", "Yes", "Higher", "Three papers at the end of Year 11."),
    ("Combined Science", "Combined Science", "GCSE, counts as two", "No", "Higher", "Two grades side by side, as 5-4."),
    ("English Literature", "APL", "GCSE", "No", "Not tiered", "Two papers on books, plays and poems."),
    ("History", "APL", "GCSE", "No", "Not tiered", "Papers on Britain and the wider world."),
    ("Sociology", "APL", "GCSE", "No", "Not tiered", "Two papers on families, education, crime and fairness."),
    ("Citizenship Studies", "GCSE 9-1", "GCSE", "No", "Not tiered", "Two papers, one about a project of their own."),
    (
        "Digital Skills",
        "Entry / Functional",
        "Essential digital skills",
        "No",
        "Not tiered",
        "Entry Levels 1 to 3, then Level 1; tasks done at a computer.",
    ),
)
ACADEMIC = tuple(row[0] for row in _SUBJECTS)
SCALE_OF = {row[0]: row[1] for row in _SUBJECTS}
COURSES = (
    "Hair and beauty",
    "Construction",
    "Motor vehicle",
    "Catering and hospitality",
    "Childcare",
    "Health and social care",
    "Sport",
    "Creative media",
)
TECH = "Level 1/2 Tech"
SECTOR_OF = {
    "Hair and beauty": "Hair and beauty",
    "Construction": "Construction",
    "Motor vehicle": "Motor vehicle",
    "Catering and hospitality": "Catering",
    "Childcare": "Childcare",
    "Health and social care": "Health and care",
    "Sport": "Sport",
    "Creative media": "Office",
}


def course_day(course: str, year: int) -> int:
    """The weekday (0 to 4) on which a year group has its vocational course."""
    return (COURSES.index(course) + 2 * (year - YEARS[0])) % 5


def subjects(rng: Random) -> list[dict[str, object]]:
    """Rows of the Subjects sheet: eight subjects and the vocational courses."""
    teachers = rng.sample(SURNAMES, len(_SUBJECTS) + len(COURSES))
    rows: list[dict[str, object]] = [
        {
            "subject": name,
            "scale": scale,
            "qualification": qualification,
            "teacher": f"{rng.choice('ABCDEGHJKLMNPRST')}. {teachers.pop()}",
            "core": core,
            "vocational": "No",
            "tier": tier,
            "for_parents": words,
        }
        for name, scale, qualification, core, tier, words in _SUBJECTS
    ]
    for course in COURSES:
        rows.append(
            {
                "subject": course,
                "scale": TECH,
                "qualification": "Level 1/2 technical award",
                "teacher": f"{rng.choice('ABCDEGHJKLMNPRST')}. {teachers.pop()}",
                "core": "No",
                "vocational": "Yes",
                "tier": "Not tiered",
                "for_parents": "Units are passed one by one: Pass, Merit or Distinction at Level 1 or 2.",
            }
        )
    return rows


def forms(learners: int) -> list[str]:
    """The forms that ``learners`` need, about twenty to each: ``10A`` … ``11F`` for 240."""
    in_a_year = max(1, round(learners / len(YEARS) / LEARNERS_IN_A_FORM))
    return [f"{year}{column_letter(number)}" for year in YEARS for number in range(1, in_a_year + 1)]


def mentors(forms_: list[str], rng: Random) -> dict[str, str]:
    """A mentor for each form; a name of their own as long as there are enough names."""
    names = [f"{initial}. {surname}" for initial in "AJKRST" for surname in SURNAMES]
    chosen = rng.sample(names, min(len(names), len(forms_)))
    return {form: chosen[number % len(chosen)] for number, form in enumerate(forms_)}
