import assert from "node:assert/strict"
import { mock, test } from "node:test"

import type { Entry } from "../../../src/client/exercise/log.ts"
import { LogStore, volatileBackend } from "../../../src/client/exercise/store.ts"
import { exportText, readExport } from "../../../src/client/practice/data-file.ts"

const NOW = Date.UTC(2026, 10, 21)
mock.timers.enable({ apis: ["Date"], now: NOW })
const ENTRIES: Entry[] = [
  { type: "attempt", id: "a", at: NOW, item: "two-over-lambda", right: true, hints: 1, level: 950, guess: 0, via: "article" },
  { type: "placement", id: "b", at: NOW, rating: 1234.5, error: 98, answers: 8 },
  { type: "guess", id: "c", at: NOW, cell: "gradient_descent_physics#threshold", value: 0.2 },
  { type: "guess", id: "d", at: NOW, cell: "gradient_descent_physics#cost", value: [[0, 1], [1, 0.5]] },
]
const [ATTEMPT] = ENTRIES as [Entry]
const file = (entries: unknown, version: unknown = 1): string => JSON.stringify({ format: "kamipen-practice", version, entries })

test("what was exported is imported whole", () => {
  assert.deepEqual(readExport(exportText(ENTRIES, NOW)), ENTRIES)
})

const REFUSED: [string, string, unknown][] = [
  ["no JSON", "{", { why: "not-json" }],
  ["another file", '{"cells": []}', { why: "not-ours" }],
  ["a list", "[]", { why: "not-ours" }],
  ["a newer version", file([], 2), { why: "newer", version: 2 }],
  ["an unknown version", file([], 0), { why: "malformed", where: "version" }],
  ["no entries", file({}), { why: "malformed", where: "entries" }],
  ["an entry that is none", file([ATTEMPT, 3]), { why: "malformed", where: "entries[1]" }],
  ["an unknown type", file([{ type: "bribe" }]), { why: "malformed", where: "entries[0].type" }],
  ["a missing part", file([{ ...ATTEMPT, item: undefined }]), { why: "malformed", where: "entries[0].item" }],
  ["a wrong part", file([{ ...ATTEMPT, right: "yes" }]), { why: "malformed", where: "entries[0].right" }],
  ["an unknown part", file([{ ...ATTEMPT, extra: 1 }]), { why: "malformed", where: "entries[0].extra" }],
  ["a time to come", file([{ ...ATTEMPT, at: NOW + 1e10 }]), { why: "malformed", where: "entries[0].at" }],
  ["a certain guess", file([{ ...ATTEMPT, guess: 1 }]), { why: "malformed", where: "entries[0].guess" }],
  ["half a hint", file([{ ...ATTEMPT, hints: 0.5 }]), { why: "malformed", where: "entries[0].hints" }],
  ["a point without a height", file([{ ...ENTRIES[3], value: [[0, 1], [1]] }]), { why: "malformed", where: "entries[0].value" }],
  ["an infinite rating", file([{ ...ENTRIES[1], rating: 1e300 }]), { why: "malformed", where: "entries[0].rating" }],
  ["one key twice", file([ATTEMPT, ATTEMPT]), { why: "malformed", where: "entries[1].id" }],
]
for (const [name, content, refusal] of REFUSED) {
  test(`${name} is refused, with the reason`, () => assert.deepEqual(readExport(content), refusal))
}

test("merging adds what is new and keeps what is there", async () => {
  const store = new LogStore(volatileBackend(), false)
  const own = await store.add({ type: "guess", cell: "x#y", value: 1 })
  assert.equal(await store.merge([ATTEMPT]), 1)
  assert.equal(await store.merge([ATTEMPT]), 0)
  assert.deepEqual((await store.entries()).map(({ id }) => id).sort(), [own.id, ATTEMPT.id].sort())
  await store.erase()
  assert.deepEqual(await store.entries(), [])
})
