// Which snapshots there are: those that the site ships, and the one that the reader's own browser made and keeps.
import { gunzip } from "./bytes.ts"
import { cached, CACHES } from "./caches.ts"
import { files, KIT, lock } from "./manifest.ts"
import type { SnapshotKind } from "./protocol.ts"

/** A snapshot's two files: names in the runtime's folder, or addresses in the browser's own cache. */
export interface SnapshotFiles {
  libraries: string
  memory: string
}

/** The packages that a snapshot has in it. */
export const SNAPSHOT_PACKAGES: Record<SnapshotKind, readonly string[]> = {
  numpy: [KIT, "numpy"],
  matplotlib: [KIT, "numpy", "matplotlib"],
}

/** Which snapshot serves a page that needs these packages. */
export function snapshotKind(packages: readonly string[]): SnapshotKind {
  return packages.includes("matplotlib") ? "matplotlib" : "numpy"
}

/** The shipped snapshot of a kind, if the build made one: `snapshot-<kind>-<lock>-<maker>.libraries.bin` and `….memory.bin`. */
export function shippedSnapshot(kind: SnapshotKind): SnapshotFiles | undefined {
  const find = (part: string): string | undefined =>
    Object.keys(files).find((name) => name.startsWith(`snapshot-${kind}-${lock}-`) && name.endsWith(`.${part}.bin`))
  const [libraries, memory] = [find("libraries"), find("memory")]
  return libraries && memory ? { libraries, memory } : undefined
}

const { origin } = globalThis // a worker that is made from a blob has no address that another could begin from
const FORMAT = 2 // of a snapshot's files: one in another format is made anew

/** Where a snapshot of the browser's own is in its cache; no server is ever asked for it. */
function ownFiles(kind: SnapshotKind): SnapshotFiles {
  const address = (part: string): string => `${origin}/kamipen-own-snapshot/${FORMAT}/${kind}.${part}`
  return { libraries: address("libraries"), memory: address("memory") }
}

/** The snapshot of a kind that this browser has made and kept, if it has. */
export async function ownSnapshot(kind: SnapshotKind): Promise<SnapshotFiles | undefined> {
  const own = ownFiles(kind)
  const found = await Promise.all(Object.values(own).map((url: string) => cached(url, { cacheName: CACHES.snapshot })))
  return found.every(Boolean) ? own : undefined
}

/** A file of the browser's own snapshot, unpacked. */
export async function readOwnSnapshot(url: string): Promise<Uint8Array> {
  const found = await cached(url, { cacheName: CACHES.snapshot })
  if (!found?.body) throw new Error(`${url} is not kept`)
  return gunzip(found.body)
}

/** Keep a snapshot that this browser made. */
export async function writeOwnSnapshot(kind: SnapshotKind, content: Record<keyof SnapshotFiles, Uint8Array>): Promise<void> {
  const [cache, own] = [await caches.open(CACHES.snapshot), ownFiles(kind)]
  await cache.put(own.libraries, packed(content.libraries))
  await cache.put(own.memory, packed(content.memory)) // last: it vouches for the other
}

/** Remove what this browser made. */
export async function forgetOwnSnapshots(): Promise<void> {
  try {
    await caches.delete(CACHES.snapshot)
  } catch {
    // nothing is kept where nothing can be
  }
}

const packed = (bytes: Uint8Array): Response =>
  new Response(new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream("gzip")))
