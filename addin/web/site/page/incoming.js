// Take in a file: which sheet it belongs into, what would change row by row, and the tracker with it to save.
import { ask, desk, saved, told, trouble, work } from "./desk.js";
import { chooser, el, figure, howMany, list } from "./elements.js";
import { choices } from "./filters.js";
import { bytesOf } from "./opening.js";

const picked = { into: "Progress", name: "", map: "" };
let sheets;

/** @param {HTMLElement} box */
export async function incoming(box) {
  sheets ??= await told("Looking at the sheets …", "import_sheets");
  if (!sheets) return;
  const result = el("div");
  const show = () => look(result);
  box.replaceChildren(
    el("p", { text: "A mark sheet, a register export or another table (.csv or .xlsx). You see what would change before anything is written." }),
    choices(chooser("Goes into the sheet", sheets.map((one) => [one, one]), picked.into, (value) => { picked.into = value; if (picked.name) show(); }),
      el("label", {}, "The file", file(".csv,.xlsx,.xlsm,.txt", "name", show)),
      el("label", {}, "A map, if it needs one (.toml)", file(".toml", "map", show))),
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
    if (picked.name) taken();
  };
  const input = el("input", { type: "file", accept, "data-takes": key, onchange: () => take(input.files[0]), ondrop: (event) => take(event.dataTransfer.files[0]) });
  return input;
}

async function look(box) {
  const names = [picked.name, picked.map].filter(Boolean);
  const files = Object.fromEntries(names.map((name) => [name, desk.handed.get(name)]));
  const answer = await ask(`Reading ${picked.name} …`, "import_look", { name: picked.name, into: picked.into, map_name: picked.map || null }, files);
  box.replaceChildren();
  if (!answer) return;
  const { rows, counts, ignored, empty } = answer.data;
  const of = (state) => rows.filter((one) => one.state === state);
  const states = ["added", "changed", "unchanged", "refused"];
  const made = el("div");
  box.append(...[
    el("h3", { text: "What would change" }),
    list("By sheet", [{ heading: "Sheet", cell: ([name]) => name },
      ...states.map((state) => ({ heading: state[0].toUpperCase() + state.slice(1), cell: ([, count]) => count[state] ?? 0, number: true }))], Object.entries(counts)),
    ignored.length > 0 && el("p", { class: "note", text: `Not taken, since nothing asks for it: ${ignored.join(", ")}.` }),
    of("refused").length > 0 && el("h3", { text: "Not taken: mend these in the file, then choose it again" }),
    of("refused").length > 0 && list(howMany(of("refused").length, "row"), [
      { heading: "Line", cell: (one) => one.source_row, number: true }, { heading: "Row", cell: (one) => one.what }, { heading: "Why", cell: (one) => one.reason }], of("refused"), 20),
    of("changed").length > 0 && el("h3", { text: "Changed" }),
    of("changed").length > 0 && list(howMany(of("changed").length, "cell"), [
      { heading: "Row", cell: (one) => one.what }, { heading: "Column", cell: (one) => one.column, short: true },
      { heading: "Now", cell: (one) => figure(one.old) }, { heading: "Then", cell: (one) => figure(one.new) }], of("changed"), 30),
    of("added").length > 0 && el("h3", { text: "Added" }),
    of("added").length > 0 && list(howMany(of("added").length, "row"), [{ heading: "Sheet", cell: (one) => one.sheet, short: true }, { heading: "Row", cell: (one) => one.what }], of("added"), 12),
    empty ? el("p", { class: "note", text: "Nothing would change." })
      : el("p", {}, el("button", { type: "button", text: "Make the new tracker", onclick: () => save(made) })),
    made].filter(Boolean));
  made.scrollIntoView?.({ block: "nearest" });
}

async function save(box) {
  const answer = await ask("Writing the new tracker …", "import_save");
  if (!answer) return;
  const [[name, bytes]] = Object.entries(answer.files);
  const words = `${howMany(answer.data.added, "row")} added, ${howMany(answer.data.changed, "row")} changed`;
  const note = saved(name, bytes, words);
  note.append(el("p", { text: "It is a new file: put it in the place of your tracker once you have looked at it, and keep the old one until then." }));
  box.replaceChildren(note);
  note.querySelector("a").focus();
}
