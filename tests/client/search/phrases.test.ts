import assert from "node:assert/strict"
import { test } from "node:test"

import type { Clause, Index, Match, Metadata } from "../../../src/client/search/lunr.ts"
import { find } from "../../../src/client/search/phrases.ts"
import { parse, tokensOf } from "../../../src/client/search/query.ts"

/** An index as lunr's, of documents whose positions count tokens. */
function indexOf(documents: Record<string, Record<string, string>>): Index {
  const query: Index["query"] = (build) => {
    const clauses: [string, Clause][] = []
    build({ term: (term, clause) => void clauses.push([term, clause]) })
    return Object.entries(documents).flatMap(([ref, fields]): Match[] => {
      const metadata: Metadata = {}
      const all = clauses.every(([token, { fields: [field = ""], wildcard }]) => {
        const words = (fields[field] ?? "").split(" ").flatMap(tokensOf)
        const at = words.flatMap((word, position) => (word === token || (wildcard && word.startsWith(token)) ? [[word, position] as const] : []))
        for (const [word, position] of at) ((metadata[word] ??= {})[field] ??= { position: [] }).position.push(position)
        return at.length > 0
      })
      return all ? [{ ref, score: 1, matchData: { metadata } }] : []
    })
  }
  return { fields: ["title", "text"], query, search: () => [] }
}

const index = indexOf({
  norm: { title: "大小", text: "最小ノルム解は最も短い" },
  apart: { title: "ノルムの最小", text: "小さいノルム" },
  english: { title: "double descent", text: "descent twice" },
})
const refs = (query: string): string[] => find(index, parse(query, /\s+/)).map(({ ref }) => ref).toSorted()

test("the tokens of a phrase follow one another", () => {
  assert.deepEqual(refs("最小ノルム"), ["norm"])
  assert.deepEqual(refs("ノルム"), ["apart", "norm"])
  assert.deepEqual(refs('"double desc"'), ["english"])
  assert.deepEqual(refs('"descent double"'), [])
  assert.deepEqual(refs('"descent tw"'), ["english"])
})

test("only where the phrase stands is marked", () => {
  const [norm] = find(index, parse("最小ノルム", /\s+/))
  assert.deepEqual(norm?.matchData.metadata["最"], { text: { position: [0] } })
  assert.equal(norm?.matchData.metadata["小"]?.["title"], undefined)
})

test("of several phrases any will do, save those with a sign", () => {
  assert.deepEqual(refs("解 twice"), ["english", "norm"])
  assert.deepEqual(refs("ノルム +最小ノルム"), ["norm"])
  assert.deepEqual(refs("ノルム -解"), ["apart"])
  const [both] = find(index, parse("最小 解", /\s+/))
  assert.deepEqual(both?.phrases, new Set(["最小", "解"]))
})
