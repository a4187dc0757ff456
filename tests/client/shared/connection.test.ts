import assert from "node:assert/strict"
import { test } from "node:test"

import { isCostly, isSlow, savesData } from "../../../src/client/shared/connection.ts"

const over = (connection: object | undefined): boolean[] => {
  Object.defineProperty(globalThis.navigator, "connection", { value: connection, configurable: true })
  return [savesData(), isCostly(), isSlow()]
}

test("each threshold takes in the ones before it", () => {
  assert.deepEqual(over(undefined), [false, false, false])
  assert.deepEqual(over({ saveData: false, effectiveType: "4g" }), [false, false, false])
  assert.deepEqual(over({ effectiveType: "3g" }), [false, false, true])
  assert.deepEqual(over({ effectiveType: "2g" }), [false, true, true])
  assert.deepEqual(over({ effectiveType: "slow-2g" }), [false, true, true])
  assert.deepEqual(over({ saveData: true, effectiveType: "4g" }), [true, true, true])
})
