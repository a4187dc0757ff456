// Which snapshot Python starts from. One that did not fit is not tried again: the next source takes its place.
import { cached, engineOf } from "../shared/caches.ts"
import { isSlow } from "../shared/connection.ts"
import { lock } from "../shared/manifest.ts"
import type { SnapshotKind, SnapshotOrder } from "../shared/protocol.ts"
import { forgetOwnSnapshots, ownSnapshot, shippedSnapshot, snapshotKind, type SnapshotFiles } from "../shared/snapshots.ts"

/** The site's snapshots, one that this browser makes itself, or none, which starts plainly. */
export type SnapshotSource = "shipped" | "own" | "none"

const KEY = "kamipen:snapshot"
const SUBJECT = `${lock} ${engineOf(navigator.userAgent)}`
const NEXT: Record<SnapshotSource, SnapshotSource> = { shipped: "own", own: "none", none: "none" }

let source: SnapshotSource | undefined

export function snapshotSource(): SnapshotSource {
  return (source ??= readSource())
}

/** The present source cannot be used: on this page, or by this engine at all. */
export function rejectSnapshot(lasting: boolean): void {
  if (snapshotSource() === "own") void forgetOwnSnapshots() // the next visit may make another
  source = lasting ? NEXT[snapshotSource()] : "none"
  if (!lasting) return
  try {
    localStorage.setItem(KEY, `${SUBJECT} ${source}`)
  } catch {
    // without storage the next visit tries again
  }
}

/** The snapshot for a page that needs these packages; undefined where there is none or it is not worth its bytes. */
export async function chooseSnapshot(runtime: string, packages: readonly string[]): Promise<SnapshotOrder | undefined> {
  const [from, kind] = [snapshotSource(), snapshotKind(packages)]
  if (from === "none") return undefined
  const files = from === "own" ? await ownSnapshot(kind) : await worthwhile(runtime, kind)
  return files && { source: from, kind, ...files }
}

/** Would a page with the other packages start from a snapshot that has more of them? */
export function hasBetterSnapshot(packages: readonly string[], other: readonly string[]): boolean {
  const kind = snapshotKind(other)
  return snapshotSource() !== "none" && kind !== snapshotKind(packages) && shippedSnapshot(kind) !== undefined
}

/** A snapshot has more bytes than what it stands for: on a line where they cost more than the time they save, do without. */
async function worthwhile(runtime: string, kind: SnapshotKind): Promise<SnapshotFiles | undefined> {
  const files = shippedSnapshot(kind)
  return files && (!isSlow() || (await cached(runtime + files.memory))) ? files : undefined
}

/** What was noted for another runtime, or by an engine of another version, says nothing of this one. */
function readSource(): SnapshotSource {
  const first = shippedSnapshot("numpy") ? "shipped" : "own"
  try {
    const noted = localStorage.getItem(KEY) ?? ""
    const value = noted.startsWith(`${SUBJECT} `) ? noted.slice(SUBJECT.length + 1) : ""
    return value === "own" || value === "none" ? value : first
  } catch {
    return first
  }
}
