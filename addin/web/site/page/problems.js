// Problems: sheet by sheet, kind by kind, each with its cell, how to mend it, and what was likely meant.
import { told } from "./desk.js";
import { el, howMany } from "./elements.js";

const FEW = 5;

/** @param {HTMLElement} box */
export async function problems(box) {
  const data = await told("Looking for mistakes …", "check");
  if (!data) return;
  const { rows } = data;
  if (!rows.length) {
    box.replaceChildren(el("p", { class: "note", text: "Nothing to mend was found." }));
    return;
  }
  const sheets = grouped(rows, (one) => one.sheet);
  box.replaceChildren(
    el("p", { text: `${howMany(rows.length, "thing")} to mend on ${howMany(sheets.size, "sheet")}. Mend them in your tracker in Excel, save it, then choose it here again.` }),
    ...[...sheets].flatMap(([sheet, found]) => [
      el("h3", { text: `${sheet} (${found.length})` }),
      ...[...grouped(found, (one) => one.code).values()].map(kind),
    ]));
}

function kind(found) {
  const cells = el("ul", { class: "cells" });
  const more = el("button", { type: "button", class: "plain", text: `Show ${howMany(found.length - FEW, "more like it", "more like it")}`,
    onclick: () => { cells.append(...found.slice(FEW).map(one)); more.remove(); } });
  cells.append(...found.slice(0, FEW).map(one));
  return el("div", { class: "kind" }, cells, found.length > FEW && more, el("p", { class: "fix", text: found[0].fix }));
}

function one({ cell, message, suggestion }) {
  return el("li", {}, el("b", { text: cell || "The sheet" }), el("span", {}, message,
    suggestion && el("span", { class: "hint", text: ` Did you mean ${suggestion}?` })));
}

/** Rows by a key, in the order in which keys come. */
export function grouped(rows, key) {
  const groups = new Map();
  for (const row of rows) {
    const name = key(row);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(row);
  }
  return groups;
}
