from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.content.college import AMIRA, ON, SAM, learner, progress, tracker
from workbook.measures.snapshot import Snapshot
from workbook.model import Audience, CannotDo
from workbook.model.defaults import settings
from workbook.reports.content.learner import contexts_of
from workbook.reports.content.proof import proof
from workbook.reports.content.questions import INFORMATION, Proof, not_seen, proof_kinds
from workbook.reports.content.unfit import GAP, LOUD, PRIVATE, gap_in, private_in, shouted_in, signs_of

SENT = [
    {"learner_id": one, "name": "Ms X", "parental_responsibility": "Yes", "send_reports": "Yes", "email": "x@y.example"}
    for one in ("L1", "L2")
]


def found(**records: Any) -> list[Proof]:
    return proof(tracker(**{"Parents": SENT, **records}), ON)


def comments(*texts: str, who: str = "L1") -> list[dict[str, Any]]:
    subjects = ("English", "Maths", "Catering")
    return [progress(who, name, comment=text) for name, text in zip(subjects, texts, strict=False)]


def codes(text: str, who: str = "L1") -> list[str]:
    return [one.code for one in found(Progress=comments(text, who=who))]


def test_an_id_with_something_behind_it_that_nobody_sees_is_asked_about_too() -> None:
    """A hard space or a tab, as they come from a web page."""
    for typed in ("L1\u00a0", "\tL1", " L1"):
        made = tracker(
            Learners=[learner(typed, "Amira", "Okafor")], Progress=[progress(typed, "English", apl_1="APL3")]
        )
        (context,) = contexts_of(Snapshot(made, ON), [typed.strip(" ")], reader=Audience.PARENT)
        found = [one.code for one in proof(made, ON, [context["learner"]["learner_id"]])]
        assert found == ["no-comment", "nobody"], typed


def test_who_gets_no_report_or_their_own_is_said() -> None:
    """Whoever has no parental responsibility, and home on the day of the eighteenth birthday, not the day before."""
    gran = {**SENT[1], "name": "Gran", "parental_responsibility": "No"}
    quiet = {**gran, "name": "Aunt", "send_reports": "No"}
    born = [{**AMIRA, "date_of_birth": date(2008, 12, 18)}, {**SAM, "date_of_birth": date(2008, 12, 19)}]
    asked = found(Parents=[*SENT, gran, quiet], Learners=born)
    assert [(one.code, one.learner_id, one.cell) for one in asked] == [("no-copy", "L2", "E7"), ("adult", "L1", "G5")]
    assert asked[0].message == "Gran has no parental responsibility, so reports do not go there."


def test_a_good_comment_raises_no_question() -> None:
    assert codes("Amira reads well; she is not yet sure of long texts. Her mentor will help her.") == []
    assert codes("Sam works hard, and his teacher Ms Amis is pleased.", who="L2") == []


@pytest.mark.parametrize(
    "text",
    ["TBC", "Comment to follow.", "[name] works well.", "<target>", "{{learner.first_name}} is here", "He is ___",
     "xxx", "(he/she) is doing well", "his/her work", "More here .....", "tbd", "T.B.C.", "To be confirmed",
     "n/a", "N/A", "s/he tries", "He / she tries", "As above", "ditto", "Name here is doing well", "-", "…",
     "No comment", "(name)"],
)  # fmt: skip
def test_what_was_left_in_is_seen(text: str) -> None:
    assert "placeholder" in codes(text, who="L2")


def test_another_learner_s_name_is_seen_even_with_an_s() -> None:
    one = found(Progress=comments("Sam’s reading is better."))[0]
    assert (one.code, one.cell, one.learner_id) == ("other-name", "AC5", "L1")
    assert one.message.startswith("Sam is")
    assert codes("Sam reads.", who="L2") == []
    assert codes("Samuel reads.", who="L2") == []


@given(st.lists(
    st.text("aAzÉ’-/.[{ \n19_?‘—", max_size=12) | st.sampled_from(
        ["to be written", "in care", "Free meals", "self-harm", "EP", "No comments", "P207000016049", "a T.B.A",
         "ever 6", "anxiety", "camhs", "SEN", "s/he", "SHOUT", "GO ON", "everyone"]
    ), max_size=4).map("".join))  # fmt: skip
def test_a_text_without_a_sign_is_fit(text: str) -> None:
    """The quick look at each word passes nothing over that the full one finds, whatever signs stand around it."""
    signs = {sign for word in text.split() for sign in (GAP, PRIVATE, LOUD) if signs_of(word) & sign}
    found = {sign for sign, find in ((GAP, gap_in), (PRIVATE, private_in), (LOUD, shouted_in)) if find(text)}
    assert found <= signs or not text.split()


@pytest.mark.parametrize("text", ["She talks of her ‘anxiety’.", "Lessons—dyslexia support", "A non-disabled friend",
                                  "«Camhs» helps her.", "Her (ex-foster home) …"])  # fmt: skip
def test_what_is_private_is_seen_behind_any_sign(text: str) -> None:
    assert "private" in codes(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [("She works well with chloe.", "chloe"), ("CHLOE and she talk.", "CHLOE"), ("Chloé helps her.", "Chloé"),
     ("She sits by De’Andre.", "De’Andre"), ("She reads with Jo’s help.", "Jo"),
     ("She sits by Ferrymoor.", "Ferrymoor"), ("Ms Ferrymoor is pleased.", None),
     ("Her English is good.", None), ("She chose to have a go.", None),
     ("Amira Okafor reads.", None), ("She is with will to work.", None)],
)  # fmt: skip
def test_other_names_however_they_are_typed(text: str, name: str | None) -> None:
    names = (("Chloë", "English"), ("De'Andre", "Ferrymoor"), ("Jo", "Okafor"), ("Will", "Go"))
    others = [learner(f"L{n}", first, surname) for n, (first, surname) in enumerate(names, start=3)]
    parents = [*SENT, *({**SENT[0], "learner_id": one["learner_id"]} for one in others)]
    made = found(Learners=[AMIRA, SAM, *others], Parents=parents, Progress=comments(text))
    assert [one.message.partition(" is the name")[0] for one in made if one.code == "other-name"] == [name] * bool(name)


def test_a_name_that_is_a_word_is_taken_for_one_where_it_can_be() -> None:
    will = learner("L3", "Will", "Green")
    made = {"Learners": [AMIRA, SAM, will], "Parents": [*SENT, {**SENT[0], "learner_id": "L3"}]}
    assert found(**made, Progress=comments("Will Amira read more? We hope so.")) == []
    assert found(**made, Progress=comments("We hope that Amira Will read.")) == []
    assert [p.code for p in found(**made, Progress=comments("It is good that Will reads."))] == ["other-name"]


@pytest.mark.parametrize(
    ("who", "text", "wrong"),
    [("L1", "He reads well.", True), ("L1", "Himself", True), ("L1", "They read well.", False),
     ("L2", "Sam and her work", True), ("L2", "The theme is history", False)],
)  # fmt: skip
def test_pronouns(who: str, text: str, wrong: bool) -> None:
    assert ("pronoun" in codes(text, who=who)) is wrong


def test_a_blank_pronoun_asks_nothing() -> None:
    kit = learner("L1", "Kit", "Moss")
    assert found(Learners=[kit, SAM], Progress=comments("Kit reads. She will go far.")) == []


def test_the_same_comment_twice_is_seen_in_both_rows() -> None:
    text = "A good start to the year, well done."
    rows = [*comments(text), *comments(text.replace("well", " WELL"), who="L2")]
    assert [(one.code, one.cell) for one in found(Progress=rows)] == [("same-comment", "AC5"), ("same-comment", "AC6")]
    assert found(Progress=[*comments("Well done."), *comments("Well done.", who="L2")]) == []


def test_banned_words_are_whole_words_and_the_college_s_own() -> None:
    assert codes("Amira is Lazy at times.") == ["banned-word"]
    assert codes("Amira is in the lazybones club.") == []
    own = [{**row, "value": "dreamer"} if row["name"] == "banned_words" else row for row in settings()]
    assert [p.code for p in found(Settings=own, Progress=comments("A lazy dreamer"))] == ["banned-word"]


def test_too_long_is_one_more_than_fits() -> None:
    assert codes("a" * 400) == []
    assert codes("a" * 401) == ["too-long"]


def test_a_level_without_a_comment() -> None:
    rows = [progress("L1", "English", apl_1="APL3"), progress("L1", "Maths"), progress("L2", "Maths", apl_1="N/A")]
    assert [(one.code, one.cell) for one in found(Progress=rows)] == [("no-comment", "AC5")]


def test_whom_a_report_reaches() -> None:
    base = {"name": "X", "parental_responsibility": "Yes", "send_reports": "Yes"}
    parents = [
        {**base, "learner_id": "L1"},
        {**base, "learner_id": "L1", "send_reports": "Do not send"},
        {**base, "learner_id": "L2", "parental_responsibility": "No", "email": "a@b.example"},
    ]
    made = found(Parents=parents)
    assert [(one.code, one.learner_id, one.cell) for one in made] == [
        ("no-address", "L1", "H5"),
        ("do-not-send", "L1", "K6"),
        ("nobody", "L2", "A6"),  # the cell of the learner
    ]
    assert made[2].message.endswith(" X has no parental responsibility, so reports do not go there.")


def test_targets_and_what_we_do_go_home_too() -> None:
    made = found(
        Targets=[{"learner_id": "L1", "set_on": ON, "target": "Sit away from Sam", "learners_words": "He said I can"}],
        Interventions=[{"learner_id": "L1", "type": "Careers", "start": ON, "for_parents": "TBC", "notes": "[x] Sam"}],
    )
    assert [(one.sheet, one.code) for one in made] == [("Targets", "other-name"), ("Interventions", "placeholder")]


def test_only_the_learners_asked_for() -> None:
    rows = [*comments("TBC"), *comments("TBA", who="L2")]
    made = proof(tracker(Parents=SENT, Progress=rows), ON, ["l2"])
    assert [(one.learner_id, one.value) for one in made] == [("L2", "TBA")]
    assert {one.code for one in made} <= set(proof_kinds())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Amira has an EHCP.", "private"),
        ("Amira gets FSM and is on the SEN list.", "private"),
        ("Amira sees her social worker on Fridays.", "private"),
        ("Amira has a CAMHS appointment.", "private"),
        ("Amira is in receipt of PP.", "private"),
        ("Amira is LAC.", "private"),
        ("Her ULN is on the form.", "private"),
        ("Amira is P207000016049 to us.", "private"),
        ("Amira, 9276308686, reads well.", "private"),
        ("Amira has dyspraxia.", "private"),
        ("Amira had a hospital psychologist.", "private"),
        ("Amira is a young carer.", "private"),
        ("AMIRA IS DOING WELL.", "capitals"),
        ("Amira is BRILLIANT.", "capitals"),
        ("Amira is really GREAT.", "capitals"),
        ("WELL DONE, Amira.", "capitals"),
        ("Amira must TRY HARDER.", "capitals"),
        ("Amira reads well and her GCSE PE and BTEC ICT go well; the EPQ is next.", None),
        ("Amira likes Psychology, beauty therapy and Health and Social Care; the Great Depression is next.", None),
        ("Amira is kind and caring, and lends a hand in the care home on Fridays.", None),
        ("Please send the GCSE and BTEC forms by post to the LRC.", None),
        ("Amira is pleased with her ICT and PE; she can foster a love of reading.", None),
    ],
)
def test_what_is_private_or_shouted_is_seen(text: str, code: str | None) -> None:
    assert codes(text) == ([code] if code else [])


def test_only_what_the_template_prints_is_asked_about() -> None:
    made = tracker(
        Parents=SENT[:1],
        Progress=[progress("L1", "English", apl_1="APL4"), *comments("", "TBC")],
        Targets=[{"learner_id": "L1", "target": "Ask Sam TBC."}],
        Achievements=[{"learner_id": "L1", "what": "TBC"}],
    )

    def asked(*names: str) -> list[tuple[str, str]]:
        return [(one.code, one.sheet) for one in proof(made, ON, ["L1"], names)]

    assert asked("{{learner.name}}", "{{attendance.sentence}}") == []
    assert asked("{{subject.comment}}") == [("no-comment", "Progress"), ("placeholder", "Progress")]
    assert asked("{{learner_will}}") == [("placeholder", "Targets"), ("other-name", "Targets")]
    assert asked("{{open_target.target}}", "{{if to_celebrate.what}}") == [
        *asked("{{learner_will}}"),
        ("placeholder", "Achievements"),
    ]
    assert asked("{{target.due}}") == []


def test_what_home_needs_is_for_information() -> None:
    sent = {"learner_id": "L1", "parental_responsibility": "Yes", "send_reports": "Yes", "email": "x@y.example"}
    parents = [
        {**sent, "name": "Ms X", "language": "Urdu", "large_print": "Yes", "address": "1 High Street"},
        {**sent, "name": "Mr Y", "language": "English", "address": "2 Low Road"},
    ]
    made = proof(tracker(Parents=parents), ON, ["L1"], ["{{learner.name}}"])
    assert [(one.code, one.cell, one.name) for one in made] == [
        ("language", "I5", "Amira Okafor"),
        ("large-print", "J5", "Amira Okafor"),
        ("two-households", "H6", "Amira Okafor"),
    ]
    assert {one.group for one in made} == {INFORMATION}
    assert [one.code for one in not_seen(made, ["Large print"])] == ["language", "two-households"]
    with pytest.raises(CannotDo, match="no kind of question shouting"):
        not_seen(made, ["shouting"])
