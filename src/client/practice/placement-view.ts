// The placement on the page: what the reader says, up to eight exercises, then a rating and a route.

import { button, element } from "../ui/dom.ts"
import type { Item } from "./catalogue.ts"
import type { PracticeContext } from "./context.ts"
import { NEWCOMER } from "./elo.ts"
import type { Rating } from "./elo.ts"
import { named, percent, rated } from "./format.ts"
import { estimate, luck, mostTelling, MOST_ITEMS, prior, STATEMENTS, type Answer, type Statement } from "./placement.ts"
import { suggestRoutes } from "./routes.ts"

export class PlacementView {
  readonly #place: HTMLElement
  readonly #context: PracticeContext
  readonly #begun: () => void
  readonly #done: () => void
  #left: Item[] = []
  #start: Rating = NEWCOMER
  #answers: Answer[] = []

  /** `begun` and `done` are called around a placement: one thing at a time. */
  constructor(place: HTMLElement, context: PracticeContext, begun: () => void, done: () => void) {
    this.#place = place
    this.#context = context
    this.#begun = begun
    this.#done = done
    this.#invite()
  }

  get #rating(): Rating {
    return estimate(this.#answers, this.#start)
  }

  #invite(): void {
    const { texts } = this.#context
    const statements = element("fieldset", {}, element("legend", {}, texts("placement.say")))
    for (const name of [...STATEMENTS, "unsure"]) {
      const radio = element("input", { type: "radio", name: "placement-say", value: name, checked: name === "unsure" })
      statements.append(element("label", {}, radio, element("span", {}, named(texts, "placement.say", name))))
    }
    const begin = button(texts("placement.begin"), "begin", () => {
      const said = statements.querySelector<HTMLInputElement>(":checked")?.value
      this.#start = prior(STATEMENTS.find((name): name is Statement => name === said))
      // Code needs the interpreter, and more time than a placement should take.
      this.#left = this.#context.catalogue.items.filter(({ kind }) => kind !== "code")
      this.#answers = []
      this.#begun()
      void this.#ask()
    })
    begin.className = "kp-action"
    this.#place.replaceChildren(statements, begin)
  }

  async #ask(): Promise<void> {
    const item = this.#answers.length < MOST_ITEMS ? mostTelling(this.#left, this.#rating.value) : undefined
    if (!item) return this.#finish()
    this.#left = this.#left.filter((other) => other !== item)
    const { texts } = this.#context
    const progress = element(
      "p",
      { class: "kp-practice__reason", role: "status" },
      texts("placement.progress", { n: this.#answers.length + 1, most: MOST_ITEMS, rating: rated(this.#rating) }),
    )
    const exercise = element("div", { class: "kp-placement" })
    const next = button(texts("placement.next"), "next", () => void this.#ask())
    const unknown = button(texts("placement.unknown"), "unknown", () => void this.#giveUp(item))
    const stop = button(texts("placement.stop"), "stop-placement", () => void this.#finish())
    for (const [one, quiet] of [[next, false], [unknown, true], [stop, true]] as const) {
      one.className = quiet ? "kp-action kp-action--quiet" : "kp-action"
    }
    next.hidden = true
    this.#place.replaceChildren(progress, exercise, element("div", { class: "kp-practice__buttons" }, next, unknown, stop))
    let answered = false
    await this.#context.mount(item, exercise, "placement", ({ right }) => {
      if (answered) return
      answered = true
      this.#answers.push({ level: item.level, guess: luck(item), right })
      next.hidden = false
      unknown.hidden = true
      next.focus()
    })
    const title = exercise.querySelector<HTMLElement>(".kp-exercise__title")
    title?.setAttribute("tabindex", "-1")
    title?.focus()
  }

  async #giveUp(item: Item): Promise<void> {
    this.#answers.push({ level: item.level, guess: luck(item), right: false })
    const { id, level } = item
    await this.#context.store.add({ type: "attempt", item: id, right: false, hints: 0, level, guess: luck(item), via: "placement" })
    await this.#ask()
  }

  async #finish(): Promise<void> {
    const { texts, store, catalogue } = this.#context
    if (this.#answers.length === 0) {
      this.#invite()
      return this.#done()
    }
    const { value, error } = this.#rating
    await store.add({ type: "placement", rating: value, error, answers: this.#answers.length })
    await this.#context.reload()
    const n = this.#answers.length
    const routes = suggestRoutes(catalogue, this.#context.state, Date.now())
    const list = element("ol", { class: "kp-routes" })
    for (const { name, next, success } of routes) {
      const title = element("strong", {}, named(texts, "route.name", name))
      const item = element("li", {}, title, " ", named(texts, "route.about", name))
      if (next) {
        const link = element("a", { href: new URL(next.url, this.#context.root).href }, next.title)
        item.append(" ", texts("route.next", { success: percent(success) }), " ", link)
      } else item.append(" ", texts("route.mastered"))
      list.append(item)
    }
    const result = element("p", { class: "kp-placement__result", role: "status", tabindex: "-1" }, texts("placement.result", { n, rating: rated({ value, error }) }))
    const again = button(texts("placement.again"), "begin-again", () => this.#invite())
    again.className = "kp-action kp-action--quiet"
    this.#place.replaceChildren(result, element("p", {}, texts("placement.means", { low: Math.round(value - error), high: Math.round(value + error) })), element("p", {}, texts("route.suggest")), list, again)
    result.focus()
    this.#done()
  }
}
