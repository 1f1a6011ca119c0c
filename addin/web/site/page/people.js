// A mentor's list for Monday, drawn. The page and the task pane both show it.
import { el } from "./elements.js";

/** What waits, in the order in which it is shown: its part of the list and its words. */
const WAITING = [
  ["next", "Conversations that wait for a place"],
  ["looks", "To look at when there is time"],
  ["answered", "Spoken to; they come back by themselves"],
  ["quiet", "No contact for weeks, and nothing to worry about"],
  ["more_strengths", "More to praise"],
];

/** @param {any} one a mentor's list @param {(id: string) => Node[]} who a learner's name and form */
export function mentorList(one, who) {
  const first = [...one.now, ...one.looks_now];
  return [
    el("h3", { text: one.mentor || "Without a mentor" }),
    el("p", { class: "muted", text: `${one.line}.` }),
    first.length ? people(first, who) : el("p", { class: "note", text: "Nobody needs a conversation that has not been had." }),
    one.hello.length > 0 && titled("Say hello: no contact for weeks", one.hello, who),
    one.strengths.length > 0 && titled("Something good to say", one.strengths, who),
    ...WAITING.filter(([part]) => one[part].length).map(([part, words]) => el("details", {},
      el("summary", { text: `${words} (${one[part].length})` }), people(one[part], who))),
  ].filter(Boolean);
}

const titled = (words, them, who) => el("div", {}, el("h4", { text: words }), people(them, who));

function people(them, who) {
  return el("ol", { class: "people" }, ...them.map(({ learner_id: id, why_now: why, reasons, waiting, tier }) => el("li", {},
    ...who(id),
    tier === "severe" && el("span", { class: "status-word below", text: "▼ severe absence" }),
    waiting && el("span", { class: "status-word near", text: "waiting for two weeks: tell the Head of Year" }),
    why && el("div", { class: "muted", text: why }),
    el("ul", {}, ...reasons.map((one) => el("li", { text: `${one.new ? "New: " : ""}${one.reason}` }))))));
}
