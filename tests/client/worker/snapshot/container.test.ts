import assert from "node:assert/strict"
import { test } from "node:test"

import { pack, unpack } from "../../../../src/client/worker/snapshot/container.ts"

test("a header and its parts come back, the bytes aligned", () => {
  for (const note of ["", "a", "ηeta", "x".repeat(100)]) {
    const packed = pack({ note }, [Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)])
    const { header, body } = unpack<{ note: string }>(packed)
    assert.deepEqual(header, { note })
    assert.deepEqual([...body], [1, 2, 3])
    assert.equal(body.byteOffset % 8, 0)
  }
})

test("a container within a larger buffer is read at its place", () => {
  const packed = pack({ n: 1 }, [Uint8Array.of(9)])
  const whole = new Uint8Array(packed.length + 16)
  whole.set(packed, 16)
  assert.deepEqual([...unpack(whole.subarray(16)).body], [9])
})
