"""More kinds that cells show together: people, levels, weeks and days, targets, the sheets of the year's frame."""

from __future__ import annotations

from workbook.model.problem_kind import ProblemKind, declared

# People
LEARNER_TWICE = ProblemKind(
    "learner-twice",
    "Row {first} has a learner of the same name, born on the same day, under another ID.",
    "Keep one row, and give the rows of other sheets its ID.",
)
COURSE_INCOMPLETE = ProblemKind(
    "course-incomplete",
    "{heading} is {value}, but {other} is blank.",
    "Fill in both, or clear this one.",
)
SENT_WITHOUT_RESPONSIBILITY = ProblemKind(
    "sent-without-responsibility",
    "{heading} is Yes, but this contact has no parental responsibility, so no report goes there.",
    "Ask which is right, and correct one of the two.",
)
NO_WAY_TO_REACH = ProblemKind(
    "no-way-to-reach",
    "Reports go to this contact, who has neither email nor phone nor address.",
    "Ask home for one of them.",
)

# Levels
LEVEL_TO_COME = ProblemKind(
    "level-to-come",
    "{heading} is {value}, but its data drop is only on {day}.",
    "Move it to the drop it was given for, or correct the date on Drops.",
)
LEVEL_OUTSIDE_STAY = ProblemKind(
    "level-outside-stay",
    "{heading} is {value}, but its data drop on {day} was {when}.",
    "Clear it, or correct Started or Left on Learners.",
)
ABOVE_TIER = ProblemKind(
    "above-tier",
    "{heading} {value} cannot be reached: the subject is Foundation tier, which stops at 5.",
    "Correct the level, or the tier on Subjects.",
)
TARGET_BELOW_BASELINE = ProblemKind(
    "target-below-baseline",
    "{heading} {value} is below the baseline, {baseline}.",
    "Ask which of the two is right.",
)
BASELINE_SOURCE_ODD = ProblemKind(
    "baseline-source-odd",
    "{heading} is {value}, but {what}.",
    "Correct the source or the baseline.",
)

# Days and weeks
ABSENT_THEN = ProblemKind(
    "absent-then",
    "{heading} {value}: the register has the learner absent all that day.",
    "Correct the date, or ask whether the marks are right.",
)
DAY_AGAINST_REGISTER = ProblemKind(
    "day-against-register",
    "{heading} is {value}, but the register of {day} says {marks}.",
    "Ask the department or the register's teacher, and correct one of the two.",
)
ABSENT_WITH_EFFORT = ProblemKind(
    "absent-with-effort",
    "{heading} is {value}, but the learner was not there.",
    "Clear the effort, or correct Attended.",
)
NO_COLLEGE_THAT_WEEK = ProblemKind(
    "no-college-that-week",
    "{heading} {value} is a week without a college day.",
    "Correct the week, or the dates on Terms.",
)
DONE_TOO_EARLY = ProblemKind(
    "done-too-early",
    "{heading} is {value}, but the day, {day}, has not come yet.",
    "Correct the date, or clear this cell until it is done.",
)
TIME_ODD = ProblemKind("time-odd", "{heading} {value} is not a time of the day.", "Type it as 10:45.")
DIARY_CLASH = ProblemKind(
    "diary-clash",
    "{mentor} has another entry at that time, in row {first}.",
    "Move one of the two, or find cover.",
)

# Targets, support, next steps, contacts
TARGET_TWICE = ProblemKind(
    "target-twice",
    "Row {first} has the same target for this learner, and both are open.",
    "Keep one row, and move what only the other holds.",
)
TARGET_WITHOUT_DUE = ProblemKind(
    "target-without-due",
    "This target is open and has no day by which it is due, so it is never looked at.",
    "Type the day, or choose how it ended.",
)
CLOSED_WITHOUT_REVIEW = ProblemKind(
    "closed-without-review",
    "Status is {status}, but no day is written down on which that was seen.",
    "Type the day in Reviewed, or open the target again.",
)
SUPPORT_OVERLAPS = ProblemKind(
    "support-overlaps",
    "Row {first} has the same kind of support for the same learner or group at the same time.",
    "Keep one row, or correct the dates.",
)
NEVER_REVIEWED = ProblemKind(
    "never-reviewed",
    "This intervention has neither an end nor a day for its review.",
    "Agree the day on which you look at it together.",
)
SESSIONS_UNPLANNED = ProblemKind(
    "sessions-unplanned",
    "{heading} is {value}, but no number is planned.",
    "Type how many sessions were planned.",
)
AIM_OUT_OF_RANGE = ProblemKind(
    "aim-out-of-range",
    "{heading} {value} cannot be reached: {measure} goes from {low} to {high}.",
    "Correct the value or the measure.",
)
SUBJECT_NOT_TAKEN = ProblemKind(
    "subject-not-taken",
    "The learner has no row on Progress for {value}.",
    "Choose a subject of the learner's, or add it to Progress.",
)
SEEN_WITH_FOLLOW_UP = ProblemKind(
    "seen-with-follow-up",
    "{heading} is {value}, but the row says that there is nothing to do.",
    "Choose whom you will be in touch with, or clear the date.",
)
PLACEMENT_WITHOUT_START = ProblemKind(
    "placement-without-start",
    "This placement has {other}, but no first day.",
    "Type the first day.",
)
OFFER_INCOMPLETE = ProblemKind(
    "offer-incomplete",
    "Offer is {offer}, but {heading} is blank.",
    "Fill it in, or correct the offer.",
)
INTERVIEW_WITHOUT_APPLICATION = ProblemKind(
    "interview-without-application",
    "{heading} is {value}, but no application is written down.",
    "Type the day the application went in, or clear the interview.",
)

# The year's frame
TERMS_OVERLAP = ProblemKind(
    "terms-overlap", "These days are in row {first} too.", "Correct the dates of one of the two rows."
)
DROPS_OUT_OF_ORDER = ProblemKind(
    "drops-out-of-order",
    "{heading} {value} is not after that of drop {other}, {other_value}.",
    "Correct one of the two dates, or the numbers of the drops.",
)
POINTS_OUT_OF_ORDER = ProblemKind(
    "points-out-of-order",
    "{heading} {value} is not more than that of {other}, which is the level below.",
    "Correct the points or the order.",
)
THRESHOLDS_OUT_OF_ORDER = ProblemKind(
    "thresholds-out-of-order",
    "{setting} is {value}, above {other}, {other_value}: the graver step would come first.",
    "Correct one of the two.",
)

RECORD_KINDS = declared(vars())
"""All of them, in the order of the sheets."""
