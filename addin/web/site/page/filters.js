// The choices above a list: whose learners, which day.
import { desk } from "./desk.js";
import { chooser, el } from "./elements.js";

/** Whose learners are looked at. @param {() => void} changed */
export function whose(changed) {
  const mentors = desk.tracker.mentors.map((name) => [name, name]);
  return chooser("Whose learners", [["", "Everyone’s"], ...mentors], desk.mentor, (value) => { desk.mentor = value; changed(); });
}

/** The day that is taken for today. @param {() => void} changed */
export function onDay(changed) {
  const input = el("input", { type: "date", value: desk.day, min: desk.tracker.year[0], max: desk.tracker.year[1], onchange: () => {
    if (input.value && input.validity.valid) { desk.day = input.value; changed(); }
  } });
  return el("label", {}, "Today is", input);
}

export const choices = (...all) => el("div", { class: "choices" }, ...all);

/**
 * A box that is drawn anew when a choice changes.
 * @param {HTMLElement} box @param {(changed: () => void) => Node[]} above @param {() => (Node|null)[] | Promise<(Node|null)[]>} below
 */
export async function drawn(box, above, below) {
  const content = el("div");
  const draw = async () => content.replaceChildren(...((await below()) ?? []).filter(Boolean));
  box.replaceChildren(choices(...above(draw)), content);
  await draw();
}
