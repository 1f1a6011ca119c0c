// One learner's picture: who it is, why they are flagged, what is due, levels, attendance, and every other row about them.
import { desk, learner, told } from "./desk.js";
import { day, el, figure, howMany, list, status } from "./elements.js";
import { choices } from "./filters.js";

/** @param {HTMLElement} box @param {string[]} rest */
export async function picture(box, [id]) {
  const content = el("div");
  box.replaceChildren(chooser(id), content);
  if (!id) return;
  const data = await told("Putting it together …", "learner", { learner_id: id, today: desk.day });
  if (!data) return;
  const latest = new Map(data.progress.map((one) => [one.subject, one]));
  content.replaceChildren(
    el("h3", { text: `${learner(id)?.name ?? id}, ${learner(id)?.form ?? ""}` }),
    figures(data),
    el("p", {}, el("a", { href: `#reports/${encodeURIComponent(id)}`, text: "Make a report" })),
    ...flagged("Reasons to look", data.flags.filter((one) => one.nature === "concern")),
    ...flagged("Reasons to praise", data.flags.filter((one) => one.nature !== "concern")),
    ...section("Due", data.week, () => list(howMany(data.week.length, "thing"), [
      { heading: "By", cell: (one) => day(one.due), short: true },
      { heading: "What", cell: (one) => one.what },
      { heading: "Where", cell: (one) => `${one.sheet} ${one.cell}`, short: true }], data.week)),
    ...section("Levels", data.progress, () => list(howMany(latest.size, "subject"), [
      { heading: "Subject", cell: (one) => one.subject },
      { heading: "Path", cell: (one) => data.progress.filter((step) => step.subject === one.subject).map((step) => step.level).join(" → ") },
      { heading: "Status", cell: (one) => status(one.status), short: true },
      { heading: "Gap", cell: (one) => one.gap, number: true },
      { heading: "Forecast", cell: (one) => one.forecast, short: true }], [...latest.values()])),
    ...data.records.flatMap(records),
    el("h3", { text: "On the sheet Learners" }), about(data.about));
}

function chooser(id) {
  const names = el("datalist", { id: "names" }, ...desk.tracker.learners.map((one) => el("option", { value: `${one.name}, ${one.form} (${one.id})` })));
  const input = el("input", { type: "search", list: "names", autocomplete: "off", size: 34, value: id ? called(id) : "",
    onchange: () => {
      const found = /\(([^()]+)\)\s*$/.exec(input.value)?.[1] ?? input.value.trim();
      const one = learner(found) ?? desk.tracker.learners.find(({ name }) => name.toLowerCase() === found.toLowerCase());
      if (one) location.hash = `#learner/${encodeURIComponent(one.id)}`;
    } });
  return choices(el("label", {}, "Name or learner ID", input), names);
}

const called = (id) => { const one = learner(id); return one ? `${one.name}, ${one.form} (${one.id})` : id; };

function figures({ attendance: [here], progress, on }) {
  const subjects = new Map(progress.map((one) => [one.subject, one.status]));
  const below = [...subjects.values()].filter((word) => word === "Below").length;
  const given = typeof here?.attendance === "number";
  return el("ul", { class: "figures" },
    el("li", {}, el("b", { text: given ? `${figure(here.attendance)}%` : "–" }), given ? `attendance of ${here.possible} sessions` : "no possible sessions yet"),
    el("li", {}, el("b", { text: here ? figure(here.late) : "–" }), "late marks"),
    el("li", {}, el("b", { text: `${below} of ${subjects.size}` }), "subjects below the path"),
    el("li", {}, el("b", { text: day(on) }), "as things stand on"));
}

const section = (title, rows, draw) => (rows.length ? [el("h3", { text: title }), draw()] : []);

function flagged(title, rows) {
  return section(title, rows, () => el("ul", {}, ...rows.map((one) => el("li", {}, one.reason,
    one.answered && el("span", { class: "muted", text: ` Answered on ${day(one.answered)}.` })))));
}

function records({ sheet, rows }) {
  const headings = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))].filter((one) => one !== "Learner ID");
  const columns = headings.map((heading) => ({ heading, cell: ({ values }) => cell(values[heading]) }));
  return [el("h3", { text: sheet }), list(howMany(rows.length, "row"), columns, rows, 8)];
}

const cell = (value) => (typeof value === "string" && /^\d{4}-\d\d-\d\d(T|$)/.test(value) ? day(value) : figure(value));

function about(record) {
  return el("dl", { class: "about" }, ...Object.entries(record).map(([heading, value]) =>
    el("div", {}, el("dt", { text: heading }), el("dd", { text: cell(value) }))));
}
