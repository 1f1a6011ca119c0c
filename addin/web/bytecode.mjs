// Compiles modules with the browser's own Python: node bytecode.mjs ENGINE FROM.zip TO.zip
// Each module.py of FROM is module.pyc in TO, made without docstrings and asserts, and with tables of lines that know a
// function's first line only: nobody reads a traceback in the browser, and these are a third of what would be sent.
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [engine, from, to] = process.argv.slice(2).map((one) => resolve(one));
const { loadPyodide } = await import(pathToFileURL(`${engine}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: engine, env: { PYTHONHASHSEED: "0" } });
python.FS.writeFile("/from.zip", new Uint8Array(readFileSync(from)));
python.runPython(`
import marshal, zipfile
from importlib.util import MAGIC_NUMBER, source_hash

def bare(code):
    inside = (bare(one) if hasattr(one, "co_code") else one for one in code.co_consts)
    return code.replace(co_linetable=one_line(len(code.co_code) // 2), co_consts=tuple(inside))

def one_line(instructions):  # entries for up to eight instructions each: "the same line, no columns"
    eights, rest = divmod(instructions, 8)
    return bytes((0b11101111, 0)) * eights + bytes((0b11101000 + rest - 1, 0)) * bool(rest)

UNCHECKED = (1).to_bytes(4, "little")  # the source does not come along, so there is nothing to compare with
with zipfile.ZipFile("/from.zip") as packed, zipfile.ZipFile("/to.zip", "w") as made:
    for name in packed.namelist():
        source = packed.read(name)
        code = bare(compile(source, name, "exec", dont_inherit=True, optimize=2))
        made.writestr(name + "c", MAGIC_NUMBER + UNCHECKED + source_hash(source) + marshal.dumps(code))
`);
writeFileSync(to, python.FS.readFile("/to.zip"));
process.exit(0);
