import assert from "node:assert/strict"
import { test } from "node:test"

import { coalesce } from "../../../src/client/cell/coalesce.ts"

test("of many wishes only the newest is done", async () => {
  const done: number[] = []
  let wish = 0
  const update = coalesce(async () => {
    const mine = wish
    await new Promise((resolve) => setTimeout(resolve, 5))
    done.push(mine)
  })
  const wishes = [1, 2, 3, 4, 5].map((value) => {
    wish = value
    return update()
  })
  await Promise.all(wishes)
  assert.deepEqual(done, [1, 5])
})
