// What makes later visits start faster, done in idle time where device and connection have room for it.
import type { FromMaker, MakeOrder } from "../shared/protocol.ts"
import { tellServiceWorker } from "../shared/service-worker.ts"
import { ownSnapshot, writeOwnSnapshot } from "../shared/snapshots.ts"

const ENOUGH_QUOTA = 1e9 // bytes
const LITTLE_MEMORY = 2 // GiB

type Device = Navigator & { deviceMemory?: number }

/** Keep the runtime's files that this visit has used. */
export async function cacheRuntime(base: string, files: readonly string[]): Promise<void> {
  if (!(await hasRoom())) return
  await tellServiceWorker({ type: "keep", urls: files.map((name) => base + name) })
}

/** Make a snapshot here, where the shipped one does not fit: once, by one of several tabs, and only until the reader waits. */
export async function makeOwnSnapshot(maker: URL, order: MakeOrder, signal: AbortSignal): Promise<void> {
  const { deviceMemory = 8 } = navigator as Device
  if (deviceMemory <= LITTLE_MEMORY || !(await hasRoom())) return
  await navigator.locks?.request("kamipen-snapshot", { ifAvailable: true }, async (held) => {
    if (!held || (await ownSnapshot(order.kind)) || signal.aborted) return
    const made = await make(maker, order, signal)
    if (made.type === "made") await writeOwnSnapshot(order.kind, made)
  })
}

async function hasRoom(): Promise<boolean> {
  const { quota = 0 } = (await navigator.storage?.estimate?.().catch(() => undefined)) ?? {}
  return quota >= ENOUGH_QUOTA
}

function make(maker: URL, order: MakeOrder, signal: AbortSignal): Promise<FromMaker> {
  const worker = new Worker(maker, { type: "module", name: "kamipen-snapshot" })
  return new Promise<FromMaker>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<FromMaker>) => resolve(data)
    worker.onerror = (event) => {
      event.preventDefault()
      resolve({ type: "failed", message: event.message })
    }
    signal.addEventListener("abort", () => resolve({ type: "failed", message: "the reader waits" }))
    worker.postMessage(order)
  }).finally(() => worker.terminate())
}
