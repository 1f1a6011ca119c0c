from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.run import run


@pytest.fixture(scope="session")
def tracker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample tracker of 24 learners."""
    path = tmp_path_factory.mktemp("commands") / "tracker.xlsx"
    assert run("sample", path, "--learners", 24).code == 0
    return path
