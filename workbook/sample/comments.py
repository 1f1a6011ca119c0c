"""A teacher's comment that fits its row: effort, where the learner stands, what comes next."""

from __future__ import annotations

from random import Random

from workbook.sample import names

_FORMS = {
    names.SHE: {"they": "she", "them": "her", "their": "her", "are": "is", "have": "has", "s": "s"},
    names.HE: {"they": "he", "them": "him", "their": "his", "are": "is", "have": "has", "s": "s"},
    names.THEY: {"they": "they", "them": "them", "their": "their", "are": "are", "have": "have", "s": ""},
}
_EFFORT: dict[str, tuple[str, ...]] = {
    "4": (
        "{name} works hard in {subject} and acts on feedback straight away.",
        "It is a pleasure to teach {name}, who is ready to learn every time.",
        "{name} keeps going when the work is hard, and it shows.",
        "{name} asks good questions in {subject} and helps others to find answers.",
        "Every lesson {name} arrives prepared, and {they} put{s} real thought into {their} work.",
        "{name} has made very good use of {their} time this half term.",
    ),
    "3": (
        "{name} is usually ready to learn and finishes {their} work on time.",
        "{name} tries hard in {subject} and takes part well in discussion.",
        "{name} has settled into good habits in {subject}.",
        "In most lessons {name} works steadily and listens to advice.",
        "{name} responds well when we look at {their} work together.",
        "We can rely on {name} to give things a go.",
    ),
    "2": (
        "When {name} is focused, {they} can do good work in {subject}.",
        "{name} works well at times and needs a reminder to get started at others.",
        "{name} has good ideas and does not always write them down yet.",
        "Some lessons in {subject} go well for {name}, and others are harder to settle into.",
        "{name} does best when {they} sit{s} near the front and start{s} straight away.",
    ),
    "1": (
        "{name} is finding it hard to take part in {subject} at the moment.",
        "At the moment {subject} is difficult for {name}, and we are agreeing next steps together.",
        "We would like to see {name} in {subject} more settled, and have begun to plan how.",
    ),
}
_PLACE: dict[str, tuple[str, ...]] = {
    "above": (
        "{They} {are} ahead of where we expected at this point.",
        "At {level}, {they} {have} gone further than the plan for this time of year.",
        "{Their} work is already stronger than we expected by now.",
    ),
    "on": (
        "{They} {are} where we expected {them} to be at this point.",
        "At {level}, {they} {are} on track for {target}.",
        "{They} {are} on the way to {target} by the end of Year 11.",
    ),
    "below": (
        "{They} {are} not yet where we hoped, and there is time to catch up.",
        "{Their} level is {level} at the moment; we are aiming for {target}.",
        "There is some ground to make up, and we have a plan for it.",
    ),
    "unknown": (
        "We are still finding out where {they} started from.",
        "{They} came to us without earlier results, so we look at {their} work week by week.",
    ),
    "up": (
        "{Their} level has gone up to {level} since the last report.",
        "Moving up to {level} is well earned.",
    ),
    "down": (
        "{Their} level is {level} this time, a little lower than before.",
        "The last pieces of work were harder for {them}.",
    ),
}
_NEXT: dict[str, tuple[str, ...]] = {
    "English Language": (
        "The next step is to plan longer answers before writing.",
        "Reading for twenty minutes a day would help most.",
        "Next we will work on writing that persuades.",
        "Checking full stops and capitals at the end is a good habit to build.",
    ),
    "Mathematics": (
        "The next step is to show each line of working.",
        "Ten minutes of times tables on most days would help.",
        "Next we will work on fractions and percentages.",
        "Practising past questions on ratio will build confidence.",
    ),
    "Combined Science": (
        "The next step is to learn the key words of each topic.",
        "Drawing and reading graphs is what we practise next.",
        "Revising with flash cards would help before the next test.",
        "Next we will work on explaining results with evidence.",
    ),
    "English Literature": (
        "The next step is to learn six short quotations by heart.",
        "Next we will compare two poems and say what is alike.",
        "Reading the next two chapters at home would help.",
        "Answers will grow stronger with a reason after each quotation.",
    ),
    "History": (
        "The next step is to use dates and names as evidence.",
        "Next we will look at how sources differ, and why.",
        "A timeline on the wall at home would help with revision.",
        "Linking causes to what followed is what we practise next.",
    ),
    "Sociology": (
        "The next step is to name the study behind each point.",
        "Next we will weigh up both sides before the conclusion.",
        "Watching the news together gives plenty to talk about.",
        "Learning the ten key terms of this topic would help.",
    ),
    "Citizenship Studies": (
        "The next step is to choose a question for the project.",
        "Next we will look at how laws are made.",
        "Talking about the news at home would help.",
        "Backing up opinions with facts is what we practise next.",
    ),
    "Digital Skills": (
        "The next step is to save and name files in order.",
        "Next we will work with formulas in a spreadsheet.",
        "Typing practice twice a week would help.",
        "Staying safe with passwords is the next unit.",
    ),
    "vocational": (
        "The next unit is practical, and a clean kit each week helps.",
        "The next step is to write up the practical task with photos.",
        "Next comes a unit on health and safety at work.",
        "Keeping the log book up to date will secure the unit.",
        "A placement in this line of work would be a good next step.",
    ),
}


def comment(
    name: str,
    pronouns: str | None,
    subject: str,
    effort: str | None,
    place: str,
    level: str,
    target: str,
    rng: Random,
) -> str:
    """Two or three short sentences. ``place`` is above, on, below, unknown, up or down; no pronouns means they."""
    words = _FORMS[pronouns or names.THEY]
    parts = (
        rng.choice(_EFFORT[effort or "3"]),
        rng.choice(_PLACE[place]),
        rng.choice(_NEXT.get(subject, _NEXT["vocational"])),
    )
    chosen = parts if rng.random() < 0.8 else (parts[0], parts[2])
    capital = {key.capitalize(): word.capitalize() for key, word in words.items()}
    return " ".join(chosen).format(name=name, subject=subject, level=level, target=target, **words, **capital)
