// The lists beside the sheet: problems, each of which leads to its cell and goes when that is mended; Monday's list.
import { el, howMany } from "../page/elements.js";
import { mentorList } from "../page/people.js";
import { carry } from "./carrying.js";
import { snapshot } from "./reading.js";

/** Go to a cell of the open workbook. */
export const goTo = (sheet, cell) => carry([{ do: "goTo", sheet, cell }], {}, {});

/** The problems that the last check found and that are still there. */
export class Problems {
  /** @param {() => void} changed who shows them */
  constructor(changed) {
    this.changed = changed;
    /** @type {null | {sheet: string, cell: string, message: string, fix: string, meant: string|null, value: any}[]} */
    this.found = null;
  }

  /** Take up what a check wrote, and what stands in those cells now. @param {any[][]} rows */
  async take(rows) {
    this.found = rows.map(([sheet, cell, , message, fix, meant]) => ({ sheet, cell, message, fix, meant, value: null }));
    const values = await valuesOf(this.found);
    this.found.forEach((one, i) => { one.value = values[i]; });
    await this.watch();
    this.changed();
  }

  /** Hear of every change of a cell from now on. */
  async watch() {
    if (this.watching) return;
    this.watching = true;
    await Excel.run(async (context) => {
      context.workbook.worksheets.onChanged.add(async () => { // what a button writes comes as many changes at once
        clearTimeout(this.soon);
        this.soon = setTimeout(() => this.look(), 150);
      });
      await context.sync();
    });
  }

  /** Those whose cell no longer says what it said leave the list. */
  async look() {
    if (!this.found?.length) return;
    const values = await valuesOf(this.found);
    const left = this.found.filter(({ cell, value }, i) => !cell || values[i] === value);
    if (left.length === this.found.length) return;
    this.found = left;
    this.changed();
  }

  draw() {
    if (!this.found) return [el("p", { text: "Press Check tracker to look for what needs mending." })];
    if (!this.found.length) return [el("p", { class: "note", text: "Nothing on this list is left to mend. Press Check tracker to look again." })];
    return [el("p", { text: `${howMany(this.found.length, "thing")} to mend. A cell that you mend leaves this list.` }),
      el("ul", { class: "problems" }, ...this.found.map((one) => el("li", {},
        one.cell ? el("button", { type: "button", class: "plain", text: `${one.sheet} ${one.cell}`, onclick: () => goTo(one.sheet, one.cell) }) : el("b", { text: one.sheet }),
        el("p", { text: one.message }), el("p", { class: "muted", text: one.fix }),
        one.meant && el("p", { class: "hint", text: `Did you mean ${one.meant}?` }))))];
  }
}

/** What stands in the cells of problems now; sheets that are gone have nothing. */
async function valuesOf(problems) {
  return Excel.run(async (context) => {
    const sheets = new Map();
    for (const { sheet } of problems) if (!sheets.has(sheet)) sheets.set(sheet, context.workbook.worksheets.getItemOrNullObject(sheet).load("name"));
    await context.sync();
    const cells = problems.map(({ sheet, cell }) => (cell && !sheets.get(sheet).isNullObject ? sheets.get(sheet).getRange(cell).load("values") : null));
    await context.sync();
    return cells.map((one) => (one ? one.values[0][0] : null));
  });
}

/**
 * Monday's list of the open tracker.
 * @param {import("./pressing.js").Presses} presses @param {string} mentor whose; everybody's if empty
 */
export async function monday(presses, mentor, choose) {
  const { data } = await presses.client.ask("take", { told: await snapshot(await presses.names(), false) });
  const { lists } = (await presses.client.ask("monday", { on: today() })).data;
  const people = new Map(data.learners.map((one) => [one.id, one]));
  const who = (id) => {
    const one = people.get(id), cell = data.cells[id];
    return [el("button", { type: "button", class: "plain", text: one?.name ?? id, onclick: () => goTo(data.sheet, cell) }), ` ${one?.form ?? ""}`];
  };
  const shown = lists.filter((one) => !mentor || one.mentor === mentor);
  const names = lists.map((one) => one.mentor).filter(Boolean);
  const select = el("select", { onchange: () => choose(select.value) }, el("option", { value: "", text: "All mentors" }),
    ...names.map((name) => el("option", { value: name, text: name, selected: name === mentor })));
  return [names.length > 1 && el("p", {}, el("label", {}, "Mentor ", select)),
    ...shown.flatMap((one) => mentorList(one, who)),
    !shown.length && el("p", { class: "note", text: "There are no learners here on this day." })].filter(Boolean);
}

/** Today on this computer, as 2027-01-11. */
export function today() {
  const now = new Date();
  return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
}
