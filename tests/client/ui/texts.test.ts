import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"

import { fill } from "../../../src/client/ui/texts.ts"
const folder = new URL("../../../src/texts/", import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith("en.json"))
const read = (name: string): Record<string, string> => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Record<string, string>

/** Both tables of what every page loads, and of what only practice does. */
const tables = files.map((name) => ({ name, en: read(name), ja: read(name.replace("en.json", "ja.json")) }))
const en = Object.assign({}, ...tables.map((table) => table.en)) as Record<string, string>
const ja = Object.assign({}, ...tables.map((table) => table.ja)) as Record<string, string>
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort()

test("both tables have the same keys, in order, and no empty text", () => {
  assert.ok(tables.some(({ name }) => name === "en.json"))
  for (const table of tables) {
    assert.deepEqual(Object.keys(table.ja), Object.keys(table.en), table.name)
    assert.deepEqual(Object.keys(table.en), Object.keys(table.en).toSorted(), table.name)
  }
  for (const [key, text] of [...Object.entries(ja), ...Object.entries(en)]) assert.ok(text.trim(), key)
})

test("both languages use the same values", () => {
  for (const [key, text] of Object.entries(en)) assert.deepEqual(placeholders(ja[key] ?? ""), placeholders(text), key)
})

test("every text that the client names is in the tables", () => {
  const folder = new URL("../../../src/client/", import.meta.url)
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts") && !name.includes("node_modules"))
  const names = sources.flatMap((name) => [...readFileSync(new URL(name, folder), "utf8").matchAll(/\b(?:t|texts)\(\s*"(\w[\w.-]+)"/g)].map(([, key]) => key ?? ""))
  assert.ok(names.length > 40)
  assert.deepEqual(names.filter((key) => !(key in en)), [])
})

test("one and many", () => {
  assert.equal(fill("{n} cell|{n} cells", { n: 1 }), "1 cell")
  assert.equal(fill("{n} cell|{n} cells", { n: 3 }), "3 cells")
  assert.equal(fill("{unknown}", {}), "{unknown}")
})
