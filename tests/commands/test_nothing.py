"""Nothing found is said in words, and why: nobody there, nothing typed, or all well."""

from __future__ import annotations

from pathlib import Path

from tests.commands.run import run
from tests.measures.rows import AMIRA, SUBJECTS, TARGET, record, tracker
from tests.trackers import write_tracker


def said(tmp_path: Path, *words: str, **tables: object) -> str:
    """What a command prints of a small tracker."""
    path = write_tracker(tmp_path / "t.xlsx", tracker(TARGET, **{"Learners": [AMIRA], "Subjects": SUBJECTS} | tables))
    ran = run(words[0], path, *words[1:])
    assert ran.code == 0, ran.err
    return ran.out


def test_no_flags_say_why(tmp_path: Path) -> None:
    assert "no learner is on roll" in said(tmp_path, "flags", Learners=[])
    assert "no level and no register is there yet" in said(tmp_path, "flags")
    well = [record("English", "5", target="5"), record("Maths", "5", target="5")]
    assert "no flags.\n" in said(tmp_path, "flags", Progress=well)


def test_looking_back_on_nobody_says_so(tmp_path: Path) -> None:
    """Two drops at which all is well: no rule marks anybody, nothing came of it, and nobody was helped."""
    well = [record("English", "5", "5", target="5"), record("Maths", "5", "5", target="5")]
    told = said(tmp_path, "backtest", Progress=well)
    assert "no rule marked anybody at the first data drop, so none can be judged" in told
    assert told.count("too few to tell") == 6 and "found more here" not in told
    assert "no intervention has an aim and enough data" in said(tmp_path, "effect", Progress=well)
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "t.xlsx").rename(folder / "t.xlsx")
    assert run("gather", folder, "--out", tmp_path / "set", "--look-back").code == 0
    over_years = run("backtest", tmp_path / "set").out
    assert over_years.count("No rule marked anybody at the first data drop.") == over_years.count("Outcome:") > 0
