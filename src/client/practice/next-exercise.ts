// The next exercise: offered with a reason, answered in place, followed by what the answer changed.

import { button, element } from "../ui/dom.ts"
import { choose, success } from "./selection.ts"
import type { Desk } from "./context.ts"
import type { Attempt } from "../exercise/log.ts"
import type { Item } from "./catalogue.ts"
import { day, percent, rated, reason } from "./format.ts"

export class Next {
  readonly #place: HTMLElement
  readonly #desk: Desk
  readonly #passed = new Set<string>()
  readonly #reason = element("p", { class: "kp-practice__reason" })
  readonly #exercise = element("div", { class: "kp-practice__exercise" })
  readonly #after = element("div", { class: "kp-practice__after", role: "status" })
  readonly #another: HTMLButtonElement
  #shown: Item | undefined

  constructor(place: HTMLElement, desk: Desk) {
    this.#place = place
    this.#desk = desk
    this.#another = button(desk.texts("practice.another"), "another", () => void this.#pass())
    this.#another.className = "kp-action kp-action--quiet"
  }

  /** The exercise that fits best now. */
  async offer(): Promise<void> {
    const { catalogue, state, texts } = this.#desk
    const now = Date.now()
    const choice = choose(catalogue, state, now, this.#passed)
    if (choice) return this.#show(choice.item, reason(choice, now, texts))
    const again = this.#passed.size > 0
    this.#passed.clear()
    if (again) return this.offer()
    this.#place.replaceChildren(element("p", { class: "kp-practice__said" }, texts("practice.nothing")))
  }

  /** Nothing, while the reader is busy with something else. */
  wait(): void {
    this.#place.replaceChildren(element("p", { class: "kp-practice__said" }, this.#desk.texts("practice.after-placement")))
  }

  /** The exercise that the reader chose. */
  async take(item: Item): Promise<void> {
    const { texts, state } = this.#desk
    await this.#show(item, texts("practice.why-chosen", { success: percent(success(item, state)) }))
    this.#place.scrollIntoView({ block: "nearest" })
    this.#place.querySelector<HTMLElement>(".kp-exercise__title")?.focus()
  }

  async #show(item: Item, why: string): Promise<void> {
    const { texts } = this.#desk
    this.#shown = item
    this.#reason.replaceChildren(element("strong", {}, texts("practice.because")), why)
    this.#after.replaceChildren()
    this.#another.textContent = texts("practice.another")
    this.#place.replaceChildren(this.#reason, this.#exercise, this.#after, this.#another)
    const before = this.#desk.state.reader
    await this.#desk.mount(item, this.#exercise, "practice", (attempt) => void this.#answered(attempt, before))
    this.#place.querySelector(".kp-exercise__title")?.setAttribute("tabindex", "-1")
  }

  async #answered(attempt: Attempt, before: { value: number; error: number }): Promise<void> {
    const { texts } = this.#desk
    await this.#desk.reload()
    const { reader, items } = this.#desk.state
    const practised = items.get(attempt.item)
    const due = practised?.card.due.getTime() ?? Date.now()
    this.#after.replaceChildren(
      element("p", {}, texts("practice.changed", { before: rated(before), after: rated(reader) })),
      element("p", {}, texts("practice.again", { day: day(due, Date.now(), texts) })),
    )
    this.#another.textContent = texts("practice.next")
  }

  /** Put the shown exercise aside, and offer another one; the focus follows. */
  async #pass(): Promise<void> {
    if (this.#shown) this.#passed.add(this.#shown.id)
    await this.offer()
    this.#place.querySelector<HTMLElement>(".kp-exercise__title")?.focus()
  }
}
