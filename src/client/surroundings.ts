// What the engine has around it in a real page: the worker, the snapshots of this browser, idle time.
import { choice, demote } from "./choice.ts"
import type { Channel, Surroundings } from "./engine.ts"
import type { BootOrder } from "./protocol.ts"
import { kindFor, shipped, version } from "./runtime.ts"

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
  const { keep, makeOwn } = await import("./later.ts")
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
