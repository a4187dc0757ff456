import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { sameDrawing } from "../../../src/client/cell/compare-drawing.ts"
import { roomFor } from "../../../src/client/cell/figure.ts"

interface Case {
  style: string
  word: string
  shown: string
  room: string | null
}

const cases = JSON.parse(readFileSync(new URL("../../data/figure-words.json", import.meta.url), "utf8")) as Case[]

test("a word that has become too long gets the room that the build gives it", () => {
  for (const { style, word, shown, room } of cases) assert.equal(roomFor(style, word, shown) ?? null, room, shown)
})

test("what is compared is the drawing's own word", () => {
  const published = '<text x="1" style="a" textLength="21.0" lengthAdjust="spacingAndGlyphs" data-word="net">ニューラルネット</text>'
  assert.ok(sameDrawing(published, '<text x="1" style="a">net</text>'))
  assert.ok(!sameDrawing(published, '<text x="1" style="a" data-word="nets">ニューラルネット</text>'))
})

test("a label with a formula is compared as its code has it", () => {
  const label = (written: string, content: string): string => `<text x="1" style="a" data-label="${written}">${content}</text><path d="M 0 0"/>`
  const formula = '<tspan><tspan style="font-style: italic">n</tspan></tspan>'
  const published = label("at $n$", `${formula} のとき`).replace('">', '" textLength="21.0" lengthAdjust="spacingAndGlyphs">')
  assert.ok(sameDrawing(published, label("at $n$", `at ${formula}`)))
  assert.ok(!sameDrawing(published, label("at $m$", `at ${formula}`)))
})
