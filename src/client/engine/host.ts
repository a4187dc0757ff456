// What the engine has around it in a real page: the worker, the snapshots of this browser, idle time.
import { savesData } from "../shared/connection.ts"
import { whenIdle } from "../shared/idle.ts"
import { version } from "../shared/manifest.ts"
import type { BootOrder, ToWorker } from "../shared/protocol.ts"
import { snapshotKind } from "../shared/snapshots.ts"
import { confined } from "./confined.ts"
import { chooseSnapshot, hasBetterSnapshot, rejectSnapshot, snapshotSource } from "./snapshot-choice.ts"

/** The part of a Worker that the engine uses: what a test replaces. */
export interface Channel {
  postMessage(message: ToWorker): void
  terminate(): void
  onmessage: ((event: { data: unknown }) => void) | null
  onerror: ((event: { message?: string; preventDefault?: () => void }) => void) | null
}

export interface EngineHost {
  spawn(): Channel
  /** What a new worker is told; never rejects. */
  bootOrder(request: BootRequest): Promise<BootOrder>
  /** Where a browser cannot suspend Python, the service worker holds its question until this answers it. */
  answer(text: string): void
  /** Call back when the worker that holds this lock has ended, however it came. */
  onGone(life: string, then: () => void): void
  /** The snapshot did not arrive, or does not fit: choose another, in the latter case also on later visits. */
  rejectSnapshot(lasting: boolean): void
  /** Would a page with the other packages start from a snapshot that has more of them? */
  hasBetterSnapshot(packages: readonly string[], other: readonly string[]): boolean
  /** Nothing runs and nothing waits: time to keep what makes the next start faster, all the more if Python was used. */
  idle(order: BootOrder, files: readonly string[], used: boolean): void
  /** The reader waits again: leave off. */
  busy(): void
}

/** What the engine asks of a new worker; where and how is up to the host. */
export interface BootRequest {
  packages: readonly string[]
  compiled: WebAssembly.Module | undefined
}

export function pageHost(): EngineHost {
  const runtime = new URL(`../runtime/${version}/`, import.meta.url).href
  let idleTasks = new AbortController()
  return {
    spawn: () => confined(new URL(__WORKER__, import.meta.url), "kamipen") as Channel,
    bootOrder: async ({ packages, compiled }) => {
      const snapshot = await chooseSnapshot(runtime, packages)
      return {
        runtime,
        packages,
        life: `kamipen-${Date.now()}-${Math.random()}`,
        ...(snapshot && { snapshot }),
        ...(compiled && { compiled }),
        ...(canShare() && { interrupt: new SharedArrayBuffer(4) }),
      }
    },
    answer: (text) => navigator.serviceWorker?.controller?.postMessage({ type: "input", text }),
    onGone: (life, then) => void navigator.locks.request(life, then).catch(() => {}),
    rejectSnapshot,
    hasBetterSnapshot,
    idle: (order, files, used) => {
      idleTasks.abort("busy")
      idleTasks = new AbortController()
      const { signal } = idleTasks
      whenIdle(() => void runIdleTasks(order, files, used, signal).catch(() => {})) // a later visit is no faster, that is all
    },
    // A reason of its own: the default one is an error, whose stack would hold the page of whoever ran something.
    busy: () => idleTasks.abort("busy"),
  }
}

/** An isolated page of WebKitGTK says that it is one, and has nothing to share all the same. */
const canShare = (): boolean => globalThis.crossOriginIsolated && "SharedArrayBuffer" in globalThis

let cachedFiles: readonly string[] = []

async function runIdleTasks({ runtime, packages, compiled }: BootOrder, files: readonly string[], used: boolean, signal: AbortSignal): Promise<void> {
  if (signal.aborted || savesData()) return
  const { cacheRuntime, makeOwnSnapshot } = await import("./idle-tasks.ts")
  if (files !== cachedFiles) await cacheRuntime(runtime, files)
  cachedFiles = files
  const order = { runtime, kind: snapshotKind(packages), ...(compiled && { compiled }) }
  if (used && snapshotSource() === "own") await makeOwnSnapshot(new URL(__MAKER__, import.meta.url), order, signal)
}
