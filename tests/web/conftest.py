from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from addin.web.build import build
from addin.web.serve import Server
from tests.commands.run import run
from tests.web import PARTS, chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.web.browser import Tab
    from tests.web.excel import Pane


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("web") / "site"
    build(folder, PARTS)
    return folder


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[Server]:
    with running(Server(site)) as server:
        yield server


class running:  # noqa: N801
    """A server at work for as long as a with block lasts."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def __enter__(self) -> Server:
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self.server

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def trackers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A sample of 12 learners, and the same with mistakes in it."""
    folder = tmp_path_factory.mktemp("trackers")
    made = {"clean": folder / "tracker.xlsx", "faulty": folder / "with mistakes.xlsx"}
    assert run("sample", made["clean"], "--learners", 12).code == 0
    assert run("sample", made["faulty"], "--learners", 12, "--faults", 25).code == 0
    return made


@pytest.fixture(scope="session")
def tab(browser: Browser, served: Server) -> Iterator[Tab]:
    """One tab for all tests that only look; each opens what it looks at."""
    from tests.web.browser import Tab

    page = browser.new_page(viewport={"width": 1280, "height": 800})
    yield Tab(page, served.address).visit()
    page.close()


@pytest.fixture(scope="session")
def pane(browser: Browser, served: Server, trackers: dict[str, Path]) -> Iterator[Pane]:
    """Excel with a tracker with mistakes, and the add-in's pane beside it, for all tests of the add-in."""
    from tests.web.excel import excel

    with excel(browser, served.address, trackers["faulty"]) as one:
        yield one
