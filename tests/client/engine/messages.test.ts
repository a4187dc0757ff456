import assert from "node:assert/strict"
import { test } from "node:test"

import { received } from "../../../src/client/engine/messages.ts"

const MODULE = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))
const BEFORE = [
  { type: "progress", stage: "download", loaded: 1, total: 2 },
  { type: "compiled", module: MODULE },
  { type: "booted", files: ["numpy.whl"] },
  { type: "unrestorable", message: "another memory", lasting: true },
  { type: "failed", reason: "memory", message: "" },
]
const AFTER = [
  { type: "progress", stage: "download", loaded: 1, total: 2 },
  { type: "failed", reason: "runtime", message: "" },
  { type: "started", id: 1 },
  { type: "output", id: 1, items: [{ kind: "text", stream: "stdout", text: "x" }, { kind: "rich", html: "<b>" }, { kind: "notice", code: "truncated" }] },
  { type: "output", id: 1, items: [{ kind: "figure", svg: "<svg>", width: 1, height: 2, alt: "" }] },
  { type: "input", id: 1, prompt: "" },
  { type: "result", id: 1, result: { status: "done", elapsed: 1.5 } },
  { type: "result", id: 1, result: { status: "done", elapsed: 1, values: { "limit .3f": "0.200", gone: null } } },
  { type: "result", id: 1, result: { status: "error", elapsed: 0, error: { type: "E", message: "m", traceback: "t", line: 3 } } },
  { type: "completions", id: 1, completions: { from: 0, options: [{ label: "np", type: "namespace" }] } },
]
const FORGED = [
  undefined,
  null,
  3,
  "booted",
  [],
  {},
  { type: null },
  { type: "constructor" },
  { type: "toString" },
  { type: "output", id: 1, items: 3 },
  { type: "output", id: 1, items: [null] },
  { type: "output", id: 1, items: [{ kind: "toString" }] },
  { type: "output", id: 1, items: [{ kind: "text", stream: "stdin", text: "x" }] },
  { type: "output", id: 1, items: [{ kind: "figure", svg: "<svg>", width: "1; background: red", height: 2, alt: "" }] },
  { type: "output", id: 1, items: [{ kind: "rich", html: { toString: 1 } }] },
  { type: "input", id: 1, prompt: {} },
  { type: "progress", stage: "download", loaded: NaN, total: 2 },
  { type: "completions", id: 1, completions: null },
  { type: "completions", id: 1, completions: { from: 0, options: [{ label: 1 }] } },
  { type: "failed", reason: "constructor", message: "" },
]

test("what the worker says passes in its time", () => {
  for (const message of BEFORE) assert.equal(received(message, false), message)
  for (const message of AFTER) assert.equal(received(message, true), message)
})

test("once the reader's code runs, nothing comes from the worker that a later one starts from", () => {
  for (const type of ["compiled", "booted", "unrestorable"]) assert.equal(received(BEFORE.find((message) => message.type === type), true), undefined)
})

test("what is not of the protocol's shape is dropped", () => {
  for (const message of FORGED) for (const booted of [false, true]) assert.equal(received(message, booted), undefined, JSON.stringify(message))
})

test("a module is one only if it was compiled", () => {
  assert.equal(received({ type: "compiled", module: { exports: {} } }, false), undefined)
})

test("a result that makes no sense ends its run all the same", () => {
  for (const result of [undefined, null, { status: "fine", elapsed: 1 }, { status: "done", elapsed: "1" }, { status: "error", elapsed: 1, error: { type: 1 } }]) {
    const message = received({ type: "result", id: 7, result }, true)
    assert.ok(message?.type === "result")
    assert.deepEqual([message.id, message.result.status, message.result.reason], [7, "crashed", "runtime"])
  }
})
