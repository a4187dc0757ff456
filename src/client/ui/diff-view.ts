// Two texts as one list of the lines in which they differ.
import { structuredPatch } from "diff"

import { element } from "./dom.ts"

const CONTEXT = 2 // lines around each difference
/** Milliseconds to find the least difference in; texts that need more are shown as replaced whole. */
const PATIENCE = 40

/** What the two sides are called. */
export interface Sides {
  left: string
  right: string
}

/** The lines of each hunk, as in a patch: each begins with "-" (left alone), "+" (right alone) or a space. */
export function hunks(left: string, right: string): string[][] {
  const [a, b] = [`${left}\n`, `${right}\n`] // else a patch would tell of the missing newline
  const patch = structuredPatch("", "", a, b, "", "", { context: CONTEXT, timeout: PATIENCE })
  if (patch) return patch.hunks.map(({ lines }) => lines)
  return [[...left.split("\n").map((line) => `-${line}`), ...right.split("\n").map((line) => `+${line}`)]]
}

/** What only one side has is marked by a sign, and by words for those who cannot see it. */
export function diffView(left: string, right: string, names: Sides): HTMLElement {
  const list = element("div", { class: "kp-diff", tabindex: "0", role: "group", "aria-label": `${names.left} / ${names.right}` })
  const legend = element("p", { class: "kp-diff__legend" })
  legend.append(element("span", { class: "kp-diff__left" }, `− ${names.left}`), " ", element("span", { class: "kp-diff__right" }, `+ ${names.right}`))
  list.append(legend)
  hunks(left, right).forEach((lines, index) => {
    if (index > 0) list.append(element("div", { class: "kp-diff__gap", "aria-hidden": "true" }, "⋯"))
    list.append(...lines.map((line) => lineView(line, names)))
  })
  return list
}

function lineView(line: string, names: Sides): HTMLElement {
  const text = line.slice(1) || " "
  if (line.startsWith(" ")) return element("div", { class: "kp-diff__both" }, text)
  const [side, tag] = line.startsWith("-") ? (["left", "del"] as const) : (["right", "ins"] as const)
  const words = element("span", { class: "kp-hidden" }, `${names[side]}: `)
  return element("div", { class: `kp-diff__${side}` }, element(tag, {}, words, text))
}
