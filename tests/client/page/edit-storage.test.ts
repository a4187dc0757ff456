import assert from "node:assert/strict"
import { test } from "node:test"

import { Edits, type Storage } from "../../../src/client/page/edit-storage.ts"

function storage(): Storage & { entries: Map<string, string> } {
  const entries = new Map<string, string>()
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  }
}

test("edits are kept by cell and published hash", () => {
  const kept = storage()
  const edits = new Edits(() => kept, assert.fail)
  edits.set("s#a", { hash: "1", code: "x" })
  assert.deepEqual(edits.get("s#a"), { hash: "1", code: "x" })
  edits.delete("s#a")
  assert.equal(edits.get("s#a"), undefined)
  kept.entries.set("kamipen:edit:s#a", "{broken")
  assert.equal(edits.get("s#a"), undefined)
})

test("a browser that keeps nothing is said once", () => {
  let said = 0
  const edits = new Edits(() => { throw new Error("denied") }, () => said++)
  edits.set("s#a", { hash: "1", code: "x" })
  edits.set("s#a", { hash: "1", code: "y" })
  assert.equal(edits.get("s#a"), undefined)
  assert.equal(said, 1)
})
