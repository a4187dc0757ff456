// What every part of the practice page is given: the catalogue, the store, and the reader's state as it stands.

import { Exercise } from "../exercise/exercise.ts"
import type { Attempt, Via } from "../exercise/log.ts"
import type { Store } from "../exercise/store.ts"
import { element } from "../ui/dom.ts"
import { articleOf } from "./catalogue.ts"
import type { Catalogue, Item } from "./catalogue.ts"
import { plainTitle } from "./format.ts"
import { fetchExercise, fontsReady } from "./remote-exercise.ts"
import { replay, type State } from "./state.ts"
import type { Texts } from "./texts.ts"

export class PracticeContext {
  readonly texts: Texts
  readonly catalogue: Catalogue
  readonly store: Store
  /** The root of the language's pages. */
  readonly root: URL
  readonly signal: AbortSignal
  state: State

  constructor(texts: Texts, catalogue: Catalogue, store: Store, root: URL, signal: AbortSignal, state: State) {
    this.texts = texts
    this.catalogue = catalogue
    this.store = store
    this.root = root
    this.signal = signal
    this.state = state
  }

  async reload(): Promise<void> {
    this.state = replay(await this.store.entries())
  }

  pageOf(item: Item): URL {
    return new URL(articleOf(item, this.catalogue)?.url ?? "", this.root)
  }

  /** Put an exercise into a place, ready to be answered; says so where it cannot be fetched. */
  async mount(item: Item, place: HTMLElement, via: Via, answered: (attempt: Attempt) => void): Promise<void> {
    const { texts } = this
    place.replaceChildren(element("p", { class: "kp-practice__loading" }, texts("practice.loading")))
    try {
      const { root, session, href } = await fetchExercise(item.id, this.pageOf(item))
      const link = element("a", { href }, texts("practice.in-article", { title: plainTitle(articleOf(item, this.catalogue)?.title ?? "") }))
      place.replaceChildren(root, element("p", { class: "kp-practice__source" }, link))
      new Exercise(root, { texts, session, signal: this.signal, via, answered })
      this.signal.addEventListener("abort", () => session.dispose())
      await fontsReady(root)
    } catch {
      const link = element("a", { href: this.pageOf(item).href }, item.title)
      place.replaceChildren(element("p", {}, texts("practice.not-loaded"), " ", link))
    }
  }
}
