"""What every test can ask for: the shared data, the LibreOffice judge, and no silent skips."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests import web
from tests.office import Office, running, what_is_missing
from workbook.building.views import grid

hypothesis.settings.register_profile("mentorbook", deadline=None)  # how busy the computer is proves nothing
hypothesis.settings.load_profile("mentorbook")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SHARED_ABSENT = "the folder ../shared is not there"
# The templates under test are those beside these tests, whichever checkout is installed.
_OURS = importlib.util.spec_from_file_location(
    "workbook.templates", ROOT / "templates/__init__.py", submodule_search_locations=[str(ROOT / "templates")]
)
assert _OURS and _OURS.loader
sys.modules["workbook.templates"] = importlib.util.module_from_spec(_OURS)
_OURS.loader.exec_module(sys.modules["workbook.templates"])
# Every row of the Grid holds the same formulas, and LibreOffice takes seconds over 400 of them: tests make do with 40.
# `delivered_grid` has them all.
DELIVERED = grid.ROOM_FOR_LEARNERS
grid.ROOM_FOR_LEARNERS = 40
OFFICE_ABSENT = what_is_missing()
BROWSER_ABSENT = web.what_is_missing()


def _excused(reason: str) -> bool:
    """Whether a skip stands even under MENTORBOOK_NO_SKIPS: what it needs is truly not to be had here."""
    if SHARED_ABSENT in reason:
        return not SHARED.is_dir()
    if any(absent and absent in reason for absent in (OFFICE_ABSENT, BROWSER_ABSENT)):
        return not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0)
    return "only on Windows" in reason or "only on macOS" in reason


def _skip_becomes_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not os.environ.get("MENTORBOOK_NO_SKIPS") or not report.skipped or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if not _excused(reason):
        report.outcome = "failed"
        report.longrepr = f"{reason}\nA skip counts as a failure here (MENTORBOOK_NO_SKIPS is set)."


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _skip_becomes_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _skip_becomes_failure(report)
    return report


def pytest_runtest_setup(item: pytest.Item) -> None:
    if OFFICE_ABSENT and item.get_closest_marker("office"):
        pytest.skip(OFFICE_ABSENT)
    if BROWSER_ABSENT and item.get_closest_marker("browser"):
        pytest.skip(BROWSER_ABSENT)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from tests.spreading import Spread

    config.option.loadscopereorder = False  # as long_first has put them
    return Spread(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        from tests.spreading import long_first

        items[:] = long_first(items)


def pytest_collection_finish() -> None:
    """What was imported to find the tests stays: Python need not look through it again and again for rubbish."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_sessionfinish() -> None:
    running.end_shared()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ../shared beside the project, with real data and the design."""
    if not SHARED.is_dir():
        pytest.skip(SHARED_ABSENT)
    return SHARED


@pytest.fixture
def delivered_grid(monkeypatch: pytest.MonkeyPatch) -> int:
    """The Grid as deep as it is delivered; gives its rows."""
    monkeypatch.setattr(grid, "ROOM_FOR_LEARNERS", DELIVERED)
    return DELIVERED


@pytest.fixture(scope="session")
def office() -> Office:
    """LibreOffice, the judge of formulas and maker of pictures. Tests that use it are marked `office`."""
    if OFFICE_ABSENT:
        pytest.skip(OFFICE_ABSENT)
    return Office(start=running.shared)
