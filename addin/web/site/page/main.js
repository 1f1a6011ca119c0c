// The page: ways in, views, and what happens when it is left.
import { attendance } from "./attendance.js";
import { cancel, desk, say, trouble } from "./desk.js";
import { el } from "./elements.js";
import { flags } from "./flags.js";
import { incoming } from "./incoming.js";
import { celebration, headOfYear } from "./listed.js";
import { keepSite } from "./keeping.js";
import { picture } from "./learner.js";
import { monday } from "./monday.js";
import { opened, waysIn } from "./opening.js";
import { problems } from "./problems.js";
import { progress } from "./progress.js";
import { reports } from "./reports.js";
import { week } from "./week.js";

const $ = (id) => document.getElementById(id);

/** Views by the word after # in the address: what the button says, who draws it. */
const VIEWS = {
  problems: ["Problems", problems],
  monday: ["Monday’s list", monday],
  week: ["My week", week],
  flags: ["Flags", flags],
  learner: ["A learner", picture],
  progress: ["Progress", progress],
  attendance: ["Attendance", attendance],
  celebration: ["Celebration", celebration],
  year: ["Head of Year", headOfYear],
  reports: ["Reports", reports],
  incoming: ["Take in a file", incoming],
};
const BEFORE = "a tracker was open";

let drawing = 0;

/** Draw the view that the address names. */
async function show() {
  if (!desk.tracker) return;
  const [name, ...rest] = location.hash.slice(1).split("/");
  if (name === "main") return;
  const [title, draw] = VIEWS[name] ?? VIEWS.problems;
  for (const link of $("nav").children) {
    if (link.hash === `#${VIEWS[name] ? name : "problems"}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  history.replaceState(BEFORE, "");
  const mine = ++drawing;
  document.title = `${title} – Mentorbook`;
  const heading = el("h2", { id: "view-title", tabindex: "-1", text: title });
  const box = el("div");
  $("view").replaceChildren(heading, box);
  $("view").setAttribute("aria-labelledby", "view-title");
  $("view").hidden = false;
  heading.focus({ preventScroll: true });
  await draw(box, rest.map(decodeURIComponent), () => mine === drawing);
}

function trackerOpened() {
  $("whose").textContent = opened();
  $("whose").hidden = false;
  $("open").hidden = true;
  $("nav").hidden = false;
  if (location.hash === "#problems") show();
  else location.hash = "#problems";
}

function otherTracker() {
  desk.tracker = null;
  desk.bytes = null;
  desk.unsaved = false;
  desk.client.ask("close").catch(() => {});
  for (const [id, hidden] of [["open", false], ["nav", true], ["view", true], ["whose", true]]) $(id).hidden = hidden;
  $("view").replaceChildren();
  document.title = "Mentorbook";
  say("Closed. Nothing of it is kept.");
  $("file").focus();
}

async function begin() {
  $("nav").append(...Object.entries(VIEWS).map(([name, [title]]) => el("a", { href: `#${name}`, text: title })),
    el("a", { href: "#", id: "close", text: "Close this tracker", onclick: (event) => { event.preventDefault(); otherTracker(); } }));
  $("cancel").onclick = cancel;
  waysIn(trackerOpened);
  addEventListener("hashchange", show);
  addEventListener("beforeunload", (event) => { if (desk.busy || desk.unsaved) event.preventDefault(); });
  const again = history.state === BEFORE;
  history.replaceState(null, "", location.pathname);
  try {
    const { seconds } = await desk.client.ready;
    document.documentElement.dataset.ready = seconds.toFixed(2);
    if (!desk.busy && !desk.tracker) {
      say(again ? "The page was loaded again, so your tracker is no longer open here. The file on your computer is as it was: choose it again." : "Ready.");
    }
  } catch (error) {
    say("");
    if (error.plain) trouble(error.message);
    else trouble(navigator.onLine
      ? "Python could not be started in this browser. Use Edge, Chrome, Firefox or Safari of 2024 or later, or ask your IT whether it keeps WebAssembly off."
      : "There is no network, and this page was not kept here yet: open it once with a network.");
  }
  keepSite($("newer")); // only now, so that it does not share the line with what the page waits for
}

begin();
