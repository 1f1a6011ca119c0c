"""Kinds of problem that two cells show together: each may be right alone, but not beside the other."""

from __future__ import annotations

from workbook.model.problem_kind import ProblemKind, declared

# Dates
DATE_IN_FUTURE = ProblemKind(
    "date-in-future",
    "{heading} {value} has not come yet, so it cannot have happened.",
    "Correct the date; leave the cell blank until it is done.",
)

# Placements
PLACEMENT_UNCHECKED = ProblemKind(
    "placement-unchecked",
    "The placement began on {start}, and {heading} is not filled in.",
    "Ask today whether it was done. Type the day; until then the learner should not be there.",
)
PLACEMENT_CHECKED_LATE = ProblemKind(
    "placement-checked-late",
    "{heading} {value} is after the placement began, on {start}.",
    "Correct the date; if it is right, tell whoever is in charge of placements.",
)
PLACEMENTS_OVERLAP = ProblemKind(
    "placements-overlap",
    "This placement and the one in row {other} are on the same days.",
    "Correct the dates of one of them.",
)
PLACEMENT_WITHOUT_MARK = ProblemKind(
    "placement-without-w",
    "The registers from {start} to {end} have marks of presence, but no W for this placement.",
    "Type W for the sessions at the placement, or correct its dates.",
)
MARK_WITHOUT_PLACEMENT = ProblemKind(
    "w-without-placement",
    "The mark W on {day} says work experience, but no placement covers that day.",
    "Add the placement to Work experience, or type the mark that is meant.",
)
VISIT_OUTSIDE_PLACEMENT = ProblemKind(
    "visit-outside-placement",
    "The visit {value} is not within the placement, {start} to {end}.",
    "Correct the day of the visit or the dates of the placement.",
)
PLACEMENT_NOT_BEGUN = ProblemKind(
    "placement-not-begun",
    "{heading} is filled in, but the placement begins on {start}.",
    "Move the words to the right placement, or correct its first day.",
)
VISIT_NOTE_WITHOUT_VISIT = ProblemKind(
    "visit-note-without-visit",
    "{heading} is filled in, but no visit is written down.",
    "Type the day of the visit, or move the words to where they belong.",
)
HOURS_TOO_MANY = ProblemKind(
    "hours-too-many",
    "{heading} {value} is more than {days} can hold.",
    "Correct the hours, or the dates of the placement.",
)

# Next steps
UNDECIDED_WITH_PLAN = ProblemKind(
    "undecided-with-plan",
    "{heading} is {value}, but the row has an application or an offer.",
    "Choose the destination that the application is for, or clear the other cells.",
)
OFFER_WITHOUT_APPLICATION = ProblemKind(
    "offer-without-application",
    "{heading} is {value}, but no application is written down.",
    "Type the day the application went in, or clear the offer.",
)
OFFER_DATE_WITHOUT_OFFER = ProblemKind(
    "offer-date-without-offer",
    "{heading} is {value}, but no offer has come back.",
    "Choose what the offer was, or clear the date.",
)
ACCEPTED_WITHOUT_OFFER = ProblemKind(
    "accepted-without-offer",
    "{heading} is {value}, but there is no offer to accept: Offer is {offer}.",
    "Choose what came back in Offer, or clear Accepted.",
)
EVIDENCE_WITHOUT_OFFER = ProblemKind(
    "evidence-without-offer",
    "{heading} {value} says that the destination is confirmed, but there is no offer: Offer is {offer}.",
    "Choose what came back in Offer, or clear Evidence.",
)
DECLINED_WITHOUT_PLAN = ProblemKind(
    "declined-without-plan",
    "The application was declined, and the row has no back-up plan.",
    "Type what the learner does instead in Back-up plan, or the new application in this row.",
)
TRANSITION_ROWS_MISSING = ProblemKind(
    "transition-rows-missing",
    "Destinations were due by {by}, and {count} of the last year on roll: no row on this sheet.",
    "Add a row for each of them.",
)

# Support
ATTENDED_MORE = ProblemKind(
    "attended-more-than-planned",
    "{heading} {value} is more than the {planned} planned.",
    "Correct one of the two numbers.",
)
SUPPORT_NOT_BEGUN = ProblemKind(
    "support-not-begun",
    "{heading} is {value}, but this begins on {start}.",
    "Correct the first day, or clear what has not happened yet.",
)
AIM_INCOMPLETE = ProblemKind(
    "aim-incomplete",
    "{heading} is {value}, but {other} is blank, so nobody can tell when the aim is reached.",
    "Fill in both, or clear this one.",
)
FOLLOW_UP_UNKNOWN = ProblemKind(
    "follow-up-unknown",
    "{heading} is {value}, but no follow-up was due.",
    "Type the day on which the follow-up was due, or clear Done.",
)
LEARNER_AND_GROUP = ProblemKind(
    "learner-and-group",
    "This row names a learner and the group {value}, so it is not clear whose it is.",
    "Clear one of them; an intervention for both needs two rows.",
)
GROUP_EMPTY = ProblemKind(
    "group-empty",
    "The group {value} has no member while this intervention runs.",
    "Add its members to Groups, or type the day on which the intervention ended.",
)
OUTCOME_AGAINST_END = ProblemKind(
    "outcome-against-end",
    "{heading} is {value}, but {end}.",
    "Correct the outcome or the end.",
)
OPEN_AFTER_LEAVING = ProblemKind(
    "open-after-leaving",
    "The learner left on {left}, but this is still open: {heading} is {value}.",
    "Close it: type the end or choose how it ended.",
)
DONE_WITHOUT_ACTION = ProblemKind(
    "done-without-action",
    "{heading} is {value}, but no restorative action is chosen.",
    "Choose what was done, or clear Done.",
)

# Personal development
TOPIC_OF_OTHER_YEAR = ProblemKind(
    "topic-of-other-year",
    "The topic {value} is for Year {year}, and the learner is in Year {learner_year}.",
    "Choose a topic of the learner's year, or correct the year on PD topics.",
)
EVIDENCE_BEFORE_TOPIC = ProblemKind(
    "evidence-before-topic",
    "{heading} {value} is before the week of the topic, {week}.",
    "Correct the date or the topic.",
)

CROSS_KINDS = declared(vars())
"""All of them, in the order of the sheets."""
