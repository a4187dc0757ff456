// The files of a snapshot: a JSON header, then bytes; the whole is compressed with gzip, which also guards its content.
import { concatenate } from "../../shared/bytes.ts"

const HEADER = 8 // the header's length, then 4 bytes of nothing, so that what follows is aligned

export interface Container<Header> {
  header: Header
  body: Uint8Array
}

export function pack(header: object, parts: readonly Uint8Array[]): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const start = new Uint8Array(HEADER + padded(json.length))
  new DataView(start.buffer).setUint32(0, json.length, true)
  start.set(json, HEADER)
  return concatenate([start, ...parts])
}

export function unpack<Header>(packed: Uint8Array): Container<Header> {
  const length = new DataView(packed.buffer, packed.byteOffset).getUint32(0, true)
  const json = new TextDecoder().decode(packed.subarray(HEADER, HEADER + length))
  return { header: JSON.parse(json) as Header, body: packed.subarray(HEADER + padded(length)) }
}

const padded = (length: number): number => Math.ceil(length / 8) * 8
