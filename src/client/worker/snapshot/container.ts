// The files of a snapshot: a JSON header, then bytes; the whole is compressed with gzip, which also guards its content.

const HEADER = 8 // the header's length, then 4 bytes of nothing, so that what follows is aligned

export interface Container<Header> {
  header: Header
  body: Uint8Array
}

export function pack(header: object, parts: readonly Uint8Array[]): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const start = HEADER + padded(json.length)
  const packed = new Uint8Array(start + parts.reduce((size, part) => size + part.length, 0))
  new DataView(packed.buffer).setUint32(0, json.length, true)
  packed.set(json, HEADER)
  let at = start
  for (const part of parts) {
    packed.set(part, at)
    at += part.length
  }
  return packed
}

export function unpack<Header>(packed: Uint8Array): Container<Header> {
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0, true)
  const json = new TextDecoder().decode(packed.subarray(HEADER, HEADER + length))
  return { header: JSON.parse(json) as Header, body: packed.subarray(HEADER + padded(length)) }
}

const padded = (length: number): number => Math.ceil(length / 8) * 8
