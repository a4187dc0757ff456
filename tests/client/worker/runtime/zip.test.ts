import assert from "node:assert/strict"
import { test } from "node:test"

import { zipSync } from "../../../../src/client/node_modules/fflate/esm/browser.js"
import { content, entries } from "../../../../src/client/worker/runtime/zip.ts"

const text = (words: string): Uint8Array => new TextEncoder().encode(words)
const files = { "kit/": new Uint8Array(), "kit/draw.py": text("x = 1\n".repeat(500)), "kit/紙.py": text("pen"), "stored.bin": [text("as it is"), { level: 0 }] } as const
const archive = zipSync(files as unknown as Parameters<typeof zipSync>[0])

test("an archive's files are listed, without its folders", () => {
  assert.deepEqual(entries(archive).map(({ name, size, deflated }) => [name, size, deflated]), [
    ["kit/draw.py", 3000, true],
    ["kit/紙.py", 3, true],
    ["stored.bin", 8, false],
  ])
})

test("each file's content comes back, compressed or stored", () => {
  const read = Object.fromEntries(entries(archive).map((entry) => [entry.name, new TextDecoder().decode(content(archive, entry))]))
  assert.deepEqual(read, { "kit/draw.py": "x = 1\n".repeat(500), "kit/紙.py": "pen", "stored.bin": "as it is" })
})

test("a comment at the end does not hide the list", () => {
  const commented = new Uint8Array([...archive, ...text("a remark")])
  new DataView(commented.buffer).setUint16(archive.length - 2, 8, true)
  assert.equal(entries(commented).length, 3)
})

test("what is no archive, or a damaged one, is said to be", () => {
  assert.throws(() => entries(text("no archive at all, only some words")), /not an archive/)
  const damaged = archive.slice()
  const list = new DataView(damaged.buffer).getUint32(damaged.length - 6, true)
  damaged[list] = 0
  assert.throws(() => entries(damaged), /damaged/)
})
