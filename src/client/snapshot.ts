// Restore an interpreter in which NumPy, or also matplotlib, is imported already.
import type { PyodideInterface } from "pyodide"

import { start, type Wasm } from "./boot.ts"
import { type Container, unpack } from "./containers.ts"
import type { Downloads } from "./downloads.ts"
import type { FileSystem } from "./files.ts"
import { type LibrariesHeader, type Linker, openLibraries } from "./libraries.ts"
import { apply, type MemoryHeader, Unrestorable } from "./memory.ts"
import { once, type Packages, readNow } from "./packages.ts"
import { CACHES, nameOf } from "./offline/caches.ts"
import type { BootOrder, SnapshotKind } from "./protocol.ts"
import restored from "./python/restored.py"
import { kindFor, shipped, STANDARD_LIBRARY } from "./runtime.ts"

/** The two files of a snapshot, unpacked. */
export interface Snapshot {
  libraries: Container<LibrariesHeader>
  memory: Container<MemoryHeader>
}

export type Opened = (part: "libraries" | "memory") => Promise<Uint8Array>

/** How to get the two files of the snapshot that was chosen; undefined where there is none or it is not worth its bytes. */
export async function chosen(order: BootOrder, downloads: Downloads): Promise<Opened | undefined> {
  const kind = kindFor(order.packages)
  if (order.snapshots === "none") return undefined
  if (order.snapshots === "own") return own(kind)
  const names = shipped(kind)
  if (!names || !(await isWorthwhile(order.runtime + names.memory))) return undefined
  return (part) => downloads.unpacked(names[part])
}

/** A snapshot has more bytes than what it stands for: on a line where they cost more than the time they save, do without. */
async function isWorthwhile(url: string): Promise<boolean> {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean; effectiveType?: string } }
  const isSlow = connection?.saveData === true || /2g|3g/.test(connection?.effectiveType ?? "")
  return !isSlow || (await kept(url)) !== undefined
}

/** A kept response; nothing where nothing can be kept. */
async function kept(url: string, options?: MultiCacheQueryOptions): Promise<Response | undefined> {
  try {
    return await caches.match(url, options)
  } catch {
    return undefined
  }
}

async function own(kind: SnapshotKind): Promise<Opened | undefined> {
  const find = (part: "libraries" | "memory"): Promise<Response | undefined> => kept(nameOf(kind, part), { cacheName: CACHES.snapshot })
  const [libraries, memory] = await Promise.all([find("libraries"), find("memory")])
  if (!libraries || !memory) return undefined
  const found = { libraries, memory }
  return async (part) => {
    const unpacking = found[part].body?.pipeThrough(new DecompressionStream("gzip"))
    return new Uint8Array(await new Response(unpacking ?? null).arrayBuffer())
  }
}

export async function fetchSnapshot(open: Opened): Promise<Snapshot> {
  const [libraries, memory] = await Promise.all([open("libraries"), open("memory")])
  return { libraries: unpack(libraries), memory: unpack(memory) }
}

/** Start from a snapshot; throws Unrestorable where this engine lays memory out otherwise. */
export async function restore(
  order: BootOrder,
  compiled: Promise<WebAssembly.Module>,
  fetched: Promise<Snapshot>,
  packages: Packages,
  onArrival: () => void,
): Promise<PyodideInterface> {
  let snapshot: Snapshot | undefined
  let wheels: LibrariesHeader["wheels"] = []
  let missing: unknown
  // Pyodide keeps its options for ever: none of them may hold the snapshot.
  const needs = fetched.then(
    (arrived) => {
      onArrival()
      snapshot = arrived
    },
    (error: unknown) => {
      throw new Unrestorable(String(error), false)
    },
  )
  const head = needs.then(() => snapshot?.memory.body.slice(0, snapshot.memory.header.head))
  head.catch(() => {}) // it may fail before Pyodide looks at it
  const python = await start(order, compiled, {
    needs,
    standardLibrary: once(() => {
      try {
        return readNow(order.runtime + STANDARD_LIBRARY)
      } catch (error) {
        missing = error // what Python makes of it says nothing of the snapshot
        throw error
      }
    }),
    prepare: (module: Wasm) => {
      if (!snapshot) throw new Unrestorable("not there")
      const { libraries, memory } = snapshot
      openLibraries(module as Linker, libraries.header, libraries.body)
      apply(module, memory.header, memory.body)
      wheels = libraries.header.wheels
      snapshot = undefined
    },
    options: { _loadSnapshot: head },
  }).catch((error: unknown) => {
    throw missing ?? (isKnown(error) ? error : new Unrestorable(String(error)))
  })
  // Not before: Pyodide, when it starts, reads something of every package that is there.
  packages.list(python.FS as unknown as FileSystem, wheels)
  try {
    python.runPython(restored)
  } catch (error) {
    throw missing ?? new Unrestorable(String(error))
  }
  return python
}

const isKnown = (error: unknown): boolean => error instanceof Error && ["NetworkError", "Unrestorable"].includes(error.name)
