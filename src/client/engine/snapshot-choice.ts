// Which snapshot this browser starts from. One that did not fit is not tried again: the next choice takes its place.
import { CACHES, engineOf } from "../shared/caches.ts"
import { lock, shipped } from "../shared/manifest.ts"
import type { SnapshotChoice } from "../shared/protocol.ts"

const KEY = "kamipen:snapshot"
const SUBJECT = `${lock} ${engineOf(navigator.userAgent)}`
const NEXT: Record<SnapshotChoice, SnapshotChoice> = { shipped: "own", own: "none", none: "none" }

let chosen: SnapshotChoice | undefined

export function choice(): SnapshotChoice {
  return (chosen ??= read())
}

/** The present choice cannot be used: on this page, or by this engine at all. */
export function demote(lasting: boolean): void {
  if (choice() === "own") drop()
  chosen = lasting ? NEXT[choice()] : "none"
  if (!lasting) return
  try {
    localStorage.setItem(KEY, `${SUBJECT} ${chosen}`)
  } catch {
    // without storage the next visit tries again
  }
}

/** The browser's own copy is of no use; the next visit may make another. */
function drop(): void {
  try {
    void caches.delete(CACHES.snapshot).catch(() => {})
  } catch {
    // nothing is kept where nothing can be
  }
}

/** A choice made for another runtime, or by an engine of another version, says nothing of this one. */
function read(): SnapshotChoice {
  const first = shipped("numpy") ? "shipped" : "own"
  try {
    const kept = localStorage.getItem(KEY) ?? ""
    const value = kept.startsWith(`${SUBJECT} `) ? kept.slice(SUBJECT.length + 1) : ""
    return value === "own" || value === "none" ? value : first
  } catch {
    return first
  }
}
