// Monday's list: of each mentor whom to see first, and why now; what waits is counted and can be opened.
import { desk, learner, person, told } from "./desk.js";
import { el } from "./elements.js";
import { drawn, onDay, whose } from "./filters.js";

/** What waits, in the order in which it is shown: its part of the list and its words. */
const WAITING = [
  ["next", "Conversations that wait for a place"],
  ["looks", "To look at when there is time"],
  ["answered", "Spoken to; they come back by themselves"],
  ["quiet", "No contact for weeks, and nothing to worry about"],
  ["more_strengths", "More to praise"],
];

/** @param {HTMLElement} box */
export async function monday(box) {
  await drawn(box, (changed) => [whose(changed), onDay(changed)], async () => {
    const data = await told("Putting the lists together …", "monday", { on: desk.day });
    if (!data) return [];
    const lists = data.lists.filter(({ mentor }) => !desk.mentor || mentor === desk.mentor);
    return lists.length ? lists.flatMap(list) : [el("p", { class: "note", text: "There are no learners here on that day." })];
  });
}

function list(one) {
  const first = [...one.now, ...one.looks_now];
  return [
    el("h3", { text: one.mentor || "Without a mentor" }),
    el("p", { class: "muted", text: `${one.line}.` }),
    first.length ? people(first) : el("p", { class: "note", text: "Nobody needs a conversation that has not been had." }),
    one.hello.length > 0 && titled("Say hello: no contact for weeks", one.hello),
    one.strengths.length > 0 && titled("Something good to say", one.strengths),
    ...WAITING.filter(([part]) => one[part].length).map(([part, words]) => el("details", {},
      el("summary", { text: `${words} (${one[part].length})` }), people(one[part]))),
  ].filter(Boolean);
}

const titled = (words, them) => el("div", {}, el("h4", { text: words }), people(them));

function people(them) {
  return el("ol", { class: "people" }, ...them.map(({ learner_id: id, why_now: why, reasons, waiting, tier }) => el("li", {},
    el("b", {}, person(id)), ` ${learner(id)?.form ?? ""}`,
    tier === "severe" && el("span", { class: "status-word below", text: "▼ severe absence" }),
    waiting && el("span", { class: "status-word near", text: "waiting for two weeks: tell the Head of Year" }),
    why && el("div", { class: "muted", text: why }),
    el("ul", {}, ...reasons.map((one) => el("li", { text: `${one.new ? "New: " : ""}${one.reason}` }))))));
}
