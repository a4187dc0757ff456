import assert from "node:assert/strict"
import { test } from "node:test"

import { language, paint } from "../../../src/client/cell/highlight.ts"

/** The classes of some code's tokens, as `text:class`. */
function classes(code: string): string[] {
  const found: string[] = []
  paint(code, language.parser.parse(code), (from, to, name) => found.push(`${code.slice(from, to).trim()}:${name}`))
  return found
}

/** As Pygments calls them: the article's static code takes its colours from the same rules. */
const CASES: readonly [code: string, expected: string][] = [
  ["import numpy as np", "import:kn numpy:nn as:k np:nn"],
  ["from kit.data import points", "from:kn kit:nn .:nn data:nn import:kn points:n"],
  ["eta = -0.19  # rate", "eta:n =:o -:o 0.19:mi # rate:c1"],
  ["if x is not None and y in [True]:\n    pass", "if:k x:n is:ow not:ow None:kc and:ow y:n in:ow [:p True:kc ]:p ::p pass:k"],
  ["@cache\ndef f(self, n: int) -> str:\n    return print(n)", "@:nd cache:nd def:k f:nf (:p self:bp ,:p n:n ::p int:nb ):p ->:o str:nb ::p return:k print:nb (:p n:n ):p"],
  ["class A:\n    'Says what.'\n    def __init__(self): ...", "class:k A:nc ::p 'Says what.':sd def:k __init__:fm (:p self:bp ):p ::p ...:o"],
  ["a.b.T @ c ** 2", "a:n .:o b:n .:o T:n @:o c:n **:o 2:mi"],
  ['print("\\ndrawn")', 'print:nb (:p ":s2 \\n:se drawn":s2 ):p'],
  ["s = f'{x}b'", "s:n =:o f:sa ':s2 {:si x:n }:si b':s2"],
  ["s = f'{x:.2f} m'", "s:n =:o f:sa ':s2 {:si x:n ::si .2f:s2 }:si m':s2"],
]

for (const [code, expected] of CASES) test(code.split("\n")[0] ?? "", () => assert.equal(classes(code).join(" "), expected))
