// A figure as the page shows it: its drawing in the page's words, its text alternative, its caption.

/** What stands in a published figure, for one that takes its place. */
interface Published {
  readonly figure: Element | undefined
  readonly label: string
}

/** Put a drawing in its figure. */
export function fill(figure: HTMLElement, drawing: SVGElement, { figure: published, label }: Published): void {
  drawing.setAttribute("role", "img")
  drawing.setAttribute("aria-label", label)
  translate(drawing, pageWords())
  const caption = published?.querySelector("figcaption")?.cloneNode(true)
  figure.replaceChildren(drawing, ...(caption ? [caption] : []))
}

export type Words = Readonly<Record<string, string>>

/** The page's words for those of its figures (`labels:` in its front matter). */
export function pageWords(): Words {
  return JSON.parse(document.querySelector<HTMLElement>("[data-words]")?.dataset["words"] ?? "{}") as Words
}

/** Put a drawing's words into the page's language, as the build does (src/kamipen/article/figure_words.py). */
export function translate(drawing: Element, words: Words): void {
  for (const line of drawing.querySelectorAll("text")) {
    const label = line.getAttribute("data-label") // with formulas, each an element
    if (line.childElementCount > 0 && label === null) continue // all formula
    const before = plain(line.textContent)
    const word = label === null ? before : plain(label)
    const shown = Object.hasOwn(words, word) ? words[word] : undefined
    if (shown === undefined) continue
    line.replaceChildren(...withFormulas(shown, label ?? "", [...line.children]))
    const room = roomFor(line.getAttribute("text-anchor") ?? line.getAttribute("style") ?? "", before, plain(line.textContent))
    if (room) {
      line.setAttribute("textLength", room)
      line.setAttribute("lengthAdjust", "spacingAndGlyphs")
    }
    if (label === null) line.setAttribute("data-word", word)
  }
}

const FORMULA = /((?<!\\)\$.+?(?<!\\)\$)/

const plain = (text: string): string => text.split(/\s+/).filter(Boolean).join(" ")

function withFormulas(shown: string, label: string, elements: readonly Element[]): (string | Node)[] {
  const formulas = label.split(FORMULA).filter((_, index) => index % 2)
  return shown.split(FORMULA).map((part) => elements[formulas.indexOf(part)]?.cloneNode(true) ?? part)
}

const NARROW = 0.56
const ROOM = 1.25
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/

const width = (text: string): number => [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 1 : NARROW), 0)

/** The length of a line that is drawn to the right, as in a legend, where it has become too long. */
export function roomFor(style: string, word: string, shown: string): string | undefined {
  const size = /font-size: ([\d.]+)px/.exec(style)?.[1]
  if (size === undefined || style.includes("text-anchor")) return undefined
  const room = width(word) * ROOM
  return width(shown) > room ? (room * Number(size)).toFixed(1) : undefined
}
