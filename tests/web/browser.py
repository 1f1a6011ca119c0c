"""A tab of the page: open a tracker, ask Python, read what is shown. Waits long, as Python starts in every tab."""

from __future__ import annotations

import base64
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

PATIENCE = 120_000
"""Milliseconds: a slow computer with the whole suite running beside may need most of it."""

_ASK = """async ([deed, args, files]) => {
  const { desk } = await import(new URL("page/desk.js", document.baseURI));
  const bytes = Object.fromEntries(Object.entries(files).map(([name, text]) =>
    [name, Uint8Array.from(atob(text), (one) => one.charCodeAt(0)).buffer]));
  const { data, files: made, seconds, memory } = await desk.client.ask(deed, args, bytes);
  const packed = {};
  for (const [name, content] of Object.entries(made)) {
    const url = await new Promise((good) => {
      const reader = new FileReader();
      reader.onload = () => good(reader.result);
      reader.readAsDataURL(new Blob([content]));
    });
    packed[name] = url.slice(url.indexOf(",") + 1);
  }
  return { data, files: packed, seconds, memory };
}"""


_START = """async () => {
  const { desk } = await import(new URL("page/desk.js", document.baseURI));
  return desk.client.ready;
}"""


class Tab:
    """The page in one tab; ``trouble`` are the errors that the browser itself told of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.trouble: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda one: self.trouble.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda one: self.trouble.append(str(one)))

    def visit(self) -> Tab:
        """Load the page and wait until Python is up."""
        self.page.goto(self.address)
        self.page.wait_for_selector("html[data-ready]")
        return self

    def start(self) -> dict[str, float]:
        """How many seconds each phase of the worker's start took."""
        found: dict[str, float] = self.page.evaluate(_START)
        return found

    def open(self, tracker: Path) -> Tab:
        """Choose a tracker and wait for its problems."""
        self.page.evaluate("document.getElementById('whose').textContent = ''")
        self.page.set_input_files("#file", tracker)
        self.page.locator("#whose", has_text=tracker.name).wait_for()
        self.page.locator("nav a[href='#problems'][aria-current]").wait_for()
        self.rest()
        return self

    def view(self, name: str) -> Tab:
        """Go to a view and wait until it is drawn."""
        self.page.evaluate("(name) => { location.hash = '#' + name; }", name)
        self.page.wait_for_selector(f"nav a[href='#{name.split('/')[0]}'][aria-current]")
        self.rest()
        return self

    def rest(self) -> None:
        """Wait until nothing is being done."""
        end = time.monotonic() + PATIENCE / 1000
        self.page.wait_for_timeout(50)
        while self.page.evaluate("async () => (await import(new URL('page/desk.js', document.baseURI))).desk.busy"):
            assert time.monotonic() < end, self.words
            self.page.wait_for_timeout(20)

    def ask(self, deed: str, files: dict[str, bytes] | None = None, **args: Any) -> dict[str, Any]:
        """A deed of Python in this tab: its data, and its files as bytes."""
        sent = {name: base64.b64encode(content).decode() for name, content in (files or {}).items()}
        answer = self.page.evaluate(_ASK, [deed, args, sent])
        answer["files"] = {name: base64.b64decode(text) for name, text in answer["files"].items()}
        return answer

    @property
    def words(self) -> str:
        """What the page says it is doing."""
        return self.page.inner_text("#words")

    @property
    def sentence(self) -> str:
        """The sentence that must not be missed."""
        return self.page.inner_text("#trouble")

    def told(self) -> str:
        """The next such sentence."""
        self.page.wait_for_selector("#trouble p")
        return self.sentence
