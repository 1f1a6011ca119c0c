"""The page of the proof: what was tried under its own name, and what differs told beside it."""

from __future__ import annotations

from datetime import date

from addin.desktop.prove.page import page
from addin.desktop.prove.proof import Proof, State, Trial


def test_buttons_are_called_in_words_and_functions_by_their_names() -> None:
    trials = [Trial("Buttons", "my_week", State.HOLDS), Trial("Worksheet functions", "APL_POINTS", State.HOLDS)]
    shown = page(Proof({}, trials), date(2026, 11, 27))
    assert ">my week<" in shown and ">APL_POINTS<" in shown and "Of 2 trials 2 hold, 0 differ." in shown


def test_what_differs_is_listed_and_nothing_of_it_is_taken_for_html() -> None:
    one = Trial(
        "Files", "a sample tracker", State.DIFFERS, differences=["Start!A1: “<b>” is stored, Excel has nothing"]
    )
    shown = page(Proof({}, [one]), date(2026, 11, 27))
    assert "<li>Start!A1: “&lt;b&gt;” is stored, Excel has nothing</li>" in shown and "0 hold, 1 differs." in shown
