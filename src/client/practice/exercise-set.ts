// A teacher's set: `?set=a,b,c` shows these exercises and nothing else, to be solved or printed.

import { button, element } from "../ui/dom.ts"
import { setOf } from "./catalogue.ts"
import type { PracticeContext } from "./context.ts"

/** The ids that the address asks for; none where it asks for no set. */
export function wantedSet(address: URL): string[] {
  return (address.searchParams.get("set") ?? "").split(",").map((id) => id.trim()).filter(Boolean)
}

export async function showSet(place: HTMLElement, ids: readonly string[], context: PracticeContext): Promise<void> {
  const { texts } = context
  const { items, unknown } = setOf(ids, context.catalogue)
  const content = place.closest<HTMLElement>("article") ?? place.parentElement
  content?.classList.add("kp-set-only")
  const print = button(texts("set.print"), "print", () => window.print())
  print.className = "kp-action"
  const leave = element("a", { href: location.pathname, "data-instant": "" }, texts("set.leave"))
  place.replaceChildren(
    element("h2", { id: "set" }, texts("set.title", { n: items.length })),
    ...(unknown ? [element("p", {}, texts("set.unknown", { n: unknown }))] : []),
    element("p", { class: "kp-practice__buttons kp-set__bar" }, print, leave),
  )
  const list = element("ol", { class: "kp-set__list" })
  place.append(list)
  await Promise.all(
    items.map((item) => {
      const entry = list.appendChild(element("li"))
      return context.mount(item, entry, "practice", () => {})
    }),
  )
}
