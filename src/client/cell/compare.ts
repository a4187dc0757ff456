// Is the reader's result the published one? Text to the character; figures by what they draw and write, and where.
import { sameDrawing } from "./compare-drawing.ts"

export interface Size {
  width: number
  height: number
}

export interface ComparableFigure extends Size {
  /** The markup within the drawing: read when it is compared. */
  readonly markup?: string
}

/** What a run put out, as far as it is compared. */
export interface ComparableOutput {
  text: string
  figures: readonly ComparableFigure[]
  /** The text of rich results: their markup may differ. */
  rich: readonly string[]
  /** The last line of a traceback. */
  error: string
}

export type Match = "same" | "different"

export function compare(published: ComparableOutput, yours: ComparableOutput): Match {
  const same =
    trimEnd(published.text) === trimEnd(yours.text) &&
    published.error === yours.error &&
    equal(published.figures, yours.figures, (a, b) => near(a.width, b.width) && near(a.height, b.height) && sameDrawing(a.markup, b.markup)) &&
    equal(published.rich, yours.rich, (a, b) => squeeze(a) === squeeze(b))
  return same ? "same" : "different"
}

/** Only the final newline: HTML does not keep it. */
export const trimEnd = (text: string): string => text.replace(/\n$/, "")

const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim()
const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.5

const equal = <T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean =>
  a.length === b.length && a.every((item, index) => same(item, b[index] as T))

/** What stands in these parts of an output, in the page or out of it. */
export function readOutput(parts: readonly Node[]): ComparableOutput {
  const elements = parts.filter((part) => part instanceof Element)
  const all = (selector: string): Element[] => elements.flatMap((part) => [...(part.matches(selector) ? [part] : []), ...part.querySelectorAll(selector)])
  const texts = (selector: string): string[] => all(selector).map((node) => node.textContent ?? "")
  return {
    text: texts(".kp-text").map(endLine).join(""),
    figures: all(".kp-figure > svg").map(figureOf),
    rich: all(".kp-rich").map(textOf),
    error: lastLine(texts(".kp-error").at(-1) ?? ""),
  }
}

/** A value's own HTML may stand in a tree of its own, behind its styles. */
function textOf(box: Element): string {
  const nodes = [...(box.shadowRoot ?? box).childNodes].filter(({ nodeName }) => nodeName !== "STYLE")
  return nodes.map((node) => node.textContent ?? "").join("")
}

/** Several text items follow each other on lines of their own. */
const endLine = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`)

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? ""

const figureOf = (svg: Element): ComparableFigure => ({
  ...sizeOf(svg),
  get markup() {
    return svg.innerHTML
  },
})

/** A drawing's own size, in its own units. */
export function sizeOf(svg: Element): Size {
  const [, , width = 0, height = 0] = (svg.getAttribute("viewBox") ?? "").split(/[\s,]+/).map(Number)
  return { width, height }
}
