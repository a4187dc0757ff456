// Recorded items as they stand in the page. They are the site's own, so nothing has to be cleaned, and all is there at once.
import { element } from "../../ui/dom.ts"
import type { Texts } from "../../ui/texts.ts"
import { errorNodes } from "../error-view.ts"
import { fill } from "../figure.ts"
import { print } from "../printed.ts"
import type { RecordedItem } from "../recorded-states.ts"
import { alignWide } from "../wide-text.ts"

/** How rich values are shown: their code is loaded only where there are some. */
export type ShowRich = (box: HTMLElement, html: string) => void

export interface Showing {
  texts: Texts
  /** The figures that the article shows there. */
  figures: readonly Element[]
  rich: ShowRich
  onLine(line: number): void
}

/** Make the nodes of an output. */
export function outputNodes(items: readonly RecordedItem[], showing: Showing): HTMLElement[] {
  const box = element("div")
  for (const item of items) box.append(...itemNodes(item, showing, box.querySelectorAll(".kp-figure").length))
  alignWide(box)
  return [...box.children] as HTMLElement[]
}

function itemNodes(item: RecordedItem, { texts, figures, rich, onLine }: Showing, place: number): HTMLElement[] {
  switch (item.kind) {
    case "text": {
      const pre = element("pre", { class: item.stream === "stderr" ? "kp-text kp-text--stderr" : "kp-text", tabindex: "0" })
      print(pre, item.text)
      return [pre]
    }
    case "figure":
      return [figureOf(item.svg, figures[place], item.alt || texts("cell.figure"))]
    case "rich": {
      const box = element("div", { class: "kp-rich" })
      rich(box, item.html)
      return [box]
    }
    case "error":
      return errorNodes(item, undefined, onLine, texts)
    case "notice":
      return []
  }
}

function figureOf(svg: string, published: Element | undefined, label: string): HTMLElement {
  const made = element("figure", { class: "kp-figure" })
  const template = document.createElement("template")
  template.innerHTML = svg
  const drawing = template.content.querySelector("svg")
  if (drawing) fill(made, drawing, { figure: published, label })
  return made
}

/** What shows rich values as a run's are shown; its code comes first. */
export async function richShower(): Promise<ShowRich> {
  const { cleanHtml, showTree } = await import("../sanitise.ts")
  const { typeset } = await import("../typeset.ts")
  return (box, html) => {
    if (showTree(box, html)) return
    box.append(cleanHtml(html))
    void typeset(box)
  }
}
