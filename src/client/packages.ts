// Packages by the names of the served lock: fetched whole and checked, then laid out unread in Python's file system.
import type { PyodideInterface } from "pyodide"

import type { Downloads } from "./downloads.ts"
import { place, type FileSystem } from "./files.ts"
import { closure, packageOf } from "./runtime.ts"
import { content, entries } from "./zip.ts"

export const SITE_PACKAGES = "/lib/python3.14/site-packages/"

export class Packages {
  readonly #downloads: Downloads
  readonly #installed = new Set<string>()

  constructor(downloads: Downloads) {
    this.#downloads = downloads
  }

  /** Begin to fetch what these packages need; whoever installs them meets what goes wrong. */
  fetch(names: readonly string[]): void {
    for (const { file_name, sha256 } of this.#missing(names)) void this.#downloads.bytes(file_name, sha256).catch(() => {})
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

/** Make an archive's files exist below site-packages. */
export function layOut(fs: FileSystem, archive: Uint8Array): void {
  for (const entry of entries(archive)) place(fs, SITE_PACKAGES + entry.name, entry.size, () => content(archive, entry))
}
