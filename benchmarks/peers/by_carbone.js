"use strict";
// carbone: a row with `[i]` and one with `[i+1]` make a loop. It fills whole files; a sheet for each learner it cannot.
const fs = require("fs");
const util = require("util");
const carbone = require("carbone");
const { Job } = require("./clock.js");

async function main(job) {
  const render = util.promisify(carbone.render.bind(carbone));
  for (const learner of job.learners()) fs.writeFileSync(job.path(learner), await render(job.template, learner, {}));
}

const job = new Job();
job.start();
main(job).then(() => { job.stop(); process.exit(0); });
