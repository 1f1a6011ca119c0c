"""A file of every writer of the product, small and of made-up learners, for the rules of Excel to be held against."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from addin.desktop.xlam import package, tracker_functions
from tests.commands.run import run

TEMPLATES = sorted((Path(__file__).parents[2] / "templates").glob("*.xlsx"))
WRITERS = (
    *("sample", "import", "update", "hand-on", "functions", "addin", "into", "one workbook", "resaved"),
    *(f"report {one.stem}" for one in TEMPLATES),
)


def write_all(folder: Path) -> dict[str, Path]:
    """Write a file with each of them."""
    made = {name: folder / f"{name}.xlsx" for name in WRITERS if not name.startswith(("functions", "addin", "report"))}

    def done(*words: object) -> None:
        ran = run(*words)
        assert ran.code in (0, 1), (words, ran)

    done("sample", made["sample"], "--learners", 12)
    marks = folder / "marks.csv"
    marks.write_text(
        "Learner ID,Subject,APL 5,Comment\nL10001,English Language,APL9,=1+1\nL10002,Drone Repair,APL5,\n",
        encoding="utf-8",
    )
    tracker = made["sample"]
    done("import", tracker, marks, "--into", "Progress", "--out", made["import"])
    if run("update", "--help").code == 0:
        done("update", tracker, "--out", made["update"])
    else:
        del made["update"]
    done("hand-on", tracker, "--form", "10A", "--out", made["hand-on"])
    made["functions"] = tracker_functions.write(tracker, folder / "functions.xlsm")
    made["addin"] = package.build(folder)
    done("report", tracker, "--form", "10A", "--out", folder / "into", "--into", "into.xlsx")
    made["into"] = folder / "into" / "into.xlsx"
    done("report", tracker, "--form", "10A", "--out", folder / "one", "--one-workbook")
    made["one workbook"] = next((folder / "one").rglob("*.xlsx"))
    for template in TEMPLATES:
        out = folder / template.stem
        done("report", tracker, "--template", template, "--learner", "L10001", "--out", out)
        made[f"report {template.stem}"] = next(out.rglob("*.xlsx"))
    book = openpyxl.load_workbook(tracker)
    book.save(made["resaved"])  # as another program leaves it, before rows are changed in it
    done("import", made["resaved"], marks, "--into", "Progress", "--replace")
    return made
