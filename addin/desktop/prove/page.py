"""The proof as one page to read, to print or to send: what holds, what differs, with which versions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from addin.desktop.prove.proof import Proof, State, Trial

_STYLE = """
body{font:16px/1.5 "Segoe UI",Calibri,Arial,sans-serif;color:#22303C;max-width:70rem;margin:2rem auto;padding:0 1rem}
h1{margin-bottom:0} h2{margin-top:2.5rem} table{border-collapse:collapse;width:100%}
th{text-align:left;background:#1F4E5F;color:#fff;white-space:nowrap} tr>:first-child{width:15rem}
td,th{padding:.35rem .7rem;vertical-align:top}
td{border-bottom:1px solid #D5DCE2} td.time{text-align:right;white-space:nowrap} td.state{white-space:nowrap}
tr.differs td{background:#FDECEA} tr.differs td.state{font-weight:bold;color:#8E1B10} tr.not-here td{color:#5B6B7A}
ul{margin:.3rem 0;padding-left:1.2rem} img{max-width:100%;border:1px solid #D5DCE2;margin:.5rem 0}
.total{font-size:1.3rem}
"""
_SIGN = {State.HOLDS: "✓ holds", State.DIFFERS: "✗ differs", State.NOT_HERE: "– not here"}


def page(proof: Proof, on: date) -> str:
    """The page, whole in one file."""
    versions = "".join(f"<tr><td>{escape(one)}</td><td>{escape(two)}</td></tr>" for one, two in proof.versions.items())
    parts = "".join(_part(proof, name) for name in dict.fromkeys(one.part for one in proof.trials))
    return (
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Mentorbook tried in Excel</title>'
        f"<style>{_STYLE}</style><h1>Mentorbook tried in Excel</h1>"
        f"<p>{on.day} {on:%B %Y}, on made-up learners. Nothing of it remains on this computer but this page.</p>"
        f'<p class="total"><b>{_total(proof)}</b></p><table>{versions}</table>{parts}</html>'
    )


def _total(proof: Proof) -> str:
    differs = proof.count(State.DIFFERS)
    told = f"{proof.count(State.HOLDS)} hold, {differs} differ{'s' * (differs == 1)}"
    absent = proof.count(State.NOT_HERE)
    return f"Of {len(proof.trials)} trials {told}{f', {absent} cannot be tried here' if absent else ''}."


def _part(proof: Proof, name: str) -> str:
    rows = "".join(row for one in proof.trials if one.part == name for row in _rows(one))
    return f"<h2>{escape(name)}</h2><table><tr><th>What<th>Came out<th>In words<th>Seconds</tr>{rows}</table>"


def _rows(one: Trial) -> Iterator[str]:
    more = "".join(f"<li>{escape(line)}</li>" for line in one.differences)
    pictures = "".join(f'<br><img alt="{escape(one.what)}" src="data:image/png;base64,{png}">' for png in one.pictures)
    what = one.what.replace("_", " ") if one.what.islower() else one.what  # functions are called by their very names
    words = f"{escape(one.words)}{f'<ul>{more}</ul>' if more else ''}{pictures}"
    yield (
        f'<tr class="{one.state.value.replace(" ", "-")}"><td>{escape(what)}</td>'
        f'<td class="state">{_SIGN[one.state]}</td><td>{words}</td>'
        f'<td class="time">{f"{one.seconds:.2f}" if one.seconds else ""}</td></tr>'
    )
