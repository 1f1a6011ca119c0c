"""Parents and carers."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from workbook.sample import names
from workbook.sample.people import Person

Rows = list[dict[str, Any]]

_LANGUAGES = (("English", 78), ("Urdu", 5), ("Polish", 5), ("Arabic", 4), ("Romanian", 3), ("Punjabi", 3))
_TITLES = {
    "Mother": ("Ms", "Mrs", "Ms", "Dr"),
    "Father": ("Mr", "Mr", "Mr", "Dr"),
    "Step-parent": ("Mr", "Ms"),
    "Grandparent": ("Mrs", "Mr"),
    "Guardian": ("Ms", "Mr"),
    "Foster carer": ("Ms", "Mr", "Mx"),
}


def parents(persons: Sequence[Person], rng: Random) -> Rows:
    """One or two contacts a learner; at least one with parental responsibility who gets reports."""
    rows: Rows = []
    for person in persons:
        language = rng.choices([one for one, _ in _LANGUAGES], [share for _, share in _LANGUAGES])[0]
        place = names.address(rng)
        first = rng.choices(("Mother", "Father", "Grandparent", "Guardian", "Foster carer"), (70, 18, 6, 3, 3))[0]
        rows.append(_contact(person, first, person.surname, language, place, "Yes", "Yes", "ABCDEFGHJK", rng))
        if rng.random() < 0.62:
            second = "Father" if first == "Mother" else "Mother"
            second = rng.choices((second, "Step-parent", "Grandparent"), (76, 14, 10))[0]
            surname = person.surname if rng.random() < 0.55 else rng.choice(names.SURNAMES)
            responsible = "Yes" if second in ("Mother", "Father") or rng.random() < 0.2 else "No"
            send = "Yes" if responsible == "Yes" else "No"
            if rng.random() < 0.03:
                send = "Do not send"
            other_place = place if rng.random() < 0.5 else names.address(rng)
            rows.append(_contact(person, second, surname, language, other_place, responsible, send, "LMNPRSTVWYZ", rng))
    return rows


def _contact(
    person: Person,
    relation: str,
    surname: str,
    language: str,
    place: str,
    responsible: str,
    send: str,
    initials: str,
    rng: Random,
) -> dict[str, Any]:
    title = rng.choice(_TITLES[relation])
    initial = rng.choice(initials)
    reachable = rng.random() < 0.9
    email = f"{initial.lower()}.{names.plain(surname)}.{person.learner_id[1:]}@home.example"
    notes = None
    if send == "Do not send":
        notes = "Ring the other contact first; see the Head of Year."
    elif rng.random() < 0.06:
        notes = rng.choice(("Works nights; ring after three.", "Prefers a text.", "Needs an interpreter for meetings."))
    return {
        "learner_id": person.learner_id,
        "name": f"{title} {initial}. {surname}",
        "relation": relation,
        "parental_responsibility": responsible,
        "email": email if reachable else None,
        "phone": names.mobile(rng) if rng.random() < 0.85 else names.landline(rng),
        "address": place,
        "language": language,
        "large_print": "Yes" if rng.random() < 0.02 else "No",
        "send_reports": send,
        "notes": notes,
    }
