"""Every kind of problem a check can find, declared once: code, sentence, what to do.

The templates are filled by `ProblemKind.at`: ``{value}`` is the cell's value, ``{heading}`` the column's
heading. No sentence names a learner; what a cell holds is enough to find it.
"""

from __future__ import annotations

from workbook.checks.cross_kinds import CROSS_KINDS
from workbook.checks.record_kinds import RECORD_KINDS
from workbook.model.problem_kind import FILE_KINDS, ProblemKind, declared

# Cells that must be filled, and values that must exist elsewhere
REQUIRED_MISSING = ProblemKind(
    "required-missing",
    "{heading} is blank, and {row_is} needs one.",
    "Fill the cell, or clear the row.",
)
LEARNER_UNKNOWN = ProblemKind(
    "learner-unknown",
    "No row of Learners has the ID {value}.",
    "Correct the ID, or add the learner to Learners.",
)
REFERENCE_UNKNOWN = ProblemKind(
    "reference-unknown",
    "{heading} {value} is not on the sheet {where}.",
    "Correct it, or add it to that sheet.",
)

# Rows
VALUE_TWICE = ProblemKind(
    "value-twice",
    "{heading} {value} is there already, in row {first}.",
    "Keep the right row, and correct or delete the other.",
)
ROW_TWICE = ProblemKind(
    "row-twice",
    "This row says the same as row {first}: {what}.",
    "Keep one row, and move what only the other holds.",
)
ROW_TORN = ProblemKind(
    "row-torn",
    "{what} in this row belong to different learners; one column may have been sorted alone.",
    "Undo the sort, or take the rows from an earlier version.",
)

# Identifiers
UPN_INVALID = ProblemKind(
    "upn-invalid",
    "{value} is not a UPN: {why}.",
    "Copy the UPN from the admission record as text.",
)
UPN_AUTHORITY = ProblemKind(
    "upn-authority",
    "The UPN {value} names a local authority, {authority}, that is not in the list.",
    "Compare it with the admission record; leave it if it is the same.",
)
ULN_INVALID = ProblemKind(
    "uln-invalid", "{value} is not a ULN: {why}.", "Copy the ULN from the learner record as text."
)
ULN_SCIENTIFIC = ProblemKind(
    "uln-scientific",
    "The ULN has become {value}, and Excel has dropped digits.",
    "Format the column as Text, then type the ten digits again.",
)

# Kinds of value
NUMBER_STORED = ProblemKind(
    "number-stored",
    "{heading} should be text, but {value} is stored as a number, which drops zeros in front.",
    "Format the cell as Text and type it again.",
)
NUMBER_AS_TEXT = ProblemKind(
    "number-as-text",
    "{heading} {value} looks like a number but is stored as text, so it is not counted.",
    "Click the green corner, Convert to Number.",
)
TEXT_IN_NUMBER = ProblemKind("text-in-number", "{heading} should be a number, not {value}.", "Type a number.")
NUMBER_OUT_OF_RANGE = ProblemKind(
    "number-out-of-range",
    "{heading} {value} should be {bounds}.",
    "Type a number in that range.",
)
NUMBER_NOT_WHOLE = ProblemKind("number-not-whole", "{heading} {value} is not a whole number.", "Type a whole number.")
TEXT_WRONG_TYPE = ProblemKind(
    "text-wrong-type", "{heading} should be words, but the cell holds {value}.", "Type it again as text."
)
BECAME_DATE = ProblemKind(
    "became-date",
    "Excel has turned {heading} into the date {value}.",
    "Format the cell as Text and type it again.",
)
BECAME_SCIENTIFIC = ProblemKind(
    "became-scientific",
    "Excel has read {heading} as a power of ten and made it {value}.",
    "Format the cell as Text and type it again.",
)
FORMULA_AS_TEXT = ProblemKind(
    "formula-as-text",
    "{heading} {value} is a text that looks like a formula.",
    "Type the value without = or + in front.",
)

# How it is typed
SPACES = ProblemKind(
    "spaces",
    "{heading} {value} has spaces before, after or doubled inside, or signs that nobody sees.",
    "Type it again without them.",
)
CAPITALS = ProblemKind(
    "capitals", "{heading} {value} differs only in capitals from what is meant.", "Type it as listed."
)
LOOK_ALIKE = ProblemKind(
    "look-alike",
    "{heading} {value} has a letter that looks like another, such as O for 0 or l for 1.",
    "Type it again.",
)

# Dates
DATE_AS_TEXT = ProblemKind(
    "date-as-text",
    "{heading} {value} is a text, not a date, so it is not counted.",
    "Type the date as day/month/year.",
)
DATE_UNREADABLE = ProblemKind("date-unreadable", "{heading} {value} is not a date.", "Type the date as day/month/year.")
DATE_AS_NUMBER = ProblemKind(
    "date-as-number", "{heading} should be a date but shows the number {value}.", "Format the cell as Date."
)
DATE_OUTSIDE_YEAR = ProblemKind(
    "date-outside-year",
    "{heading} {value} is not between {start} and {end}.",
    "Correct the date, or the academic year on Settings and the dates on Terms.",
)
DATE_AFTER_LEAVING = ProblemKind(
    "date-after-leaving",
    "{heading} {value} is after the learner left, on {left}.",
    "Correct this date, or Left on Learners.",
)
DATE_BEFORE_START = ProblemKind(
    "date-before-start",
    "{heading} {value} is before the learner started, on {started}.",
    "Correct this date, or Started on Learners.",
)
DATE_SWAPPED = ProblemKind(
    "date-swapped",
    "{heading} {value} may have day and month the wrong way round.",
    "Ask which is meant, and correct the date.",
)
DATES_OUT_OF_ORDER = ProblemKind(
    "dates-out-of-order",
    "{heading} {value} is before {other}, {other_value}.",
    "Correct one of the two dates.",
)
BIRTH_DATE_ODD = ProblemKind(
    "birth-date-odd",
    "With the date of birth {value} the learner would be {age} at the start of the year.",
    "Compare it with the admission record.",
)
WEEK_NOT_MONDAY = ProblemKind(
    "week-not-monday", "Week {value} is not a Monday.", "Type the Monday that the week begins with."
)

# Choices, levels, effort
CHOICE_UNKNOWN = ProblemKind(
    "choice-unknown",
    "{heading} {value} is not one of its choices: {choices}.",
    "Choose one from the list in the cell, or add it to Lists.",
)
LEVEL_UNKNOWN = ProblemKind(
    "level-unknown",
    "{heading} {value} is not a level of {scale}.",
    "Choose a level of that scale, or add it to Scales.",
)
LEVEL_ZERO = ProblemKind(
    "level-zero",
    "{heading} is 0, which is not a level of {scale}; not yet assessed is left blank.",
    "Clear the cell.",
)
EFFORT_UNKNOWN = ProblemKind(
    "effort-unknown",
    "{heading} {value} is not an effort code: {choices}.",
    "Choose one of these, or add it to Effort.",
)

# Register marks
MARK_UNKNOWN = ProblemKind(
    "mark-unknown", "The mark {value} is not an attendance code.", "Type the code that is meant."
)
MARK_RETIRED = ProblemKind(
    "mark-retired",
    "The mark {value} was withdrawn on 19 August 2024; now it is {now}.",
    "Ask what is meant, and type the code of today.",
)
MARK_SWAPPED = ProblemKind(
    "mark-swapped",
    "The mark {value} is for the {other} session.",
    "Type the mark for this session.",
)
MARK_WITHOUT_SESSION = ProblemKind(
    "mark-without-session",
    "The mark {value} is on {day}, which has no session for this learner, so it does not count.",
    "Type # or clear it; if there was a session, correct Terms, or Started and Left on Learners.",
)
MARK_MISSING = ProblemKind(
    "mark-missing", "The mark for {heading} is missing.", "Ask who took the register, and type the mark."
)
REGISTER_MISSING = ProblemKind(
    "register-missing",
    "The week {week} has no register for {count} on roll.",
    "Add their rows for this week to Registers.",
)

# Contacts
PHONE_LOST_ZERO = ProblemKind(
    "phone-lost-zero",
    "The phone number {value} has lost the 0 in front.",
    "Format the column as Text, then type the number again.",
)
PHONE_INVALID = ProblemKind(
    "phone-invalid", "{value} is not a phone number.", "Type digits, with spaces or + if you like."
)
EMAIL_INVALID = ProblemKind("email-invalid", "{value} is not an email address.", "Type it as name@place.")
LINK_INVALID = ProblemKind(
    "link-invalid", "{value} is not a web address.", "Paste the address, beginning with https://."
)

# Settings
SETTING_INVALID = ProblemKind(
    "setting-invalid",
    "The setting {heading} cannot be {value}: {why}. It takes {example}.",
    "Correct the value; until then the default is used.",
)

VALUE_KINDS = declared(vars())

#: Every kind by its code.
KINDS: dict[str, ProblemKind] = {kind.code: kind for kind in (*FILE_KINDS, *VALUE_KINDS, *CROSS_KINDS, *RECORD_KINDS)}
