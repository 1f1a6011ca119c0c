"""Other people in a text: learners, somebody at home, members of staff. Marked for a person to judge, no more."""

from __future__ import annotations

import re

from workbook.keeping.person import Words, own_names, staff_of, words_of
from workbook.measures.learners import id_key, word
from workbook.model import Tracker
from workbook.model.excel import fold

_TITLES = frozenset({"mrs", "miss", "the", "and"})


class Others:
    """Everybody in a tracker but one learner."""

    def __init__(self, tracker: Tracker, learner: str) -> None:
        key = id_key(learner)
        rest = [word(one) for one in tracker["Learners"]["learner_id"] if id_key(one) != key]
        own = {fold(one) for one in own_names(tracker, learner)}
        home = {word(one) for one in tracker["Parents"]["name"] if word(one)}
        self._kinds = (
            ("another learner", words_of(tracker, rest)),
            ("somebody at home", _of(home, own)),
            ("staff", _staff(set(filter(None, staff_of(tracker))))),
        )

    def why(self, text: str) -> str:
        """Who else is named in a text, in words with the names; nothing where nobody is."""
        found = []
        for kind, words in self._kinds:
            names = [*words.all_inside(text), *words.named(text)] or ([text] if words.whole(text) else [])
            names = [one for one in dict.fromkeys(names) if not any(one != other and one in other for other in names)]
            if names:
                found.append(f"{kind} ({', '.join(names)})")
        return ", ".join(found)


def _of(names: set[str], own: set[str]) -> Words:
    """People by their names: whole ones, and each first name and surname that is not the learner's own too."""
    single = {fold(one) for name in names for one in re.findall(r"[^\W\d_]{3,}", name)}
    return Words(frozenset(map(fold, names)), frozenset(single - _TITLES - own), tuple(names))


def _staff(names: set[str]) -> Words:
    """Members of staff: whole names, and surnames behind something; "English teacher" has none."""
    ends = {name.split()[-1] for name in names if len(name.split()) > 1}
    return Words(frozenset(map(fold, names)), frozenset(fold(one) for one in ends if one[0].isupper()), tuple(names))
