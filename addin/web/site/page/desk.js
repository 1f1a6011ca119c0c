// What all views share: the worker, the open tracker, one piece of work at a time, and the words that tell of it.
import { Cancelled, Client, Refused } from "../worker/client.js";
import { el, howMany } from "./elements.js";

const SOON = 500; // milliseconds after which a piece of work shows a bar and can be cancelled
const $ = (id) => document.getElementById(id);

export const desk = {
  client: new Client(),
  /** @type {null | {name: string, learners: any[], forms: string[], mentors: string[], day: string, year: string[], sample: boolean}} */
  tracker: null,
  /** The tracker's bytes as they were when it was opened. @type {ArrayBuffer | null} */
  bytes: null,
  /** Files of the mentor's that Python holds: an own template, a file to take in. @type {Map<string, ArrayBuffer>} */
  handed: new Map(),
  mentor: "",
  day: "",
  busy: false,
  unsaved: false,
};

/** @param {string} words */
export function say(words) {
  $("words").textContent = words;
}

/** A sentence that must not be missed; none clears it. @param {string} [sentence] */
export function trouble(sentence = "") {
  $("trouble").replaceChildren(...(sentence ? [el("p", { text: sentence })] : []));
}

/**
 * Do a piece of work: words while it lasts, a bar and Cancel when it takes longer than half a second, a sentence if
 * it cannot be done. Gives undefined where it was refused or cancelled.
 * @param {string} words @param {(step: (done: number, of: number) => void) => Promise<any>} start
 */
export async function work(words, start) {
  if (desk.busy) {
    say("One moment: something else is still being done.");
    return undefined;
  }
  desk.busy = true;
  trouble();
  say(words);
  $("bar").removeAttribute("value");
  const soon = setTimeout(() => { $("working").hidden = false; }, SOON);
  const step = (done, of) => { $("bar").max = of; $("bar").value = done; say(`${words} ${done} of ${of}`); };
  try {
    const answer = await start(step);
    say("");
    return answer;
  } catch (error) {
    say("");
    if (error instanceof Cancelled) say("Cancelled. Nothing was changed.");
    else trouble(error instanceof Refused || error.plain ? error.message : `That did not work (${error.name}). Load the page again, and choose your tracker again.`);
    return undefined;
  } finally {
    clearTimeout(soon);
    $("working").hidden = true;
    desk.busy = false;
  }
}

/** A deed of Python, as a piece of work. @param {string} words @param {string} deed @param {object} [args] */
export async function ask(words, deed, args = {}, files = {}) {
  for (const [name, bytes] of Object.entries(files)) desk.handed.set(name, bytes);
  return work(words, (step) => desk.client.ask(deed, args, copies(files), step));
}

/** The answer's data, or undefined. */
export async function told(words, deed, args = {}) {
  return (await ask(words, deed, args))?.data;
}

const copies = (files) => Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.slice(0)]));

/** Stop what is being done. Python starts anew and takes the tracker up again, as it was when it was opened. */
export async function cancel() {
  const { client, tracker, bytes, handed } = desk;
  $("working").hidden = true;
  client.cancel();
  if (!tracker || !bytes) return;
  const files = { ...Object.fromEntries(handed), [tracker.name]: bytes };
  try {
    say("Cancelled. Starting anew …");
    await client.ask("open", { name: tracker.name }, copies(files));
    say("Cancelled. Your tracker is open as before.");
  } catch (error) {
    if (!(error instanceof Cancelled)) trouble("Python could not be started anew: load the page again, and choose your tracker again.");
  }
}

/** Hand a file to the mentor: a link to press, which is pressed at once. @param {string} name @param {Uint8Array} bytes */
export function saved(name, bytes, words) {
  const url = URL.createObjectURL(new Blob([bytes]));
  desk.unsaved = true;
  const link = el("a", { class: "button", href: url, download: name, text: `Save ${name}`, onclick: () => { desk.unsaved = false; } });
  const size = bytes.length > 1e5 ? `${(bytes.length / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes.length / 1000)} KB`;
  return el("div", { class: "note made" }, el("p", {}, el("b", { text: words }), ` (${size})`), el("p", {}, link));
}

/** The learner of an ID. @param {string|null} id */
export function learner(id) {
  desk.byId ??= new Map(desk.tracker.learners.map((one) => [one.id.toLowerCase(), one]));
  return desk.byId.get(String(id ?? "").trim().toLowerCase());
}

/** A learner's name as a link to their picture. @param {string|null} id */
export function person(id) {
  const one = learner(id);
  if (!id) return "everyone";
  return el("a", { href: `#learner/${encodeURIComponent(id)}`, text: one?.name ?? id });
}

/** Whether a learner is one of those looked at. */
export function mine(id) {
  return !desk.mentor || !id || learner(id)?.mentor === desk.mentor;
}

export const people = (count) => howMany(count, "learner");
