// The interpreter's own Python: modules that run cells, executed once and found again in a restored memory.
import type { PyodideInterface } from "pyodide"

import cells from "../python/cells.py"
import closed from "../python/closed.py"
import complete from "../python/complete.py"
import imports from "../python/imports.py"
import linalg from "../python/linalg.py"
import loader from "../python/loader.py"
import names from "../python/names.py"
import output from "../python/output.py"
import settings from "../python/settings.py"
import state from "../python/state.py"
import streams from "../python/streams.py"

/** In an order in which each comes after what it imports. */
const SOURCES = {
  _kamipen_closed: closed,
  _kamipen_imports: imports,
  _kamipen_linalg: linalg,
  _kamipen_settings: settings,
  _kamipen_state: state,
  _kamipen_streams: streams,
  _kamipen_output: output,
  _kamipen_cells: cells,
  _kamipen_complete: complete,
  _kamipen_names: names,
}

/** Have the modules importable, from exactly these sources. */
export function loadModules(python: PyodideInterface): void {
  const calls = Object.entries(SOURCES).map(([name, source]) => `load(${JSON.stringify(name)}, ${JSON.stringify(source)})`)
  const globals = python.toPy({})
  python.runPython([loader, ...calls].join("\n"), { globals })
  globals.destroy()
}
