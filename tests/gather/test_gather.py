"""A set of trackers says what each of them says by itself, and nothing about who anybody is."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.trackers import write_tracker
from workbook.gather.figures import BY, connected, group_figures
from workbook.gather.gathering import gather
from workbook.gather.parts import NOT_TRACKER, READ, REFUSED, forget, key_for, load
from workbook.measures.attendance import attendance_rows
from workbook.measures.data_date import last_date
from workbook.measures.flags import flags, found_in
from workbook.measures.head_of_year import head_of_year
from workbook.measures.learners import Learners
from workbook.measures.progress import progress_rows
from workbook.measures.snapshot import Snapshot
from workbook.measures.standing import FIGURES
from workbook.model import CannotDo, Tracker
from workbook.sample import sample

pytestmark = pytest.mark.slow

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")


@pytest.fixture(scope="module")
def trackers() -> dict[str, Tracker]:
    return {f"{place}/{seed}.xlsx": sample(24, seed) for place, seed in (("North", 1), ("North", 2), ("South", 3))}


@pytest.fixture(scope="module")
def folder(trackers: dict[str, Tracker], tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("trackers")
    for name, tracker in trackers.items():
        (top / name).parent.mkdir(exist_ok=True)
        write_tracker(top / name, tracker)
    return top


@pytest.fixture(scope="module")
def made(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sets") / "set"
    kept, anew = gather(folder, out)
    assert [one.state for one in kept.sources] == [READ] * 3 and anew == 3
    return out


def test_attendance_levels_and_flags_are_those_of_each_tracker(made: Path, trackers: dict[str, Tracker]) -> None:
    with connected(made) as database:
        for name, tracker in trackers.items():
            on = last_date(tracker)
            asked = (
                "select learner_id, possible, attended, authorised, unauthorised, late, persistent, severe, too_early"
            )
            theirs = database.execute(f"{asked} from attendance where file = ?", [name]).fetchall()
            keys = ("learner_id", "possible", "attended", "authorised", "unauthorised", "late", "persistent", "severe")
            ours = attendance_rows(Snapshot(tracker, on), everyone=True)
            assert sorted(theirs) == sorted(tuple(row[key] for key in (*keys, "too_early")) for row in ours)
            levels = database.execute(
                "select learner_id, subject, drop, level, points, status from levels where file = ?", [name]
            ).fetchall()
            assert len(levels) > 200 and set(levels) == {
                tuple(row[key] for key in ("learner_id", "subject", "drop", "level", "points", "status"))
                for row in progress_rows(tracker, on)
            }
            raised = database.execute("select learner_id, code, band from flags where file = ?", [name]).fetchall()
            assert sorted(raised) == sorted((one.learner_id, one.code, str(one.band)) for one in flags(tracker, on))


def test_the_weeks_of_a_year_add_up_to_its_attendance(made: Path) -> None:
    with connected(made) as database:
        wrong = database.execute(
            "select a.learner_id from attendance a join (select file, learner_id, sum(possible) p, sum(attended) t, "
            "sum(unauthorised) u, sum(late) l from weeks group by all) w using (file, learner_id) "
            "where (a.possible, a.attended, a.unauthorised, a.late) <> (w.p, w.t, w.u, w.l)"
        ).fetchall()
        assert database.execute("select count(*) from weeks").fetchone() > (1000,)
    assert wrong == []


@pytest.mark.parametrize("by", ["form", "folder", "year"])
def test_figures_are_counted_from_each_trackers_own_measures(made: Path, trackers: dict[str, Tracker], by: str) -> None:
    counted: dict[str, list[tuple[int, int, bool, bool, bool]]] = {}
    for name, tracker in trackers.items():
        on = last_date(tracker)
        marked = {one.learner_id for one in flags(tracker, on) if one.nature == "concern"}
        below = {row["learner_id"] for row in progress_rows(tracker, on) if row["latest"] and row["status"] == "Below"}
        figures = {row["learner_id"]: row for row in attendance_rows(Snapshot(tracker, on), everyone=True)}
        forms = dict(zip(tracker["Learners"]["learner_id"], tracker["Learners"]["form"], strict=True))
        for learner in Learners(tracker).all:
            if learner.on_roll(on):
                mine = figures[learner.learner_id]
                group = {"form": forms[learner.learner_id], "folder": name.split("/")[0], "year": None}[by]
                counted.setdefault(group, []).append(
                    (
                        mine["possible"],
                        mine["attended"],
                        bool(mine["persistent"] and not mine["too_early"]),
                        learner.learner_id in marked,
                        learner.learner_id in below,
                    )
                )
    rows = [one for one in group_figures(made, by) if (one.group is None) == (by == "year")]
    assert [one.group for one in rows] == sorted(counted, key=str)
    for one in rows:
        people = counted[one.group]
        possible, attended = sum(p for p, *_ in people), sum(a for _, a, *_ in people)
        assert (one["on_roll"], one["possible"], one["attended"]) == (len(people), possible, attended)
        assert one["attendance"] == round(100 * attended / possible, 2)
        for key, place in (("persistent", 2), ("with_concern", 3), ("below", 4)):
            number = sum(person[place] for person in people)
            if key in one.hidden:
                assert one[key] is None
            else:
                assert one[key] == number and (number == 0 or number >= 6)


def test_a_set_holds_no_name_number_or_note(made: Path, trackers: dict[str, Tracker]) -> None:
    from pyarrow import parquet

    told = set()
    for path in made.glob("*/*.parquet"):
        table = parquet.read_table(path)
        for column in table.columns:
            told |= {one for one in column.unique().to_pylist() if isinstance(one, str)}
    never: set[str] = set()
    for tracker in trackers.values():
        for sheet, keys in {
            "Learners": ("first_name", "surname", "upn", "uln", "email", "notes"),
            "Parents": ("name", "email", "phone", "address"),
            "Progress": ("comment",),
            "Contacts": ("summary",),
            "Targets": ("target", "learners_words"),
        }.items():
            never |= {str(one) for key in keys for one in tracker[sheet][key] if one}
    assert len(never) > 500 and len(told) > 200
    assert not never & told


def test_with_keys_nobody_can_be_found_without_the_secret(folder: Path, tmp_path: Path) -> None:
    gather(folder, tmp_path / "set", secret=b"one")
    with connected(tmp_path / "set") as database:
        found = {one for (one,) in database.execute("select learner_id from learners").fetchall()}
        mentors = {one for (one,) in database.execute("select distinct mentor from learners").fetchall()}
    assert key_for("L10001", b"one") in found and key_for("L10001", b"two") not in found
    assert not any(one.startswith("L1") for one in found) and all(len(one) == 20 for one in mentors)
    with pytest.raises(CannotDo, match="other keys"):
        gather(folder, tmp_path / "set")


def test_what_has_not_changed_is_skipped_and_what_is_gone_goes(folder: Path, tmp_path: Path) -> None:
    trackers = tmp_path / "trackers"
    trackers.mkdir()
    for seed in (1, 2):
        (trackers / f"{seed}.xlsx").write_bytes((folder / "North" / f"{seed}.xlsx").read_bytes())
    _, anew = gather(trackers, tmp_path / "set")
    _, again = gather(trackers, tmp_path / "set")
    parts = set((tmp_path / "set").glob("*/*.parquet"))
    (trackers / "1.xlsx").write_bytes((folder / "South" / "3.xlsx").read_bytes())
    (trackers / "2.xlsx").unlink()
    kept, changed = gather(trackers, tmp_path / "set")
    assert (anew, again, changed) == (2, 0, 1) and [one.file for one in kept.sources] == ["1.xlsx"]
    left = set((tmp_path / "set").glob("*/*.parquet"))
    assert left and not left & parts


def test_a_file_that_cannot_be_read_never_stops_the_rest(folder: Path, tmp_path: Path) -> None:
    trackers = tmp_path / "trackers"
    trackers.mkdir()
    whole = (folder / "North" / "1.xlsx").read_bytes()
    (trackers / "a broken.xlsx").write_bytes(whole[:20_000])
    (trackers / "b report.xlsx").write_bytes(Path("templates/parent_report.xlsx").read_bytes())
    (trackers / "c.xlsx").write_bytes(whole)
    with (trackers / "d locked.xlsx").open("wb") as locked:
        OOXMLFile(io.BytesIO(whole)).encrypt("secret", locked)
    (trackers / "c (backup 2026-11-02).xlsx").write_bytes(whole)
    (trackers / "~$c.xlsx").write_bytes(b"owner")
    kept, _ = gather(trackers, tmp_path / "set", jobs=2)
    states = {one.file: one.state for one in kept.sources}
    assert states == {"a broken.xlsx": REFUSED, "b report.xlsx": NOT_TRACKER, "c.xlsx": READ, "d locked.xlsx": REFUSED}
    assert "a broken.xlsx is damaged" in kept.sources[0].why and "password" in kept.sources[-1].why


def test_two_processes_give_the_same_set(folder: Path, made: Path, tmp_path: Path) -> None:
    gather(folder, tmp_path / "set", jobs=2)
    names = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    assert names == {path.relative_to(tmp_path / "set") for path in (tmp_path / "set").rglob("*") if path.is_file()}
    assert all((made / name).read_bytes() == (tmp_path / "set" / name).read_bytes() for name in names)


def test_forgetting_takes_every_row_about_a_learner(folder: Path, tmp_path: Path) -> None:
    gather(folder / "North", tmp_path / "set")
    with connected(tmp_path / "set") as database:
        before = database.execute("select count(*) from weeks").fetchone()
    gone = forget(tmp_path / "set", [" l10001 "])
    assert sum(gone.values()) > 100 and gone["learners"] == 2
    with connected(tmp_path / "set") as database:
        for (table,) in database.execute("select view_name from duckdb_views() where not internal").fetchall():
            columns = [one[0] for one in database.execute(f'describe "{table}"').fetchall()]
            if "learner_id" in columns:
                asked = f"select count(*) from \"{table}\" where learner_id = 'L10001'"
                assert database.execute(asked).fetchone() == (0,), table
        after = database.execute("select count(*) from weeks").fetchone()
    assert before is not None and after is not None and 0 < after[0] < before[0]
    assert not any(b"L10001" in path.read_bytes() for path in (tmp_path / "set").rglob("*.parquet"))


def test_folders_that_are_no_set_are_left_alone(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CannotDo, match="holds other files"):
        gather(folder, tmp_path)
    with pytest.raises(CannotDo, match="holds no set"):
        load(folder)
    with pytest.raises(CannotDo, match="no folder"):
        gather(tmp_path / "none", tmp_path / "set")
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


def test_figures_can_be_grouped_by_every_word_that_is_offered(made: Path) -> None:
    for by in BY:
        rows = group_figures(made, by)
        assert rows and all(one["on_roll"] is None or one["on_roll"] > 0 for one in rows)
    with pytest.raises(CannotDo, match="not by colour"):
        group_figures(made, "colour")


def test_a_set_of_one_tracker_says_what_its_head_of_years_page_says(
    folder: Path, trackers: dict[str, Tracker], tmp_path: Path
) -> None:
    """Whatever a set tells by form, mentor, year group and in all, the tracker's own page tells too."""
    gather(folder / "South", tmp_path / "set")
    one = trackers["South/3.xlsx"]
    lines = head_of_year(found_in(Snapshot(one, last_date(one))))
    told = 0
    for by, part in (("form", "Form"), ("mentor", "Mentor"), ("year-group", "Year group"), ("year", "Everybody")):
        ours = {line.name: line.as_row() for line in lines if line.part == part}
        theirs = [row for row in group_figures(tmp_path / "set", by) if (row.group is None) == (by == "year")]
        assert len(ours) == len(theirs) > 0
        for row in theirs:
            mine = ours["All learners on roll" if row.group is None else row.group or "(blank)"]
            for key in FIGURES:
                name = "learners" if key == "on_roll" else key
                if key not in row.hidden and name in mine:
                    told += 1
                    assert row[key] == mine[name], (by, row.group, key)
    assert told > 30
