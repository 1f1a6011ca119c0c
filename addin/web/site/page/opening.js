// Choose, drop or try: a tracker comes in, as bytes, and is only read.
import { desk, trouble, work } from "./desk.js";
import { people } from "./desk.js";

const $ = (id) => document.getElementById(id);
const LARGEST = 300 * 1024 * 1024;
const LARGE = 40 * 1024 * 1024;

/** A sentence for a file that cannot be a tracker, before a byte of it is read; empty if it may be one. */
function refusal(file) {
  const ending = file.name.toLowerCase().split(".").pop();
  if (ending === "xls") return `${file.name} is an old .xls file: open it in Excel and save it as .xlsx.`;
  if (ending === "csv") return `${file.name} is a csv file, not a tracker: open your tracker first, then take the file in under “Take in a file”.`;
  if (ending !== "xlsx" && ending !== "xlsm") return `${file.name} is not a tracker: choose an .xlsx or .xlsm file.`;
  if (file.size > LARGEST) return `${file.name} has ${Math.round(file.size / 1048576)} MB, more than a tracker can have (300 MB): check that it is the right file.`;
  return "";
}

/** Read a chosen file; a sentence where the computer does not give it (OneDrive, a removed stick). @param {File} file */
export async function bytesOf(file) {
  try {
    return await file.arrayBuffer();
  } catch {
    throw Object.assign(new Error(`${file.name} could not be read. If it is in OneDrive, let it finish downloading; then choose it again.`), { plain: true });
  }
}

/** @param {File} file @param {(sample: boolean) => void} opened */
async function open(file, opened, sample = false) {
  const no = refusal(file);
  if (no) return trouble(no);
  const large = file.size > LARGE ? ` It has ${Math.round(file.size / 1048576)} MB, so this takes a while.` : "";
  const data = await work(`Opening ${file.name} …${large}`, async () => {
    const bytes = await bytesOf(file);
    const answer = await desk.client.ask("open", { name: file.name }, { [file.name]: bytes.slice(0) });
    desk.bytes = bytes;
    return answer.data;
  });
  if (!data) return undefined;
  desk.tracker = { ...data, sample };
  desk.byId = undefined;
  desk.handed.clear();
  desk.mentor = "";
  const today = new Date().toLocaleDateString("sv");
  const inYear = data.year[0] <= today && today <= data.year[1];
  desk.day = sample || !inYear ? data.day : today;
  return opened();
}

/** Let the page's ways in work. @param {() => void} opened called when a tracker is open */
export function waysIn(opened) {
  $("file").onchange = () => {
    const [file] = $("file").files;
    if (file) open(file, opened);
    $("file").value = "";
  };
  $("sample").onclick = async () => {
    const answer = await fetch(new URL("../sample.xlsx", import.meta.url)).catch(() => null);
    if (!answer?.ok) return trouble("The sample could not be fetched: check the network, or choose your own tracker.");
    return open(new File([await answer.blob()], "sample.xlsx"), opened, true);
  };
  document.addEventListener("dragover", (event) => { event.preventDefault(); $("drop").classList.add("over"); });
  document.addEventListener("dragleave", () => $("drop").classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    $("drop").classList.remove("over");
    const files = event.dataTransfer?.files ?? [];
    if (event.target.closest?.("[data-takes]")) return; // a view takes it
    if (files.length > 1) trouble("Drop one tracker at a time.");
    else if (files.length) open(files[0], opened);
  });
}

export const opened = () => `${desk.tracker.name}: ${people(desk.tracker.learners.length)}`;
