"use strict";
// xlsx-template: `${table:subject.name}` repeats its row.
const fs = require("fs");
const { Job, sheetName, SHEET } = require("./clock.js");
const XlsxTemplate = require("xlsx-template");

function main(job) {
  if (job.mode === "files") {
    for (const learner of job.learners()) {
      const book = new XlsxTemplate(job.source);
      book.substitute(SHEET, learner);
      fs.writeFileSync(job.path(learner), book.generate({ type: "nodebuffer" }));
    }
    return;
  }
  const book = new XlsxTemplate(job.source);
  for (const learner of job.learners()) {
    book.copySheet(SHEET, sheetName(learner));
    book.substitute(sheetName(learner), learner);
  }
  book.deleteSheet(SHEET);
  fs.writeFileSync(job.path(), book.generate({ type: "nodebuffer" }));
}

const job = new Job();
job.start();
main(job);
job.stop();
