// Take in a file: what it means is found out, asked where unclear; what would change, row by row; the tracker to save.
import { ask, desk, told, trouble, work } from "./desk.js";
import { chooser, el } from "./elements.js";
import { choices } from "./filters.js";
import { changes, notTaken } from "./changes.js";
import { bytesOf } from "./opening.js";

const picked = { into: "", name: "", map: "" };
/** Answers to the questions about the chosen file. @type {Record<string, string>} */
let answers = {};
let sheets;

/** @param {HTMLElement} box */
export async function incoming(box) {
  sheets ??= await told("Looking at the sheets …", "import_sheets");
  if (!sheets) return;
  Object.assign(picked, { name: "", map: "" });
  answers = {};
  const result = el("div");
  const show = () => { answers = {}; return look(result); };
  const into = [["", "Find out"], ...sheets.map((one) => [one, one])];
  box.replaceChildren(
    el("p", { text: "A mark sheet, a register export or another table, as a system gives it (.csv, .txt, .xlsx, .xls or .ods). You see what would change before anything is written." }),
    choices(el("label", {}, "The file", file(".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods,.xml", "name", show)),
      chooser("Goes into the sheet", into, picked.into, (value) => { picked.into = value; if (picked.name) show(); }),
      el("label", {}, "A map, if you have one (.toml)", file(".toml", "map", show))),
    result);
}

/** A way in for a file, which Python then holds under its name. */
function file(accept, key, taken) {
  const take = async (chosen) => {
    if (!chosen) return;
    if (chosen.name === desk.tracker.name) { trouble(`${chosen.name} is your tracker itself: choose the file that is to go into it.`); return; }
    const bytes = await work(`Reading ${chosen.name} …`, () => bytesOf(chosen));
    if (!bytes) return;
    desk.handed.set(chosen.name, bytes);
    picked[key] = chosen.name;
    if (picked.name) await taken();
  };
  const input = el("input", { type: "file", accept, "data-takes": key, onchange: () => take(input.files[0]), ondrop: (event) => take(event.dataTransfer.files[0]) });
  return input;
}

async function look(box) {
  const names = [picked.name, picked.map].filter(Boolean);
  const files = Object.fromEntries(names.map((name) => [name, desk.handed.get(name)]));
  const answer = await ask(`Reading ${picked.name} …`, "import_look",
    { name: picked.name, into: picked.into || null, map_name: picked.map || null, answers }, files);
  box.replaceChildren();
  if (!answer) return;
  const { data } = answer;
  box.append(
    el("div", {}, ...data.assumed.map((words) => el("p", { text: words }))),
    questions(data.questions, () => look(box)),
    notTaken(data),
    data.counts ? changes(data) : el("p", { class: "note", text: "Answer first, then you see what would change." }));
}

/** What the file leaves open; each answer is kept, and the file is read anew with all of them. */
function questions(open, again) {
  if (!open.length) return el("div");
  const fields = open.map(({ question, words, choices: known, needed }) => {
    const input = known.length
      ? el("select", {}, el("option", { value: "", text: needed ? "Choose" : "Leave it" }), ...known.map(({ answer, means }) => el("option", { value: answer, text: means ? `${answer}: ${means}` : answer })))
      : el("input", { type: "search", autocomplete: "off" });
    return [question, input, el("label", {}, words, input)];
  });
  const given = () => {
    for (const [question, input] of fields) if (input.value.trim()) answers[question] = input.value.trim();
    return again();
  };
  const needed = open.some((one) => one.needed);
  return el("div", { class: "note" },
    el("h3", { text: needed ? "What the file leaves open" : "These rows come in once it is said" }),
    el("div", { class: "choices" }, ...fields.map(([, , label]) => label)),
    el("p", {}, el("button", { type: "button", text: "Read it with these answers", onclick: given })));
}
