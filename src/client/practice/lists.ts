// Lists of exercises: what is due, and all there are, from which a set can be made.

import { button, element } from "../ui/dom.ts"
import { articleOf } from "./catalogue.ts"
import type { Item } from "./catalogue.ts"
import type { PracticeContext } from "./context.ts"
import { day, percent } from "./format.ts"
import { scheduled, success } from "./selection.ts"

type Take = (item: Item) => void

/** The reviews by date, those due now first. */
export function showDue(place: HTMLElement, context: PracticeContext, take: Take): void {
  const { texts, catalogue, state } = context
  const now = Date.now()
  const all = scheduled(catalogue, state, now)
  const due = all.filter(({ at }) => at <= now)
  if (all.length === 0) return place.replaceChildren(element("p", {}, texts("practice.due-none")))
  const summary = element("p", {}, due.length ? texts("practice.due-some", { n: due.length }) : texts("practice.due-later"))
  const list = element("ol", { class: "kp-list" })
  for (const { item, at, recall } of all) {
    list.append(
      element(
        "li",
        at <= now ? { "data-due": true } : {},
        entry(item, context, take),
        element("span", { class: "kp-list__fact" }, texts("practice.due-on", { day: day(at, now, texts), recall: percent(recall) })),
      ),
    )
  }
  place.replaceChildren(summary, list)
}

/** Everything there is, by article; what is ticked makes a set. */
export function showAll(place: HTMLElement, context: PracticeContext, take: Take): void {
  const { texts, catalogue } = context
  const ticked = new Set([...place.querySelectorAll<HTMLInputElement>(":checked")].map(({ value }) => value))
  const open = place.querySelector("details")?.open ?? false
  const groups = catalogue.articles.flatMap((article) => {
    const items = catalogue.items.filter((item) => item.article === article.slug)
    if (items.length === 0) return []
    const list = element("ul", { class: "kp-list" }, ...items.map((item) => choosable(item, context, take, ticked.has(item.id))))
    return [element("h3", {}, article.title), list]
  })
  const details = element("details", { open }, element("summary", {}, texts("practice.all", { n: catalogue.items.length })), ...groups)
  place.replaceChildren(details, setMaker(place, context))
}

function choosable(item: Item, context: PracticeContext, take: Take, checked: boolean): HTMLElement {
  const { texts, state } = context
  const box = element("input", { type: "checkbox", value: item.id, checked, "aria-label": texts("set.tick", { title: item.title }) })
  const fact = texts("practice.fact", { level: item.level, success: percent(success(item, state)) })
  return element("li", {}, element("label", { class: "kp-list__tick" }, box), entry(item, context, take), element("span", { class: "kp-list__fact" }, fact))
}

function entry(item: Item, context: PracticeContext, take: Take): HTMLElement {
  const made = button(item.title, "take", () => take(item))
  made.title = articleOf(item, context.catalogue)?.title ?? ""
  return made
}

/** A link to the ticked exercises, to send or to print. */
function setMaker(place: HTMLElement, { texts }: PracticeContext): HTMLElement {
  const link = element("a", { hidden: true })
  const say = element("p", { class: "kp-set__say", role: "status" }, texts("set.how"))
  place.onchange = () => {
    const ids = [...place.querySelectorAll<HTMLInputElement>(":checked")].map(({ value }) => value)
    const url = new URL(location.href)
    url.hash = ""
    url.search = `?set=${ids.map(encodeURIComponent).join(",")}`
    link.href = url.href
    link.textContent = texts("set.open", { n: ids.length })
    link.hidden = ids.length === 0
    say.hidden = ids.length > 0
  }
  const made = element("div", { class: "kp-set" }, say, link)
  queueMicrotask(() => place.onchange?.(new Event("change")))
  return made
}
