import assert from "node:assert/strict"
import { test } from "node:test"
import { deflateRawSync } from "node:zlib"

import { decode, encode } from "../../../src/client/page/share-codec.ts"

const linked = async (cells: Record<string, string>): Promise<string> => (await encode(cells)) ?? ""

test("a link carries code there and back; a damaged or huge one carries nothing", async () => {
  const cells = { "s#a": "print('η = 紙とペン')\n".repeat(40) }
  const fragment = await linked(cells)
  assert.match(fragment, /^#kp=[\w-]+$/)
  assert.ok(fragment.length < 200)
  assert.deepEqual(await decode(fragment), cells)
  assert.equal(await decode(`${fragment.slice(0, -8)}AAAAAAAA`), undefined)
  assert.equal(await decode("#kp=%%%"), undefined)
  const huge = deflateRawSync(JSON.stringify({ v: 1, cells: { "s#a": "x".repeat(1_000_000) } })).toString("base64url")
  assert.equal(await decode(`#kp=${huge}`), undefined)
})

test("what comes along behind a link does not matter", async () => {
  const behind = [".", ")", "。", "）", "&utm_source=x", "?fbclid=1", "\u200b", "%E2%80%8B", "%E3%80%82", "**", "_", "__", "-", "/", " ", ">", "#top"]
  for (const code of ["1", "12", "123", "a = 紙"]) {
    const cells = { "s#a": code }
    const fragment = await linked(cells)
    for (const mark of behind) assert.deepEqual(await decode(fragment + mark), cells, `${code} ${mark}`)
  }
})

test("code that no link would open makes none", async () => {
  assert.equal(await encode({ "s#a": "x".repeat(256 * 1024) }), undefined)
  const most = { "s#a": "紙".repeat(85_000) }
  assert.deepEqual(await decode(await linked(most)), most)
})
