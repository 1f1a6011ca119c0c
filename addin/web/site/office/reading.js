// What Python asks to know of the open workbook. Rows and columns are counted from 1, as people count them.
import { can } from "./can.js";

const CELLS = 60_000; // in one answer: Excel for the web gives up beyond 5 MB

/**
 * The open workbook as a snapshot, or as a file where this Excel does not tell of merged cells.
 * @param {{structure: boolean, only: string[]}} action @param {string[]} known names of a tracker's tables and sheets
 */
export async function read({ structure, only }, known) {
  if (structure && !can("merged") && can("wholeFile")) return { file: await wholeFile() };
  return { snapshot: await snapshot(only.length ? only : known, structure) };
}

/** @param {string[]} wanted names of tables and sheets in small letters */
export function snapshot(wanted, structure = true) {
  return Excel.run(async (context) => {
    const { workbook } = context;
    workbook.load("name,readOnly");
    workbook.protection.load("protected");
    const sheets = workbook.worksheets.load("items/name,items/visibility");
    await context.sync();
    const all = sheets.items.map((sheet) => ({ sheet, tables: sheet.tables.load("items/name,items/showTotals") }));
    await context.sync();
    const found = all.filter(({ sheet, tables }) =>
      [sheet, ...tables.items].some(({ name }) => wanted.includes(name.trim().toLowerCase())));
    for (const one of found) {
      one.used = one.sheet.getUsedRangeOrNullObject(true).load("rowIndex,columnIndex,rowCount,columnCount");
      one.protection = one.sheet.protection.load("protected");
      one.places = one.tables.items.map((table) => ({
        table, range: table.getRange().load("rowIndex,columnIndex,rowCount,columnCount"), filter: table.autoFilter.load("isDataFiltered"),
      }));
    }
    await context.sync();
    const told = [];
    for (const one of found) told.push(await readSheet(context, one, structure));
    return { name: workbook.name, readOnly: workbook.readOnly, locked: workbook.protection.protected, sheets: told };
  });
}

async function readSheet(context, { sheet, used, protection, places }, structure) {
  const told = {
    name: sheet.name, hidden: sheet.visibility !== "Visible", protected: protection.protected,
    tables: places.map(({ table, range, filter }) => ({
      name: table.name, row: range.rowIndex + 1, column: range.columnIndex + 1, rows: range.rowCount,
      columns: range.columnCount, totals: table.showTotals, filtered: filter.isDataFiltered })),
    grid: [], formulas: [], errors: {}, dates: [], hiddenRows: [], hiddenColumns: [], merged: [],
  };
  if (used.isNullObject) return told;
  const rows = used.rowIndex + used.rowCount, columns = used.columnIndex + used.columnCount;
  const block = Math.max(1, Math.floor(CELLS / columns));
  for (let first = 0; first < rows; first += block) {
    const part = sheet.getRangeByIndexes(first, 0, Math.min(block, rows - first), columns);
    part.load(structure ? "values,formulas,numberFormat,valueTypes" : "values,numberFormat,valueTypes");
    await context.sync();
    takeCells(told, part, structure ? part.formulas : null, first);
  }
  if (structure) await readLooks(context, sheet.getRangeByIndexes(0, 0, rows, columns), told);
  return told;
}

async function readLooks(context, whole, told) {
  const height = whole.getRowProperties({ rowHidden: true }), width = whole.getColumnProperties({ columnHidden: true });
  const merged = can("merged") ? whole.getMergedAreasOrNullObject().load("address") : null;
  await context.sync();
  told.hiddenRows = height.value.flatMap(({ rowHidden }, i) => (rowHidden ? [i + 1] : []));
  told.hiddenColumns = width.value.flatMap(({ columnHidden }, i) => (columnHidden ? [i + 1] : []));
  if (merged && !merged.isNullObject) told.merged = merged.address.split(",").map((one) => one.split("!").pop());
}

/** Values as they are; beside them, by address, only what a value does not say: formulas, errors, dates. */
function takeCells(told, { values, numberFormat, valueTypes }, formulas, first) {
  values.forEach((row, i) => {
    row.forEach((value, j) => {
      const formula = formulas?.[i][j];
      if (value === "" && !formula) return;
      const cell = () => letters(j + 1) + (first + i + 1);
      if (valueTypes[i][j] === "Error") { told.errors[cell()] = value; row[j] = ""; }
      else if (typeof value === "number" && isDate(numberFormat[i][j])) told.dates.push(cell());
      if (typeof formula === "string" && formula.startsWith("=") && formula !== value) told.formulas.push(cell());
    });
    told.grid.push(row);
  });
}

const formats = new Map();
/** Whether a number under this format is shown as a date or a time. @param {string} format */
function isDate(format) {
  if (!formats.has(format)) formats.set(format, /[dmyhs]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, "").replace(/General/i, "")));
  return formats.get(format);
}

/** The letters of a column counted from 1. @param {number} number */
export function letters(number) {
  let text = "";
  for (let n = number; n > 0; n = Math.floor((n - 1) / 26)) text = String.fromCharCode(65 + ((n - 1) % 26)) + text;
  return text;
}

/** Rows as Python takes them: values, and which of them are dates or errors. */
function rowsOf({ values, numberFormat, valueTypes }) {
  return values.map((row, i) => ({
    values: row,
    dates: row.flatMap((value, j) => (typeof value === "number" && isDate(numberFormat[i][j]) ? [j] : [])),
    errors: row.flatMap((value, j) => (valueTypes[i][j] === "Error" ? [[j, value]] : [])),
  }));
}

const LOADED = "values,numberFormat,valueTypes";

/** The answers to what Python asks, by the action's name. */
export const ANSWERS = {
  sheets: () => Excel.run(async (context) => {
    const { items } = await loaded(context, context.workbook.worksheets.load("items/name"));
    return items.map(({ name }) => name);
  }),

  cells: ({ sheet, rows, width }) => Excel.run(async (context) => {
    const on = context.workbook.worksheets.getItem(sheet);
    const parts = rows.map((row) => on.getRangeByIndexes(row - 1, 0, 1, width).load(LOADED));
    await context.sync();
    return parts.flatMap(rowsOf);
  }),

  lines: ({ sheet }) => Excel.run(async (context) => {
    const on = await loaded(context, context.workbook.worksheets.getItemOrNullObject(sheet).load("name"));
    if (on.isNullObject) return null;
    const used = await loaded(context, on.getUsedRangeOrNullObject(true).load("rowIndex,columnIndex,rowCount,columnCount"));
    if (used.isNullObject) return [];
    const whole = on.getRangeByIndexes(0, 0, used.rowIndex + used.rowCount, used.columnIndex + used.columnCount);
    return rowsOf(await loaded(context, whole.load(LOADED)));
  }),

  where: () => Excel.run(async (context) => {
    const selected = context.workbook.getSelectedRanges();
    const sheet = selected.worksheet.load("name");
    const areas = selected.areas.load("items/rowIndex,items/columnIndex,items/rowCount");
    const used = selected.worksheet.getUsedRangeOrNullObject(true).load("rowIndex,rowCount");
    await context.sync();
    const bottom = used.isNullObject ? 0 : used.rowIndex + used.rowCount;
    const seen = areas.items.map(({ rowIndex, rowCount }) => ({ rowIndex, count: Math.min(rowIndex + rowCount, bottom) - rowIndex }))
      .filter(({ count }) => count > 0)
      .map(({ rowIndex, count }) => ({ rowIndex, told: sheet.getRangeByIndexes(rowIndex, 0, count, 1).getRowProperties({ rowHidden: true }) }));
    await context.sync();
    const rows = seen.flatMap(({ rowIndex, told }) => told.value.flatMap(({ rowHidden }, i) => (rowHidden ? [] : [rowIndex + i + 1])));
    const [first] = areas.items;
    return { sheet: sheet.name, row: first.rowIndex + 1, column: first.columnIndex + 1, rows: [...new Set(rows)].sort((one, other) => one - other) };
  }).catch(() => null), // a chart or a picture is selected

  liveMark: ({ name }) => Excel.run(async (context) => {
    const named = await loaded(context, context.workbook.names.getItemOrNullObject(name).load("name"));
    if (named.isNullObject) return null;
    context.workbook.application.calculate("Recalculate");
    const range = await loaded(context, named.getRangeOrNullObject().load("values"));
    const value = range.isNullObject ? null : range.values[0][0];
    return typeof value === "number" ? Math.trunc(value) : null;
  }),

  versions: async () => {
    const { version, platform } = Office.context.diagnostics;
    return [`Excel ${version} (${platform})`, "Python in the browser (Pyodide)"];
  },
};

async function loaded(context, thing) {
  await context.sync();
  return thing;
}

/** The open workbook as the bytes of a file, as if it had been saved just now. @returns {Promise<ArrayBuffer>} */
export async function wholeFile() {
  const ask = (start) => new Promise((good, bad) => start((answer) =>
    (answer.status === Office.AsyncResultStatus.Failed ? bad(Object.assign(new Error(answer.error.message), { code: answer.error.code })) : good(answer.value))));
  const file = await ask((done) => Office.context.document.getFileAsync("compressed", { sliceSize: 4194304 }, done));
  const parts = [];
  try {
    for (let i = 0; i < file.sliceCount; i++) parts.push((await ask((done) => file.getSliceAsync(i, done))).data);
  } finally {
    file.closeAsync();
  }
  return new Blob(parts.map((one) => new Uint8Array(one))).arrayBuffer();
}
