"""Two hundred hostile names and comments through every template: each report holds them as the text they were."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from tests.reports.engine.test_injection import HOSTILE
from workbook.measures.data_date import last_date
from workbook.measures.snapshot import Snapshot
from workbook.model import Tracker
from workbook.reports.content.occasions import occasions
from workbook.reports.output.template_files import find, names, open_template
from workbook.sample import sample

STARTS = (
    "=",
    "+",
    "-",
    "@",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "<b>",
    "&amp;",
    "]]>",
    "{{learner.upn}}",
)
COUNT = 70
"""Each text that is hostile behind each beginning, as far as they meet in turn."""


@pytest.fixture(scope="module")
def hostile() -> Tracker:
    tracker = sample(learners=COUNT)
    texts = [text.replace("\ud800", "")[:300] for text in HOSTILE]
    learners, progress = tracker["Learners"], tracker["Progress"]
    learners.columns["started"] = learners.columns["left"] = [None] * COUNT
    for place in range(COUNT):
        word = f"{STARTS[place % len(STARTS)]}{texts[place % len(texts)]}{place}"
        learners.columns["first_name"][place] = word
        learners.columns["preferred_name"][place] = None
        learners.columns["surname"][place] = f"{STARTS[(place + 3) % len(STARTS)]}Surname{place}"
    for row in range(len(progress)):
        progress.columns["comment"][row] = f"{STARTS[row % len(STARTS)]} comment {row} {texts[row % len(texts)]}"
    return tracker


def shown(text: str) -> str:
    """A text as XML can hold it: control characters have no place in a workbook."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)


def flat(text: str) -> str:
    """Without breaks of lines, which a sheet's title or a header may not have."""
    return re.sub(r"[\r\n\t ]+", "", text)


@pytest.mark.slow
@pytest.mark.parametrize("name", names())
def test_they_come_out_as_text(name: str, hostile: Tracker) -> None:
    template, reader, _ = open_template(find(name))
    on = last_date(hostile)
    ids = [str(one) for one in hostile["Learners"]["learner_id"]]
    asked = [ask.token for ask in template.asks()]
    count = 0
    for _, context in occasions(Snapshot(hostile, on), ids, asked, reader):
        count += 1
        words = ""
        with zipfile.ZipFile(BytesIO(template.render(context))) as package:
            for part in package.namelist():
                if not part.endswith((".xml", ".rels", ".vml")):
                    continue
                root = etree.fromstring(package.read(part))  # well formed, whatever was typed
                words += "".join(root.itertext())
                formulas = " ".join(one.text or "" for one in root.iter("{*}f"))
                assert not re.search(r"Surname|comment|cmd|HYPERLINK|DDE", formulas), formulas
                assert not any("http://x" in str(one.get("Target")) for one in root.iter("{*}Relationship"))
        if "{{learner.name}}" in asked:
            kept = words.replace("_x000D_", "").replace("_x005F_", "_")
            whole = flat(shown(context["learner"]["name"]))
            assert whole in flat(kept) or whole in flat(words)  # a file's title knows no _x005F_
        if "{{subject.comment}}" in asked:
            kept = flat(words.replace("_x000D_", "").replace("_x005F_", "_"))
            assert all(flat(shown(one["comment"])) in kept for one in context["subject"] if one["comment"])
    assert count >= (COUNT if "learner" in context else 1)
