"""How long each kind is kept: a setting for each.

Only attendance registers have a published time: regulation 7 of the School Attendance (Pupil Registration) (England)
Regulations 2024 "requires every entry in a register to be kept for at least six years" (its explanatory note,
https://www.legislation.gov.uk/uksi/2024/208/note/made). For a mentor's working notes no law names one; schedules of
councils and trusts differ. So the others are blank, and the college decides.
"""

from __future__ import annotations

from workbook.model.setting import Setting, number

_COLLEGE = "No law names a time: your college decides; blank keeps them."


def _months(name: str, label: str, default: float | None, help_: str) -> Setting:
    """How long a kind is kept; a blank is for ever, until the college's schedule is typed here."""
    named = f"{label}: kept for (months)"
    return number(f"keep_{name}", named, default, f"{help_} See mentorbook past.", 1, 1200)


TIMES: tuple[Setting, ...] = (
    _months(
        "leavers", "Learners who have left", None, f"Everything about them, counted from their last day. {_COLLEGE}"
    ),
    _months(
        "registers",
        "Registers",
        72,
        "At least six years from each entry is the law for schools (SI 2024/208, regulation 7; legislation.gov.uk).",
    ),
    _months("behaviour", "Behaviour", None, f"Counted from the incident. {_COLLEGE}"),
    _months("contacts", "Contacts", None, f"Counted from the contact, once its follow-up is done. {_COLLEGE}"),
    _months("plans", "Targets and interventions", None, f"Counted from their review or end. {_COLLEGE}"),
    _months("evidence", "PD evidence, work experience, achievements", None, f"Counted from their date. {_COLLEGE}"),
    _months("diary", "Diary", None, f"Counted from the day. {_COLLEGE}"),
)
