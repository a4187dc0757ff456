import assert from "node:assert/strict"
import { test } from "node:test"

import { changeBetween } from "../../../src/client/cell/change.ts"
import { regionsOf } from "../../../src/client/cell/regions.ts"

const code = "# region set-up\nimport numpy as np\n\nx = 1\n# endregion\n\n\ny = 2\n# region plot\nprint(y)\n# endregion"

test("a region ends with the blank lines below it", () => {
  assert.deepEqual(
    regionsOf(code).map(({ name, from, to, lines }) => [name, code.slice(from, to), lines]),
    [
      ["set-up", "# region set-up\nimport numpy as np\n\nx = 1\n# endregion\n\n", 3],
      ["plot", "# region plot\nprint(y)\n# endregion", 1],
    ],
  )
})

test("what is not closed, as while someone types, is no region", () => {
  assert.deepEqual(regionsOf("# region data\nx = 1"), [])
  assert.deepEqual(regionsOf("# endregion"), [])
})

test("a change is as small as can be", () => {
  assert.equal(changeBetween("abc", "abc"), undefined)
  assert.deepEqual(changeBetween("eta = 0.19\n", "eta = 0.2\n"), { from: 8, to: 10, insert: "2" })
  assert.deepEqual(changeBetween("aa", "aaa"), { from: 2, to: 2, insert: "a" })
  assert.deepEqual(changeBetween("aaa", ""), { from: 0, to: 3, insert: "" })
})
