// The road map's colours: what the reader masters, in colour, mark and words.

import type { Catalogue } from "./catalogue.ts"
import { mastery, type Mastery } from "./mastery.ts"
import type { State } from "./state.ts"
import type { Texts } from "./texts.ts"

const MARKS: Record<Mastery, string> = { unknown: "", started: "…", mastered: "✓", fading: "↻" }

/** Where the map is wider than the window, begin in its middle. */
export function centreMap(): void {
  for (const map of document.querySelectorAll(".kp-roadmap__map")) map.scrollLeft = (map.scrollWidth - map.clientWidth) / 2
}

/** Colour every map of the page. */
export function colourMap(catalogue: Catalogue, state: State, now: number, texts: Texts): void {
  for (const article of catalogue.articles) {
    const reached = mastery(article, catalogue, state, now)
    const word = texts(`roadmap.${reached}`)
    for (const place of document.querySelectorAll<HTMLElement>(`[data-roadmap] [data-article="${CSS.escape(article.slug)}"]`)) {
      place.dataset["mastery"] = reached
      const mark = place.querySelector(".kp-roadmap__mark")
      if (mark) mark.textContent = MARKS[reached]
      const said = place.querySelector(".kp-roadmap__state")
      if (said) said.textContent = word
      const { label } = place.dataset
      if (label === undefined) continue
      const full = `${label} ${word}`
      place.setAttribute("aria-label", full)
      place.querySelector("title")?.replaceChildren(full)
    }
  }
}
