from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from tests.reports.content.college import AMIRA, FULL, ON, SAM, learner, progress, tracker, week
from workbook.model import CannotDo
from workbook.reports.content.learner import contexts


def test_scalars_keep_their_kind() -> None:
    context = next(contexts(tracker(), ON, ["L2"]))
    assert context["learner"]["first_name"] == "Sam"
    assert context["learner"]["name"] == "Sam O'Neil"
    assert context["learner"]["full_name"] == "Samuel O'Neil"
    assert context["learner"]["year"] == 10
    assert (context["learner"]["they"], context["learner"]["their_first"]) == ("he", "His")
    assert context["mentor"] == {"name": "J. Sample", "phone": "0113 000 0000", "email": "mentors@college.example"}
    assert context["report"]["date"] == ON
    assert context["report"]["course_end"] == "Year 11"
    assert context["academy"]["name"] == "14+ Academies"


def test_a_subject_by_hand() -> None:
    """Placeholder APL scale, points 1 to 9: from 2 to 6 over two years. By drop 2 a share of 0.1 to 0.2 is gone."""
    row = progress(
        "L1", "English", baseline="APL2", target="APL6", apl_1="APL3", apl_2="APL4", forecast="APL6",
        effort_1="2", effort_2="4", comment="Amira reads well.",
    )  # fmt: skip
    context = next(contexts(tracker(Progress=[row]), ON))
    english = context["subject"][0]
    assert (english["name"], english["current"], english["last"], english["moved"]) == ("English", "APL4", "APL3", "Up")
    assert (english["status"], english["status_mark"]) == ("Above", "▲")
    assert (english["effort"], english["effort_1"]) == ("Excellent", "Inconsistent")
    assert english["teacher"] == "Ms Ash"
    assert english["meaning"] == (
        "Now Academy Progress Level 4; the target is Academy Progress Level 6 by the end of Year 11; "
        "we expect Academy Progress Level 6."
    )
    assert english["drop"] == [
        {"name": "Autumn 1", "level": "APL3", "effort": "Inconsistent"},
        {"name": "Autumn 2", "level": "APL4", "effort": "Excellent"},
    ]
    assert context["report"]["drop"] == "Autumn 2"
    assert "points" not in english and "gap" not in english


def test_a_report_of_an_earlier_day_knows_no_later_drop() -> None:
    row = progress("L1", "English", baseline="APL2", target="APL6", apl_1="APL3", apl_2="APL4", effort_2="4")
    context = next(contexts(tracker(Progress=[row]), date(2026, 11, 30)))
    english = context["subject"][0]
    assert (english["current"], english["last"], english["effort"]) == ("APL3", None, None)
    assert context["report"]["drop"] == "Autumn 1"


def test_subjects_stand_in_the_order_of_their_sheet() -> None:
    rows = [progress("L1", name) for name in ("Catering", "maths", "English")]
    context = next(contexts(tracker(Progress=rows), ON))
    assert [one["name"] for one in context["subject"]] == ["English", "maths", "Catering"]


def test_the_chart_compares_one_scale_and_the_same_subjects_throughout() -> None:
    rows = [
        progress("L1", "English", baseline="APL2", target="APL6", apl_1="APL2", apl_2="APL4"),
        progress("L1", "Maths", baseline="APL4", target="APL6", apl_1="APL4", apl_2="APL5"),
        progress("L1", "Catering", baseline="L1P", target="L2D", apl_1="L2D", apl_2="L2D"),
    ]
    context = next(contexts(tracker(Progress=rows), ON))
    averages = [drop["average"] for drop in context["drop"]]
    assert averages == [3.0, 4.5, None, None, None, None]
    expected = [drop["expected"] for drop in context["drop"]]
    assert all(a < b for a, b in pairwise(expected))
    assert 3.0 < expected[0] and expected[-1] <= 4.5, "half of the way from 3 to 6 is gone at the end of Year 10"
    assert context["chart"]["title"] == "Average level in two subjects, and the way to the targets"
    assert context["chart"]["learner"] == "Amira"
    assert context["chart"]["sentence"] == "On average over two subjects, Amira is above the way to the targets."
    words = [(one["status_mark"], one["status_words"]) for one in context["subject"]]
    assert words == [("▲", "above"), ("▲", "above"), ("▲", "above")]
    labels = [drop["learner_label"] for drop in context["drop"]]
    assert labels.count(None) == 5 and labels[1] is not None and labels[1] > 4.5


def test_a_name_too_long_for_the_chart_gives_way_and_no_label_stands_below_nothing() -> None:
    rows = [progress(one, "Catering", baseline="L1P", target="L2D", apl_1="U") for one in ("L1", "L2")]
    people = [{**AMIRA, "first_name": "Oluwafunmilayo-Temitope"}, SAM]
    long, short = contexts(tracker(Progress=rows, Learners=people), ON)
    assert (long["chart"]["learner"], short["chart"]["learner"]) == ("So far", "Sam")
    assert "Oluwafunmilayo-Temitope is below" in long["chart"]["sentence"]
    assert long["drop"][0]["average"] == 0 < long["drop"][0]["learner_label"], "the axis would begin below U"


def test_units_are_explained_only_to_who_has_any() -> None:
    rows = [progress("L1", "English", apl_1="APL2"), progress("L2", "Catering", apl_1="L1P")]
    told = [one["report"]["vocational_meaning"] for one in contexts(tracker(Progress=rows), ON)]
    assert told == [None, "Vocational units are awarded one by one."]


def test_no_baseline_draws_no_path() -> None:
    context = next(contexts(tracker(Progress=[progress("L1", "English", target="APL6", apl_1="APL2")]), ON))
    assert {drop["expected"] for drop in context["drop"]} == {None}
    assert context["chart"]["expected"] is None
    assert context["chart"]["title"] == "Level in English", "of one subject there is no average"
    assert context["chart"]["sentence"] == "", "it would say the title again"
    assert context["chart"]["described"] == "Line chart. Level in English. Autumn 1 2."


def test_attendance_by_hand() -> None:
    """Three weeks: 30 possible, of which 2 ill, 1 unauthorised; L is late and present; # is not possible."""
    registers = [
        week("L1", date(2026, 9, 7), FULL),
        week("L1", date(2026, 9, 14), "L \\ I I O \\ / \\ / \\"),
        week("L1", date(2026, 9, 21), FULL),
    ]
    figures = next(contexts(tracker(Registers=registers), ON))["attendance"]
    assert (figures["possible"], figures["attended"], figures["missed"]) == (30, 27, 3)
    assert (figures["authorised"], figures["unauthorised"], figures["late"]) == (2, 1, 1)
    assert (figures["percent"], figures["unauthorised_percent"]) == (90.0, 3.33)
    assert figures["sentence"] == (
        "Amira has attended 27 of 30 possible sessions (90.0%). 1 session (3.3%) was unauthorised. "
        "The 3 sessions missed are 1.5 days of learning."
    )
    assert "words" not in figures


def test_a_college_s_own_words_are_used() -> None:
    made = tracker(
        Effort=[
            {"code": "1", "order": 2, "label": "Superb", "descriptor": "Always."},
            {"code": "2", "order": 1, "label": "Starting", "descriptor": "At times."},
        ],
        Scales=[
            {"scale": "APL", "level": "Emerging", "order": 1, "points": 1, "label_for_parents": "first steps"},
            {"scale": "APL", "level": "Secure", "order": 2, "points": 2, "label_for_parents": "sure of it"},
        ],
        Progress=[progress("L1", "English", target="Secure", apl_1="Emerging", effort_1=1.0)],
    )
    context = next(contexts(made, ON))
    assert context["subject"][0]["effort"] == "Superb"
    assert context["subject"][0]["meaning"] == "Now first steps; the target is sure of it by the end of Year 11."
    assert context["report"]["effort_words"] == "Superb or Starting"
    assert "superb in English" in context["going_well"] or "English, her effort is superb" in context["going_well"]


def test_groups_and_their_interventions_reach_their_members_only() -> None:
    made = tracker(
        Groups=[
            {"group": "Readers", "learner_id": "L1", "joined": date(2026, 10, 1)},
            {"group": "Readers", "learner_id": "L2", "joined": date(2026, 9, 1), "left": date(2026, 11, 1)},
        ],
        Interventions=[
            {"group": "readers", "type": "Academic", "start": date(2026, 10, 5), "for_parents": "We read together."},
            {"learner_id": "L2", "type": "Careers", "start": date(2027, 1, 5), "for_parents": "Not yet begun."},
        ],
    )
    amira, sam = contexts(made, ON)
    assert amira["intervention"] == [{"for_parents": "We read together."}]
    assert amira["we_will"] == "We read together."
    assert sam["intervention"] == []


def test_who_has_left_or_is_unknown() -> None:
    made = tracker(Learners=[AMIRA, learner("L3", "Gone", "Away", left=date(2026, 10, 1))])
    assert [one["learner"]["learner_id"] for one in contexts(made, ON)] == ["L1"]
    gone, here = contexts(made, ON, ["L3", "L1"])  # who asks for a leaver gets what was true on the last day
    assert (gone["report"]["date"], here["report"]["date"]) == (date(2026, 10, 1), ON)
    later = tracker(Learners=[learner("L4", "Not", "Yet", started=date(2027, 1, 4))])
    with pytest.raises(CannotDo, match="L4 has not yet started"):
        list(contexts(later, ON, ["L4"]))
    with pytest.raises(CannotDo, match="L9 is not on the Learners sheet"):
        list(contexts(made, ON, ["L9"]))


def test_one_report_for_each_person_it_is_sent_to() -> None:
    yes = {"parental_responsibility": "Yes", "send_reports": "Yes"}
    parents = [
        {"learner_id": "L1", "name": "Ms A. Okafor", "relation": "Mother", "address": "1 Elm Road", **yes},
        {"learner_id": "L1", "name": "Mr B. Okafor", "relation": "Father", "address": "2 Oak Road", **yes},
        {"learner_id": "L1", "name": "Ms C. Other", "parental_responsibility": "Yes", "send_reports": "Do not send"},
        {"learner_id": "L2", "name": "Ms D. O'Neil", "parental_responsibility": "No", "send_reports": "Yes"},
    ]
    made = tracker(Learners=[AMIRA, SAM], Parents=parents)
    sent = list(contexts(made, ON, each_recipient=True))
    assert [one["recipient"]["name"] for one in sent] == ["Ms A. Okafor", "Mr B. Okafor"]
    assert "2 Oak Road" not in repr(sent[0]), "one parent's report must not tell where the other lives"
    together = next(contexts(made, ON))
    assert (together["recipient"]["name"], together["recipient"]["address"]) == ("Parent or carer", None)
    assert "Elm" not in repr(together)
