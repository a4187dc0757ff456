// Restore an interpreter in which NumPy, or also matplotlib, is imported already.
import type { PyodideInterface } from "pyodide"

import { start, type Wasm } from "../runtime/boot.ts"
import { type Container, unpack } from "./container.ts"
import type { Downloads } from "../runtime/downloads.ts"
import { NoWorker, unpackElsewhere } from "./unpack-in-worker.ts"
import type { FileSystem } from "../runtime/lazy-files.ts"
import { type LibrariesHeader, type Linker, openLibraries } from "./libraries.ts"
import { apply, type MemoryHeader, Unrestorable } from "./memory.ts"
import { once, type Packages, readNow } from "../runtime/packages.ts"
import { kept, unpackedKept } from "../../shared/snapshots.ts"
import { CACHES, nameOf } from "../../shared/caches.ts"
import type { BootOrder, SnapshotKind } from "../../shared/protocol.ts"
import restored from "../python/restored.py"
import { kindFor, shipped, STANDARD_LIBRARY } from "../../shared/manifest.ts"

/** The two files of a snapshot, unpacked as they come: Python's start needs the libraries first. */
export interface Snapshot {
  libraries: Promise<Container<LibrariesHeader>>
  memory: Promise<Container<MemoryHeader>>
}

/** Fetch the snapshot that was chosen; undefined where there is none or it is not worth its bytes. */
export async function chosen(order: BootOrder, downloads: Downloads): Promise<Snapshot | undefined> {
  const kind = kindFor(order.packages)
  if (order.snapshots === "none") return undefined
  if (order.snapshots === "own") return own(kind, order.runtime)
  const names = shipped(kind)
  if (!names || !(await isWorthwhile(order.runtime + names.memory))) return undefined
  const memory = unpackElsewhere({ runtime: order.runtime, name: names.memory }, downloads.expect(names.memory))
  return opened(downloads.unpacked(names.libraries), memory, () => downloads.unpacked(names.memory))
}

/** The larger file is unpacked by another worker, or, where none can be had, by this one. */
function opened(libraries: Promise<Uint8Array>, memory: Promise<Uint8Array>, here: () => Promise<Uint8Array>): Snapshot {
  const unpacked = memory.catch((error: unknown) => {
    if (error instanceof NoWorker) return here()
    throw error
  })
  const both = { libraries: libraries.then((file) => unpack<LibrariesHeader>(file)), memory: unpacked.then((file) => unpack<MemoryHeader>(file)) }
  for (const part of Object.values(both)) part.catch(() => {}) // whoever restores it hears of it
  return both
}

/** A snapshot has more bytes than what it stands for: on a line where they cost more than the time they save, do without. */
async function isWorthwhile(url: string): Promise<boolean> {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean; effectiveType?: string } }
  const isSlow = connection?.saveData === true || /2g|3g/.test(connection?.effectiveType ?? "")
  return !isSlow || (await kept(url)) !== undefined
}

async function own(kind: SnapshotKind, runtime: string): Promise<Snapshot | undefined> {
  const [libraries, name] = [nameOf(kind, "libraries"), nameOf(kind, "memory")]
  const cacheName = CACHES.snapshot
  if (!(await kept(libraries, { cacheName })) || !(await kept(name, { cacheName }))) return undefined
  return opened(unpackedKept(libraries, cacheName), unpackElsewhere({ runtime, name, cacheName }), () => unpackedKept(name, cacheName))
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
  try {
    python.runPython(restored)
  } catch (error) {
    throw packages.missed() ?? new Unrestorable(String(error))
  }
  return python
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
