"""Make every picture in docs/pictures from the sample, so that none grows old: `make pictures`.

Needs LibreOffice and poppler (tests/office/install.sh), and Pillow for the one picture with its parts named.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from docs.make_week_pictures import write_pictures
from tests.office import Office
from workbook.commands.make import make_sample
from workbook.reading.read import read
from workbook.measures.data_date import last_date
from workbook.measures.snapshot import Snapshot
from workbook.measures.who import Who
from workbook.reports.output.run import Manner, Run
from workbook.reports.output.template_files import find, names

HERE = Path(__file__).parent / "pictures"
FORM, LEARNER, DPI = "10C", "L10041", 80
SHEETS = {"Start": 40, "Progress": 24, "Registers": 24, "Grid": 30, "Flags": 24, "Form view": 30, "Learner view": 60,
          "Head of Year": 44, "PD coverage": 26}  # fmt: skip

# What the README points at: a word on the page, which one of its kind, how far below it, and what to say there.
PARTS = (
    ("Going", 1, 0, "What goes well comes first"),
    ("One", 1, 0, "Then one or two things, in plain words"),
    ("What", 1, 0, "What each of us will do"),
    ("Attendance", 1, 0, "Sessions, as the law's annual report counts"),
    ("Attendance", 1, 60, "A native chart: the path and the learner"),
    ("Subject", 1, 20, "One row of the template, for each subject"),
    ("Subject", 1, 66, "A word and a mark beside every colour"),
    ("Talk", 1, 0, "How to reach the mentor"),
)
INK, ACCENT = "#1B2733", "#1F5F7A"


def main() -> None:
    """Write all pictures."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, Office() as office:
        folder = Path(scratch)
        path = folder / "tracker.xlsx"
        make_sample(path, learners=240, seed=1)
        for sheet, rows in SHEETS.items():
            for made in office.pictures(path, folder / "sheets", DPI, [sheet], rows):
                shutil.copyfile(made, HERE / f"sheet_{sheet.lower().replace(' ', '_')}.png")
        write_pictures(office)
        tracker = read(path)
        snapshot = Snapshot(tracker, last_date(tracker))
        for name in names():
            out = folder / name
            chosen = Who(form=FORM, learners=[LEARNER]).choose(snapshot)
            run = Run.of(snapshot, find(name), chosen, Manner(everyone=True))
            list(run.into_folder(out))
            for at, page in enumerate(office.printed(min(out.iterdir()), folder / f"{name}_pages", DPI)):
                shutil.copyfile(page, HERE / f"report_{name}{f'_{at + 1}' if at else ''}.png")
        pdf = office.convert_to_pdf(min((folder / "parent_report").iterdir()), folder / "parent.pdf")
        name_parts(pdf, HERE / "parts_of_a_report.png")
    for made in sorted(HERE.glob("*.png")):
        print(made.relative_to(HERE.parent.parent))


def name_parts(pdf: Path, target: Path) -> None:
    """A page with a line from each part to its words; the places are those of words on the page."""
    dots = 96 / 72
    stem = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-png", "-r", "96", "-singlefile", str(pdf), str(stem)], check=True)
    boxes = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    page = Image.open(stem.with_suffix(".png")).convert("RGB")
    picture = Image.new("RGB", (page.width + 470, page.height), "white")
    picture.paste(page, (0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, page.width - 1, page.height - 1), outline="#D9E0E6")
    font = ImageFont.truetype("Carlito-Regular.ttf", 19)
    lowest = 0.0
    for word, which, below, says in PARTS:
        found = re.findall(rf'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">{word}<', boxes)
        if len(found) < which:
            raise SystemExit(f"{word} does not stand on the page {which} times: change PARTS")
        middle = (float(found[which - 1][1]) + float(found[which - 1][3])) / 2 * dots + below
        at = max(middle, lowest + 30)
        lowest = at
        margin = page.width - 66
        draw.ellipse((margin - 3, middle - 3, margin + 3, middle + 3), fill=ACCENT)
        draw.line((margin, middle, page.width - 24, middle, page.width + 14, at), fill=ACCENT, width=1)
        draw.text((page.width + 22, at), says, fill=INK, font=font, anchor="lm")
    picture.save(target, optimize=True)


if __name__ == "__main__":
    main()
