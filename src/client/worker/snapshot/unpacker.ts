// A worker beside the interpreter's: it fetches and unpacks one large file while the other starts Python.
import { files } from "../../shared/manifest.ts"
import type { FromUnpacker, UnpackOrder } from "../../shared/protocol.ts"
import { readOwnSnapshot } from "../../shared/snapshots.ts"
import { Downloads } from "../runtime/downloads.ts"

async function unpack({ runtime, source, memory }: UnpackOrder): Promise<Uint8Array> {
  if (source === "own") return readOwnSnapshot(memory)
  return new Downloads(runtime, files, (loaded) => post({ type: "progress", loaded })).unpacked(memory)
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
