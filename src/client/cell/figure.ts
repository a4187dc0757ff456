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
    if (line.childElementCount > 0) continue // a formula
    const word = (line.textContent ?? "").split(/\s+/).filter(Boolean).join(" ")
    const shown = Object.hasOwn(words, word) ? words[word] : undefined
    if (shown === undefined) continue
    const room = roomFor(line.getAttribute("text-anchor") ?? line.getAttribute("style") ?? "", word, shown)
    if (room) {
      line.setAttribute("textLength", room)
      line.setAttribute("lengthAdjust", "spacingAndGlyphs")
    }
    line.setAttribute("data-word", word)
    line.textContent = shown
  }
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
