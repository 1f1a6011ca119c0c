"""What is left of the page in a finished report: read straight from its parts."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path
from typing import Any

FIRST = 9


def kept(path: Path, learner: dict[str, Any]) -> dict[str, str]:
    """A word for each thing that a report of this learner should have: "yes", "no", or what is amiss."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    last = FIRST + len(learner["subject"]) - 1
    sheet = next(text for name, text in sorted(parts.items()) if re.search(r"worksheets/sheet[0-9]*\.xml$", name))
    chart = "".join(text for name, text in parts.items() if re.search(r"charts/chart[0-9]*\.xml$", name))
    strings = "".join(text for name, text in parts.items() if name.endswith("sharedStrings.xml")) + sheet
    rules = re.findall(r'conditionalFormatting[^>]*sqref="([^"]*)"', sheet)
    caches = html.unescape(" ".join(re.findall(r"<(?:c:)?v>([^<]*)</", chart)))
    words = html.unescape(strings)
    return {
        "rows": _word(all(one["comment"] in words and one["name"] in words for one in learner["subject"])),
        "sum": _word(f"AVERAGE(D{FIRST}:D{last})" in sheet),
        "formats": _word(f"F{FIRST}:F{last}" in rules and f"D{FIRST}:D{last}" in rules, bool(rules)),
        "logo": _word(any(name.startswith("xl/media/") for name in parts)),
        "chart": _word(f"$D${last}" in chart, bool(chart)),
        "its values": _word(all(one["name"] in caches for one in learner["subject"])),
    }


def _word(whole: bool, there: bool = False) -> str:
    return "yes" if whole else "not its rows" if there else "no"
