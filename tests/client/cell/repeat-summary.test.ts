import assert from "node:assert/strict"
import { test } from "node:test"

import { summarise } from "../../../src/client/cell/repeat-summary.ts"

test("the spread of every number that varies", () => {
  const spreads = summarise(["loss 0.1 after 5\n", "loss 0.3 after 5\n", "loss 0.2 after 5\n"])
  assert.equal(spreads.length, 1)
  assert.deepEqual(spreads[0]?.number, { from: 5, to: 8, min: "0.1", median: "0.2", max: "0.3" })
  assert.deepEqual(summarise(["a 1", "b 2"]), [])
})
