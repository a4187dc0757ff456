// The next exercise: offered with a reason, answered in place, followed by what the answer changed.

import type { Attempt } from "../exercise/log.ts"
import { button, element } from "../ui/dom.ts"
import { refreshersOf } from "./catalogue.ts"
import type { Item } from "./catalogue.ts"
import type { PracticeContext } from "./context.ts"
import { day, percent, plainTitle, rated, reason } from "./format.ts"
import { selectExercise, success } from "./selection.ts"

export class NextExercise {
  readonly #place: HTMLElement
  readonly #context: PracticeContext
  readonly #passed = new Set<string>()
  readonly #reason = element("p", { class: "kp-practice__reason" })
  readonly #exercise = element("div", { class: "kp-practice__exercise" })
  readonly #after = element("div", { class: "kp-practice__after", role: "status" })
  readonly #another: HTMLButtonElement
  #current: Item | undefined

  constructor(place: HTMLElement, context: PracticeContext) {
    this.#place = place
    this.#context = context
    this.#another = button(context.texts("practice.another"), "another", () => void this.#pass())
    this.#another.className = "kp-action kp-action--quiet"
  }

  /** The exercise that fits best now. */
  async offer(): Promise<void> {
    const { catalogue, state, texts } = this.#context
    const now = Date.now()
    const selection = selectExercise(catalogue, state, now, this.#passed)
    if (selection) return this.#show(selection.item, reason(selection, now, texts))
    const again = this.#passed.size > 0
    this.#passed.clear()
    if (again) return this.offer()
    this.#place.replaceChildren(element("p", { class: "kp-practice__said" }, texts("practice.nothing")))
  }

  /** Nothing, while the reader is busy with something else. */
  wait(): void {
    this.#place.replaceChildren(element("p", { class: "kp-practice__said" }, this.#context.texts("practice.after-placement")))
  }

  /** The exercise that the reader chose. */
  async take(item: Item): Promise<void> {
    const { texts, state } = this.#context
    await this.#show(item, texts("practice.why-chosen", { success: percent(success(item, state)) }))
    this.#place.scrollIntoView({ block: "nearest" })
    this.#place.querySelector<HTMLElement>(".kp-exercise__title")?.focus()
  }

  async #show(item: Item, why: string): Promise<void> {
    const { texts } = this.#context
    this.#current = item
    this.#reason.replaceChildren(element("strong", {}, texts("practice.because")), why)
    this.#after.replaceChildren()
    this.#another.textContent = texts("practice.another")
    this.#place.replaceChildren(this.#reason, this.#exercise, this.#after, this.#another)
    const before = this.#context.state.reader
    await this.#context.mount(item, this.#exercise, "practice", (attempt) => void this.#answered(attempt, before))
    this.#place.querySelector(".kp-exercise__title")?.setAttribute("tabindex", "-1")
  }

  async #answered(attempt: Attempt, before: { value: number; error: number }): Promise<void> {
    const { texts } = this.#context
    await this.#context.reload()
    const { reader, items } = this.#context.state
    const practised = items.get(attempt.item)
    const due = practised?.card.due.getTime() ?? Date.now()
    this.#after.replaceChildren(
      ...(attempt.right || !this.#current ? [] : this.#refreshers(this.#current)),
      element("p", {}, texts("practice.changed", { before: rated(before), after: rated(reader) })),
      element("p", {}, texts("practice.again", { day: day(due, Date.now(), texts) })),
    )
    this.#another.textContent = texts("practice.next")
  }

  /** What to read after a miss. */
  #refreshers(item: Item): HTMLElement[] {
    const { catalogue, root, texts } = this.#context
    const links = refreshersOf(item, catalogue).map(({ url, title }) => element("a", { href: new URL(url, root).href }, plainTitle(title)))
    return links.length > 0 ? [element("p", { class: "kp-skills" }, texts("practice.refresher"), ...links)] : []
  }

  /** Put the shown exercise aside, and offer another one; the focus follows. */
  async #pass(): Promise<void> {
    if (this.#current) this.#passed.add(this.#current.id)
    await this.offer()
    this.#place.querySelector<HTMLElement>(".kp-exercise__title")?.focus()
  }
}
