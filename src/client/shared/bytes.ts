// Byte arrays: joined, unpacked, and named by their digest.

/** All parts, one after the other. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** What a stream that is compressed with gzip holds; rejects where it is damaged, which gzip's checksum tells. */
export async function gunzip(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer())
}

/** The SHA-256 digest in hexadecimal, or its first `bytes` bytes. */
export async function sha256(content: ArrayBuffer | Uint8Array<ArrayBuffer>, bytes = 32): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", content)
  return [...new Uint8Array(digest, 0, bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}
