// The docket: makes the filter above the list of claims work, and keeps it in the address, so that it can be linked.

import type { Page } from "../page/feature.ts"
import { required } from "../ui/dom.ts"
import { countRulings, fromSearch, lets, NAMES, toSearch, type Choices, type Filter, type Name } from "./filter.ts"

interface Item {
  readonly element: HTMLElement
  readonly claim: Filter
}

/** Take over the filter, and show what the address asks for. */
export async function hydrate({ signal }: Page): Promise<void> {
  const docket = required(document, "[data-docket]")
  const form = docket.querySelector("form")
  if (!form) return
  const items = itemsOf(docket)
  const choices = choicesOf(form)
  const apply = (filter: Filter): void => {
    show(docket, items, filter)
    form.toggleAttribute("data-active", NAMES.some((name) => filter[name]))
  }
  const chosen = (): void => {
    const filter = read(form)
    apply(filter)
    // Material keeps the reader's place in the state.
    history.replaceState(history.state, "", location.pathname + toSearch(filter, location.search) + location.hash)
  }
  form.addEventListener("change", chosen, { signal })
  form.addEventListener("reset", () => setTimeout(chosen), { signal }) // the fields are emptied after the event
  form.addEventListener("submit", (event) => event.preventDefault(), { signal })
  addEventListener("hashchange", () => reveal(docket, form), { signal })
  const asked = fromSearch(location.search, choices)
  const before = read(form) // what a reader chose before this was loaded, or the browser put back
  const filter = NAMES.some((name) => asked[name]) ? asked : before
  for (const name of NAMES) write(form, name, filter[name])
  apply(filter)
  await styled()
  if (!signal.aborted) arrive(docket)
}

/** Wait for the page's own style sheet: instant navigation shows a page without waiting for it. */
async function styled(): Promise<void> {
  const link = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"][href*="docket.css"]')
  if (!link || link.sheet) return
  await new Promise((settled) => {
    for (const event of ["load", "error"]) link.addEventListener(event, settled, { once: true })
  })
}

/** Go to what the address names once more: the theme went there when the list had another height. */
function arrive(docket: HTMLElement): void {
  const [loaded] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[]
  const isBrowsers = loaded && loaded.type !== "navigate" && new URL(loaded.name).pathname === location.pathname
  const target = document.getElementById(location.hash.slice(1))
  if (!isBrowsers && target && docket.contains(target)) target.scrollIntoView() // a browser puts its own pages back in place
}

/** A link to a claim or a part that the filter hides lifts the filter. */
function reveal(docket: HTMLElement, form: HTMLFormElement): void {
  const target = document.getElementById(location.hash.slice(1))
  if (!target || !docket.contains(target) || !target.closest("[hidden]")) return
  form.reset()
  setTimeout(() => target.scrollIntoView())
}

function itemsOf(docket: HTMLElement): Item[] {
  return [...docket.querySelectorAll<HTMLElement>("[data-part] > ol > li")].map((element) => ({
    element,
    claim: {
      ruling: element.dataset["ruling"] ?? "",
      part: element.closest<HTMLElement>("[data-part]")?.dataset["part"] ?? "",
      source: element.dataset["source"] ?? "",
    },
  }))
}

function choicesOf(form: HTMLFormElement): Choices {
  const values = (selector: string): Set<string> =>
    new Set([...form.querySelectorAll<HTMLInputElement | HTMLOptionElement>(selector)].map(({ value }) => value))
  return { ruling: values("[name=ruling]"), part: values("[name=part] option"), source: values("[name=source] option") }
}

function read(form: HTMLFormElement): Filter {
  const data = new FormData(form)
  const value = (name: Name): string => String(data.get(name) ?? "")
  return { ruling: value("ruling"), part: value("part"), source: value("source") }
}

function write(form: HTMLFormElement, name: Name, value: string): void {
  const field = form.elements.namedItem(name)
  if (field instanceof RadioNodeList || field instanceof HTMLSelectElement) field.value = value
}

function show(docket: HTMLElement, items: readonly Item[], filter: Filter): void {
  let count = 0
  for (const { element, claim } of items) {
    element.hidden = !lets(filter, claim)
    if (!element.hidden) count += 1
  }
  for (const part of docket.querySelectorAll<HTMLElement>("section[data-part]")) part.hidden = !part.querySelector("li:not([hidden])")
  const counts = countRulings(filter, items.map(({ claim }) => claim))
  for (const radio of docket.querySelectorAll<HTMLInputElement>("[name=ruling]")) {
    const number = radio.parentElement?.querySelector("b")
    if (number) number.textContent = String(counts.get(radio.value) ?? 0)
  }
  const shown = required(docket, "[role=status]")
  const text = shown.dataset[count === 0 ? "none" : count === items.length ? "all" : "some"] ?? ""
  shown.textContent = text.replace("{n}", String(count))
}
