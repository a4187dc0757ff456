// Printed text in the page, as a terminal would show it. A chunk of its own: it comes with the first run.
import "../ui/deferred-styles.ts"
import { element } from "../ui/dom.ts"
import { Terminal, type Run } from "./terminal.ts"

/** Lines per block: the browser lays out only the blocks in sight. */
const BLOCK = 200

const terminals = new WeakMap<Element, Terminal>()

/** Add printed text to what stands in a `pre`. */
export function print(pre: Element, text: string): void {
  const terminal = terminals.get(pre) ?? new Terminal()
  terminals.set(pre, terminal)
  const before = terminal.size
  const changed = terminal.write(text)
  const { size } = terminal
  if (size <= BLOCK) return pre.replaceChildren(...nodes(terminal, 0, size))
  const first = before <= BLOCK ? 0 : Math.floor(changed / BLOCK)
  while (pre.childNodes.length > first) pre.lastChild?.remove()
  for (let from = first * BLOCK; from < size; from += BLOCK) pre.append(block(terminal, from, Math.min(from + BLOCK, size)))
}

/** Everything that was printed, at once. */
export function printed(text: string): Node[] {
  const terminal = new Terminal()
  terminal.write(text.replace(/\n$/, ""))
  return nodes(terminal, 0, terminal.size)
}

/** What is left of text without its colours, after all returns: as it is compared and counted. */
export const plain = (text: string): string => printed(text).map((node) => node.textContent).join("")

function block(terminal: Terminal, from: number, to: number): HTMLElement {
  return element("span", { class: "kp-text__block", style: `--lines: ${to - from}` }, ...nodes(terminal, from, to))
}

/** Neighbours of one look as one node; a line that another follows ends in a newline. */
function nodes(terminal: Terminal, from: number, to: number): Node[] {
  const made: Node[] = []
  let plain = ""
  const flush = (): void => {
    if (plain) made.push(document.createTextNode(plain))
    plain = ""
  }
  terminal.lines(from, to).forEach((line, index) => {
    for (const run of line) {
      if (run[1]) flush(), made.push(coloured(run))
      else plain += run[0]
    }
    if (from + index + 1 < terminal.size) plain += "\n"
  })
  flush()
  return made
}

function coloured([text, css]: Run): HTMLElement {
  return element("span", { style: css }, text)
}
