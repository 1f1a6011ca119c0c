"""The settings of a tracker: each has a name, which is also the name of its cell, and a default."""

from __future__ import annotations

from datetime import date

from workbook.model.setting import Setting, fixed, number, text
from workbook.model.times_kept import TIMES
from workbook.model.vocabulary import Kind

FOLDED = "Folded away"
LIST_ORDERS = ("the rule", "most reasons", "lowest attendance")
MEASURES = ("current against expected", "current against target", "forecast against target")


SETTINGS: tuple[Setting, ...] = (
    text("academy", "Academy", "14+ Academies", "Stands at the head of reports."),
    text("college", "College", "Example College", "Stands in letters."),
    text("phone", "Phone for parents and carers", "0113 000 0000", "Stands under How to reach us."),
    text("email", "Email for parents and carers", "mentors@college.example", "Stands under How to reach us."),
    Setting(
        "academic_year",
        "Academic year",
        "2026-27",
        Kind.TEXT,
        "Such as 2026-27; dates outside it are questioned.",
    ),
    fixed("first_year", "First year of the course", 10, "The year group in which courses start.", 7, 14),
    fixed(
        "course_years",
        "Length of courses in years",
        2,
        "From baseline to the target for the end of the course.",
        1,
        5,
    ),
    Setting(
        "status_measure",
        "Status compares",
        MEASURES[0],
        Kind.CHOICE,
        "What Gap and Status on Progress compare.",
        choices=MEASURES,
    ),
    text(
        "not_assessed",
        "Word for not assessed",
        "N/A",
        "Typed on Progress in place of a level; never counted as a level.",
    ),
    number(
        "attendance_look",
        "Attendance below (look)",
        95,
        "Flag when the year's attendance is below this percentage.",
        0,
        100,
    ),
    number(
        "attendance_talk",
        "Attendance at or below (talk)",
        90,
        "Persistent absence starts here: exactly 90% is included.",
        0,
        100,
    ),
    number("attendance_head", "Attendance at or below (Head of Year)", 50, "Severe absence starts here.", 0, 100),
    number("attendance_fall", "Attendance fell by (points)", 5, "This half term against the half term before."),
    number("lates", "Lates", 3, "Flag at this many late sessions within the days below."),
    fixed("lates_days", "Lates: school days looked at", 10, "The latest school days.", 1, 200),
    number(
        "unauthorised",
        "Unauthorised sessions",
        10,
        "For information, never sent: sessions of G, N, O, U within the weeks below.",
    ),
    fixed(
        "unauthorised_weeks",
        "Unauthorised: school weeks looked at",
        10,
        "The latest weeks of school; may span terms.",
        1,
        60,
    ),
    fixed(
        "early_sessions",
        "Too early before (possible sessions)",
        20,
        "Attendance is not judged before this many sessions.",
        0,
        400,
    ),
    Setting(
        "leave_out_study_leave",
        "Leave out half term 6 for Year 11",
        "No",
        Kind.YES_NO,
        "Yes: attendance of Year 11 does not count the last half term (study leave).",
        choices=("Yes", "No"),
    ),
    number("subjects_below", "Subjects below", 3, "Flag when the status is Below in this many subjects."),
    number(
        "core_below",
        "Below in English or maths by (points)",
        1,
        "Flag when a core subject is this far below.",
    ),
    number(
        "subjects_fell",
        "Subjects that fell",
        2,
        "Flag when the level fell in this many subjects since the drop before.",
    ),
    number(
        "low_level_points",
        "Level below (points)",
        None,
        "Flag when a level at the drop below is worth less than this.",
    ),
    number("low_level_drop", "Level below: at drop", None, "1 to 6; blank for the latest drop.", 1, 6),
    number(
        "effort_lowest",
        "Subjects at the lowest effort",
        1,
        "Flag when effort is the lowest there is in this many subjects.",
    ),
    number(
        "effort_dropped",
        "Subjects in which effort dropped",
        2,
        "Flag when effort dropped in this many subjects.",
    ),
    number("incidents", "Behaviour incidents", 3, "Flag at this many incidents within the days below."),
    fixed("incidents_days", "Incidents: school days looked at", 10, "The latest school days.", 1, 200),
    number(
        "contact_weeks",
        "Weeks without a contact",
        4,
        "Flag when no contact is recorded for this many school weeks.",
    ),
    fixed(
        "answer_weeks",
        "An answer lasts (school weeks)",
        4,
        "A contact answers a learner's concerns for so long, or until its follow-up; sooner if things get worse.",
        1,
        8,
    ),
    Setting(
        "week_mentor",
        "Whose week My week shows",
        None,
        Kind.TEXT,
        "A mentor's name; blank for whoever uses Excel.",
        optional=True,
    ),
    Setting(
        "list_order",
        "Order of the week's list",
        LIST_ORDERS[0],
        Kind.CHOICE,
        "Within severe absence, conversations and looks. mentorbook backtest says how each would have done here.",
        choices=LIST_ORDERS,
    ),
    fixed("list_length", "Conversations on a week's list", 5, "How many a mentor has room for in a week.", 1, 20),
    number(
        "target_days",
        "Target overdue by (days)",
        1,
        "Flag when an open target is this many days past its date.",
    ),
    number(
        "review_days",
        "Review overdue by (days)",
        1,
        "Flag when an intervention's review is this many days late.",
    ),
    number(
        "comments_missing",
        "Subjects without a comment",
        1,
        "Flag once reports are due and this many comments are missing.",
    ),
    Setting(
        "destination_by",
        "Destination known by",
        None,
        Kind.DATE,
        "Flag learners of the last year without a destination after this date.",
        optional=True,
    ),
    number(
        "placement_weeks",
        "Placement not confirmed (weeks before)",
        4,
        "Flag when checks or consent are missing this close to the start.",
    ),
    Setting(
        "no_intervention",
        "Flag a learner to talk to who has no open intervention",
        "Yes",
        Kind.YES_NO,
        "Yes or No.",
        choices=("Yes", "No"),
    ),
    text("progress_day_start", "Progress Day starts at", "09:00", "The first slot, such as 09:00."),
    fixed("slot_minutes", "Progress Day: minutes for each learner", 15, "The length of a slot.", 5, 240),
    text("progress_day_breaks", "Progress Day: breaks", "12:15-13:00", "Such as 10:30-10:45, 12:15-13:00."),
    text("progress_day_rooms", "Progress Day: rooms", None, "Such as 10A: B12, 10B: B14 + B15 (two at once)."),
    number(
        "improved",
        "Strength: subjects that rose",
        2,
        "When the level rose in this many subjects since the drop before.",
    ),
    number("effort_up", "Strength: effort up in subjects", 2, "When effort went up in this many subjects."),
    number(
        "attendance_up",
        "Strength: attendance up by (points)",
        5,
        "This half term against the half term before.",
    ),
    number(
        "full_week",
        "Strength: full week after absence",
        1,
        "When the latest week is full after this many weeks that were not.",
    ),
    number("streak", "Strength: full weeks in a row", 6, "When this many weeks in a row are full and on time."),
    number("target_met", "Strength: target met within (days)", 28, "When a target was met within these days."),
    fixed(
        "comment_most",
        "Longest comment (characters)",
        400,
        "Longer comments are questioned before reports go out.",
        20,
        4000,
    ),
    text(
        "banned_words",
        "Words not for reports",
        "lazy, naughty, stupid, failure, hopeless",
        "Separated by commas; questioned before reports go out.",
    ),
    Setting(
        "rare_sheets",
        "Sheets seldom used",
        FOLDED,
        Kind.CHOICE,
        "Folded away: until something stands on them. All shown: press My week, or run mentorbook update.",
        choices=(FOLDED, "All shown"),
    ),
    Setting(
        "compared_groups",
        "Groups compared for the Head of Year",
        None,
        Kind.TEXT,
        "Headings of your own columns on Learners, with commas between. Never in flags, orders or reports.",
        optional=True,
    ),
    fixed("backups_most", "Backups kept", 20, "So many dated backups stay beside the tracker, the newest.", 1, 1000),
    fixed("backups_days", "Backups kept for (days)", 400, "Older backups go when a new one is kept.", 7, 4000),
    *TIMES,
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


def understand(setting: Setting, value: object) -> str | float | date | None:
    """What a typed ``value`` means for a setting; the default where it cannot be understood (a check says so)."""
    if value is None:
        return None if setting.optional else setting.default
    if setting.kind is Kind.NUMBER:
        good = isinstance(value, (int, float)) and not isinstance(value, bool)
        return float(value) if good else setting.default  # type: ignore[arg-type]
    if setting.kind is Kind.DATE:
        return value if isinstance(value, date) else setting.default
    text = str(value).strip()
    if setting.choices:
        return next((choice for choice in setting.choices if choice.lower() == text.lower()), setting.default)
    return text
