// A worker beside the interpreter's: it fetches and unpacks one large file while the other starts Python.
import { Downloads } from "../runtime/downloads.ts"
import { unpackedKept } from "../../shared/snapshots.ts"
import type { FromUnpacker, UnpackOrder } from "../../shared/protocol.ts"
import { files } from "../../shared/manifest.ts"

async function unpack({ runtime, name, cacheName }: UnpackOrder): Promise<Uint8Array> {
  if (cacheName !== undefined) return unpackedKept(name, cacheName)
  return new Downloads(runtime, files, (loaded) => post({ type: "progress", loaded })).unpacked(name)
}

function post(message: FromUnpacker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer })
}

self.addEventListener("message", ({ data }: MessageEvent<UnpackOrder>) => {
  unpack(data).then(
    (content) => post({ type: "unpacked", content }, [content.buffer as ArrayBuffer]),
    (error: unknown) => post({ type: "failed", message: error instanceof Error ? error.message : String(error) }),
  )
})
