// Worksheet functions: every cell that Excel works out in one go becomes one message to Python.

/** @param {import("../worker/client.js").Client} client @param {string[]} names of all functions */
export function functions(client, names) {
  let waiting = [];
  const inBatch = (name, args) => new Promise((good, bad) => {
    waiting.push({ name, args, good, bad });
    if (waiting.length === 1) setTimeout(send, 0); // all calls of the present turn first
  });
  async function send() {
    const batch = waiting;
    waiting = [];
    try {
      const { data } = await client.ask("calls", { wanted: batch.map(({ name, args }) => [name, args]) });
      data.forEach((value, i) => batch[i].good(value));
    } catch (error) {
      for (const { bad } of batch) bad(error);
    }
  }
  for (const name of names) {
    CustomFunctions.associate(name, (...args) => inBatch(name, args.slice(0, -1).map(plain))); // the last one is Excel's own
  }
}

/** A range with its errors as their texts, such as #N/A; what was left out is null. */
function plain(given) {
  if (Array.isArray(given)) return given.map(plain);
  return given && typeof given === "object" ? String(given.code ?? given.basicValue ?? "#VALUE!") : given ?? null;
}
