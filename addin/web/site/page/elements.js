// Making elements: text is always text, so nothing that stands in a tracker can become markup.

/**
 * An element with attributes and children; a child that is null or false is left out.
 * @param {string} tag @param {Record<string, any>} [set] attributes; `on…` are listeners, `text` is the text
 * @param {...(Node|string|null|false|undefined)} children
 */
export function el(tag, set = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(set)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") made.textContent = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** "1 thing", "2 things". @param {number} count @param {string} one @param {string} [many] */
export function howMany(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : many}`;
}

/** A day as people write it: 7 Sep 2026. @param {string|null} iso */
export function day(iso) {
  if (!iso) return "";
  const date = new Date(`${iso.slice(0, 10)}T12:00:00`);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

/** A figure as people write it; blank where there is none. @param {any} value */
export function figure(value) {
  if (typeof value !== "number") return value === true ? "yes" : value === false || value === null || value === undefined ? "" : String(value);
  return (Math.round(value * 100) / 100).toLocaleString("en-GB").replace("-", "\u2212");
}

/**
 * @typedef {{heading: string, cell: (row: any) => (Node|string|null), number?: boolean, short?: boolean}} Column
 */

/**
 * A table of which the first rows are shown, and more when asked for.
 * @param {string} caption @param {Column[]} columns @param {any[]} rows @param {number} [most]
 */
export function list(caption, columns, rows, most = 60) {
  const body = el("tbody", { role: "rowgroup" });
  const head = el("tr", { role: "row" }, ...columns.map(({ heading, number }) =>
    el("th", { scope: "col", role: "columnheader", class: number && "number", text: heading })));
  const table = el("table", { class: "list", role: "table" }, el("caption", { text: caption }),
    el("thead", { role: "rowgroup" }, head), body);
  const more = el("p", { class: "more" });
  let shown = 0;
  const grow = (upTo) => {
    body.append(...rows.slice(shown, upTo).map((row) => line(columns, row)));
    shown = Math.min(upTo, rows.length);
    const left = rows.length - shown;
    more.replaceChildren(...(left ? [
      el("button", { type: "button", class: "quiet", onclick: () => grow(shown + 200), text: `Show ${Math.min(left, 200)} more` }),
      ` ${howMany(left, "row")} not shown.`] : []));
  };
  grow(most);
  return el("div", {}, table, more);
}

function line(columns, row) {
  return el("tr", { role: "row" }, ...columns.map(({ heading, cell, number, short }) => {
    const content = cell(row);
    return el("td", { role: "cell", "data-heading": heading, class: number ? "number" : short && "short" },
      typeof content === "number" ? figure(content) : content);
  }));
}

/** A chooser. @param {string} label @param {[string, string][]} options value and words @param {string} value */
export function chooser(label, options, value, onchange) {
  const select = el("select", { onchange: () => onchange(select.value) },
    ...options.map(([key, words]) => el("option", { value: key, text: words, selected: key === value })));
  return el("label", {}, label, select);
}

const STATUS = { Above: ["above", "▲"], On: ["on", "●"], "Just below": ["near", "▽"], Below: ["below", "▼"] };

/** A status with its mark and colour, which is never without its word. @param {string|null} word */
export function status(word) {
  if (!word) return null;
  const [kind, mark] = STATUS[word] ?? ["", ""];
  return el("span", { class: `status-word ${kind}`, text: `${mark} ${word}`.trim() });
}
