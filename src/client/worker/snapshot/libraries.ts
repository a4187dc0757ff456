// Opening shared libraries before Python runs: a snapshot of memory expects them where they were when it was made.
import type { FileSystem, Linker } from "../runtime/emscripten.ts"
import { createLazyFile } from "../runtime/lazy-files.ts"
import { SITE_PACKAGES } from "../runtime/packages.ts"
import type { Entry } from "../runtime/zip.ts"

/** What must be in Python's file system before a restored memory runs. */
export interface LibrariesHeader {
  /** Path below site-packages and length, in the order of opening. */
  libraries: [path: string, length: number][]
  /** Other files that are read at once, such as fonts. */
  files: [path: string, length: number][]
  /** The length of what Pyodide wants to read itself of the snapshot, which comes last. */
  head: number
  /** Everything else is listed only: it is read from the wheel when something asks for it. */
  wheels: { file: string; entries: Entry[] }[]
}

const RTLD_NOW = 2

/** Lay out the files of a snapshot and open its libraries, in their order. */
export function openLibraries(module: Linker, header: LibrariesHeader, body: Uint8Array): void {
  let at = 0
  for (const [path, length] of [...header.libraries, ...header.files]) {
    write(module.FS, SITE_PACKAGES + path, body.subarray(at, at + length))
    at += length
  }
  for (const [path] of header.libraries) open(module, SITE_PACKAGES + path)
}

function write(fs: FileSystem, path: string, content: Uint8Array): void {
  createLazyFile(fs, path, content.length, () => content)
}

function open(module: Linker, path: string): void {
  const stack = module.stackSave()
  const dlopen = module._dlopen ?? module.___dlopen
  const handle = dlopen?.(module.stringToUTF8OnStack(path), RTLD_NOW)
  module.stackRestore(stack)
  if (!handle) throw new Error(`${path} does not open: ${module.UTF8ToString(module._dlerror())}`)
}

/** The libraries below site-packages that are open, in the order of their opening. */
export function opened(module: Linker): string[] {
  const paths = Object.keys(module.LDSO.loadedLibsByName).filter((path) => path.startsWith(SITE_PACKAGES))
  return paths.map((path) => path.slice(SITE_PACKAGES.length))
}
