// Ask the worker. The page and the Office task pane both use this and nothing else.

/**
 * @typedef {{data: any, files: Record<string, Uint8Array>, seconds: number, memory: number}} Answer
 * @typedef {(done: number, of: number) => void} Step
 */

/** Somebody pressed Cancel. */
export class Cancelled extends Error {}

/** A sentence for the user; `kind` is "cannot" (what was asked for) or "stumbled" (a fault of ours). */
export class Refused extends Error {
  /** @param {string} sentence @param {string} kind */
  constructor(sentence, kind) {
    super(sentence);
    this.kind = kind;
  }
}

/** The worker with Python in it. Questions are answered one after the other. */
export class Client {
  constructor(url = new URL("./worker.js", import.meta.url)) {
    this.url = url;
    this.last = 0;
    this.start();
  }

  start() {
    /** @type {Map<number, {good: (answer: Answer) => void, bad: (error: Error) => void, step?: Step}>} */
    this.waiting = new Map();
    /** Kept until Python is up, then given the seconds that it took, and each phase. @type {Promise<{seconds: number}>} */
    this.ready = new Promise((good, bad) => {
      this.worker = new Worker(this.url, { type: "module" });
      this.worker.onerror = (event) => bad(new Error(event.message || "the worker could not be loaded"));
      this.worker.onmessage = ({ data }) => {
        if (data.ready) good(data.ready);
        else if (data.failed) bad(Object.assign(new Error(data.failed), { plain: data.plain }));
        else this.hear(data);
      };
    });
    this.ready.catch(() => {});
  }

  hear({ id, step, error, kind, ...answer }) {
    const asked = this.waiting.get(id);
    if (!asked) return;
    if (step) return asked.step?.(step[0], step[1]);
    this.waiting.delete(id);
    if (error) asked.bad(new Refused(error, kind));
    else asked.good(answer);
  }

  /**
   * A deed of Python (see the door): its arguments, the files it needs by name, and who hears how far it is.
   * @param {string} deed @param {object} [args] @param {Record<string, ArrayBuffer>} [files] @param {Step} [step]
   * @returns {Promise<Answer>}
   */
  async ask(deed, args = {}, files = {}, step) {
    const { worker, waiting } = this;
    await this.ready;
    return new Promise((good, bad) => {
      if (worker !== this.worker) return bad(new Cancelled());
      waiting.set(++this.last, { good, bad, step });
      worker.postMessage({ id: this.last, deed, args, files });
    });
  }

  /** Stop whatever is being done, at once, and start anew: all that was open in Python is closed. */
  cancel() {
    const { waiting } = this;
    this.worker.terminate();
    this.start();
    for (const { bad } of waiting.values()) bad(new Cancelled());
    return this.ready;
  }
}
