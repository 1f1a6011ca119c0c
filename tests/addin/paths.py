"""Paths of interpreters that no settings may name, and some that they may, for each system."""

from __future__ import annotations

PLAIN_WINDOWS = (
    r"C:\Users\ann\AppData\Local\Mentorbook\python\Scripts\python.exe",
    r"d:\Program Files (x86)\Python 3.12\python.exe",
    r"C:\R&D\Zoë\python.exe",
)
HOSTILE_WINDOWS = (
    "python",
    "python.exe",
    r"bin\python.exe",
    r"C:python.exe",
    r"\python.exe",
    r"\\share\x\python.exe",
    "//share/x/python.exe",
    r"\\?\C:\x\python.exe",
    r"\\.\pipe\x",
    r"C:\\share\python.exe",
    "C:/x/python.exe",
    r"C:\x\..\y\python.exe",
    r"C:\x\python.exe:hidden.exe",
    'C:\\x" & calc & "\\python.exe',
    r"C:\O'Brien\python.exe",
    r"C:\%TEMP%\python.exe",
    r"C:\x^y\python.exe",
    r"C:\x|y\python.exe",
    "C:\\x\\python.exe\ncalc",
    "https://example.org/python.exe",
    "cmd.exe /c calc",
)
PLAIN_MAC = ("/usr/local/bin/python3", "/Users/ann/my python/bin/python3", "/Users/Zoë/$HOME/python")
HOSTILE_MAC = (
    "python3",
    "bin/python3",
    "//server/x/python3",
    "/x/../python3",
    '/x";id;"/python3',
    "/x'y/python3",
    "/x`id`/python3",
    "/x|y/python3",
    "/x\\y/python3",
    "/x/python3\nid",
)
