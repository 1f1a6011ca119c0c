"""Draw the ribbon as addin/ribbon/ribbon.xml describes it: tab, groups, controls, and under each the name of its icon.

It shows structure and words, not Excel's own icons, which only Excel has.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from PIL import Image, ImageDraw, ImageFont

from addin.deeds.reports import CHOICES

HERE = Path(__file__).parent
SPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
INK, MUTED, LINE, ACCENT, GROUND = "#1B2733", "#5B6B7A", "#D9E0E6", "#1F5F7A", "#EAF2F5"
ROW, TOP, HEIGHT, GAP = 34, 52, 178, 14
WORDS, SMALL, BOLD = (ImageFont.truetype(f"Carlito-{kind}.ttf", size) for kind, size in
                      (("Regular", 16), ("Regular", 11), ("Bold", 17)))


def columns(group: ElementTree.Element) -> list[list[ElementTree.Element]]:
    """The group's controls as Excel lays them out: a large one alone, small ones three to a column."""
    found: list[list[ElementTree.Element]] = []
    for control in group:
        kind = control.tag.removeprefix(SPACE)
        if kind == "separator":
            found.append([])
        elif control.get("size") == "large":
            found += [[control], []]
        else:
            if not found or len(found[-1]) == 3 or (found[-1] and found[-1][0].get("size") == "large"):
                found.append([])
            found[-1].append(control)
    return [column for column in found if column]


def words(control: ElementTree.Element) -> str:
    return control.get("label", "")


def is_a(control: ElementTree.Element, kind: str) -> bool:
    return control.tag == SPACE + kind


def width(column: list[ElementTree.Element]) -> int:
    texts = [max(WORDS.getlength(words(one)), SMALL.getlength(one.get("imageMso", ""))) for one in column]
    return int(max(texts)) + (16 if column[0].get("size") == "large" else 40)


def main() -> None:
    """Write docs/pictures/ribbon.png."""
    tab = ElementTree.parse(HERE.parent / "addin" / "ribbon" / "ribbon.xml").getroot().find(f".//{SPACE}tab")
    assert tab is not None
    groups = [(group.get("label", ""), columns(group)) for group in tab]
    total = sum(sum(map(width, cols)) + GAP * (len(cols) + 1) for _, cols in groups) + 2 * GAP
    picture = Image.new("RGB", (total, TOP + HEIGHT + 8), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, TOP - 8, total, TOP + HEIGHT), fill="#F7FAFB", outline=LINE)
    draw.text((GAP, 14), tab.get("label", ""), fill=ACCENT, font=BOLD)
    draw.line((GAP, 38, GAP + BOLD.getlength(tab.get("label", "")), 38), fill=ACCENT, width=3)
    left = GAP
    for label, cols in groups:
        first = left
        left += GAP
        for column in cols:
            draw_column(draw, column, left)
            left += width(column) + GAP
        draw.text(((first + left) / 2, TOP + HEIGHT - 14), label, fill=MUTED, font=WORDS, anchor="mm")
        draw.line((left, TOP, left, TOP + HEIGHT - 8), fill=LINE)
    picture.save(HERE / "pictures" / "ribbon.png", optimize=True)


def draw_column(draw: ImageDraw.ImageDraw, column: list[ElementTree.Element], left: int) -> None:
    """A large control with its icon above its words, or up to three small ones with theirs beside."""
    if column[0].get("size") == "large":
        middle = left + width(column) / 2
        draw.rounded_rectangle((middle - 24, TOP + 8, middle + 24, TOP + 56), 6, fill=GROUND, outline=ACCENT)
        draw.text((middle, TOP + 78), words(column[0]), fill=INK, font=WORDS, anchor="mm")
        draw.text((middle, TOP + 98), column[0].get("imageMso", ""), fill=MUTED, font=SMALL, anchor="mm")
        return
    for place, control in enumerate(column):
        top = TOP + 6 + place * (ROW + 12)
        if control.get("imageMso"):
            draw.rounded_rectangle((left, top + 2, left + 20, top + 22), 4, fill=GROUND, outline=ACCENT)
        if is_a(control, "checkBox"):
            draw.rectangle((left + 4, top + 5, left + 17, top + 18), fill="white", outline=MUTED)
            if CHOICES[control.get("id", "").removeprefix("as_")]:
                draw.line((left + 7, top + 11, left + 10, top + 15, left + 15, top + 8), fill=INK, width=2)
        if is_a(control, "gallery"):
            end = left + 28 + WORDS.getlength(words(control)) + 8
            draw.polygon(((end, top + 9), (end + 9, top + 9), (end + 4.5, top + 15)), fill=MUTED)
        draw.text((left + 28, top + 12), words(control), fill=INK, font=WORDS, anchor="lm")
        draw.text((left + 28, top + 28), control.get("imageMso", ""), fill=MUTED, font=SMALL, anchor="lm")


if __name__ == "__main__":
    main()
