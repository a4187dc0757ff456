import assert from "node:assert/strict"
import { test } from "node:test"

import { statesOf } from "../../../src/client/offline/states.ts"

const SITE = "https://site/"
const cell = (name: string): string => `<div class="kp-cell" data-cell="a#b" data-states="${name}" data-repeat="n"></div>`

test("a page's states are those that its cells name", () => {
  const html = `<main>${cell("a_b.two-lines.0123abcd.json")}<div class="kp-cell"></div>${cell("a_b.c.89abcdef.json")}</main>`
  assert.deepEqual(statesOf(html, SITE), [`${SITE}states/a_b.two-lines.0123abcd.json`, `${SITE}states/a_b.c.89abcdef.json`])
})

test("nothing else is taken for one", () => {
  assert.deepEqual(statesOf(`<p>data-states="a.json"</p>${cell("../sw.js")}${cell("../a/b.json")}`, SITE), [])
})
