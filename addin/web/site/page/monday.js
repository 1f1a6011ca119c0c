// Monday's list: of each mentor whom to see first, and why now; what waits is counted and can be opened.
import { desk, learner, person, told } from "./desk.js";
import { el } from "./elements.js";
import { drawn, onDay, whose } from "./filters.js";
import { mentorList } from "./people.js";

/** @param {HTMLElement} box */
export async function monday(box) {
  await drawn(box, (changed) => [whose(changed), onDay(changed)], async () => {
    const data = await told("Putting the lists together …", "monday", { on: desk.day });
    if (!data) return [];
    const lists = data.lists.filter(({ mentor }) => !desk.mentor || mentor === desk.mentor);
    if (!lists.length) return [el("p", { class: "note", text: "There are no learners here on that day." })];
    const notes = [...new Set(lists.map(({ note }) => note).filter(Boolean))];
    return [...notes.map((text) => el("p", { class: "note", text })), ...lists.flatMap((list) => mentorList(list, who))];
  });
}

const who = (id) => [el("b", {}, person(id)), ` ${learner(id)?.form ?? ""}`];
