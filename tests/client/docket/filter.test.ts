// The docket's filter: what the address asks for, what passes, and what each ruling would show.
import assert from "node:assert/strict"
import test from "node:test"

import { countRulings, fromSearch, lets, NONE, toSearch, type Choices, type Filter } from "../../../src/client/docket/filter.ts"

const CHOICES: Choices = {
  ruling: new Set(["", "refuted", "awaiting"]),
  part: new Set(["", "maths", "networks"]),
  source: new Set(["", "0", "1"]),
}

const CLAIMS: readonly Filter[] = [
  { ruling: "refuted", part: "maths", source: "0" },
  { ruling: "awaiting", part: "maths", source: "1" },
  { ruling: "awaiting", part: "networks", source: "1" },
]

test("an address says what to show", () => {
  assert.deepEqual(fromSearch("?ruling=refuted&source=1", CHOICES), { ruling: "refuted", part: "", source: "1" })
})

test("what nobody can choose is not asked for", () => {
  assert.deepEqual(fromSearch("?ruling=guilty&part=<b>&source=9", CHOICES), NONE)
})

test("a filter goes into the address and comes back from it", () => {
  const filter = { ruling: "awaiting", part: "networks", source: "" }
  const search = toSearch(filter, "?h=words&ruling=refuted&source=1")
  assert.equal(search, "?h=words&ruling=awaiting&part=networks")
  assert.deepEqual(fromSearch(search, CHOICES), filter)
})

test("without a filter the address is the page's own", () => {
  assert.equal(toSearch(NONE, "?ruling=refuted"), "")
})

test("a claim passes that is all that the filter wants", () => {
  const passing = (filter: Partial<Filter>): number => CLAIMS.filter((claim) => lets({ ...NONE, ...filter }, claim)).length
  assert.equal(passing({}), 3)
  assert.equal(passing({ ruling: "awaiting" }), 2)
  assert.equal(passing({ ruling: "awaiting", part: "maths" }), 1)
  assert.equal(passing({ ruling: "refuted", source: "1" }), 0)
})

test("each ruling is counted among what part and source let through", () => {
  const counts = countRulings({ ruling: "refuted", part: "maths", source: "" }, CLAIMS)
  assert.deepEqual(Object.fromEntries(counts), { "": 2, refuted: 1, awaiting: 1 })
})
