// Flags: every rule that holds, learner by learner, with its reason; concerns and praise.
import { desk, learner, mine, person, told } from "./desk.js";
import { chooser, day, el, howMany, list } from "./elements.js";
import { drawn, whose } from "./filters.js";
import { grouped } from "./problems.js";

let nature = "";

/** @param {HTMLElement} box */
export async function flags(box) {
  const natures = [["", "Concerns and praise"], ["concern", "Concerns"], ["strength", "Praise"]];
  await drawn(box, (changed) => [whose(changed), chooser("Which", natures, nature, (value) => { nature = value; changed(); })], async () => {
    const data = await told("Looking at everyone …", "flags");
    if (!data) return [];
    const rows = data.rows.filter((one) => mine(one.learner_id) && (!nature || one.nature === nature));
    if (!rows.length) return [el("p", { class: "note", text: "No flags." })];
    const people = [...grouped(rows, (one) => one.learner_id)];
    return [
      el("p", { text: `Flags for ${howMany(people.length, "learner")}, by the data up to ${day(data.on)}, in the order in which to see them. A flag is a reason to look, not a judgement.` }),
      list(howMany(rows.length, "flag"), [
        { heading: "Learner", cell: (one) => person(one.learner_id) },
        { heading: "Form", cell: (one) => learner(one.learner_id)?.form ?? "", short: true },
        { heading: "What for", cell: (one) => one.band, short: true },
        { heading: "Where on the list", cell: (one) => (one.place ? `${one.standing}, ${one.place}` : one.standing) },
        { heading: "Why", cell: (one) => `${one.new ? "New: " : ""}${one.reason}` },
        { heading: "Answered", cell: (one) => day(one.answered), short: true },
      ], rows),
    ];
  });
}
