"use strict";
// ExcelJS by hand: load the template, fill the cells, make room for the subjects, mend what does not follow.
// ExcelJS does not keep charts, so there is none in its reports.
const ExcelJS = require("exceljs");
const { Job, sheetName, FIRST } = require("./clock.js");

const FIELDS = ["name", "target", "current", "points", "expected", "status", "effort", "comment"];
const TOKEN = /^\{\{(\w+)\.(\w+)\}\}$/;

function fill(sheet, learner) {
  const subjects = learner.subject, more = subjects.length - 1, last = FIRST + more;
  const merged = sheet.model.merges.filter((area) => Number(/\d+/.exec(area)[0]) > FIRST);
  for (const area of merged) sheet.unMergeCells(area);
  if (more) sheet.duplicateRow(FIRST, more, true);
  for (const area of merged) sheet.mergeCells(area.replace(/\d+/g, (row) => Number(row) + more));
  subjects.forEach((subject, index) => {
    const row = sheet.getRow(FIRST + index);
    FIELDS.forEach((field, column) => { row.getCell(column + 1).value = subject[field]; });
  });
  sheet.eachRow((row) => row.eachCell((cell) => {
    const token = typeof cell.value === "string" && TOKEN.exec(cell.value);
    if (token) cell.value = learner[token[1]][token[2]];
  }));
  for (const column of "DE") {
    sheet.getCell(`${column}${last + 1}`).value = { formula: `AVERAGE(${column}${FIRST}:${column}${last})` };
  }
  for (const rule of sheet.conditionalFormattings) {
    rule.ref = rule.ref.replace(/^([A-Z]+).*$/, `$1${FIRST}:$1${last}`);
  }
}

async function files(job) {
  for (const learner of job.learners()) {
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(job.source);
    fill(book.worksheets[0], learner);
    await book.xlsx.writeFile(job.path(learner));
  }
}

// A sheet is copied by its model, as ExcelJS has no call for it; pictures are added anew.
async function workbook(job) {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(job.source);
  const original = book.worksheets[0], [picture] = original.getImages();
  for (const learner of job.learners()) {
    const sheet = book.addWorksheet(sheetName(learner));
    const { id, name } = sheet.model;
    sheet.model = Object.assign(structuredClone(original.model), { id, name, media: [] });
    for (const area of original.model.merges) sheet.mergeCells(area);
    sheet.addImage(picture.imageId, picture.range);
    sheet.conditionalFormattings = structuredClone(original.conditionalFormattings);
    fill(sheet, learner);
  }
  book.removeWorksheet(original.id);
  await book.xlsx.writeFile(job.path());
}

const job = new Job();
job.start();
(job.mode === "files" ? files : workbook)(job).then(() => job.stop());
