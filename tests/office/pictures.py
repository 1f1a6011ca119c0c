"""Pictures of a workbook's sheets from a command line: python -m tests.office.pictures FILE OUT_DIR."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.office import Office, what_is_missing


def main() -> None:
    parser = argparse.ArgumentParser(description="A PNG of each visible sheet, named after it.")
    parser.add_argument("file", type=Path)
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--dpi", type=int, default=96)
    parser.add_argument("--rows", type=int, default=60, help="show at most so many rows of a sheet")
    parser.add_argument("--sheet", action="append", help="only this sheet (may be given again)")
    parser.add_argument("--printed", action="store_true", help="the pages as they print instead")
    parser.add_argument("--recalculated", action="store_true", help="work the formulas out first")
    asked = parser.parse_args()
    if missing := what_is_missing():
        parser.exit(2, f"{missing}. On Debian: sh tests/office/install.sh\n")
    with Office() as office:
        if asked.printed:
            made = office.printed(asked.file, asked.out_dir, asked.dpi, asked.recalculated)
        else:
            made = office.pictures(asked.file, asked.out_dir, asked.dpi, asked.sheet, asked.rows, asked.recalculated)
    for picture in made:
        print(picture)


if __name__ == "__main__":
    main()
