// What an import would change: counts, rows as they will stand, what is refused and skipped; then the tracker to save.
import { ask, saved } from "./desk.js";
import { day, el, figure, howMany, list } from "./elements.js";

const STATES = ["added", "changed", "unchanged", "refused"];
const value = (told) => (typeof told === "string" && /^\d{4}-\d\d-\d\d$/.test(told) ? day(told) : figure(told));

/** Columns and lines that nothing asks for. */
export function notTaken({ left_out: columns, skipped }) {
  const lines = [...columns.map((one) => `${one.column}: ${one.why}`), ...skipped.map((one) => `Line ${one.source_row}: ${one.why}`)];
  if (!lines.length) return el("div");
  return el("details", {}, el("summary", { text: `Not taken (${lines.length})` }), el("ul", {}, ...lines.map((text) => el("li", { text }))));
}

/** @param {any} data the door's answer about an import */
export function changes({ rows, counts, preview, empty, map }) {
  const of = (state) => rows.filter((one) => one.state === state);
  const made = el("div");
  const part = (title, found, columns, most, noun = "row") => (found.length ? [el("h3", { text: title }), list(howMany(found.length, noun), columns, found, most)] : []);
  return el("div", {},
    el("h3", { text: "What would change" }),
    list("By sheet", [{ heading: "Sheet", cell: ([name]) => name }, ...STATES.map((state) => (
      { heading: state[0].toUpperCase() + state.slice(1), cell: ([, count]) => count[state] ?? 0, number: true }))], Object.entries(counts)),
    ...part("Refused: answer above, or mend them in the file and choose it again", of("refused"), [
      { heading: "Line", cell: (one) => one.source_row, number: true }, { heading: "Row", cell: (one) => one.what },
      { heading: "Why", cell: (one) => one.reason }], 20),
    ...part("The first rows as they will stand", preview, [{ heading: "Sheet", cell: (one) => one.sheet, short: true },
      { heading: "Row", cell: ({ cells }) => Object.entries(cells).map(([heading, told]) => `${heading} ${value(told)}`).join(", ") }], 10),
    ...part("Changed", of("changed"), [{ heading: "Row", cell: (one) => one.what }, { heading: "Column", cell: (one) => one.column, short: true },
      { heading: "Now", cell: (one) => value(one.old) }, { heading: "Then", cell: (one) => value(one.new) }], 20, "cell"),
    empty ? el("p", { class: "note", text: "Nothing would change." })
      : el("p", {}, el("button", { type: "button", text: "Make the new tracker", onclick: () => save(made, map) })),
    made);
}

async function save(box, map) {
  const answer = await ask("Writing the new tracker …", "import_save");
  if (!answer) return;
  const [[name, bytes]] = Object.entries(answer.files);
  const note = saved(name, bytes, `${howMany(answer.data.added, "row")} added, ${howMany(answer.data.changed, "row")} changed`);
  note.append(el("p", { text: "It is a new file: put it in the place of your tracker once you have looked at it, and keep the old one until then." }));
  if (map) {
    const url = URL.createObjectURL(new Blob([map]));
    note.append(el("p", {}, el("a", { href: url, download: "map.toml", text: "Save how the file was read" }), ", so that the next file like it needs no answers."));
  }
  box.replaceChildren(note);
  note.querySelector("a").focus();
}
