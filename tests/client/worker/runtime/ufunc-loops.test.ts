import assert from "node:assert/strict"
import { test } from "node:test"

import { DIVIDE, INVALID, OVERFLOW } from "../../../../src/client/worker/runtime/flags.ts"
import type { Loop, Watcher } from "../../../../src/client/worker/runtime/operands.ts"
import { watchedLoop } from "../../../../src/client/worker/runtime/ufunc-loops.ts"
import { intoTable } from "../../../../src/client/worker/runtime/wasm-functions.ts"

const DOUBLE = 12
const LONG = 7

/** A memory with three operands of some numbers each, and who watches it. */
class Bench implements Watcher {
  readonly #buffer = new ArrayBuffer(1024)
  readonly memory = {
    HEAP32: new Int32Array(this.#buffer),
    HEAPU8: new Uint8Array(this.#buffer),
    HEAPF32: new Float32Array(this.#buffer),
    HEAPF64: new Float64Array(this.#buffer),
  }
  flags = 0
  wrapped = 0

  raise(flags: number): void {
    this.flags |= flags
  }

  raiseInteger(): void {
    this.wrapped++
  }

  dividing(work: () => void): void {
    work()
  }

  /** Run a loop over columns of numbers; `places` and `steps` in elements. */
  run(name: string, type: number, columns: readonly (readonly number[])[], compute: (...values: number[]) => number, { places = [0, 8, 16], steps = [1, 1, 1], n = columns[0]?.length ?? 0 } = {}): number {
    const size = type === DOUBLE ? 8 : 4
    const heap = type === DOUBLE ? this.memory.HEAPF64 : this.memory.HEAP32
    const base = 256
    columns.forEach((column, i) => column.forEach((value, k) => (heap[base / size + (places[i] as number) + k] = value)))
    const { HEAP32 } = this.memory
    places.forEach((place, i) => (HEAP32[i] = base + place * size))
    HEAP32[8] = n
    steps.forEach((step, i) => (HEAP32[16 + i] = step * size))
    const original: Loop = () => {
      for (let i = 0; i < n; i++) {
        const at = (k: number): number => base / size + (places[k] as number) + i * (steps[k] as number)
        heap[at(2)] = compute(heap[at(0)] as number, heap[at(1)] as number)
      }
    }
    watchedLoop(name, [type, type, type], original, this)?.(0, 32, 64, 0)
    return this.flags
  }
}

test("a result that is not finite tells why", () => {
  const divide = (x: number, y: number): number => new Bench().run("divide", DOUBLE, [[1, x], [1, y]], (a, b) => a / b)
  assert.equal(divide(1, 2), 0)
  assert.equal(divide(1, 0), DIVIDE)
  assert.equal(divide(0, 0), INVALID)
  assert.equal(divide(1e308, 1e-10), OVERFLOW)
  assert.equal(divide(Infinity, 2), 0, "it was infinite before")
  assert.equal(divide(NaN, 0), 0, "it was no number before")
  assert.equal(divide(Infinity, Infinity), INVALID)
})

test("in place, what went in counts", () => {
  const inPlace = { places: [0, 8, 0] }
  const multiply = (x: number, y: number): number => new Bench().run("multiply", DOUBLE, [[1, x], [1, y]], (a, b) => a * b, inPlace)
  assert.equal(multiply(1e308, 10), OVERFLOW)
  assert.equal(multiply(Infinity, 10), 0)
  assert.equal(multiply(Infinity, 0), INVALID)
})

test("a sum is judged by all that went in", () => {
  const sum = (...numbers: number[]): number =>
    new Bench().run("add", DOUBLE, [[0], numbers], (a, b) => a + b, { places: [0, 8, 0], steps: [0, 1, 0], n: numbers.length })
  assert.equal(sum(1, 2, 3), 0)
  assert.equal(sum(1e308, 1e308, 1), OVERFLOW)
  assert.equal(sum(Infinity, 1), 0)
  assert.equal(sum(Infinity, -Infinity), INVALID)
  assert.equal(sum(NaN, 1), 0)
})

test("integers of 32 bits tell when they wrap around, and not otherwise", () => {
  const wraps = (name: string, x: number, y: number, compute: (a: number, b: number) => number): number => {
    const bench = new Bench()
    bench.run(name, LONG, [[1, x], [1, y]], compute)
    assert.equal(bench.flags, 0)
    return bench.wrapped
  }
  const [most, least] = [2 ** 31 - 1, -(2 ** 31)]
  assert.equal(wraps("add", most, 1, (a, b) => (a + b) | 0), 1)
  assert.equal(wraps("add", most, least, (a, b) => (a + b) | 0), 0)
  assert.equal(wraps("subtract", least, 1, (a, b) => (a - b) | 0), 1)
  assert.equal(wraps("subtract", most, most, (a, b) => (a - b) | 0), 0)
  assert.equal(wraps("multiply", 65_536, 65_536, Math.imul), 1)
  assert.equal(wraps("multiply", -46_340, 46_340, Math.imul), 0)
  assert.equal(wraps("power", 20_000, 3, (a, b) => (a ** b) | 0), 1)
  assert.equal(wraps("power", -3, 5, (a, b) => (a ** b) | 0), 0)
})

test("functions of JavaScript become entries of the table, many at once", () => {
  const table = new WebAssembly.Table({ element: "anyfunc", initial: 3 })
  const functions = Array.from({ length: 200 }, (_, i) => ({ call: (a: number, b: number) => a + b + i, parameters: 2, returns: true }))
  const first = intoTable(table, functions)
  assert.equal(first, 3)
  assert.equal((table.get(first + 150) as (a: number, b: number) => number)(1, 2), 153)
})
