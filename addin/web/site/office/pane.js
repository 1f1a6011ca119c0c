// The task pane. It shares its worker with the ribbon's buttons and the worksheet functions, which live in the same page.
import { el } from "../page/elements.js";
import { recipients } from "../page/sending.js";
import { Client } from "../worker/client.js";
import { saves, sentence } from "./can.js";
import { functions } from "./functions.js";
import { monday, Problems, today } from "./lists.js";
import { Presses } from "./pressing.js";

const $ = (id) => document.getElementById(id);
const VIEWS = { problems: "Problems", monday: "Monday’s list", buttons: "Buttons" };
const ANSWERS = { yes: "Yes", no: "No", cancel: "Cancel", ok: "OK" };
const CHECKED = new Set(["check", "next_problem"]);

const BOXES = [["sheets", "In this workbook"], ["copies", "Copy for each contact"], ["large_print", "Large print"]];
const chosen = { template: "parent_report", sheets: false, copies: true, large_print: false };
const own = new Map(); // templates of the mentor's own, by name
let view = "problems", mentor = "", declared, begun = "", listing = Promise.resolve();

const pane = {
  say: (words) => { $("words").textContent = words; },
  start() {
    begun = "";
    $("trouble").replaceChildren();
    $("made").replaceChildren();
    this.say("Working …");
  },
  end(words) { this.say(words || this.noted || "Done."); this.noted = ""; },
  failed(words) {
    this.say("");
    $("question").hidden = true;
    $("trouble").replaceChildren(el("p", { text: begun ? `${words} ${begun[0].toUpperCase()}${begun.slice(1)}.` : words }));
  },
  note(words) { this.noted = words; },
  begin(words) { begun = words; },
  written(action) { if (action.plain) listing = problems.take(action.plain); },
  templateChosen(name) { chosen.template = name; show(); },
  bookName: () => /[^\\/]+\.xls[xm]$/i.exec(decodeURIComponent(Office.context.document.url ?? ""))?.[0] ?? "tracker.xlsx",
  copyName() { return this.bookName().replace(/(\.xls[xm])$/i, ` ${today()}$1`); },
  save(name, bytes) {
    $("made").append(el("p", { class: "note" }, el("a", { class: "button", href: URL.createObjectURL(new Blob([bytes])), download: name, text: `Save ${name}` })));
  },
  sending(rows) {
    $("made").append(el("details", {}, el("summary", { text: "Who gets which" }), recipients(rows, true)));
  },
  ask: (words, buttons) => new Promise((good) => {
    const answer = (one) => () => { $("question").hidden = true; $("question").replaceChildren(); good(one); };
    $("question").replaceChildren(el("p", { id: "asked", text: words }),
      ...buttons.map((one) => el("button", { type: "button", class: one === "yes" || one === "ok" ? "" : "quiet", text: ANSWERS[one], onclick: answer(one) })));
    $("question").hidden = false;
    $("question").querySelector("button").focus();
  }),
};

const client = new Client();
const presses = new Presses(client, pane);
const problems = new Problems(() => view === "problems" && show());

/** What a button is told beside its name. @param {any} button */
function choices({ reports }) {
  return reports ? { ...chosen } : {};
}

/** Press a button by its declaration; one that reads a file asks for it first. */
async function press(button) {
  if (button.file) return choose(button);
  if (CHECKED.has(button.id)) view = "problems";
  const files = button.reports && own.has(chosen.template) ? { [chosen.template]: own.get(chosen.template).slice(0) } : {};
  return busy(async () => {
    await presses.press(button.id, choices(button), files);
    await listing;
    await show();
  });
}

/** Do it, and let everybody see meanwhile that something is being done. */
async function busy(work) {
  document.body.dataset.busy = "yes";
  try {
    await work();
  } finally {
    delete document.body.dataset.busy;
  }
}

/** Ask for the file that a button reads. Only a press inside the pane may open the browser's own box for it. */
function choose(button) {
  const several = button.id === "agreed_targets";
  const accept = `${button.id === "import_file" ? ".csv,.txt,.tsv,.xls,.ods,.xml," : ""}.xlsx,.xlsm${several ? ",.zip" : ""}`;
  const input = el("input", { type: "file", accept, id: "chosen", multiple: several });
  input.onchange = () => busy(async () => {
    const files = [...input.files];
    if (!files.length) return;
    $("question").hidden = true;
    $("question").replaceChildren();
    const handed = Object.fromEntries(await Promise.all(files.map(async (file) => [file.name, await file.arrayBuffer()])));
    const [name, ...more] = Object.keys(handed);
    if (button.id === "choose_template") own.set(name, handed[name].slice(0));
    await presses.press(button.id, several ? { paths: [name, ...more] } : { path: name }, handed);
    await show();
  });
  $("question").replaceChildren(el("p", {}, el("label", { for: "chosen", id: "asked", text: `${button.title}: ${several ? "choose the filled packs, or a zip of them" : "choose the file"}` })), input,
    el("p", {}, el("button", { type: "button", class: "quiet", text: "Cancel", onclick: () => { $("question").hidden = true; } })));
  $("question").hidden = false;
  input.focus();
}

async function show() {
  for (const one of $("nav").children) {
    if (one.dataset.view === view) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  }
  const mine = view;
  const drawn = view === "problems" ? problems.draw() : view === "buttons" ? buttons() : await people();
  if (mine === view) $("view").replaceChildren(el("h2", { class: "hidden", text: VIEWS[view] }), ...drawn);
}

async function people() {
  pane.say("Putting the lists together …");
  try {
    const drawn = await monday(presses, mentor, (name) => { mentor = name; show(); });
    pane.say("");
    return drawn;
  } catch (error) {
    pane.failed(sentence(error));
    return [];
  }
}

function buttons() {
  const templates = [...declared.templates, ...[...own.keys()].map((name) => [name, name])];
  const select = el("select", { onchange: () => { chosen.template = select.value; } },
    ...templates.map(([value, text]) => el("option", { value, text, selected: value === chosen.template })));
  const box = ([name, text]) => el("p", {}, el("label", {}, el("input", { type: "checkbox", checked: chosen[name],
    onchange: ({ target }) => { chosen[name] = target.checked; } }), ` ${text}`));
  const absent = el("details", {}, el("summary", { text: "Only in Excel on the desktop" }),
    el("ul", {}, ...declared.absent.map(([name, why]) => el("li", { text: `${name}: ${why}.` }))));
  return [...declared.groups.map((group) => el("fieldset", { class: "group" }, el("legend", { text: group.label }),
    group.label === "Reports" && el("p", {}, el("label", {}, "Which report ", select)),
    ...(group.label === "Reports" ? BOXES.map(box) : []),
    el("div", { class: "buttons" }, ...group.buttons.map((one) =>
      el("button", { type: "button", class: one.large ? "" : "quiet", id: one.id, title: one.help, text: one.label, onclick: () => press(one) }))))), absent];
}

/** A button of the ribbon: the pane comes in front, as it shows and asks. Excel does not wait until all is answered. */
async function fromRibbon(button, event) {
  await Office.addin.showAsTaskpane();
  const pressed = press(button);
  event.completed();
  await pressed;
}

Office.onReady(async () => {
  declared = await (await fetch(new URL("declared.json", import.meta.url))).json();
  $("nav").append(...Object.entries(VIEWS).map(([name, text]) => el("button", { type: "button", "data-view": name, text, onclick: () => { view = name; show(); } })));
  functions(client, declared.functions);
  for (const button of declared.groups.flatMap((group) => group.buttons)) {
    Office.actions.associate(button.id, (event) => fromRibbon(button, event));
  }
  await show();
  try {
    const { seconds } = await client.ready;
    document.documentElement.dataset.ready = seconds.toFixed(2);
    pane.say(saves() ? "Ready." : "Ready. This Excel's pane cannot save files, so reports open in a window of their own.");
  } catch (error) {
    pane.failed(error.plain ? error.message : "Python could not be started in this Excel: ask your IT whether it keeps WebAssembly off, or use Mentorbook's page in the browser.");
  }
});
