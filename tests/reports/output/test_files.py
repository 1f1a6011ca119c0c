"""A file for each learner: names that every system takes, whole files or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.content.college import ON, learner, tracker
from tests.reports.engine.making import VOCABULARY, make
from workbook.measures.snapshot import Snapshot
from workbook.model import Audience, CannotDo
from workbook.reports.content.occasions import occasions
from workbook.reports.engine.template import Template
from workbook.reports.output.learner_files import LONGEST_NAME, safe_name, safe_names, write_files

RESERVED = ["CON", "prn", "Aux", "NUL", "COM1", "lpt9", "con.txt", "COM¹"]


def test_names_that_trip_systems_up() -> None:
    assert safe_name("Zoë O'Neil (10A)") == "Zoë O'Neil (10A)"
    assert safe_name("../../etc/passwd") == "etc-passwd"
    assert safe_name("a\x00b\nc\u202ed 😀") == "ab cd"
    assert safe_name("😀") == safe_name("...") == "report"
    assert len(safe_name("x" * 200)) == LONGEST_NAME
    assert all(safe_name(name) == f"_{name}" for name in RESERVED)


def test_a_long_name_keeps_what_kind_of_report_it_is() -> None:
    """Else an annual report would bear the name of the parent report, and be written over it."""
    names = ["10A " + "Featherstonehaugh-Cholmondeley " * 4 + "H8", "10A Amira Khan A1"]
    parents, annual = safe_names(names, "parent report"), safe_names(names, "annual report large print")
    assert parents[1] == "10A Amira Khan A1 parent report"
    assert parents[0].endswith(" parent report")
    assert annual[0].endswith(" annual report large print") and not set(parents) & set(annual)
    assert max(map(len, parents + annual)) <= LONGEST_NAME


def test_a_file_is_the_same_learners_whoever_else_is_in_the_run() -> None:
    """Else a run for one learner would write over another's file: numbers behind names depend on who comes before."""
    long = "Featherstonehaugh-Cholmondeley " * 4
    names = [f"10A {long}L{number}" for number in range(3)]
    assert safe_names(names, "parent report") == [safe_names([one], "parent report")[0] for one in names]
    rows = [learner(one, "Ash", "Ash") for one in ("a/b", "a:b", "a\\b", "L1", "l 1.")]
    made = tracker(Learners=rows)

    def files(ids: list[str]) -> list[str]:
        return safe_names(name for name, _ in occasions(Snapshot(made, ON), ids, ["learner.name"], Audience.PARENT))

    ids = [row["learner_id"] for row in rows]
    assert files(ids) == [files([one])[0] for one in ids] and "10A Ash Ash L1" in files(ids)


def test_a_forms_file_is_its_own_whichever_forms_are_in_the_run() -> None:
    forms = {"L1": "10/1", "L2": "10-1", "L3": "10/2", "L4": "10-1"}
    made = tracker(Learners=[learner(one, "Ash", "Ash", form=form) for one, form in forms.items()])

    def files(*ids: str) -> list[str]:
        return safe_names(name for name, _ in occasions(Snapshot(made, ON), ids, ["form.name"], Audience.MENTOR))

    assert sorted(files(*forms)) == sorted({*files("L1"), *files("L2"), *files("L3")}) and "Form 10-2" in files("L3")
    assert len({*files("L1"), *files("L2", "L4")}) == 2


@given(st.lists(st.text(max_size=250), max_size=8))
def test_any_names_are_safe_different_and_stable(texts: list[str]) -> None:
    names = safe_names(texts)
    assert len({name.casefold() for name in names}) == len(texts)
    assert names == safe_names(texts)
    for name in names:
        assert name and not set(name) & set('<>:"/\\|?*\0') and name == name.strip(" .")
        assert len(name.encode()) < 250 and ".." not in name and not name.startswith(".")


def _sheet(book: Any, sheet: Any) -> None:
    sheet.write("A1", "{{learner.first_name}}")


def _template() -> Template:
    return Template.open(make(_sheet), VOCABULARY)


NAMES = ["Amira", "amira", "Ali"]
CONTEXTS = [{"learner": {"first_name": name}} for name in NAMES]


def test_a_file_each_and_none_over_another(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "reports"
    written = list(write_files(_template(), NAMES, CONTEXTS, folder))
    assert [path.name for path in written] == ["Amira.xlsx", "amira (2).xlsx", "Ali.xlsx"]
    assert sorted(folder.iterdir()) == sorted(written)
    before = written[0].read_bytes()
    with pytest.raises(CannotDo, match=r"Amira\.xlsx and 2 more is already there"):
        write_files(_template(), NAMES, [{}, {}, {}], folder)
    assert written[0].read_bytes() == before
    assert len(list(write_files(_template(), NAMES, CONTEXTS, folder, replace=True))) == 3


def test_an_unknown_token_writes_nothing(tmp_path: Path) -> None:
    template = Template.open(make(lambda book, sheet: sheet.write("A1", "{{learner.nmae}}")), VOCABULARY)
    with pytest.raises(CannotDo, match="not known"):
        write_files(template, NAMES, CONTEXTS, tmp_path / "reports")
    assert not (tmp_path / "reports").exists()


def test_an_interrupted_run_leaves_whole_files_only(tmp_path: Path) -> None:
    def contexts() -> Any:
        yield CONTEXTS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(write_files(_template(), NAMES, contexts(), tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["Amira.xlsx"]


def test_a_folder_and_a_file_that_are_links_stay_links(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "reports").symlink_to("real")
    (tmp_path / "reports" / "Ali.xlsx").symlink_to(tmp_path / "elsewhere.xlsx")
    written = list(write_files(_template(), NAMES, CONTEXTS, tmp_path / "reports", replace=True))
    assert all(path.parent == tmp_path / "reports" and path.is_file() for path in written)
    assert (tmp_path / "reports").is_symlink() and (tmp_path / "real" / "Ali.xlsx").is_symlink()
    assert (tmp_path / "elsewhere.xlsx").read_bytes() == _template().render(CONTEXTS[2])
