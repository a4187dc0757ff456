/** Typesets formulas: a JSON list of [TeX, display] on standard input, a list of {html} or {error} on standard output. */
import { readFileSync } from "node:fs"

import katex from "katex"

const formulas = JSON.parse(readFileSync(0, "utf8"))
const typeset = ([tex, displayMode]) => {
  try {
    return { html: katex.renderToString(tex, { displayMode, output: "htmlAndMathml", strict: "ignore" }) }
  } catch (problem) {
    return { error: problem.message }
  }
}
process.stdout.write(JSON.stringify(formulas.map(typeset)))
