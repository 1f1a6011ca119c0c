"""How long each kind is kept: a setting for each. No source names a time for a mentor's notes, so those are blank."""

from __future__ import annotations

from workbook.model.setting import Setting, number


def _months(name: str, label: str, default: float | None, help_: str) -> Setting:
    """How long a kind is kept; a blank is for ever, until the college's schedule is typed here."""
    named = f"{label}: kept for (months)"
    return number(f"keep_{name}", named, default, f"{help_} Blank: kept. See mentorbook past.", 1, 1200)


TIMES: tuple[Setting, ...] = (
    _months("leavers", "Learners who have left", None, "Everything about them, counted from their last day."),
    _months(
        "registers",
        "Registers",
        72,
        "Six years, as England asks of attendance registers (Working together to improve school attendance, 2024).",
    ),
    _months("behaviour", "Behaviour", None, "Counted from the incident."),
    _months("contacts", "Contacts", None, "Counted from the contact, once its follow-up is done."),
    _months("plans", "Targets and interventions", None, "Counted from their review or end."),
    _months("evidence", "PD evidence, work experience, achievements", None, "Counted from their date."),
    _months("diary", "Diary", None, "Counted from the day."),
)
