// Lists that the add-in writes as sheets of their own: the Head of Year's numbers, and whom to celebrate.
import { person, told } from "./desk.js";
import { day, el, howMany, list } from "./elements.js";

const GAP = "Gaps are in percentage points, with their 95% intervals. They say that something differs, not why: never use one for a single learner. An asterisk stands where a number is too small to be told.";

/** @param {HTMLElement} box */
export async function headOfYear(box) {
  await drawn(box, "Head of Year", "Counting learners …", "line", (on) => `All learners on roll, up to ${on}. For mentors only.`);
}

/** @param {HTMLElement} box */
export async function celebration(box) {
  await drawn(box, "Celebration", "Looking for what went well …", "learner", (on) => `Whom to celebrate, up to ${on}. Those celebrated lately stand last, so that it is not always the same few.`);
}

/** A table for each word of the first column, with those columns that say something there. */
async function drawn(box, name, words, one, line) {
  const data = await told(words, "listed", { name });
  if (!data) return;
  const parts = Map.groupBy(data.rows.filter((row) => row.slice(2).some(says)), ([part]) => part);
  const tables = [...parts].flatMap(([part, rows]) => [
    el("h3", { text: part }), ...(part === "Gap" ? [el("p", { text: GAP })] : []),
    list(howMany(rows.length, one), columns(data.headings, rows), rows)]);
  box.replaceChildren(el("p", { text: line(day(data.on)) }), ...tables,
    ...(parts.size ? [] : [el("p", { class: "note", text: "Nothing is recorded yet." })]));
}

const says = (value) => value !== null && value !== undefined && value !== "";

/** Left out where groups of learners have so many figures that a table would be wider than the page. */
const TOO_MANY = /^(Levels |Unauthorised |Effort)/;

function columns(headings, rows) {
  const id = headings.indexOf("Learner ID"), there = headings.map((_, i) => rows.some((row) => says(row[i])));
  const many = there.filter(Boolean).length > 10;
  return headings.flatMap((heading, i) => {
    if (i === 0 || i === id || !there[i] || (many && TOO_MANY.test(heading))) return [];
    const number = i > 1 && rows.every((row) => !says(row[i]) || typeof row[i] === "number" || row[i] === "*");
    return [{ heading, number, cell: (row) => (heading === "Learner" ? person(row[id]) : shown(row[i])) }];
  });
}

const shown = (value) => (typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) ? day(value) : value ?? "");
