import assert from "node:assert/strict"
import { test } from "node:test"

import type { Wasm } from "../../../../src/client/worker/runtime/emscripten.ts"
import { apply, difference, grow, Unrestorable } from "../../../../src/client/worker/snapshot/memory.ts"

const PAGE = 4096

/** Memory of some pages, each filled with one byte. */
function memory(...pages: number[]): Uint8Array {
  const bytes = new Uint8Array(pages.length * PAGE)
  pages.forEach((byte, page) => bytes.fill(byte, page * PAGE, (page + 1) * PAGE))
  return bytes
}

function wasm(bytes: Uint8Array): Wasm {
  return { HEAP8: new Int8Array(bytes.buffer), HEAPU8: bytes, _malloc: () => 0 } as unknown as Wasm
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

test("a memory is restored from the pages in which it differs", () => {
  const base = memory(1, 2, 3, 0)
  const wanted = memory(1, 9, 3, 4)
  const { header, parts } = difference(wanted, [base, base.slice()])
  assert.equal(header.pages, 2)
  assert.equal(header.extent, 3, "the page above is empty in every new memory")
  const module = wasm(base.slice())
  apply(module, header, concatenated(parts))
  assert.deepEqual(module.HEAPU8, wanted)
})

test("pages that are never twice the same are given whole", () => {
  const [first, second] = [memory(1, 5), memory(1, 6)]
  const wanted = memory(1, 7)
  const { header, parts } = difference(wanted, [first, second])
  assert.deepEqual(header.fickle, [1])
  const module = wasm(memory(1, 8))
  apply(module, header, concatenated(parts))
  assert.deepEqual(module.HEAPU8, wanted)
})

test("another memory is refused, for good", () => {
  const base = memory(1, 2)
  const { header, parts } = difference(memory(1, 3), [base, base.slice()])
  const refused = (error: unknown): boolean => error instanceof Unrestorable && error.lasting
  assert.throws(() => apply(wasm(memory(2, 2)), header, concatenated(parts)), refused)
  assert.throws(() => apply(wasm(memory(1, 2, 0)), header, concatenated(parts)), refused, "too large")
})

test("memory grows by allocation, until there is none left", () => {
  const module = { HEAP8: new Int8Array(PAGE), _malloc: () => 1 } as unknown as Wasm
  module._malloc = () => {
    module.HEAP8 = new Int8Array(module.HEAP8.length * 2)
    return 1
  }
  grow(module, 5 * PAGE)
  assert.equal(module.HEAP8.length, 8 * PAGE)
  module._malloc = () => 0
  assert.throws(() => grow(module, 9 * PAGE), Unrestorable)
})
