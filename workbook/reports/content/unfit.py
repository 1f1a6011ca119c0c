"""What does not belong into words that go home: gaps left in, what reports keep to themselves, capitals."""

from __future__ import annotations

import re
from collections.abc import Callable

_GAP = re.compile(
    r"\bt\.?b\.?[acd]\b|\b(?:todo|xx+|lorem ipsum|ditto|asdf\w*|(?:as|see) above|n/a"
    r"|to be (?:confirmed|added|advised|announced|completed|decided|written)"
    r"|comments? (?:here|to follow|needed|missing)|no comments?(?= *\W*$)|insert (?:\w+ )?(?:name|comment|text|target)"
    r"|(?:name|text) here|s/he|(?:him|her)(?:self)? ?/ ?(?:him|her)(?:self)?|s?he ?/ ?s?he"
    r"|(?:his|hers?) ?/ ?(?:his|hers?))\b"
    r"|\(s\)he\b|\(name\)|\[[^\]]*\]|<[^>]*>|\{+[^}]*\}+|_{3,}|\?{3,}|\.{4,}|^[\W_]+$",
    re.IGNORECASE,
)
GAP, PRIVATE, LOUD = 1, 2, 4
"""What a word may be a sign of."""
_PART = re.compile(r"[^\W_]+")
_GAP_SIGNS = (
    "tb", "t.b", "todo", "xx", "lorem", "ditto", "asdf", "above", "/", "comment", "insert", "(s)", "(name)", "[", "<",
    "{", "__", "???", "....",
)  # fmt: skip
_GAP_BEGINNINGS = tuple("confirmed added advised announced completed decided written here".split())
_PRIVATE_BEGINNINGS = tuple(
    "fsm ever6 ehc camhs senco adhd cpoms free pupil dinner special learning disab looked care foster child "
    "safeguarding early social young youth probation autis asperger dyslexi dyspraxi dyscalculi tourette epilep "
    "diabet diagnos medic mental depress anxiety eating anorexi bulimi counsell speech play family psycholog psychiatr "
    "self suicid pregnant".split()
)
"""What a word looks like, or a part of it begins with, without which no text has a gap or tells anything private."""
_PRIVATE = re.compile(
    r"\b(?:SEND?|PP|LAC|CLA|CiN|CIN|CP|ASD|ASC|ADD|ODD|OCD|PTSD|EAL|SEMH|SpLD|SPLD|MLD|SALT|SaLT|EBSA|TAC|TAF|DSL|MASH"
    r"|YOT|YOS|IEP|PEP|EHA|EP|UPN|ULN|PLAC|SGO|CAHMS)\b"
    r"|\b(?i:fsm|ever ?6|ehcps?|ehc plan|senco|camhs|adhd|cpoms|free (?:school )?meals?|pupil premium|dinner money"
    r"|special (?:educational )?needs|learning difficult(?:y|ies)|disab(?:led|ility)|looked[- ]after"
    r"|(?:(?:is|are|was|were|been) in|into) care|care order"
    r"|foster (?:care|home|carers?|family|mum|dad|parents?)|child protection|child in need|safeguarding|early help"
    r"|social (?:workers?|services)|young carer|youth offending|probation"
    r"|autis(?:m|tic)|asperger\w*|dyslexi[ac]|dyspraxi[ac]|dyscalculi[ac]|tourette\w*|epilep\w+|diabet\w+|diagnos(?:is|ed)"
    r"|medication|medical (?:condition|needs?|appointments?)|mental health|depressed|(?<!great )depression|anxiety"
    r"|eating disorder|anorexi[ac]|bulimi[ac]|counsell(?:ing|or)|(?:speech|play|family) therap\w+|psychologist"
    r"|psychiatr\w+|self[- ]harm\w*|suicid\w*|pregnant)\b"
    r"|\b[A-Z]\d{11}[A-Z0-9]\b|\b[1-9]\d{9}\b"
)
"""What never stands in a report: special needs, free meals, care, health, numbers of a learner; abbreviations only in
capitals.
"""
_CAPITALS = re.compile(r"[^\W\d_]{2,}(?:[-’'][^\W\d_]+)*")
_KNOWN = frozenset(
    "GCSE GCSES IGCSE BTEC BTECS NVQ NCFE ASDAN CREST STEM STEAM PSHE RSHE PSHCE NEET UCAS AQA OCR EDEXCEL WJEC EDUQAS "
    "CACHE LAMDA ICT PE RE IT DT MFL EPQ CSCS HTML CAD COVID NASA BBC NHS RSPCA UNICEF LRC VLE UK USA".split()
)
"""Abbreviations that are written in capitals."""


def signs_of(word: str) -> int:
    """What a text with this word (what stands between two blanks) may hold: a text is looked through only for that."""
    parts, small = _PART.findall(word), word.casefold()
    found = GAP if not parts or any(sign in small for sign in _GAP_SIGNS) else 0
    for part in parts:
        (figures, capitals), small = _count(part), part.casefold()
        if small.startswith(_GAP_BEGINNINGS):
            found |= GAP
        if small.startswith(_PRIVATE_BEGINNINGS) or small == "ever" or figures > 8 or (capitals > 1 and not figures):
            found |= PRIVATE
    figures, capitals = _count(word)
    return found | LOUD if capitals > 1 and (not figures or capitals > 4) else found


def _count(word: str) -> tuple[int, int]:
    """Its figures and capitals."""
    return sum(map(str.isdigit, word)), sum(map(str.isupper, word))


def gap_in(text: str) -> str | None:
    """The first gap to fill that was left in a text, or None; a text without a letter or figure is one."""
    found = _GAP.search(text)
    return found[0] if found else None


def private_in(text: str) -> str | None:
    """The first words of a text that tell what reports keep to themselves, or None."""
    found = _PRIVATE.search(text)
    return found[0] if found else None


def shouted_in(text: str) -> str | None:
    """The first words in capitals that read as shouting, or None: a word of five letters, or more than one in a row.

    Abbreviations in use, alone or side by side, are none, nor is what is private, which is told as such.
    """
    run: list[str] = []
    end = 0
    for match in _CAPITALS.finditer(text):
        word = match[0]
        loud = word.isupper() and word not in _KNOWN and not _PRIVATE.fullmatch(word)
        run = [*(run if text[end : match.start()].isspace() else ()), word] if loud else []
        end = match.end()
        if loud and (len(word) > 4 or (len(run) > 1 and sum(map(len, run)) > 5)):
            return " ".join(run)
    return None


def banned_in(listed: object) -> Callable[[str], list[str]]:
    """Finds in a text the words that Settings keeps out of reports, `listed` with commas between."""
    words = [word for one in str(listed or "").split(",") if (word := one.strip())]
    banned = [(word, word.lower(), re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)) for word in words]

    def found(text: str) -> list[str]:
        small = text.lower()
        return [word for word, in_small, pattern in banned if in_small in small and pattern.search(text)]

    return found
