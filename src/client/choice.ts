// Which snapshot this browser starts from. One that did not fit is not tried again: the next choice takes its place.
import { lock } from "./runtime.ts"
import type { SnapshotChoice } from "./protocol.ts"

const KEY = "kamipen:snapshot"
const NEXT: Record<SnapshotChoice, SnapshotChoice> = { shipped: "own", own: "none", none: "none" }

let chosen: SnapshotChoice | undefined

export function choice(): SnapshotChoice {
  return (chosen ??= read())
}

/** The present choice cannot be used: on this page, or by this engine at all. */
export function demote(lasting: boolean): void {
  chosen = lasting ? NEXT[choice()] : "none"
  if (!lasting) return
  try {
    localStorage.setItem(KEY, `${lock} ${chosen}`)
  } catch {
    // without storage the next visit tries again
  }
}

/** A choice made for another runtime says nothing of this one. */
function read(): SnapshotChoice {
  try {
    const [kept, value] = localStorage.getItem(KEY)?.split(" ") ?? []
    return kept === lock && (value === "own" || value === "none") ? value : "shipped"
  } catch {
    return "shipped"
  }
}
