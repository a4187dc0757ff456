// The practice page: puts its parts in their places, and redraws what a change of the log touches.

import { openStore } from "../exercise/store.ts"
import type { Page } from "../page/feature.ts"
import { element } from "../ui/dom.ts"
import { loadCatalogue } from "./catalogue.ts"
import type { Item } from "./catalogue.ts"
import { PracticeContext } from "./context.ts"
import { showData } from "./data-controls.ts"
import { showSet, wantedSet } from "./exercise-set.ts"
import { date, rated } from "./format.ts"
import { showAll, showDue } from "./lists.ts"
import { NextExercise } from "./next-exercise.ts"
import { PlacementView } from "./placement-view.ts"
import { ratingChart } from "./rating-chart.ts"
import { centreMap, colourMap } from "./roadmap.ts"
import { replay } from "./state.ts"
import { loadPracticeTexts } from "./texts.ts"

type Place = (name: string) => HTMLElement

/** Take over the practice page, and show it when all is in its place. */
export async function hydrate(page: Page): Promise<void> {
  const place: Place = (name) => document.querySelector<HTMLElement>(`[data-practice="${name}"]`) ?? element("div")
  try {
    await fill(place, page)
  } finally {
    place("notice").dataset["settled"] = ""
  }
}

async function fill(place: Place, { signal, texts: common }: Page): Promise<void> {
  const texts = await loadPracticeTexts(common)
  const here = new URL(location.href)
  const root = new URL("../", here.origin + here.pathname)
  const store = await openStore()
  const catalogue = await loadCatalogue(new URL("practice/items.json", root)).catch(() => undefined)
  if (signal.aborted) return
  if (!catalogue) return place("notice").replaceChildren(element("p", {}, texts("practice.no-index")))
  if (!store.persistent) place("notice").replaceChildren(element("p", { class: "kp-practice__unsaved", role: "note" }, texts("practice.not-kept")))

  const context = new PracticeContext(texts, catalogue, store, root, signal, replay(await store.entries()))
  const wanted = wantedSet(here)
  if (wanted.length > 0) return showSet(place("set"), wanted, context)

  const next = new NextExercise(place("next"), context)
  const take = (item: Item): void => void next.take(item)
  const redraw = (): void => {
    showDue(place("due"), context, take)
    showRating(place("rating"), context)
    showAll(place("all"), context, take)
    colourMap(catalogue, context.state, Date.now(), texts)
  }
  new PlacementView(place("placement"), context, () => next.wait(), () => void next.offer())
  showData(place("data"), context)
  redraw()
  centreMap()
  store.onChange(() => void context.reload().then(redraw), signal)
  await next.offer()
}

function showRating(place: HTMLElement, { state, texts }: PracticeContext): void {
  const { history, reader } = state
  const [first, last] = [history[0], history.at(-1)]
  const answers = history.filter(({ item }) => item !== undefined).length
  if (!first || !last) return place.replaceChildren(element("p", {}, texts("rating.none")))
  const title = texts("rating.now", { rating: rated(reader), n: answers })
  const chart = ratingChart(history, { title, from: date(first.at), to: date(last.at) })
  place.replaceChildren(element("p", {}, title), chart, element("p", { class: "kp-practice__source" }, texts("rating.band")))
}
