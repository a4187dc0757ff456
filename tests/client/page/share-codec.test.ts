import assert from "node:assert/strict"
import { test } from "node:test"

import { decode, encode } from "../../../src/client/page/share-codec.ts"

test("a link carries code there and back; a damaged or huge one carries nothing", async () => {
  const cells = { "s#a": "print('η = 紙とペン')\n".repeat(40) }
  const fragment = await encode(cells)
  assert.match(fragment, /^#kp=[\w-]+$/)
  assert.ok(fragment.length < 200)
  assert.deepEqual(await decode(fragment), cells)
  assert.equal(await decode(`${fragment.slice(0, -8)}AAAAAAAA`), undefined)
  assert.equal(await decode("#kp=%%%"), undefined)
  assert.equal(await decode(await encode({ "s#a": "x".repeat(1_000_000) })), undefined)
})
