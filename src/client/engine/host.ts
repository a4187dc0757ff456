// What the engine has around it in a real page: the worker, the snapshots of this browser, idle time.
import { choice, demote } from "./snapshot-choice.ts"
import type { BootOrder, FromWorker, ToWorker } from "../shared/protocol.ts"
import { kindFor, shipped, version } from "../shared/manifest.ts"

/** The part of a Worker that the engine uses: what a test replaces. */
export interface Channel {
  postMessage(message: ToWorker): void
  terminate(): void
  onmessage: ((event: { data: FromWorker }) => void) | null
  onerror: ((event: { message?: string; preventDefault?: () => void }) => void) | null
}

export interface Surroundings {
  spawn(): Channel
  order(wish: Wish): ToWorker & { type: "boot" }
  /** Where a browser cannot suspend Python, the service worker holds its question until this answers it. */
  answer(text: string): void
  /** The snapshot did not arrive, or does not fit: order another, in the latter case also on later visits. */
  unfit(lasting: boolean): void
  /** Nothing runs and nothing waits: time to keep what makes the next start faster, all the more if Python was used. */
  idle(order: BootOrder, files: readonly string[], used: boolean): void
  /** The reader waits again: leave off. */
  busy(): void
  /** Would a page with the other packages start from a snapshot that has more of them? */
  better(packages: readonly string[], other: readonly string[]): boolean
}

/** What the engine asks of a new worker; where and how is up to the surroundings. */
export interface Wish {
  packages: readonly string[]
  compiled: WebAssembly.Module | undefined
}

export function surroundings(): Surroundings {
  const runtime = new URL(`../runtime/${version}/`, import.meta.url).href
  let leisure = new AbortController()
  return {
    spawn: () => new Worker(new URL(__WORKER__, import.meta.url), { type: "module", name: "kamipen" }) as Channel,
    order: ({ packages, compiled }) => ({
      type: "boot",
      runtime,
      packages,
      snapshots: choice(),
      ...(compiled && { compiled }),
      ...(canShare() && { interrupt: new SharedArrayBuffer(4) }),
    }),
    answer: (text) => navigator.serviceWorker?.controller?.postMessage({ type: "input", text }),
    unfit: demote,
    idle: (order, files, used) => {
      leisure.abort("busy")
      leisure = new AbortController()
      const { signal } = leisure
      whenIdle(() => settle(order, files, used, signal))
    },
    // A reason of its own: the default one is an error, whose stack would hold the page of whoever ran something.
    busy: () => leisure.abort("busy"),
    better: (packages, other) => choice() !== "none" && kindFor(other) !== kindFor(packages) && shipped(kindFor(other)) !== undefined,
  }
}

/** An isolated page of WebKitGTK says that it is one, and has nothing to share all the same. */
const canShare = (): boolean => globalThis.crossOriginIsolated && "SharedArrayBuffer" in globalThis

let kept: readonly string[] = []

async function settle({ runtime, packages, compiled }: BootOrder, files: readonly string[], used: boolean, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { keep, makeOwn } = await import("./idle-tasks.ts")
  if (files !== kept) await keep(runtime, files)
  kept = files
  const order = { runtime, kind: kindFor(packages), ...(compiled && { compiled }) }
  if (used) await makeOwn(new URL(__MAKER__, import.meta.url), order, signal)
}

function whenIdle(work: () => Promise<void>): void {
  const quietly = (): void => void work().catch(() => {}) // a later visit is no faster, that is all
  if ("requestIdleCallback" in globalThis) requestIdleCallback(quietly, { timeout: 10_000 })
  else setTimeout(quietly, 2_000)
}
