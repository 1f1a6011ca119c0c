"""A computer with Windows and one with macOS; the add-in is built once for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.desktop.setup.finding import Computer
from addin.desktop.xlam import package
from tests.addin.desktop.setup.computers import mac_computer, windows_computer


@pytest.fixture(autouse=True)
def built_once(xlam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "addin_file", xlam.read_bytes)


@pytest.fixture
def windows(tmp_path: Path) -> Computer:
    """A computer with 64-bit Excel and the add-in installed, where nothing is wrong."""
    return windows_computer(tmp_path / "windows")


@pytest.fixture
def mac(tmp_path: Path) -> Computer:
    """A Mac with Excel and the add-in installed, where nothing is wrong."""
    return mac_computer(tmp_path / "mac")
