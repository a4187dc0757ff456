// Edits in a link: the code of edited cells, compressed, in the address's fragment, which no server sees. A chunk of its own.
import { concatenate } from "../shared/bytes.ts"
import { SHARED_PREFIX } from "./addresses.ts"

/** No article comes near this; a small link must not unpack to something that holds the page up. */
const LIMIT = 256 * 1024

/** What may stand in the code of a link: whatever follows came along, as the full stop of a sentence does, or a tracker. */
const CODE = /^[\w-]*/

/** Cell → code. */
export type Shared = Readonly<Record<string, string>>

/** The fragment of a link; nothing if it would be too large to be opened. */
export async function encode(cells: Shared): Promise<string | undefined> {
  const bytes = new TextEncoder().encode(JSON.stringify({ v: 1, cells }))
  if (bytes.length > LIMIT) return undefined
  const packed = await through(bytes, new CompressionStream("deflate-raw"), Infinity)
  const binary = packed.reduce((text, byte) => text + String.fromCharCode(byte), "")
  return SHARED_PREFIX + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
}

/** What a fragment carries; nothing if it is damaged, too large or not ours. */
export async function decode(fragment: string): Promise<Shared | undefined> {
  const [code = ""] = CODE.exec(fragment.slice(SHARED_PREFIX.length)) ?? []
  // A mark that is also a letter of the code, as of _emphasis_, is dropped only if the code does not open with it.
  const candidates = [code, ...[1, 2, 3].filter((n) => /^[-_]+$/.test(code.slice(-n))).map((n) => code.slice(0, -n))]
  for (const candidate of candidates) {
    const shared = await unpack(candidate).catch(() => undefined)
    if (shared) return shared
  }
  return undefined
}

async function unpack(code: string): Promise<Shared | undefined> {
  const binary = atob(code.replaceAll("-", "+").replaceAll("_", "/"))
  const packed = Uint8Array.from(binary, (character) => character.charCodeAt(0))
  const text = new TextDecoder("utf-8", { fatal: true }).decode(await through(packed, new DecompressionStream("deflate-raw"), LIMIT))
  const value: unknown = JSON.parse(text)
  return isPayload(value) ? value.cells : undefined
}

async function through(bytes: Uint8Array<ArrayBuffer>, stream: GenericTransformStream, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  const reader: ReadableStreamDefaultReader<Uint8Array> = new Blob([bytes]).stream().pipeThrough(stream).getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value)
    length += read.value.length
    if (length > limit) {
      await reader.cancel()
      throw new Error("too large")
    }
  }
  return concatenate(parts)
}

function isPayload(value: unknown): value is { v: 1; cells: Shared } {
  if (typeof value !== "object" || value === null || !("v" in value) || value.v !== 1 || !("cells" in value)) return false
  const { cells } = value
  return typeof cells === "object" && cells !== null && Object.values(cells).every((code) => typeof code === "string")
}
