"""Reads the Windows registry where there is one. Nothing here writes to it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from typing import Any, Protocol

Value = int | str | bytes


class Registry(Protocol):
    """A registry to ask. Keys begin with HKCU or HKLM; capitals and small letters are the same in all names."""

    def values(self, key: str) -> dict[str, Value]:
        """The values of a key by their names; empty if there is no such key."""

    def keys(self, key: str) -> list[str]:
        """The names of the keys under a key."""


def read(registry: Registry, key: str, name: str) -> Value | None:
    """One value; None if it is not set. The name "" asks for the key's own value."""
    return {one.lower(): value for one, value in registry.values(key).items()}.get(name.lower())


class HeldRegistry:
    """A registry held in memory: ``{key: {name: value}}``. The empty one stands for systems that have none."""

    def __init__(self, held: Mapping[str, Mapping[str, Value]] | None = None) -> None:
        self._held = {key.lower(): dict(values) for key, values in (held or {}).items()}

    def values(self, key: str) -> dict[str, Value]:
        """The values of a key by their names."""
        return self._held.get(key.lower(), {})

    def keys(self, key: str) -> list[str]:
        """The names of the keys under a key."""
        start = key.lower() + "\\"
        return sorted({one[len(start) :].partition("\\")[0] for one in self._held if one.startswith(start)})


class WindowsRegistry:
    """The registry of this computer, the 64-bit view of it; what may not be read counts as not set."""

    def __init__(self) -> None:
        self._winreg: Any = importlib.import_module("winreg")

    def values(self, key: str) -> dict[str, Value]:
        """The values of a key by their names."""
        return {name: value for name, value, _ in self._each(key, self._winreg.EnumValue)}

    def keys(self, key: str) -> list[str]:
        """The names of the keys under a key."""
        return list(self._each(key, self._winreg.EnumKey))

    def _each(self, key: str, ask: Any) -> list[Any]:
        hive, _, path = key.partition("\\")
        root = {"HKCU": self._winreg.HKEY_CURRENT_USER, "HKLM": self._winreg.HKEY_LOCAL_MACHINE}[hive]
        found: list[Any] = []
        try:
            with self._winreg.OpenKey(root, path, 0, self._winreg.KEY_READ | self._winreg.KEY_WOW64_64KEY) as opened:
                while True:
                    found.append(ask(opened, len(found)))
        except OSError:  # no such key, or no more entries
            return found


def this_registry() -> Registry:
    """The registry of this computer; an empty one where there is none."""
    return WindowsRegistry() if sys.platform == "win32" else HeldRegistry()
