"""The registry of Windows, read through a winreg over a dictionary."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from addin.desktop.setup.registry import WindowsRegistry, read, this_registry
from tests.addin.desktop.setup.computers import CLICK_TO_RUN


class FakeWinreg:
    """As much of winreg as is used, over a dictionary."""

    HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE, KEY_READ, KEY_WOW64_64KEY = "HKCU", "HKLM", 1, 256

    def __init__(self, held: dict[str, Any]) -> None:
        self.held = held

    def OpenKey(self, root: str, path: str, reserved: int, access: int) -> Any:  # noqa: N802
        assert (reserved, access) == (0, 257)
        if (key := f"{root}\\{path}") not in self.held:
            raise FileNotFoundError(key)
        return _Opened(key)

    def EnumValue(self, opened: Any, at: int) -> tuple[str, Any, int]:  # noqa: N802
        names = list(self.held[opened.key])
        if at >= len(names):
            raise OSError("no more data")
        return names[at], self.held[opened.key][names[at]], 1

    def EnumKey(self, opened: Any, at: int) -> str:  # noqa: N802
        below = [key[len(opened.key) + 1 :] for key in self.held if key.startswith(opened.key + "\\")]
        if at >= len(below):
            raise OSError("no more data")
        return below[at]


class _Opened:
    def __init__(self, key: str) -> None:
        self.key = key

    def __enter__(self) -> _Opened:
        return self

    def __exit__(self, *_: object) -> None:
        return None


def test_the_registry_of_windows_is_read_through_winreg(monkeypatch: pytest.MonkeyPatch) -> None:
    held = {CLICK_TO_RUN: {"Platform": "x64", "Version": "16"}, CLICK_TO_RUN + "\\Below": {}}
    monkeypatch.setitem(sys.modules, "winreg", FakeWinreg(held))
    registry = WindowsRegistry()
    assert read(registry, CLICK_TO_RUN, "platform") == "x64"
    assert registry.keys(CLICK_TO_RUN) == ["Below"] and registry.values("HKCU\\Nothing") == {}
    monkeypatch.setattr(sys, "platform", "win32")
    assert isinstance(this_registry(), WindowsRegistry)
