"""No request leaves, and after one visit none is needed: two servers, a server that stops, a second tab, a reload."""

from __future__ import annotations

import http.server
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Worker

from addin.web.headers import HEADERS, POLICY_IN_PAGE
from addin.web.serve import Server
from tests.web.browser import PATIENCE, Tab
from tests.web.conftest import running

pytestmark = pytest.mark.browser
KNOCK = "(address) => fetch(address).then(() => 'went out', (error) => 'refused')"


class Listener(http.server.BaseHTTPRequestHandler):
    """Answers anybody, and remembers who asked."""

    heard: list[str]

    def do_GET(self) -> None:
        self.heard.append(self.path)
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    heard: list[str] = []
    handler = type("Here", (Listener,), {"heard": heard})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", heard
    server.shutdown()
    server.server_close()


def worker_of(tab: Tab) -> Worker:
    return next(one for one in tab.page.workers if "worker.js" in one.url)


def test_no_request_leaves_the_page_or_the_worker(tab: Tab, elsewhere: tuple[str, list[str]]) -> None:
    address, heard = elsewhere
    assert tab.page.evaluate(KNOCK, address + "page") == "refused"
    assert worker_of(tab).evaluate(KNOCK, address + "worker") == "refused"
    tab.page.evaluate(
        "(address) => { new Image().src = address + 'picture'; navigator.sendBeacon(address + 'beacon'); }", address
    )
    tab.page.wait_for_timeout(200)
    assert heard == []


def test_without_the_policy_both_are_heard(
    browser: Browser, site: Path, tmp_path: Path, elsewhere: tuple[str, list[str]]
) -> None:
    """So the test before can fail."""
    address, heard = elsewhere
    open_site = tmp_path / "site"
    shutil.copytree(site, open_site)
    index = open_site / "index.html"
    assert POLICY_IN_PAGE in index.read_text("utf-8")
    index.write_text(index.read_text("utf-8").replace(f'content="{POLICY_IN_PAGE}"', 'content=""'), "utf-8")
    (open_site / "sw.js").unlink()
    headers = {name: value for name, value in HEADERS.items() if name != "Content-Security-Policy"}
    with running(Server(open_site, headers=lambda name: headers)) as server:
        page = browser.new_page()
        tab = Tab(page, server.address)
        with page.expect_event("worker"):  # Python itself is not needed here
            page.goto(server.address)
        assert page.evaluate(KNOCK, address + "page") == "went out"
        assert worker_of(tab).evaluate(KNOCK, address + "worker") == "went out"
        page.close()
    assert heard == ["/page", "/worker"]


@pytest.mark.parametrize("part", ["pyodide/pyodide.asm.wasm", "app.zip"])
def test_a_file_that_the_server_lacks_is_a_sentence(browser: Browser, site: Path, tmp_path: Path, part: str) -> None:
    half = tmp_path / "site"
    shutil.copytree(site, half)
    (half / part).unlink()
    with running(Server(half)) as server:
        tab = Tab(browser.new_page(service_workers="block"), server.address)
        tab.page.goto(server.address)
        assert f"The server does not have {Path(part).name}" in tab.told()
        tab.page.close()


def kept(context: BrowserContext, tab: Tab) -> list[str]:
    """Wait until the site is kept; the names of the caches."""
    tab.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return tab.page.evaluate("caches.keys()")


def test_offline_a_second_tab_a_reload_and_a_cancelled_job(
    browser: Browser, site: Path, trackers: dict[str, Path]
) -> None:
    context = browser.new_context()
    with running(Server(site)) as server:
        first = Tab(context.new_page(), server.address).visit()
        assert len(kept(context, first)) == 1
    # the server is gone now
    context.set_offline(True)
    first.open(trackers["clean"])
    second = Tab(context.new_page(), server.address).visit().open(trackers["faulty"])
    assert "things to mend" in second.page.inner_text("#view")
    assert "Nothing to mend" in first.page.inner_text("#view"), "each tab has a tracker of its own"
    cancelled(second)
    reloaded(second, trackers["faulty"])
    context.close()


def cancelled(tab: Tab) -> None:
    """Work that does not end shows a bar; Cancel stops it, and the tracker is open as before."""
    tab.view("reports")
    worker_of(tab).evaluate("() => { setTimeout(() => { for (;;); }, 0); }")
    tab.page.get_by_role("button", name="Make the reports").click()
    tab.page.get_by_role("progressbar").wait_for()
    tab.page.get_by_role("button", name="Cancel").click()
    tab.page.wait_for_selector("#words:text('as before')")
    tab.rest()
    tab.page.get_by_role("button", name="Make the reports").click()
    tab.page.wait_for_selector(".made")
    assert "16 reports for 12 learners made" in tab.page.inner_text(".made") and not tab.sentence


def reloaded(tab: Tab, tracker: Path) -> None:
    """A reload asks first, as something was made and not saved; then nothing is left, and the page says so."""
    asked: list[str] = []
    tab.page.once("dialog", lambda one: (asked.append(one.type), one.accept()))
    tab.page.reload(timeout=PATIENCE)
    tab.page.wait_for_selector("html[data-ready]")
    assert asked == ["beforeunload"]
    assert "no longer open here" in tab.words and tab.page.is_hidden("#view")
    tab.open(tracker)


def test_a_new_version_comes_in_whole_or_not_at_all(browser: Browser, site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    context = browser.new_context()
    context.add_init_script("window.Worker = class { postMessage() {} terminate() {} };")  # Python is not needed here

    with running(Server(copy)) as server:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(server.address)
        register(page)
        before = page.evaluate("caches.keys()")
        (copy / "style.css").write_text("/* half of a new version */", "utf-8")  # its hash is still that of the old one
        newer(copy, "aaaa", None)
        page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update()).catch(() => null)")
        page.wait_for_timeout(600)
        assert page.is_hidden("#newer") and page.evaluate("caches.match('style.css').then((one) => one.text())") != ""
        assert "half of" not in page.evaluate("fetch('style.css').then((one) => one.text())")
        newer(copy, "bbbb", "style.css")
        page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => true)")
        other = context.new_page()
        other.goto(server.address)
        page.get_by_role("button", name="load it now").click()
        page.wait_for_selector("#newer:has-text('Close the other tabs')")
        other.close()
        page.reload()
        register(page)
        with page.expect_navigation():
            page.get_by_role("button", name="load it now").click()
        assert "half of" in page.evaluate("fetch('style.css').then((one) => one.text())")
        after = page.evaluate("caches.keys()")
        assert len(before) == len(after) == 1 and before != after
    context.close()


def register(page: object) -> None:
    """What the page does once Python is up."""
    page.evaluate(  # type: ignore[attr-defined]
        """async () => {
          const { keepSite } = await import(new URL("page/keeping.js", document.baseURI));
          await keepSite(document.getElementById("newer"));
          await navigator.serviceWorker.ready;
          while (!navigator.serviceWorker.controller) await new Promise((good) => setTimeout(good, 20));
        }"""
    )


def newer(site: Path, build: str, changed: str | None) -> None:
    """The site's service worker as another build would have it."""
    import base64
    import hashlib

    worker = site / "sw.js"
    line, _, rest = worker.read_text("utf-8").partition("\n")
    told = json.loads(line.removeprefix("const SITE = ").removesuffix(";"))
    if changed:
        digest = hashlib.sha256((site / changed).read_bytes()).digest()
        told["files"][changed] = f"sha256-{base64.b64encode(digest).decode()}"
    told["build"] = build
    worker.write_text(f"const SITE = {json.dumps(told)};\n{rest}", "utf-8")
