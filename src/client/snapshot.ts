// Restore an interpreter in which NumPy, or also matplotlib, is imported already.
import type { PyodideInterface } from "pyodide"

import { start, type Wasm } from "./boot.ts"
import { type Container, unpack } from "./containers.ts"
import type { Downloads } from "./downloads.ts"
import { type LibrariesHeader, type Linker, openLibraries } from "./libraries.ts"
import { apply, type MemoryHeader, Unrestorable } from "./memory.ts"
import { once, type Packages, readNow } from "./packages.ts"
import type { BootOrder, SnapshotKind } from "./protocol.ts"
import restored from "./python/restored.py"

/** The two files of a snapshot, unpacked. */
export interface Snapshot {
  libraries: Container<LibrariesHeader>
  memory: Container<MemoryHeader>
}

export async function fetchSnapshot(downloads: Downloads, files: { libraries: string; memory: string }): Promise<Snapshot> {
  const [libraries, memory] = await Promise.all([downloads.unpacked(files.libraries), downloads.unpacked(files.memory)])
  return { libraries: unpack(libraries), memory: unpack(memory) }
}

/** Start from a snapshot; throws Unrestorable where this engine lays memory out otherwise. */
export async function restore(
  order: BootOrder,
  compiled: Promise<WebAssembly.Module>,
  fetched: Promise<Snapshot>,
  packages: Packages,
): Promise<PyodideInterface> {
  let snapshot: Snapshot | undefined
  const needs = fetched.then((arrived) => (snapshot = arrived))
  const python = await start(order, compiled, {
    needs,
    standardLibrary: once(() => readNow(`${order.runtime}python_stdlib.zip`)),
    prepare: (module: Wasm) => {
      if (!snapshot) throw new Unrestorable("not there")
      const { libraries, memory } = snapshot
      openLibraries(module as Linker, libraries.header, libraries.body)
      apply(module, memory.header, memory.body)
      packages.list(module.FS, libraries.header.wheels)
      snapshot = undefined
    },
    options: { _loadSnapshot: needs.then(({ memory }) => memory.body.slice(0, memory.header.head)) },
  }).catch((error: unknown) => {
    throw isOfNetwork(error) ? error : new Unrestorable(String(error))
  })
  try {
    python.runPython(restored)
  } catch (error) {
    throw new Unrestorable(String(error))
  }
  return python
}

const isOfNetwork = (error: unknown): boolean => error instanceof Error && error.name === "NetworkError"

/** Which snapshot serves a page that needs these packages. */
export function kindFor(packages: readonly string[]): SnapshotKind {
  return packages.includes("matplotlib") ? "matplotlib" : "numpy"
}
