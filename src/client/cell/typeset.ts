// Values that are Markdown or a formula, made what they mean; the libraries come when there is one. A chunk of its own.
import { cleanHtml } from "./sanitise.ts"

/** Set what stands written out in a cleaned rich result. */
export async function typeset(box: ParentNode): Promise<void> {
  for (const source of box.querySelectorAll(".kp-markdown")) {
    const { marked } = await import("marked")
    source.replaceChildren(cleanHtml(await marked.parse(source.textContent ?? "")))
  }
  const formulas = box.querySelectorAll<HTMLElement>(".arithmatex")
  if (formulas.length > 0) styleFormulas()
  for (const formula of formulas) {
    const { default: katex } = await import("katex")
    const tex = (formula.textContent ?? "").replace(/^\\\[|\\\]$/g, "")
    formula.className = "kp-formula"
    formula.tabIndex = 0
    katex.render(tex, formula, { displayMode: true, output: "htmlAndMathml", strict: "ignore", throwOnError: false })
  }
}

function styleFormulas(): void {
  if (document.querySelector('link[href*="formulas/formulas.css"]')) return
  const link = document.createElement("link")
  link.rel = "stylesheet"
  link.href = new URL("../formulas/formulas.css", import.meta.url).href
  document.head.append(link)
}
