// A button pressed: Python begins, Excel answers and carries out, Python goes on, until a sentence says how it ended.
import { saves, sentence } from "./can.js";
import { carry } from "./carrying.js";
import { ANSWERS, read } from "./reading.js";

export class Presses {
  /** @param {import("../worker/client.js").Client} client @param {any} pane what shows, asks and saves */
  constructor(client, pane) {
    this.client = client;
    this.pane = pane;
    this.busy = false;
  }

  /** The names of a tracker's tables and sheets. @returns {Promise<string[]>} */
  async names() {
    this.known ??= (await this.client.ask("wants")).data;
    return this.known;
  }

  /**
   * Do what a button does. @param {string} button @param {object} choices @param {Record<string, ArrayBuffer>} [files]
   */
  async press(button, choices = {}, files = {}) {
    if (this.busy) return this.pane.say("One moment: something else is still being done.");
    this.busy = true;
    this.pane.start();
    try {
      let told = await this.ask("press", { button, choices, saves: saves() }, files);
      while (told.data.waits) told = await this.ask("carried", await this.answered(told));
      await carry(told.data.actions, told.files, this.pane);
      this.pane.end(told.data.words ?? "");
    } catch (error) {
      this.pane.failed(sentence(error));
    } finally {
      this.busy = false;
    }
  }

  /** What a step of work comes to: all its actions carried out, the last of them answered. */
  async answered({ data: { actions }, files }) {
    const last = actions.at(-1);
    await carry(actions.slice(0, -1), files, this.pane);
    if (last.do === "read") return this.readBook(last);
    if (ANSWERS[last.do]) return { answer: await ANSWERS[last.do](last) };
    return { answer: await carry([last], files, this.pane) };
  }

  async readBook(action) {
    this.pane.say("Reading your tracker …");
    const told = await read(action, await this.names());
    if (!told.file) return { answer: told };
    const name = this.pane.bookName();
    this.handed = { [name]: told.file };
    return { answer: { file: name } };
  }

  ask(deed, args, files = {}) {
    const handed = { ...files, ...this.handed };
    this.handed = {};
    return this.client.ask(deed, args, handed, (done, of) => this.pane.say(`${done} of ${of}`));
  }
}

