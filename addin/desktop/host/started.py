"""Where Python begins when a button is pressed in Excel for Mac: the words come in hexadecimal digits.

On Windows the same command comes over COM, and this is not used.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def plain(digits: str) -> str:
    """A word that VBA wrote as hexadecimal digits, four for each unit of UTF-16."""
    return bytes.fromhex(digits).decode("utf-16-be", "surrogatepass")


def main(words: Sequence[str]) -> None:
    """Do what the add-in's VBA asks for, with the workbook of this name in the Excel that runs."""
    import xlwings as xw

    command, book = map(plain, words)
    xw.books[book].set_mock_caller()  # xlwings' own way to hand the name over cuts it at "="
    exec(command, {})


if __name__ == "__main__":
    main(sys.argv[1:])
