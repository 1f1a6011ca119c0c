// Progress: the latest level of each learner and subject against the path.
import { desk, learner, mine, person, told } from "./desk.js";
import { chooser, day, el, howMany, list, status } from "./elements.js";
import { drawn, whose } from "./filters.js";

const picked = { form: "", subject: "", status: "" };
const WORDS = ["Below", "Just below", "On", "Above"];

/** @param {HTMLElement} box */
export async function progress(box) {
  const data = await told("Working out progress …", "progress");
  if (!data) return;
  const latest = [...new Map(data.rows.map((one) => [`${one.learner_id}\n${one.subject}`, one])).values()];
  const subjects = [...new Set(latest.map((one) => one.subject))].sort();
  const pick = (label, key, all, values, changed) => chooser(label, [["", all], ...values.map((one) => [one, one])], picked[key],
    (value) => { picked[key] = value; changed(); });
  await drawn(box, (changed) => [whose(changed), pick("Form", "form", "All", desk.tracker.forms, changed),
    pick("Subject", "subject", "All", subjects, changed), pick("Status", "status", "All", WORDS, changed)], () => {
    const there = latest.filter((one) => mine(one.learner_id) && (!picked.form || learner(one.learner_id)?.form === picked.form)
      && (!picked.subject || one.subject === picked.subject));
    const rows = there.filter((one) => !picked.status || one.status === picked.status)
      .sort((a, b) => (a.gap ?? Infinity) - (b.gap ?? Infinity));
    const counts = WORDS.map((word) => el("li", {}, el("b", { text: there.filter((one) => one.status === word).length }), status(word)));
    return [
      el("p", { text: `Levels known on ${day(data.on)}, furthest below first. “Gap” is in points against the path from the start to the target.` }),
      el("ul", { class: "figures" }, ...counts),
      list(howMany(rows.length, "row of learner and subject", "rows of learner and subject"), [
        { heading: "Learner", cell: (one) => person(one.learner_id) },
        { heading: "Form", cell: (one) => learner(one.learner_id)?.form ?? "", short: true },
        { heading: "Subject", cell: (one) => one.subject },
        { heading: "Level", cell: (one) => one.level, short: true },
        { heading: "Status", cell: (one) => status(one.status), short: true },
        { heading: "Gap", cell: (one) => one.gap, number: true },
        { heading: "Change", cell: (one) => one.change, number: true },
        { heading: "Forecast", cell: (one) => (one.forecast ? `${one.forecast}${one.estimated ? " (worked out)" : ""}` : ""), short: true },
      ], rows),
    ];
  });
}
