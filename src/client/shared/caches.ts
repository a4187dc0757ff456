// Which cache holds what. All of the site's caches share a prefix; others of the same origin are not ours to touch.
import type { SnapshotKind } from "./protocol.ts"
import { lock, version } from "./manifest.ts"

export const PREFIX = "kamipen-"

export const CACHES = {
  /** The files of Python that a reader has used. */
  runtime: `${PREFIX}runtime-${version}-${lock}`,
  /** A snapshot that the reader's own browser made: another engine lays memory out otherwise. */
  snapshot: `${PREFIX}snapshot-${version}-${lock}-${engineOf(navigator.userAgent)}`,
  /** The whole site, where a reader asked for it; brought up to date by each release. */
  site: `${PREFIX}site`,
} as const

const FORMAT = 2 // of a snapshot's files: one in another format is made anew

/** Where a snapshot of the browser's own is in its cache; no server is ever asked for it. */
export const nameOf = (kind: SnapshotKind, part: "libraries" | "memory"): string => `/kamipen-own-snapshot/${FORMAT}/${kind}.${part}`

/** The browser's engine and its major version, such as `Chrome.150`. */
export function engineOf(agent: string): string {
  const [, name = "other", major = ""] = /(Firefox|Chrome|Version)\/(\d+)/.exec(agent) ?? []
  return `${name}.${major}`
}

/** Does this connection ask for no byte that is not needed? */
export function savesData(): boolean {
  return (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData === true
}

export type ToServiceWorker =
  /** Pages and their parts that came before the service worker did. */
  | { type: "visited"; urls: string[] }
  /** What Python needs to start again. */
  | { type: "keep"; urls: string[] }
  /** Bring a site that was saved whole up to date. */
  | { type: "refresh" }
  /** What the reader typed, for the cell that waits for it. */
  | { type: "input"; text: string }

/** Hand something to the service worker, once there is one; without one nothing is lost but the offline copy. */
export async function tell(message: ToServiceWorker): Promise<void> {
  const registration = await navigator.serviceWorker?.ready
  registration?.active?.postMessage(message)
}
