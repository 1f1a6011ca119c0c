"""Hold workbooks against Excel's rules: how many formulas were read, and what Excel would not take.

    python -m tests.excel_rules              a file of every writer of the product
    python -m tests.excel_rules FILE...      these files

Exit code 1 where a rule is broken.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.excel_rules.array_context import Judge
from tests.excel_rules.book import BookFile
from tests.excel_rules.package_rules import broken_rules
from tests.excel_rules.writers import write_all


def main(files: list[str]) -> int:
    """Judge, and say it a file a line."""
    judge, broken = Judge(), 0
    with tempfile.TemporaryDirectory() as folder:
        written = {name: Path(name) for name in files} or write_all(Path(folder))
        for writer, path in written.items():
            book = BookFile(path)
            rules = broken_rules(book)
            broken += len(rules)
            print(f"{writer:<32} {judge.read(writer, book):>7,} formulas, {len(rules)} broken rules")
            for rule in rules:
                print(f"    {rule}")
    for writer, one, found in judge.wrong:
        print(f"{writer}, {one.where}: {one.text}: {'; '.join(found)}")
    print(f"{len(written)} files; {broken} broken rules; {len(judge.wrong)} formulas that ask one value of many cells")
    return bool(broken or judge.wrong)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
