"""What the words of a heading, a title or a value say: which subject, which data drop, which measure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from workbook.imports.sessions import PRINTED
from workbook.imports.understand.facts import Facts
from workbook.imports.understand.lexicon import MEASURES, plain
from workbook.model import Kind, sheet
from workbook.reading.headings import folded
from workbook.reading.written_dates import MONTHS

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?: (?P<year>20\d\d|\d\d))?"
)
_NUMBERED = (
    r"(?:data |progress |assessment |reporting )?(?:drop|dp|dc|dd|ap|pr|point|collection|capture|review|report|check|"
    r"cycle|round|snapshot|assessment|data|apl) ?(?P<number>\d{1,2})"
)
_TERM = (
    r"(?P<season>autumn|aut|spring|spr|summer|sum)(?: term)?(?: ?(?P<half>[12])(?!\d))?(?: term)?(?: (?P<of>20\d\d))?"
)
_HALF_TERM = (
    r"(?:(?P<letter>a|sp|su) ?(?P<place>[12])|(?:ht|half term) ?(?P<order>[1-6])|(?:term|t) ?(?P<either>[1-6]))"
)
_DAY = r"(?P<d>\d{1,2}) (?P<m>\d{1,2}) (?P<y>20\d\d)"
_YEAR = r"(?P<from>20\d\d) (?:20)?(?P<to>\d\d)"
_WHEN = [re.compile(rf"(?<!\w)(?:{one})(?!\w)") for one in (_DAY, _YEAR, _NUMBERED, _TERM, _HALF_TERM, _MONTH)]
_TEACHER = re.compile(r" ?[(\[](?:(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? [^)\]]+|[A-Z]\.? ?[A-Z]['\u2019A-Z]*[a-z][^)\]\d]*)[)\]]")
_ONLY_MONTH = re.compile(_MONTH)
_SEASONS = {"aut": 0, "spr": 1, "sum": 2}
_MEASURES = sorted(((words, name) for name, all_ in MEASURES.items() for words in all_), key=lambda one: -len(one[0]))
_MEASURE = re.compile(rf"(?<!\w)(?:{'|'.join(words for words, _ in _MEASURES)})(?!\w)")
_NOISE = re.compile(
    r"(?<!\w)(?:y(?:ea)?r? ?(?:9|10|11)|(?:9|10|11)|year|ks4|gcse|btec|aqa|edexcel|ocr|wjec|eduqas|level 1 2|9 1|"
    r"full course|higher|foundation|of|for|at|in|the|a|term|half|grade|score|data|report|what|which|is|are|they|their|"
    r"now)(?!\w)"
)
_OWN = {folded(one.header): one for one in sheet("Progress").entry}
#: A class of a subject, as systems write it: 10A/Ma1.
_CLASS_CODE = re.compile(r"(?<!\w)\d{1,2}[A-Za-z]{0,2}\d?[/-]([A-Za-z]{2,})\d?(?!\w)")


@dataclass(frozen=True)
class Part:
    """What a heading says. ``subjects`` and ``drops`` are those it may mean: None where it speaks of none, empty where
    none fits. ``rest`` are words that are not understood.
    """

    subjects: tuple[str, ...] | None
    drops: frozenset[int] | None
    when: str
    measure: str
    measure_words: str
    rest: str

    @property
    def understood(self) -> bool:
        """Whether the heading is of marks and nothing in it stays unknown."""
        return not self.rest and bool(self.subjects or self.drops is not None or self.measure)


def _said_again(words: str, measure: str) -> bool:
    """Whether words say the measure that a heading has said: what level are they working at."""
    return any(name == measure and one == words for one, name in _MEASURES)


class Phrases:
    """Reads headings by what a tracker knows."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.part = lru_cache(maxsize=10_000)(self._part)
        words = {word for one in MEASURES.values() for word in one}
        named = {plain(name): number for number, (name, _) in facts.drops.items() if len(plain(name)) > 3}
        self._named = {
            name: number for name, number in named.items() if name not in words and not _ONLY_MONTH.fullmatch(name)
        }
        told = "|".join(map(re.escape, sorted(self._named, key=len, reverse=True)))
        self._when = [*([re.compile(rf"(?<!\w)(?P<own>{told})(?!\w)")] if told else []), *_WHEN]

    def _part(self, heading: str) -> Part:
        own = _OWN.get(folded(heading))
        if own is not None and (own.drop or own.key == "baseline_source"):
            measure = "source" if own.drop is None else "effort" if own.kind is Kind.EFFORT else "current"
            return Part(None, frozenset({own.drop}) if own.drop else None, folded(heading), measure, "", "")
        text = plain(heading)
        whole = self.facts.subjects_of(text)
        if whole:
            return Part(whole, None, "", "", "", "")
        drops, when, text = self.when(text)
        found = _MEASURE.search(text)
        words = found[0] if found else ""
        measure = next((name for one, name in _MEASURES if one == words), "")
        if found and measure == "effort" and drops is None:
            number = re.compile(r" ?(\d)(?!\w)").match(text, found.end())
            if number and int(number[1]) in self.facts.drops:  # Effort 2 beside APL 2, as Progress has it
                drops, when = frozenset({int(number[1])}), f"{words} {number[1]}"
                text = text[: number.start()] + text[number.end() :]
        rest = " ".join(_MEASURE.sub(lambda one: " " if _said_again(one[0], measure) else one[0], text).split())
        subjects = self.facts.subjects_of(rest) if rest else ()
        if not subjects:
            rest = " ".join(_NOISE.sub(" ", rest).split())
            subjects = self.facts.subjects_of(rest) if rest else ()
            class_name = re.fullmatch(r"(?:\d+[a-z]? )?([a-z]{2,}) ?\d?", rest)
            if not subjects and class_name:  # 10A/Ma1 is a class of mathematics
                subjects = self.facts.subjects_of(class_name[1])
        if rest and not subjects and (teacher := _TEACHER.search(heading)):  # Maths (J. Oak)
            return self._part(heading[: teacher.start()] + heading[teacher.end() :])
        return Part(subjects or None, drops, when, measure, words, "" if subjects else rest)

    def when(self, text: str) -> tuple[frozenset[int] | None, str, str]:
        """The drops that a plain text may mean, the words that say so, and the text without them."""
        found: set[int] | None = None
        words = []
        for pattern in self._when:
            fits: set[int] | None = None
            while match := pattern.search(text):  # Spring 1 to Spring 2 is one of two
                fits = (fits or set()) | self._drops(match)
                words.append(match[0])
                text = f"{text[: match.start()]} {text[match.end() :]}"
            if fits is not None:
                found = fits if found is None else found & fits or set()
        return (None if found is None else frozenset(found)), " ".join(words), " ".join(text.split())

    def _drops(self, match: re.Match[str]) -> set[int]:
        facts, said = self.facts, match.groupdict()
        if said.get("own"):
            return {self._named[said["own"]]}
        if said.get("from"):
            own = int(said["from"]) == facts.year and int(said["to"]) == (facts.year + 1) % 100
            return set(facts.drops) if own else set()
        if said.get("number"):
            return {int(said["number"])} & set(facts.drops)
        if said.get("m"):
            return facts.drops_of_month(int(said["m"]), int(said["y"])) if 1 <= int(said["m"]) <= 12 else set()
        if said.get("month"):
            given = int(said["year"]) % 100 + 2000 if said.get("year") else None
            return facts.drops_of_month(MONTHS.index(said["month"][:3]) + 1, given)
        if said.get("either"):
            number = int(said["either"])
            return self._of_half_terms([number - 1]) | (
                self._of_half_terms([2 * number - 2, 2 * number - 1]) if number < 4 else set()
            )
        if said.get("order"):
            return self._of_half_terms([int(said["order"]) - 1])
        season = {"a": 0, "sp": 1, "su": 2}[said["letter"]] if said.get("letter") else _SEASONS[said["season"][:3]]
        half = said.get("half") or said.get("place")
        places = [2 * season + int(half) - 1] if half else [2 * season, 2 * season + 1]
        drops = self._of_half_terms(places)
        year = said.get("of")
        return {one for one in drops if not year or not (day := facts.drops[one][1]) or day.year == int(year)}

    def _of_half_terms(self, places: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for place in places:
            if place < len(self.facts.terms):
                _, start, end = self.facts.terms[place]
                found |= self.facts.drops_in(start, end)
        return found

    def drops_in_titles(self, titles: Iterable[str]) -> tuple[frozenset[int] | None, str]:
        """The drops that titles may mean together, and the words that say so."""
        found: frozenset[int] | None = None
        said = []
        for title in titles:
            drops, words, _ = self.when(plain(PRINTED.sub("", title)))
            if drops is not None:
                found = drops if found is None else found & drops
                said.append(words)
        return found, ", ".join(dict.fromkeys(said))

    def subjects_in_titles(self, titles: Iterable[str]) -> tuple[tuple[str, ...], str]:
        """The subjects that titles name in full, by a short name of three letters or by a class, and the words."""
        found: dict[str, str] = {}
        for title in titles:
            for code in _CLASS_CODE.finditer(title):
                found |= dict.fromkeys(self.facts.subjects_of(code[1]), code[0])
            words = plain(PRINTED.sub("", title)).split()
            place = 0
            while place < len(words):
                for size in (4, 3, 2, 1):
                    piece = " ".join(words[place : place + size])
                    subjects = self.facts.subjects_of(piece) if len(piece) > 2 and place + size <= len(words) else ()
                    if subjects:
                        found |= dict.fromkeys(subjects, piece)
                        place += size - 1
                        break
                place += 1
        return tuple(found), ", ".join(dict.fromkeys(found.values()))

    def measure_in_titles(self, titles: Iterable[str]) -> str:
        """The measure that a title says its marks are, where it is not the level now."""
        found = set()
        for title in titles:
            text = re.sub(r"\btargets?\b", "target", plain(title))
            text = re.sub(r"\b(predicted|target|forecast|effort) (?:grades|levels)\b", r"\1", text)
            match = _MEASURE.search(text)
            if match:
                found.add(next(name for one, name in _MEASURES if one == match[0]))
        return found.pop() if len(found) == 1 else ""
