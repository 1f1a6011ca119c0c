"""The add-in and a small tracker with the functions, made once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.desktop.xlam import package, tracker_functions
from tests.addin.calls import Calls
from workbook.commands.make import build_whole
from workbook.sample import sample


@pytest.fixture(scope="session")
def xlam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package.build(tmp_path_factory.mktemp("addin"))


@pytest.fixture(scope="session")
def xlsx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tracker") / "tracker.xlsx"
    build_whole(path, sample(learners=6))
    return path


@pytest.fixture(scope="session")
def xlsm(xlsx: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tracker_functions.write(xlsx, tmp_path_factory.mktemp("functions") / "tracker.xlsm")


@pytest.fixture(scope="session")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Calls:
    path = tmp_path_factory.mktemp("calls") / "tracker.xlsx"
    tracker = sample()
    progress = tracker["Progress"].columns
    progress["forecast"] = [None] * len(progress["forecast"])  # so that the command line estimates each of them
    progress["apl_5"] = progress["apl_4"]
    tracker["Drops"].columns["date"][0] = tracker.year[0]  # over half a year before the fifth
    build_whole(path, tracker)
    return Calls(path)
