"""Draw the icons of the web add-in's buttons into addin/web/site/office/icons, in the sizes that Office asks for.

    python -m docs.make_icons

Excel's own icons are only for add-ins of the desktop. Needs Chromium.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.web import chromium

ICONS = Path(__file__).parent.parent / "addin" / "web" / "site" / "office" / "icons"
SIZES = (16, 32, 80)
PERSON = "M{x} 9a3.5 3.5 0 1 0 .01 0M{l} 25c0-6 2.5-8 6-8s6 2 6 8"
SHEET = "M8 4h11l6 6v18H8zM19 4v6h6"
# Each on a square of 32, drawn as lines.
GLYPHS = {
    "check": "M7 4h18v24H7zM11 12l2 2 4-4M11 21l2 2 4-4M20 12h2M20 21h2",
    "next_problem": "M16 5v16M9 15l7 7 7-7M7 28h18",
    "show_pane": "M4 6h24v20H4zM19 6v20M22 11h3M22 16h3M22 21h3",
    "update_flags": "M8 29V4M8 5h16l-4 6 4 6H8",
    "my_week": "M5 7h22v20H5zM5 13h22M11 4v5M21 4v5M10 18h3M18 18h4M10 23h3",
    "head_of_year": "M4 28h24M7 24v-8M13 24V10M19 24V6M25 24v-11",
    "celebrate": "M16 4l3.600 8 8.400.900-6.300 5.700 1.800 8.400-7.500-4.300-7.500 4.300 1.800-8.400L4 12.900l8.400-.900z",
    "agreed_targets": "M16 6a10 10 0 1 0 .01 0M16 11a5 5 0 1 0 .01 0M16 15.500v1M24 4v6h-6",
    "start_drop": "M5 6h22M5 12h22M5 18h10M22 17v10M17 22h10",
    "record_contact": "M5 6h22v15H14l-6 6v-6H5zM16 10v7M12.500 13.500h7",
    "record_target": "M14 8a10 10 0 1 0 8 4M14 13a5 5 0 1 0 4 2.500M24 3v8M20 7h8",
    "record_intervention": "M11 16v-9h9v9M6 16h19v12H6zM15.500 19v6M12.500 22h6",
    "report_learner": PERSON.format(x=16, l=10),
    "report_selected": "M10 9a3.5 3.5 0 1 0 .01 0M4 25c0-6 2.5-8 6-8s6 2 6 8M20 12l3 3 6-7M20 23l3 3 6-7",
    "report_form": "M10 8a3.5 3.5 0 1 0 .01 0M4 24c0-6 2.5-8 6-8s6 2 6 8M22 8a3.5 3.5 0 1 0 .01 0M19 16.500c1-.600 2-.900 3-.900 4 0 6 2.400 6 8.400",
    "report_everyone": "M16 6a3 3 0 1 0 .01 0M10 19c0-5 2.500-6.500 6-6.500s6 1.500 6 6.500M7 14a2.500 2.500 0 1 0 .01 0M2 27c0-5 2-6.500 5-6.500s5 1.500 5 6.500M25 14a2.500 2.500 0 1 0 .01 0M20 27c0-5 2-6.500 5-6.500s5 1.500 5 6.500",
    "choose_template": f"{SHEET}M12 15h9M12 20h5M19 24l2 2 5-6",
    "progress_day": "M4 6h12v20H4zM16 6h12v20H16zM7 11h6M7 16h6M19 11h6M19 16h6M19 21h4",
    "form_summary": "M5 28h23M8 24v-7M14 24V8M20 24V13M26 24V5",
    "import_file": "M16 3v15M10 12l6 6 6-6M5 20v8h22v-8",
    "backup": "M5 5h18l4 4v18H5zM10 5v7h11V5M10 27v-9h12v9",
    "restore": "M6 7v7h7M7 13a10 10 0 1 1-1 6M16 11v6l4 3",
    "guide": "M12 12a4 4 0 1 1 5.500 3.700C16 16.500 16 17.500 16 19M16 24v.500M16 3a13 13 0 1 0 .01 0",
    "about": "M16 14v9M16 9v.500M16 3a13 13 0 1 0 .01 0",
}
STROKE = {16: 3.2, 32: 2.4, 80: 2}


def drawn(glyph: str, size: int) -> str:
    """An icon as SVG."""
    lines = f'fill="none" stroke="#1F5F7A" stroke-width="{STROKE[size]}" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" viewBox="0 0 32 32"><path {lines} d="{glyph}"/></svg>'


def main() -> None:
    """Write every icon in every size, and the product's own."""
    own = (ICONS.parent.parent / "icon.svg").read_text("utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()

        def save(svg: str, size: int, name: str) -> None:
            page.set_viewport_size({"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
            page.screenshot(path=ICONS / f"{name}-{size}.png", omit_background=True)

        for size in SIZES:
            for name, glyph in GLYPHS.items():
                save(drawn(glyph, size), size, name)
        for size in (*SIZES, 64):
            save(own.replace("<svg ", f'<svg width="{size}" height="{size}" ', 1), size, "mentorbook")
        browser.close()


if __name__ == "__main__":
    main()
