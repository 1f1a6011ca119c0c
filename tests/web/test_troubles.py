"""What is not a tracker gets one sentence that says what to do; nothing stops working."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.web.browser import Tab
from workbook.reports.output.passwords import sealed_workbook

pytestmark = pytest.mark.browser


def one_sentence(text: str) -> str:
    assert text and text.endswith(".") and "Error" not in text and "Traceback" not in text, text
    return text


def test_files_that_are_no_trackers(tab: Tab, trackers: dict[str, Path], tmp_path: Path) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(sealed_workbook(trackers["clean"].read_bytes(), "a password"))
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(trackers["clean"].read_bytes()[:50_000])
    old, marks, letter = tmp_path / "old.xls", tmp_path / "marks.csv", tmp_path / "letter.docx"
    for path in (old, marks, letter):
        path.write_bytes(b"anything")
    book = tmp_path / "a workbook.xlsx"
    shutil.copy(Path(__file__).parents[2] / "templates" / "certificate.xlsx", book)
    for path, words in (
        (locked, "password"), (cut, "damaged"), (old, "save it as .xlsx"), (marks, "csv file"),
        (letter, "choose an .xlsx or .xlsm file"), (book, "none of a tracker's sheets"),
    ):  # fmt: skip
        tab.page.set_input_files("#file", path)
        assert words in one_sentence(tab.told()), path.name
        assert path.name in tab.sentence
        tab.page.evaluate("document.getElementById('trouble').replaceChildren()")
    tab.open(trackers["clean"])
    assert not tab.sentence


def test_a_tracker_of_60_megabytes_opens_and_says_that_it_takes_a_while(
    tab: Tab, trackers: dict[str, Path], tmp_path: Path
) -> None:
    """One with a large picture in it, as a phone takes them."""
    large = tmp_path / "large.xlsx"
    shutil.copy(trackers["clean"], large)
    with zipfile.ZipFile(large, "a", zipfile.ZIP_STORED) as packed:
        packed.writestr("xl/media/image99.png", bytes(61 * 1024 * 1024 - large.stat().st_size))
    tab.page.evaluate("""() => {
      window.said = [];
      new MutationObserver(() => window.said.push(document.getElementById("words").textContent))
        .observe(document.getElementById("words"), { childList: true });
    }""")
    tab.page.set_input_files("#file", large)
    tab.page.wait_for_selector("#whose:has-text('large.xlsx')")
    tab.rest()
    said = tab.page.evaluate("window.said")
    assert any("61 MB, so this takes a while" in words for words in said), said
    assert not tab.sentence


def test_a_template_that_asks_for_what_it_may_not_have(tab: Tab, trackers: dict[str, Path], tmp_path: Path) -> None:
    """A mentor's own template: the reader's rules are the command line's, and a good one is used at once."""
    shipped = Path(__file__).parents[2] / "templates" / "certificate.xlsx"
    good, bad = tmp_path / "our certificate.xlsx", tmp_path / "wrong.xlsx"
    shutil.copy(shipped, good)
    with zipfile.ZipFile(shipped) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"{{learner.full_name}}", b"{{learner.nmae}}"))
    tab.open(trackers["clean"]).view("reports")
    tab.page.get_by_text("Use a template of your own").click()
    tab.page.set_input_files("[data-takes=template] input", bad)
    assert "learner.nmae" in tab.told()
    tab.page.set_input_files("[data-takes=template] input", good)
    tab.page.wait_for_selector("option:checked:text('our certificate.xlsx')", state="attached")
    tab.page.get_by_role("button", name="Make the reports").click()
    tab.page.get_by_role("button", name="Make theirs too").click()  # nobody has something not yet celebrated
    tab.page.wait_for_selector(".made")
    with tab.page.expect_download() as saved:
        tab.page.get_by_role("link", name="Save").click()
    with zipfile.ZipFile(io.BytesIO(Path(saved.value.path()).read_bytes())) as packed:
        made = [name for name in packed.namelist() if not name.startswith("Sending list")]
        assert len(made) == len(tab.ask("attendance")["data"]["rows"])
        assert all(name.endswith("our certificate.xlsx") for name in made)


def test_what_stands_in_a_tracker_is_text_and_never_markup(tab: Tab, trackers: dict[str, Path]) -> None:
    hostile = "<img src=x onerror=\"document.body.dataset.hacked='yes'\"><b>x</b>"
    tab.open(trackers["clean"]).view("flags")
    tab.page.evaluate("""async (text) => {
      const { list } = await import(new URL("page/elements.js", document.baseURI));
      document.getElementById("view").append(list(text, [{ heading: text, cell: (one) => one }], [text]));
    }""", hostile)  # fmt: skip
    assert hostile in tab.page.inner_text("#view table:last-of-type >> nth=-1")
    assert not tab.page.evaluate("document.body.dataset.hacked ?? ''") and tab.page.locator("#view b").count() == 0
