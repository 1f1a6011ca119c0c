"""Recipes for faults that stand in the values: what hurried typing and Excel's own helpfulness do to a tracker."""

from __future__ import annotations

from random import Random
from typing import Any

from workbook.model import CellError, Value
from workbook.sample.identifiers import NOT_YET_KNOWN, check_letter
from workbook.sample.planting import Ground, Planted, Recipe, changed, one_of, wrong

_CHOICES = (
    "Behaviour.type", "Contacts.with", "Contacts.how", "Targets.area", "Parents.relation", "Interventions.type",
    "Transition.intended_destination", "Workexperience.sector", "PDevidence.type", "Parents.parental_responsibility",
)  # fmt: skip
_IDS = ("Contacts.learner_id", "Behaviour.learner_id", "Targets.learner_id", "PDevidence.learner_id")
_NUMBERS = ("Interventions.sessions_planned", "Workexperience.hours", "Interventions.sessions_attended")


def _spaced(value: Any, rng: Random) -> Value:
    """A text with a space too many, before, after or inside."""
    if not isinstance(value, str):
        return None
    inside = value.replace(" ", "  ", 1) if " " in value else f"{value} "
    return rng.choice((f" {value}", f"{value} ", inside))


def _other_capitals(value: Any, rng: Random) -> Value:
    if not isinstance(value, str):
        return None
    tries = [one for one in (value.lower(), value.upper()) if one != value]
    return rng.choice(tries) if tries else None


def _look_alike(value: Any, rng: Random) -> Value:
    """The letter O for a nought or a small l for a one, at one place."""
    if not isinstance(value, str):
        return None
    places = [place for place, letter in enumerate(value) if letter in "01"]
    if not places:
        return None
    place = rng.choice(places) if len(value) > 4 else places[0]  # the first of a form, or it is of another year
    return value[:place] + {"0": "O", "1": "l"}[value[place]] + value[place + 1 :]


def _bad_check_letter(value: Any, rng: Random) -> Value:
    letter = rng.choice([one for one in "ABCDEFGHJKLMNPQRTUVWXYZ" if one != value[0]])
    return f"{letter}{value[1:]}"


def _one_short(value: Any, rng: Random) -> Value:
    return str(value)[:-1]


def _unknown_authority(value: Any, rng: Random) -> Value:
    body = f"{rng.choice((100, 199, 999))}{value[4:]}"
    return check_letter(body) + body


def _bad_last_digit(value: Any, rng: Random) -> Value:
    return None if value == NOT_YET_KNOWN else f"{value[:-1]}{(int(value[-1]) + rng.randrange(1, 9)) % 10}"


def _as_number(value: Any, rng: Random) -> Value:
    return int(value) if isinstance(value, str) and value.isdigit() and value != NOT_YET_KNOWN else None


def _id_as_number(value: Any, rng: Random) -> Value:
    return int(value[1:]) if isinstance(value, str) else None


def _scientific(ground: Ground, key: str, index: int) -> Value:
    """Nine million millions and a bit: what is left of ten digits once Excel has shown them as 9.83E+09."""
    taken = set(ground["Learners"][key])
    left = [number * 1_000_000 for number in range(9_000, 9_990) if number * 1_000_000 not in taken]
    return ground.rng.choice(left)


def _twice(table: str, key: str) -> Recipe:
    """A value of a unique column that an earlier row has."""

    def plant(ground: Ground) -> Planted | None:
        first = ground.free(table, lambda one: ground[table][key][one] not in (None, NOT_YET_KNOWN))
        if first is None:
            return None
        second = ground.free(table, lambda one: one > first)
        if second is None:
            return None
        ground.use(table, first)
        return ground.put(table, key, second, "value-twice", ground[table][key][first])

    return plant


def _row_twice(table: str) -> Recipe:
    """A row that says the same as an earlier one, as after pasting twice."""

    def plant(ground: Ground) -> Planted | None:
        first = ground.free(table, lambda one: one + 1 < len(ground[table]))
        if first is None:
            return None
        second = ground.free(table, lambda one: one > first)
        if second is None:
            return None
        ground.use(table, first)
        for key in ground[table].columns:
            planted = ground.put(table, key, second, "row-twice", ground[table][key][first])
        at = ground[table].cell("learner_id" if "learner_id" in ground[table].columns else "date", second)
        return Planted(planted.sheet, at, "row-twice", ground[table]["learner_id"][second])

    return plant


def _others_email(ground: Ground, key: str, index: int) -> Value:
    """The address of a learner with another name, as after sorting one column alone; in one row of twenty at most."""
    learners = ground["Learners"]
    if len(learners) < 20 or len([one for one in ground.used if one[0] == "torn"]) >= len(learners) // 20:
        return None
    other = ground.rng.randrange(len(learners))
    names = [str(learners[one][index])[:3].lower() for one in ("first_name", "surname")]
    email = learners["email"][other]
    if other == index or not isinstance(email, str) or "@" not in email:
        return None
    if any(name in email for name in names) or not str(learners["surname"][other]).isascii():
        return None
    ground.used.add(("torn", index))
    return email


def _other_years_form(ground: Ground, key: str, index: int) -> Value:
    learners = ground["Learners"]
    if len(learners) < 20 or len([one for one in ground.used if one[0] == "year"]) >= len(learners) // 20:
        return None
    others = [
        form
        for form, year in zip(learners["form"], learners["year"], strict=True)
        if isinstance(form, str)
        and isinstance(year, int)
        and year != learners["year"][index]
        and form.startswith(str(year))
    ]
    if not others or not isinstance(learners["year"][index], int):
        return None
    ground.used.add(("year", index))
    return ground.rng.choice(others)


def _setting(ground: Ground, key: str, index: int) -> Value:
    settings = ground["Settings"]
    name = settings["name"][index]
    if name in ("lates", "incidents", "contact_weeks", "streak", "improved", "review_days"):
        return ground.rng.choice(("three", -1, "2 or more", 100_000))
    return "sometimes" if name in ("no_intervention", "leave_out_study_leave", "status_measure") else None


def _not_applicable(ground: Ground, key: str, index: int) -> Value:
    return CellError(ground.rng.choice(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!")))


def _lost_zero(value: Any, rng: Random) -> Value:
    digits = str(value).replace(" ", "")[1:]
    return int(digits) if rng.random() < 0.5 else digits


RECIPES: dict[str, list[Recipe]] = {
    "learner-unknown": wrong("learner-unknown", one_of("L99901", "L99902", "X77", "Z12345"), *_IDS),
    "reference-unknown": [
        *wrong("reference-unknown", one_of("Knots and splices", "Beekeeping"), "PDevidence.topic"),
        *wrong("reference-unknown", one_of("Geography", "Latin"), "Progress.subject"),
        *wrong("reference-unknown", one_of("Chess club"), "Interventions.group"),
    ],
    "value-twice": [_twice("Learners", "upn"), _twice("Learners", "uln")],
    "row-twice": [_row_twice(one) for one in ("Behaviour", "Contacts", "Targets", "Parents", "Progress")],
    "row-torn": [
        *wrong("row-torn", _others_email, "Learners.email"),
        *wrong("row-torn", _other_years_form, "Learners.form"),
    ],
    "upn-invalid": wrong("upn-invalid", changed("Learners", _bad_check_letter), "Learners.upn")
    + wrong("upn-invalid", changed("Learners", _one_short), "Learners.upn"),
    "upn-authority": wrong("upn-authority", changed("Learners", _unknown_authority), "Learners.upn"),
    "uln-invalid": wrong("uln-invalid", changed("Learners", _bad_last_digit), "Learners.uln")
    + wrong("uln-invalid", changed("Learners", _one_short), "Learners.uln"),
    "uln-scientific": wrong("uln-scientific", _scientific, "Learners.uln"),
    "number-stored": wrong("number-stored", changed("Learners", _as_number), "Learners.uln")
    + [
        recipe
        for place in _IDS[:2]
        for recipe in wrong("number-stored", changed(place.split(".")[0], _id_as_number), place)
    ],
    "number-as-text": wrong("number-as-text", one_of("8", "12", "30"), *_NUMBERS),
    "text-in-number": wrong("text-in-number", one_of("ten", "about 12", "lots", "6 or 7"), *_NUMBERS),
    "number-out-of-range": wrong("number-out-of-range", one_of(800, 999, -3), *_NUMBERS)
    + wrong("number-out-of-range", one_of(100, 1, 2011), "Learners.year"),
    "number-not-whole": wrong("number-not-whole", one_of(2.5, 10.5), "Interventions.sessions_planned"),
    "text-wrong-type": wrong("text-wrong-type", one_of(42, 7, 1234), "Parents.name", "Learners.preferred_name"),
    "became-scientific": wrong("became-scientific", one_of(100, 1000, 110, 11000), "Learners.form"),
    "formula-as-text": wrong("formula-as-text", one_of("=B7", "=SUM(C5:C9)", "=phone twice"), "Parents.notes",
                             "Contacts.summary", "Behaviour.where", blank=True),
    "spaces": [
        recipe
        for place in ("Behaviour.type", "Contacts.learner_id", "Learners.first_name", "Registers.mon_am",
                      "Progress.target", "Parents.relation", "PDevidence.topic", "Learners.form")
        for recipe in wrong("spaces", changed(place.split(".")[0], _spaced), place)
    ],
    "capitals": [
        recipe
        for place in ("Behaviour.done", "Targets.status", "Progress.apl_2", "Parents.send_reports", "Contacts.with")
        for recipe in wrong("capitals", changed(place.split(".")[0], _other_capitals), place)
    ],
    "look-alike": [
        recipe
        for place in ("Contacts.learner_id", "Targets.learner_id", "Progress.baseline", "Learners.form")
        for recipe in wrong("look-alike", changed(place.split(".")[0], _look_alike), place)
    ],
    "choice-unknown": wrong("choice-unknown", one_of("Something else", "see above", "tbc"), *_CHOICES),
    "phone-lost-zero": wrong("phone-lost-zero", changed("Parents", _lost_zero), "Parents.phone"),
    "phone-invalid": wrong("phone-invalid", one_of("07700 90", "ask Nan", "0113 496 O"), "Parents.phone"),
    "email-invalid": wrong("email-invalid", one_of("see letter", "name@home", "a.b(at)home.example"), "Parents.email"),
    "link-invalid": wrong("link-invalid", one_of("on my desk", "see folder 3"), "PDevidence.link"),
    "setting-invalid": wrong("setting-invalid", _setting, "Settings.value"),
    "error-value": wrong("error-value", _not_applicable, "Progress.target", "Progress.apl_3", "Contacts.summary",
                         "Parents.phone", "Registers.fri_pm", "Behaviour.where"),
}  # fmt: skip
