// Reports: which template, for whom, what to look at before sending, a page to look at, and all of them as a zip.
import { ask, desk, saved, told, trouble, work } from "./desk.js";
import { chooser, el, howMany, list } from "./elements.js";
import { choices } from "./filters.js";
import { bytesOf } from "./opening.js";
import { paper } from "./paper.js";
import { grouped } from "./problems.js";
import { recipients } from "./sending.js";

const picked = { template: "parent_report", who: "", learner: "", how: "files", copies: true, large_print: false };
const HOW = [["files", "A file each, in a zip"], ["one_workbook", "One workbook, a sheet each"], ["into_tracker", "A copy of the tracker with a sheet each"]];
/** Templates that come along, then the mentor's own. */
let templates;

/** @param {HTMLElement} box @param {string[]} rest a learner's ID */
export async function reports(box, [id]) {
  templates ??= await told("Looking at the templates …", "templates");
  if (!templates) return;
  if (id) Object.assign(picked, { who: "learner", learner: id });
  const before = el("div"), page = el("div"), made = el("div");
  const changed = () => { before.replaceChildren(); page.replaceChildren(); made.replaceChildren(); reports(box, []); };
  box.replaceChildren(el("p", { text: "Choose a template and whom it is for. Look at a page, then make them all." }),
    what(changed), own(changed),
    el("p", {}, button("Look at a page", () => look(page)), " ", button("Before you send", () => questions(before)), " ",
      button("Make the reports", () => make(made), "")),
    made, before, page);
}

const button = (text, onclick, kind = "quiet") => el("button", { type: "button", class: kind, text, onclick });

function what(changed) {
  const { forms, mentors, learners } = desk.tracker;
  const set = (key) => (value) => { picked[key] = value; changed(); };
  const reader = (one) => (one.reader === "parent" ? "for parents and carers" : "for staff");
  const who = [["", "Everyone"], ...forms.map((one) => [`form ${one}`, `Form ${one}`]),
    ...mentors.map((one) => [`mentor ${one}`, `${one}’s learners`]), ["learner", "One learner"]];
  const names = learners.filter((one) => one.here).map((one) => [one.id, `${one.name}, ${one.form} (${one.id})`]);
  if (picked.who === "learner" && !picked.learner) picked.learner = names[0]?.[0] ?? "";
  return choices(
    chooser("Template", templates.map((one) => [one.name, `${one.title}, ${reader(one)}`]), picked.template, set("template")),
    chooser("For whom", who, picked.who, set("who")),
    picked.who === "learner" && chooser("Learner", names, picked.learner, set("learner")),
    chooser("As", HOW, picked.how, (value) => { picked.how = value; }),
    box("A copy by name for each contact", "copies"), box("In large print, for those who read it", "large_print"));
}

/** Boxes that matter only where the template names whom it is for, or somebody at home reads large print. */
const box = (words, key) => el("label", { class: "box" }, el("input", { type: "checkbox", checked: picked[key],
  onchange: ({ target }) => { picked[key] = target.checked; } }), ` ${words}`);

/** A template of the mentor's own: taken in, looked through, and used if all that it asks for is known. */
function own(changed) {
  const take = async (file) => {
    if (!/\.xls[xm]$/i.test(file?.name ?? "")) return trouble(`${file?.name ?? "That"} is not a template: choose an .xlsx file.`);
    const name = file.name === desk.tracker.name ? `template ${file.name}` : file.name;
    const bytes = await work(`Reading ${file.name} …`, () => bytesOf(file));
    const answer = bytes && await ask(`Reading ${file.name} …`, "template_check", { template: name }, { [name]: bytes });
    if (!answer) return undefined;
    const { reader, rows } = answer.data;
    templates = [...templates.filter((one) => one.name !== name), { name, title: name, reader }];
    picked.template = name;
    changed();
    const bad = rows.filter((one) => one.problem);
    if (bad.length) trouble(`${file.name} asks for ${howMany(bad.length, "thing")} that it cannot have. ${bad.slice(0, 3).map((one) => `${one.place}: ${one.problem}`).join(" ")}`);
    return undefined;
  };
  const input = el("input", { type: "file", accept: ".xlsx,.xlsm", onchange: () => input.files[0] && take(input.files[0]) });
  return el("details", {}, el("summary", { text: "Use a template of your own" }),
    el("div", { class: "drop", "data-takes": "template", ondrop: (event) => take(event.dataTransfer.files[0]) },
      el("label", {}, "Choose it, or drop it here ", input)));
}

/** What the door needs to know about whom reports are for. */
function chosen() {
  const [kind, ...name] = picked.who.split(" ");
  const who = kind === "learner" ? { learner: picked.learner } : kind ? { [kind]: name.join(" ") } : {};
  return { template: picked.template, ...who };
}

function first() {
  const { form, mentor, learner } = chosen();
  return learner ?? desk.tracker.learners.find((one) => one.here && (!form || one.form === form) && (!mentor || one.mentor === mentor))?.id;
}

async function look(box) {
  const data = await told("Drawing a page …", "preview", { template: picked.template, learner: first() });
  if (!data) return;
  box.replaceChildren(el("h3", { text: data.name }), el("p", { class: "muted", text: "Drawn from its cells. Excel draws the real one." }), paper(data.page, data.name));
}

async function questions(box) {
  const rows = await told("Reading every word …", "questions", chosen());
  if (!rows) return;
  box.replaceChildren(el("h3", { text: "Before you send" }), ...asked(rows));
}

function asked(rows) {
  if (!rows.length) return [el("p", { class: "note", text: "No questions." })];
  return [el("p", { text: `${howMany(rows.length, "thing")} to look at. They are questions: you decide.` }),
    ...[...grouped(rows, (one) => one.code).values()].map((found) => el("div", {},
      list(howMany(found.length, "cell"), [
        { heading: "Where", cell: (one) => `${one.sheet} ${one.cell}`.trim(), short: true },
        { heading: "Learner", cell: (one) => one.learner_id, short: true },
        { heading: "What", cell: (one) => one.message }], found, 5),
      el("p", { class: "fix", text: found[0].fix })))];
}

async function make(box, everyone = false) {
  const how = picked.how === "files" ? {} : { [picked.how]: true };
  const answer = await ask("Making reports …", "reports", { ...chosen(), ...how, everyone, one_copy: !picked.copies, large_print: picked.large_print });
  if (!answer) return;
  const left = leftOut(answer.data.left_out, () => make(box, true));
  const [made] = Object.entries(answer.files);
  if (!made) return box.replaceChildren(el("p", { class: "note", text: "No report was made." }), ...left);
  const note = saved(made[0], made[1], `${answer.data.counted} made`);
  box.replaceChildren(note, ...left, ...sending(answer.data.sending, picked.how === "files"));
  note.querySelector("a").focus();
}

/** Who gets which report, where parents read it. */
function sending(rows, inZip) {
  if (!rows.length) return [];
  return [el("h3", { text: "Who gets which" }),
    el("p", { text: `Nothing is sent: this is for whoever sends them.${inZip ? " It is in the zip too, as a sheet and as CSV for a mail merge: take it out before you hand the zip on." : ""}` }),
    recipients(rows, inZip)];
}

/** Who is left out since the template makes no sense for them, by reason, and a way to make theirs all the same. */
function leftOut(people, again) {
  if (!people.length) return [];
  return [...[...grouped(people, (one) => one.why).entries()].map(([why, found]) => el("p", {
    text: `${howMany(found.length, "learner")} left out, ${why}: ${found.map((one) => `${one.name} (${one.learner_id})`).join(", ")}.`,
  })), el("button", { type: "button", text: "Make theirs too", onclick: again })];
}
