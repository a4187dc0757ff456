// Unpacking in a worker of its own: the interpreter's has enough to do meanwhile.
import type { FromUnpacker, UnpackOrder } from "../../shared/protocol.ts"
import { Worker } from "../runtime/boundary.ts"
import { NetworkError } from "../runtime/downloads.ts"

/** No worker can be had here: whoever asks does the work. */
export class NoWorker extends Error {
  override name = "NoWorker"
}

/** The file's content, unpacked; throws NetworkError where it does not arrive, NoWorker where none starts. */
export async function unpackInWorker(order: UnpackOrder, report: (loaded: number) => void = () => {}): Promise<Uint8Array> {
  const worker = spawn()
  return new Promise<Uint8Array>((resolve, reject) => {
    worker.onerror = (event) => {
      event.preventDefault()
      reject(new NoWorker(event.message))
    }
    worker.onmessage = ({ data }: MessageEvent<FromUnpacker>) => {
      if (data.type === "progress") report(data.loaded)
      else if (data.type === "unpacked") resolve(data.content)
      else reject(new NetworkError(data.message))
    }
    worker.postMessage(order)
  }).finally(() => worker.terminate())
}

function spawn(): Worker {
  try {
    return new Worker(new URL(__UNPACKER__, import.meta.url), { type: "module", name: "kamipen-unpacker" })
  } catch (error) {
    throw new NoWorker(String(error))
  }
}
