// Mentorbook's Python in a worker. In: {id, deed, args, files}. Out: {id, data, files}, {id, error, kind} or {id, step}.
// Only JSON text and byte arrays cross the border, so no Python object is ever held from outside.
import { loadPyodide } from "../pyodide/pyodide.mjs";

const root = new URL("../", import.meta.url);

/** Rejected as soon as the server has not what Python needs to start: Pyodide itself would wait for ever. */
const missing = new Promise((_, bad) => {
  const ask = self.fetch;
  self.fetch = async (...request) => {
    const answer = await ask(...request);
    if (!answer.ok) {
      const sentence = `The server does not have ${new URL(answer.url).pathname.split("/").pop()}, without which this page cannot work (${answer.status}): tell whoever put the page there.`;
      bad(Object.assign(new Error(sentence), { plain: true }));
    }
    return answer;
  };
});
missing.catch(() => {});

async function start() {
  const times = clock();
  const parts = Promise.all([
    loadPyodide({ indexURL: new URL("pyodide/", root).href }),
    fetch(new URL("app.zip", root)).then((answer) => answer.arrayBuffer()),
  ]);
  const [python, app] = await Promise.race([parts, missing]);
  times.phase("engine");
  python.unpackArchive(app, "zip", { extractDir: "/app" });
  python.FS.mkdirTree("/in");
  python.FS.mkdirTree("/out");
  times.phase("unpacked");
  // Nothing lives long here: looking for rubbish among millions of values costs more than it frees.
  python.runPython("import gc, sys; gc.disable(); sys.path.insert(0, '/app')");
  const door = python.pyimport("addin.web.door");
  times.phase("imported");
  postMessage({ ready: times.told() });
  return { python, door };
}

/** How long each phase of the start took, in seconds; `wasm` is when the engine's code had arrived. */
function clock() {
  const began = performance.now(), phases = {};
  let last = began;
  return {
    phase(name) {
      const now = performance.now();
      phases[name] = (now - last) / 1000;
      last = now;
    },
    told() {
      const [wasm] = performance.getEntriesByName(new URL("pyodide/pyodide.asm.wasm", root).href);
      return { seconds: (last - began) / 1000, wasm: wasm ? (wasm.responseEnd - began) / 1000 : 0, ...phases };
    },
  };
}

/** What the first questions need is there; the rest is loaded piece by piece while nobody waits. */
async function loadMore({ door }) {
  while (door.load_next()) await new Promise((good) => { setTimeout(good); }); // who asks meanwhile is answered first
}

const up = start();
up.then(loadMore).catch(() => {}); // whoever asks for a room that is broken is told
up.catch((error) => postMessage({ failed: error.plain ? error.message : String(error).slice(0, 500), plain: error.plain }));

onmessage = async ({ data: { id, deed, args, files } }) => {
  try {
    const { python, door } = await up;
    for (const [name, bytes] of Object.entries(files ?? {})) python.FS.writeFile(`/in/${name}`, new Uint8Array(bytes));
    const began = performance.now();
    const step = (done, of) => postMessage({ id, step: [done, of] });
    const answer = JSON.parse(door.call(deed, JSON.stringify(args ?? {}), step));
    const made = {};
    for (const name of answer.files ?? []) {
      made[name] = python.FS.readFile(`/out/${name}`);
      python.FS.unlink(`/out/${name}`);
    }
    const told = { seconds: (performance.now() - began) / 1000, memory: python._module.HEAPU8.length };
    postMessage({ id, ...answer, ...told, files: made }, Object.values(made).map((one) => one.buffer));
  } catch (error) {
    postMessage({ id, kind: "stumbled", error: sentence(error) });
  }
};

/** What went wrong outside of Python's own answers; memory is the usual reason. */
function sentence(error) {
  const short = String(error?.message ?? error).split("\n").filter(Boolean).pop() ?? "";
  if (error instanceof RangeError || /memory|allocat/i.test(short)) {
    return "The browser has not enough memory for that. Close other tabs and try again; for a very large tracker use Mentorbook's command line.";
  }
  return `Mentorbook stumbled over something it did not expect (${error?.name ?? "error"}). Load the page again, and choose your tracker again.`;
}
