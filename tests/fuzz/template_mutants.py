"""Templates spoilt at random: checked and filled, they give reports or one sentence, and both commands agree.

    python -m tests.fuzz.template_mutants [--seed 9] [--count 600] [--keep FOLDER]

A mutant is one of our templates with one to three things changed: an attribute, a text, an element, a part, a link
between parts, a content type, bytes of the XML or of the zip. A mutant that stumbles or is slow is kept in the folder.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import re
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbook.model import Audience, CannotDo
from workbook.reports.content.names import tree
from workbook.reports.engine.tokens import Vocabulary
from workbook.reports.output.one_workbook import Report, write_workbook
from workbook.reports.output.template_files import find, names, open_template, what_it_asks

ODD = (
    "", "-1", "0", "1", "x", "99999999999", "1e400", "NaN", "#REF!", "A:A", "B:D", "1:1", "A0", "ZZZ1", "A1:", "1.5",
    "true", "str", "d", "e", "é", "{{", "{{nothing.here}}", "{{learner.name}}", "A1 A:A", "'", '"', "[1]S!A1",
)  # fmt: skip
SLOW = 10
"""Seconds of the processor, for a busy computer proves nothing."""
_ATTRIBUTE = re.compile(rb'(\s(?!version|encoding|standalone)[\w:]+=")([^"<]*)(")')
_TEXT = re.compile(rb"(>)([^<>]*[^<>\s][^<>]*)(<)")
_ELEMENT = re.compile(rb"<([\w:]+)\b[^<>]*/>")
_LEAF = re.compile(rb"<([\w:]+)\b[^<>/]*>[^<>]*</\1>")

Content = dict[str, bytes]
Mutator = Callable[[Content, random.Random], None]


def _xml(content: Content, dice: random.Random) -> str:
    return dice.choice([name for name in content if name.endswith((".xml", ".rels", ".vml"))])


def _swap(pattern: re.Pattern[bytes], content: Content, dice: random.Random) -> None:
    name = _xml(content, dice)
    found = list(pattern.finditer(content[name]))
    if found:
        one = dice.choice(found)
        odd = dice.choice(ODD).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;").encode()
        content[name] = content[name][: one.start(2)] + odd + content[name][one.end(2) :]


def attribute(content: Content, dice: random.Random) -> None:
    """Another value for an attribute."""
    _swap(_ATTRIBUTE, content, dice)


def text(content: Content, dice: random.Random) -> None:
    """Another text of an element."""
    _swap(_TEXT, content, dice)


def attribute_gone(content: Content, dice: random.Random) -> None:
    """An attribute less."""
    name = _xml(content, dice)
    found = [one for one in _ATTRIBUTE.finditer(content[name]) if b"xmlns" not in one[1]]
    if found:
        one = dice.choice(found)
        content[name] = content[name][: one.start()] + content[name][one.end() :]


def element(content: Content, dice: random.Random) -> None:
    """An element gone, twice, or under another name."""
    name = _xml(content, dice)
    found = [*_ELEMENT.finditer(content[name]), *_LEAF.finditer(content[name])]
    if found:
        one = dice.choice(found)
        other = one[0].replace(one[1], b"odd", 1) if one[0].endswith(b"/>") else b""
        new = dice.choice([b"", one[0] * 2, other])
        content[name] = content[name][: one.start()] + new + content[name][one.end() :]


def part_gone(content: Content, dice: random.Random) -> None:
    """A part missing."""
    del content[dice.choice(list(content))]


def part_swapped(content: Content, dice: random.Random) -> None:
    """Two parts that hold each other's bytes."""
    one, other = dice.choice(list(content)), dice.choice(list(content))
    content[one], content[other] = content[other], content[one]


def link(content: Content, dice: random.Random) -> None:
    """A relationship that leads elsewhere, or is of another kind."""
    name = dice.choice([name for name in content if name.endswith(".rels")])
    kind = dice.choice([rb'(Target=")([^"]*)(")', rb'(Type="[^"]*/)(\w+)(")', rb'(Id=")([^"]*)(")'])
    found = list(re.finditer(kind, content[name]))
    if found:
        one = dice.choice(found)
        new = dice.choice([b"../nowhere.xml", b"", b"/xl/workbook.xml", b"image", b"table", b"../../../x", b"styles"])
        content[name] = content[name][: one.start(2)] + new + content[name][one.end(2) :]


def letters(content: Content, dice: random.Random) -> None:
    """Bytes of a part flipped, cut or emptied."""
    name = dice.choice(list(content))
    data = bytearray(content[name])
    if data:
        match dice.randrange(3):
            case 0:
                data[dice.randrange(len(data))] = dice.randrange(256)
            case 1:
                del data[dice.randrange(len(data)) :]
            case _:
                data.clear()
        content[name] = bytes(data)


def outside(content: Content, dice: random.Random) -> None:
    """A part that would be written outside the workbook."""
    content[dice.choice(["../../evil.txt", "/abs.txt", "C:\\evil.txt", "xl\\..\\..\\evil"])] = b"evil"


MUTATORS: tuple[Mutator, ...] = (
    attribute, attribute, attribute, text, text, attribute_gone, element, element, part_gone, part_swapped, link,
    letters, outside,
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What came of a mutant: a word, and the sentence or the fault."""

    word: str
    words: str
    seconds: float
    """Of the processor."""


def mutant(dice: random.Random) -> tuple[str, bytes]:
    """A spoilt template, and what was done to it."""
    name = dice.choice(names())
    archive = zipfile.ZipFile(find(name))
    content = {each: archive.read(each) for each in archive.namelist()}
    done = [name]
    for _ in range(dice.randint(1, 3)):
        change = dice.choice(MUTATORS)
        change(content, dice)
        done.append(change.__name__)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for each, data in content.items():
            out.writestr(each, data)
    data = bytearray(file.getvalue())
    if dice.random() < 0.03:
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        done.append("zip")
    return " ".join(done), bytes(data)


def judged(path: Path) -> Outcome:
    """The outcome of `template check` and of reports, a file each and one workbook."""
    start = time.process_time()
    try:
        checked = _checked(path)
        made = _made(path)
    except Exception as error:  # whatever gets through is what is looked for
        return Outcome("stumbled", repr(error), time.process_time() - start)
    word = {(None, None): "made"}.get((checked, made))
    if word is None:
        word = "refused" if checked and made else "reports refused only" if made else "check refused only"
    return Outcome(word, checked or made or "", time.process_time() - start)


def _checked(path: Path) -> str | None:
    try:
        _, rows = what_it_asks(path)
    except CannotDo as error:
        return str(error)
    return next((row["problem"] for row in rows if row["problem"]), None)


def _made(path: Path) -> str | None:
    context = Vocabulary(tree(Audience.MENTOR)).example(2)
    try:
        template, _, _ = open_template(path)
        template.render(context)
        template.render({})
    except CannotDo as error:
        return str(error)
    with contextlib.suppress(CannotDo):  # one workbook may be refused where a file each is not
        write_workbook(template, [Report("One", context), Report("Two", {})], io.BytesIO())
    return None


def run(seed: int, count: int, keep: Path | None = None) -> Counter[str]:
    """The outcomes of so many mutants; the same seed gives the same ones. Faults are printed, their mutants kept."""
    dice = random.Random(seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mutant.xlsx"
        for number in range(count):
            done, data = mutant(dice)
            path.write_bytes(data)
            outcome = judged(path)
            word = outcome.word if outcome.seconds < SLOW else "slow"
            outcomes[word] += 1
            if word not in ("made", "refused"):
                print(f"{number} {done}: {word}: {outcome.words} ({outcome.seconds:.1f} s)", flush=True)
                if keep:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"mutant_{seed}_{number}.xlsx").write_bytes(data)
    return outcomes


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    print(dict(run(given.seed, given.count, given.keep)))
