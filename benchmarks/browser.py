"""The page in a headless Chromium: how long until it is ready and why, how long each thing takes, how much is sent.

    python -m benchmarks.browser [LEARNERS]

Builds the site and a sample, and visits with a profile of its own, so that the browser's caches count. Compares every
figure, and every report of every template, with the command line's. The phases of a start: ``wasm`` until the code of
the engine had come, ``engine`` until Python runs, ``unpacked`` its files, ``imported`` what the first questions need.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from addin.web.build import build
from addin.web.serve import Server
from tests.commands.run import run
from tests.web import PARTS, chromium
from tests.web.browser import Tab
from tests.web.conftest import running
from workbook.reports.output.template_files import names

DAY = "2027-01-11"


def main(learners: int) -> None:
    work = Path(tempfile.mkdtemp())
    site, tracker = work / "site", work / "tracker.xlsx"
    made = build(site, PARTS)
    print(f"site, unpacked: {sum(made.values()) / 1e6:.1f} MB")
    run("sample", tracker, "--learners", learners, "--faults", 25)
    with sync_playwright() as play:
        profile = play.chromium.launch_persistent_context(
            str(work / "profile"), executable_path=chromium(), headless=True, args=["--no-sandbox"]
        )
        with running(Server(site)) as server:
            visit(Tab(profile.new_page(), server.address), "first visit, ready", server)
            profile.pages[-1].evaluate("navigator.serviceWorker.ready.then(() => true)")
            print(f"  with the service worker's copy: {server.sent / 1e6:.2f} MB sent")
            visit(Tab(profile.new_page(), server.address), "later visit, ready", server)
        profile.set_offline(True)
        tab = visit(Tab(profile.new_page(), server.address), "offline, server stopped, ready", server)
        figures(tab, tracker)
        reports(tab, tracker, work)
        profile.close()


def visit(tab: Tab, what: str, server: Server) -> Tab:
    before, began = server.sent, time.perf_counter()
    tab.visit()
    print(f"{what}: {time.perf_counter() - began:.2f} s, {(server.sent - before) / 1e6:.2f} MB sent")
    print(f"  of it, in the worker: {', '.join(f'{name} {seconds:.2f} s' for name, seconds in tab.start().items())}")
    return tab


def figures(tab: Tab, tracker: Path) -> None:
    name = tracker.name
    opened = tab.ask("open", {name: tracker.read_bytes()}, name=name)
    print(f"open: {opened['seconds']:.2f} s")
    remembered(opened, "the tracker is open")
    for command, options in (("check", {}), ("flags", {}), ("week", {"on": DAY}), ("progress", {}), ("attendance", {})):
        answer = tab.ask(command, **options)
        words = [word for option, value in options.items() for word in (f"--{option}", value)]
        same = answer["data"]["rows"] == json.loads(run(command, tracker, "--json", *words).out)["rows"]
        rows = len(answer["data"]["rows"])
        print(f"{command}: {answer['seconds']:.2f} s, {rows} rows, {'equal' if same else 'DIFFERENT'}")
    remembered(answer, "these")


def remembered(answer: dict[str, Any], when: str) -> None:
    print(f"  Python's memory after {when}: {answer['memory'] / 1e6:.0f} MB")


def reports(tab: Tab, tracker: Path, work: Path) -> None:
    for template in sorted(names(), key=lambda name: name != "parent_report"):  # the one that most ask for comes first
        first, again = (tab.ask("reports", template=template, everyone=True) for _ in range(2))
        out = work / template
        words = ("--sending-list",) if first["data"]["sending"] else ()
        run("report", tracker, "--out", out, "--template", template, "--all", *words)
        with zipfile.ZipFile(io.BytesIO(next(iter(first["files"].values())))) as packed:
            ours = {one: packed.read(one) for one in packed.namelist()}
        same = ours == {path.name: path.read_bytes() for path in out.iterdir()}
        print(f"{template}: {first['data']['count']} in {first['seconds']:.2f} s, again {again['seconds']:.2f} s, "
              f"{'the same bytes' if same else 'DIFFERENT'}")  # fmt: skip
        remembered(again, "that")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 240)
