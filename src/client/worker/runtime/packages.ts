// Packages by the names of the served lock: fetched whole and checked, then laid out unread in Python's file system.
import type { PyodideInterface } from "pyodide"

import { closure, files, packageOf } from "../../shared/manifest.ts"
import { addressOf, XMLHttpRequest } from "./boundary.ts"
import { NetworkError, type Downloads } from "./downloads.ts"
import type { FileSystem } from "./emscripten.ts"
import { lazyFileCreator } from "./lazy-files.ts"
import { content, entries, type Entry } from "./zip.ts"

export const SITE_PACKAGES = "/lib/python3.14/site-packages/"

/** What Python takes for a file that cannot be read, as Emscripten's file system would say it. */
class InputOutputError extends Error {
  override name = "ErrnoError"
  readonly errno = 29
}

export class Packages {
  readonly #downloads: Downloads
  readonly #base: string
  readonly #installed = new Set<string>()
  #missed: NetworkError | undefined

  constructor(downloads: Downloads, base: string) {
    this.#downloads = downloads
    this.#base = base
  }

  /** Make the files of these wheels exist, unfetched: what reads one of them first waits for its wheel. */
  list(fs: FileSystem, wheels: readonly { file: string; entries: Entry[] }[]): void {
    const create = lazyFileCreator(fs)
    for (const { file, entries } of wheels) {
      const archive = once(() => readNow(this.#base, file))
      for (const entry of entries) create(SITE_PACKAGES + entry.name, entry.size, () => this.answer(() => content(archive(), entry)))
      this.#installed.add(file)
    }
  }

  /** Read something for Python, which waits: where it does not come, Python goes on with an error of its own. */
  answer(read: () => Uint8Array): Uint8Array {
    try {
      return read()
    } catch (error) {
      this.#missed = error instanceof NetworkError ? error : new NetworkError(String(error))
      throw new InputOutputError(this.#missed.message)
    }
  }

  /** What Python wanted and did not get since this was last asked. */
  missed(): NetworkError | undefined {
    const missed = this.#missed
    this.#missed = undefined
    return missed
  }

  /** Begin to fetch what these packages need beyond others; whoever installs them meets what goes wrong. */
  fetch(names: readonly string[], others: readonly string[] = []): void {
    const there = new Set(closure(others))
    const missing = this.#missing(names).filter((entry) => !there.has(entry))
    for (const { file_name, sha256 } of missing) void this.#downloads.bytes(file_name, sha256).catch(() => {})
  }

  /** Have these packages importable; throws NetworkError where one does not arrive. */
  async install(python: PyodideInterface, names: readonly string[]): Promise<void> {
    const missing = this.#missing(names)
    if (missing.length === 0) return
    const archives = await Promise.all(missing.map(({ file_name, sha256 }) => this.#downloads.bytes(file_name, sha256)))
    missing.forEach((entry, i) => {
      if (this.#installed.has(entry.file_name)) return
      layOut(python.FS as unknown as FileSystem, archives[i] as Uint8Array)
      this.#installed.add(entry.file_name)
      this.#downloads.forget(entry.file_name)
    })
    python.runPython("import importlib; importlib.invalidate_caches()")
  }

  /** Have what these modules come from importable; modules that no package brings are left to Python. */
  async installModules(python: PyodideInterface, modules: readonly string[]): Promise<void> {
    await this.install(python, modules.flatMap((module) => packageOf(module) ?? []))
  }

  #missing(names: readonly string[]): ReturnType<typeof closure> {
    return closure(names).filter((entry) => !this.#installed.has(entry.file_name))
  }
}

/** A file of the runtime, while Python waits: it was kept by a cache, or comes over the network. */
export function readNow(base: string, file: string): Uint8Array {
  const request = new XMLHttpRequest()
  request.open("GET", addressOf(base, file), false)
  request.responseType = "arraybuffer"
  try {
    request.send()
  } catch (error) {
    throw new NetworkError(`${file}: ${String(error)}`)
  }
  const found = new Uint8Array((request.response as ArrayBuffer | null) ?? [])
  if (request.status !== 200) throw new NetworkError(`${file}: ${request.status}`)
  if (found.length !== files[file]) throw new NetworkError(`${file}: ${found.length} bytes of ${files[file]}`)
  return found
}

export function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** Make an archive's files exist below site-packages. */
function layOut(fs: FileSystem, archive: Uint8Array): void {
  const create = lazyFileCreator(fs)
  for (const entry of entries(archive)) create(SITE_PACKAGES + entry.name, entry.size, () => content(archive, entry))
}
