// What makes later visits start faster, done in idle time where device and connection have room for it.
import { CACHES, nameOf, savesData, tell } from "../shared/caches.ts"
import { choice } from "./snapshot-choice.ts"
import type { FromMaker, MakeOrder } from "../shared/protocol.ts"

const ENOUGH_QUOTA = 1e9
const LITTLE_MEMORY = 2

type Device = Navigator & { deviceMemory?: number }

/** Keep the runtime's files that this visit has used. */
export async function keep(base: string, files: readonly string[]): Promise<void> {
  if (!(await hasRoom())) return
  await tell({ type: "keep", urls: files.map((name) => base + name) })
}

/** Make a snapshot here, where the shipped one does not fit: once, by one of several tabs, and only until the reader waits. */
export async function makeOwn(maker: URL, order: MakeOrder, signal: AbortSignal): Promise<void> {
  const { deviceMemory = 8 } = navigator as Device
  if (choice() !== "own" || deviceMemory <= LITTLE_MEMORY || !(await hasRoom())) return
  await navigator.locks?.request("kamipen-snapshot", { ifAvailable: true }, async (held) => {
    const cache = await caches.open(CACHES.snapshot)
    if (!held || (await cache.match(nameOf(order.kind, "memory")))) return
    if (signal.aborted) return
    const made = await make(maker, order, signal)
    if (made.type === "failed") return
    await cache.put(nameOf(order.kind, "libraries"), packed(made.libraries))
    await cache.put(nameOf(order.kind, "memory"), packed(made.memory)) // last: it vouches for the other
  })
}

async function hasRoom(): Promise<boolean> {
  if (savesData()) return false
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

const packed = (bytes: Uint8Array): Response =>
  new Response(new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream("gzip")))
