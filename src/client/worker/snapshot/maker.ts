// A worker that makes a snapshot: at build time in a headless browser, later in a reader's where the shipped one does not fit.
import { concatenate } from "../../shared/bytes.ts"
import { closure, files, STANDARD_LIBRARY } from "../../shared/manifest.ts"
import type { FromMaker, MakeOrder, SnapshotKind } from "../../shared/protocol.ts"
import { SNAPSHOT_PACKAGES } from "../../shared/snapshots.ts"
import { close, post } from "../runtime/boundary.ts"
import prepareMatplotlib from "../python/prepare_matplotlib.py"
import prepareNumpy from "../python/prepare_numpy.py"
import scrub from "../python/scrub.py"
import { compile, start } from "../runtime/boot.ts"
import { Downloads } from "../runtime/downloads.ts"
import type { Linker, Wasm } from "../runtime/emscripten.ts"
import { Packages, SITE_PACKAGES } from "../runtime/packages.ts"
import { loadModules } from "../runtime/python-modules.ts"
import { entries } from "../runtime/zip.ts"
import { pack } from "./container.ts"
import { type LibrariesHeader, opened, openLibraries } from "./libraries.ts"
import { difference, grow } from "./memory.ts"

const PREPARATIONS: Record<SnapshotKind, readonly string[]> = {
  numpy: [prepareNumpy, scrub],
  matplotlib: [prepareNumpy, prepareMatplotlib, scrub],
}
const FONTS = ["DejaVuSans.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSansDisplay.ttf"].map((name) => `matplotlib/mpl-data/fonts/ttf/${name}`)

// This library's static constructors call Python. Under another name of equal length they wait until it is there.
const EARLY = "matplotlib/ft2font.cpython-314-wasm32-emscripten.so"
const CONSTRUCTORS = "__wasm_call_ctors"
const WAITING = "__wasm_call_ct0rs"

type Python = Awaited<ReturnType<typeof start>>

class SnapshotMaker {
  readonly #order: MakeOrder
  readonly #downloads: Downloads
  readonly #compiled: Promise<WebAssembly.Module>
  #library = new Uint8Array()

  constructor(order: MakeOrder) {
    this.#order = order
    this.#downloads = new Downloads(order.runtime, files, () => {})
    this.#compiled = compile(this.#downloads, order)
  }

  async make(): Promise<{ libraries: Uint8Array; memory: Uint8Array }> {
    this.#library = (await this.#downloads.bytes(STANDARD_LIBRARY)) as Uint8Array<ArrayBuffer>
    const { header, bodies } = await this.#discover()
    const body = concatenate(bodies)
    const snapshot = await this.#take(header, body)
    const head = new Uint32Array(snapshot.buffer, 0, 2)[1] ?? 0 // where the memory begins; Pyodide reads what is before
    const memory = snapshot.subarray(head)
    const starts = [await this.#base(header, body, memory.length), await this.#base(header, body, memory.length)] as [Uint8Array, Uint8Array]
    const { header: memoryHeader, parts } = difference(memory, starts)
    return { libraries: pack({ ...header, head }, [...bodies, snapshot.subarray(0, head)]), memory: pack(memoryHeader, parts) }
  }

  /** Run the preparation once to learn which libraries it opens, in which order. */
  async #discover(): Promise<{ header: LibrariesHeader; bodies: Uint8Array[] }> {
    const python = await this.#start({})
    this.#prepare(python)
    const read = (path: string): [string, Uint8Array] => [path, python.FS.readFile(SITE_PACKAGES + path) as Uint8Array]
    const libraries = opened(linker(python)).map(read)
    const fonts = this.#order.kind === "matplotlib" ? FONTS.map(read) : []
    for (const [path, content] of libraries) if (path === EARLY) rename(content)
    const lengths = (list: [string, Uint8Array][]): [string, number][] => list.map(([path, content]) => [path, content.length])
    const wheels = await Promise.all(
      closure(SNAPSHOT_PACKAGES[this.#order.kind]).map(async ({ file_name: file }) => ({ file, entries: entries(await this.#downloads.bytes(file)) })),
    )
    const header = { libraries: lengths(libraries), files: lengths(fonts), head: 0, wheels }
    return { header, bodies: [...libraries, ...fonts].map(([, content]) => content) }
  }

  /** Run it again with all libraries open from the beginning, and copy the memory. */
  async #take(header: LibrariesHeader, body: Uint8Array): Promise<Uint8Array> {
    const prepare = (module: Wasm): void => openLibraries(module as Linker, header, body)
    const python = await this.#start({ prepare, options: { _makeSnapshot: true } })
    const early = linker(python).LDSO.loadedLibsByName[SITE_PACKAGES + EARLY]
    early?.exports[WAITING]?.()
    this.#prepare(python)
    return (python as unknown as { makeMemorySnapshot(): Uint8Array }).makeMemorySnapshot()
  }

  /** The memory in which only the libraries are open, as it is when a snapshot is about to be restored. */
  #base(header: LibrariesHeader, body: Uint8Array, size: number): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const prepare = (module: Wasm): void => {
        openLibraries(module as Linker, header, body)
        grow(module, size)
        resolve(module.HEAPU8.slice())
        throw new Error("enough") // Python itself need not start
      }
      this.#start({ prepare, options: { _loadSnapshot: new Uint8Array(64) } }).catch(reject)
    })
  }

  async #start(parts: { prepare?: (module: Wasm) => void; options?: Record<string, unknown> }): Promise<Python> {
    const packages = new Packages(this.#downloads, this.#order.runtime)
    const names = SNAPSHOT_PACKAGES[this.#order.kind]
    packages.fetch(names)
    const python = await start(this.#order, this.#compiled, { needs: Promise.resolve(), standardLibrary: () => this.#library, ...parts })
    await packages.install(python, names)
    return python
  }

  #prepare(python: Python): void {
    loadModules(python)
    for (const source of PREPARATIONS[this.#order.kind]) python.runPython(source, { globals: python.toPy({ __name__: "prepare" }) })
  }
}

const linker = (python: Python): Linker => (python as unknown as { _module: Linker })._module

function rename(library: Uint8Array): void {
  const [from, to] = [CONSTRUCTORS, WAITING].map((name) => new TextEncoder().encode(name)) as [Uint8Array, Uint8Array]
  const at = indexOf(library, from)
  if (at < 0) throw new Error(`${EARLY} has no ${CONSTRUCTORS}`)
  library.set(to, at)
}

function indexOf(content: Uint8Array, wanted: Uint8Array): number {
  const first = wanted[0] as number
  for (let at = content.indexOf(first); at >= 0; at = content.indexOf(first, at + 1)) {
    if (wanted.every((byte, i) => content[at + i] === byte)) return at
  }
  return -1
}

const answer = (message: FromMaker): void => post(message)

close()
self.addEventListener("message", ({ data }: MessageEvent<MakeOrder>) => {
  new SnapshotMaker(data).make().then(
    (made) => answer({ type: "made", ...made }),
    (error: unknown) => answer({ type: "failed", message: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) }),
  )
})
