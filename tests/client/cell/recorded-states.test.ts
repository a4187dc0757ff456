import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { readStates, RecordedStates, type RecordedItem, type StatesFile } from "../../../src/client/cell/recorded-states.ts"

interface Golden {
  file: StatesFile
  expected: Record<string, { items: RecordedItem[]; values: (string | null)[] }>
}

/** As tests/kamipen/recording/states/test_encoding.py writes it. */
const golden = JSON.parse(readFileSync(new URL("../../data/states.json", import.meta.url), "utf8")) as Golden
const states = new RecordedStates(golden.file)
const answer = (body: string, status = 200): Promise<Response> => Promise.resolve(new Response(body, { status }))

test("each state comes back to the character", () => {
  for (const [key, { items, values }] of Object.entries(golden.expected)) {
    const state = key.split("|")
    assert.ok(states.isRecorded(state))
    assert.deepEqual(states.items(state), items, key)
    assert.deepEqual(Object.values(states.values(state)), values, key)
  }
})

test("what was not recorded is not there", () => {
  assert.equal(states.isRecorded(["0.3", '"poly"']), false)
  assert.equal(states.isRecorded(["constructor"]), false)
  assert.deepEqual(states.items(["0.3", '"poly"']), [])
})

test("it is known which kinds of output there are", () => {
  assert.ok(states.has("rich") && states.has("error") && states.has("figure"))
  assert.equal(states.has("notice"), false)
})

test("a file that is gone, damaged or of a later format leaves all to Python", async () => {
  assert.ok(await readStates(answer(JSON.stringify(golden.file))))
  assert.equal(await readStates(answer("", 404)), undefined)
  assert.equal(await readStates(answer("<html>")), undefined)
  assert.equal(await readStates(answer(JSON.stringify({ ...golden.file, format: 2 }))), undefined)
  assert.equal(await readStates(Promise.reject(new Error("no network"))), undefined)
  assert.equal(await readStates(undefined), undefined)
})
