"""What is found out on a computer with Excel: one line for each thing tried, as a page and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class State(StrEnum):
    """What came of a trial."""

    HOLDS = "holds"
    DIFFERS = "differs"
    NOT_HERE = "not here"


@dataclass(frozen=True)
class Trial:
    """One thing tried: its part, what, what came of it, in words, how long it took, and the pictures made of it."""

    part: str
    what: str
    state: State
    words: str = ""
    seconds: float = 0.0
    differences: Sequence[str] = ()
    pictures: Sequence[str] = ()
    """PNG in base64."""


@dataclass
class Proof:
    """All trials, and the versions they were made with."""

    versions: Mapping[str, str]
    trials: list[Trial] = field(default_factory=list)

    def count(self, state: State) -> int:
        """How many trials came out so."""
        return sum(one.state is state for one in self.trials)

    def as_json(self) -> str:
        """The proof for another program: versions, counts, trials without their pictures."""
        rows = [{key: value for key, value in asdict(one).items() if key != "pictures"} for one in self.trials]
        counts = {state.value: self.count(state) for state in State}
        return json.dumps({"versions": self.versions, "counts": counts, "rows": rows}, ensure_ascii=False, indent=1)
