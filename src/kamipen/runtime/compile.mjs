// Compiles Python in Pyodide, whose bytecode only Pyodide's own Python can make: `node compile.mjs <pyodide> <folder>`.
// In the folder each subfolder holds what one archive unpacks to, and `.prefix`, the place where it is unpacked.
// What a first run imports becomes bytecode (.pyc, of the same place and name); the rest stays source, which is smaller.
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"

const [pyodideFolder, folder] = process.argv.slice(2).map((path) => resolve(path))
const { loadPyodide } = await import(pathToFileURL(`${pyodideFolder}/pyodide.mjs`).href)

const python = await loadPyodide({ indexURL: `${pyodideFolder}/`, env: { PYTHONHASHSEED: "0", MPLBACKEND: "svg" } })
python.FS.mkdir("/parts")
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/parts")

/** Import what articles import, and draw a figure: the modules that this loads are worth their bytecode. */
const FIRST_RUN = `
import io
import sys
from pathlib import Path

parts = {part: (part / ".prefix").read_text() for part in sorted(Path("/parts").iterdir())}
sys.path[:0] = [str(part) for part in parts if part.suffix == ".whl"]
sys.dont_write_bytecode = True

import matplotlib.pyplot as plt
import sklearn.datasets
import sklearn.linear_model
import sklearn.neighbors

fig, ax = plt.subplots()
ax.plot([1, 2, 4], label="loss")
ax.set_xlabel(r"$\\lambda$")
ax.legend()
fig.savefig(io.StringIO(), format="svg")
`

const COMPILE = `
import py_compile

def loaded():
    """Yield the part and the path in it of every module that is loaded."""
    places = {prefix: part for part, prefix in parts.items() if part.suffix != ".whl"}
    places |= {str(part): part for part in parts}
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None) or ""
        for place, part in places.items():
            if file.startswith(place + "/") and file.endswith(".py"):
                yield part, file.removeprefix(place + "/")

for part, name in sorted(set(loaded())):
    source = part / name
    py_compile.compile(
        str(source),
        cfile=f"{source}c",
        dfile=f"{parts[part]}/{name}",
        doraise=True,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    source.unlink()
`
try {
  python.runPython(FIRST_RUN)
  python.runPython(COMPILE)
} catch (error) {
  console.error(error.message) // not the minified source that Node would print
  process.exit(1)
}
