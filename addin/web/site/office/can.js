// What this Excel can do: each call of Office.js that not every Excel knows, the set that brings it, and what is said
// or done where it is not there. The manifest asks for ExcelApi 1.9 and SharedRuntime 1.1, so these are not listed.

/** Sets beyond those that the manifest asks for. */
const SETS = {
  folding: ["ExcelApi", "1.10"], // Range.group; without it columns are only hidden
  merged: ["ExcelApi", "1.13"], // Range.getMergedAreasOrNullObject; without it the whole file is read
  resizing: ["ExcelApi", "1.13"], // Table.resize; without it rows are added and a shorter list leaves blank rows
  addingSheets: ["ExcelApi", "1.13"], // Workbook.insertWorksheetsFromBase64; without it the workbook is opened or saved
  wholeFile: ["CompressedFile", "1.1"], // Document.getFileAsync; not on an iPad
};

/** @param {keyof typeof SETS} what */
export function can(what) {
  return Office.context.requirements.isSetSupported(...SETS[what]);
}

/** Whether a link in the pane can save a file: in Excel for Mac it does nothing. */
export function saves() {
  return Office.context.platform !== "Mac" && Office.context.platform !== "iOS";
}

/** A sentence for the user. */
export class Sentence extends Error {}

/** What went wrong in Excel, in a sentence. @param {any} error */
export function sentence(error) {
  const told = {
    AccessDenied: "This sheet or workbook is protected: choose Review, Unprotect, then press the button again.",
    InvalidOperationInCellEditMode: "Excel is busy: finish what you are typing (Enter or Esc), then press the button again.",
    EditModeActive: "Excel is busy: finish what you are typing (Enter or Esc), then press the button again.",
    RequestPayloadSizeLimitExceeded: "The tracker is too large for Excel to hand over here: use Mentorbook's page in the browser.",
    ResponsePayloadSizeLimitExceeded: "The tracker is too large for Excel to hand over here: use Mentorbook's page in the browser.",
  };
  if (error instanceof Sentence || error?.kind) return error.message; // ours, or Python's own sentence
  return told[error?.code] ?? `Excel could not do that (${error?.code ?? error?.name ?? "error"}). Save your tracker, close and open it, then press the button again.`;
}
