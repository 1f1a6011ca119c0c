"""Keyboard, screen reader, 400% zoom, phone, dark: judged by axe, and by what the browser lays out."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from addin.web.parts import collect, pinned
from tests.web import LOCK, PARTS
from tests.web.browser import Tab
from tests.web.excel import Pane

pytestmark = pytest.mark.browser
VIEWS = ("problems", "monday", "week", "flags", "learner", "progress", "attendance", "celebration", "year", "reports",
         "incoming")  # fmt: skip
_JUDGE = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .map((one) => one.id + ": " + one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", "))"""

_TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 90)).slice(0, 5)"""


@pytest.fixture(scope="session")
def axe() -> str:
    with tarfile.open(collect(PARTS, pinned(LOCK))["axe-core"]) as packed:
        file = packed.extractfile("package/axe.min.js")
        assert file
        return file.read().decode()


def violations(tab: Tab | Pane, axe: str) -> list[str]:
    if not tab.page.evaluate("'axe' in window"):
        tab.page.evaluate(axe)
    return tab.page.evaluate(_JUDGE)


def first_learner(tab: Tab) -> str:
    return str(tab.ask("attendance")["data"]["rows"][0]["learner_id"])


def test_axe_finds_nothing_in_any_view_light_or_dark(tab: Tab, trackers: dict[str, Path], axe: str) -> None:
    tab.open(trackers["faulty"])
    learner = first_learner(tab)
    for view in VIEWS:
        tab.view(f"learner/{learner}" if view == "learner" else view)
        if view == "reports":
            tab.page.get_by_role("button", name="Look at a page").click()
            tab.page.wait_for_selector(".paper")
            tab.page.get_by_role("button", name="Before you send").click()
            tab.rest()
            tab.page.get_by_role("button", name="Make the reports").click()
            tab.page.get_by_text("Who gets which").wait_for()
        for scheme in ("light", "dark"):
            tab.page.emulate_media(color_scheme=scheme)
            assert violations(tab, axe) == [], f"{view}, {scheme}"
    tab.page.emulate_media(color_scheme="light")
    tab.page.get_by_role("link", name="Close this tracker").click()
    assert violations(tab, axe) == []
    tab.page.set_input_files("#file", Path(__file__))
    tab.told()
    assert violations(tab, axe) == []


def test_axe_itself_finds_what_is_wrong(tab: Tab, axe: str) -> None:
    tab.page.evaluate("document.getElementById('main').append(document.createElement('button'))")
    assert any(one.startswith("button-name") for one in violations(tab, axe))
    tab.page.evaluate("document.querySelector('#main > button').remove()")


def test_at_400_percent_nothing_runs_out_of_the_page(tab: Tab, trackers: dict[str, Path]) -> None:
    """1280 pixels at 400% are 320 (WCAG 1.4.10); a drawn page may scroll in its own box."""
    tab.page.set_viewport_size({"width": 320, "height": 256})
    try:
        tab.open(trackers["faulty"])
        learner = first_learner(tab)
        for view in VIEWS:
            tab.view(f"learner/{learner}" if view == "learner" else view)
            wide = tab.page.evaluate(_TOO_WIDE)
            assert not wide, f"{view}: {wide}"
    finally:
        tab.page.set_viewport_size({"width": 1280, "height": 800})


def test_the_keyboard_alone_reaches_everything(tab: Tab, trackers: dict[str, Path]) -> None:
    tab.open(trackers["faulty"]).view("problems")
    focused = "document.activeElement.textContent || document.activeElement.id"
    assert tab.page.evaluate("document.activeElement.id") == "view-title", (
        "a view that opens is read out from its title"
    )
    tab.page.locator(".skip").focus()
    seen = [tab.page.evaluate(focused)]
    for _ in range(12):
        tab.page.keyboard.press("Tab")
        seen.append(tab.page.evaluate(focused))
    assert seen[0] == "To the content" and {"Problems", "Monday’s list", "Reports", "Close this tracker"} <= set(seen)
    tab.page.locator("nav a", has_text="Flags").focus()
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_selector("#view-title:text('Flags')")
    tab.rest()
    assert tab.page.evaluate("document.activeElement.id") == "view-title" and tab.page.title().startswith("Flags")


def test_the_browser_itself_had_nothing_to_say(tab: Tab) -> None:
    """No policy broken, no script failed in all that was done above."""
    assert not [one for one in tab.trouble if "127.0.0.1" not in one and "Refused to connect" not in one], tab.trouble


@pytest.mark.parametrize("view", ["Problems", "Monday’s list", "Buttons"])
def test_axe_finds_nothing_in_the_pane_as_narrow_as_excel_makes_it(pane: Pane, axe: str, view: str) -> None:
    pane.page.set_viewport_size({"width": 320, "height": 700})
    if not pane.page.locator(".problems li").count():
        pane.press("check")
    pane.page.get_by_role("button", name=view, exact=True).click()
    pane.page.wait_for_selector(".problems li, ol.people li, .buttons button")
    for scheme in ("light", "dark"):
        pane.page.emulate_media(color_scheme=scheme)
        assert violations(pane, axe) == [] and pane.page.evaluate(_TOO_WIDE) == [], scheme
    pane.page.emulate_media(color_scheme="light")


def test_axe_finds_nothing_where_the_pane_asks(pane: Pane, axe: str) -> None:
    pane.stand("Learners", "A5")
    pane.page.get_by_role("button", name="Buttons", exact=True).click()
    pane.page.get_by_label("Which report").select_option("parent_report")
    pane.page.evaluate("() => { window.over = false; __buttons.report_form({ completed() { window.over = true; } }); }")
    pane.page.wait_for_selector("#question:not([hidden]) button")
    assert violations(pane, axe) == []
    pane.page.keyboard.press("Enter")  # the first answer has the focus
    pane.page.wait_for_function("() => document.body.dataset.busy !== 'yes'")
    assert violations(pane, axe) == []
    pane.page.evaluate("() => { __buttons.import_file({ completed() {} }); }")
    pane.page.wait_for_selector("#chosen")
    assert violations(pane, axe) == []
    pane.page.get_by_role("button", name="Cancel").click()
