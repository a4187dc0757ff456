// A cell's row of buttons; Run and Stop share one place.
import { button } from "../ui/dom.ts"

/** A run this short shows no Stop button: the bar would only flicker. */
const PATIENCE = 300

export class Bar {
  readonly element: HTMLElement
  #timer = 0

  constructor(element: HTMLElement) {
    this.element = element
  }

  /** The button of an action; a page of another version may lack it. */
  button(action: string): HTMLButtonElement {
    const found = this.element.querySelector<HTMLButtonElement>(`[data-action="${action}"]`)
    return found ?? this.element.appendChild(button(action, action, () => {}))
  }

  on(action: string, act: () => void): void {
    this.button(action).addEventListener("click", act)
  }

  /** While a cell is busy, offer Stop in Run's place. */
  busy(busy: boolean): void {
    clearTimeout(this.#timer)
    const patience = this.button("stop").hidden ? PATIENCE : 0
    if (busy) this.#timer = window.setTimeout(() => this.#offerStop(true), patience)
    else this.#offerStop(false)
  }

  /** Whichever of the two is there now. */
  focus(): void {
    const run = this.button("run")
    ;(run.hidden ? this.button("stop") : run).focus()
  }

  destroy(): void {
    clearTimeout(this.#timer)
  }

  /** The focus stays in the place that the two share. */
  #offerStop(offer: boolean): void {
    const [run, stop] = [this.button("run"), this.button("stop")]
    const [shown, hidden] = offer ? [stop, run] : [run, stop]
    const hadFocus = hidden === document.activeElement
    shown.hidden = false
    hidden.hidden = true
    if (hadFocus) shown.focus()
  }
}
