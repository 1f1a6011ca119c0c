"""Forms, mentors and courses as they are meant: the college's own list, else what most of its learners have."""

from __future__ import annotations

import re
from collections import Counter
from difflib import get_close_matches

from workbook.checks.spelling import Listed, bare, skeleton, tidy
from workbook.model.choices import on_lists, takes_anything, typed
from workbook.model.tracker import Tracker

_OFTEN = 3
"""So many rows with a spelling make one that is nearly the same, and stands once, look like a slip."""
NEARLY = 0.9
_LONG_ENOUGH = 6


def choices_of(tracker: Tracker, name: str) -> Listed:
    """The choices of a list as they should be spelt.

    Of spellings that differ in capitals, spaces or look-alike letters, the list's own counts, then the most frequent.
    Beside a list of the college's own, a value needs two learners to be one of it; without one, any value is, unless
    it stands once and is nearly the same as one that stands often.
    """
    listed = on_lists(tracker, name)
    counts = Counter(typed(tracker, name))
    known = {skeleton(str(one)) for one in listed}
    meant: list[str] = []
    often = [bare(text) for text, count in counts.items() if count >= _OFTEN]
    for text, count in counts.most_common():
        like = skeleton(text)
        if like in known or (count == 1 and (listed or _like_another(text, often))):
            continue
        known.add(like)
        meant.append(tidy(text))
    return Listed([*listed, *meant], open_=takes_anything(tracker, name))


def _like_another(text: str, often: list[str]) -> bool:
    """Whether a text is nearly one of those that stand often; Set 1 and Set 2 are two."""
    numbers = re.findall(r"\d+", text)
    same = [one for one in often if re.findall(r"\d+", one) == numbers]
    return len(text) >= _LONG_ENOUGH and bool(get_close_matches(bare(text), same, n=1, cutoff=NEARLY))
