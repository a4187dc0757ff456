import assert from "node:assert/strict"
import { test } from "node:test"

import { parse, tokensOf } from "../../../src/client/search/query.ts"

const SEPARATOR = /[\s\-,:*~^()]+|\.(?!\d)/
const texts = (query: string): string[] => parse(query, SEPARATOR).map(({ text }) => text)
const tokens = (query: string): (readonly string[])[] => parse(query, SEPARATOR).map(({ tokens }) => tokens)

test("Japanese is taken apart by character, all else by word", () => {
  assert.deepEqual(tokensOf("numpyで最小ノルム"), ["numpy", "で", "最", "小", "ノ", "ル", "ム"])
  assert.deepEqual(tokens("最小ノルム double-descent np.linalg 1.5"), [["最", "小", "ノ", "ル", "ム"], ["double", "descent"], ["np", "linalg"], ["1.5"]])
})

test("whatever the width, the case and the marks that came along", () => {
  assert.deepEqual(texts("ｎｕｍｐｙ"), ["numpy"])
  assert.deepEqual(texts("ＡＩ　ﾍﾞｲｽﾞ"), ["ai", "ベイズ"])
  assert.deepEqual(texts("\u200bデータ\u200b"), ["データ"])
  assert.deepEqual(texts("doesn’t"), ["doesn't"])
})

test("what the theme's search would take for operators is no word", () => {
  assert.deepEqual(texts("："), [])
  assert.deepEqual(texts("x＾2 ａ～ｂ title:x *"), ["x 2", "a b", "title x"])
})

test("a sign and quotation marks keep their meaning", () => {
  const read = parse('+必須 -除外 "two words"', SEPARATOR)
  assert.deepEqual(read.map(({ text, presence }) => [text, presence]), [["必須", "required"], ["除外", "prohibited"], ["two words", "optional"]])
})
