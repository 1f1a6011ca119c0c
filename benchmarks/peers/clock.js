"use strict";
// What every peer in JavaScript shares; the same as clock.py.
const fs = require("fs");
const path = require("path");

const now = () => Number(process.hrtime.bigint()) / 1e9;
const spent = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6; };

// The most memory this process had, in MiB.
function peak() {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(fs.readFileSync("/proc/self/status", "utf8"))[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}

class Job {
  constructor() {
    [this.mode, this.data, this.folder, this.count, this.template] = process.argv.slice(2);
    this.count = Number(this.count);
    this.source = fs.readFileSync(this.template);
    this.wall = this.cpu = 0;
  }

  // The learners, read in blocks; the clock stands still while they are read.
  *learners() {
    const file = fs.openSync(this.data, "r");
    const block = Buffer.alloc(1 << 16);
    let rest = Buffer.alloc(0);
    for (let given = 0; given < this.count; given++) {
      const wall = now(), cpu = spent();
      let end;
      while ((end = rest.indexOf(10)) < 0) {
        const size = fs.readSync(file, block, 0, block.length, null);
        if (!size) throw new Error("too few learners");
        rest = Buffer.concat([rest, block.subarray(0, size)]);
      }
      const learner = JSON.parse(rest.subarray(0, end).toString());
      rest = rest.subarray(end + 1);
      this.wall -= now() - wall;
      this.cpu -= spent() - cpu;
      yield learner;
    }
    fs.closeSync(file);
  }

  start() {
    this.wall -= now();
    this.cpu -= spent();
  }

  stop() {
    this.wall += now();
    this.cpu += spent();
    console.log(JSON.stringify({ wall: this.wall, cpu: this.cpu, peak: peak() }));
  }

  path(learner) {
    const name = learner ? `${learner.learner.name} ${learner.learner.learner_id}` : "all";
    return path.join(this.folder, `${name}.xlsx`);
  }
}

const sheetName = (learner) => `${learner.learner.name.slice(0, 22)} ${learner.learner.learner_id}`;

module.exports = { Job, sheetName, FIRST: 9, SHEET: "Report" };
