"""What does not belong into words that go home: gaps left in, what reports keep to themselves, capitals."""

from __future__ import annotations

import re

_GAP = re.compile(
    r"\bt\.?b\.?[acd]\b|\b(?:todo|xx+|lorem ipsum|ditto|asdf\w*|(?:as|see) above|n/a"
    r"|to be (?:confirmed|added|advised|announced|completed|decided|written)"
    r"|comments? (?:here|to follow|needed|missing)|no comments?(?= *\W*$)|insert (?:\w+ )?(?:name|comment|text|target)"
    r"|(?:name|text) here|s/he|(?:him|her)(?:self)? ?/ ?(?:him|her)(?:self)?|s?he ?/ ?s?he"
    r"|(?:his|hers?) ?/ ?(?:his|hers?))\b"
    r"|\(s\)he\b|\(name\)|\[[^\]]*\]|<[^>]*>|\{+[^}]*\}+|_{3,}|\?{3,}|\.{4,}|^[\W_]+$",
    re.IGNORECASE,
)
_SIGNS = (
    "tb", "t.b", "todo", "xx", "lorem", "ditto", "asdf", "above", "/", "comment", "insert", "(s)", "(name)", "[", "<",
    "{", "__", "???", "....",
)  # fmt: skip
_BEGINNINGS = tuple(
    "confirmed added advised announced completed decided written here fsm ever ehc camhs senco adhd cpoms "
    "free pupil dinner special learning disab looked care foster child safeguarding early social young "
    "youth probation autis asperger dyslexi dyspraxi dyscalculi tourette epilep diabet diagnos medic "
    "mental depress anxiety eating anorexi bulimi counsell speech play family psycholog psychiatr self "
    "suicid pregnant".split()
)
"""What a word looks like, or begins with, without which no text has a gap or tells anything private."""
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


def is_sign(word: str) -> bool:
    """Whether a text with this word (what stands between two blanks) may be unfit at all; without any it is fit."""
    small = word.lower()
    if any(sign in small for sign in _SIGNS) or small.lstrip("“\"'(").startswith(_BEGINNINGS):
        return True
    if not any(map(str.isalnum, word)):
        return True
    figures, capitals = (sum(map(kind, word)) for kind in (str.isdigit, str.isupper))
    return figures > 8 or (capitals > 1 and (not figures or capitals > 4))


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
