// Attendance in the year to date, the lowest first.
import { learner, mine, person, told } from "./desk.js";
import { day, el, figure, howMany, list } from "./elements.js";
import { drawn, whose } from "./filters.js";

/** @param {HTMLElement} box */
export async function attendance(box) {
  const data = await told("Counting sessions …", "attendance");
  if (!data) return;
  await drawn(box, (changed) => [whose(changed)], () => {
    const rows = data.rows.filter((one) => mine(one.learner_id)).sort((a, b) => (a.attendance ?? 101) - (b.attendance ?? 101));
    const total = (key) => rows.reduce((sum, one) => sum + Number(one[key] ?? 0), 0);
    const rate = total("possible") ? `${figure((100 * total("attended")) / total("possible"))}%` : "–";
    return [
      el("p", { text: `Sessions of this academic year up to ${day(data.on)}.` }),
      el("ul", { class: "figures" },
        el("li", {}, el("b", { text: rate }), "attendance"),
        el("li", {}, el("b", { text: total("persistent") }), "persistently absent (10% or more missed)"),
        el("li", {}, el("b", { text: total("severe") }), "severely absent (50% or more missed)"),
        el("li", {}, el("b", { text: figure(total("missing")) }), "marks still to come")),
      list(howMany(rows.length, "learner"), [
        { heading: "Learner", cell: (one) => person(one.learner_id) },
        { heading: "Form", cell: (one) => learner(one.learner_id)?.form ?? "", short: true },
        { heading: "Attendance", cell: (one) => (typeof one.attendance === "number" ? `${figure(one.attendance)}%` : "no sessions yet"), number: true },
        { heading: "Possible", cell: (one) => one.possible, number: true },
        { heading: "Attended", cell: (one) => one.attended, number: true },
        { heading: "Authorised", cell: (one) => one.authorised, number: true },
        { heading: "Unauthorised", cell: (one) => one.unauthorised, number: true },
        { heading: "Late", cell: (one) => one.late, number: true },
        { heading: "Absence", cell: (one) => (one.severe ? "severe" : one.persistent ? "persistent" : one.too_early ? "too early to say" : ""), short: true },
      ], rows),
    ];
  });
}
