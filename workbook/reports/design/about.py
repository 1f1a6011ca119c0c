"""What each template is for, in the order in which the documentation shows them."""

from __future__ import annotations

ABOUT: dict[str, tuple[str, str]] = {
    "parent_report": (
        "Parent report",
        "After each data drop, to parents and carers. Words first: what goes well, one or two things to work on, what "
        "each of us will do. Then the subjects with the teachers' comments, attendance, and the path so far. One page.",
    ),
    "annual_report": (
        "Annual report",
        "Once a year, to parents and carers: general progress, every subject, achievements and activities, attendance "
        "with possible sessions and unauthorised absence, and how to discuss it. One page.",
    ),
    "progress_day_pack": (
        "Progress Day pack",
        "For a Personal Progress Day: a talk sheet that the learner and home fill in too, and a page for three new "
        "targets with dates and signatures. Two pages.",
    ),
    "slot_timetable": (
        "Progress Day timetable",
        "Once a form: who comes when and where, brothers and sisters one after the other, what to prepare, and room to "
        "note who came. Start, length, breaks and rooms are on Settings.",
    ),
    "target_entry": (
        "Progress Day entry sheet",
        "Once a form: three lines for each learner, to type in what was agreed on paper, and one for each target still "
        "open, to keep, change or tick off. `mentorbook agreed` brings it, or packs that were filled in on a computer, "
        "back into Targets.",
    ),
    "learner_profile": (
        "Learner profile",
        "For staff: reasons to look, to talk and to praise, every level, attendance by half term, what is in place, "
        "open targets and contacts. Not to be handed on. One page.",
    ),
    "attendance_letter": (
        "Attendance letter",
        "To one parent or carer: the figures, why they matter, and an offer of help. No threat and no blame. "
        "For learners with a flag about the year's attendance.",
    ),
    "certificate": (
        "Certificate",
        "For a learner to take home: what went well this year, to be read out. For learners with an achievement that "
        "has not been celebrated yet.",
    ),
    "celebration_board": (
        "Celebration board",
        "Once a form, A3 for the wall: what its learners achieved in the last twelve weeks.",
    ),
    "form_summary": (
        "Form summary",
        "Once a form, for staff: a line for each learner with the reasons to look or to talk, a bar for each subject.",
    ),
}
"""Title and use of each template, by its name."""
