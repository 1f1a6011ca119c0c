"""Make the pictures of what a tracker shows after each button, in docs/pictures: python -m docs.make_button_pictures.

The buttons are pressed for real, in LibreOffice that stands in for Excel (tests/addin/engine).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.addin.engine.desk import Desk, desk
from tests.office import Office

HERE = Path(__file__).parent / "pictures"
DPI, ROWS = 70, 26
MARKS = """Learner ID,Subject,APL 5,Comment
L10002,English Language,APL4,Ready for the next step
L10002,Mathematics,APL5,Works well with a partner
L10003,Juggling,APL4,no such subject
"""
AFTER = {
    "check": ("Problems", "Learners"),
    "update_flags": ("Flags",),
    "my_week": ("My week",),
    "head_of_year": ("Head of Year",),
    "celebrate": ("Celebration",),
    "start_drop": ("Progress",),
    "import_file": ("Import",),
    "restore": ("Restore",),
    "report_selected": ("Amira Dovecrest L10001",),
}


def press_all(one: Desk, folder: Path) -> None:
    """Press the buttons of which a sheet is left, each as a mentor would."""
    earlier = folder / "earlier.xlsx"
    shutil.copyfile(one.path, earlier)
    one.press("check")
    one.press("update_flags")
    one.press("my_week")
    progress = one.book.sheets["Progress"]
    last = progress.tables["Progress"].range.last_cell.row
    progress.range(f"A{last - 1}:AC{last}").clear_contents()
    one.press("head_of_year")
    one.press("celebrate")
    one.press("start_drop", answers=["yes"])
    (folder / "marks.csv").write_text(MARKS, encoding="utf-8")
    one.press("import_file", path=str(folder / "marks.csv"), answers=["no"])
    one.press("restore", path=str(earlier))
    one.go("Learners", "A5:A6")
    one.press("report_selected", template="certificate", sheets=True, answers=["yes"])
    one.close_others()


def main() -> None:
    """Write a picture of each sheet that a button leaves."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with desk(folder, learners=240, faults=120) as one:
            press_all(one, folder)
            one.book.save(str(folder / "after.xlsx"))
        with Office() as office:
            for button, sheets in AFTER.items():
                for sheet in sheets:
                    [made] = office.pictures(folder / "after.xlsx", folder / "made", DPI, [sheet], ROWS)
                    part = f"_{sheet.split()[0].lower()}" if len(sheets) > 1 else ""
                    shutil.copyfile(made, HERE / f"button_{button}{part}.png")
    for made in sorted(HERE.glob("button_*.png")):
        sys.stdout.write(f"{made.relative_to(HERE.parent.parent)}\n")


if __name__ == "__main__":
    main()
