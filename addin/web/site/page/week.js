// My week: everything that is due, day by day, and what is late.
import { desk, person, told } from "./desk.js";
import { day, el, howMany, list } from "./elements.js";
import { drawn, onDay, whose } from "./filters.js";
import { grouped } from "./problems.js";

const TALK = "Talk with the learner";

/** @param {HTMLElement} box */
export async function week(box) {
  await drawn(box, (changed) => [whose(changed), onDay(changed)], async () => {
    const data = await told("Looking at the week …", "week", { on: desk.day, mentor: desk.mentor || null });
    if (!data) return [];
    const rows = data.rows.filter((one) => !one.what.startsWith(TALK));
    const talks = data.rows.length - rows.length;
    const late = rows.filter((one) => one.due < desk.day);
    const ahead = rows.filter((one) => one.due >= desk.day);
    return [
      talks > 0 && el("p", {}, el("a", { href: "#monday", text: `${howMany(talks, "learner needs", "learners need")} a conversation` }), ": see Monday’s list."),
      !rows.length && el("p", { class: "note", text: "Nothing is due in the seven days ahead." }),
      ...[...grouped(ahead, (one) => one.due)].flatMap(([date, found]) => [el("h3", { text: weekday(date) }), things(found, false)]),
      late.length > 0 && el("h3", { text: `Late (${late.length})` }),
      late.length > 0 && things(late, true),
    ];
  });
}

const weekday = (iso) => new Date(`${iso}T12:00:00`).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });

function things(rows, withDay) {
  return list(howMany(rows.length, "thing"), [
    ...(withDay ? [{ heading: "Was due", cell: (one) => day(one.due), short: true }] : []),
    { heading: "What", cell: (one) => one.what },
    { heading: "Learner", cell: (one) => person(one.learner_id) },
    { heading: "Why", cell: (one) => one.reason },
    { heading: "Where", cell: (one) => `${one.sheet} ${one.cell}`, short: true },
  ], rows, 40);
}
