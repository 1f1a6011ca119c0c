// My week: what is due and whom to see, in the order of the page of the week, each with why and the next step.
import { desk, person, told } from "./desk.js";
import { day, el, howMany, list } from "./elements.js";
import { drawn, onDay, whose } from "./filters.js";
import { grouped } from "./problems.js";

/** @param {HTMLElement} box */
export async function week(box) {
  await drawn(box, (changed) => [whose(changed), onDay(changed)], async () => {
    const data = await told("Looking at the week …", "week", { on: desk.day, mentor: desk.mentor || null });
    if (!data) return [];
    if (!data.rows.length) return [el("p", { class: "note", text: "Nothing is due in the seven days ahead." })];
    return [...grouped(data.rows, (one) => one.part)].flatMap(([part, rows]) => [
      el("h3", { text: `${part[0].toUpperCase()}${part.slice(1)} (${rows.length})` }), things(rows)]);
  });
}

function things(rows) {
  return list(howMany(rows.length, "thing"), [
    { heading: "Due", cell: (one) => day(one.due), short: true },
    { heading: "Learner", cell: (one) => el("span", {}, person(one.learner_id), one.form && ` ${one.form}`), short: true },
    { heading: "What", cell: what },
    { heading: "Why", cell: (one) => one.reason },
    { heading: "Where", cell: (one) => `${one.sheet} ${one.cell}`.trim(), short: true },
  ], rows, 40);
}

function what(one) {
  const more = [one.last_contact && `Last contact: ${one.last_contact}`, one.next_step && `Next: ${one.next_step}`].filter(Boolean);
  return el("span", {}, one.what, ...more.map((words) => el("div", { class: "muted", text: words })));
}
