"""The words that exports of school and college systems use for the same things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

#: What finds a learner, by the names of `workbook.imports.who.Who`; learner, student, pupil before them do not matter.
WHO_WORDS: dict[str, tuple[str, ...]] = {
    "id": (
        "learner id", "adno", "ad no", "adm no", "adm number", "admission no", "admission number", "admissions no",
        "admissions number", "admission", "mis id", "person id", "person code", "student id", "pupil id", "id", "ref",
        "learner ref", "student ref", "ref no", "learn ref number", "reference", "learner code", "code", "id number",
        "student number", "learner number", "college id", "number", "no",
    ),
    "upn": ("upn", "unique pupil number", "participant id upn"),
    "uln": ("uln", "unique learner number"),
    "email": ("email", "email address", "e mail", "e mail address", "work email", "college email", "school email",
              "participant id upn", "user name", "username"),
    "name": ("name", "legal name", "full name", "fullname", "learner", "student", "pupil", "surname forename",
             "forename surname", "name of learner", "name of student", "preferred name", "display name", "child",
             "which learner", "who is it about", "young person", "first and last name"),
    "surname": ("surname", "legal surname", "last name", "legal last name", "family name", "preferred surname",
                "preferred last name"),
    "first_name": ("first name", "legal first name", "forename", "legal forename", "given name", "first names",
                   "forenames"),
    "called": ("preferred forename", "preferred first name", "known as", "preferred name", "chosen name",
               "known as first name", "called"),
    "form": ("form", "reg", "reg group", "registration group", "registration form", "registration", "tutor group",
             "tutor", "form group", "form tutor group", "reg form", "tg", "class", "group"),
    "year": ("year", "nc year", "year group", "yr", "y", "yr group", "national curriculum year"),
    "born": ("dob", "date of birth", "birth date", "birthday", "d o b", "born"),
}  # fmt: skip
_PERSON = re.compile(r"^(?:learner|student|pupil|child|candidate)s? (?=.)")
_PLURAL = re.compile(r"^(?:learner|student|pupil|name)s$")
#: How the questions of an online form begin and end.
_QUESTION = re.compile(
    r"^(?:please )?(?:(?:which|whose|what|who|when|where)(?: (?:is|was|are|were))?|enter|select|choose|give|add|write)"
    r"(?: (?:the|a|an|your|their|his or her))? (?=.)"
)
_QUESTION_END = re.compile(
    r" (?:(?:is|was|are|were|does) )?(?:this|it|that|these|they)(?: (?:is|about|for|in|at|on))*$"
)

#: Type of incident is incident type; a description of anything is a description.
_OF = re.compile(r"^(type|kind|category|reason|date|method|outcome) (?:of|for) (?:the )?(.+)$")
_DESCRIBED = re.compile(r"^(details|description|summary|notes|comments) (?:of|on|about) .+$")

#: Never brought in, and named when they are left out.
SENSITIVE = re.compile(
    r"\b(?:sen|send(?! reports?)|sen status|fsm|ever ?6|pupil premium|pp|eal|in care|lac|cla|looked after|"
    r"service child|ethnicity|ethnic|religion|medical|g ?& ?t|gifted|safeguarding|ehcp?|disab\w*|nationality|"
    r"first language|home language|gender|sex)\b"
)

#: Words of headings by what they give on the sheet Progress.
MEASURES: dict[str, tuple[str, ...]] = {
    "current": ("result", "result grade", "assessment result", "current grade", "current level",
    "current working grade", "currently working at", "current apl",
                "current", "curr", "cur", "cwg", "working at grade", "working at level", "working at", "wag", "wa",
                "cag",
                "grade", "level", "attainment", "assessment grade", "apl", "apl level", "working grade", "grd"),
    "forecast": ("predicted grade", "predicted level", "predicted", "prediction", "pred", "pg", "most likely grade",
                 "most likely", "mlg", "forecast grade", "forecast", "estimated grade", "estimated", "on track for",
                 "on track", "expected grade", "expected", "projected grade", "projected", "likely grade"),
    "target": ("minimum expected grade", "minimum target grade", "minimum target", "minimum grade", "min target grade",
               "min target", "min grade", "min tgt", "target minimum grade", "end of ks4 target",
               "end of year target", "end of course target", "end of key stage target", "target grade", "target level",
               "target", "tgt", "targ", "tg", "tmg", "mtg", "meg", "fft20", "fft 20", "fft", "aspirational target",
               "aspirational grade", "aspirational", "challenge grade", "challenge"),
    "baseline": ("ks2 ss", "ks2", "cats", "cat", "baseline grade", "baseline", "base", "starting point",
                 "prior attainment"),
    "effort": ("attitude to learning", "attitudes to learning", "attitude", "atl", "a2l", "effort grade", "effort",
               "eff", "engagement"),
    "comment": ("teacher comment", "teachers comment", "subject comment", "report comment", "comments", "comment"),
}  # fmt: skip

#: Short names of subjects; one that stands under two of a tracker's subjects fits both.
SHORT_SUBJECTS: dict[str, tuple[str, ...]] = {
    "english language": ("en", "eng", "english", "en la", "enla", "en lang", "eng la", "eng lang", "english lang", "el",
                         "englang", "lang", "enl", "language"),
    "english literature": ("en", "eng", "english", "en li", "enli", "en lit", "eng li", "eng lit", "english lit", "el",
                           "englit", "lit", "literature"),
    "english": ("en", "eng"),
    "mathematics": ("ma", "mat", "math", "maths"),
    "maths": ("ma", "mat", "math", "mathematics"),
    "combined science": ("sc", "sci", "science", "comb sci", "comb sc", "com sci", "combined sci", "combined",
    "trilogy",
                         "science trilogy", "combined science trilogy", "sc9", "double science", "science combined",
                         "combsci", "double award science"),
    "science": ("sc", "sci"),
    "history": ("hi", "his", "hist"),
    "geography": ("gg", "geo", "geog"),
    "citizenship": ("ci", "cit", "cits", "citizenship studies"),
    "citizenship studies": ("ci", "cit", "cits", "citizenship"),
    "sociology": ("so", "soc", "socio"),
    "psychology": ("ps", "psy", "psych"),
    "religious studies": ("re", "rs"),
    "physical education": ("pe",),
    "art": ("ar", "art and design"),
    "art and design": ("ar", "art"),
    "digital skills": ("dig skills", "dig sk", "digital"),
    "computing": ("cs", "comp"),
    "computer science": ("cs", "comp sci", "computing"),
    "hair and beauty": ("hair", "h and b", "hair beauty"),
    "construction": ("constr", "const"),
    "motor vehicle": ("motor", "mv", "motor vehicles"),
    "catering and hospitality": ("catering", "hospitality", "hospitality and catering", "cater"),
    "childcare": ("child care",),
    "health and social care": ("hsc", "h and sc", "health and social", "health social care", "health"),
    "sport": ("sports",),
    "creative media": ("media", "creative imedia"),
}  # fmt: skip
SUBJECT_COLUMNS = ("subject", "subject name", "subject title", "qualification subject", "course", "course name",
                   "qualification", "subject description", "course title", "subject code", "class", "class code",
                   "class name",                   "group")  # fmt: skip
DROP_COLUMNS = ("assessment", "assessment name", "aspect", "aspect name", "data drop", "drop", "collection",
"result set",
                "data collection", "assessment point", "term", "half term", "data point", "period", "when", "month",
                "measure", "grade type", "assessment type", "type", "review", "report", "reporting point", "data entry",
                "snapshot", "checkpoint", "cycle", "data collection point")  # fmt: skip
WEEK_COLUMNS = ("week", "week beginning", "week commencing", "w c", "wc", "w b", "wb", "week starting", "week start",
                "start date", "date", "monday")  # fmt: skip
DATE_COLUMNS = (
    "date",
    "session start",
    "date and time",
    "date time",
    "session date",
    "mark date",
    "day",
    "register date",
    "attendance date",
    "roll call date",
)
HALF_COLUMNS = ("session", "roll call", "half", "am pm", "period", "session name", "registration", "part",
"session type",
                "roll call session", "time")  # fmt: skip
MARK_COLUMNS = ("mark", "code", "attendance code", "attendance mark", "mark code", "register mark", "session mark",
                "marks", "attendance", "roll call mark")  # fmt: skip
AM_COLUMNS, PM_COLUMNS = ("am", "am mark", "morning", "am code"), ("pm", "pm mark", "afternoon", "pm code")


@lru_cache(maxsize=20_000)
def plain(heading: str) -> str:
    """A heading for looking up: small letters, words parted by one blank, signs left out, camel humps parted."""
    text = re.sub(r" \(\d\)$", "", heading)
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.replace("\u2019", "'").replace("'", ""))
    text = re.sub(r"&", " and ", text)
    text = re.sub(r"(?<=[A-Za-z])/(?=[A-Za-z]\b)", " ", text)  # H/W, w/c
    return " ".join(re.sub(r"[^0-9a-zà-ÿ+*%]+", " ", text.casefold()).split())


def place_in(heading: str, words: Sequence[str]) -> int | None:
    """The place of a heading, or of what it asks for, among words that stand in order, the best first."""
    text = plain(heading)
    ways = (text, without_question(text), _OF.sub(r"\2 \1", text), _DESCRIBED.sub(r"\1", text))
    return next((words.index(one) for one in ways if one in words), None)


def without_question(text: str) -> str:
    """What a question of an online form asks for: “which subject is it” asks for subject."""
    return _QUESTION_END.sub("", _QUESTION.sub("", text))


def who_word(heading: str, role: str) -> int | None:
    """How well a heading says what finds a learner: 0 is best, None not at all."""
    places = [WHO_WORDS[role].index(one) for one in _told(heading) if one in WHO_WORDS[role]]
    return min(places, default=None)


@lru_cache(maxsize=1 << 12)
def _told(heading: str) -> list[str]:
    """What a heading may say of a person, as `WHO_WORDS` have it; every cell of a file is asked, for every role."""
    text = plain(heading)
    told = [text, _PERSON.sub("", text), re.sub(r"^name (?=\w)", "", text), without_question(text)]
    return told + ([text[:-1]] if _PLURAL.match(text) else [])
