// Restore an interpreter in which NumPy, or also matplotlib, is imported already.
import type { PyodideInterface } from "pyodide"

import { STANDARD_LIBRARY } from "../../shared/manifest.ts"
import type { BootOrder, SnapshotOrder } from "../../shared/protocol.ts"
import { readOwnSnapshot } from "../../shared/snapshots.ts"
import restored from "../python/restored.py"
import { start } from "../runtime/boot.ts"
import type { Downloads } from "../runtime/downloads.ts"
import type { FileSystem, Linker, Wasm } from "../runtime/emscripten.ts"
import { once, type Packages, readNow } from "../runtime/packages.ts"
import { type Container, unpack } from "./container.ts"
import { type LibrariesHeader, openLibraries } from "./libraries.ts"
import { apply, type MemoryHeader, Unrestorable } from "./memory.ts"
import { NoWorker, unpackInWorker } from "./unpack-in-worker.ts"

/** The two files of a snapshot, unpacked as they come: Python's start needs the libraries first. */
export interface Snapshot {
  libraries: Promise<Container<LibrariesHeader>>
  memory: Promise<Container<MemoryHeader>>
}

/** Fetch the ordered snapshot; the larger file is unpacked by another worker, or, where none can be had, by this one. */
export function fetchSnapshot({ source, libraries, memory }: SnapshotOrder, runtime: string, downloads: Downloads): Snapshot {
  const read = (name: string): Promise<Uint8Array> => (source === "own" ? readOwnSnapshot(name) : downloads.unpacked(name))
  const report = source === "own" ? undefined : downloads.expect(memory)
  const unpacked = unpackInWorker({ runtime, source, memory }, report).catch((error: unknown) => {
    if (error instanceof NoWorker) return read(memory)
    throw error
  })
  const both = { libraries: read(libraries).then((file) => unpack<LibrariesHeader>(file)), memory: unpacked.then((file) => unpack<MemoryHeader>(file)) }
  for (const part of Object.values(both)) part.catch(() => {}) // whoever restores it hears of it
  return both
}

/** Start from a snapshot; throws Unrestorable where this engine lays memory out otherwise. */
export async function restore(
  order: BootOrder,
  compiled: Promise<WebAssembly.Module>,
  snapshot: Snapshot,
  packages: Packages,
  onArrival: () => void,
): Promise<PyodideInterface> {
  // Pyodide keeps its options for ever: nothing of the snapshot may be held by what they hold.
  const held: { libraries?: Container<LibrariesHeader>; memory?: Snapshot["memory"] } = { memory: arriving(snapshot.memory) }
  const needs = arriving(snapshot.libraries).then((libraries) => void (held.libraries = libraries))
  const head = needs.then(() => headOf(held.libraries))
  head.catch(() => {}) // it may fail before Pyodide looks at it
  const wheels = snapshot.libraries.then(({ header }) => header.wheels)
  void Promise.all([wheels, snapshot.memory]).then(onArrival, () => {})
  const python = await start(order, compiled, {
    needs,
    standardLibrary: once(() => packages.answer(() => readNow(order.runtime, STANDARD_LIBRARY))),
    prepare: (module: Wasm) => {
      const { libraries, memory } = held
      delete held.libraries
      delete held.memory
      if (!libraries || !memory) throw new Unrestorable("not there")
      openLibraries(module as Linker, libraries.header, libraries.body)
      return memory.then(({ header, body }) => apply(module, header, body))
    },
    options: { _loadSnapshot: head },
  }).catch((error: unknown) => {
    // A file that did not come says nothing of the snapshot.
    throw packages.missed() ?? (isKnown(error) ? error : new Unrestorable(String(error)))
  })
  // Not before: Pyodide, when it starts, reads something of every package that is there.
  packages.list(python.FS as unknown as FileSystem, await wheels)
  tellTimeZone((python as unknown as { _module: Clock })._module)
  try {
    python.runPython(restored)
  } catch (error) {
    throw packages.missed() ?? new Unrestorable(String(error))
  }
  return python
}

/** Where C keeps the time zone, which it reads once: here, when the snapshot was made. */
interface Clock {
  HEAPU32: Uint32Array
  _timezone: number
  _daylight: number
  _tzname: number
  __tzset_js(timezone: number, daylight: number, standard: number, summer: number): void
}

function tellTimeZone(clock: Clock): void {
  const [standard, summer] = clock.HEAPU32.subarray(clock._tzname >> 2) as unknown as [number, number]
  clock.__tzset_js(clock._timezone, clock._daylight, standard, summer)
}

/** A part that does not arrive says nothing lasting of the snapshot. */
function arriving<T>(part: Promise<T>): Promise<T> {
  const told = part.catch((error: unknown) => {
    throw new Unrestorable(String(error), false)
  })
  told.catch(() => {})
  return told
}

/** What Pyodide reads itself. */
function headOf(libraries: Container<LibrariesHeader> | undefined): Uint8Array | undefined {
  return libraries?.body.slice(libraries.body.length - libraries.header.head)
}

const isKnown = (error: unknown): boolean => error instanceof Error && ["NetworkError", "Unrestorable"].includes(error.name)
