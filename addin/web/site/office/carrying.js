// What Python decides on, done in Excel: one function for each action. Nothing here knows what a tracker is.
import { can, saves, Sentence } from "./can.js";
import { letters, wholeFile } from "./reading.js";

const POINTS = 5.25, PAD = 3.75; // a column's width in points: of each digit of Calibri 11, and what no text can use

/** @param {any[]} actions @param {Record<string, Uint8Array>} files @param {any} pane; the answer to the last, if any */
export async function carry(actions, files, pane) {
  let answer;
  for (const action of actions) {
    answer = await (WITHOUT[action.do] ? WITHOUT[action.do](action, files, pane) : Excel.run((context) => WITH[action.do](context, action)));
    if (action.do === "writeSheet") pane.written(action);
    if (action.sending) pane.sending(action.sending);
  }
  return answer;
}

/** Actions on the workbook. */
const WITH = {
  async writeSheet(context, action) {
    const { sheet, table } = await placeFor(context, action);
    const { columns, rows, look } = action, height = Math.max(1, rows.length);
    const area = sheet.getRangeByIndexes(look.head - 1, 0, height + 1, columns.length);
    table.clearFilters();
    const old = table.getDataBodyRange().load("rowCount");
    await context.sync();
    table.getDataBodyRange().clear("Contents");
    await resize(context, table, area, old.rowCount, height, columns.length);
    const place = (j) => sheet.getRangeByIndexes(look.head, j, height, 1);
    columns.forEach((one, j) => dress(place(j), one, look));
    const cells = sheet.getRangeByIndexes(look.head, 0, height, columns.length);
    for (const edge of height > 1 ? ["InsideHorizontal", "EdgeBottom"] : ["EdgeBottom"]) {
      Object.assign(cells.format.borders.getItem(edge), { style: "Continuous", weight: "Thin", color: look.line });
    }
    if (rows.length) cells.values = rows;
    for (const { first, count, points } of runs(action.heights)) sheet.getRangeByIndexes(look.head + first, 0, count, 1).format.rowHeight = points;
    sheet.getRange("A3").values = [[action.line]];
    sheet.activate();
    sheet.getRangeByIndexes(look.head, 0, 1, 1).select();
    await context.sync();
  },

  async marks(context, { sheet, column, head, keys, name, rules }) {
    const { workbook } = context, on = workbook.worksheets.getItem(sheet);
    const used = on.getUsedRangeOrNullObject(true).load("rowIndex,rowCount");
    const named = workbook.names.getItemOrNullObject(name).load("name");
    const found = rules.map((rule) => ({ rule, table: workbook.tables.getItemOrNullObject(rule.table).load("name") }));
    await context.sync();
    const rows = Math.max(used.isNullObject ? 0 : used.rowIndex + used.rowCount - head, keys.length, 1);
    const whole = on.getRangeByIndexes(head, column - 1, rows, 1);
    whole.clear("Contents");
    whole.numberFormat = "@";
    if (keys.length) on.getRangeByIndexes(head, column - 1, keys.length, 1).values = keys.map((key) => [key]);
    on.getRangeByIndexes(0, column - 1, 1, 1).getEntireColumn().columnHidden = true;
    if (named.isNullObject) workbook.names.add(name, `=${sheet}!$${letters(column)}:$${letters(column)}`);
    const there = found.filter(({ table }) => !table.isNullObject);
    for (const one of there) {
      one.range = one.table.getRange();
      one.protection = one.table.worksheet.protection.load("protected");
      one.formats = one.range.conditionalFormats.load("items/type");
    }
    await context.sync();
    for (const one of there) one.customs = one.formats.items.filter(({ type }) => type === "Custom").map(({ custom }) => custom.rule.load("formula"));
    await context.sync();
    for (const { rule, range, protection, customs } of there) {
      if (protection.protected || customs.some(({ formula }) => formula.includes(name))) continue;
      const made = range.conditionalFormats.add("Custom").custom;
      made.rule.formula = rule.formula;
      made.format.fill.color = rule.fill;
      Object.assign(made.format.font, { color: rule.ink, bold: true });
    }
    await context.sync();
  },

  async show(context, { sheets }) {
    const found = sheets.map((name) => context.workbook.worksheets.getItem(name).load("visibility"));
    await context.sync();
    for (const sheet of found) if (sheet.visibility !== "Visible") sheet.visibility = "Visible";
    await context.sync();
  },

  async goTo(context, { sheet, cell }) {
    const target = context.workbook.worksheets.getItem(sheet);
    target.activate();
    if (cell) target.getRange(cell).select();
    await context.sync();
  },

  async writeRows(context, { table: name, first, last, formulas, blocks }) {
    const table = context.workbook.tables.getItem(name), sheet = table.worksheet.load("name");
    const whole = table.getRange().load("rowIndex,columnIndex,rowCount,columnCount");
    await context.sync();
    const end = whole.rowIndex + whole.rowCount; // the table's last row, counted from 1
    if (last > end) await grow(context, { table, sheet, whole, end, first, last, formulas });
    for (const { row, column, values, formats } of blocks) {
      for (const [place, format] of formats) sheet.getRangeByIndexes(row - 1, column - 1 + place, values.length, 1).numberFormat = format;
      sheet.getRangeByIndexes(row - 1, column - 1, values.length, values[0].length).values = values;
    }
    await context.sync();
  },

  async fold(context, { sheet, away, shown }) {
    const on = context.workbook.worksheets.getItem(sheet);
    for (const letter of away) {
      const column = on.getRange(`${letter}:${letter}`);
      if (can("folding")) column.group("ByColumns");
      column.columnHidden = true;
    }
    for (const letter of shown) on.getRange(`${letter}:${letter}`).columnHidden = false;
    await context.sync();
  },
};

/** Actions that need no workbook, or more than one way. */
const WITHOUT = {
  note: ({ words }, files, pane) => pane.note(words),
  begin: ({ words }, files, pane) => pane.begin(words),
  templateChosen: ({ name }, files, pane) => pane.templateChosen(name),
  ask: ({ words, buttons }, files, pane) => pane.ask(words, buttons),

  async keepCopy(action, files, pane) {
    if (!can("wholeFile")) return null;
    const bytes = new Uint8Array(await wholeFile()), name = pane.copyName();
    if (saves()) { pane.save(name, bytes); return `${name}, to be saved below`; }
    await Excel.createWorkbook(base64(bytes));
    return "the copy that has opened in a window of its own, to be saved there";
  },

  saveFile: async ({ name, count }, files, pane) => { pane.save(name, files[name]); return { how: "saved", count }; },

  async openBook({ name, count }, files, pane) {
    try {
      await Excel.createWorkbook(base64(files[name]));
      return { how: "opened", count };
    } catch { // hardened against files from add-ins, or a host without windows
      return orSaved(name, count, files, pane);
    }
  },

  async addSheets({ name, count }, files, pane) {
    if (!can("addingSheets")) return WITHOUT.openBook({ name, count }, files, pane);
    try {
      await Excel.run(async (context) => {
        context.workbook.insertWorksheetsFromBase64(base64(files[name]), { positionType: "End" });
        await context.sync();
      });
      return { how: "added", count };
    } catch {
      return orSaved(name, count, files, pane);
    }
  },
};

function orSaved(name, count, files, pane) {
  if (!saves()) throw new Sentence("This Excel opens no workbook from the pane: make the reports on Mentorbook's page in the browser.");
  pane.save(name, files[name]);
  return { how: "saved", count };
}

/** The sheet that is to be written and its table, as they should be; made where they are not there. */
async function placeFor(context, { name, table: tableName, after, purpose, columns, look }) {
  const { worksheets } = context.workbook;
  let sheet = worksheets.getItemOrNullObject(name).load("name,visibility");
  const before = worksheets.getItemOrNullObject(after ?? "").load("position");
  await context.sync();
  const fresh = sheet.isNullObject;
  if (fresh) {
    sheet = worksheets.add(name);
    if (after && !before.isNullObject) sheet.position = before.position + 1;
  } else if (sheet.visibility !== "Visible") sheet.visibility = "Visible";
  const protection = sheet.protection.load("protected"), known = sheet.tables.getItemOrNullObject(tableName).load("name");
  await context.sync();
  if (protection.protected) throw new Sentence(`The sheet ${name} is protected: choose Review, Unprotect Sheet, then press the button again.`);
  if (!known.isNullObject) {
    const range = known.getRange().load("rowIndex,columnIndex,rowCount,columnCount");
    await context.sync();
    if (range.rowIndex === look.head - 1 && range.columnIndex === 0 && range.columnCount >= columns.length) return { sheet, table: known };
    await requireFree(context, sheet, range, columns.length, name);
  }
  head(sheet, name, purpose, columns, look);
  const table = known.isNullObject ? sheet.tables.add(sheet.getRangeByIndexes(look.head - 1, 0, 2, columns.length), true) : known;
  if (known.isNullObject) Object.assign(table, { name: tableName, style: "TableStyleLight1" });
  else if (can("resizing")) table.resize(sheet.getRangeByIndexes(look.head - 1, 0, 2, columns.length));
  await context.sync();
  return { sheet, table };
}

/** A table of an earlier version must not grow over cells that somebody has filled. */
async function requireFree(context, sheet, { rowIndex, columnIndex, rowCount, columnCount }, width, name) {
  const right = columnIndex + columnCount;
  if (width <= right) return;
  const beside = sheet.getRangeByIndexes(rowIndex, right, Math.max(rowCount, 2), width - right).load("values");
  await context.sync();
  if (beside.values.flat().some((value) => value !== "")) throw new Sentence(`${name} has cells beside its list where new columns belong: move them, then try again.`);
}

function head(sheet, name, purpose, columns, look) {
  sheet.getRange("A1:A2").values = [[name], [purpose]];
  Object.assign(sheet.getRange("A1").format.font, { name: look.font, size: look.title, color: look.accent, bold: true });
  Object.assign(sheet.getRange("A2:A3").format.font, { name: look.font, size: look.body, color: look.muted, bold: false });
  const row = sheet.getRangeByIndexes(look.head - 1, 0, 1, columns.length);
  row.values = [columns.map((one) => one.header)];
  Object.assign(row.format.font, { name: look.font, size: look.body, color: look.white, bold: true });
  row.format.fill.color = look.accent;
  Object.assign(row.format, { wrapText: true, rowHeight: look.headHeight });
  columns.forEach((one, j) => {
    const cell = sheet.getRangeByIndexes(look.head - 1, j, 1, 1);
    cell.format.columnWidth = one.width * POINTS + PAD;
    align(cell, one);
  });
  sheet.freezePanes.freezeRows(look.head);
}

function dress(cells, one, look) {
  cells.numberFormat = one.format; // one for all, and before the values
  Object.assign(cells.format.font, { name: look.font, size: look.body, color: one.ink, bold: false });
  cells.format.wrapText = one.wraps;
  align(cells, one);
}

function align(cells, { centred }) {
  Object.assign(cells.format, { verticalAlignment: "Center", horizontalAlignment: centred ? "Center" : "Left" });
  if (!centred) cells.format.indentLevel = 1;
}

/** Rows of the same height that follow one another. */
function runs(heights) {
  const found = [];
  heights.forEach((points, first) => {
    const last = found.at(-1);
    if (last?.points === points) last.count++;
    else found.push({ first, count: 1, points });
  });
  return found;
}

async function resize(context, table, area, before, height, width) {
  if (can("resizing")) table.resize(area);
  else if (height > before) table.rows.add(null, Array.from({ length: height - before }, () => Array(width).fill("")));
  await context.sync();
}

/** A table grows down to a row, over nothing else; its look and formulas come along. */
async function grow(context, { table, sheet, whole, end, first, last, formulas }) {
  const { rowIndex, columnIndex, columnCount } = whole;
  const below = sheet.getRangeByIndexes(Math.max(first - 1, end), columnIndex, last - Math.max(first - 1, end), columnCount).load("values");
  await context.sync();
  if (below.values.flat().some((value) => value !== "")) throw new Sentence(`There is something below the table of ${sheet.name} in the way of new rows: move it first.`);
  await resize(context, table, sheet.getRangeByIndexes(rowIndex, columnIndex, last - rowIndex, columnCount), end - rowIndex - 1, last - rowIndex - 1, columnCount);
  if (end > rowIndex + 1) {
    sheet.getRangeByIndexes(end, columnIndex, last - end, columnCount).copyFrom(sheet.getRangeByIndexes(end - 1, columnIndex, 1, columnCount), "Formats");
  }
  for (const [column, formula] of formulas) {
    sheet.getRangeByIndexes(end, column - 1, last - end, 1).formulas = Array.from({ length: last - end }, () => [formula]);
  }
}

function base64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
