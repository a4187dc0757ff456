import assert from "node:assert/strict"
import { test } from "node:test"
import { gzipSync } from "node:zlib"

import { concatenate, gunzip, sha256 } from "../../../src/client/shared/bytes.ts"

const stream = (bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> => new Blob([new Uint8Array(bytes)]).stream()

test("parts are joined in order", () => {
  assert.deepEqual(concatenate([Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3)]), Uint8Array.of(1, 2, 3))
})

test("what is compressed is unpacked; what is damaged is not taken for sound", async () => {
  const packed = gzipSync(Buffer.from("paper and pen".repeat(100)))
  assert.equal(new TextDecoder().decode(await gunzip(stream(packed))), "paper and pen".repeat(100))
  packed[packed.length - 6] = (packed.at(-6) ?? 0) ^ 1 // its checksum
  await assert.rejects(gunzip(stream(packed)))
})

test("the digest is SHA-256 in hexadecimal, or its beginning", async () => {
  const abc = new TextEncoder().encode("abc")
  assert.equal(await sha256(abc), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  assert.equal(await sha256(abc, 4), "ba7816bf")
})
