"""Make the templates: `python -m workbook.reports.design [FOLDER]`, the folder being `templates` unless told."""

from __future__ import annotations

import sys
from pathlib import Path

from workbook.reports.design import make_all

if __name__ == "__main__":
    make_all(Path(sys.argv[1] if len(sys.argv) > 1 else "templates"))
